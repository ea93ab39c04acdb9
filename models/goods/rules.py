"""What must hold of an item's values, however they come: by the form or by an import."""

from __future__ import annotations

import re
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import MOST_MINOR, Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.goods.codes import GTIN_LENGTHS, has_check_digit
from models.goods.goods import CODE_LENGTH, Barcode, Category, Goods, TaxRate, Unit
from models.trust.records import NameMissing, linked_row, text_of

# Between bar codes in one cell of a sheet, and before the pieces and price of a pack.
RESERVED = ";*@"

# Bar codes that end in a check digit.

_CODE = re.compile(rf"[^\s{RESERVED}]{{1,{CODE_LENGTH}}}")

LINKS: dict[str, type[Any]] = {"category": Category, "unit": Unit, "tax": TaxRate}
TEXTS = {
    name: int(Goods._meta.fields[name].max_length)
    for name in ("name", "short_name", "spec", "pinyin", "mnemonic", "brand", "supplier", "bin")
}
PRICES = ("price", "price2", "price3", "price4", "member_price")
_BOUNDS = ("min_stock", "max_stock")
# As many millionths as MOST_MINOR has with two decimals.
_MOST_COST = MOST_MINOR * 10_000
_MOST_DAYS = 100_000
_FLAGS = ("is_weighed", "is_stocked", "is_active")


class CodeWrong(Refusal):
    """A code has 1 to 20 characters, no blanks, and none of ; * @."""


class ValueNegative(Refusal):
    """A price, cost or number is below zero."""


class ValueTooHigh(Refusal):
    """A price or number is beyond what a shop has: a bar code in the wrong column."""


class PriceMissing(Refusal):
    """An item needs a price; it may be zero."""

    about = ("price",)


class StockBoundsWrong(Refusal):
    """The least stock is above the most."""

    about = ("max_stock",)


def plain_code(text: str) -> str:
    """A code as it is stored: narrow, without blanks at its ends. Refuses: CodeWrong."""
    code = narrow(text).strip()
    if not is_code(code):
        raise CodeWrong(code=text[:40], most=CODE_LENGTH)
    return code


def is_code(code: str) -> bool:
    """May this be a code of goods?"""
    return _CODE.fullmatch(code) is not None and code.isprintable()


def has_wrong_check_digit(code: str) -> bool:
    """Is this a bar code with the length of a GTIN whose check digit is wrong? One real code in a
    hundred is: it is told, and taken.
    """
    is_gtin = len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit()
    return is_gtin and not has_check_digit(code)


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are stored, rows for links.

    Refuses: NameMissing, TextTooLong, ValueNegative, ValueTooHigh, PriceMissing, StockBoundsWrong,
    LinkUnknown. TypeError for a field that goods do not have, or a value of the wrong type.
    """
    ready = {name: _one(name, value) for name, value in values.items()}
    if "name" in ready and not ready["name"]:
        raise NameMissing()
    if "price" in ready and ready["price"] is None:
        raise PriceMissing()
    least, most = ready.get("min_stock"), ready.get("max_stock")
    if least is not None and most is not None and least > most:
        raise StockBoundsWrong(least=least, most=most)
    return ready


def _one(name: str, value: Any) -> Any:
    if name in TEXTS:
        text = text_of(name, value, TEXTS[name])
        return text.lower() if name == "pinyin" else text
    if name in LINKS:
        return linked(name, value)
    if name in PRICES:
        return price_of(name, value)
    if name in _BOUNDS:
        return _within(name, value, Quantity(0), Quantity(MOST_MINOR))
    if name in _FLAGS:
        return bool(value)
    if name == "cost":
        none = UnitCost(0, store_currency())
        value = none if value is None else value
        _within(name, value.millionths, 0, _MOST_COST)
        return value
    if name == "shelf_life_days":
        return _within(name, value, 0, _MOST_DAYS)
    raise TypeError(f"goods have no field {name!r}")


def linked(name: str, key: int | None) -> Any:
    """The row that a link field names, or None. Refuses: LinkUnknown."""
    return linked_row(LINKS[name], name, key)


def price_of(name: str, value: Money | None) -> Money | None:
    """A price, or none. Refuses: ValueNegative, ValueTooHigh."""
    money = store_currency()
    return _within(name, value, Money.zero(money), Money(MOST_MINOR, money))


def _within(name: str, value: Any, least: Any, too_much: Any) -> Any:
    if value is not None and value < least:
        raise ValueNegative(field=name, value=value)
    if value is not None and value >= too_much:
        raise ValueTooHigh(field=name, value=value)
    return value


class CodeTaken(Refusal):
    """Another item has this code, or this bar code."""


def refuse_taken(code: str, goods: int | None) -> None:
    """A code rings one item only, be it a code or a bar code. Refuses: CodeTaken."""
    for other in (
        Goods.get_or_none(Goods.code == code, Goods.key != (goods or 0)),
        getattr(
            Barcode.get_or_none(Barcode.code == code, Barcode.goods != (goods or 0)), "goods", None
        ),
    ):
        if other is not None:
            raise CodeTaken(code=code, goods=other.name, goods_code=other.code)
