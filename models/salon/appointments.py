"""Appointments (预约): who comes when, for which services, by whom, on which chair.

An appointment has a line for each service, and a line holds whoever does it while hands are on it,
and each thing that it needs from start to end. What is held is a row of its own (`Hold`): people
and things are guarded by one rule, and a hold that is gone is free.
"""

from __future__ import annotations

from datetime import date

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField
from models.base.refusals import Refusal
from models.base.words import Msgid, word
from models.goods.goods import Goods
from models.salon.stylists import Grade, Stylist
from models.salon.things import Thing
from models.trust.records import row_at

APPOINTMENTS = word("Appointments")
BOOKED, ARRIVED, SERVING, DONE, NO_SHOW, CANCELLED = (
    "booked", "arrived", "serving", "done", "no-show", "cancelled",
)  # fmt: skip
STATE_WORDS = {
    BOOKED: Msgid(word("booked")), ARRIVED: Msgid(word("here, waiting")),
    SERVING: Msgid(word("in the chair")), DONE: Msgid(word("finished")),
    NO_SHOW: Msgid(word("did not come")), CANCELLED: Msgid(word("cancelled")),
}  # fmt: skip
# State -> those that it may go to. A start is undone, and so is a no-show.
STEPS = {
    BOOKED: (ARRIVED, SERVING, NO_SHOW, CANCELLED), ARRIVED: (BOOKED, SERVING, NO_SHOW, CANCELLED),
    SERVING: (ARRIVED, DONE), DONE: (SERVING,), NO_SHOW: (ARRIVED,), CANCELLED: (),
}  # fmt: skip
COMING = (BOOKED, ARRIVED)
LIVE = (BOOKED, ARRIVED, SERVING)


class AppointmentOver(Refusal):
    """An appointment goes from one state to the next: this one is not where that is done."""


class Appointment(Row):
    """One client's appointment on the board of a `day`.

    `name` and `phone` are whom to call, `person` is the record of who it is. `squeezed` is why it
    stands where somebody or something was taken already; `reason` why it was cancelled. `draft` is
    its bill while that is open, `document` what was paid; `deposit` is the number of the voucher
    that holds what was paid ahead.
    """

    key = KeyField(primary_key=True)
    day = DayField(index=True)
    starts_at = InstantField()
    ends_at = InstantField()
    name = CharField(max_length=60)
    phone = CharField(max_length=30, default="")
    person = BigIntegerField(null=True, index=True)
    state = CharField(max_length=10, default=BOOKED)
    is_walk_in = BooleanField(default=False)
    note = CharField(max_length=200, default="")
    squeezed = CharField(max_length=60, default="")
    reason = CharField(max_length=60, default="")
    # When the client was reminded, came, was begun with, and left.
    called_at = InstantField(null=True)
    arrived_at = InstantField(null=True)
    started_at = InstantField(null=True)
    left_at = InstantField(null=True)
    draft = BigIntegerField(null=True, index=True)
    document = BigIntegerField(null=True)
    deposit = CharField(max_length=20, default="")
    user = BigIntegerField()
    made_at = InstantField()
    version = IntegerField(default=1)

    class Meta:
        # Who is in the chair, and what was left open, of years of appointments.
        indexes = ((("state", "day"), False),)

    @property
    def said_state(self) -> Msgid:
        """Its state in words."""
        return STATE_WORDS[self.state]


class AppointmentLine(Row):
    """One service of it: hands are on it from `starts_at` to `hands_off_at` and from `hands_on_at`
    to `ends_at`; in between it works by itself. `stylist` null: whoever has the next turn.
    """

    key = KeyField(primary_key=True)
    appointment = ForeignKeyField(Appointment)
    position = IntegerField()
    goods = ForeignKeyField(Goods)
    stylist = ForeignKeyField(Stylist, null=True)
    # The client wants this one, not this time.
    is_asked = BooleanField(default=False)
    # Of which grade somebody is wanted, where it is anybody's turn; and it was one's turn.
    grade = ForeignKeyField(Grade, null=True, index=False)
    is_by_turn = BooleanField(default=False)
    starts_at = InstantField()
    hands_off_at = InstantField()
    hands_on_at = InstantField()
    ends_at = InstantField()


class Hold(Row):
    """Somebody, or a thing, is taken from `since` to `until` by a line of an appointment. One that
    is squeezed in may lie over another, of a person, never of a thing.
    """

    key = KeyField(primary_key=True)
    appointment = ForeignKeyField(Appointment)
    line = ForeignKeyField(AppointmentLine, index=False)
    stylist = ForeignKeyField(Stylist, null=True, index=False)
    thing = ForeignKeyField(Thing, null=True, index=False)
    since = InstantField()
    until = InstantField()
    is_squeezed = BooleanField(default=False)

    class Meta:
        indexes = ((("stylist", "since"), False), (("thing", "since"), False))


# --- looking


def appointment_at(key: int, version: int) -> Appointment:
    """An appointment as the person saw it. Refuses: RecordChanged."""
    return row_at(Appointment, key, version, APPOINTMENTS)


def require_step(found: Appointment, state: str) -> None:
    """Refuse a step that its state does not allow. Refuses: AppointmentOver."""
    if state not in STEPS[found.state]:
        raise AppointmentOver(name=found.name, state=found.said_state)


def lines_of(appointment: int) -> list[AppointmentLine]:
    """The services of an appointment, in order."""
    rows = AppointmentLine.select().where(AppointmentLine.appointment == appointment)
    return list(rows.order_by(AppointmentLine.position))


def lines_by_appointment(keys: list[int]) -> dict[int, list[AppointmentLine]]:
    """The services of many appointments at once, in order, with the names of what they are."""
    found: dict[int, list[AppointmentLine]] = {}
    rows = (
        AppointmentLine.select(AppointmentLine, Goods.key, Goods.name)
        .join(Goods)
        .where(AppointmentLine.appointment.in_(keys))
    )
    for line in rows.order_by(AppointmentLine.position):
        found.setdefault(line.appointment_id, []).append(line)
    return found


def expected(day: date) -> set[int]:
    """The records of clients who are booked on a day or later, or are here."""
    rows = Appointment.select(Appointment.person).where(
        Appointment.day >= day, Appointment.state.in_(LIVE), Appointment.person.is_null(False)
    )
    return {int(person) for (person,) in rows.tuples()}
