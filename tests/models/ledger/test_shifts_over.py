"""A shift that goes over the close of the day: each document is of its own date, X and Z are of the
shift, the day's slip is of the date, and both sides of the close come to literal figures.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.hot import query
from models.base.quantity import Quantity
from models.ledger.accounts import DRAWER
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.daily.days import DayMustClose, ShiftsCounted, ShiftsOpen
from models.ledger.daily.shift_life import PaymentsOpen
from models.ledger.daily.shift_view import DayView, ShiftView
from models.ledger.documents import Document
from models.ledger.payments.taken import take_for
from models.ledger.ways.tender_kinds import Paying
from models.reports.books_lists import SHIFTS
from models.reports.report import Period, pages_of
from models.reports.takings import day_view, shift_view, sold_on
from models.shop import returns, sales
from models.shop.returns import SaleOfClosedDay
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.stores import CARD, FIRST_DAY, Shop, sound, yuan

SECOND, THIRD = FIRST_DAY + timedelta(days=1), FIRST_DAY + timedelta(days=2)


@pytest.fixture
def over(shop: Shop) -> Shop:
    """A shop whose shifts go over the close."""
    change_settings(shop.owner, {"day.shifts_go_over": True}, uid=new_uid())
    return shop


def roll(shop: Shop) -> None:
    days.close_day(shop.owner, next_day=days.store_day() + timedelta(days=1), uid=new_uid())


def count(shop: Shop, **pieces: int) -> shifts.Shift:
    """Count the drawer of register 1: so many notes of 100 and coins of 0.50."""
    found = {10_000: pieces["hundreds"], 50: pieces["halves"]}
    return shift_life.count_drawer(shop.cashier, found, uid=new_uid())


def of_shift(z: ShiftView) -> tuple[str, ...]:
    return (
        f"{z.day} {z.until}", f"{z.sales_count} {z.sales_total}",
        ", ".join(f"{each.name_en} {each.count} {each.amount}" for each in z.tenders),
        f"{z.float_amount} {z.cash_in} {z.cash_out}",
        f"{z.expected_cash} {z.counted_cash} {z.over_short}",
        ", ".join(f"{each.day} {each.net_total} {each.taken}" for each in z.days),
        f"{z.first_number} {z.last_number}",
    )  # fmt: skip


def of_day(day: DayView) -> tuple[str, ...]:
    return (
        f"{day.sales_count} {day.sales_total} {day.net_total}",
        ", ".join(f"{each.name_en} {each.count} {each.amount}" for each in day.tenders),
        f"{day.over_short}",
        ", ".join(f"{each.sales_count} {each.sales_total}" for each in day.registers),
        ", ".join(f"{each.cashier} {each.drawer}" for each in day.shifts_over),
    )


FIRST_SLIP = (
    "3 30.50 30.50", "Cash 2 27.00, Card 1 3.50", "-1.00", "2 5.50, 1 25.00",
    "张收银 489.50, 李经理 100.00",
)  # fmt: skip


@pytest.mark.row("TIL-02", "TIL-03", "HTL-28")
def test_both_sides_of_the_close(over: Shop) -> None:
    """Register 1 works through, 2 closes before it, 3 stands open without a sale."""
    two, three = over.who("cashier", 2), over.who("manager", 3)
    shift = over.open_shift(5)
    over.sell("1001")
    over.sell("1002", tender=CARD, reference="R1")
    drawer.pay_out(over.manager, yuan("12.50"), reason="ice", uid=new_uid())
    over.open_shift(2, two)
    over.sell("1004", session=two)
    shift_life.count_drawer(two, {10_000: 2, 100: 24}, uid=new_uid())
    shift_life.close_shift(two, reason="找零", uid=new_uid())
    over.open_shift(1, three)
    left = over.bill("1001")
    roll(over)
    first = day_view(FIRST_DAY)
    assert of_day(first) == FIRST_SLIP

    # The bill that lay open is of the date on which it is paid.
    assert over.pay(left).day == SECOND
    over.sell("1004")
    drawer.pay_in(over.manager, yuan("20"), reason="change", uid=new_uid())
    x = shift_view(shift.key)
    assert (x.kind, x.until, x.expected_cash) == ("X", SECOND, None)
    count(over, hundreds=5, halves=72)
    shift_life.close_shift(over.cashier, reason="少了", uid=new_uid())
    assert of_shift(shift_view(shift.key)) == (
        "2026-03-02 2026-03-03", "4 32.50", "Cash 3 29.00, Card 1 3.50", "500.00 20.00 12.50",
        "536.50 536.00 -0.50", "2026-03-02 5.50 5.50, 2026-03-03 27.00 27.00",
        "S01-000001 S01-000004",
    )  # fmt: skip
    roll(over)
    assert of_day(day_view(SECOND)) == (
        "2 27.00 27.00", "Cash 2 27.00", "-0.50", "2 27.00", "李经理 100.00",
    )  # fmt: skip
    # A copy says what the first slip said, whatever became of the shifts.
    assert day_view(FIRST_DAY) == first
    kept = query(
        'SELECT "day", "debit", "credit" FROM "day_total" WHERE "account" = ? AND "register" = 1 '
        'ORDER BY "day"',
        DRAWER,
    )
    assert [tuple(map(str, row)) for row in kept] == [
        ("2026-03-02", "50200", "1250"), ("2026-03-03", "4700", "53650"),
    ]  # fmt: skip
    (closed,) = pages_of(over.owner, SHIFTS, Period(SECOND, SECOND))
    assert [(row[1], str(row[5]), str(row[8])) for row in closed] == [
        ("Z01-00001", "-0.50", "2026-03-02")
    ]
    sound()


def test_a_counted_shift_is_closed_on_the_date_of_its_count(over: Shop) -> None:
    over.open_shift(1)
    over.sell("1001")
    count(over, hundreds=1, halves=5)
    with pytest.raises(ShiftsCounted) as refused:
        roll(over)
    assert refused.value.fields == {"registers": "1"}
    assert list(days.hindering_shifts()) == days.open_shifts()
    shift_life.close_shift(over.cashier, reason="多了", uid=new_uid())
    roll(over)
    assert str(day_view(FIRST_DAY).over_short) == "0.50"
    assert [each.day for each in Document.select().where(Document.kind == "count")] == [FIRST_DAY]


def test_without_the_setting_shifts_are_closed_first(shop: Shop) -> None:
    shop.open_shift()
    with pytest.raises(ShiftsOpen):
        roll(shop)
    change_settings(shop.owner, {"day.shifts_go_over": True}, uid=new_uid())
    roll(shop)
    assert shop.sell("1001").day == SECOND


def test_where_shifts_go_over_none_is_opened_on_an_old_day(over: Shop) -> None:
    """An open shift is in the way of nothing, so it does not excuse the next one."""
    over.open_shift()
    over.clock.move(hours=19)
    over.open_shift(session=over.who("cashier", 2))
    over.clock.move(hours=1)
    with pytest.raises(DayMustClose):
        over.open_shift(session=over.who("cashier", 3))
    # Who is at work goes on, in the old day.
    assert over.sell("1001").day == FIRST_DAY
    count(over, hundreds=5, halves=4)
    over.open_shift(session=over.who("cashier", 3))
    shift_life.close_shift(over.cashier, uid=new_uid())
    roll(over)
    over.open_shift()


@pytest.mark.row("ORD-18")
def test_a_sale_of_a_closed_day_comes_back_and_is_not_undone(over: Shop) -> None:
    over.open_shift()
    sold, rest = over.sell("1002", "1001"), over.sell("1001")
    returns.void_sale(over.manager, rest.key, reason="left", uid=new_uid())
    roll(over)
    with pytest.raises(SaleOfClosedDay) as refused:
        returns.void_sale(over.manager, sold.key, reason="left", uid=new_uid())
    assert refused.value.fields["day"] == FIRST_DAY
    back = returns.return_goods(
        over.manager, sold.key, {1: Quantity.of(1)}, shown=yuan("3.50"),
        reason="unwanted", uid=new_uid(),
    )  # fmt: skip
    assert back.day == SECOND
    over.sell("1004")
    assert [str(each) for each in sold_on(FIRST_DAY)] == ["1", "5.50", "5.50"]
    assert [str(each) for each in sold_on(SECOND)] == ["1", "21.50", "25.00"]
    over.close_shift()
    z = shift_view(shifts.Shift.get().key)
    assert of_shift(z)[5] == "2026-03-02 5.50 5.50, 2026-03-03 21.50 21.50"
    sound()


def test_payments_of_an_unfinished_bill_are_of_the_date_it_is_finished(over: Shop) -> None:
    over.open_shift()
    bill = over.bill("1004")
    take_for(over.cashier, bill.draft, Paying(CARD, yuan("10"), reference="R1"), uid=new_uid())
    roll(over)
    assert day_view(FIRST_DAY).tenders == ()
    with pytest.raises(PaymentsOpen):
        count(over, hundreds=5, halves=30)
    cash = [Paying(1, yuan("15"))]
    sales.sell(over.cashier, bill.draft, cash, shown=yuan("25"), uid=new_uid())
    over.close_shift()
    roll(over)
    told = [f"{each.name_en} {each.amount}" for each in day_view(SECOND).tenders]
    assert told == ["Cash 15.00", "Card 10.00"]
    sound()


@pytest.mark.row("NFR-03")
def test_a_clock_set_back_over_the_close_changes_nothing(over: Shop) -> None:
    shift = over.open_shift()
    over.sell("1001")
    over.clock.move(hours=18)
    roll(over)
    over.clock.move(days=-3)
    assert over.sell("1001").day == SECOND
    over.clock.move(days=-30)
    roll(over)
    assert over.sell("1001").day == THIRD
    over.close_shift()
    z = shift_view(shift.key)
    assert (z.until, [each.day for each in z.days]) == (THIRD, [FIRST_DAY, SECOND, THIRD])
    sound()
