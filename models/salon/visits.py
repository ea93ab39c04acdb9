"""The visit: a client arrives, is begun with, is finished, or does not come."""

from __future__ import annotations

from datetime import date

from models.base.refusals import Refusal
from models.salon.appointments import (
    ARRIVED,
    BOOKED,
    DONE,
    LIVE,
    NO_SHOW,
    SERVING,
    Appointment,
    AppointmentLine,
    AppointmentOver,
    Hold,
    appointment_at,
    lines_of,
    require_step,
)
from models.salon.booking import moved, release, write_lines
from models.salon.guarding import Guard
from models.salon.hours import minute_at
from models.salon.rotation import give_turns_back, in_order, presences, take_turns
from models.trust.operation import Job, operation
from models.trust.records import put, text_of

# State -> the column that keeps when it was reached.
_WHEN = {ARRIVED: "arrived_at", SERVING: "started_at", DONE: "left_at"}

# Steps that are taken back: what was reached before stays as it was.
_BACK = ((ARRIVED, SERVING), (SERVING, DONE))


class NotToday(Refusal):
    """A client comes on the day of his appointment."""


@operation(right="keep appointments")
def step_appointment(
    job: Job, key: int, *, version: int, state: str, squeeze: str = ""
) -> Appointment:
    """The client is here (arrived), in the chair (serving), finished (done), or did not come
    (no-show). A step too far is taken back: what was begun waits again, what was finished goes on,
    and holds its time again where that is free.

    Begun earlier or later than booked, what is held moves to now, unless somebody or something is
    taken then; what holds nothing yet is planned now. `squeeze` is why it may lie over a person's
    time; that needs the right.

    Refuses: RecordChanged, AppointmentOver, NotToday, TextTooLong, NeedsOverride, what
    `Guard.plan` refuses.
    """
    found = appointment_at(key, version)
    require_step(found, state)
    if state == BOOKED and not holds_something(found):
        # He waits without a place: nothing is booked for him.
        raise AppointmentOver(name=found.name, state=found.said_state)
    if found.day != job.day:
        raise NotToday(name=found.name, day=found.day)
    reason = text_of("squeeze", squeeze, 60)
    if reason:
        job.require("squeeze in")
    more: dict[str, object] = {}
    if state == SERVING and found.state != DONE:
        more = _begin(job, found, reason)

    if state == DONE:
        end_visit(job, found)
    elif (found.state, state) == (DONE, SERVING):
        _go_on(found)
    elif (found.state, state) == (SERVING, ARRIVED):
        _undo_start(job, found)
    elif state == NO_SHOW:
        release(found)
    if state in _WHEN and (state, found.state) not in _BACK:
        more[_WHEN[state]] = job.now
    put(found, state=state, **more)
    job.note(client=found.name, on=found.day, state=state, why=reason)
    return found


def _begin(job: Job, found: Appointment, squeeze: str) -> dict[str, object]:
    """Its time is from now on, where that is free; whoever begins takes a turn."""
    order = in_order(found.day, job.now) if presences(found.day) else None
    guard = Guard(found.day, but=found.key, squeezes=bool(squeeze), order=order)
    now = minute_at(found.day, job.now)
    values: dict[str, object] = {}
    try:
        lines = guard.plan(moved(found, now), now)
    except Refusal:
        # Who has a place keeps it, however late he sits down; who has none needs one.
        if not holds_something(found):
            raise
    else:
        write_lines(found, lines)
        values = {
            "starts_at": lines[0].starts_at, "ends_at": max(line.ends_at for line in lines),
            "squeezed": squeeze if guard.has_squeezed else "",
        }  # fmt: skip
    hands: dict[int, bool] = {}
    for line in lines_of(found.key):
        hands[line.stylist_id] = hands.get(line.stylist_id, False) or line.is_asked
    take_turns(job, found.key, hands)
    return values


def _undo_start(job: Job, found: Appointment) -> None:
    """He waits again: turns go back, and a place that was had by turn is free."""
    give_turns_back(job, found.key)
    by_turn = AppointmentLine.update(stylist=None).where(
        AppointmentLine.appointment == found.key, AppointmentLine.is_by_turn
    )
    if by_turn.execute():
        release(found)


def _go_on(found: Appointment) -> None:
    """What was finished too early holds the rest of its time again, where nobody has it by now."""
    guard = Guard(found.day, but=found.key)
    start = minute_at(found.day, found.starts_at)
    try:
        lines = guard.plan(moved(found, start), start)
    except Refusal:
        # The client sits there all the same; whoever was booked meanwhile keeps his hour.
        return
    write_lines(found, lines)


def holds_something(found: Appointment) -> bool:
    """Is anybody or anything taken by it?"""
    return bool(Hold.select().where(Hold.appointment == found.key).exists())


def end_visit(job: Job, found: Appointment) -> None:
    """Whatever it held beyond now is free. Holds are of whole minutes, as starts are: who is
    finished begins with the next client in the same one.
    """
    now = job.now.replace(second=0, microsecond=0)
    Hold.delete().where(Hold.appointment == found.key, Hold.since >= now).execute()
    Hold.update(until=now).where(Hold.appointment == found.key, Hold.until > now).execute()


@operation(right="keep appointments")
def note_reminder(job: Job, key: int, *, version: int, is_called: bool = True) -> Appointment:
    """The client was reminded of his appointment, or was not after all.

    Refuses: RecordChanged, AppointmentOver.
    """
    found = appointment_at(key, version)
    if found.state != BOOKED:
        raise AppointmentOver(name=found.name, state=found.said_state)

    put(found, called_at=job.now if is_called else None)
    job.note(client=found.name, on=found.day, called=is_called)
    return found


# --- looking


def to_call(day: date) -> list[Appointment]:
    """Whom to remind of the appointments of a day, earliest first."""
    rows = Appointment.select().where(
        Appointment.day == day, Appointment.state == BOOKED, Appointment.called_at.is_null()
    )
    return list(rows.order_by(Appointment.starts_at, Appointment.key))


def open_before(day: date) -> list[Appointment]:
    """Appointments of earlier days that nobody said anything of: who came, who did not."""
    rows = Appointment.select().where(Appointment.day < day, Appointment.state.in_(LIVE))
    return list(rows.order_by(Appointment.starts_at, Appointment.key))
