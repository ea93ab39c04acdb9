"""Who and what is free: the guard of the board. Every appointment is planned here before it is
stored, and a plan that stands is what is held.

People are guarded while hands are on the client, things from start to end. Whoever may can squeeze
a client in over a person's time, with the reason; a thing is never in use twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from models.base.refusals import Refusal
from models.salon.absences import away
from models.salon.appointments import Appointment, AppointmentLine, Hold
from models.salon.hours import DAY, hour_text, instant_at, minute_at
from models.salon.roster import Rosters, can_do, serving
from models.salon.services import SalonService
from models.salon.stylists import Stylist
from models.salon.things import Thing
from models.trust.records import LinkUnknown


class StaffTaken(Refusal):
    """Whoever is asked for has another client then."""

    about = ("at",)


class StaffAway(Refusal):
    """Whoever is asked for is away then."""

    about = ("at",)


class OutsideHours(Refusal):
    """It begins before work does, or ends after it."""

    about = ("at",)


class OnBreak(Refusal):
    """It runs over the break."""

    about = ("at",)


class SkillMissing(Refusal):
    """Whoever is asked for cannot do that service."""


class NobodyFree(Refusal):
    """Of those who can do it nobody is free then."""

    about = ("at",)


class ThingTaken(Refusal):
    """All things of a kind that the service needs are in use; nobody squeezes over that."""

    about = ("at",)


class ThingUnknown(Refusal):
    """A service needs a kind of thing of which the salon has none."""


class NotBookable(Refusal):
    """What is booked is a service, with a time that it takes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One service that is asked for. `stylist` None: whoever is free, of a `grade` where one is
    said. `minute` is when it begins, None: when the one before ends.
    """

    goods: int
    stylist: int | None = None
    is_asked: bool = False
    minute: int | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class TakenTime:
    """A stretch of time that a plan takes of a person or a thing."""

    since: datetime
    until: datetime
    stylist: int | None = None
    thing: int | None = None
    is_squeezed: bool = False
    client: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a plan, and what it holds."""

    goods: int
    stylist: int | None
    is_asked: bool
    starts_at: datetime
    hands_off_at: datetime
    hands_on_at: datetime
    ends_at: datetime
    holds: tuple[TakenTime, ...] = ()
    grade: int | None = None
    is_by_turn: bool = False

    @property
    def hands(self) -> list[tuple[datetime, datetime]]:
        """When hands are on it."""
        return hands_of(self)


def timed(service: SalonService, wish: Wish, at: datetime) -> Planned:
    """A service from an instant on, which holds nobody yet."""
    off = at + timedelta(minutes=service.minutes)
    on = off + timedelta(minutes=service.wait_minutes)
    end = on + timedelta(minutes=service.finish_minutes)
    return Planned(wish.goods, wish.stylist, wish.is_asked, at, off, on, end, grade=wish.grade)


def hands_of(line: Planned | AppointmentLine) -> list[tuple[datetime, datetime]]:
    """When hands are on a line: before the wait, and after it."""
    both = [(line.starts_at, line.hands_off_at), (line.hands_on_at, line.ends_at)]
    return [span for span in both if span[0] < span[1]]


