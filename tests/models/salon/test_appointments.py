"""Appointments: who and what is guarded, and from the appointment to its ticket."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.ledger.daily.days import close_day
from models.ledger.proving.proof import verify
from models.salon.absences import (
    AbsenceDecided,
    AbsenceWrong,
    NotOwnAbsence,
    asked_for,
    decide_absence,
    drop_absence,
    save_absence,
    span_text,
    uncovered,
    uncovered_from,
)
from models.salon.appointments import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    DONE,
    NO_SHOW,
    SERVING,
    Appointment,
    AppointmentOver,
)
from models.salon.board import about, read_board
from models.salon.booking import (
    Client,
    DayOver,
    NothingBooked,
    cancel_appointment,
    move_appointment,
    save_appointment,
)
from models.salon.guarding import (
    NobodyFree,
    NotBookable,
    OnBreak,
    OutsideHours,
    SkillMissing,
    StaffAway,
    StaffTaken,
    ThingTaken,
    ThingUnknown,
    Wish,
)
from models.salon.hours import HourUnreadable, hour_text, instant_at, minute_at, minute_from
from models.salon.roster import (
    RosterHours,
    Rosters,
    RosterWrong,
    drop_roster_hours,
    save_roster_hours,
)
from models.salon.services import SalonService
from models.salon.things import Thing, save_thing, switch_thing
from models.salon.ticketing import TicketBegun, TillBusy, ring_appointment, ticket_of
from models.salon.tickets import stylists_of
from models.salon.visits import NotToday, note_reminder, open_before, to_call
from models.shop.basket import load_key, new_basket
from models.shop.bill_life import cancel_bill
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import LinkUnknown, NameMissing, RecordChanged, RecordTaken
from tests.models.salon.booked import at, book, held, roster, step, thing, who, wish
from tests.models.salon.salon import COLOUR, CUT, WASH, service
from tests.models.worked import codes, planting
from tests.stores import FIRST_DAY, Shop

NEXT = FIRST_DAY + timedelta(days=1)


def needs(salon: Shop, code: str, kinds: str) -> None:
    SalonService.update(needs=kinds).where(SalonService.key == salon.goods(code).key).execute()


@pytest.mark.row("B-3")
@pytest.mark.case("SU-06")
def test_the_wait_of_a_colour_is_free_for_a_cut_that_fits(salon: Shop) -> None:
    service(salon, "160", "长护理", "160", minutes=60)
    for name in ("1号椅", "2号椅"):
        thing(salon, name, "椅")
    needs(salon, COLOUR, "椅")
    needs(salon, CUT, "椅")
    colour = book(salon, "10", (COLOUR, 8))
    assert held(colour) == [
        ("8", "10:00", "10:30"), ("1号椅", "10:00", "11:45"), ("8", "11:15", "11:45"),
    ]  # fmt: skip
    with pytest.raises(StaffTaken) as refused:
        book(salon, "1030", ("160", 8))
    assert refused.value.fields == {
        "name": "李经理", "since": "11:15", "until": "11:45", "client": "王芳",
    }  # fmt: skip
    # 45 minutes fit, on a chair of their own: two are in use at 10:45.
    cut = book(salon, "10:30", (CUT, 8), name="李雷")
    assert held(cut) == [("8", "10:30", "11:15"), ("2号椅", "10:30", "11:15")]
    with pytest.raises(ThingTaken) as taken:
        book(salon, "10:45", (CUT, 9))
    assert (taken.value.fields["kind"], taken.value.fields["until"]) == ("椅", "11:15")
    assert verify() == []


@pytest.mark.case("SU-07")
def test_a_room_is_guarded_as_people_are(salon: Shop) -> None:
    service(salon, "170", "按摩", "200", minutes=60)
    needs(salon, "170", "房间")
    with pytest.raises(ThingUnknown):
        book(salon, "14", ("170", 8))
    thing(salon, "房1", "房间")
    book(salon, "14", ("170", 8))
    # Even whoever may squeeze clients in puts no two into one room.
    for hour in ("14", "1430"):
        with pytest.raises(ThingTaken) as taken:
            book(salon, hour, ("170", 9), squeeze="老客", session=salon.manager)
        assert taken.value.fields["until"] == "15:00"
    assert held(book(salon, "15", ("170", 21))) == [
        ("21", "15:00", "16:00"), ("房1", "15:00", "16:00"),
    ]  # fmt: skip
    room = Thing.get()
    switch_thing(salon.owner, room.key, version=room.version, uid=new_uid())
    with pytest.raises(ThingUnknown):
        book(salon, "17", ("170", 8))
    for name, sort, refusal in (("", "房间", NameMissing), ("房1", "床", RecordTaken)):
        with pytest.raises(refusal):
            save_thing(salon.owner, None, name=name, sort=sort, uid=new_uid())
    assert verify() == []


@pytest.mark.row("HR-24", "HR-25")
@pytest.mark.case("SU-08")
def test_the_roster_and_its_break_are_kept(salon: Shop) -> None:
    service(salon, "170", "按摩", "200", minutes=60)
    hours = roster(salon, 8, opens="10", closes="19", break_from="12", break_until="12:30")
    with pytest.raises(OutsideHours) as late:
        book(salon, "18:30", (CUT, 8))
    assert (late.value.fields["end"], late.value.fields["until"]) == ("19:15", "19:00")
    book(salon, "18:15", (CUT, 8))
    with pytest.raises(OnBreak):
        book(salon, "11:30", ("170", 8))
    colour = book(salon, "11:15", (COLOUR, 8))
    assert held(colour) == [("8", "11:15", "11:45"), ("8", "12:30", "13:00")]
    # A longer service chosen later in the same booking is looked at again; its own time is free.
    massage = book(salon, "14:30", (WASH, 8))
    book(salon, "15:15", (CUT, 8))
    with pytest.raises(StaffTaken):
        save_appointment(
            salon.cashier, massage.key, version=massage.version, client=Client("王芳"),
            day=FIRST_DAY, minute=at("1430"), wishes=[wish(salon, "170", 8)], uid=new_uid(),
        )  # fmt: skip
    moved = move_appointment(
        salon.cashier, massage.key, version=massage.version, day=FIRST_DAY, minute=at("14:45"),
        uid=new_uid(),
    )  # fmt: skip
    assert held(moved) == [("8", "14:45", "15:15")]
    # Overtime takes a right, and says why.
    with pytest.raises(NeedsOverride):
        book(salon, "18:30", (CUT, 9), (WASH, 8), squeeze="老客")
    late_one = book(salon, "18:30", (CUT, 9), (WASH, 8), squeeze="老客", session=salon.manager)
    assert (late_one.squeezed, held(late_one)) == (
        "老客", [("9", "18:30", "19:15"), ("8", "19:15", "19:45")],
    )  # fmt: skip
    # The day comes before the week, and the house before both.
    off = save_roster_hours(
        salon.owner, None, stylist=who(8).key, day=NEXT, is_off=True, uid=new_uid()
    )
    assert (Rosters(FIRST_DAY).of(who(8).key).minutes, Rosters(NEXT).of(who(8).key).spans) == (
        510, (),
    )  # fmt: skip
    drop_roster_hours(salon.owner, off.key, version=off.version, uid=new_uid())
    roster(salon, None, opens="12", closes="18")
    assert Rosters(NEXT).of(who(8).key).spans == ((12 * 60 + 30, 18 * 60),)
    assert Rosters(NEXT).of(who(9).key).spans == ((12 * 60, 18 * 60),)
    for wrong in (
        {"weekdays": ""}, {"weekdays": "8"}, {"weekdays": "1", "day": NEXT},
        {"weekdays": "1", "break_from": "9", "break_until": "9:30"},
        {"weekdays": "1", "break_from": "12", "break_until": "22"},
    ):  # fmt: skip
        with pytest.raises(RosterWrong):
            save_roster_hours(
                salon.owner, None, stylist=who(21).key, opens="10", closes="19", uid=new_uid(),
                **wrong,
            )  # fmt: skip
    with pytest.raises(RecordTaken):
        roster(salon, 8, opens="9", closes="10", weekdays="3")
    with pytest.raises(HourUnreadable):
        roster(salon, 9, opens="9", closes="99")
    changed = save_roster_hours(
        salon.owner, hours.key, version=hours.version, stylist=who(8).key, weekdays="1-5,7",
        opens="１０：００", closes="20", uid=new_uid(),
    )  # fmt: skip
    assert (changed.weekdays, changed.closes) == ("123457", 20 * 60)
    assert RosterHours.select().count() == 2 and verify() == []


@pytest.mark.row("HR-06")
@pytest.mark.case("SU-10")
def test_an_absence_cancels_nothing_and_lists_whom_it_uncovers(salon: Shop) -> None:
    booked = [book(salon, hour, (CUT, 9), name=hour) for hour in ("14", "15:30", "17")]
    book(salon, "14", (CUT, 8), name="别人")
    given: dict[str, Any] = {
        "stylist": who(9).key,
        "day": FIRST_DAY,
        "reason": "病",
        "uid": new_uid(),
    }
    with pytest.raises(NotOwnAbsence):
        save_absence(salon.cashier, None, **(given | {"stylist": who(8).key, "uid": new_uid()}))
    # Who serves asks for himself; it guards nothing until it is agreed.
    asked = save_absence(salon.cashier, None, since="14", until="18", **given)
    assert [one.name for one in uncovered(asked)] == ["14", "15:30", "17"]
    assert (uncovered_from(FIRST_DAY), [one.key for one in asked_for()]) == ([], [asked.key])
    extra = book(salon, "16:15", (WASH, 9), name="加")
    cancel_appointment(salon.cashier, extra.key, version=1, reason="试", uid=new_uid())
    drop_absence(salon.cashier, asked.key, version=asked.version, uid=new_uid())
    given["uid"] = new_uid()
    away = save_absence(salon.cashier, None, since="14", until="18", **given)
    away = decide_absence(
        salon.manager, away.key, version=away.version, is_agreed=True, uid=new_uid()
    )
    assert span_text(away) == "2026-03-02 14:00 - 18:00"
    with pytest.raises(AbsenceDecided):
        decide_absence(
            salon.manager, away.key, version=away.version, is_agreed=False, uid=new_uid()
        )
    assert {Appointment.get_by_id(one.key).state for one in booked} == {BOOKED}
    for squeeze in ("", "老客"):
        with pytest.raises(StaffAway):
            book(salon, "15", (WASH, 9), squeeze=squeeze, session=salon.manager)
    # Off the list once moved to somebody else, or called off.
    move_appointment(
        salon.cashier, booked[0].key, version=1, day=FIRST_DAY, minute=at("14:45"),
        stylist=who(8).key, instead_of=who(9).key, uid=new_uid(),
    )  # fmt: skip
    cancel_appointment(salon.cashier, booked[1].key, version=1, reason="改天", uid=new_uid())
    assert [one.name for one in uncovered(away)] == ["17"]
    assert ([one.name for one in uncovered_from(FIRST_DAY)], asked_for()) == (["17"], [])
    assert uncovered_from(NEXT) == []
    column = next(one for one in read_board(FIRST_DAY).columns if one.number == 9)
    assert column.away == ((14 * 60, 18 * 60),) and column.is_away(17 * 60 + 45)
    for wrong in ({"since": "18", "until": "14"}, {"last": FIRST_DAY - timedelta(days=1)}):
        with pytest.raises(AbsenceWrong):
            save_absence(salon.manager, None, **(given | wrong | {"uid": new_uid()}))
    whole = save_absence(salon.manager, None, **(given | {"last": NEXT, "uid": new_uid()}))
    assert span_text(whole) == "2026-03-02 - 2026-03-03"
    assert whole.until == instant_at(NEXT, 24 * 60)
    drop_absence(salon.manager, whole.key, version=whole.version, uid=new_uid())
    with pytest.raises(AbsenceDecided):
        drop_absence(salon.cashier, away.key, version=away.version, uid=new_uid())
    assert verify() == []


@pytest.mark.case("SU-11")
def test_a_board_goes_on_past_midnight_and_over_summer_time(salon: Shop) -> None:
    roster(salon, None, opens="18", closes="2")
    late = book(salon, "01:15", (CUT, 8))
    assert (late.day, minute_at(FIRST_DAY, late.starts_at)) == (FIRST_DAY, 25 * 60 + 15)
    with pytest.raises(OutsideHours) as refused:
        book(salon, "01:30", (CUT, 9))
    assert refused.value.fields["end"] == "02:15"
    board = read_board(FIRST_DAY)
    assert (board.first, board.last) == (18 * 60, 26 * 60)
    assert [one.name for one in board.columns[0].at(25 * 60 + 30)] == ["王芳"]
    # The next board begins where this one ended; nobody is booked twice over midnight.
    with pytest.raises(StaffTaken):
        book(salon, "00:45", (CUT, 8))
    assert minute_from("9") == 540 and hour_text(25 * 60 + 15) == "01:15"
    for text in ("", "x", "960", "48", "9:5"):
        with pytest.raises(HourUnreadable):
            minute_from(text)


def test_a_service_takes_as_long_as_it_takes_when_clocks_change(
    salon: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 2026-03-29 it is 03:00 in Berlin after 01:59: 45 minutes from 01:30 end at 03:15."""
    from zoneinfo import ZoneInfo

    monkeypatch.setattr("models.salon.hours.store_zone", lambda: ZoneInfo("Europe/Berlin"))
    night = date(2026, 3, 28)
    roster(salon, None, opens="18", closes="4")
    found = book(salon, "01:30", (CUT, 8), day=night)
    assert held(found) == [("8", "01:30", "03:15")]
    assert (found.ends_at - found.starts_at) == timedelta(minutes=45)


