"""Reports of members, against figures worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.ways.tender_kinds import Paying
from models.people.birthdays import days_to_birthday
from models.people.records import save_person
from models.reports.member_lists import (
    BIRTHDAYS,
    CLIENTS,
    RECALL,
    TAKEN_AND_EARNED,
    interval_of,
)
from models.reports.promotion_lists import EFFECT
from models.reports.report import Period, make
from models.selling.promotion_rows import PromotionWrong, save_promotion
from models.trust.operation import new_uid
from tests.models.members.carded import kind, person, sell, value
from tests.models.members.conftest import open_till
from tests.models.members.pointed import bill_for, buy, give_back, next_day, rule, with_points
from tests.stores import CASH, FIRST_DAY, Shop, yuan

__all__ = ["open_till"]


@pytest.mark.row("SAL-06", "SAL-08")
def test_taken_and_earned_stand_side_by_side_with_what_is_owed(open_till: Shop) -> None:
    """1000 on a card with 200 given on top, 300 of it used: 1000 taken, 250 earned, 750 owed. A
    bill of 100 in cash, and one of 10 with points, which earns nothing.
    """
    rule(open_till)
    wang = person(open_till)
    card = kind(open_till, is_named=False)
    sell(open_till, card, "1000", bonus="200")
    buy(open_till, wang, "300", payings=[value("300")])
    buy(open_till, wang, "1000", payings=[Paying(CASH, yuan("1000"))])
    buy(open_till, wang, "10", payings=[with_points(wang, "10")])
    next_day(open_till, FIRST_DAY + timedelta(days=1))
    buy(open_till, wang, "60", payings=[value("60")])
    found = make(
        open_till.owner, TAKEN_AND_EARNED, Period(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    )
    assert [[str(each) for each in row[1:]] for row in found.rows] == [
        ["1000.00", "1000.00", "1250.00", "750.00", "1000.00", "-250.00", "0.00", "0.00", "0.00",
         "0.00"],
        ["0.00", "0.00", "50.00", "700.00", "0.00", "-50.00", "750.00", "0.00", "0.00", "0.00"],
    ]  # fmt: skip


@pytest.mark.row("MKT-21", "MKT-26")
def test_birthdays_and_who_should_come_again(open_till: Shop) -> None:
    """Wang comes every ten days and is late; Lee was here once, and is expected after sixty."""
    wang, lee = person(open_till), person(open_till, "李雷")
    for whose, born, is_lunar in ((wang, date(1990, 3, 5), False), (lee, date(1985, 1, 30), True)):
        save_person(
            open_till.owner, whose.key, version=whose.version, birthday=born, is_lunar=is_lunar,
            may_write=True, uid=new_uid(),
        )  # fmt: skip
    for days in (0, 10, 19, 30):
        if days:
            next_day(open_till, FIRST_DAY + timedelta(days=days))
        buy(open_till, wang, "1")
    buy(open_till, lee, "1")
    assert interval_of([FIRST_DAY + timedelta(days=n) for n in (0, 10, 19, 30)]) == 10
    # Twice is no habit yet.
    assert interval_of([FIRST_DAY, FIRST_DAY + timedelta(days=10)]) == 60
    # The first month of the moon has its thirtieth day on the 18th of March in 2026.
    found = make(open_till.owner, BIRTHDAYS, Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert [(str(row[0]), row[1]) for row in found.rows] == [
        ("2026-03-05", "王芳"), ("2026-03-18", "李雷"),
    ]  # fmt: skip
    next_day(open_till, FIRST_DAY + timedelta(days=45))
    today = Period(FIRST_DAY, FIRST_DAY + timedelta(days=45))
    assert [(row[0], row[2], row[3], str(row[5]), row[6]) for row in make(
        open_till.owner, RECALL, today).rows] == [("王芳", 4, 10, "2026-04-11", 5)]  # fmt: skip
    later = Period(FIRST_DAY, date(2026, 8, 31))
    assert [tuple(row) for row in make(open_till.owner, CLIENTS, later).rows] == [
        ("2026-03", 1, 1, 0, 0), ("2026-04", 2, 1, 1, 1), ("2026-07", 0, 0, 0, 1),
    ]  # fmt: skip


@pytest.mark.row("MKT-21", "MKT-04", "MKT-08", "SAL-03")
def test_a_birthday_offer_is_given_once_a_year(open_till: Shop) -> None:
    """Three days around the birthday, also when it is the fifth of March by the moon."""
    save_promotion(
        open_till.owner, None, name="生日九折", kind="percent", rate=Rate.percent("10"),
        birthday_days=3, uid=new_uid(),
    )  # fmt: skip
    wang = person(open_till, birthday=date(1990, 3, 5))
    lee = person(open_till, "李雷", birthday=date(1990, 3, 5), is_lunar=True)
    none = person(open_till, "赵云")
    assert [str(bill_for(open_till, one, "100").amount_due) for one in (wang, lee, none)] == [
        "90.00", "100.00", "100.00",
    ]  # fmt: skip
    with pytest.raises(PromotionWrong):
        save_promotion(
            open_till.owner, None, name="x", kind="percent", rate=Rate.percent("10"),
            birthday_days=61, uid=new_uid(),
        )  # fmt: skip
    sold = buy(open_till, wang, "100")
    assert str(bill_for(open_till, wang, "100").amount_due) == "100.00"
    # What the campaign gave, and what was sold with it.
    effect = make(open_till.owner, EFFECT, Period(FIRST_DAY, FIRST_DAY)).rows
    assert [(row[0], row[1], str(row[2]), str(row[4])) for row in effect] == [
        ("生日九折", 1, "10.00", "90.00"),
    ]  # fmt: skip
    give_back(open_till, sold, {1: Quantity.of(1)})
    assert str(bill_for(open_till, wang, "100").amount_due) == "90.00"
    assert days_to_birthday(none, FIRST_DAY) is None
    # By the moon it is the 21st of April.
    assert days_to_birthday(lee, date(2026, 4, 18)) == 3
