"""Search for goods: by code, bar code, name in any script, pinyin. Best sellers first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.goods.goods import Goods
from models.search.finding import find, typed_text
from models.search.grams import AFTER_ALL
from models.search.index import Indexed, SearchIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One item of a search, as a list shows it."""

    goods: int
    code: str
    name: str
    spec: str
    brand: str
    unit: str
    price: Money
    category: int | None
    is_weighed: bool
    is_active: bool


def search_goods(text: str, limit: int = 50, *, with_switched_off: bool = False) -> list[Found]:
    """The goods that a typed text asks for, best first; every word must be in the item.

    Digits are the beginning of a code or bar code, letters words, pinyin or an old mnemonic. When
    nothing fits, a word may have one wrong character, or two when it is long.
    """
    known = [
        found.goods
        for found in found_goods(_by_code(typed_text(text), limit))
        if found.is_active or with_switched_off
    ]
    return found_goods(
        find(GOODS_INDEX, text, limit, with_switched_off=with_switched_off, known=known)
    )


# --- what the index is made of


def indexed(keys: Sequence[int]) -> list[Indexed]:
    """What of these goods the index is made of; those that are gone are left out."""
    return [
        Indexed(key, searched(name, spec, brand), pinyin, full, mnemonic, bool(is_active), code)
        for key, code, name, spec, brand, pinyin, full, mnemonic, is_active in rows_in(_READ, keys)
    ]


def indexed_of(goods: Goods) -> Indexed:
    """The same of one row."""
    return Indexed(
        goods.key, searched(goods.name, goods.spec, goods.brand), goods.pinyin, goods.full_pinyin,
        goods.mnemonic, goods.is_active, goods.code,
    )  # fmt: skip


def searched(name: str, spec: str, brand: str) -> str:
    """The text of an item that the index holds."""
    return f"{name} {spec} {brand}"


_READ = (
    'SELECT "key", "code", "name", "spec", "brand", "pinyin", "full_pinyin", "mnemonic", '
    '"is_active" FROM "goods" WHERE "key" IN (...)'
)
GOODS_INDEX = SearchIndex(1, Goods, indexed)


# --- codes and rows

_BY_KEYS = (
    'SELECT g."key", g."code", g."name", g."spec", g."brand", u."name", g."price", '
    'g."category_id", g."is_weighed", g."is_active" '
    'FROM "goods" g LEFT JOIN "unit" u ON u."key" = g."unit_id" WHERE g."key" IN (...)'
)
_EXACT = (
    Statement('SELECT "key" FROM "goods" WHERE "code" = ?'),
    Statement('SELECT "goods_id" FROM "barcode" WHERE "code" = ?'),
)
_CODES = Statement(
    'SELECT "key" FROM "goods" WHERE "code" >= ? AND "code" < ? ORDER BY "code" LIMIT ?'
)
_BARCODES = Statement(
    'SELECT "goods_id" FROM "barcode" WHERE "code" >= ? AND "code" < ? ORDER BY "code" LIMIT ?'
)


def found_goods(keys: Sequence[int]) -> list[Found]:
    """These goods as lists show them, in this order; those that are gone are left out."""
    money = store_currency()
    rows = {
        row[0]: Found(
            row[0], row[1], row[2], row[3], row[4], row[5] or "", Money(int(row[6]), money),
            row[7], bool(row[8]), bool(row[9]),
        )
        for row in rows_in(_BY_KEYS, keys)
    }  # fmt: skip
    return [rows[key] for key in keys if key in rows]


def _by_code(typed: str, limit: int) -> list[int]:
    """Goods with this code or bar code; for digits also those whose codes begin so."""
    if not typed or " " in typed:
        return []
    forms = dict.fromkeys((typed, typed.upper(), typed.lower()))
    keys = [row[0] for form in forms for exact in _EXACT for row in exact.rows(form)]
    if typed.isdigit():
        for starting in (_CODES, _BARCODES):
            keys += [row[0] for row in starting.rows(typed, typed + AFTER_ALL, limit)]
    return list(dict.fromkeys(keys))
