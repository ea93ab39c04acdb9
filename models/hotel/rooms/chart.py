"""The chart of rooms (房态推移): who has which room on which night, day after day.

Read in a handful of queries, whatever the size of the house; one stay in one room is one bar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from models.base.hot import Statement
from models.hotel.rooms.room_days import days_between, left_between
from models.hotel.rooms.rooms import OUT_OF_ORDER


@dataclass(frozen=True, slots=True)
class Bar:
    """A stay, or a room out of order (`stay` None), on so many of the days shown from `first` on,
    counted from zero; `begins` unless it began before.
    """

    first: int
    days: int
    text: str
    stay: int | None = None
    state: str = ""
    begins: bool = True


@dataclass(slots=True)
class ChartRow:
    """One room."""

    room: int
    number: str
    room_type: int
    type_code: str
    bars: list[Bar] = field(default_factory=list)

    def at(self, day: int) -> Bar | None:
        """What is there on a day."""
        return next((b for b in self.bars if b.first <= day < b.first + b.days), None)


@dataclass(slots=True)
class Chart:
    """Rooms by days from `first` on. `left` are the rooms of the house that are left on each, and
    `without` the stays that have no room yet.
    """

    first: date
    days: int
    rows: list[ChartRow]
    left: list[int]
    without: list[int]

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)


_ROOMS = Statement(
    'SELECT r."key", r."number", t."key", t."code" FROM "room" r '
    'JOIN "room_type" t ON t."key" = r."room_type_id" WHERE r."is_active" '
    'ORDER BY length(r."floor"), r."floor", length(r."number"), r."number"'
)
_BARS = Statement(
    'SELECT n."room_id", n."stay_id", min(n."day"), count(*), s."name", s."state", s."arrival" '
    'FROM "night" n JOIN "stay" s ON s."key" = n."stay_id" '
    'WHERE n."day" >= ? AND n."day" < ? AND n."is_live" AND n."takes_room" '
    'AND n."room_id" IS NOT NULL '
    'GROUP BY n."room_id", n."stay_id", s."name", s."state", s."arrival" ORDER BY 3'
)
_WITHOUT = Statement(
    'SELECT "day", count(*) FROM "night" WHERE "day" >= ? AND "day" < ? AND "is_live" '
    'AND "takes_room" AND "room_id" IS NULL GROUP BY "day"'
)
_CLOSED = Statement(
    'SELECT "room_id", "first", "until", "reason" FROM "room_closing" '
    'WHERE "kind" = ? AND "first" < ? AND "until" > ?'
)


def read_chart(first: date, days: int) -> Chart:
    """So many days from `first` on."""
    until = first + timedelta(days=days)
    between = (first.isoformat(), until.isoformat())
    rows = [ChartRow(*row) for row in _ROOMS.rows()]
    by_room = {row.room: row for row in rows}
    for room, stay, day, nights, name, state, arrival in _BARS.rows(*between):
        if room in by_room:
            place = (date.fromisoformat(day) - first).days
            bar = Bar(place, int(nights), name, stay, state, begins=arrival >= between[0])
            by_room[room].bars.append(bar)
    for room, begin, end, reason in _CLOSED.rows(OUT_OF_ORDER, between[1], between[0]):
        shut = max(date.fromisoformat(begin), first), min(date.fromisoformat(end), until)
        if room in by_room:
            place, length = (shut[0] - first).days, (shut[1] - shut[0]).days
            by_room[room].bars.append(Bar(place, length, reason, begins=begin >= between[0]))
    left = [0] * days
    for (_, day_), each in left_between(first, until).items():
        left[(day_ - first).days] += each.left
    found = dict(_WITHOUT.rows(*between))
    without = [int(found.get(day_.isoformat(), 0)) for day_ in days_between(first, until)]
    return Chart(first, days, rows, left, without)
