"""Two accounts in one room (同住): one stay takes the room, the others share it with him."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.hotel.rooms import room_days
from models.hotel.rooms.rates import BY_DAY
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import IN_HOUSE, Night, Stay, counted


def hand_over(stay: Stay) -> None:
    """Somebody leaves his room, inside an operation: who shared it longest has it from now on. His
    nights are counted whether one is left or not: he is there.
    """
    if stay.is_sharing or stay.room_id is None:
        return
    sharers = Stay.select().where(
        Stay.room == stay.room_id, Stay.state == IN_HOUSE, Stay.is_sharing, Stay.key != stay.key
    )
    heir: Stay | None = sharers.order_by(Stay.arrived_at).first()
    if heir is None:
        return
    Stay.update(is_sharing=False, version=Stay.version + 1).where(Stay.key == heir.key).execute()
    room_days.move(_of_his_own(heir), sold=1)


def have_own_room(stay: Stay, room: Room) -> None:
    """Who shared a room moves into one of his own, inside an operation. Refuses: TypeFull."""
    stay.is_sharing = False
    Night.update(room=room).where(_to_come(stay)).execute()
    room_days.take(_of_his_own(stay))


def _of_his_own(stay: Stay) -> list[tuple[date, int]]:
    """His nights that are not posted take a room from now on; as room_days.py counts them."""
    Night.update(takes_room=True).where(_to_come(stay), Night.use.not_in(BY_DAY)).execute()
    return counted(Night.select().where(_to_come(stay)))


def _to_come(stay: Stay) -> Any:
    return (Night.stay == stay) & Night.is_live & Night.document.is_null()