@pytest.mark.row("B-3")
def test_from_the_appointment_to_its_ticket(salon: Shop) -> None:
    """Two services by two people, asked for and not; one key puts them on the bill."""
    found = book(
        salon, "9:30", wish(salon, CUT, 9, is_asked=True), wish(salon, WASH, 8), name="王芳"
    )
    assert held(found) == [("9", "09:30", "10:15"), ("8", "10:15", "10:45")]
    basket = new_basket(salon.cashier)
    ring: dict[str, Any] = {"version": 1, "uid": new_uid()}
    with pytest.raises(AppointmentOver):
        ring_appointment(salon.cashier, found.key, basket.draft, **ring)
    found = step(salon, found, ARRIVED)
    salon.clock.move(minutes=10)
    found = step(salon, found, SERVING)
    # He began twenty minutes early, and is finished before he would have been.
    assert held(found) == [("9", "09:10", "09:55"), ("8", "09:55", "10:25")]
    salon.clock.move(minutes=60)
    busy = salon.bill("1001")
    with pytest.raises(TillBusy):
        ring_appointment(salon.cashier, found.key, busy.draft, version=found.version, uid=new_uid())
    found = ring_appointment(
        salon.cashier, found.key, basket.draft, version=found.version, uid=new_uid()
    )
    # Whoever is at the till is finished: what he held beyond that is free.
    assert (found.state, held(found)[-1]) == (DONE, ("8", "09:55", "10:10"))
    bill = load_key(basket.draft)
    hands = [(one.item.code, stylists_of(one.hands)) for one in bill.lines]
    assert hands == [(CUT, "9*"), (WASH, "8")]
    with pytest.raises(TicketBegun):
        ring_appointment(
            salon.cashier, found.key, new_basket(salon.cashier).draft, version=found.version,
            uid=new_uid(),
        )  # fmt: skip
    sale = salon.pay(bill)
    assert ticket_of(found) == ("paid", sale.label)
    card = about(found.key)
    assert card is not None and card.bill == sale.label
    assert [(one[1], one[2]) for one in card.services] == [("张收银", True), ("李经理", False)]
    # A bill that was thrown away is none: after the day's close nothing stands in its way.
    lost = step(salon, book(salon, "15", (WASH, 8), name="李雷"), ARRIVED)
    basket = new_basket(salon.cashier)
    lost = ring_appointment(
        salon.cashier, lost.key, basket.draft, version=lost.version, uid=new_uid()
    )
    assert ticket_of(lost) == ("open", "")
    cancel_bill(salon.manager, basket.draft, reason="错", uid=new_uid())
    assert ticket_of(Appointment.get_by_id(lost.key)) == ("none", "")
    salon.close_shift()
    close_day(salon.manager, next_day=NEXT, uid=new_uid())
    paid, gone = (Appointment.get_by_id(one.key) for one in (found, lost))
    assert (paid.document, gone.draft, gone.document) == (sale.key, None, None)
    assert verify() == []
    for code, fault in (
        ("TakenTwice", f'UPDATE "hold" SET "stylist_id" = {who(8).key}, "since" = 1, "until" = 9'),
        ("HoldsWrong", 'UPDATE "appointment" SET "state" = \'cancelled\''),
        ("HoldsWrong", 'DELETE FROM "hold"'),
        ("TicketMissing", 'UPDATE "appointment" SET "draft" = 7'),
    ):  # fmt: skip
        with planting() as plant:
            plant('UPDATE "appointment" SET "state" = \'booked\'', fault)
            assert code in codes()


