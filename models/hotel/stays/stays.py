"""Stays: one room for some nights, from the booking to the departure, and each of its nights.

A booking (预订) is one confirmation for one room or many; a stay (住宿) is one room of it. A night
of a stay is a row with its price: the quote, the confirmation and the posting are these rows. A
live night takes a room of its type; with a room it takes that room, which only one live night can
have on a day, unless two stays share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.base.database import Row
from models.base.fields import DayField, InstantField, JsonField, KeyField, MoneyField
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import Msgid, word
from models.hotel.rooms.rates import BY_DAY, RatePlan
from models.hotel.rooms.room_days import days_between
from models.hotel.rooms.rooms import Room, RoomType
from models.people.persons import Person
from models.trust.records import put
from models.trust.sealed import Sealed, SealedField

WAITING, OPTION, RESERVED = "waiting", "option", "reserved"
IN_HOUSE, DEPARTED = "in house", "departed"
CANCELLED, NO_SHOW = "cancelled", "no show"
# Through what somebody is booked who came without a reservation.
AT_THE_DESK = "walk-in"
# What they are called on screen, paper and in refusals.
STATE_WORDS = {
    WAITING: Msgid(word("Waiting list")), OPTION: Msgid(word("Option")),
    RESERVED: Msgid(word("Reserved")), IN_HOUSE: Msgid(word("In the house")),
    DEPARTED: Msgid(word("Departed")), CANCELLED: Msgid(word("Cancelled")),
    NO_SHOW: Msgid(word("No-show")),
}  # fmt: skip
TRANSITIONS = {
    WAITING: (OPTION, RESERVED, CANCELLED),
    OPTION: (RESERVED, IN_HOUSE, CANCELLED),
    RESERVED: (IN_HOUSE, CANCELLED, NO_SHOW),
    IN_HOUSE: (DEPARTED, RESERVED),
    DEPARTED: (IN_HOUSE,),
    CANCELLED: (RESERVED,),
    NO_SHOW: (RESERVED, CANCELLED),
}
# The states that hold a room.
HOLDING = (OPTION, RESERVED, IN_HOUSE)
EXPECTED = (OPTION, RESERVED)

NO_GUARANTEE, CARD, DEPOSIT, COMPANY = GUARANTEES = ("none", "card", "deposit", "company")


class StayMoved(Refusal):
    """The stay is in another state now: somebody was faster, or it never could be done."""


class NobodyThere(Refusal):
    """Nobody lives in this room, or there is no such room."""


class Booking(Row):
    """One confirmation. `deposit_due` is for all its rooms; an option holds to `option_until`."""

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    name = CharField(max_length=60)
    pinyin = CharField(max_length=60, default="")
    person = BigIntegerField(null=True, index=True)
    company = BigIntegerField(null=True)
    segment = CharField(max_length=20, default="")
    source = CharField(max_length=20, default="")
    guarantee = CharField(max_length=10, default=NO_GUARANTEE)
    option_until = DayField(null=True)
    deposit_due = MoneyField()
    currency = CharField(max_length=3)
    is_group = BooleanField(default=False)
    deposit_folio = BigIntegerField(null=True)
    # What the whole group pays, and the code of what goes there by itself (masters.py).
    master_folio = BigIntegerField(null=True)
    master_code = CharField(max_length=10, default="")
    cut_off = DayField(null=True)
    note = TextField(default="")
    user = BigIntegerField()
    day = DayField()
    at = InstantField()
    version = IntegerField(default=1)


class Stay(Row):
    """One room of a booking. Its nights go from `arrival` to `departure`, the last not counted; a
    room by day ends on the day on which it begins.
    """

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    booking = ForeignKeyField(Booking)
    state = CharField(max_length=10)
    arrival = DayField()
    departure = DayField()
    room_type = ForeignKeyField(RoomType, index=False)
    room = ForeignKeyField(Room, null=True)
    plan = ForeignKeyField(RatePlan, index=False)
    name = CharField(max_length=60)
    pinyin = CharField(max_length=60, default="")
    person = BigIntegerField(null=True, index=True)
    adults = IntegerField(default=1)
    children = JsonField(default=list)
    extra_beds = IntegerField(default=0)
    is_from_block = BooleanField(default=False)
    is_sharing = BooleanField(default=False)
    # A guest who may charge nothing from the outlets.
    is_posting_stopped = BooleanField(default=False)
    # How many of them pay no visitors' tax, and why (desk/tax_free.py).
    tax_free = IntegerField(default=0)
    tax_free_why = CharField(max_length=60, default="")
    why = CharField(max_length=120, default="")
    # What his rate includes and he has not had yet (package_items.py).
    package_folio = BigIntegerField(null=True)
    # What a no-show or a late cancellation was charged.
    fee_document = BigIntegerField(null=True)
    arrived_at = InstantField(null=True)
    left_at = InstantField(null=True)
    left_day = DayField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("state", "arrival"), False),
            (("state", "departure"), False),
        )

    def lasts(self, day: date) -> bool:
        """Is it a day on which the guest is due or stays for the night?"""
        return bool(day == self.arrival or self.arrival < day < self.departure)

    @property
    def said_state(self) -> Msgid:
        """The state in words."""
        return STATE_WORDS[self.state]


class StayGuest(Row):
    """One guest of a stay; `paper` is the number of his identity paper masked, `paper_number` the
    whole one, sealed, for the register of the police.
    """

    key = KeyField(primary_key=True)
    stay = ForeignKeyField(Stay)
    name = CharField(max_length=60)
    person = BigIntegerField(null=True)
    paper = CharField(max_length=20, default="")
    paper_number = SealedField(default=Sealed(""))
    paper_kind = CharField(max_length=10, default="")
    born = DayField(null=True)
    sex = CharField(max_length=6, default="")
    region = CharField(max_length=60, default="")
    # Of a guest under age: who answers for him, by which phone, and what he is to who is with him.
    guardian = CharField(max_length=60, default="")
    guardian_phone = SealedField(default=Sealed(""))
    relation = CharField(max_length=30, default="")
    is_first = BooleanField(default=False)


class Night(Row):
    """One night of a stay: what was agreed, and the document that posted it. A room by the hour
    costs `hourly` for each, at most `most`; its price is known when the guest leaves. `takes_room`:
    nobody else has the room that night; of two who share it one takes it, and a room by day is free
    again for the night.
    """

    stay = ForeignKeyField(Stay, index=False)
    day = DayField()
    room_type = ForeignKeyField(RoomType, index=False)
    room = ForeignKeyField(Room, null=True, index=False)
    plan = ForeignKeyField(RatePlan, index=False)
    price = MoneyField()
    list_price = MoneyField()
    hourly = MoneyField(null=True)
    most = MoneyField(null=True)
    currency = CharField(max_length=3)
    use = CharField(max_length=10)
    why = CharField(max_length=120, default="")
    is_live = BooleanField(default=True)
    takes_room = BooleanField(default=True)
    document = BigIntegerField(null=True)
    posted_day = DayField(null=True)
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("stay", "day")
        indexes = ((("day",), False),)

    @property
    def is_by_day(self) -> bool:
        """A room by day or by the hour: nobody sleeps there."""
        return self.use in BY_DAY


# One room, one night, one stay: the database itself refuses a second.
Night.add_index(
    Night.index(
        Night.room, Night.day, unique=True,
        where=SQL('"is_live" AND "takes_room" AND "room_id" IS NOT NULL'),
    )
)  # fmt: skip


def days_of(arrival: date, departure: date) -> list[date]:
    """The days of a stay that have a night each; of a room by day the day itself."""
    return days_between(arrival, departure) or [arrival]


def counted(nights: Iterable[Night]) -> list[tuple[date, int]]:
    """The nights among these that take a room of their type, as room_days.py counts them."""
    return [(night.day, night.room_type_id) for night in nights if night.takes_room]


def nights_of(stay: int) -> list[Night]:
    """All nights of a stay in order, also those that are no longer live."""
    return list(Night.select().where(Night.stay == stay).order_by(Night.day))


def nights_had(stay: int) -> list[Night]:
    """The nights that a stay has had or will have, in order: without those that an early departure
    dropped. Of who waits or does not come, what was agreed.
    """
    nights = nights_of(stay)
    return [night for night in nights if night.is_live or night.document is not None] or nights


def with_rooms(stays: Iterable[Stay]) -> list[Stay]:
    """Stays with their rooms and types read, for whoever shows them off the database's thread."""
    found = list(stays)
    for stay in found:
        _ = stay.room, stay.room_type
    return found


