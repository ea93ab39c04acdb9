"""The room rack (房态图): what is true of each room now, as one list that the screen draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.hotel.rooms.rooms import (
    CLEAN,
    DIRTY,
    INSPECTED,
    OUT_OF_ORDER,
    PICKUP,
    Room,
    RoomClosing,
)
from models.hotel.stays.sightings import discrepancies
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Stay
from models.hotel.stays.traces import Trace, messages_of

# The words of the trade: V vacant, O occupied; C clean, D dirty, I inspected, P to be looked at.
_CARE = {CLEAN: "C", DIRTY: "D", INSPECTED: "I", PICKUP: "P"}
# The letters in words.
ROOM_STATES: dict[str, str] = {
    "VC": word("vacant, clean"), "VI": word("vacant, inspected"), "VD": word("vacant, dirty"),
    "VP": word("vacant, to be looked at"), "OC": word("occupied, clean"),
    "OI": word("occupied, inspected"), "OD": word("occupied, dirty"),
    "OP": word("occupied, to be looked at"), "OOO": word("out of order"),
    "OOS": word("out of service"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RackRoom:
    """One room now: who lives there, who comes today, and what housekeeping said."""

    key: int
    number: str
    floor: str
    room_type: int
    type_code: str
    care: str
    closed: str = ""
    stay: int | None = None
    guest: str = ""
    departure: date | None = None
    is_due_out: bool = False
    arriving: int | None = None
    arriving_guest: str = ""
    # Housekeeping saw something else: sleep or skip (sightings.py).
    odd: str = ""

    @property
    def is_occupied(self) -> bool:
        return self.stay is not None

    @property
    def code(self) -> str:
        """The state as clerks say it: VC VD VI VP OC OD OI OP, OOO, OOS."""
        if self.closed and not self.is_occupied:
            return "OOO" if self.closed == OUT_OF_ORDER else "OOS"
        return ("O" if self.is_occupied else "V") + _CARE.get(self.care, "?")

    @property
    def is_ready(self) -> bool:
        """May a guest be sent there now? Vacant, and clean or inspected."""
        return (
            not self.is_occupied and self.closed != OUT_OF_ORDER and self.care in (CLEAN, INSPECTED)
        )


@dataclass(slots=True)
class Rack:
    """All rooms in order, and the figures of the day."""

    rooms: list[RackRoom]
    due_in: int = 0
    floors: dict[str, list[RackRoom]] = field(default_factory=dict)

    def count(self, *codes: str) -> int:
        """Rooms in these states."""
        return sum(room.code in codes for room in self.rooms)

    @property
    def ready(self) -> int:
        return sum(room.is_ready for room in self.rooms)

    @property
    def occupied(self) -> int:
        return sum(room.is_occupied for room in self.rooms)

    @property
    def due_out(self) -> int:
        return sum(room.is_due_out for room in self.rooms)


_ROOMS = Statement(
    'SELECT r."key", r."number", r."floor", t."key", t."code", r."care" FROM "room" r '
    'JOIN "room_type" t ON t."key" = r."room_type_id" WHERE r."is_active" '
    'ORDER BY length(r."floor"), r."floor", length(r."number"), r."number"'
)
_LIVING = Statement(
    'SELECT "room_id", "key", "name", "departure" FROM "stay" WHERE "state" = ? '
    'AND "room_id" IS NOT NULL ORDER BY "is_sharing" DESC, "arrived_at" DESC'
)
_COMING = Statement(
    'SELECT "room_id", "key", "name" FROM "stay" WHERE "state" IN (?, ?) AND "arrival" <= ? '
    'AND "room_id" IS NOT NULL'
)
_DUE_IN = Statement('SELECT count(*) FROM "stay" WHERE "state" IN (?, ?) AND "arrival" <= ?')
_CLOSED = Statement(
    'SELECT "room_id", "kind" FROM "room_closing" WHERE "first" <= ? AND "until" > ? '
    'AND NOT "is_ended" ORDER BY "kind" DESC'
)


def read_rack(day: date) -> Rack:
    """The rack of a business date. Seven queries, whatever the size of the house."""
    on = day.isoformat()
    living = {room: rest for room, *rest in _LIVING.rows(IN_HOUSE)}
    coming = {room: rest for room, *rest in _COMING.rows(*EXPECTED, on)}
    closed = dict(_CLOSED.rows(on, on))
    odd = {each.number: each.what for each in discrepancies(day)}
    rooms = []
    for key, number, floor, room_type, code, care in _ROOMS.rows():
        stay, guest, until = living.get(key, (None, "", None))
        arriving, arriving_guest = coming.get(key, (None, ""))
        departure = date.fromisoformat(until) if until else None
        rooms.append(
            RackRoom(
                key, number, floor, room_type, code, care, closed.get(key, ""), stay, guest,
                departure, bool(departure and departure <= day), arriving, arriving_guest,
                odd.get(number, ""),
            )
        )  # fmt: skip
    due_in = _DUE_IN.row(*EXPECTED, on)
    rack = Rack(rooms, int(due_in[0]) if due_in else 0)
    for room in rooms:
        rack.floors.setdefault(room.floor, []).append(room)
    return rack


@dataclass(frozen=True, slots=True)
class RoomCard:
    """What stands below the rack about one room: who lives there, comes, or why it is closed."""

    type_name: str
    features: str = ""
    note: str = ""
    guest: str = ""
    arrival: date | None = None
    departure: date | None = None
    balance: Money | None = None
    closed_until: date | None = None
    closed_why: str = ""
    # What is to be told to the guest, or done for him.
    waiting: tuple[Trace, ...] = ()

    @property
    def nights(self) -> int:
        """How long the guest stays."""
        return (self.departure - self.arrival).days if self.arrival and self.departure else 0


_BALANCE = Statement(
    'SELECT coalesce(sum(f."balance"), 0) FROM "window" w JOIN "folio" f ON f."key" = w."folio" '
    'WHERE w."stay_id" = ?'
)


def room_card(room: RackRoom, day: date) -> RoomCard:
    """Read it, as it stands on a business date."""
    found: Room = Room.get_by_id(room.key)
    common = {
        "type_name": found.room_type.name, "features": ", ".join(found.features),
        "note": found.note,
    }  # fmt: skip
    key = room.stay if room.stay is not None else room.arriving
    if key is not None:
        stay: Stay = Stay.get_by_id(key)
        row = _BALANCE.row(key)
        balance = Money(int(row[0]) if row else 0, store_currency())
        return RoomCard(
            **common, guest=stay.name, arrival=stay.arrival, departure=stay.departure,
            balance=balance, waiting=tuple(messages_of(key, day)),
        )  # fmt: skip
    closing = (
        RoomClosing.select()
        .where(RoomClosing.room == room.key, ~RoomClosing.is_ended)
        .order_by(RoomClosing.until.desc())
        .first()
    )
    if room.closed and closing is not None:
        return RoomCard(**common, closed_until=closing.until, closed_why=closing.reason)
    return RoomCard(**common)
