"""The rotation (轮牌): whose turn it is, by grade, and when who came and left.

Whoever comes to work joins the end. A turn sends its person to the end; who is busy, on a break, or
cannot do the service is passed over and keeps his place. Work for somebody who was asked for costs
no turn, or as much of one as the setting says. A start that is undone gives place and turn back.
The program keeps the order, and each move stands in the log with who made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import Msgid, word
from models.salon.appointments import SERVING, Appointment, AppointmentLine
from models.salon.stylists import Stylist
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, linked_row, text_of
from models.trust.settings import setting

# Where somebody stands: waiting for a turn (or at work), on a break, gone home.
HERE, BREAK, GONE = "here", "break", "gone"
PRESENCE_WORDS = {HERE: word("waiting"), BREAK: word("on a break"), GONE: word("gone")}
# Kinds of moves in the log.
CAME, LEFT, PAUSED, BACK, TURN, ASKED, UNDONE, PASSED = (
    "came", "left", "paused", "back", "turn", "asked", "undone", "passed",
)  # fmt: skip
_STEPS = {
    (HERE, BREAK): PAUSED, (BREAK, HERE): BACK, (HERE, GONE): LEFT, (BREAK, GONE): LEFT,
    (GONE, HERE): CAME,
}  # fmt: skip
# A turn counts two halves, so that one who was asked for can cost half a turn.
WHOLE = 2
asked_costs = setting("salon.asked_costs", 0, check=lambda halves: halves in (0, 1, WHOLE))


class PresenceUnchanged(Refusal):
    """Somebody comes who is here, or leaves who is gone."""


class StillServing(Refusal):
    """Who has a client in the chair takes no break and does not go home."""


class NotHere(Refusal):
    """Who is not at work, or on a break, has no turn to pass."""


class Presence(Row):
    """Somebody at work on a day. `place` orders the rotation, lower first; `halves` are the halves
    of turns that were taken, `asked` how often a client asked for him.
    """

    key = KeyField(primary_key=True)
    stylist = ForeignKeyField(Stylist)
    day = DayField()
    place = IntegerField()
    state = CharField(max_length=8, default=HERE)
    halves = IntegerField(default=0)
    asked = IntegerField(default=0)
    came_at = InstantField()
    left_at = InstantField(null=True)

    class Meta:
        indexes = ((("day", "stylist"), True),)


class RotationMove(Row):
    """One move: who came, left, took a turn, was passed. `halves` and `asked` are what it added;
    `place_before` is where he stood, so that an undone turn goes back there.
    """

    key = KeyField(primary_key=True)
    presence = ForeignKeyField(Presence)
    kind = CharField(max_length=8)
    at = InstantField()
    user = BigIntegerField()
    appointment = BigIntegerField(null=True, index=True)
    place_before = IntegerField()
    place = IntegerField()
    halves = IntegerField(default=0)
    asked = IntegerField(default=0)
    reason = CharField(max_length=60, default="")


@operation(right="keep appointments")
def set_presence(job: Job, stylist: int, state: str, *, reason: str = "") -> Presence:
    """Somebody comes to work, takes a break, is back, or goes home. Who comes joins the end; who is
    back from a break has the place that he had.

    Refuses: LinkUnknown, PresenceUnchanged, StillServing, TextTooLong.
    """
    if state not in PRESENCE_WORDS:
        raise ValueError(state)
    who = linked_row(Stylist, "stylist", stylist)
    if who is None:
        raise LinkUnknown(field="stylist")
    found = Presence.get_or_none(Presence.day == job.day, Presence.stylist == who)
    was = GONE if found is None else found.state
    if (was, state) not in _STEPS:
        raise PresenceUnchanged(name=who.name, state=Msgid(PRESENCE_WORDS[was]))
    client = clients_in_chair(job.now).get(who.key)
    if client is not None:
        raise StillServing(name=who.name, client=client.name)
    note = text_of("reason", reason, 60)

    kind = _STEPS[was, state]
    end = _end_of(job.day)
    if found is None:
        found = Presence.create(key=new_key(), stylist=who, day=job.day, place=end, came_at=job.now)
        _log(job, found, CAME, place_before=end, reason=note)
    else:
        place = end if kind == CAME else found.place
        left = job.now if state == GONE else None
        _log(job, found, kind, place_before=found.place, place=place, reason=note)
        _put(found, state=state, place=place, left_at=left)
    job.note(stylist=who.name, state=state, why=note)
    return found


@operation(right="keep appointments")
def pass_turn(job: Job, stylist: int, *, reason: str) -> Presence:
    """Send somebody to the end without a turn, with the reason. Refuses: NotHere, TextTooLong."""
    found = Presence.get_or_none(Presence.day == job.day, Presence.stylist == stylist)
    if found is None or found.state != HERE:
        who = Stylist.get_or_none(Stylist.key == stylist)
        raise NotHere(name=who.name if who else "")
    note = text_of("reason", reason, 60)

    _log(job, found, PASSED, place_before=found.place, place=_end_of(job.day), reason=note)
    _put(found, place=_end_of(job.day))
    job.note(stylist=found.stylist.name, why=note)
    return found


# --- plain functions of the operations on visits


def take_turns(job: Job, appointment: int, hands: Mapping[int, bool]) -> None:
    """Whoever begins with a client takes a turn, or, where he was asked for (`True`), what that
    costs. Who is not signed in has no place in the rotation.
    """
    for stylist, is_asked in hands.items():
        found = Presence.get_or_none(Presence.day == job.day, Presence.stylist == stylist)
        if found is None or found.state == GONE:
            continue
        halves = int(asked_costs.value()) if is_asked else WHOLE
        # To the end with each whole turn: two halves make one.
        is_whole = (found.halves + halves) // WHOLE > found.halves // WHOLE
        place = _end_of(job.day) if is_whole else found.place
        _log(
            job, found, ASKED if is_asked else TURN, place_before=found.place, place=place,
            halves=halves, asked=int(is_asked), appointment=appointment,
        )  # fmt: skip
        _put(found, place=place, halves=found.halves + halves, asked=found.asked + int(is_asked))


def give_turns_back(job: Job, appointment: int) -> None:
    """A start was one too many: who began has the place and the turns that he had before."""
    moves = RotationMove.select().where(
        RotationMove.appointment == appointment, RotationMove.kind.in_((TURN, ASKED, UNDONE))
    )
    last: dict[int, RotationMove] = {}
    for move in moves.order_by(RotationMove.at, RotationMove.key):
        last[move.presence_id] = move
    for move in last.values():
        if move.kind == UNDONE:
            continue
        found: Presence = move.presence
        _log(
            job, found, UNDONE, place_before=found.place, place=move.place_before,
            halves=-move.halves, asked=-move.asked, appointment=appointment,
        )  # fmt: skip
        _put(
            found, place=move.place_before, halves=found.halves - move.halves,
            asked=found.asked - move.asked,
        )  # fmt: skip


def in_order(day: date, now: datetime) -> list[int]:
    """Those who may have a turn now, first the one whose it is: here, and nobody in the chair."""
    busy = clients_in_chair(now)
    return [
        found.stylist_id
        for found in presences(day)
        if found.state == HERE and found.stylist_id not in busy
    ]


def _log(
    job: Job, found: Presence, kind: str, *, place_before: int, place: int | None = None,
    halves: int = 0, asked: int = 0, appointment: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    RotationMove.create(
        key=new_key(), presence=found, kind=kind, at=job.now, user=job.user,
        appointment=appointment, place_before=place_before,
        place=place_before if place is None else place, halves=halves, asked=asked, reason=reason,
    )  # fmt: skip


def _put(found: Presence, **values: object) -> None:
    for name, value in values.items():
        setattr(found, name, value)
    found.save()


def _end_of(day: date) -> int:
    places = [one.place for one in presences(day)]
    places += [
        move.place
        for move in RotationMove.select(RotationMove.place).join(Presence).where(
            Presence.day == day
        )
    ]  # fmt: skip
    return max(places, default=0) + 1


# --- looking


def presences(day: date) -> list[Presence]:
    """Everybody who came on a day, in the order of the rotation."""
    rows = Presence.select(Presence, Stylist).join(Stylist).where(Presence.day == day)
    return list(rows.order_by(Presence.place))


def clients_in_chair(now: datetime) -> dict[int, Appointment]:
    """Who has a client in the chair, by stylist: hands are on him, or he is not finished though it
    is over. While a colour works by itself its stylist is free.
    """
    rows = (
        AppointmentLine.select(AppointmentLine, Appointment)
        .join(Appointment)
        .where(Appointment.state == SERVING, AppointmentLine.stylist.is_null(False))
    )
    return {
        line.stylist_id: line.appointment
        for line in rows
        if line.starts_at <= now < line.hands_off_at
        or line.hands_on_at <= now < line.ends_at
        or now >= line.ends_at == line.appointment.ends_at
    }


@dataclass(frozen=True, slots=True)
class InRotation:
    """One row of the rotation's board; `came` is the hour of the wall clock, "" for nobody here."""

    stylist: int
    number: int
    name: str
    grade: str
    state: str
    halves: int
    asked: int
    came: str
    client: str = ""
    # When the next client of the day is booked with him: he is passed over for what runs into it.
    ahead: str = ""

    @property
    def turns(self) -> str:
        """Turns in the form of people: 3, or 3.5."""
        return f"{self.halves // WHOLE}{'.5' if self.halves % WHOLE else ''}"
