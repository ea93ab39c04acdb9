"""Shifts and drawers: a blind count, over and short with a reason, and nothing left in the end."""

from __future__ import annotations

import pytest

from models.base.hot import query
from models.base.money import Money
from models.ledger.daily import drawer, shift_life, shifts
from models.ledger.daily.drawer import CashWrong, DrawerTooLow, expected_cash
from models.ledger.daily.floats import proposed_float, usual_float, usual_if_far
from models.ledger.daily.shift_life import (
    CountEmpty,
    DifferenceNeedsReason,
    ShiftNotCounted,
    ShiftOpenAlready,
)
from models.ledger.daily.shifts import CashCount, NoOpenShift, Shift, ShiftIsCounted
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Document, Entry
from models.ledger.proving import proof
from models.reports.takings import shift_view
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.stores import CARD, CNY, Shop, yuan

pytestmark = pytest.mark.row("TIL-01", "TIL-02")


def entries(document: Document) -> dict[int, Money]:
    return {e.account_id: e.amount for e in Entry.select().where(Entry.document == document.key)}


def test_a_whole_shift(shop: Shop) -> None:
    shift = shop.open_shift(2)
    assert shift.float_amount == yuan("200")
    shop.sell("1001", given="5.00")
    shop.sell("1002", tender=CARD, reference="x")
    drawer.pay_in(shop.manager, yuan("50"), reason="change", uid=new_uid())
    drawer.pay_out(shop.manager, yuan("12.50"), reason="ice", uid=new_uid())
    drop = drawer.drop_to_safe(shop.manager, yuan("100"), bag="17", uid=new_uid())
    assert (drop.note, entries(drop)) == ("17", {1001: yuan("-100"), 1003: yuan("100")})
    assert expected_cash(shift.key) == yuan("139.50")

    counted = shift_life.count_drawer(shop.cashier, {10_000: 1, 1_000: 3, 100: 9}, uid=new_uid())
    assert (counted.expected, counted.counted) == (yuan("139.50"), yuan("139.00"))
    for nothing in (" ", "12", "2.50 / 3", "？"):
        # Digits were meant for a count, and say nothing.
        with pytest.raises(DifferenceNeedsReason):
            shift_life.close_shift(shop.cashier, reason=nothing, uid=new_uid())
    closed = shift_life.close_shift(shop.cashier, reason="找零", uid=new_uid())
    assert (closed.number, closed.state, closed.reason) == (1, "closed", "找零")
    booked = Document.get(Document.kind == "count")
    assert entries(booked) == {1001: yuan("-139.50"), 1003: yuan("139"), 6711: yuan("0.50")}
    assert PrintJob.select().where(PrintJob.kind == "z").count() == 1
    assert expected_cash(shift.key) == yuan("0")
    assert not proof.verify()


def test_the_drawer_may_be_over(shop: Shop) -> None:
    shop.open_shift(1)
    shift_life.count_drawer(shop.cashier, {100: 101}, uid=new_uid())
    shift_life.close_shift(shop.cashier, reason="查不出", uid=new_uid())
    booked = Document.get(Document.kind == "count")
    assert entries(booked) == {1001: yuan("-100"), 1003: yuan("101"), 6301: yuan("-1")}
    assert not proof.verify()


def test_a_count_is_blind_and_each_one_is_kept(shop: Shop) -> None:
    shift = shop.open_shift(1)
    assert Shift.get_by_id(shift.key).expected is None
    with pytest.raises(CountEmpty):
        shift_life.count_drawer(shop.cashier, {}, uid=new_uid())
    assert Shift.get_by_id(shift.key).expected is None, "and nothing of it was told"
    for counts in ({10_000: 2}, {10_000: 0}, {10_000: 1}):
        shift_life.count_drawer(shop.cashier, counts, uid=new_uid())
        assert not proof.verify()
    rows = query(
        'SELECT "attempt", "value", "pieces" FROM "cash_count" WHERE NOT "is_opening" ORDER BY 1'
    )
    assert rows == [(1, 10_000, 2), (2, 10_000, 0), (3, 10_000, 1)]
    told = shift_view(shift.key)
    assert (told.counts, told.denominations) == (3, ((yuan("100"), 1),))
    assert TillEvent.select().where(TillEvent.kind == "count").count() == 3
    shift_life.close_shift(shop.cashier, uid=new_uid())
    assert CashCount.select().where(CashCount.is_opening).count() == 1