@pytest.mark.row("B-3")
def test_states_go_one_step_at_a_time_and_back(salon: Shop) -> None:
    found = book(salon, "10", (CUT, None), (WASH, None))
    # Whoever is free and has least to do, by number.
    assert held(found) == [("8", "10:00", "10:45"), ("9", "10:45", "11:15")]
    found = note_reminder(salon.cashier, found.key, version=1, uid=new_uid())
    assert found.called_at is not None
    with pytest.raises(AppointmentOver):
        step(salon, found, DONE)
    later = book(salon, "10", (CUT, 8), day=NEXT)
    with pytest.raises(NotToday):
        step(salon, later, ARRIVED)
    with pytest.raises(RecordChanged):
        cancel_appointment(salon.cashier, later.key, version=7, reason="x", uid=new_uid())
    with pytest.raises(NameMissing):
        cancel_appointment(salon.cashier, later.key, version=1, reason=" ", uid=new_uid())
    found = step(salon, found, NO_SHOW)
    assert held(found) == []
    with pytest.raises(AppointmentOver):
        note_reminder(salon.cashier, found.key, version=found.version, uid=new_uid())
    # He comes after all: without a place, until he is begun with.
    found = step(salon, found, ARRIVED)
    assert [one.name for one in read_board(FIRST_DAY).waiting] == ["王芳"]
    found = step(salon, found, SERVING)
    whole = held(found)
    assert whole != []
    # Finished too early: taken back, the time is held again, but not over who was booked in it.
    found = step(salon, found, DONE)
    assert held(found) != whole
    found = step(salon, found, SERVING)
    assert held(found) == whole
    found = step(salon, found, ARRIVED)
    assert found.state == ARRIVED
    for state in (SERVING, DONE):
        found = step(salon, found, state)
    with pytest.raises(AppointmentOver):
        cancel_appointment(
            salon.cashier, found.key, version=found.version, reason="x", uid=new_uid()
        )
    with pytest.raises(AppointmentOver):
        move_appointment(
            salon.cashier, found.key, version=found.version, day=FIRST_DAY, minute=600,
            uid=new_uid(),
        )  # fmt: skip
    cancelled = cancel_appointment(
        salon.cashier, later.key, version=1, reason="改天", uid=new_uid()
    )
    assert (cancelled.state, held(cancelled)) == (CANCELLED, [])
    tomorrow = book(salon, "9", (WASH, 9), name="周敏", day=NEXT)
    assert [one.key for one in to_call(NEXT)] == [tomorrow.key]
    assert [one.key for one in open_before(NEXT + timedelta(days=1))] == [tomorrow.key]
    assert verify() == []


