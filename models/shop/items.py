"""Items: what a code rings.

One look-up finds the item by any of its codes, also those of scale labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.shop.tax import Tax
from models.shop.tax_settings import prices_include_tax


class CodeUnknown(Refusal):
    """No item has this code."""


class NotForSale(Refusal):
    """The item is switched off."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is sold under a code: `price` is for one of `pack` base units."""

    goods: int
    code: str
    name: str
    unit: str
    decimals: int
    pack: Quantity
    price: Money
    taxes: tuple[Tax, ...]
    is_weighed: bool
    is_stocked: bool
    category: int | None

    def body(self) -> list[Any]:
        """As stored in a draft."""
        taxes = [[tax.code, tax.rate.millionths, int(tax.is_included)] for tax in self.taxes]
        return [
            self.goods, self.code, self.name, self.unit, self.decimals, self.pack.thousandths,
            self.price.minor, taxes, int(self.is_weighed), int(self.is_stocked), self.category,
        ]  # fmt: skip

    @classmethod
    def from_body(cls, body: list[Any]) -> Item:
        """The item that `body` stored."""
        goods, code, name, unit, decimals, pack, price, taxes, weighed, stocked, category = body
        return cls(
            goods, code, name, unit, decimals, Quantity(pack), Money(price, store_currency()),
            tuple(Tax(name, Rate(rate), bool(included)) for name, rate, included in taxes),
            bool(weighed), bool(stocked), category,
        )  # fmt: skip


_COLUMNS = (
    'g."key", g."name", g."short_name", g."spec", u."name", u."decimals", g."price", t."name", t."rate", '
    'g."is_weighed", g."is_stocked", g."category_id", g."is_active"'
)
_JOINS = (
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" LEFT JOIN "tax_rate" t ON t."key" = g."tax_id" '
)
_BY_BARCODE = Statement(
    f'SELECT b."pack", b."price", {_COLUMNS} FROM "barcode" b JOIN "goods" g ON g."key" = b."goods_id" '
    f'{_JOINS}WHERE b."code" = ?'
)
_BY_CODE = Statement(f'SELECT 1000, NULL, {_COLUMNS} FROM "goods" g {_JOINS}WHERE g."code" = ?')


def find_item(code: str) -> Item:
    """The item that a typed or scanned code rings. Refuses: CodeUnknown, NotForSale."""
    row = _BY_BARCODE.row(code) or _BY_CODE.row(code)
    if row is None:
        raise CodeUnknown(code=code)
    pack, pack_price, goods, name, _short, spec, unit, decimals, price, tax, rate, *rest = row
    weighed, stocked, category, active = rest
    shown = f"{name} {spec}" if spec and spec not in name else name
    if not active:
        raise NotForSale(goods=shown)
    money = store_currency()
    whole = Quantity(int(pack))
    taxes = () if tax is None else (Tax(tax, Rate(int(rate)), prices_include_tax.value()),)
    one = Money(int(price), money).times(whole) if pack_price is None else Money(pack_price, money)
    places = 3 if weighed else (decimals or 0)
    return Item(
        goods, code, shown, unit or "", places, whole, one, taxes, bool(weighed), bool(stocked), category
    )  # fmt: skip
