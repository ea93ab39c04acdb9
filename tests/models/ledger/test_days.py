"""Business days: moved by closing alone, whatever the clock says, and signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base.hot import query
from models.ledger.daily import day_seal, days
from models.ledger.daily.day_seal import DaySeal
from models.ledger.daily.days import BusinessDay, DayMustClose, NextDayWrong, ShiftsOpen
from models.ledger.proving import proof
from models.trust.operation import DuplicateUid, NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.stores import FIRST_DAY, Shop

SECOND = FIRST_DAY + timedelta(days=1)


def close(shop: Shop, next_day: date = SECOND) -> BusinessDay:
    return days.close_day(shop.owner, next_day=next_day, uid=new_uid())


def test_closing_a_day(shop: Shop) -> None:
    shop.open_shift()
    shop.sell("1001")
    with pytest.raises(ShiftsOpen):
        close(shop)
    shop.close_shift()
    with pytest.raises(NeedsOverride):
        days.close_day(shop.cashier, next_day=SECOND, uid=new_uid())
    assert close(shop).date == SECOND
    assert PrintJob.select().where(PrintJob.kind == "day").count() == 1
    old = BusinessDay.get_by_id(FIRST_DAY)
    assert (old.state, old.closed_by) == ("closed", shop.users["owner"])
    shop.open_shift()
    assert shop.sell("1001").day == SECOND
    assert not proof.verify()


def test_the_next_day_comes_after_this_one(shop: Shop) -> None:
    for wrong in (FIRST_DAY, FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=32)):
        with pytest.raises(NextDayWrong):
            close(shop, wrong)
    close(shop, FIRST_DAY + timedelta(days=31))


def test_a_second_closing_of_the_same_day_is_refused(shop: Shop) -> None:
    uid = new_uid()
    first = days.close_day(shop.owner, next_day=SECOND, uid=uid)
    assert days.close_day(shop.owner, next_day=SECOND, uid=uid).date == first.date
    with pytest.raises(NextDayWrong):
        close(shop)


def test_two_who_close_a_day_close_it_once(shop: Shop) -> None:
    """The clock at one till and a person at another, who has typed a later date."""
    asked = days.close_uid(FIRST_DAY)
    assert len(list(days.closing_steps(shop.owner, FIRST_DAY))) == 1
    assert days.close_day(shop.owner, next_day=SECOND, uid=asked).date == SECOND
    with pytest.raises(DuplicateUid):
        days.close_day(shop.owner, next_day=SECOND + timedelta(days=2), uid=asked)
    assert days.store_day() == SECOND
    assert days.close_uid(SECOND) != asked


def test_an_old_day_is_closed_before_the_first_shift(shop: Shop) -> None:
    shop.clock.move(hours=19, minutes=30)  # half past four in the morning
    assert not days.is_overdue(FIRST_DAY)
    shop.clock.move(minutes=30)
    assert days.is_overdue(FIRST_DAY)
    with pytest.raises(DayMustClose):
        shop.open_shift()
    close(shop)
    shop.open_shift()


def test_a_shift_that_is_open_goes_on_over_midnight(shop: Shop) -> None:
    shop.open_shift()
    shop.clock.move(days=1)
    shop.open_shift(session=shop.who("cashier", 2))
    assert shop.sell("1001").day == FIRST_DAY


@pytest.mark.row("NFR-03")
def test_a_clock_set_back_changes_nothing(shop: Shop) -> None:
    shop.open_shift()
    first = shop.sell("1001")
    shop.clock.move(days=-400)
    second = shop.sell("1001")
    assert (second.day, second.number) == (FIRST_DAY, first.number + 1)
    assert second.at < first.at and second.key > first.key
    shop.close_shift()
    assert days.proposed_next(FIRST_DAY) == SECOND
    close(shop)
    shop.clock.move(days=400)
    assert not proof.verify()


def test_the_calendar_proposes_the_next_day(shop: Shop) -> None:
    shop.clock.move(days=3)
    assert days.proposed_next(FIRST_DAY) == FIRST_DAY + timedelta(days=3)
    shop.clock.move(days=400)
    assert days.proposed_next(FIRST_DAY) == SECOND


def test_each_head_names_the_one_before(shop: Shop) -> None:
    for number in range(1, 4):
        close(shop, FIRST_DAY + timedelta(days=number))
    seals = list(DaySeal.select().order_by(DaySeal.day))
    assert all(day_seal.is_signature_right(seal) for seal in seals)
    assert len({seal.short for seal in seals}) == 3
    assert len(day_seal.public_key()) == 32
    assert query('SELECT count(*) FROM "business_day" WHERE "state" = \'open\'') == [(1,)]
