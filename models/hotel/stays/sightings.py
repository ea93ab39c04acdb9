"""What housekeeping saw in the rooms, and where the desk says something else.

Skip (逃房): the desk has a guest there, and nobody is. Sleep (漏登): somebody slept there, and the
desk knows nobody. Each holds until the desk has done something about it, for the business date on
which it was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import BigIntegerField, CharField, ForeignKeyField

from models.base.database import Row
from models.base.fields import DayField, InstantField
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import DEPARTED, IN_HOUSE, Stay, with_rooms
from models.trust.operation import Job, operation

OCCUPIED, VACANT = SEEN = ("occupied", "vacant")
SLEEP, SKIP = "sleep", "skip"


class Sighting(Row):
    """What was seen in a room last, and who lived there by the desk then."""

    room = ForeignKeyField(Room, primary_key=True)
    saw = CharField(max_length=10)
    lived = BigIntegerField(null=True)
    day = DayField()
    at = InstantField()
    user = BigIntegerField()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One room in which housekeeping saw something else than the desk holds; `stay` is who should
    be there.
    """

    number: str
    what: str
    stay: Stay | None


@operation(right="keep house")
def report_seen(job: Job, rooms: Sequence[int], saw: str) -> list[str]:
    """Housekeeping saw these rooms occupied, or vacant; the numbers of those of which the desk says
    something else.
    """
    if saw not in SEEN:
        raise ValueError(saw)
    living = _living(rooms)

    Sighting.delete().where(Sighting.room << list(rooms)).execute()
    for room in rooms:
        stay = living.get(room)
        Sighting.create(
            room=room, saw=saw, lived=stay.key if stay else None, day=job.day, at=job.now,
            user=job.user,
        )  # fmt: skip
    numbers = _numbers(rooms)
    odd = [each.number for each in discrepancies(job.day) if each.number in numbers]
    job.note(rooms=numbers, saw=saw, differ=odd)
    return odd


def discrepancies(day: date) -> list[Discrepancy]:
    """Where the desk and housekeeping differ on a business date, by room."""
    seen = list(Sighting.select(Sighting, Room).join(Room).where(Sighting.day == day))
    living = _living([each.room_id for each in seen])
    found = [
        Discrepancy(each.room.number, what, living.get(each.room_id))
        for each in seen
        if (what := _differs(each, living.get(each.room_id)))
    ]
    return sorted(found, key=lambda each: (len(each.number), each.number))


def _differs(seen: Sighting, lives: Stay | None) -> str:
    """Skip, sleep, or nothing: what was done at the desk since has settled it."""
    if seen.saw == VACANT:
        return SKIP if lives is not None and lives.key == seen.lived else ""
    if lives is not None or seen.lived is not None:
        return ""
    left = Stay.select().where(
        Stay.room == seen.room_id, Stay.state == DEPARTED, Stay.left_at >= seen.at
    )
    return "" if left.exists() else SLEEP


def _living(rooms: Sequence[int]) -> dict[int, Stay]:
    """Who lives in these rooms by the desk; of two who share one, the first."""
    stays = Stay.select().where(Stay.room << list(rooms), Stay.state == IN_HOUSE)
    ordered = stays.order_by(Stay.is_sharing.desc(), Stay.arrived_at.desc())
    return {stay.room_id: stay for stay in with_rooms(ordered)}


def _numbers(rooms: Sequence[int]) -> list[str]:
    return [room.number for room in Room.select().where(Room.key << list(rooms))]
