"""What a house sold by type of room and by segment, on its closed days, and who did not come.

Nights and room revenue are those of the report by day, as they stand now: a correction that came
later is in them. Revenue is without tax and service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges.folio_lines import ADJUSTMENT, CHARGE, VOID
from models.hotel.charges.services import ROOM
from models.hotel.rooms.figures import House, per_cent
from models.hotel.rooms.rates import BY_DAY, FREE, HOUSE_USE, PAID
from models.hotel.rooms.rooms import OUT_OF_ORDER, Room, RoomClosing, RoomType
from models.hotel.stays.stays import NO_SHOW
from models.reports.hotel_lists import DESK
from models.reports.report import COUNT, DAY, MONEY, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

TYPE, SEGMENT = (
    'coalesce(tn."code", ts."code", \'\')',
    ("coalesce(nullif(b.\"segment\", ''), p.\"segment\", '')"),
)
_CLOSED = 'IN (SELECT "day" FROM "day_figures" WHERE "day" BETWEEN ? AND ?)'
_OF_STAY = (
    'LEFT JOIN "booking" b ON b."key" = s."booking_id" '
    'LEFT JOIN "rate_plan" p ON p."key" = s."plan_id" '
    'LEFT JOIN "room_type" ts ON ts."key" = s."room_type_id" '
    'LEFT JOIN "room_type" tn ON tn."key" = n."room_type_id" '
)


def _nights(group: str) -> Statement:
    return Statement(
        f'SELECT {group}, CASE WHEN n."use" = ? AND n."price" = 0 THEN ? ELSE n."use" END, '
        f'count(*) FROM "night" n JOIN "stay" s ON s."key" = n."stay_id" {_OF_STAY}'
        f'WHERE n."document" IS NOT NULL AND n."day" {_CLOSED} '
        'AND (n."takes_room" OR n."use" IN (?, ?)) GROUP BY 1, 2'
    )


def _revenue(group: str) -> Statement:
    return Statement(
        f'SELECT {group}, sum(l."net") FROM "folio_line" l '
        'JOIN "document" d ON d."key" = l."document_id" LEFT JOIN "stay" s ON s."key" = l."stay" '
        f'LEFT JOIN "night" n ON n."stay_id" = s."key" AND n."day" = l."service_day" {_OF_STAY}'
        f'WHERE d."day" {_CLOSED} AND l."department" = ? '
        f"AND l.\"kind\" IN ('{CHARGE}', '{VOID}', '{ADJUSTMENT}') GROUP BY 1"
    )


_BY = {group: (_nights(group), _revenue(group)) for group in (TYPE, SEGMENT)}


def _sold(group: str, period: Period) -> tuple[dict[str, Counter[str]], dict[str, Money]]:
    """Nights by use, and room revenue, of each."""
    nights, revenue = _BY[group]
    rooms: dict[str, Counter[str]] = {}
    for name, use, count in nights.rows(PAID, FREE, *period.iso, *sorted(BY_DAY)):
        rooms.setdefault(name, Counter())[use] += count
    money = store_currency()
    found = {name: Money(int(net), money) for name, net in revenue.rows(*period.iso, ROOM)}
    return rooms, found


def _available(period: Period) -> Counter[str]:
    """Rooms of each type over the closed days, less those out of order."""
    closed = DayFigures.select(DayFigures.day)
    days = [
        day for (day,) in
        closed.where(DayFigures.day >= period.first, DayFigures.day <= period.last).tuples()
    ]  # fmt: skip
    rooms = {room.key: room for room in Room.select().where(Room.is_active)}
    codes = {kind.key: kind.code for kind in RoomType.select()}
    shut = {
        (closing.room_id, day)
        for closing in RoomClosing.select().where(RoomClosing.kind == OUT_OF_ORDER)
        for day in days
        if closing.first <= day < closing.until and closing.room_id in rooms
    }
    found = Counter({codes[room.room_type_id]: 0 for room in rooms.values()})
    for room in rooms.values():
        found[codes[room.room_type_id]] += len(days)
    for key, _ in shut:
        found[codes[rooms[key].room_type_id]] -= 1
    return found


def _by_type(period: Period, scope: Scope) -> Iterator[Rows]:
    rooms, revenue = _sold(TYPE, period)
    available, nothing = _available(period), Money(0, store_currency())
    rows: list[tuple[Any, ...]] = []
    for code in sorted({*available, *rooms, *revenue}):
        used = rooms.get(code, Counter())
        house = House(available[code], used[PAID], 0, revenue.get(code, nothing))
        rows.append(
            (code, house.available, house.sold, f"{house.occupancy}%", house.average_rate,
             house.per_available, house.room_revenue, used[FREE], used[HOUSE_USE],
             sum(used[use] for use in BY_DAY))
        )  # fmt: skip
    yield rows


def _by_segment(period: Period, scope: Scope) -> Iterator[Rows]:
    rooms, revenue = _sold(SEGMENT, period)
    nothing, all_sold = Money(0, store_currency()), sum(used[PAID] for used in rooms.values())
    rows: list[tuple[Any, ...]] = []
    for name in sorted({*rooms, *revenue}):
        sold = rooms.get(name, Counter())[PAID]
        house = House(0, sold, 0, revenue.get(name, nothing))
        share = per_cent(sold, all_sold)
        rows.append((name, sold, f"{share}%", house.average_rate, house.room_revenue))
    yield rows


HOUSE_BY_TYPE = ReportKind(
    "house-by-type",
    word("The house by room type"),
    "see takings",
    (
        Column(word("Type")),
        Column(word("Available"), COUNT, is_summed=True),
        Column(word("Sold"), COUNT, is_summed=True),
        Column(word("Occupancy")),
        Column(word("Average rate"), MONEY),
        Column(word("RevPAR"), MONEY),
        Column(word("Room revenue"), MONEY, is_summed=True),
        Column(word("Complimentary"), COUNT, is_summed=True),
        Column(word("House use"), COUNT, is_summed=True),
        Column(word("Day use"), COUNT, is_summed=True),
    ),
    _by_type,
    least=STORE,
)
HOUSE_BY_SEGMENT = ReportKind(
    "house-by-segment",
    word("The house by segment"),
    "see takings",
    (
        Column(word("Segment")),
        Column(word("Sold"), COUNT, is_summed=True),
        Column(word("Share")),
        Column(word("Average rate"), MONEY),
        Column(word("Room revenue"), MONEY, is_summed=True),
    ),
    _by_segment,
    least=STORE,
)

_MISSED = Statement(
    'SELECT s."number", s."name", t."code", s."arrival", s."departure", '
    'coalesce(d."total", 0) FROM "stay" s JOIN "room_type" t ON t."key" = s."room_type_id" '
    'LEFT JOIN "document" d ON d."key" = s."fee_document" '
    'WHERE s."state" = ? AND s."arrival" BETWEEN ? AND ? ORDER BY s."arrival", s."number"'
)


def _missed(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    yield [
        (number, name, code, date.fromisoformat(comes), date.fromisoformat(goes),
         Money(int(fee), money))
        for number, name, code, comes, goes, fee in _MISSED.rows(NO_SHOW, *period.iso)
    ]  # fmt: skip


NO_SHOWS = ReportKind(
    "no-shows",
    word("Who did not come"),
    DESK,
    (
        Column(word("Number")),
        Column(word("Name")),
        Column(word("Type")),
        Column(word("Arrival"), DAY),
        Column(word("Departure"), DAY),
        Column(word("Fee"), MONEY, is_summed=True),
    ),
    _missed,
    least=STORE,
)
