"""How many rooms of a type are left on each day: kept counts, moved by whoever sells or closes one.

A night is named by the day on which it begins. Left are the rooms of the type less those out of
order, sold, and held for groups; so many more as the type may be oversold can still be sold. The
counts are caches of the nights, closings and blocks: `verify` recounts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, on_sqlite, store_number
from models.base.fields import DayField
from models.base.hot import Statement, insert
from models.base.refusals import Refusal
from models.hotel.rooms.rooms import DatesWrong, RoomType
from models.trust.operation import Job, operation
from models.trust.records import first_wrong

LONGEST = timedelta(days=731)


class TypeFull(Refusal):
    """On these days no room of the type is left, or it is closed for sale."""

    about = ("room_type", "rooms")


class RoomDay(Row):
    """The counts of one type on one day; no row is a day on which nothing is sold or closed."""

    day = DayField()
    room_type = ForeignKeyField(RoomType, index=False)
    sold = IntegerField(default=0)
    held = IntegerField(default=0)
    closed = IntegerField(default=0)
    # Closed for sale by hand (a closure): what is sold stays sold.
    is_stopped = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("day", "room_type")
        without_rowid = on_sqlite


class Left(NamedTuple):
    """What is left of a type on a day. `left` may be below zero where it is oversold."""

    day: date
    room_type: int
    rooms: int
    sold: int
    held: int
    closed: int
    oversold: int
    is_stopped: bool

    @property
    def left(self) -> int:
        return self.rooms - self.closed - self.sold - self.held

    @property
    def sellable(self) -> int:
        """How many may still be sold, with those that are oversold."""
        return 0 if self.is_stopped else max(0, self.left + self.oversold)


_ROOMS = Statement(
    'SELECT t."key", t."oversold", (SELECT count(*) FROM "room" r '
    'WHERE r."room_type_id" = t."key" AND r."is_active") FROM "room_type" t '
    'WHERE t."is_active" ORDER BY t."position", t."code"'
)
_DAYS = Statement(
    'SELECT "room_type_id", "day", "sold", "held", "closed", "is_stopped" FROM "room_day" '
    'WHERE "day" >= ? AND "day" < ?'
)


def days_between(first: date, until: date) -> list[date]:
    """The nights of a stay: every day from the first, the last one not counted."""
    return [first + timedelta(days=number) for number in range((until - first).days)]


def left_between(first: date, until: date) -> dict[tuple[int, date], Left]:
    """What is left of every type on every day of a stretch, types in their order."""
    known = {
        (room_type, day): counts
        for room_type, day, *counts in _DAYS.rows(first.isoformat(), until.isoformat())
    }
    days = [(day, day.isoformat()) for day in days_between(first, until)]
    found, nothing = {}, (0, 0, 0, False)
    for room_type, oversold, rooms in _ROOMS.rows():
        for day, written in days:
            sold, held, closed, stopped = known.get((room_type, written), nothing)
            found[room_type, day] = Left(
                day, room_type, rooms, sold, held, closed, oversold, bool(stopped)
            )
    return found


_MAKE = insert(RoomDay, "store day room_type sold held closed is_stopped", "ON CONFLICT DO NOTHING")
_LIMIT = Statement(
    'SELECT t."oversold" + (SELECT count(*) FROM "room" r WHERE r."room_type_id" = t."key" '
    'AND r."is_active") FROM "room_type" t WHERE t."key" = ?'
)
_TAKE = Statement(
    'UPDATE "room_day" SET "sold" = "sold" + ? WHERE "day" = ? AND "room_type_id" = ? '
    'AND NOT "is_stopped" AND "sold" + "held" + "closed" + ? <= ?'
)
_PICK_UP = Statement(
    'UPDATE "room_day" SET "sold" = "sold" + 1, "held" = "held" - 1 '
    'WHERE "day" = ? AND "room_type_id" = ? AND "held" >= 1'
)
_MOVE = Statement(
    'UPDATE "room_day" SET "sold" = "sold" + ?, "held" = "held" + ?, "closed" = "closed" + ? '
    'WHERE "day" = ? AND "room_type_id" = ?'
)


def take(nights: Iterable[tuple[date, int]], rooms: int = 1) -> None:
    """Sell rooms of a type on each night, inside a transaction; of two who want the last one, one
    gets it.

    Refuses: TypeFull, with every day that is full.
    """
    full, most = [], dict[int, int]()
    for day, room_type in nights:
        _be_there(day, room_type)
        if room_type not in most:
            limit = _LIMIT.row(room_type)
            most[room_type] = int(limit[0]) if limit else 0
        if _TAKE.run(rooms, day.isoformat(), room_type, rooms, most[room_type]) != 1:
            full.append((day, room_type))
    _refuse(full)


def pick_up(nights: Iterable[tuple[date, int]]) -> None:
    """Sell rooms out of what a group holds: the room is counted once. Refuses: TypeFull."""
    full = []
    for day, room_type in nights:
        _be_there(day, room_type)
        if _PICK_UP.run(day.isoformat(), room_type) != 1:
            full.append((day, room_type))
    _refuse(full)


def move(
    nights: Iterable[tuple[date, int]], *, sold: int = 0, held: int = 0, closed: int = 0
) -> None:
    """Change the counts of each night by so much, unasked: rooms given back, held, closed."""
    for day, room_type in nights:
        _be_there(day, room_type)
        _MOVE.run(sold, held, closed, day.isoformat(), room_type)


@operation(right="keep rates")
def close_sale(
    job: Job, room_type: RoomType, *, first: date, last: date, is_stopped: bool = True
) -> None:
    """Close a type for sale on these days, the last one counted, or open it again; what is sold
    stays sold. Refuses: DatesWrong (also of more than two years).
    """
    if wrong := first_wrong(first=job.day <= first, last=first <= last <= first + LONGEST):
        raise DatesWrong(first=first, last=last, field=wrong)

    for day in days_between(first, last + timedelta(days=1)):
        _be_there(day, room_type.key)
        RoomDay.update(is_stopped=is_stopped).where(
            RoomDay.day == day, RoomDay.room_type == room_type
        ).execute()
    job.note(room_type=room_type.code, first=first, last=last, stopped=is_stopped)


def _be_there(day: date, room_type: int) -> None:
    _MAKE.run(store_number(), day.isoformat(), room_type, 0, 0, 0, False)


def _refuse(full: list[tuple[date, int]]) -> None:
    if full:
        room_type: RoomType = RoomType.get_by_id(full[0][1])
        raise TypeFull(days=", ".join(str(day) for day, _ in full), room_type=room_type.code)
