"""The real bookings of a hotel, night after night, through what the desk does.

    python -m tests.replay FILE             every night, with the figures of each
    python -m tests.replay FILE --nights 3  the first three

The file has the columns of data/hotel-bookings. What was booked before the first night comes in by
the import, what is booked later is reserved on its day; bookings are cancelled on the day on which
they were, guests come, are given rooms of the type that they were given, leave and pay, and each
night is audited and proved. Nothing knows more than was known that night, and no work takes a date
that is past.

Made up, because the file has none of it: names, room numbers, and so many rooms of each type that
none of its bookings is refused. Who left at once, by his status, and was still charged all nights
(three rows) stays for them, as the sums of the source have it.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from models import store
from models.base import clock
from models.base.money import Money
from models.hotel.audit.audit import mark_no_show, next_block, post_nights
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.desk.departures import check_out, review
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.reservations.bookings import (
    RoomWish,
    reserve,
)
from models.hotel.reservations.bookings_import import BOOKINGS
from models.hotel.reservations.cancelling import (
    cancel_stay,
)
from models.hotel.rooms.rates import DAY_USE, FREE, PAID, Party, RatePlan, save_plan, save_price
from models.hotel.rooms.rooms import CLEAN, DIRTY, Room, RoomType
from models.hotel.rooms.rooms_import import ROOMS
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.proposing import ready_rooms
from models.hotel.stays.stays import IN_HOUSE, Booking, Stay
from models.imports.import_kind import ImportKind
from models.imports.import_plan import plan_import
from models.imports.imports import Progress, run_import
from models.ledger.daily.days import close_day, close_uid
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.sheets.sheets import read_sheet
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.stores import CARD, CNY, PASSWORD, Shop, Ticking

# What the sources calls its states.
STAYED, CANCELLED, MISSED = "Check-Out", "Canceled", "No-Show"
PLANS = {PAID: "BAR", FREE: "COMP", DAY_USE: "DAY"}
LIST_PRICE = Money(10_000, CNY)
MORNING, EVENING = time(1), time(15)  # nine and 23 o'clock in Shanghai
CHILD, BABY = 8, 1


@dataclass(frozen=True, slots=True)
class Booked:
    """One row: what was booked, and what became of it on `status_day`."""

    number: str
    made: date
    arrival: date
    nights: int
    adults: int
    ages: tuple[int, ...]
    price: Money
    booked_type: str
    given_type: str
    segment: str
    channel: str
    guarantee: str
    status: str
    status_day: date

    @property
    def departure(self) -> date:
        return self.arrival + timedelta(days=self.nights)

    @property
    def use(self) -> str:
        return DAY_USE if not self.nights else PAID if self.price else FREE

    @property
    def name(self) -> str:
        return f"客人 {self.number}"

    @property
    def party(self) -> Party:
        return Party(self.adults, self.ages)


def read_bookings(path: Path) -> list[Booked]:
    """The rows of a file, numbered in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_booked(n, row) for n, row in enumerate(csv.DictReader(file), 1)]


def _booked(number: int, row: dict[str, str]) -> Booked:
    arrival = date.fromisoformat(row["arrival_date"])
    return Booked(
        f"R{number:05d}", arrival - timedelta(days=int(row["lead_time"])), arrival,
        int(row["nights"]), max(1, int(row["adults"])),
        (CHILD,) * int(row["children"]) + (BABY,) * int(row["babies"]),
        Money.parse(row["adr"], CNY), row["reserved_room_type"], row["assigned_room_type"],
        row["market_segment"], row["distribution_channel"], row["deposit_type"],
        row["reservation_status"], date.fromisoformat(row["reservation_status_date"]),
    )  # fmt: skip


def rooms_needed(bookings: Sequence[Booked]) -> dict[str, int]:
    """So many rooms of each type that no booking of it, and no room that was given, is refused."""
    taken: Counter[tuple[str, date]] = Counter()
    for one in bookings:
        days = [one.arrival + timedelta(days=n) for n in range(max(1, one.nights))]
        for kind in {one.booked_type, one.given_type}:
            taken.update((kind, day) for day in days)
    most: dict[str, int] = {}
    for (kind, _), count in taken.items():
        most[kind] = max(most.get(kind, 0), count)
    return dict(sorted(most.items()))


