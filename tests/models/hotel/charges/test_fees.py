"""What leaving late, leaving early and coming before the morning cost, by the house's rules."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.charges.fees import early_price, late_back, late_kept, shortening_price
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.hours import LateRule
from models.hotel.charges.postings import adjust_line
from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.desk.arrivals import Guest, check_in, walk_in
from models.hotel.desk.departures import closed_master, reinstate_guest, review
from models.hotel.desk.group_desk import check_in_group, check_out_group, group_review
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.masters import open_master
from models.hotel.folios.transfers import transfer_lines
from models.hotel.reservations.bookings import reserve
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import Stay, nights_had, nights_of
from models.ledger.folios import Folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.hotel.house import House, rooms_of
from tests.models.hotel.staying import arrive, balance, day, fresh, house_day, leave, roll
from tests.models.hotel.test_worked_stays import inn, priced
from tests.stores import CASH, yuan

__all__ = ["inn"]


def rules(house: House, **values: object) -> None:
    change_settings(
        house.shop.owner, {f"hotel.{name}": each for name, each in values.items()}, uid=new_uid()
    )


def shorten(house: House, stay: Stay, until: int, **more: Any) -> Stay:
    seen = fresh(stay)
    return change_stay(
        house.desk, seen, version=seen.version, arrival=seen.arrival, departure=day(until),
        uid=new_uid(), **more,
    )  # fmt: skip


def charged(stay: Stay) -> list[tuple[str, str]]:
    return [(ln.code, str(ln.amount)) for ln in lines_of(windows_of(stay.key)[0][1].key) if ln.code]


def test_by_the_hour_a_late_departure_costs_a_share_of_each_and_never_more_than_the_night() -> None:
    by_hour = LateRule(share=Rate.percent("20"), is_hourly=True)
    for left, fee in (
        ("12:00", "0.00"), ("12:01", "60.00"), ("13:00", "60.00"), ("13:30", "120.00"),
        ("17:45", "300.00"), ("18:01", "300.00"),
    ):  # fmt: skip
        assert str(by_hour.fee(yuan("300"), time.fromisoformat(left))) == fee, left
    assert str(LateRule(share=Rate.percent("30")).fee(yuan("300"), time(15))) == "90.00"


@pytest.mark.case("HU-48")
def test_a_waiver_holds_for_the_nights_of_which_it_was_said(inn: House) -> None:
    rules(inn, dropped_nights=1)
    stay = arrive(inn, nights=4)
    priced(stay, "320", "320", "420", "420")
    assert str(shortening_price(fresh(stay), day(3))) == "420.00"
    shorten(inn, stay, 3, waives_fee="航班取消")
    assert charged(stay) == []
    # Something else is put right: the fee is not asked for again.
    shorten(inn, stay, 3)
    assert charged(stay) == []
    shorten(inn, stay, 2)
    assert charged(stay) == [("1060", "420.00")]
    # One more, then none: a night that is added costs nothing to add.
    shorten(inn, stay, 3)
    assert len(charged(stay)) == 1 and not proof.verify()


def test_who_leaves_before_his_day_pays_for_what_he_drops_at_the_desk(inn: House) -> None:
    rules(inn, dropped_nights=1)
    stay = arrive(inn, nights=3)
    roll(inn)
    seen = review(fresh(stay), house_day())
    assert (seen.fee_code, str(seen.fee), str(seen.balance)) == ("1060", "320.00", "960.00")
    free = review(fresh(stay), house_day(), waives_fee=True)
    assert (str(free.fee), str(free.balance)) == ("0.00", "640.00")
    leave(inn, stay, Paying(CASH, yuan("960")))
    assert charged(stay)[-1] == ("1060", "320.00") and not proof.verify()
    # What he dropped is no night of his: it had stood in his record, with its price.
    assert [str(night.price) for night in nights_had(stay.key)] == ["320.00", "320.00"]


def test_the_clock_says_how_late_it_is_and_who_stays_on_has_it_back(inn: House) -> None:
    """The audit comes after midnight: till then the old date is open."""
    one, two, third = (
        arrive(inn, nights=nights, room=room)
        for nights, room in ((1, "201"), (1, "202"), (2, "203"))
    )
    roll(inn)
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=15, minute=50)
    assert [str(review(fresh(each), day(1)).fee) for each in (one, third)] == ["320.00", "0.00"]
    inn.shop.clock.move(minutes=40)
    # Half past twelve at night: he has the second night; who is due out today is not late.
    assert [str(review(fresh(each), day(1)).fee) for each in (one, third)] == ["320.00", "0.00"]
    for stay in (one, two):
        gone = leave(inn, stay, Paying(CASH, yuan("640")))
        back = reinstate_guest(inn.desk, gone, version=gone.version, uid=new_uid())
        assert str(review(back, day(1)).fee) == "0.00"
    late = lines_of(own_folio(two.key).key)[-1]
    adjust_line(inn.desk, late, yuan("100"), reason="常客", uid=new_uid())
    for stay in (one, two):
        shorten(inn, stay, 2)
        shorten(inn, stay, 3)
    room, fee = ("1000", "320.00"), ("1010", "320.00")
    assert charged(one) == [room, fee, ("1010", "-320.00")]
    assert charged(two) == [room, fee, ("1010", "-100.00"), ("1010", "-220.00")]
    shorten(inn, one, 2)
    # Three in the afternoon of the day on which they are due out, and the audit is still to come.
    inn.shop.clock.move(hours=14, minutes=30)
    assert [str(review(fresh(each), day(1)).fee) for each in (one, third)] == ["160.00", "160.00"]
    assert not proof.verify()


def test_a_late_fee_on_the_account_of_others_comes_back_or_is_named(inn: House) -> None:
    """The group paid for all; what was moved to a guest who has left by now stays there."""
    wishes = [inn.wish(day(0), day(1), name=name) for name in ("钱一", "钱二")]
    booking = reserve(inn.desk, wishes, name="旅行团", uid=new_uid())
    master = open_master(inn.desk, booking, limit=yuan("5000"), code="", uid=new_uid())
    check_in_group(inn.desk, booking, uid=new_uid())
    two = rooms_of(booking)[1]
    alone, other = arrive(inn, nights=1, room="203"), arrive(inn, nights=2, room="204")
    roll(inn)
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=7)
    due = group_review(booking, day(1)).master_due
    assert str(due) == "960.00"
    pay_folio(inn.desk, master, [Paying(CASH, due)], uid=new_uid())
    check_out_group(inn.desk, booking, shown=yuan("0"), uid=new_uid())
    gone = fresh(two)
    assert closed_master(gone) == master
    back = reinstate_guest(inn.desk, gone, version=gone.version, uid=new_uid())
    assert Folio.get_by_id(master.key).status == "open" and closed_master(back) is None
    shorten(inn, two, 2)
    # The fee of the one who stays on is the group's again, which pays for his next night.
    assert (balance(two), str(Folio.get_by_id(master.key).balance)) == ("0.00", "-160.00")
    assert str(group_review(booking, day(1)).master_due) == "160.00"

    gone = leave(inn, alone, Paying(CASH, yuan("480")))
    back = reinstate_guest(inn.desk, gone, version=gone.version, uid=new_uid())
    fee = lines_of(own_folio(alone.key).key)[-1]
    transfer_lines(inn.desk, [fee], own_folio(other.key), uid=new_uid())
    assert [str(left) for _, left in late_back(fresh(alone), day(2))] == ["160.00"]
    assert late_kept(fresh(alone), day(2)) == []
    his = own_folio(other.key)
    leave(inn, other, Paying(CASH, yuan("800")))
    assert (late_back(fresh(alone), day(2)), late_kept(fresh(alone), day(1))) == ([], [])
    assert late_kept(fresh(alone), day(2)) == [(his, yuan("160"))]
    shorten(inn, alone, 2)
    assert balance(alone) == "-160.00" and not proof.verify()


def test_who_comes_between_the_audit_and_the_morning_pays_for_the_rest_of_the_night(
    inn: House,
) -> None:
    rules(inn, early_morning="half")
    booked = inn.book(day(1), day(2), name="李娜")
    roll(inn)
    # 02:10 of the new date, in Shanghai.
    inn.shop.clock.at = inn.shop.clock.at.replace(day=day(0).day, hour=18, minute=10)
    assert str(early_price(booked, day(1))) == "160.00"
    stay = check_in(
        inn.desk, booked, [Guest("李娜")], version=booked.version, room=inn.room("203"),
        uid=new_uid(),
    )  # fmt: skip
    assert charged(stay) == [("1050", "160.00")]
    # By seven it is a new day; whoever comes while the old date is open has its night.
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=23)
    wish = inn.wish(day(1), day(2), name="赵磊", room=inn.room("204").key)
    assert charged(walk_in(inn.desk, wish, [Guest("赵磊")], uid=new_uid())) == []
    inn.shop.clock.at = inn.shop.clock.at.replace(day=day(1).day, hour=18)
    late = walk_in(
        inn.desk,
        inn.wish(day(1), day(2), name="王芳", room=inn.room("205").key),
        [Guest("王芳")],
        uid=new_uid(),
    )
    assert charged(late) == [] and [night.day for night in nights_of(late.key)] == [day(1)]
    assert not proof.verify()
