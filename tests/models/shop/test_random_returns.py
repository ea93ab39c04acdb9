"""Random sales come back in random parts: nothing is lost, nothing is given twice."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.documents import Document
from models.ledger.payments.taking import ways_back
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.selling.charges import ChargeLine, ChargeTax
from models.shop import basket, bill_changes
from models.shop.basket import Basket
from models.shop.exchanges import Coming, difference, exchange
from models.shop.return_lines import (
    ReturnEmpty,
    ReturnLine,
    ReturnTooMuch,
    all_left,
    giving_back,
    sold_lines,
)
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.stock.stock import stock_of
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.stores import CARD, CASH, CNY, WECHAT, Shop

CODES = ("1001", "1002", "1003", "1004", "1005")
pytestmark = pytest.mark.row("ORD-18")


@dataclass(frozen=True)
class Sold:
    """A bill as a customer brings it: what is on it, what is off, and how it is paid."""

    lines: list[tuple[str, int]]
    off: int
    by_card: int
    step: int


bills = st.builds(
    Sold,
    lines=st.lists(st.tuples(st.sampled_from(CODES), st.integers(1, 4)), min_size=1, max_size=4),
    off=st.integers(0, 30),
    by_card=st.integers(0, 3),
    step=st.sampled_from([1, 5, 10, 100]),
)
# Of which line, tenths of what is left, swapped for other goods or not, scrapped or not.
parts = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 12), st.booleans(), st.booleans()),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize(
    "examples", [8, pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_what_was_sold_comes_back_once(shop: Shop, examples: int) -> None:
    shop.open_shift(pieces=60, session=shop.owner)

    @settings(
        max_examples=examples, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(sold=bills, coming=parts)
    def once(sold: Sold, coming: list[tuple[int, int, bool, bool]]) -> None:
        change_settings(shop.owner, {"cash.step": sold.step}, uid=new_uid())
        sale = _sell(shop, sold)
        before = {code: stock_of(shop.goods(code).key).quantity for code in CODES}
        stayed: dict[str, int] = {}
        for number, tenths, is_swapped, is_scrapped in coming:
            _some_back(shop, sale, number, tenths, (is_swapped, is_scrapped), stayed)
        _rest_back(shop, sale)
        _nothing_left(shop, sale, before, stayed)

    once()
    assert not [str(found) for found in proof.verify()]


def _bill(shop: Shop, lines: list[tuple[str, int]]) -> Basket:
    bill = basket.new_basket(shop.owner)
    for code, pieces in lines:
        quantity = Quantity(pieces * 307) if code == "1003" else Quantity.of(pieces)
        basket.ring(bill, items.find_item(code), quantity)
    return basket.refresh(bill)


def _sell(shop: Shop, sold: Sold) -> Document:
    bill = _bill(shop, sold.lines)
    if sold.off:
        off = Rate.percent(str(sold.off))
        bill_changes.discount_bill(shop.owner, bill.draft, off, uid=new_uid())
        bill = basket.refresh(bill)
    due = bill.amount_due
    card = Money(due.minor * sold.by_card // 3, CNY)
    payings = [Paying(CARD, card, reference="A1")] if card else []
    if card != due:
        payings.append(Paying(CASH, Money(100_000, CNY)))
    return sell(shop.owner, bill.draft, payings, shown=due, uid=new_uid())


def _some_back(
    shop: Shop, sale: Document, number: int, tenths: int, how: tuple[bool, bool],
    stayed: dict[str, int],
) -> None:  # fmt: skip
    """Take some of a line back, if it may come back; what is scrapped or taken instead `stayed`."""
    is_swapped, is_scrapped = how
    lines = sold_lines(sale.key)
    line = lines[number % len(lines)]
    asked = Quantity(line.left.thousandths * tenths // 10)
    if not line.line.is_weighed:
        asked = Quantity(asked.thousandths // 1000 * 1000)
    wanted = {line.line.line: asked}
    try:
        giving = giving_back(sale.key, wanted)
    except (ReturnTooMuch, ReturnEmpty):
        assert not Quantity(0) < asked <= line.left
        return
    if is_scrapped and line.line.code != "1005":
        stayed[line.line.code] = stayed.get(line.line.code, 0) + asked.thousandths
    if not is_swapped:
        made = return_goods(
            shop.owner, sale.key, wanted, shown=giving.total, reason="unwanted",
            is_scrapped=is_scrapped, uid=new_uid(),
        )  # fmt: skip
        assert made.total == -giving.total
        return
    bill = _bill(shop, [("1002", 1)])
    stayed["1002"] = stayed.get("1002", 0) + 1000
    found = difference(bill.amount_due, giving, sale.key)
    payings = [Paying(WECHAT, found.due)] if found.due.minor > 0 else []
    coming = Coming(sale.key, wanted, "unwanted", is_scrapped=is_scrapped)
    exchange(shop.owner, bill.draft, coming, payings, shown=found.due, uid=new_uid())


def _rest_back(shop: Shop, sale: Document) -> None:
    left = all_left(sold_lines(sale.key))
    if left:
        giving = giving_back(sale.key, left)
        return_goods(
            shop.owner, sale.key, left, shown=giving.total, reason="unwanted", uid=new_uid()
        )


def _nothing_left(
    shop: Shop, sale: Document, before: dict[str, Quantity], stayed: dict[str, int]
) -> None:
    """Every figure of the sale is back, the money was given once, and the goods are there."""
    of_sale = list(ReturnLine.select().where(ReturnLine.of_document == sale.key))
    places = [(row.document_id, row.line) for row in of_sale]
    sold = list(ChargeLine.select().where(ChargeLine.document == sale.key))
    back = [ChargeLine.get(ChargeLine.document == d, ChargeLine.line == n) for d, n in places]
    for name in ("full", "discount", "amount", "share", "net", "tax"):
        assert sum(getattr(row, name).minor for row in [*sold, *back]) == 0, name
    taxes = list(ChargeTax.select().where(ChargeTax.document == sale.key))
    for document, line in places:
        of_line = ChargeTax.select().where(
            ChargeTax.document == document, ChargeTax.of_line == line
        )
        taxes += list(of_line)
    assert sum(row.tax.minor for row in taxes) == 0
    assert sum(row.base.minor for row in taxes) == 0
    assert sum(row.given.minor for row in of_sale) == sale.total.minor
    assert all(way.left.minor >= 0 for way in ways_back(sale.key))
    sold_units: dict[str, int] = {}
    for row in sold:
        if row.code != "1005":
            units = row.quantity.thousandths
            sold_units[row.code] = sold_units.get(row.code, 0) + units
    for code, was in before.items():
        wanted = was.thousandths + sold_units.get(code, 0) - stayed.get(code, 0)
        assert stock_of(shop.goods(code).key).quantity.thousandths == wanted, code
