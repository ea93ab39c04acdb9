"""The board of a day (预约表): a column for each who serves, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

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
    AppointmentLine,
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


def read_board(day: date) -> Board:
    """Read it: eight queries, however many serve and come."""
    rosters = Rosters(day)
    rows = list(Appointment.select().where(Appointment.day == day).order_by(Appointment.starts_at))
    shown = [row for row in rows if row.state in (*LIVE, DONE)]
    lines = lines_by_appointment([row.key for row in shown])
    held = _held([row.key for row in shown])
    columns, zone = _columns(day, rosters), store_zone()
    for row in shown:
        for line in lines.get(row.key, ()):
            column = columns.get(line.stylist_id)
            is_held = row.key in held or row.state in (SERVING, DONE)
            if column is not None and is_held:
                column.blocks.extend(_blocks(row, line, zone))
    first, last = _edges(rosters, columns)
    counts = dict.fromkeys((*LIVE, DONE, NO_SHOW, CANCELLED), 0)
    for row in rows:
        counts[row.state] += 1
    waiting = [row for row in shown if row.state == ARRIVED and row.key not in held]
    return Board(day, first, last, list(columns.values()), waiting, counts)


def _held(keys: list[int]) -> set[int]:
    rows = Hold.select(Hold.appointment).where(Hold.appointment.in_(keys)).distinct()
    return {key for (key,) in rows.tuples()}


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


def _blocks(row: Appointment, line: AppointmentLine, zone: ZoneInfo) -> list[BoardBlock]:
    edges = (line.starts_at, line.hands_off_at, line.hands_on_at, line.ends_at)
    start, off, on, end = (minute_at(row.day, at, zone) for at in edges)
    return [
        BoardBlock(
            since, until, row.key, row.name, line.goods.name, row.state, is_wait, line.is_asked,
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
