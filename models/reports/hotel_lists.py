"""The reports of a house: its closed days in figures, who comes, who leaves, who is there, how many
rooms are left, and the state of each.

The figures of a closed day are those that were kept when it was closed; a later correction changes
none of them. Sold are paid overnight stays; the average rate is room revenue for each sold room,
RevPAR for each available one, both without tax and service.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.hotel.audit.day_figures import DayFigures
from models.hotel.rooms.room_days import left_between
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.rack import ROOM_STATES, read_rack
from models.hotel.stays.stays import CANCELLED, IN_HOUSE, NO_SHOW, WAITING
from models.ledger.daily.days import store_day
from models.reports.report import COUNT, DAY, MONEY, PAGE, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

DESK = "check in"
AHEAD_DAYS = 30


def _house_days(period: Period, scope: Scope) -> Iterator[Rows]:
    found = DayFigures.select().where(DayFigures.day >= period.first, DayFigures.day <= period.last)
    rows: Rows = []
    for day in found.order_by(DayFigures.day):
        house = day.house
        rows.append(
            (day.day, house.available, day.sold, f"{house.occupancy}%", house.average_rate,
             house.per_available, day.room_revenue, day.other_revenue, day.free, day.house_use,
             day.day_use, day.guests)
        )  # fmt: skip
        if len(rows) == PAGE:
            yield rows
            rows = []
    yield rows


HOUSE_DAYS = ReportKind(
    "house-days",
    word("The house by day"),
    "see takings",
    (
        Column(word("Day"), DAY),
        Column(word("Available"), COUNT, is_summed=True),
        Column(word("Sold"), COUNT, is_summed=True),
        Column(word("Occupancy"), is_drawn=True),
        Column(word("Average rate"), MONEY),
        Column(word("RevPAR"), MONEY),
        Column(word("Room revenue"), MONEY, is_summed=True),
        Column(word("Other revenue"), MONEY, is_summed=True),
        Column(word("Complimentary"), COUNT, is_summed=True),
        Column(word("House use"), COUNT, is_summed=True),
        Column(word("Day use"), COUNT, is_summed=True),
        Column(word("Guests"), COUNT, is_summed=True),
    ),
    _house_days,
    least=STORE,
)

_STAYS = (
    'SELECT s."number", s."name", coalesce(r."number", \'\'), t."code", s."arrival", '
    's."departure", s."adults", s."state" FROM "stay" s '
    'JOIN "room_type" t ON t."key" = s."room_type_id" '
    'LEFT JOIN "room" r ON r."key" = s."room_id" '
)
_ARRIVALS = Statement(
    _STAYS + 'WHERE s."arrival" >= ? AND s."arrival" <= ? AND s."state" NOT IN (?, ?, ?) '
    'ORDER BY s."arrival", s."number"'
)
_DEPARTURES = Statement(
    _STAYS + 'WHERE s."departure" >= ? AND s."departure" <= ? AND s."state" NOT IN (?, ?, ?) '
    'ORDER BY s."departure", s."number"'
)
_STAY_COLUMNS = (
    Column(word("Number")),
    Column(word("Name")),
    Column(word("Room")),
    Column(word("Type")),
    Column(word("Arrival"), DAY),
    Column(word("Departure"), DAY),
    Column(word("Adults"), COUNT, is_summed=True),
    Column(word("State"), "word"),
)
_STATE_WORDS = {
    "option": word("Option"), "reserved": word("Reserved"), "in house": word("In the house"),
    "departed": word("Departed"),
}  # fmt: skip


def _stays(statement: Statement, period: Period) -> Iterator[Rows]:
    found = statement.rows(*period.iso, CANCELLED, NO_SHOW, WAITING)
    for start in range(0, max(1, len(found)), PAGE):
        yield [
            (number, name, room, code, date.fromisoformat(arrival), date.fromisoformat(departure),
             adults, _STATE_WORDS[state])
            for number, name, room, code, arrival, departure, adults, state in found[
                start : start + PAGE
            ]
        ]  # fmt: skip


ARRIVALS = ReportKind(
    "arrivals", word("Who arrives"), DESK, _STAY_COLUMNS,
    lambda period, scope: _stays(_ARRIVALS, period), least=STORE,
)  # fmt: skip
DEPARTURES = ReportKind(
    "departures", word("Who departs"), DESK, _STAY_COLUMNS,
    lambda period, scope: _stays(_DEPARTURES, period), least=STORE,
)  # fmt: skip

_IN_HOUSE = Statement(
    'SELECT r."number", s."name", s."arrival", s."departure", s."adults", '
    '(SELECT coalesce(sum(f."balance"), 0) FROM "window" w JOIN "folio" f ON f."key" = w."folio" '
    'WHERE w."stay_id" = s."key"), '
    '(SELECT coalesce(sum(f."limit"), 0) FROM "window" w JOIN "folio" f ON f."key" = w."folio" '
    'WHERE w."stay_id" = s."key"), '
    '(SELECT n."price" FROM "night" n WHERE n."stay_id" = s."key" AND n."day" = ? AND n."is_live") '
    'FROM "stay" s JOIN "room" r ON r."key" = s."room_id" WHERE s."state" = ? '
    'ORDER BY length(r."number"), r."number", s."key"'
)


def _in_house(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()

    def amount(minor: object) -> Money | None:
        return None if minor is None else Money(int(str(minor)), money)

    yield [
        (room, name, date.fromisoformat(arrival), date.fromisoformat(departure), adults,
         amount(price), amount(balance), amount(limit))
        for room, name, arrival, departure, adults, balance, limit, price in _IN_HOUSE.rows(
            store_day().isoformat(), IN_HOUSE
        )
    ]  # fmt: skip


IN_THE_HOUSE = ReportKind(
    "in-house",
    word("Guests in the house"),
    DESK,
    (
        Column(word("Room")),
        Column(word("Name")),
        Column(word("Arrival"), DAY),
        Column(word("Departure"), DAY),
        Column(word("Adults"), COUNT, is_summed=True),
        Column(word("Tonight"), MONEY, is_summed=True),
        Column(word("Balance"), MONEY, is_summed=True),
        Column(word("Credit limit"), MONEY),
    ),
    _in_house,
    is_now=True,
    least=STORE,
)


def _rooms_left(period: Period, scope: Scope) -> Iterator[Rows]:
    first = store_day()
    until = first + timedelta(days=AHEAD_DAYS)
    names = {row.key: row.code for row in RoomType.select()}
    left = left_between(first, until)
    yield [
        (each.day, names[room_type], each.rooms, each.closed, each.sold, each.held, each.left)
        for (room_type, _), each in sorted(left.items(), key=lambda item: (item[1].day, item[0][0]))
    ]


ROOMS_LEFT = ReportKind(
    "rooms-left",
    word("Rooms left, 30 days"),
    DESK,
    (
        Column(word("Day"), DAY),
        Column(word("Type")),
        Column(word("Rooms"), COUNT),
        Column(word("Repair"), COUNT),
        Column(word("Sold"), COUNT),
        Column(word("Held for groups"), COUNT),
        Column(word("Left over"), COUNT),
    ),
    _rooms_left,
    is_now=True,
    least=STORE,
)


def _room_states(period: Period, scope: Scope) -> Iterator[Rows]:
    rooms = read_rack(store_day()).rooms
    for start in range(0, max(1, len(rooms)), PAGE):
        yield [
            (room.number, room.type_code, room.code, ROOM_STATES.get(room.code, room.code),
             room.guest, room.departure, room.arriving_guest)
            for room in rooms[start : start + PAGE]
        ]  # fmt: skip


ROOM_STATUS = ReportKind(
    "room-status",
    word("State of the rooms"),
    DESK,
    (
        Column(word("Room")),
        Column(word("Type")),
        Column(word("State")),
        Column(word("In words"), "word"),
        Column(word("Guest")),
        Column(word("Departure"), DAY),
        Column(word("Arrives")),
    ),
    _room_states,
    is_now=True,
    least=STORE,
)
