"""Reports of the board: how much of the roster was booked, who did not come, who was at work, and
whom to remind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base import clock
from models.base.exact import divide
from models.base.hot import Statement
from models.base.words import word
from models.reports.report import (
    COUNT,
    DAY,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.salon.absences import away
from models.salon.appointments import (
    BOOKED,
    CANCELLED,
    NO_SHOW,
    STATE_WORDS,
    Appointment,
    Hold,
    lines_by_appointment,
)
from models.salon.hours import DAY as WHOLE_DAY
from models.salon.hours import hour_text, instant_at, minute_at
from models.salon.roster import Rosters, WorkDay, serving
from models.salon.rotation import CAME, LEFT, RotationMove, presences
from models.salon.stylists import Stylist
from models.selling.charges import STYLIST
from models.trust.scopes import Scope

RIGHT = "keep appointments"


def _days(period: Period) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds()) // 60)


def _seen(scope: Scope) -> list[Stylist]:
    return [one for one in serving() if scope.sees(one.user_id)]


@dataclass(slots=True)
class _Used:
    """One person's part of a period, in minutes and clients."""

    days: int = 0
    rostered: int = 0
    away: int = 0
    booked: int = 0
    unbooked: int = 0
    clients: int = 0
    missed: int = 0


def _used(period: Period, scope: Scope) -> Iterator[Rows]:
    people = _seen(scope)
    sums: dict[int, _Used] = {int(one.key): _Used() for one in people}
    for day in _days(period):
        _add_day(day, sums)
        yield []
    yield [
        (
            one.name, one.grade.name, found.days, found.rostered, found.away, found.booked,
            found.unbooked,
            f"{(found.booked + found.unbooked) * 100 // (found.rostered - found.away)}%"
            if found.rostered > found.away else "",
            found.clients, found.missed,
        )
        for one, found in ((one, sums[one.key]) for one in people)
    ]  # fmt: skip


def _add_day(day: date, sums: dict[int, _Used]) -> None:
    rosters = Rosters(day)
    since, until = instant_at(day, 0), instant_at(day, max(WHOLE_DAY, rosters.house.closes))
    absent = away(since, until)
    for key, found in sums.items():
        hours = rosters.of(key)
        found.days += bool(hours.spans)
        found.rostered += hours.minutes
        found.away += sum(_overlap(day, hours, one.since, one.until) for one in absent.get(key, ()))
    for key, worked in _UNBOOKED.rows(day.isoformat()):
        if key in sums:
            sums[key].unbooked += divide(int(worked), _WHOLE)
    clients: dict[int, set[int]] = {}
    rows = Hold.select(Hold, Appointment).join(Appointment).where(
        Appointment.day == day, Hold.stylist.is_null(False)
    )  # fmt: skip
    for hold in rows:
        if hold.stylist_id in sums:
            sums[hold.stylist_id].booked += _minutes(hold.since, hold.until)
            clients.setdefault(hold.stylist_id, set()).add(hold.appointment_id)
    for key, who in clients.items():
        sums[key].clients += len(who)
    missed = [
        row.key
        for row in Appointment.select().where(Appointment.day == day, Appointment.state == NO_SHOW)
    ]
    for lines in lines_by_appointment(missed).values():
        for key in {line.stylist_id for line in lines} & sums.keys():
            sums[key].missed += 1


# Nobody wrote down from when to when somebody worked on what was rung without the board: it is the
# minutes that the services take, of each his share; what is undone or comes back takes them off.
_UNBOOKED = Statement(
    'SELECT p."key", sum((v."minutes" + v."finish_minutes") * l."quantity" * s."share") '
    'FROM "document" d JOIN "charge_staff" s ON s."document_id" = d."key" '
    'JOIN "charge_line" l ON l."document_id" = d."key" AND l."line" = s."of_line" '
    'JOIN "salon_service" v ON v."key" = l."goods" JOIN "stylist" p ON p."user_id" = s."user" '
    f'WHERE d."day" = ? AND s."role" = \'{STYLIST}\' AND NOT EXISTS ('
    'SELECT 1 FROM "sale" a JOIN "appointment" b ON b."draft" = a."draft" '
    'WHERE a."document_id" = coalesce(d."reverses_id", d."key")) GROUP BY p."key"'
)
# Thousandths of a quantity, millionths of a share.
_WHOLE = 1_000 * 1_000_000


def _overlap(day: date, hours: WorkDay, since: datetime, until: datetime) -> int:
    return sum(
        _minutes(max(since, instant_at(day, first)), min(until, instant_at(day, last)))
        for first, last in hours.spans
    )


UTILISATION = ReportKind(
    "utilisation",
    word("How much of the roster was booked"),
    RIGHT,
    (
        Column(word("Stylist")),
        Column(word("Grade")),
        Column(word("Days on the roster"), COUNT, is_summed=True),
        Column(word("Rostered, min."), COUNT, is_summed=True),
        Column(word("Away, min."), COUNT, is_summed=True),
        Column(word("Booked, min."), COUNT, is_summed=True),
        Column(word("Without the board, min."), COUNT, is_summed=True),
        Column(word("Booked of it")),
        Column(word("Clients"), COUNT, is_summed=True),
        Column(word("Not come"), COUNT, is_summed=True),
    ),
    _used,
)


