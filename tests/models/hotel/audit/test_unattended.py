"""The proofs of a house before its date turns, and the audit with nobody at the desk."""

from __future__ import annotations

import pytest

from models.hotel.audit import audit
from models.hotel.audit.audit import ArrivalsOpen, DateNotOver, DueOutsOpen, next_block, post_nights
from models.hotel.audit.audit_proof import BooksOff, HouseIncomplete, NightsDiffer, prove_day
from models.hotel.audit.house_paper import house_view
from models.hotel.audit.unattended import EXTEND, NO_SHOW_FEE, unattended_audit
from models.hotel.audit.unattended import NO_SHOW as NO_SHOWS
from models.hotel.stays.stays import NO_SHOW, Night, Stay
from models.ledger.daily import shift_life
from models.ledger.daily.days import ShiftsCounted, close_day, closing_steps
from models.ledger.proving import proof
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.settings import change_settings
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, fresh, house_day, roll
from tests.models.worked import planting


def _evening(house: House) -> None:
    """23:00 in Shanghai, and the shift closed."""
    house.shop.clock.at = house.shop.clock.at.replace(hour=15)
    house.shop.close_shift(house.desk)


def _audit(house: House) -> list[str]:
    return [
        f"{answer.msgid} {answer.fields}" for answer in unattended_audit(house.shop.owner, day(0))
    ]


@pytest.mark.row("HTL-28", "HTL-29")
def test_a_quiet_house_is_closed_by_itself_and_its_paper_printed(open_house: House) -> None:
    arrive(open_house), arrive(open_house, room="202")
    _evening(open_house)

    said = _audit(open_house)

    assert house_day() == day(1)
    assert [line.split(" {")[0] for line in said] == [
        "Nights posted:",
        "Day",
    ]
    assert "'count': 2" in said[0]
    job = PrintJob.select().where(PrintJob.kind == "house").get()
    shown = house_view(job.body)
    assert (shown.figures.sold, str(shown.figures.house.occupancy)) == (2, "25.00")
    assert sum(line.closing.minor for line in shown.trial) == 0
    assert _audit(open_house) == [], "a date that has turned is left alone"
    assert not proof.verify()


def test_the_nights_are_posted_a_step_at_a_time(
    open_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counter's own work goes between two blocks, and what is done is told."""
    monkeypatch.setattr(audit, "BLOCK", 1)
    arrive(open_house), arrive(open_house, room="202")
    _evening(open_house)
    assert [line for line in _audit(open_house) if "Nights" in line] == [
        "Nights posted: {count} {'count': 1}",
        "Nights posted: {count} {'count': 2}",
    ]


def test_it_stops_where_a_person_must_answer_and_goes_on_from_there(open_house: House) -> None:
    staying = arrive(open_house, nights=1)
    open_house.book(day(0), day(2), name="未到")
    with pytest.raises(DateNotOver):
        _audit(open_house)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15)
    # The desk's shift goes over the close; one that is counted is closed first.
    shift_life.count_drawer(open_house.desk, {10_000: 5}, uid=new_uid())
    with pytest.raises(ShiftsCounted):
        _audit(open_house)
    shift_life.close_shift(open_house.desk, uid=new_uid())
    open_house.shop.open_shift(session=open_house.desk)
    with pytest.raises(ArrivalsOpen, match="未到"):
        _audit(open_house)
    assert house_day() == day(0)

    change_settings(open_house.shop.owner, {"hotel.unattended_arrival": NO_SHOWS}, uid=new_uid())
    said = _audit(open_house)

    assert any("未到" in line for line in said)
    assert Stay.get(Stay.name == "未到").state == NO_SHOW
    assert house_day() == day(1)
    assert fresh(staying).departure == day(1)


def test_who_did_not_leave_stays_one_more_night_by_the_policy(open_house: House) -> None:
    staying = arrive(open_house, nights=1)
    roll(open_house)
    _evening_of(open_house, 2)
    with pytest.raises(DueOutsOpen, match="张三"):
        list(unattended_audit(open_house.shop.owner, day(1)))
    change_settings(open_house.shop.owner, {"hotel.unattended_due_out": EXTEND}, uid=new_uid())

    list(unattended_audit(open_house.shop.owner, day(1)))

    assert fresh(staying).departure == day(2)
    assert Night.select().where(Night.day == day(1), Night.document.is_null(False)).count() == 1
    assert not proof.verify()


def _evening_of(house: House, date: int) -> None:
    house.shop.clock.at = house.shop.clock.at.replace(day=date + 1, hour=15)
    house.shop.close_shift(house.desk)


def test_a_guaranteed_room_is_kept_for_a_person_unless_the_fee_is_taken(
    open_house: House,
) -> None:
    stay = open_house.book(day(0), day(2), name="有担保")
    stay.booking.guarantee = "card"
    stay.booking.save()
    _evening(open_house)
    change_settings(open_house.shop.owner, {"hotel.unattended_arrival": NO_SHOWS}, uid=new_uid())
    with pytest.raises(ArrivalsOpen, match="有担保"):
        _audit(open_house)
    change_settings(open_house.shop.owner, {"hotel.unattended_arrival": NO_SHOW_FEE}, uid=new_uid())
    _audit(open_house)
    assert fresh(stay).state == NO_SHOW


@pytest.mark.row("HTL-27")
def test_the_day_does_not_turn_when_books_or_nights_are_wrong(open_house: House) -> None:
    first = arrive(open_house)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15)
    with pytest.raises(HouseIncomplete, match="张三"):
        prove_day(day(0))
    post_nights(open_house.desk, next_block(day(0)), uid=new_uid())
    prove_day(day(0))
    for fault, refusal in (
        ('UPDATE "day_total" SET "debit" = "debit" + 1 WHERE "account" = 1125', BooksOff),
        ('UPDATE "folio" SET "balance" = "balance" + 1 WHERE "account" = 1125', BooksOff),
        ('UPDATE "night" SET "price" = "price" + 1', NightsDiffer),
        ('UPDATE "night" SET "document" = NULL', HouseIncomplete),
    ):
        with planting() as plant, pytest.raises(refusal):
            plant(fault)
            prove_day(day(0))
    prove_day(day(0))
    assert first


def test_the_close_itself_proves(open_house: House) -> None:
    arrive(open_house)
    _evening(open_house)
    post_nights(open_house.desk, next_block(day(0)), uid=new_uid())
    with planting() as plant, pytest.raises(NightsDiffer):
        plant('UPDATE "night" SET "price" = "price" + 1')
        close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    assert house_day() == day(0)


def test_the_clock_closes_a_house_by_its_audit(open_house: House) -> None:
    """What the schedule of an open counter does, which closes a shop by `close_day` alone."""
    arrive(open_house)
    _evening(open_house)
    assert len(list(closing_steps(open_house.shop.owner, day(0)))) == 2
    assert Night.select().where(Night.document.is_null(False)).count() == 1
    assert house_day() == day(1)
