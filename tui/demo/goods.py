"""The goods of the demonstration shop: read from goods.txt, put into the store and into stock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from random import Random

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.codes import check_digit
from models.goods.taxes import save_tax_rate
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.sheets.sheets import Cell, read_sheet, write_sheet
from models.trust.operation import Session, new_uid
from tui.demo.tongue import own

_HEADING = re.compile(r"\[(.+) > (.+)\] (\d+)")
WEIGHED_UNIT = "千克/kg"
# Goods of these categories also come by the case, with a bar code of its own: pieces, per cent.
CASES = {"水/Water": (24, 92), "汽水/Sodas": (12, 94), "啤酒/Beer": (12, 93)}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of goods.txt, its words in both languages."""

    code: str
    barcode: str
    top: str
    category: str
    tax_percent: str
    brand: str
    plain_name: str
    spec: str
    unit: str
    price: Money
    cost: UnitCost

    @property
    def name(self) -> str:
        """What it is called in the language of the demonstration, its brand first."""
        return f"{own(self.brand)} {own(self.plain_name)}".strip()

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
            brand, name, spec, unit, price, cost = line.split("|")
            yield Listed(
                f"{10000 + number}", _barcode(number), top, category, tax, brand, name, spec, unit,
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


def take_in(manager: Session, goods: list[Listed], folder: Path) -> None:
    """Import the goods with their first stock, as any store would; the sheet stays in `folder`."""
    from models.stock.goods_import import GOODS

    save_tax_rate(manager, None, name="9%", rate=Rate.percent("9"), uid=new_uid())
    folder.mkdir(parents=True, exist_ok=True)
    sheet = folder / "goods.csv"
    write_sheet(sheet, HEADS, map(_cells, goods, _first_stock(goods)))
    *_, last = run_import(manager, plan_import(GOODS, read_sheet(sheet)))
    assert not last.refused, f"{last.refused} goods of the demonstration were refused"


def popularity(goods: list[Listed]) -> list[float]:
    """How often each sells, as weights: a few often, most now and then."""
    order = list(range(len(goods)))
    Random(7).shuffle(order)
    return [1 / (3 + place) for place in order]


def _first_stock(goods: list[Listed]) -> list[Quantity]:
    """Much of what sells, little of some, so that the list of shortages speaks."""
    found = []
    for number, often in enumerate(popularity(goods)):
        plenty = 12 + number * 37 % 40 + round(often * 400)
        found.append(Quantity.of(6 if number % 23 == 5 and often < 0.02 else plenty))
    return found


HEADS = (
    "code", "name", "spec", "barcodes", "unit", "category", "brand", "price", "cost", "tax",
    "is_weighed", "min_stock", "stock",
)  # fmt: skip


def _cells(each: Listed, first_stock: Quantity) -> list[Cell]:
    """A row of the sheet."""
    return [
        each.code, each.name, own(each.spec), ";".join(_codes(each)), own(each.unit),
        f"{own(each.top)} > {own(each.category)}", own(each.brand), each.price, each.cost,
        f"{each.tax_percent}%", "1" if each.is_weighed else "0", Quantity.of(8),
        first_stock,
    ]  # fmt: skip


def _codes(each: Listed) -> Iterator[str]:
    """The bar codes in the writing of the import: code*pieces@price."""
    yield each.barcode
    if case := CASES.get(each.category):
        pieces, per_cent = case
        whole = each.price.times(Quantity.of(pieces)).part(Rate.percent(str(per_cent)))
        price = whole.rounded_to(Money(10, whole.currency))
        yield f"{with_check_digit(f'69909{each.code:>07s}')}*{pieces}@{price}"
