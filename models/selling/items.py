"""Items: what a code rings.

One look-up finds the item by any of its codes, also those of scale labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Currency, Money, half_away
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.values import value
from models.goods.codes import CodeKind, Scan, read_code, without_symbology
from models.goods.goods import AS_STORE, IN_PRICE, TaxRate, full_name
from models.goods.scale_labels import CHINA_LABELS, are_label_layouts, label_layouts
from models.selling.tax import Tax
from models.selling.tax_settings import prices_include_tax
from models.trust.settings import setting


class CodeUnknown(Refusal):
    """No item has this code."""


class NotForSale(Refusal):
    """The item is switched off."""


class LabelDamaged(Refusal):
    """The check digit of a scale's label is wrong: its weight or amount cannot be trusted."""


class WeightWanted(Refusal):
    """An item that goes by weight came without its weight."""


# How the shop's scales lay out their labels; the first that fits is taken.
scale_labels = setting("goods.scale_labels", CHINA_LABELS, check=are_label_layouts)


@value()
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
        taxes = [_tax_body(tax) for tax in self.taxes]
        return [
            self.goods, self.code, self.name, self.unit, self.decimals, self.pack.thousandths,
            self.price.minor, taxes, int(self.is_weighed), int(self.is_stocked), self.category,
        ]  # fmt: skip

    @classmethod
    def from_body(cls, body: list[Any]) -> Item:
        """The item that `body` stored."""
        goods, code, name, unit, decimals, pack, price, taxes, weighed, stocked, category = body
        money = store_currency()
        return cls(
            goods, code, name, unit, decimals, Quantity(pack), Money(price, money),
            _taxes_from(money, *map(tuple, taxes)),
            bool(weighed), bool(stocked), category,
        )  # fmt: skip


@lru_cache(maxsize=256)
def _tax_body(tax: Tax) -> list[Any]:
    """A tax as stored in a draft; most are a rate and no more. Kept, and nobody changes it."""
    plain = [tax.code, tax.rate.millionths, int(tax.is_included)]
    if tax == Tax(tax.code, tax.rate, tax.is_included):
        return plain
    each = None if tax.each is None else tax.each.minor
    return [*plain, each, int(tax.adds_to_base), tax.account]


@lru_cache(maxsize=256)
def _taxes_from(money: Currency, *bodies: tuple[Any, ...]) -> tuple[Tax, ...]:
    """The taxes that these stored; kept, as goods share few."""
    return tuple(_tax_from(money, *body) for body in bodies)


def _tax_from(money: Currency, code: str, rate: int, is_included: int, *more: Any) -> Tax:
    plain = Tax(code, Rate(rate), bool(is_included))
    if not more:
        return plain
    each, adds_to_base, account = more
    amount = None if each is None else Money(each, money)
    return replace(plain, each=amount, adds_to_base=bool(adds_to_base), account=account)


_TAX = 't."name", t."rate", t."each", t."place", t."is_based_on", t."account"'
_COLUMNS = (
    'g."key", g."name", g."short_name", g."spec", u."name", u."decimals", g."price", '
    'g."is_weighed", g."is_stocked", g."category_id", g."is_active", t."key", t."first_id", ' + _TAX
)
_JOINS = (
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" LEFT JOIN "tax_rate" t ON t."key" = g."tax_id" '
)
_BY_BARCODE = Statement(
    f'SELECT b."pack", b."price", {_COLUMNS} FROM "barcode" b '
    f'JOIN "goods" g ON g."key" = b."goods_id" {_JOINS}WHERE b."code" = ?'
)
_BY_CODE = Statement(f'SELECT 1000, NULL, {_COLUMNS} FROM "goods" g {_JOINS}WHERE g."code" = ?')


def find_item(code: str, *, also_off: bool = False) -> Item:
    """The item that a typed or scanned code rings; `also_off`: on sale or not.

    Refuses: CodeUnknown, NotForSale.
    """
    row = _BY_BARCODE.row(code) or _BY_CODE.row(code)
    if row is None:
        raise CodeUnknown(code=code)
    pack, pack_price, goods, name, _short, spec, unit, decimals, price, *rest = row
    weighed, stocked, category, active, tax, first, *of_tax = rest
    shown = full_name(name, spec)
    if not active and not also_off:
        raise NotForSale(goods=shown)
    money = store_currency()
    whole = Quantity(int(pack))
    # Most goods carry one tax, which comes with the item; only a group is looked up.
    taxes = () if tax is None else (_tax(of_tax),) if first is None else _taxes_of_group(tax)
    one = Money(int(price), money).times(whole) if pack_price is None else Money(pack_price, money)
    places = 3 if weighed else (decimals or 0)
    return Item(
        goods, code, shown, unit or "", places, whole, one, taxes, bool(weighed), bool(stocked),
        category,
    )  # fmt: skip


