"""What a look-up of goods offers to ring: each item by the piece, and its packs behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.search import GOODS_INDEX, Found, found_goods, search_goods
from models.search.index import foremost

ONE = Quantity.of(1)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to ring: `code` rings it, `pack` base units at `price`."""

    found: Found
    code: str
    pack: Quantity
    price: Money


_PACKS = (
    'SELECT "goods_id", "code", "pack", "price" FROM "barcode" WHERE "pack" <> 1000 '
    'AND "goods_id" IN (...)'
)
_FIRST = Statement('SELECT "key" FROM "goods" WHERE "is_active" ORDER BY "code" LIMIT ?')


def search_offers(text: str, limit: int = 50) -> list[Offer]:
    """What can be sold and fits the text; without one the best sellers, and in a store that has
    sold nothing yet its first goods.
    """
    if text.strip():
        found = search_goods(text, limit)
    else:
        best = foremost(GOODS_INDEX, limit)
        found = found_goods(best or [row[0] for row in _FIRST.rows(limit)])
    return _with_packs([one for one in found if one.is_active])


def offers_of(goods: int) -> list[Offer]:
    """An item by the piece and in its packs."""
    return _with_packs(found_goods([goods]))


def _with_packs(found: Sequence[Found]) -> list[Offer]:
    packs: dict[int, list[Offer]] = {}
    goods = {one.goods: one for one in found}
    for key, code, pack, price in sorted(rows_in(_PACKS, list(goods)), key=lambda row: row[2]):
        whole = Quantity(int(pack))
        one = goods[key]
        cost = one.price.times(whole) if price is None else Money(int(price), store_currency())
        packs.setdefault(key, []).append(Offer(one, code, whole, cost))
    offers = []
    for one in found:
        offers += [Offer(one, one.code, ONE, one.price), *packs.get(one.goods, ())]
    return offers
