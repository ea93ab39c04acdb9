"""What the store knows of the goods in some rows of a sheet, read with a few queries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from models.base.hot import Statement, rows_in
from models.base.rates import Rate
from models.goods.basics import STEP, steps_of
from models.goods.cells import NO_TAX
from models.goods.units import same_unit
from models.imports.import_kind import Record

# The columns of an item that a sheet can set, but its code.
COLUMNS = (
    "name", "short_name", "spec", "pinyin", "full_pinyin", "mnemonic", "category", "unit",
    "brand", "price", "price2", "price3", "price4", "member_price", "cost", "tax", "is_weighed",
    "is_stocked", "min_stock", "max_stock", "supplier", "bin", "shelf_life_days", "is_active",
)  # fmt: skip
_FLAGS = ("is_weighed", "is_stocked", "is_active")
LINKED = {"category": "category_id", "unit": "unit_id", "tax": "tax_id"}


@dataclass(slots=True)
class Categories:
    """Keys of categories by code, by path and by name."""

    codes: dict[str, int] = field(default_factory=dict)
    paths: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """Goods by code, bar code and name; their rows as stored; and what they may be linked to."""

    codes: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    barcodes: dict[int, dict[str, tuple[int, int | None]]] = field(default_factory=dict)
    # Goods that were moved, and how many are there now, in thousandths.
    moved: dict[int, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    taxes: list[tuple[int, str, Rate]] = field(default_factory=list)
    categories: Categories = field(default_factory=Categories)
    default_tax: int | None = None

    def owner(self, code: str) -> int | None:
        """The item that a code or bar code rings."""
        return self.owners.get(code) or self.codes.get(code)

    def tax(self, text: str) -> int | None:
        """A tax by its name, or by its rate: 17%, 17 or 0.17."""
        named = (key for key, name, _ in self.taxes if name == text)
        rates = _rates(text)
        rated = (key for rate in rates for key, _, known in self.taxes if known == rate)
        return next(chain(named, rated), None)

    @property
    def tax_names(self) -> str:
        """The taxes that there are, for somebody who named another."""
        return ", ".join(name for _, name, _ in self.taxes)

    def unit(self, name: str) -> int | None:
        """A unit by its name, or by another word for it: 公斤 and KG are 千克."""
        known = same_unit(name, self.units)
        return None if known is None else self.units[known]

    def category(self, code: str, path: str) -> int | None:
        """A category by its code; else by its path from the top; else by a name that is unique."""
        if code:
            return self.categories.codes.get(code)
        parts = steps_of(path)
        found = self.categories.paths.get(STEP.join(parts))
        if found is None and len(parts) == 1:
            named = self.categories.names.get(parts[0], [])
            found = named[0] if len(named) == 1 else None
        return found


_TAXES = Statement(
    'SELECT "key", "name", "rate", "is_active" FROM "tax_rate" ORDER BY "is_active" DESC, "key"'
)
_UNITS = Statement('SELECT "name", "key" FROM "unit"')
_CATEGORIES = Statement('SELECT "key", "code", "name", "parent_id" FROM "category"')


_RATE = re.compile(r"(\d{1,2}(?:\.\d{1,4})?|\.\d{1,4})\s*(%?)")


def _rates(text: str) -> list[Rate]:
    """The rates that a number may mean, likeliest first: 0.17 is a part of one, 17 is per cent."""
    found = _RATE.fullmatch(text)
    if found is None:
        return []
    number, per_cent = Decimal(found[1]), bool(found[2])
    percents = [number] if per_cent or number >= 1 else [number * 100, number]
    return [Rate.percent(f"{percent.normalize():f}") for percent in percents]


def is_no_tax(text: str) -> bool:
    """Does it say that nothing is taxed, where the store has no tax of nought?"""
    return text == NO_TAX or any(rate == Rate.percent("0") for rate in _rates(text))


def look_up(records: list[Record]) -> Known:
    """What the store knows of these rows."""
    known = Known()
    for key, name, rate, is_active in _TAXES.rows():
        known.taxes.append((key, name, Rate(int(rate))))
        if is_active and known.default_tax is None:
            known.default_tax = key
    known.units = dict(_UNITS.rows())
    known.categories = _categories()
    codes = [record.values.get("code") for record in records]
    codes += [code for record in records for code, *_ in record.values.get("barcodes") or ()]
    wanted = list(dict.fromkeys(code for code in codes if code))
    known.codes = dict(
        rows_in('SELECT "code", "key" FROM "goods" WHERE "code" IN (...)', wanted)
    )  # fmt: skip
    known.owners = dict(
        rows_in('SELECT "code", "goods_id" FROM "barcode" WHERE "code" IN (...)', wanted)
    )
    _look_up_names(known, records)
    keys = [*known.codes.values(), *known.owners.values()]
    keys += [key for named in known.names.values() for key in named]
    _look_up_rows(known, list(dict.fromkeys(keys)))
    return known


def _categories() -> Categories:
    rows = {row[0]: row[1:] for row in _CATEGORIES.rows()}

    def path(key: int) -> str:
        _, name, parent = rows[key]
        return name if parent is None else path(parent) + STEP + name

    found = Categories()
    for key, (code, name, _) in rows.items():
        found.codes[code] = key
        found.paths.setdefault(path(key), key)
        found.names.setdefault(name, []).append(key)
    return found


def _look_up_names(known: Known, records: list[Record]) -> None:
    names = dict.fromkeys(record.values.get("name") or "" for record in records)
    names.pop("", None)
    sql = 'SELECT "name", "spec", "key" FROM "goods" WHERE "name" IN (...)'
    for name, spec, key in rows_in(sql, list(names)):
        known.names.setdefault((name, spec), []).append(key)


def _look_up_rows(known: Known, keys: list[int]) -> None:
    columns = ", ".join(f'"{LINKED.get(name, name)}"' for name in COLUMNS)
    names = ("key", "code", "version", *COLUMNS)
    sql = f'SELECT "key", "code", "version", {columns} FROM "goods" WHERE "key" IN (...)'
    for row in rows_in(sql, keys):
        known.rows[row[0]] = dict(zip(names, row, strict=True))
        for flag in _FLAGS:
            known.rows[row[0]][flag] = bool(known.rows[row[0]][flag])
    sql = 'SELECT "goods_id", "code", "pack", "price" FROM "barcode" WHERE "goods_id" IN (...)'
    for goods, code, pack, price in rows_in(sql, keys):
        known.barcodes.setdefault(goods, {})[code] = (pack, price)
    known.moved = moved(keys)


def moved(keys: Iterable[int]) -> dict[int, int]:
    """Which of these goods were ever moved, and how many of them are there now, in thousandths."""
    asked = list(keys)
    sql = 'SELECT DISTINCT "goods_id" FROM "stock_move" WHERE "goods_id" IN (...)'
    found = dict.fromkeys((row[0] for row in rows_in(sql, asked)), 0)
    sql = 'SELECT "goods", sum("quantity") FROM "stock" WHERE "goods" IN (...) GROUP BY "goods"'
    return found | {goods: int(here) for goods, here in rows_in(sql, asked) if goods in found}