@dataclass(slots=True)
class Replay:
    """The house and its bookings; `play` goes through the nights."""

    shop: Shop
    folder: Path
    bookings: list[Booked]
    # The numbers that the desk drew for what was reserved there, by those of the file.
    drawn: dict[str, str] = field(default_factory=dict)

    @property
    def desk(self) -> Session:
        return self.shop.owner

    def play(self) -> Iterator[DayFigures]:
        """Every night until the last guest has left; its figures, after it was closed and proved.

        Raises AssertionError where the books do not prove.
        """
        first = min(one.arrival for one in self.bookings)
        last = max((one.departure for one in self.bookings if one.status == STAYED), default=first)
        known = [one for one in self.bookings if one.made <= first]
        came = self.load(BOOKINGS, "bookings.csv", HEADS, [row(one) for one in known])
        assert (came.new, came.refused) == (len(known), 0), came
        later = _by(self.bookings, lambda one: one.made)
        gone = _by(
            (one for one in self.bookings if one.status == CANCELLED),
            lambda one: max(first, one.made, min(one.status_day, one.arrival)),
        )
        coming = _by(self.bookings, lambda one: one.arrival)
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            self._at(day, MORNING)
            self.shop.open_shift(session=self.desk)
            for one in later.get(day, ()) if day > first else ():
                self._reserve(one)
            for one in gone.get(day, ()):
                stay = self._stay_of(one)
                cancel_stay(self.desk, stay, version=stay.version, reason="取消", uid=new_uid())
            yield self._night(day, coming.get(day, []))

    def load(
        self, kind: ImportKind, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> Progress:
        """Import rows as a file; how it ended."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *rows])
        steps = list(run_import(self.desk, plan_import(kind, read_sheet(path))))
        for step in steps:
            for problem in step.problems[:3]:
                print(problem, file=sys.stderr)
        return steps[-1]

    def _at(self, day: date, hour: time) -> None:
        self.shop.clock.at = datetime.combine(day, hour, UTC)

    def _reserve(self, one: Booked) -> None:
        wish = RoomWish(
            RoomType.get(RoomType.code == one.booked_type).key, one.arrival, one.departure,
            RatePlan.get(RatePlan.code == PLANS[one.use]).key, one.party,
            prices=(one.price,) * max(1, one.nights),
        )  # fmt: skip
        booking = reserve(
            self.desk, [wish], name=one.name, segment=one.segment, source=one.channel, uid=new_uid()
        )
        self.drawn[one.number] = booking.number

    def _night(self, day: date, coming: Sequence[Booked]) -> DayFigures:
        for stay in Stay.select().where(Stay.state == IN_HOUSE, Stay.departure == day):
            self._leave(stay, day)
        dirty = [room.key for room in Room.select().where(Room.care == DIRTY)]
        set_care(self.desk, dirty, CLEAN, uid=new_uid())
        for one in coming:
            if one.status == STAYED:
                self._arrive(one)
        for one in coming:
            if one.status == STAYED and not one.nights:
                self._leave(self._stay_of(one), day)
        self._at(day, EVENING)
        for one in coming:
            if one.status == MISSED:
                stay = self._stay_of(one)
                nothing = Money(0, CNY)
                mark_no_show(self.desk, stay, version=stay.version, fee=nothing, uid=new_uid())
        self.shop.close_shift(self.desk)
        self.audit(day)
        found = verify()
        assert not found, (day, found[:5])
        figures: DayFigures = DayFigures.get_by_id(day)
        return figures

    def audit(self, day: date) -> None:
        """The nights block by block, then the close; broken off, it is called again."""
        while block := next_block(day):
            post_nights(self.desk, block, uid=new_uid())
        close_day(self.desk, next_day=day + timedelta(days=1), uid=close_uid(day))

    def _arrive(self, one: Booked) -> None:
        stay = self._stay_of(one)
        days = [one.arrival + timedelta(days=n) for n in range(max(1, one.nights))]
        room = ready_rooms(RoomType.get(RoomType.code == one.given_type).key, days)[0]
        check_in(self.desk, stay, [Guest(one.name)], version=stay.version, room=room, uid=new_uid())

    def _leave(self, stay: Stay, day: date) -> None:
        due = review(stay, day).balance
        if due:
            card = Paying(CARD, due, reference=stay.number, last_four="4242")
            pay_folio(self.desk, own_folio(stay.key), [card], stay=stay.key, uid=new_uid())
        nothing = Money(0, CNY)
        check_out(self.desk, stay, version=stay.version, shown=nothing, uid=new_uid())

    def _stay_of(self, one: Booked) -> Stay:
        booking = Booking.get(Booking.number == self.drawn.get(one.number, one.number))
        stay: Stay = Stay.get(Stay.booking == booking)
        return stay


def _by(bookings: Any, day_of: Any) -> dict[date, list[Booked]]:
    found: dict[date, list[Booked]] = defaultdict(list)
    for one in bookings:
        found[day_of(one)].append(one)
    return found


HEADS = (
    "number", "name", "arrival", "nights", "room_type", "plan", "adults", "children", "price",
    "guarantee", "segment", "source",
)  # fmt: skip
_GUARANTEES = {"No Deposit": "none", "Non Refund": "deposit", "Refundable": "deposit"}


def row(one: Booked) -> tuple[Any, ...]:
    return (
        one.number, one.name, one.arrival, one.nights, one.booked_type, PLANS[one.use],
        one.adults, " ".join(map(str, one.ages)), one.price, _GUARANTEES[one.guarantee],
        one.segment, one.channel,
    )  # fmt: skip


def furnish(folder: Path, bookings: list[Booked]) -> Replay:
    """Found a house that takes these bookings and open it; the clock stands on the first day."""
    first = min(one.arrival for one in bookings)
    url, keys = f"sqlite:///{folder / 'store.db'}", folder / "keys"
    store.found_store(
        url, keys,
        Founding(
            name="海边酒店", owner_login="owner", owner_name="王店主", owner_password=PASSWORD,
            first_day=first, trades=("shop", "hotel"), tax_percent="0",
        ),
    )  # fmt: skip
    ticking = Ticking(datetime.combine(first, MORNING, UTC))
    shop = Shop(url, keys, ticking, users={"owner": User.get(User.login == "owner").key})
    made = Replay(shop, folder, bookings)
    heads = ("房号", "房型", "房型名称", "最多人数")
    rows = [
        (f"{kind}{number:03d}", kind, f"房型 {kind}", 12)
        for kind, count in rooms_needed(bookings).items()
        for number in range(1, count + 1)
    ]
    assert made.load(ROOMS, "rooms.csv", heads, rows).refused == 0
    _price(shop.owner, first)
    return made


def _price(owner: Session, first: date) -> None:
    for use, code in PLANS.items():
        plan = save_plan(owner, None, version=0, code=code, name=code, use=use, uid=new_uid())
        if use == FREE:
            continue
        price = LIST_PRICE if use == PAID else Money(0, CNY)
        for kind in RoomType.select():
            save_price(
                owner, None, version=0, plan=plan, room_type=kind, first=first,
                last=first + timedelta(days=800), price=price, uid=new_uid(),
            )  # fmt: skip


def replayed(folder: Path, bookings: list[Booked]) -> Generator[DayFigures, None, None]:
    """Found the house and play all its nights; the store is closed afterwards."""
    first = min(one.arrival for one in bookings)
    with clock.use(Ticking(datetime.combine(first, MORNING, UTC))):
        made = furnish(folder, bookings)
        with clock.use(made.shop.clock):
            try:
                yield from made.play()
            finally:
                store.close_store()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--nights", type=int, default=10_000)
    asked = parser.parse_args()
    bookings = read_bookings(asked.file)
    sold, revenue = 0, Money(0, CNY)
    with tempfile.TemporaryDirectory() as folder:
        for number, night in enumerate(replayed(Path(folder), bookings), 1):
            rooms = night.sold + night.free
            sold, revenue = sold + rooms, revenue + night.room_revenue
            print(
                f"{night.day}  arrived {night.arrivals:3}  left {night.departures:3}  "
                f"rooms {rooms:4}  revenue {night.room_revenue}",
                flush=True,
            )
            if number == asked.nights:
                break
    print(f"room nights {sold:,}, revenue {revenue}")


if __name__ == "__main__":
    main()
