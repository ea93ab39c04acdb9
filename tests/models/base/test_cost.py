"""Unit costs, and a stock at average cost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.cost import AverageCost, StockMove, UnitCost
from models.base.money import Money, currency
from models.base.quantity import Quantity
from tests.models.buying.bought import cost
from tests.stores import yuan

CNY = currency("CNY")
JPY = currency("JPY")


def stock(quantity: str, value: str) -> AverageCost:
    empty = AverageCost.empty(CNY)
    return empty.receive(Quantity.parse(quantity), yuan(value)).after


def test_unit_cost_has_six_decimals() -> None:
    assert cost("18.3333").times(Quantity.of(3)) == yuan("55.00")
    assert cost("18.3333").decimal == Decimal("18.3333")
    assert str(cost("18.3333")) == "18.3333"
    assert str(cost("7.5")) == "7.50"
    assert str(cost("-7")) == "-7.00"
    assert str(UnitCost.parse("120", JPY)) == "120"
    assert str(UnitCost.parse("120.5", JPY)) == "120.5"
    assert cost("0.005").rounded() == yuan("0.01")
    assert UnitCost.of(yuan("12.50")) == cost("12.5")
    assert UnitCost.of(Money(5, JPY)) == UnitCost.parse("5", JPY)
    assert UnitCost.each(yuan("10"), Quantity.of(3)) == cost("3.333333")
    assert cost("0.000001")
    with pytest.raises(ValueError, match="more than 6 decimals"):
        cost("0.0000001")
    with pytest.raises(TypeError):
        UnitCost(1.5, CNY)  # type: ignore[arg-type]


def test_an_issue_takes_its_share_and_the_rest_stays() -> None:
    left = stock("3", "10.00")
    values = []
    for _ in range(3):
        move = left.issue(Quantity.of(1))
        values.append(str(move.value))
        left = move.after
    assert values == ["3.33", "3.34", "3.33"]
    assert not left.quantity
    assert not left.value
    assert left.average.rounded() == yuan("3.33")


def test_a_shortage_is_covered_by_the_receipt() -> None:
    short = stock("1", "100").issue(Quantity.of(2))
    assert (short.after.quantity, short.after.value) == (Quantity.of(-1), yuan("-100"))
    covered = short.after.receive(Quantity.of(2), yuan("240"))
    assert covered.after.value == yuan("120")
    assert covered.correction == yuan("20")


def test_a_receipt_that_covers_a_shortage_in_part() -> None:
    short = stock("1", "10").issue(Quantity.of(4)).after
    move = short.receive(Quantity.of(2), yuan("24"))
    assert (move.after.quantity, move.after.value) == (Quantity.of(-1), yuan("-10"))
    assert move.correction == yuan("4")
    rest = move.after.receive(Quantity.of(1), yuan("12"))
    assert (rest.after.quantity, rest.after.value) == (Quantity(0), yuan("0"))
    assert rest.correction == yuan("2")


def test_an_issue_from_nothing_goes_at_the_last_cost() -> None:
    empty = AverageCost.empty(CNY, cost("2.5"))
    assert empty.issue(Quantity.of(2)).value == yuan("5")
    emptied = stock("2", "8").issue(Quantity.of(2)).after
    assert emptied.issue(Quantity.of(1)).value == yuan("4")


def test_goods_go_back_at_what_they_were_bought_for() -> None:
    move = stock("2", "30").give_back(Quantity.of(1), yuan("20"))
    assert (move.after.quantity, move.after.value) == (Quantity.of(1), yuan("10"))
    assert not move.correction
    last = move.after.give_back(Quantity.of(1), yuan("12"))
    assert (last.after.value, last.value) == (yuan("0"), yuan("10"))


moves = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "give_back"]),
        st.integers(1, 100_000),
        st.integers(0, 1_000_000),
    ),
    max_size=40,
)


@given(moves)
def test_no_fen_is_lost_between_stock_and_cost_of_sales(given_moves: list) -> None:
    left = AverageCost.empty(CNY)
    books = Money.zero(CNY)
    count = Quantity(0)
    for kind, thousandths, minor in given_moves:
        quantity = Quantity(thousandths)
        move: StockMove
        if kind == "receive":
            move = left.receive(quantity, Money(minor, CNY))
            books, count = books + move.value - move.correction, count + quantity
        else:
            move = (
                left.issue(quantity)
                if kind == "issue"
                else left.give_back(quantity, Money(minor, CNY))
            )
            books, count = books - move.value - move.correction, count - quantity
        left = move.after
        assert left.quantity == count
        assert left.value == books
        assert left.quantity or not left.value
