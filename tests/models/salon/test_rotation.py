"""The rotation: whose turn it is, who waits, who came and left."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.ledger.proving.proof import verify
from models.salon.appointments import ARRIVED, DONE, SERVING, Appointment
from models.salon.booking import Client, NothingBooked, cancel_appointment
from models.salon.guarding import NobodyFree, NotBookable
from models.salon.hours import instant_at
from models.salon.rotation import (
    BREAK,
    GONE,
    HERE,
    NotHere,
    Presence,
    PresenceUnchanged,
    RotationMove,
    StillServing,
    pass_turn,
    presences,
    set_presence,
)
from models.salon.stylists import Grade, Stylist, save_grade
from models.salon.walk_ins import WalkInUnreadable, add_walk_in, read_rotation, waiting
from models.trust.operation import new_uid
from models.trust.records import LinkUnknown, NameMissing
from models.trust.settings import change_settings
from tests.models.salon.booked import at, book, step, who
from tests.models.salon.salon import CUT, service, stylist
from tests.models.worked import codes, planting
from tests.stores import FIRST_DAY, Shop


def clock_to(salon: Shop, hour: str) -> None:
    salon.clock.at = instant_at(FIRST_DAY, at(hour))


def comes(salon: Shop, number: int, state: str = HERE) -> Presence:
    return set_presence(salon.cashier, who(number).key, state, uid=new_uid())


def walks_in(salon: Shop, said: str, name: str = "散客") -> Appointment:
    return add_walk_in(salon.cashier, Client(name), said, uid=new_uid())


def served_by(found: Appointment) -> int:
    row = Appointment.get_by_id(found.key)
    return int(row.appointmentline_set.get().stylist.number)


@pytest.fixture
def morning(salon: Shop) -> Shop:
    """Services by the minute, and A, B, C of one grade, who came in this order; D comes later."""
    for minutes in (30, 35, 40, 45, 60):
        service(salon, f"9{minutes}", f"做{minutes}", "100", minutes=minutes)
    stylist(salon, 4, "auditor", grade=1)
    Stylist.update(skills="", grade=Grade.get(Grade.position == 1)).execute()
    clock_to(salon, "9:00")
    for number in (8, 9, 21):
        comes(salon, number)
    return salon


@pytest.mark.row("B-3")
@pytest.mark.case("SU-12")
def test_a_morning_of_rotation(morning: Shop) -> None:
    """A is 8, B 9, C 21, D 4. Whoever is finished is said so when his minutes are over."""
    served: list[tuple[Appointment, datetime]] = []

    def finish_until(hour: str) -> None:
        for found, ends in list(served):
            if ends <= instant_at(FIRST_DAY, at(hour)):
                morning.clock.at = ends
                step(morning, found, DONE)
                served.remove((found, ends))
        clock_to(morning, hour)

    def seat(hour: str, said: str) -> int:
        finish_until(hour)
        found = step(morning, walks_in(morning, said), SERVING)
        served.append((found, Appointment.get_by_id(found.key).ends_at))
        return served_by(found)

    assigned = [seat("9:15", "935"), seat("9:20", "940 9*"), seat("9:30", "945")]
    assigned += [seat("10:05", "930"), seat("10:10", "930")]
    # 10:12: the client leaves before it begins.
    finish_until("10:12")
    gone, _ = served.pop()
    step(morning, gone, ARRIVED)
    version = Appointment.get_by_id(gone.key).version
    cancel_appointment(morning.cashier, gone.key, version=version, reason="走了", uid=new_uid())
    assigned.append(seat("10:20", "945"))
    finish_until("10:30")
    comes(morning, 4)
    for hour, said in (("10:40", "960"), ("10:45", "960"), ("10:50", "960"), ("11:10", "930")):
        assigned.append(seat(hour, said))
    # The second is the one whom B was asked for by: no turn of his.
    assert assigned == [8, 9, 21, 9, 8, 8, 21, 9, 4, 8]
    assert {one.stylist.number: (one.halves, one.asked) for one in presences(FIRST_DAY)} == {
        8: (6, 0), 21: (4, 0), 9: (4, 1), 4: (2, 0),
    }  # fmt: skip
    rows = {one.number: one for one in read_rotation(FIRST_DAY, morning.clock.at)}
    assert (rows[8].turns, rows[9].turns, rows[9].asked, rows[8].client) == ("3", "2", 1, "散客")
    assert verify() == []
    for fault in ('UPDATE "presence" SET "halves" = 1', 'UPDATE "rotation_move" SET "asked" = 1'):
        with planting() as plant:
            plant(fault)
            assert "TurnsWrong" in codes()


@pytest.mark.row("HR-16")
def test_who_comes_and_goes_stands_in_the_rotation(morning: Shop) -> None:
    for number, state in ((8, HERE), (4, GONE), (4, BREAK)):
        with pytest.raises(PresenceUnchanged):
            comes(morning, number, state)
    with pytest.raises(LinkUnknown):
        set_presence(morning.cashier, 7, HERE, uid=new_uid())
    with pytest.raises(NotHere):
        pass_turn(morning.cashier, who(4).key, reason="吃饭", uid=new_uid())
    # On a break he is passed over, and has his place when he is back; who passes goes to the end.
    comes(morning, 8, BREAK)
    first = step(morning, walks_in(morning, "930"), SERVING)
    assert served_by(first) == 9
    with pytest.raises(StillServing):
        comes(morning, 9, BREAK)
    with pytest.raises(NotHere):
        pass_turn(morning.cashier, who(8).key, reason="吃饭", uid=new_uid())
    comes(morning, 8)
    pass_turn(morning.cashier, who(21).key, reason="吃饭", uid=new_uid())
    assert [one.stylist.number for one in presences(FIRST_DAY)] == [8, 9, 21]
    # Of a grade: only who has it; of those none is free.
    Stylist.update(grade=Grade.get(Grade.position == 3)).where(Stylist.number == 21).execute()
    name = Grade.get(Grade.position == 3).name
    assert served_by(step(morning, walks_in(morning, f"930 {name[0]}"), SERVING)) == 21
    late = walks_in(morning, f"930,{name}", "李雷")
    with pytest.raises(NobodyFree):
        step(morning, late, SERVING)
    assert [(one.name, one.asked) for one in waiting(FIRST_DAY)] == [("李雷", name)]
    # A name that two begin with is nobody's; written out it is the one's.
    save_grade(morning.owner, None, name=f"{name}助理", position=9, uid=new_uid())
    with pytest.raises(WalkInUnreadable):
        walks_in(morning, f"930 {name[0]}", "赵云")
    with pytest.raises(NobodyFree):
        step(morning, walks_in(morning, f"930 {name}", "赵云"), SERVING)
    # A booking ahead keeps him from what would run into it, and he keeps his place.
    book(morning, "9:20", ("930", 8), name="周敏")
    rows = {one.number: one.ahead for one in read_rotation(FIRST_DAY, morning.clock.at)}
    assert rows == {8: "09:20", 9: "", 21: "", 4: ""}
    with pytest.raises(NobodyFree):
        step(morning, walks_in(morning, "930"), SERVING)
    clock_to(morning, "18:00")
    step(morning, first, DONE)
    left = comes(morning, 9, GONE)
    assert left.left_at is not None
    again = comes(morning, 9)
    assert again.left_at is None and presences(FIRST_DAY)[-1].stylist.number == 9
    kinds = [
        one.kind for one in RotationMove.select().where(RotationMove.presence == again)
        .order_by(RotationMove.at)
    ]  # fmt: skip
    assert kinds == ["came", "turn", "left", "came"]
    assert verify() == []


def test_who_is_asked_for_pays_what_the_setting_says(morning: Shop) -> None:
    """Half a turn: with the second one he goes to the end."""
    change_settings(morning.owner, {"salon.asked_costs": 1}, uid=new_uid())
    for order in ([8, 9, 21], [9, 21, 8]):
        found = step(morning, walks_in(morning, "930 8*"), SERVING)
        assert [one.stylist.number for one in presences(FIRST_DAY)] == order
        step(morning, found, DONE)
    rows = {one.number: one.turns for one in read_rotation(FIRST_DAY, morning.clock.at)}
    assert rows[8] == "1"
    third = step(morning, walks_in(morning, "930 8*"), SERVING)
    assert presences(FIRST_DAY)[-1].halves == 3
    # Undone, it costs nothing; whoever was asked for is asked for still.
    step(morning, third, ARRIVED)
    assert (presences(FIRST_DAY)[-1].halves, served_by(third)) == (2, 8)
    for said, refusal in (
        ("77", WalkInUnreadable), ("930 77*", WalkInUnreadable), ("", NothingBooked),
        ("1001", NotBookable),
    ):  # fmt: skip
        with pytest.raises(refusal):
            walks_in(morning, said)
    with pytest.raises(NameMissing):
        walks_in(morning, CUT, " ")
    assert verify() == []
