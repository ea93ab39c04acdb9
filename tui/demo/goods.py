"""The goods of the demonstration shop: read from goods.txt, put into the store and into stock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from random import Random

from models.base import clock, keys
from models.base.cost import UnitCost
from models.base.database import transaction
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.shop import stock
from models.shop.codes import check_digit
from models.shop.goods import Barcode, Category, Goods, TaxRate, Unit
from models.trust.operation import Session, new_uid

_HEADING = re.compile(r"\[(.+) / (.+)\] (\d+)")
WEIGHED_UNIT = "千克"
# Goods of these categories also come by the case, with a bar code of its own: pieces, per cent.
CASES = {"水 Water": (24, 92), "汽水 Sodas": (12, 94), "啤酒 Beer": (12, 93)}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of goods.txt."""

    code: str
    barcode: str
    top: str
    category: str
    tax_percent: str
    name: str
    spec: str
    unit: str
    price: Money
    cost: UnitCost

    @property
    def is_weighed(self) -> bool:
        return self.unit == WEIGHED_UNIT


def listed() -> list[Listed]:
    """All goods, in the order of the file, with codes and bar codes drawn by their place."""
    return list(_listed())


def _listed() -> Iterator[Listed]:
    top = category = tax = ""
    numbers = count(1)
    money = store_currency()
    for line in files("tui.demo").joinpath("goods.txt").read_text(encoding="utf-8").splitlines():
        if found := _HEADING.fullmatch(line):
            top, category, tax = found.groups()
        elif line and not line.startswith("#"):
            number = next(numbers)
            name, spec, unit, price, cost = line.split("|")
            yield Listed(
                f"{10000 + number}", _barcode(number), top, category, tax, name, spec, unit,
                Money.parse(price, money), UnitCost.parse(cost, money),
            )  # fmt: skip


def _barcode(number: int) -> str:
    """A code with its check digit: like a maker's, and every sixth one of the shop's own."""
    body = (
        f"2{number % 2}0000{number:06d}"
        if number % 6 == 0
        else f"69900{number % 9:02d}{number:05d}"
    )
    return with_check_digit(body)


def with_check_digit(body: str) -> str:
    """Twelve digits and the one that ends them."""
    return body + check_digit(body)


def add_goods(goods: list[Listed]) -> dict[str, Goods]:
    """Put units, taxes, categories, goods and bar codes into the store; the goods by code."""
    keys.renew()
    with transaction():
        units = {name: _unit(name) for name in dict.fromkeys(each.unit for each in goods)}
        taxes = {each.tax_percent: _tax(each.tax_percent) for each in goods}
        categories = _add_categories(goods)
        return {
            each.code: _add(each, units[each.unit], taxes[each.tax_percent], categories)
            for each in goods
        }


def _unit(name: str) -> Unit:
    decimals = 3 if name == WEIGHED_UNIT else 0
    return Unit.get_or_none(Unit.name == name) or Unit.create(
        key=keys.new_key(), name=name, decimals=decimals
    )


def _tax(percent: str) -> TaxRate:
    rate = Rate.percent(percent)
    name = f"{rate.percent_text}%"
    return TaxRate.get_or_none(TaxRate.name == name) or TaxRate.create(
        key=keys.new_key(), name=name, rate=rate
    )


def _add_categories(goods: list[Listed]) -> dict[str, Category]:
    tops: dict[str, Category] = {}
    found: dict[str, Category] = {}
    for each in goods:
        if each.top not in tops:
            tops[each.top] = _category(f"{len(tops) + 1:02d}", each.top, None)
        top = tops[each.top]
        if each.category not in found:
            place = 1 + sum(category.parent_id == top.key for category in found.values())
            found[each.category] = _category(f"{top.code}{place:02d}", each.category, top)
    return found


def _category(code: str, name: str, parent: Category | None) -> Category:
    return Category.create(
        key=keys.new_key(), code=code, name=name, parent=parent, position=int(code)
    )


def _add(each: Listed, unit: Unit, tax: TaxRate, categories: dict[str, Category]) -> Goods:
    now = clock.now()
    goods = Goods.create(
        key=keys.new_key(), code=each.code, name=each.name, spec=each.spec, unit=unit, tax=tax,
        pinyin=initials(each.name), category=categories[each.category],
        brand=each.name.split(" ")[0] if " " in each.name else "",
        price=each.price, currency=each.price.currency.code, cost=each.cost,
        is_weighed=each.is_weighed, min_stock=Quantity.of(8), created_at=now, changed_at=now,
    )  # fmt: skip
    Barcode.create(code=each.barcode, goods=goods, pack=Quantity.of(1), is_main=True)
    if case := CASES.get(each.category):
        pieces, per_cent = case
        whole = each.price.times(Quantity.of(pieces)).part(Rate.percent(str(per_cent)))
        Barcode.create(
            code=with_check_digit(f"69909{each.code:>07s}"), goods=goods,
            pack=Quantity.of(pieces), price=whole.rounded_to(Money(10, whole.currency)),
        )  # fmt: skip
    return goods


def initials(name: str) -> str:
    """The first letters of the pinyin of the Chinese part of a name."""
    from pypinyin import Style, lazy_pinyin

    chinese = "".join(one for one in name if "\u4e00" <= one <= "\u9fff")
    return "".join(lazy_pinyin(chinese, style=Style.FIRST_LETTER))[:60]


def popularity(goods: list[Listed]) -> list[float]:
    """How often each sells, as weights: a few often, most now and then."""
    order = list(range(len(goods)))
    Random(7).shuffle(order)
    return [1 / (3 + place) for place in order]


def take_into_stock(manager: Session, goods: list[Listed], rows: dict[str, Goods]) -> None:
    """The first stock: much of what sells, little of some, so that the list of shortages speaks."""
    for number, (each, often) in enumerate(zip(goods, popularity(goods), strict=True)):
        plenty = 12 + number * 37 % 40 + round(often * 400)
        quantity = 6 if number % 23 == 5 and often < 0.02 else plenty
        stock.adjust_stock(
            manager,
            rows[each.code],
            Quantity.of(quantity),
            reason="期初库存 Opening stock",
            cost=each.cost,
            uid=new_uid(),
        )
