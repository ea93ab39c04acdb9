"""The other prices of goods: that of members, and the second to the fourth. A promotion says who
has which; an item that has none of a list sells at its usual price.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.base.hot import rows_in
from models.base.words import word

# The column of goods, and what it is called.
PRICE_LISTS = {
    "member_price": word("Member price"), "price2": word("Price 2"), "price3": word("Price 3"),
    "price4": word("Price 4"),
}  # fmt: skip
_COLUMNS = ", ".join(f'"{name}"' for name in PRICE_LISTS)
_PRICES = f'SELECT "key", {_COLUMNS} FROM "goods" WHERE "key" IN (...)'


def list_prices(goods: Iterable[int]) -> dict[int, dict[str, int]]:
    """The other prices of some goods in minor units, by the name of the list."""
    return {
        int(key): {
            name: int(price)
            for name, price in zip(PRICE_LISTS, prices, strict=True)
            if price is not None
        }
        for key, *prices in rows_in(_PRICES, list(goods))
    }