def test_what_cannot_be_booked_is_refused(salon: Shop) -> None:
    for asked, refusal in (
        ((("1001", 8),), NotBookable), (((COLOUR, 9),), SkillMissing), ((), NothingBooked),
        (((WASH, 8),) * 10, NothingBooked), (((WASH, 8), Wish(1, 77)), NotBookable),
    ):  # fmt: skip
        with pytest.raises(refusal):
            book(salon, "10", *asked)
    with pytest.raises(LinkUnknown):
        book(salon, "10", Wish(salon.goods(WASH).key, 77))
    with pytest.raises(NameMissing):
        book(salon, "10", (WASH, 8), name=" ")
    with pytest.raises(DayOver):
        book(salon, "10", (WASH, 8), day=FIRST_DAY - timedelta(days=1))
    book(salon, "10", (COLOUR, None))
    with pytest.raises(NobodyFree):
        book(salon, "10:15", (COLOUR, None))
    # Who is asked for twice is asked one after the other.
    with pytest.raises(StaffTaken):
        book(salon, "14", wish(salon, WASH, 8), wish(salon, WASH, 8, minute="14:15"))
    same = book(salon, "14", (WASH, 9))
    squeezed = book(salon, "14:15", (WASH, 9), squeeze="老客", session=salon.manager)
    column = next(one for one in read_board(FIRST_DAY).columns if one.number == 9)
    assert [one.is_double for one in column.at(14 * 60 + 15)] == [False, True]
    assert (same.squeezed, squeezed.squeezed) == ("", "老客")
    # One of two does another's work: the other keeps his own.
    two = book(salon, "16", (CUT, 9), (WASH, 8))
    two = move_appointment(
        salon.cashier, two.key, version=two.version, day=FIRST_DAY, minute=at("17"),
        stylist=who(21).key, instead_of=who(8).key, uid=new_uid(),
    )  # fmt: skip
    assert held(two) == [("9", "17:00", "17:45"), ("21", "17:45", "18:15")]
    assert verify() == []
