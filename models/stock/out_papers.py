"""What stands on the paper of goods that were carried, scrapped or used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.base.hot import Statement
from models.base.quantity import Quantity
from models.goods.goods import full_name, with_lot
from models.ledger.documents import Document
from models.ledger.store_card import StoreCard, local, store_card, user_name
from models.stock.goods_out import GoodsOut
from models.stock.stock import Location


@dataclass(frozen=True, slots=True)
class GoneView:
    """One item that left."""

    name: str
    unit: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class GoodsOutView:
    """Goods that left a place; `target` is empty where they are gone."""

    store: StoreCard
    number: str
    how: str
    origin: str
    target: str
    reason: str
    day: date
    at: datetime
    clerk: str
    lines: tuple[GoneView, ...]


_MOVED = Statement(
    'SELECT g."name", g."spec", coalesce(u."name", \'\'), m."quantity", '
    'coalesce(l."batch", \'\'), l."expiry" FROM "stock_move" m '
    'JOIN "goods" g ON g."key" = m."goods_id" LEFT JOIN "unit" u ON u."key" = g."unit_id" '
    'LEFT JOIN "goods_out_lot" l ON l."document_id" = m."document_id" AND l."line" = m."line" '
    'WHERE m."document_id" = ? AND m."quantity" < 0 ORDER BY m."number"'
)


def goods_out_view(key: int) -> GoodsOutView:
    """The paper of this document."""
    document, head = Document.get_by_id(key), GoodsOut.get_by_id(key)
    names = {row.number: row.name for row in Location.select()}
    lines = (
        GoneView(
            with_lot(full_name(name, spec), batch, date.fromisoformat(str(day)) if day else None),
            unit, Quantity(-int(quantity)),
        )
        for name, spec, unit, quantity, batch, day in _MOVED.rows(key)
    )  # fmt: skip
    return GoodsOutView(
        store_card(), document.label, head.how, names[head.origin], names.get(head.target, ""),
        head.reason, document.day, local(document.at), user_name(document.user), tuple(lines),
    )  # fmt: skip
