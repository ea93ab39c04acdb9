"""Whatever is stored can be shown: every change leaves a bill that prices, and one that another
hand left behind is offered without what cannot be read or priced.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.ledger.daily.till_events import TillEvent
from models.reports.bills import held_view
from models.selling import items
from models.selling.tax_settings import price_rules
from models.shop import basket, bill_changes, bill_life
from models.shop.basket import Basket
from models.shop.basket_lines import LineUnreadable, line_body
from models.shop.bill_limits import is_covered, may_give_line
from models.trust import drafts
from models.trust.operation import new_uid
from models.trust.users import rights_of
from tests.stores import CNY, Shop, yuan

pytestmark = pytest.mark.row("TIL-02", "NFR-03")

# What a draft may hold that this version never wrote.
ITEM = [1, "1001", "水", "瓶", 0, 1000, 200, [["13%", 130000, 1]], 0, 1, None]
LINES: list[Any] = [
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["off", 999]},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["rate", 2_000_000]},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["rate", -1]},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["rate"]},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["price", 100], "printed": 200},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": 5},
    {"item": ITEM, "quantity": 1000, "price": 200, "printed": -200},
    {"item": ITEM, "quantity": 1000, "price": 200, "printed": "x"},
    {"item": ITEM, "quantity": 1000, "price": 200, "discount": ["off", 1], "granted": [1]},
    {"item": ITEM, "quantity": "1", "price": 200},
    {"item": ITEM, "quantity": 1000, "price": 2.5},
    {"item": ITEM, "quantity": 1000, "price": None},
    {"item": ITEM[:5], "quantity": 1000, "price": 200},
    {"item": [*ITEM[:2], None, *ITEM[3:]], "quantity": 1000, "price": 200},
    {"item": [*ITEM[:7], [["13%", -1_000_000, 1]], *ITEM[8:]], "quantity": 1000, "price": 200},
    {"quantity": 1000, "price": 200},
    {}, [], None, 5, "x",
]  # fmt: skip
HEADS: list[Any] = [
    {"discount": ["off", 9_999_999]},
    {"discount": ["rate", 2_000_000]},
    {"discount": ["price", 100]},
    {"discount": ["off"]},
    {"discount": {"off": 1}},
    {"discount": ["off", "1"], "granted": ["x"]},
    {"discount": ["off", 100], "granted": 5},
    [], 5, "x",
]  # fmt: skip


def broken(shop: Shop, *, line: Any = ..., head: Any = ...) -> Basket:
    bill = shop.bill("1002")
    if line is not ...:
        if isinstance(line, dict) and "item" in line:
            line = {**line, "item": [shop.goods("1001").key, *line["item"][1:]]}
        drafts.save_line(bill.draft, 1, 2, line, kind="goods")
    if head is not ...:
        drafts.save_head(bill.draft, 1, head)
    return bill


@pytest.mark.parametrize(
    "broke",
    [*({"line": line} for line in LINES), *({"head": head} for head in HEADS)],
    ids=str,
)
def test_a_broken_bill_is_offered_without_what_is_broken(shop: Shop, broke: dict[str, Any]) -> None:
    shop.open_shift()
    broken(shop, **broke)
    found = basket.open_basket(shop.cashier)
    assert found.left_out == ([2] if "line" in broke else [0])
    assert found.amount_due >= yuan("3.50")
    assert found.saved_amount == yuan("0")
    assert held_view(found.draft).total == found.amount_due
    bill_life.mend_bill(shop.cashier, found.draft, uid=new_uid())
    mended = basket.open_basket(shop.cashier)
    assert (mended.left_out, mended.amount_due) == ([], found.amount_due)
    assert shop.pay(mended).total == mended.amount_due


@pytest.mark.parametrize("line", [*LINES[9:14], *LINES[15:]], ids=str)
def test_a_line_that_cannot_be_read_is_not_sold(shop: Shop, line: Any) -> None:
    shop.open_shift()
    bill = broken(shop, line=line)
    with pytest.raises(LineUnreadable):
        shop.pay(bill)


@pytest.mark.parametrize("head", HEADS[-3:], ids=str)
def test_a_head_that_cannot_be_read_is_not_sold(shop: Shop, head: Any) -> None:
    shop.open_shift()
    with pytest.raises(LineUnreadable):
        shop.pay(broken(shop, head=head))


@pytest.mark.parametrize("broke", [{"line": LINES[0]}, {"line": None}, {"head": HEADS[0]}], ids=str)
def test_a_broken_bill_can_be_put_aside_and_cancelled(shop: Shop, broke: dict[str, Any]) -> None:
    bill = broken(shop, **broke)
    bill_life.hold_bill(shop.cashier, bill.draft, title="x", uid=new_uid())
    bill_life.fetch_bill(shop.cashier, bill.draft, uid=new_uid())
    bill_life.cancel_bill(shop.cashier, bill.draft, uid=new_uid())
    assert TillEvent.get().kind == "cancel bill"


def test_the_head_is_emptied_with_the_last_line(shop: Shop) -> None:
    """The next customer gets neither the discount nor the salesperson of the one before."""
    bill = shop.bill("1004")
    bill_changes.discount_bill(shop.cashier, bill.draft, yuan("2"), uid=new_uid())
    bill = basket.refresh(bill)
    basket.set_salesperson(bill, shop.users["clerk"])
    bill_changes.remove_line(shop.cashier, bill.draft, bill.lines[0].number, uid=new_uid())
    bill = basket.refresh(bill)
    assert (bill.head, bill.discount, bill.amount_due) == ({}, None, yuan("0"))
    basket.ring(bill, items.find_item("1004"), Quantity.of(1))
    assert basket.refresh(bill).amount_due == yuan("25.00")


# --- all operations on lines, in any order


_ODD = [-1000, -1, 0, 1, 500, 1001, 99_999_000, 99_999_001, 100_000_000]
_MANY = st.builds(
    Quantity, st.sampled_from([*(pieces * 1000 for pieces in (1, 1, 1, 2, 3, 4, 6, 9)), *_ODD])
)
_OFF = st.sampled_from(
    [
        None,
        *(Rate(part) for part in (-1, 50_000, 100_000, 100_001, 500_000, 1_000_000, 1_000_001)),
        *(Money(minor, CNY) for minor in (-1, 0, 20, 80, 150, 175, 200, 300, 900, 3_000)),
    ]
)
_PRICES = st.sampled_from([Money(minor, CNY) for minor in (-1, 0, 50, 180, 190, 320, 2_500)])
_PLACES = st.integers(0, 3)
_PIECES = st.one_of(st.none(), _MANY)
_WHO = st.sampled_from(["cashier", "cashier", "manager"])
_STEPS = st.one_of(
    st.tuples(st.just("ring"), st.sampled_from(["1001", "1003", "6901234500066"]), _MANY),
    st.tuples(st.just("set_quantity"), _WHO, _PLACES, _MANY),
    st.tuples(st.just("remove_line"), _WHO, _PLACES),
    st.tuples(st.just("discount_line"), _WHO, _PLACES, _OFF, _PIECES),
    st.tuples(st.just("override_price"), _WHO, _PLACES, _PRICES, _PIECES),
    st.tuples(st.just("discount_bill"), _WHO, _OFF),
    st.tuples(st.just("approve_bill"), _WHO),
)


_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def _begun(shop: Shop) -> Basket:
    """Four bottles, one of another kind, and a kilo of apples: 21.40."""
    bill = shop.bill("1001", "1002", "1003")
    number = bill.lines[0].number
    bill_changes.set_quantity(shop.cashier, bill.draft, number, Quantity.of(4), uid=new_uid())
    basket.catch_up(bill, number)
    return bill


@given(steps=st.lists(_STEPS, min_size=4, max_size=12))
@settings(max_examples=80, deadline=None, suppress_health_check=_QUIET)
@pytest.mark.timeout(300)
def test_every_change_leaves_a_bill_that_is_right(shop: Shop, steps: list[Any]) -> None:
    """Every quantity is one that the unit has, every bill prices and is what the screen holds, and
    each line is within what the cashier may give or was given.
    """
    bill = _begun(shop)
    for name, *given_ in steps:
        before = _stored(bill)
        try:
            _step(shop, bill, name, given_)
        except Refusal:
            assert _stored(bill) == before
        _is_right(shop, bill)


_LITTLE = st.sampled_from([Quantity.of(pieces) for pieces in (1, 1, 2, 3, 5)])
_FIRST = st.sampled_from([0, 0, 0, 1, 2])
_WITHIN = st.sampled_from([Rate(50_000), Rate(100_000), yuan("0.20"), yuan("0.80"), yuan("2.10")])
_ALONE = st.one_of(
    st.tuples(st.just("ring"), st.just("1001"), _LITTLE),
    st.tuples(st.just("set_quantity"), st.just("cashier"), _FIRST, _LITTLE),
    st.tuples(st.just("remove_line"), st.just("cashier"), _FIRST),
    st.tuples(
        st.just("discount_line"), st.just("cashier"), _FIRST, _WITHIN,
        st.sampled_from([None, None, Quantity.of(1)]),
    ),
    st.tuples(st.just("discount_bill"), st.just("cashier"), _WITHIN),
)  # fmt: skip


@given(steps=st.lists(_ALONE, min_size=2, max_size=6))
@settings(max_examples=250, deadline=None, suppress_health_check=_QUIET)
@pytest.mark.timeout(300)
def test_a_cashier_alone_never_comes_below_his_limit(shop: Shop, steps: list[Any]) -> None:
    bill = _begun(shop)
    for name, *given_ in steps:
        with suppress(Refusal):
            _step(shop, bill, name, given_)
        full = sum(line.price.times(line.quantity).minor for line in bill.lines)
        # Nine tenths of the price; each line is rounded once, and the bill as well.
        assert bill.amount_due.minor * 10 >= 9 * full - 5 * (len(bill.lines) + 1)


def _step(shop: Shop, bill: Basket, name: str, given_: list[Any]) -> None:
    if name == "ring":
        basket.ring(bill, items.find_item(given_[0]), given_[1])
        return
    who, more = shop.who(given_[0]), {}
    work: Callable[..., Any] = getattr(bill_changes, name)
    args = given_[1:]
    numbers: list[int] = []
    if name not in ("discount_bill", "approve_bill"):
        numbers = [bill.lines[args[0] % len(bill.lines)].number if bill.lines else 77]
        args = [numbers[0], *args[1:]]
    if name in ("discount_line", "override_price"):
        *args, more["pieces"] = args
    result = work(who, bill.draft, *args, uid=new_uid(), **more)
    if name in ("discount_line", "override_price"):
        numbers.append(result)
    basket.catch_up(bill, *dict.fromkeys(numbers))


def _is_right(shop: Shop, bill: Basket) -> None:
    stored = basket.refresh(bill)
    assert stored.left_out == []
    assert [line_body(line) for line in stored.lines] == [line_body(line) for line in bill.lines]
    assert (stored.head, stored.amount_due) == (bill.head, bill.amount_due)
    assert stored.amount_due >= yuan("0")
    for line in stored.lines:
        basket.check_quantity(line.item, line.quantity)
    if not stored.lines:
        assert stored.head == {}
    rights, rules = rights_of(shop.users["cashier"]), price_rules()
    assert rights is not None
    for line in stored.lines:
        assert line.discount is None or is_covered(line) or may_give_line(line, line, rights, rules)


def _stored(bill: Basket) -> list[Any]:
    found = query('SELECT "line", "body" FROM "draft_line" WHERE "draft_id" = ?', bill.draft)
    return [sorted(found), drafts.read(bill.draft).head]
