"""Blocks of a group (团队): rooms held by type and day until picked up, or the cut-off passes.

A room of a block is counted once: held until somebody is named for it, sold from then on. What is
not picked up at the cut-off goes back on sale.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peewee import CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, on_sqlite, store_number
from models.base.fields import DayField
from models.base.hot import Statement, insert
from models.base.refusals import Refusal
from models.hotel.reservations.bookings import RoomWish, add_stay, check_dates
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import RatePlan
from models.hotel.rooms.room_days import TypeFull, days_between, left_between
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.stays import RESERVED, Booking, Stay
from models.trust.operation import Job, operation
from models.trust.records import first_wrong


class CutOffWrong(Refusal):
    """A block holds rooms for at least one night, and is cut off today or later."""


class BlockRoom(Row):
    """So many rooms of a type on a night, and how many of them have a name."""

    booking = ForeignKeyField(Booking, index=False)
    day = DayField(index=True)
    room_type = ForeignKeyField(RoomType, index=False)
    rooms = IntegerField()
    picked = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("booking", "day", "room_type")
        without_rowid = on_sqlite


_HOLD = insert(
    BlockRoom,
    "store booking day room_type rooms picked",
    'ON CONFLICT ("booking_id", "day", "room_type_id") DO UPDATE SET '
    '"rooms" = "block_room"."rooms" + excluded."rooms"',
)
_PICK = Statement(
    'UPDATE "block_room" SET "picked" = "picked" + 1 WHERE "booking_id" = ? AND "day" = ? '
    'AND "room_type_id" = ? AND "picked" < "rooms"'
)


@operation(right="reserve")
def hold_block(
    job: Job, booking: Booking, room_type: RoomType, *, rooms: int, arrival: date, departure: date,
    cut_off: date,
) -> Booking:  # fmt: skip
    """Hold rooms for a group, by type and night, until the cut-off.

    Refuses: CutOffWrong, TypeFull.
    """
    days = days_between(arrival, departure)
    wrong = first_wrong(
        rooms=rooms >= 1, arrival=arrival >= job.day, departure=bool(days),
        cut_off=job.day <= cut_off <= arrival,
    )  # fmt: skip
    if wrong:
        raise CutOffWrong(cut_off=cut_off, arrival=arrival, field=wrong)
    left = left_between(arrival, departure)
    full = [day for day in days if left[room_type.key, day].sellable < rooms]
    if full:
        raise TypeFull(days=", ".join(map(str, full)), room_type=room_type.code)

    room_days.move(((day, room_type.key) for day in days), held=rooms)
    for day in days:
        _HOLD.run(store_number(), booking.key, day.isoformat(), room_type.key, rooms, 0)
    Booking.update(cut_off=cut_off, is_group=True, version=Booking.version + 1).where(
        Booking.key == booking.key
    ).execute()
    job.note(
        booking=booking.number, held=rooms, type=room_type.code, first=arrival, until=departure
    )
    return Booking.get_by_id(booking.key)


@operation(right="reserve")
def pick_up(job: Job, booking: Booking, wishes: Sequence[RoomWish]) -> Booking:
    """Name guests for rooms of the block (rooming list), all of them or none.

    Refuses: StayDatesWrong, TypeFull (the block has none left on a night), and what a reservation
    refuses.
    """
    for wish in wishes:
        check_dates(job, wish.arrival, wish.departure, RatePlan.get_by_id(wish.plan))
        nights = [(day, wish.room_type) for day in days_between(wish.arrival, wish.departure)]
        full = [day for day, kind in nights if _PICK.run(booking.key, day.isoformat(), kind) != 1]
        if full:
            code = RoomType.get_by_id(wish.room_type).code
            raise TypeFull(days=", ".join(map(str, full)), room_type=code)
        # The room comes out of what is held: it is given back there and sold here, in one step.
        room_days.move(nights, held=-1)
        stay = add_stay(job, booking, wish, RESERVED)
        Stay.update(is_from_block=True).where(Stay.key == stay.key).execute()
    job.note(booking=booking.number, picked_up=len(wishes))
    return booking


def release_blocks(day: date) -> int:
    """Give back what no group picked up by its cut-off, in a transaction; how many room nights."""
    given_back = 0
    late = Booking.select().where(Booking.cut_off.is_null(False), Booking.cut_off <= day)
    for block in BlockRoom.select().where(BlockRoom.booking.in_(late), BlockRoom.day >= day):
        left = block.rooms - block.picked
        if left > 0:
            room_days.move([(block.day, block.room_type_id)], held=-left)
            BlockRoom.update(rooms=block.picked).where(
                BlockRoom.booking == block.booking_id, BlockRoom.day == block.day,
                BlockRoom.room_type == block.room_type_id,
            ).execute()  # fmt: skip
            given_back += left
    return given_back