_TAXES = Statement(
    f'SELECT {_TAX} FROM "tax_rate" g JOIN "tax_rate" t '
    'ON t."key" IN (g."first_id", g."second_id", g."third_id") WHERE g."key" = ? '
    'ORDER BY CASE t."key" WHEN g."second_id" THEN 2 WHEN g."third_id" THEN 3 ELSE 1 END'
)


def taxes_of_rate(tax: TaxRate | None) -> tuple[Tax, ...]:
    """What goods of this tax rate, or group of them, carry."""
    if tax is None:
        return ()
    if tax.first_id is not None:
        return _taxes_of_group(tax.key)
    return (
        _tax((tax.name, tax.rate.millionths, None if tax.each is None else tax.each.minor,
              tax.place, tax.is_based_on, tax.account)),
    )  # fmt: skip


def _taxes_of_group(key: int) -> tuple[Tax, ...]:
    """What the taxes of a group take of a line, in their order."""
    return tuple(map(_tax, _TAXES.rows(key)))


def _tax(row: Sequence[Any]) -> Tax:
    name, rate, each, place, is_based_on, account = row
    return Tax(
        name, Rate(int(rate)),
        prices_include_tax.value() if place == AS_STORE else place == IN_PRICE,
        None if each is None else Money(int(each), store_currency()), bool(is_based_on),
        account=account,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code rings, how much of it, and the amount printed on its label, if there is one."""

    item: Item
    quantity: Quantity
    printed: Money | None = None
    # The code alone says nothing of how much: the weight must be asked for.
    needs_weight: bool = False
    # The label carries its own weight, amount or count.
    says_how_much: bool = False
    # The label, where it was read as one.
    scan: Scan | None = None


def find_scanned(code: str, *, also_off: bool = False) -> Scanned:
    """What a typed or scanned code rings: an item by its own code, whatever signs that has, or else
    by a label of a scale or a GS1 code, with the weight, amount or count in it. `also_off`: on sale
    or not.

    Refuses: CodeUnknown, NotForSale, LabelDamaged.
    """
    _, plain = without_symbology(code)
    item = _find(plain, also_off=also_off)
    if item is not None:
        return Scanned(item, Quantity.of(1), needs_weight=item.is_weighed)
    scan = read_code(code, label_layouts(scale_labels.value()))
    for lookup in scan.lookups:
        item = _find(lookup, also_off=also_off)
        if item is None:
            continue
        if scan.kind is CodeKind.STORE and scan.fault is not None:
            raise LabelDamaged(code=plain, goods=item.name)
        return replace(_on_label(item, scan), scan=scan)
    raise CodeUnknown(code=plain)


def _find(code: str, *, also_off: bool) -> Item | None:
    """The item with this code as it is written, or else in capitals, or without its blanks."""
    for written in dict.fromkeys((code, code.upper(), "".join(code.upper().split()))):
        try:
            return find_item(written, also_off=also_off)
        except CodeUnknown:
            continue
    return None


def _on_label(item: Item, scan: Scan) -> Scanned:
    """Weight, amount or count of a label. An amount alone gives the weight that it pays for."""
    weight, amount, count = scan.weight, scan.amount, None
    for element in scan.elements:
        if element.ai.startswith("310"):
            weight = element.number
        elif element.ai.startswith("392"):
            amount = element.number
        elif element.ai in COUNTS:
            count = Quantity.of(int(element.value))
    printed = None if amount is None else _money(amount)
    if weight:
        quantity = Quantity(half_away(weight * 1000))
    elif printed and item.is_weighed and item.price:
        pays_for = Quantity(half_away(Decimal(printed.minor * 1000) / item.price.minor))
        quantity = max(pays_for, Quantity(1))
    elif count is not None and printed is None:
        quantity = count
    elif printed is None:
        return Scanned(item, Quantity.of(1), needs_weight=item.is_weighed)
    else:
        quantity = Quantity.of(1)
    return Scanned(item, quantity, printed, says_how_much=True)


# GS1: how many pieces are in it, and how many of the trade item in a larger one.
COUNTS = ("30", "37")


def _money(amount: Decimal) -> Money:
    currency = store_currency()
    return Money(half_away(amount.scaleb(currency.exponent)), currency)
