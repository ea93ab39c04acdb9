"""The board of a day (预约表): a column for each who serves, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base import clock
from models.base.hot import RowStatement, rows_in
from models.base.money import Money
from models.salon.absences import Absence, away
from models.salon.appointments import (
    ARRIVED,
    CANCELLED,
    DONE,
    LIVE,
    NO_SHOW,
    SERVING,
    Appointment,
    Hold,
    lines_by_appointment,
)
from models.salon.deposits import deposit_of
from models.salon.hours import DAY, instant_at, minute_at
from models.salon.roster import Rosters, WorkDay, serving
from models.salon.things import Thing
from models.salon.ticketing import ticket_of
from models.trust.company import store_zone

SLOT = 15


@dataclass(frozen=True, slots=True)
class BoardBlock:
    """A stretch of a column: hands of somebody on a client, or the wait in between (`is_wait`), in
    minutes of the day.
    """

    since: int
    until: int
    appointment: int
    name: str
    service: str
    state: str
    is_wait: bool = False
    is_asked: bool = False
    is_double: bool = False


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One who serves: his hours, when he is away, and his clients."""

    stylist: int
    number: int
    name: str
    grade: str
    hours: WorkDay
    away: tuple[tuple[int, int], ...] = ()
    blocks: list[BoardBlock] = field(default_factory=list)

    def at(self, minute: int) -> list[BoardBlock]:
        """What stands in a slot: hands before waits, several where one was squeezed in."""
        end = minute + SLOT
        found = [each for each in self.blocks if each.since < end and each.until > minute]
        hands = [each for each in found if not each.is_wait]
        return hands or found

    def is_away(self, minute: int) -> bool:
        """Is he away in a slot?"""
        return any(since < minute + SLOT and until > minute for since, until in self.away)


@dataclass(frozen=True, slots=True)
class Board:
    """A day: the first and the last minute that are shown, the columns, and who waits unplanned."""

    day: date
    first: int
    last: int
    columns: list[BoardColumn]
    waiting: list[Appointment]
    counts: dict[str, int]

    @property
    def slots(self) -> range:
        """The minutes at which rows begin."""
        return range(self.first, self.last, SLOT)


# A day of thirty staff is some hundred clients: read by kept texts, for it is read again and again.
_OF_DAY = RowStatement(Appointment, '"day" = ? ORDER BY "starts_at"')
_HELD = 'SELECT DISTINCT "appointment_id" FROM "hold" WHERE "appointment_id" IN (...)'
_LINES = (
    'SELECT l."appointment_id", l."stylist_id", g."name", l."is_asked", l."starts_at", '
    'l."hands_off_at", l."hands_on_at", l."ends_at" FROM "appointment_line" l '
    'JOIN "goods" g ON g."key" = l."goods_id" WHERE l."appointment_id" IN (...) '
    'ORDER BY l."position"'
)


def read_board(day: date) -> Board:
    """Read it: eight queries, however many serve and come."""
    rosters = Rosters(day)
    rows: list[Appointment] = _OF_DAY.found(day.isoformat())
    shown = {row.key: row for row in rows if row.state in (*LIVE, DONE)}
    held = {key for (key,) in rows_in(_HELD, list(shown))}
    columns, zone = _columns(day, rosters), store_zone()
    lines: dict[int, list[Any]] = {}
    for key, *line in rows_in(_LINES, list(shown)):
        lines.setdefault(key, []).append(line)
    for key, row in shown.items():
        for stylist, service, is_asked, *edges in lines.get(key, ()):
            column = columns.get(stylist)
            if column is not None and (key in held or row.state in (SERVING, DONE)):
                minutes = [minute_at(day, clock.from_micros(at), zone) for at in edges]
                column.blocks.extend(_blocks(row, service, minutes, is_asked=bool(is_asked)))
    first, last = _edges(rosters, columns)
    counts = dict.fromkeys((*LIVE, DONE, NO_SHOW, CANCELLED), 0)
    for row in rows:
        counts[row.state] += 1
    waiting = [row for row in shown.values() if row.state == ARRIVED and row.key not in held]
    return Board(day, first, last, list(columns.values()), waiting, counts)


def _columns(day: date, rosters: Rosters) -> dict[int, BoardColumn]:
    absent = away(instant_at(day, 0), instant_at(day, max(DAY, rosters.house.closes)))
    return {
        one.key: BoardColumn(
            one.key, one.number, one.name, one.grade.name, rosters.of(one.key),
            tuple(_span(day, each) for each in absent.get(one.key, ())),
        )
        for one in serving()
    }  # fmt: skip


def _span(day: date, absence: Absence) -> tuple[int, int]:
    return minute_at(day, absence.since), minute_at(day, absence.until)


def _blocks(
    row: Appointment, service: str, minutes: list[int], *, is_asked: bool
) -> list[BoardBlock]:  # fmt: skip
    start, off, on, end = minutes
    return [
        BoardBlock(
            since, until, row.key, row.name, service, row.state, is_wait, is_asked,
            bool(row.squeezed),
        )
        for since, until, is_wait in ((start, off, False), (off, on, True), (on, end, False))
        if since < until
    ]  # fmt: skip


def _edges(rosters: Rosters, columns: dict[int, BoardColumn]) -> tuple[int, int]:
    """From the first to the last hour of anything, in whole slots."""
    firsts = [rosters.house.opens] if rosters.house.spans else []
    lasts = [rosters.house.closes] if rosters.house.spans else []
    for column in columns.values():
        firsts += [each.since for each in column.blocks]
        lasts += [each.until for each in column.blocks]
    first = min(firsts, default=9 * 60) // SLOT * SLOT
    return first, max(first + SLOT, -(-max(lasts, default=21 * 60) // SLOT) * SLOT)


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """What is said of one appointment below the board."""

    appointment: Appointment
    services: tuple[tuple[str, str, bool, int, int], ...]
    things: tuple[str, ...]
    ticket: str
    bill: str
    deposit: Money


def about(key: int) -> AppointmentCard | None:
    """One appointment: each service with who does it, whether he was asked for, and its minutes;
    the things it takes; and what became of its bill.
    """
    found: Appointment | None = Appointment.get_or_none(Appointment.key == key)
    if found is None:
        return None
    lines = lines_by_appointment([key]).get(key, [])
    services = tuple(
        (
            line.goods.name, line.stylist.name if line.stylist else "", line.is_asked,
            minute_at(found.day, line.starts_at), minute_at(found.day, line.ends_at),
        )
        for line in lines
    )  # fmt: skip
    things = Thing.select().join(Hold).where(Hold.appointment == key).distinct()
    return AppointmentCard(
        found,
        services,
        tuple(sorted(one.name for one in things)),
        *ticket_of(found),
        deposit_of(found),
    )