@dataclass
class Guard:
    """What is known of a day while an appointment is planned on it. `but` is the appointment whose
    own time is no conflict; `squeezes` lets it lie over a person's time. `order` is whose turn it
    is, where nobody is asked for; without one it is whoever has least to do.
    """

    day: date
    but: int | None = None
    squeezes: bool = False
    order: Sequence[int] | None = None
    has_squeezed: bool = False
    _own: list[TakenTime] = field(default_factory=list)

    @cached_property
    def rosters(self) -> Rosters:
        return Rosters(self.day)

    @cached_property
    def staff(self) -> dict[int, Stylist]:
        return {one.key: one for one in serving()}

    def plan(self, wishes: Sequence[Wish], minute: int) -> list[Planned]:
        """The lines of an appointment that begins at a minute of the day.

        Refuses: NotBookable, StaffTaken, StaffAway, OutsideHours, OnBreak, SkillMissing,
        NobodyFree, ThingTaken, ThingUnknown, LinkUnknown.
        """
        at, found = instant_at(self.day, minute), list[Planned]()
        for wish in wishes:
            if wish.minute is not None:
                at = instant_at(self.day, self.rosters.minute_of(wish.minute))
            line = self._line(wish, at)
            found.append(line)
            self._own += line.holds
            at = line.ends_at
        return found

    def _line(self, wish: Wish, at: datetime) -> Planned:
        service: SalonService | None = SalonService.get_or_none(SalonService.key == wish.goods)
        if service is None or not service.minutes:
            raise NotBookable(field="goods")
        line = timed(service, wish, at)
        stylist, squeezed = self._person(wish, service, line)
        holds = [
            TakenTime(since, until, stylist=stylist, is_squeezed=squeezed)
            for since, until in line.hands
        ]
        things = self._things(service, at, line.ends_at)
        holds += [TakenTime(at, line.ends_at, thing=thing) for thing in things]
        is_by_turn = wish.stylist is None and self.order is not None
        return replace(line, stylist=stylist, holds=tuple(holds), is_by_turn=is_by_turn)

    # People.

    def _person(self, wish: Wish, service: SalonService, line: Planned) -> tuple[int, bool]:
        """Who does it, and whether it is squeezed into his time."""
        if wish.stylist is None:
            return self._anybody(wish, service, line), False
        stylist = self.staff.get(wish.stylist)
        if stylist is None:
            raise LinkUnknown(field="stylist")
        if not can_do(stylist, service.skill):
            raise SkillMissing(name=stylist.name, skill=service.skill)
        try:
            self.require_free(stylist, line.hands)
        except (StaffTaken, OutsideHours, OnBreak):
            if not self.squeezes:
                raise
            self.has_squeezed = True
            return stylist.key, True
        return stylist.key, False

    def _anybody(self, wish: Wish, service: SalonService, line: Planned) -> int:
        """Whoever is free and has the next turn, or least to do on that day. Who is passed over
        because he cannot do it, or not so long, keeps his place.
        """
        keys = self.staff.keys() if self.order is None else self.order
        free = [
            stylist
            for stylist in (self.staff[key] for key in keys if key in self.staff)
            if wish.grade in (None, stylist.grade_id)
            and can_do(stylist, service.skill)
            and self.is_free(stylist, line.hands)
        ]
        if not free:
            raise NobodyFree(
                at=_hour(self.day, line.starts_at), until=_hour(self.day, line.ends_at)
            )
        if self.order is not None:
            return free[0].key
        load = self._load()
        return min(free, key=lambda one: (load.get(one.key, 0), one.number)).key

    def _load(self) -> dict[int, int]:
        first, last = instant_at(self.day, 0), instant_at(self.day, DAY)
        load: dict[int, int] = {}
        for hold in self.holds(first, last):
            if hold.stylist is not None:
                seconds = (hold.until - hold.since).seconds
                load[hold.stylist] = load.get(hold.stylist, 0) + seconds
        return load

    def is_free(self, stylist: Stylist, hands: Iterable[tuple[datetime, datetime]]) -> bool:
        """Could he do it in these stretches of time?"""
        try:
            self.require_free(stylist, hands)
        except (StaffTaken, StaffAway, OutsideHours, OnBreak):
            return False
        return True

    def require_free(self, stylist: Stylist, hands: Iterable[tuple[datetime, datetime]]) -> None:
        """Refuses: StaffTaken, StaffAway, OutsideHours, OnBreak."""
        for since, until in hands:
            # Away is said first: it is what nobody squeezes over.
            for absence in away(since, until).get(stylist.key, ()):
                raise StaffAway(
                    name=stylist.name, since=_hour(self.day, absence.since),
                    until=_hour(self.day, absence.until),
                )  # fmt: skip
        for since, until in hands:
            self._require_hours(stylist, since, until)
            for held in self.holds(since, until):
                if held.stylist == stylist.key:
                    raise StaffTaken(
                        name=stylist.name, since=_hour(self.day, held.since),
                        until=_hour(self.day, held.until), client=held.client,
                    )  # fmt: skip

    def _require_hours(self, stylist: Stylist, since: datetime, until: datetime) -> None:
        hours = self.rosters.of(stylist.key)
        pause = hours.pause
        if pause and _within(self.day, pause, since, until):
            raise OnBreak(
                name=stylist.name, since=hour_text(pause[0]), until=hour_text(pause[1]),
                end=_hour(self.day, until),
            )  # fmt: skip
        if not any(
            instant_at(self.day, first) <= since and until <= instant_at(self.day, last)
            for first, last in hours.spans
        ):
            raise OutsideHours(
                name=stylist.name, since=hour_text(hours.opens), until=hour_text(hours.closes),
                begin=_hour(self.day, since), end=_hour(self.day, until),
            )  # fmt: skip

    # Things.

    def _things(self, service: SalonService, since: datetime, until: datetime) -> list[int]:
        """A free thing of each kind that a service needs; the one that the client has already
        before others.
        """
        found: list[int] = []
        here = [held.thing for held in self._own if held.thing is not None]
        for kind in service.needs.split():
            things = list(
                Thing.select()
                .where(Thing.sort == kind, Thing.is_active)
                .order_by(Thing.position, Thing.name)
            )
            if not things:
                raise ThingUnknown(kind=kind)
            taken = self._taken(since, until)
            free = [one.key for one in things if one.key not in taken and one.key not in found]
            if not free:
                ends = [taken.get(one.key, until) for one in things]
                raise ThingTaken(
                    kind=kind, count=len(things), at=_hour(self.day, since),
                    until=_hour(self.day, min(ends)),
                )  # fmt: skip
            found.append(next((key for key in reversed(here) if key in free), free[0]))
        return found

    def _taken(self, since: datetime, until: datetime) -> dict[int, datetime]:
        """Which things are in use, and until when."""
        found: dict[int, datetime] = {}
        for held in self.holds(since, until):
            if held.thing is not None:
                found[held.thing] = max(held.until, found.get(held.thing, held.until))
        return found

    def holds(self, since: datetime, until: datetime) -> list[TakenTime]:
        """What is taken in a stretch of time, by others and by this plan."""
        rows = (
            Hold.select(Hold, Appointment)
            .join(Appointment)
            # Nothing lasts two days: older ones are not looked at.
            .where(Hold.until > since, Hold.since < until, Hold.since > since - timedelta(days=2))
        )
        others = [_held(row) for row in rows.order_by(Hold.since) if row.appointment_id != self.but]
        own = [held for held in self._own if held.since < until and held.until > since]
        return others + own


def _held(row: Hold) -> TakenTime:
    return TakenTime(
        row.since, row.until, row.stylist_id, row.thing_id, row.is_squeezed, row.appointment.name
    )


def _within(day: date, span: tuple[int, int], since: datetime, until: datetime) -> bool:
    return since < instant_at(day, span[1]) and until > instant_at(day, span[0])


def _hour(day: date, instant: datetime) -> str:
    return hour_text(minute_at(day, instant))