def test_nothing_moves_while_the_drawer_is_counted(shop: Shop) -> None:
    shop.open_shift()
    shift_life.count_drawer(shop.cashier, {10_000: 5}, uid=new_uid())
    for work in (
        lambda: shop.sell("1001"),
        lambda: drawer.pay_in(shop.manager, yuan("1"), reason="x", uid=new_uid()),
        lambda: drawer.drop_to_safe(shop.manager, yuan("1"), bag="x", uid=new_uid()),
    ):
        with pytest.raises(ShiftIsCounted):
            work()


def test_without_a_shift(shop: Shop) -> None:
    for work in (
        lambda: shift_life.count_drawer(shop.cashier, {1: 1}, uid=new_uid()),
        lambda: shift_life.close_shift(shop.cashier, uid=new_uid()),
        lambda: drawer.pay_in(shop.manager, yuan("1"), reason="x", uid=new_uid()),
    ):
        with pytest.raises(NoOpenShift):
            work()


def test_one_shift_at_a_register(shop: Shop) -> None:
    shop.open_shift()
    with pytest.raises(ShiftOpenAlready):
        shop.open_shift(session=shop.manager)
    shop.open_shift(session=shop.who("manager", 2))
    with pytest.raises(ShiftNotCounted):
        shift_life.close_shift(shop.cashier, uid=new_uid())


def test_amounts_that_cannot_be(shop: Shop) -> None:
    with pytest.raises(CashWrong):
        shift_life.open_shift(shop.cashier, {0: 1}, uid=new_uid())
    with pytest.raises(CashWrong):
        shift_life.open_shift(shop.cashier, {100: -1}, uid=new_uid())
    shop.open_shift(1)
    manager = shop.manager
    for work in (
        lambda: drawer.pay_in(manager, yuan("0"), reason="x", uid=new_uid()),
        lambda: drawer.pay_in(manager, yuan("-1"), reason="x", uid=new_uid()),
        lambda: drawer.drop_to_safe(manager, yuan("-1"), bag="x", uid=new_uid()),
        lambda: drawer.pay_out(manager, yuan("1"), reason=" ", uid=new_uid()),
        lambda: drawer.open_drawer(manager, reason="", uid=new_uid()),
    ):
        with pytest.raises(CashWrong):
            work()
    with pytest.raises(DrawerTooLow):
        drawer.pay_out(manager, yuan("100.01"), reason="x", uid=new_uid())
    drawer.pay_out(manager, yuan("100"), reason="all of it", uid=new_uid())
    assert not proof.verify()


def test_cash_moves_and_the_drawer_need_a_manager(shop: Shop) -> None:
    shop.open_shift()
    for work in (
        lambda: drawer.pay_out(shop.cashier, yuan("1"), reason="x", uid=new_uid()),
        lambda: drawer.open_drawer(shop.cashier, reason="x", uid=new_uid()),
    ):
        with pytest.raises(NeedsOverride):
            work()
    drawer.open_drawer(shop.manager, reason="coin stuck", uid=new_uid())
    event = TillEvent.get()
    assert (event.kind, event.reason) == ("no sale", "coin stuck")


def test_a_count_below_the_float_is_all_that_the_next_shift_can_begin_with(shop: Shop) -> None:
    """584.00 were counted where shifts begin with 600.00: nobody finds the other 16.00."""
    shop.open_shift(6)
    counted = {10_000: 5, 5_000: 1, 1_000: 3, 100: 4}
    shift_life.count_drawer(shop.cashier, counted, leaves_work=True, uid=new_uid())
    closed = shift_life.close_shift(shop.cashier, reason="short", uid=new_uid())
    assert proposed_float(1) == counted
    assert shifts.left_of(closed) == counted
    assert closed.difference == yuan("-16")
    # What is usual stays what it was: far from it is asked about.
    assert usual_float(1) == {10_000: 6}
    shop.open_shift(6)
    shop.close_shift()
    assert proposed_float(1) == {10_000: 6}


def test_a_float_far_from_the_usual_is_known(shop: Shop) -> None:
    assert usual_float(1) == {} and usual_if_far(1, {10_000: 99}) is None
    shop.open_shift(3)
    shop.close_shift()
    assert usual_float(1) == {10_000: 3}
    for pieces, is_asked in ((0, True), (149, True), (150, False), (600, False), (601, True)):
        far = usual_if_far(1, {100: pieces})
        assert far == (yuan("300") if is_asked else None), pieces
    # Another till has its own.
    assert usual_if_far(2, {10_000: 99}) is None


def test_z_numbers_run_on(shop: Shop) -> None:
    for number in (1, 2, 3):
        shop.open_shift(0)
        assert shop.close_shift().number == number
    assert not [f for f in proof.verify() if f.code == "NumbersWrong"]
    assert Money.zero(CNY) == expected_cash(4711)