def living_in(number: str) -> list[Stay]:
    """Who lives in the room of this number, sharers last, then who came first. Refuses:
    NobodyThere.
    """
    stays = (
        Stay.select()
        .join(Room)
        .where(Room.number == number.strip(), Stay.state == IN_HOUSE)
        .order_by(Stay.is_sharing, Stay.arrived_at)
    )
    found = with_rooms(stays)
    if not found:
        raise NobodyThere(room=number)
    return found


def in_house_tonight(day: date) -> int:
    """Rooms let for the night of this day: arrival <= day < departure, so those who leave today do
    not count.
    """
    nights = Night.select(Night.stay).where(Night.day == day, Night.is_live, Night.takes_room)
    return int(Stay.select().where(Stay.key.in_(nights), Stay.state == IN_HOUSE).count())


def follow_name(before: Person, now: Person) -> None:
    """Who is expected or in the house is found by the name that he has now; who left keeps the name
    that stands on his papers.
    """
    for stay in Stay.select().where(Stay.person == now.key, Stay.state.in_(HOLDING)):
        if stay.name == before.name:
            put(stay, name=now.name, pinyin=now.pinyin)
        booking = stay.booking
        if booking.person in (None, now.key) and booking.name == before.name:
            put(booking, name=now.name, pinyin=now.pinyin)
        guests = (StayGuest.stay == stay.key) & (StayGuest.name == before.name)
        StayGuest.update(name=now.name).where(guests).execute()
