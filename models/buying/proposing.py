"""What should be ordered now: what runs short, and what will before a delivery could come.

Pieces are counted against what is in stock and what is on order already; they are rounded up to
whole packs of the supplier from whom an item is bought.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.buying.orders import COMING, DRAFT, PurchaseOrder, save_order
from models.buying.plausible import Asked
from models.buying.prices import amount_for
from models.buying.suppliers import SupplierPrice, terms_of, usual_prices
from models.ledger.folios import Folio
from models.stock.stock_list import short_goods
from models.trust.operation import Session, new_uid, open_day

# By how many days back the rate of sale is told.
BACK_DAYS = 28


class NothingShort(Refusal):
    """Nothing that has a supplier runs short: there is nothing to order."""


class NothingPriced(NothingShort):
    """Goods run short, but they have no supplier's price, or enough of them is on order."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One item to order: so many whole packs, and why."""

    goods: int
    name: str
    here: Quantity
    coming: Quantity
    sold: Quantity
    packs: Quantity
    asked: Asked

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return amount_for(self.asked, self.packs.packs_of(self.asked.pack))


# What stands on a draft is asked for as well: who asks once more gets no second order of it.
_COMING = ", ".join(f"'{state}'" for state in (DRAFT, *COMING))
# In base units: a thousandth of a pack times a thousandth of a piece.
_GOODS = Statement(
    'SELECT g."key", g."name", g."min_stock", g."max_stock", '
    'coalesce((SELECT s."quantity" FROM "stock" s WHERE s."goods" = g."key"), 0), '
    'coalesce((SELECT CAST(sum(l."packs" * l."pack" / 1000) AS BIGINT) FROM "order_line" l '
    'JOIN "purchase_order" o ON o."key" = l."order_id" '
    f'WHERE l."goods_id" = g."key" AND o."state" IN ({_COMING})), 0), '
    'coalesce((SELECT CAST(sum(r."quantity") AS BIGINT) FROM "receipt_line" r '
    'JOIN "purchase_order" o ON o."key" = r."order" '
    f'WHERE r."goods_id" = g."key" AND o."state" IN ({_COMING})), 0) '
    'FROM "goods" g WHERE g."is_active" AND g."is_stocked" AND g."key" IN '
    '(SELECT "goods_id" FROM "supplier_price") ORDER BY g."code"'
)
# What came back is below zero.
_SOLD = Statement(
    'SELECT "goods", CAST(sum("quantity" * "pack" / 1000) AS BIGINT) FROM "charge_line" '
    'WHERE "goods" IS NOT NULL AND "day" BETWEEN ? AND ? GROUP BY "goods"'
)


def proposed(day: date) -> dict[int, list[Proposed]]:
    """What should be ordered on a day, by supplier, and stands on no order yet.

    An item with bounds is filled to its most when stock and orders are below its least; one without
    is ordered for the days of delivery when it would not last so long.
    """
    prices = usual_prices()
    since = day - timedelta(days=BACK_DAYS)
    sold = {goods: int(quantity) for goods, quantity in _SOLD.rows(since.isoformat(), str(day))}
    found: dict[int, list[Proposed]] = {}
    for goods, name, least, most, here, ordered, came in _GOODS.rows():
        price = prices[goods]
        have, gone = int(here) + max(int(ordered) - int(came), 0), sold.get(goods, 0)
        lacking = _lacking(price, (least, most), have, gone)
        if lacking <= 0:
            continue
        packs = Quantity.of(-(-lacking // price.pack.thousandths))
        one = Proposed(
            goods, name, Quantity(int(here)), Quantity(have - int(here)), Quantity(gone), packs,
            Asked(price.price, price.pack),
        )  # fmt: skip
        found.setdefault(price.supplier, []).append(one)
    return found


def _lacking(
    price: SupplierPrice, bounds: tuple[int | None, int | None], have: int, gone: int
) -> int:
    """How many base units, in thousandths, are to be ordered of an item."""
    least, most = bounds
    lead = max(terms_of(price.supplier).lead_days, 1)
    needed = -(-gone * lead // BACK_DAYS)
    threshold = max(least or 0, needed)
    if have >= threshold or not threshold:
        return 0
    return max(most or 0, threshold + needed) - have


def order_short(session: Session, *, supplier: int | None = None) -> list[PurchaseOrder]:
    """Make a draft order for each supplier, or one, of what runs short: one operation each.

    Refuses: NothingShort, NothingPriced, and what `save_order` refuses.
    """
    found = proposed(open_day(store_number()))
    wanted = {one: lines for one, lines in found.items() if supplier in (None, one)}
    require_some(wanted)
    return [
        save_order(
            session, None, supplier=one, uid=new_uid(),
            lines=[{"goods": line.goods, "packs": line.packs} for line in lines],
        )
        for one, lines in wanted.items()
    ]  # fmt: skip


def require_some(found: Collection[object]) -> None:
    """Refuses: NothingShort, or NothingPriced where the list of what runs short has goods all the
    same.
    """
    if not found:
        short = len(short_goods())
        raise NothingPriced(count=short) if short else NothingShort()


@dataclass(frozen=True, slots=True)
class SupplierShort:
    """What should be ordered from one supplier."""

    supplier: Folio
    lines: list[Proposed]

    @property
    def total(self) -> Money:
        """What it comes to."""
        return Money.total((line.amount for line in self.lines), store_currency())


def short_by_supplier(day: date) -> list[SupplierShort]:
    """The same with the names of the suppliers."""
    return [
        SupplierShort(Folio.get_by_id(supplier), lines) for supplier, lines in proposed(day).items()
    ]
