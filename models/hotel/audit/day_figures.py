"""The figures of a closed day, kept as they were: a later correction changes no report of a day
that is over.

Sold rooms are nights that were paid for and posted. Those that cost nothing, of the house's own
people, and rooms by day have lines of their own; nights of guests who did not come are none. Guests
are all who slept in the sold rooms, children too.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from peewee import IntegerField

from models.base.database import Row
from models.base.fields import DayField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.hotel.charges.folio_lines import ADJUSTMENT, CHARGE, VOID
from models.hotel.charges.services import ROOM
from models.hotel.rooms.figures import House
from models.hotel.rooms.rates import BY_DAY, FREE, HOUSE_USE, PAID
from models.hotel.rooms.rooms import OUT_OF_ORDER
from models.hotel.stays.stays import DEPARTED, IN_HOUSE, Stay


class DayFigures(Row):
    """One closed day of the house."""

    day = DayField(primary_key=True)
    rooms = IntegerField()
    out_of_order = IntegerField()
    sold = IntegerField()
    free = IntegerField()
    house_use = IntegerField()
    day_use = IntegerField(default=0)
    guests = IntegerField()
    arrivals = IntegerField()
    departures = IntegerField()
    room_revenue = MoneyField()
    other_revenue = MoneyField()

    class Meta:
        append_only = True

    @property
    def house(self) -> House:
        """For occupancy, average rate and the like."""
        return House(self.rooms - self.out_of_order, self.sold, self.guests, self.room_revenue)


_ROOMS = Statement('SELECT count(*) FROM "room" WHERE "is_active"')
_CLOSED = Statement(
    'SELECT count(DISTINCT "room_id") FROM "room_closing" WHERE "kind" = ? AND "first" <= ? '
    'AND "until" > ?'
)
_NIGHTS = Statement(
    'SELECT n."use", n."price", n."takes_room", s."adults", s."children" '
    'FROM "night" n JOIN "stay" s ON s."key" = n."stay_id" '
    'WHERE n."day" = ? AND n."document" IS NOT NULL'
)
_REVENUE = Statement(
    'SELECT l."department", sum(l."net") FROM "folio_line" l '
    'JOIN "document" d ON d."key" = l."document_id" WHERE d."day" = ? '
    f"AND l.\"kind\" IN ('{CHARGE}', '{VOID}', '{ADJUSTMENT}') GROUP BY l.\"department\""
)
_MOVES = Statement(
    f"SELECT sum(CASE WHEN \"arrival\" = ? AND \"state\" IN ('{IN_HOUSE}', '{DEPARTED}') "
    'THEN 1 ELSE 0 END), sum(CASE WHEN "left_day" = ? THEN 1 ELSE 0 END) FROM "stay"'
)


def figures_of(day: date) -> DayFigures:
    """The figures of a date as they stand; not stored."""
    on = day.isoformat()
    rooms_by, guests = _rooms(on)
    revenue = {department: int(net or 0) for department, net in _REVENUE.rows(on)}
    money = store_currency()
    moves = _MOVES.row(on, on) or (0, 0)
    rooms, closed = _ROOMS.row(), _CLOSED.row(OUT_OF_ORDER, on, on)
    return DayFigures(
        day=day,
        rooms=int(rooms[0]) if rooms else 0,
        out_of_order=int(closed[0]) if closed else 0,
        sold=rooms_by[PAID],
        free=rooms_by[FREE],
        house_use=rooms_by[HOUSE_USE],
        day_use=sum(rooms_by[use] for use in BY_DAY),
        guests=guests,
        arrivals=int(moves[0] or 0),
        departures=int(moves[1] or 0),
        room_revenue=Money(revenue.pop(ROOM, 0), money),
        other_revenue=Money(sum(revenue.values()), money),
    )


def _rooms(on: str) -> tuple[Counter[str], int]:
    """The rooms of a date by their use, and the guests of those that were sold."""
    rooms, guests = Counter[str](), 0
    for use, price, takes_room, adults, children in _NIGHTS.rows(on):
        # A paid plan at nothing, agreed so, is a room given away.
        kind = FREE if use == PAID and not price else use
        # Who shares a room is a guest in it, and no room more.
        rooms[kind] += bool(takes_room or use in BY_DAY)
        if kind == PAID:
            guests += int(adults) + len(Stay.children.python_value(children))
    return rooms, guests


def freeze(day: date) -> DayFigures:
    """Store the figures of a date, inside its close."""
    figures = figures_of(day)
    figures.save(force_insert=True)
    return figures
