"""Export of goods: the columns that an import reads, so that a round trip changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.pinyin import initials
from models.base.quantity import Quantity
from models.goods.basics import path_of
from models.goods.cells import NO_TAX
from models.goods.columns import FIELDS
from models.goods.goods import Category
from models.imports.import_kind import Field
from models.listings.listings import record_export
from models.sheets.sheets import Cell, write_sheet
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.users import rights_of

PAGE = 500
# Stock is not a property of goods: an import would take it in a second time.
_COLUMNS = tuple(field for field in FIELDS if field.name != "stock")
_YES, _NO = "是", "否"

_ROWS = Statement(
    'SELECT g."key", g."code", g."name", g."spec", u."name" AS "unit", g."category_id" AS '
    '"category", g."brand", g."price", g."price2", g."price3", g."price4", g."member_price", '
    'g."cost", t."name" AS "tax", g."short_name", g."pinyin", g."mnemonic", '
    'g."is_weighed", g."is_stocked", g."min_stock", g."max_stock", g."supplier", g."bin", '
    'g."shelf_life_days", g."is_active" FROM "goods" g '
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" LEFT JOIN "tax_rate" t ON t."key" = g."tax_id" '
    'WHERE g."code" > ? ORDER BY g."code" LIMIT ?'
)
_NAMES = (
    "key", "code", "name", "spec", "unit", "category", "brand", "price", "price2", "price3",
    "price4", "member_price", "cost", "tax", "short_name", "pinyin", "mnemonic", "is_weighed",
    "is_stocked", "min_stock", "max_stock", "supplier", "bin", "shelf_life_days", "is_active",
)  # fmt: skip
_MONEY = {"price", "price2", "price3", "price4", "member_price"}
_FLAGS = {"is_weighed", "is_stocked", "is_active"}


def columns(*, with_cost: bool = True) -> list[Field]:
    """The columns of an export; an import knows them by their words in both languages."""
    return [field for field in _COLUMNS if with_cost or field.name != "cost"]


def goods_pages(*, with_cost: bool = True) -> Iterator[list[list[Cell]]]:
    """All goods by code, a page at each step: each step is one short look at the store."""
    shown = [field.name for field in columns(with_cost=with_cost)]
    after = ""
    while rows := _ROWS.rows(after, PAGE):
        page = [dict(zip(_NAMES, row, strict=True)) for row in rows]
        _add_categories(page)
        _add_barcodes(page)
        for row in page:
            # Initials that somebody corrected are a way to find the item wherever it goes.
            if not row["mnemonic"] and row["pinyin"] != initials(row["name"]):
                row["mnemonic"] = row["pinyin"]
        yield [[_cell(name, row[name]) for name in shown] for row in page]
        after = rows[-1][1]


def export_goods(session: Session, path: Path, *, said: Callable[[str], str] = str) -> int:
    """Write all goods to a CSV or XLSX file, by its ending; how many. The cost only with the right
    "see cost". `said` gives the words of a heading. Refuses: NeedsOverride.
    """
    rights = rights_of(session.user)
    if rights is None or not rights.holds("export"):
        raise NeedsOverride(right="export", amount=None)
    with_cost = rights.holds("see cost")
    rows = (row for page in goods_pages(with_cost=with_cost) for row in page)
    count = write_sheet(path, [said(field.title) for field in columns(with_cost=with_cost)], rows)
    record_export(session, "goods", rows=count, file=path.name, uid=new_uid())
    return count


def _add_categories(page: list[dict[str, Any]]) -> None:
    keys = {row["category"] for row in page if row["category"] is not None}
    known = {each.key: each for each in Category.select().where(Category.key.in_(keys))}
    for row in page:
        found = known.get(row["category"])
        row["category_code"] = found.code if found else None
        row["category"] = path_of(found) if found else None


def _add_barcodes(page: list[dict[str, Any]]) -> None:
    sql = (
        'SELECT "goods_id", "code", "pack", "price", "is_main" FROM "barcode" '
        'WHERE "goods_id" IN (...)'
    )
    found: dict[int, list[tuple[bool, str]]] = {}
    for goods, code, pack, price, is_main in rows_in(sql, [row["key"] for row in page]):
        written = code
        if pack != 1000 or price is not None:
            written += f"*{Quantity(int(pack))}"
        if price is not None:
            written += f"@{Money(int(price), store_currency())}"
        found.setdefault(goods, []).append((not is_main, written))
    for row in page:
        row["barcodes"] = ";".join(code for _, code in sorted(found.get(row["key"], ())))


def _cell(name: str, value: Any) -> Cell:
    if name == "tax":
        return NO_TAX if value is None else str(value)
    if name in _FLAGS:
        return _YES if value else _NO
    if value is None:
        return None
    if name in _MONEY:
        return Money(int(value), store_currency())
    if name == "cost":
        return UnitCost(int(value), store_currency())
    if name in ("min_stock", "max_stock"):
        return Quantity(int(value))
    plain: Cell = value
    return plain