def _missed(period: Period, _: Scope) -> Iterator[Rows]:
    for day in _days(period):
        rows = list(
            Appointment.select()
            .where(Appointment.day == day, Appointment.state.in_((NO_SHOW, CANCELLED)))
            .order_by(Appointment.starts_at, Appointment.key)
        )
        lines = lines_by_appointment([row.key for row in rows])
        yield [
            (
                day, hour_text(minute_at(day, row.starts_at)), row.name, row.phone,
                " ".join(line.goods.name for line in lines.get(row.key, ())),
                STATE_WORDS[row.state], row.reason,
            )
            for row in rows
        ]  # fmt: skip


NO_SHOWS = ReportKind(
    "clients-missed",
    word("Who did not come or called off"),
    RIGHT,
    (
        Column(word("Day"), DAY),
        Column(word("Hour")),
        Column(word("Client")),
        Column(word("Phone")),
        Column(word("What for")),
        Column(word("State"), WORD),
        Column(word("Reason")),
    ),
    _missed,
)


def _calls(period: Period, _: Scope) -> Iterator[Rows]:
    """From the first day on, and a week beyond the last: who is called is booked ahead."""
    for day in _days(Period(period.first, period.last + timedelta(days=7))):
        rows = list(
            Appointment.select()
            .where(Appointment.day == day, Appointment.state == BOOKED)
            .order_by(Appointment.starts_at, Appointment.key)
        )
        lines = lines_by_appointment([row.key for row in rows])
        yield [
            (
                day, hour_text(minute_at(day, row.starts_at)), row.name, row.phone,
                " ".join(line.goods.name for line in lines.get(row.key, ())),
                " ".join(dict.fromkeys(
                    line.stylist.name for line in lines.get(row.key, ()) if line.stylist)),
                word("reminded") if row.called_at else word("to be called"),
            )
            for row in rows
        ]  # fmt: skip


TO_CALL = ReportKind(
    "to-remind",
    word("Whom to remind"),
    RIGHT,
    (
        Column(word("Day"), DAY),
        Column(word("Hour")),
        Column(word("Client")),
        Column(word("Phone")),
        Column(word("What for")),
        Column(word("By whom")),
        Column(word("Reminded"), WORD),
    ),
    _calls,
)


def _attended(period: Period, scope: Scope) -> Iterator[Rows]:
    for day in _days(period):
        here = {one.stylist_id: one for one in presences(day)}
        rosters, rows = Rosters(day), list[tuple[object, ...]]()
        absent = away(instant_at(day, 0), instant_at(day, WHOLE_DAY))
        for one in _seen(scope):
            found, hours = here.get(one.key), rosters.of(one.key)
            if not found and not hours.spans:
                continue
            worked = _worked(found.key, day) if found else 0
            came = minute_at(day, found.came_at) if found else None
            late = max(0, came - hours.opens) if came is not None and hours.spans else 0
            rows.append((
                day, one.name, _hours(hours), "" if came is None else hour_text(came),
                hour_text(minute_at(day, found.left_at)) if found and found.left_at else "",
                worked, late, max(0, worked - hours.minutes),
                word("away") if one.key in absent else word("absent") if not found else "",
            ))  # fmt: skip
        yield rows


def _hours(hours: WorkDay) -> str:
    return f"{hour_text(hours.opens)}-{hour_text(hours.closes)}" if hours.spans else ""


def _worked(presence: int, day: date) -> int:
    """Minutes between each coming and going; who has not gone yet is here until now."""
    total, since = 0, None
    rows = RotationMove.select().where(
        RotationMove.presence == presence, RotationMove.kind.in_((CAME, LEFT))
    )
    for move in rows.order_by(RotationMove.at, RotationMove.key):
        if move.kind == CAME:
            since = move.at
        elif since is not None:
            total, since = total + _minutes(since, move.at), None
    if since is not None:
        total += _minutes(since, min(clock.now(), instant_at(day, 2 * WHOLE_DAY)))
    return total


ATTENDANCE = ReportKind(
    "attendance",
    word("Attendance and overtime"),
    RIGHT,
    (
        Column(word("Day"), DAY),
        Column(word("Stylist")),
        Column(word("Roster")),
        Column(word("Came at")),
        Column(word("Gone")),
        Column(word("At work, min."), COUNT, is_summed=True),
        Column(word("Late, min."), COUNT, is_summed=True),
        Column(word("Overtime, min."), COUNT, is_summed=True),
        Column(word("Away"), WORD),
    ),
    _attended,
)


def _heads(period: Period, _: Scope) -> Iterator[Rows]:
    people = list(serving())
    for day in _days(period):
        rosters = Rosters(day)
        absent = away(instant_at(day, 0), instant_at(day, WHOLE_DAY))
        on = [one for one in people if rosters.of(one.key).spans]
        gone = [one for one in on if one.key in absent]
        here = {one.stylist_id for one in presences(day)}
        late = sum(
            minute_at(day, one.came_at) > rosters.of(one.stylist_id).opens
            for one in presences(day)
            if rosters.of(one.stylist_id).spans
        )
        yield [(day, len(on), len(people) - len(on), len(gone), len(here), late)]


HEADS = ReportKind(
    "roster-heads",
    word("Heads on the roster, by day"),
    "keep roster",
    (
        Column(word("Day"), DAY),
        Column(word("On the roster"), COUNT, is_summed=True),
        Column(word("Days off"), COUNT, is_summed=True),
        Column(word("Away"), COUNT, is_summed=True),
        Column(word("Came to work"), COUNT, is_summed=True),
        Column(word("Late"), COUNT, is_summed=True),
    ),
    _heads,
)
