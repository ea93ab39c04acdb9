"""A random house: what is done before and during stays, with a reckoning of its own beside it. The
departures, the nights and what always holds: test_hotel_machine.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
)

from models.base.hot import query
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.audit import audit
from models.hotel.charges import postings
from models.hotel.charges.fees import late_back
from models.hotel.charges.folio_lines import CHARGE, FolioLine, lines_of
from models.hotel.charges.services import LATE_CODE
from models.hotel.charges.windows import own_folio
from models.hotel.desk import moves
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.folios import deposits, transfers
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.reservations.bookings import reserve
from models.hotel.reservations.cancelling import (
    cancel_stay,
    reinstate_stay,
)
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import Stay
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Session, new_uid
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import house_day
from tests.stores import CARD, CASH, CNY, OPENED_AT, Shop

ROOMS = ("201", "202", "203", "204", "205", "301", "302", "303")

places = st.integers(0, 7)
# Whole yuan: cash is not rounded then.
sums = st.sampled_from([100, 1_000, 8_000, 32_000, 60_000])
reserved, in_house, departed, cancelled, missed = (
    "reserved", "in house", "departed", "cancelled", "no show",
)  # fmt: skip


def price(day: date) -> int:
    """320.00, and 420.00 for the nights of Friday and Saturday, in fen."""
    return 42_000 if day.weekday() in (4, 5) else 32_000


def money(minor: int) -> Money:
    return Money(minor, CNY)


def by_card(minor: int) -> Paying:
    return Paying(CARD, money(minor), reference="R7", last_four="4242")


@dataclass(slots=True)
class Kept:
    """What the reckoning knows of a stay."""

    key: int
    arrival: date
    departure: date
    state: str = reserved
    held: int = 0
    fee: int = 0
    left_on: date | None = None
    # When the hour of leaving was charged, and not voided.
    late_on: date | None = None
    posted: set[date] = field(default_factory=set)

    def pending(self, up_to: date) -> list[date]:
        """Nights that have come and are not posted."""
        days = [self.arrival + timedelta(n) for n in range((self.departure - self.arrival).days)]
        return [day for day in days if day <= up_to and day not in self.posted]


def stands() -> list[Any]:
    """What no refusal may change."""
    return [
        query(sql)[0]
        for sql in (
            'SELECT count(*), coalesce(sum("balance"), 0), count(DISTINCT "status") FROM "folio"',
            'SELECT count(*) FROM "document"',
            'SELECT count(*), coalesce(sum("version"), 0) FROM "stay"',
            'SELECT count(*), coalesce(sum(CASE WHEN "is_live" THEN 1 ELSE 0 END), 0) FROM "night"',
            'SELECT coalesce(sum("sold"), 0) FROM "room_day"',
            'SELECT count(*) FROM "print_job"',
        )
    ]


class RandomHouse(RuleBasedStateMachine):
    """A desk, a company's account, and at most some dozen stays."""

    def __init__(self, shop: Shop, clean_up: Callable[[], None]) -> None:
        super().__init__()
        shop.clock.at = OPENED_AT
        self.house, self.clean_up = furnish(shop), clean_up
        shop.open_shift(session=self.house.desk)
        self.company = open_folio(
            self.house.desk, kind=COMPANY, name="公司", limit=money(900_000), uid=new_uid()
        )
        self.stays: list[Kept] = []
        # What all accounts together come to, in fen.
        self.owed = 0
        # What the drawer of a shift that went over held at each close.
        self.over: dict[date, list[int]] = {}
        self.steps = 0

    @property
    def desk(self) -> Session:
        return self.house.desk

    @property
    def today(self) -> date:
        return house_day()

    def done(self, work: Callable[..., Any]) -> Any:
        """Do it; a refusal changes nothing, and a second try with the same uid neither. None when
        it is refused.
        """
        uid, before = new_uid(), stands()
        self.steps += 1
        try:
            result = work(uid=uid)
        except Refusal as refusal:
            assert stands() == before, refusal
            return None
        if self.steps % 5 == 0:
            after = stands()
            work(uid=uid)
            assert stands() == after
        return True if result is None else result

    def one(self, place: int, *states: str) -> Kept | None:
        """A stay in one of these states, where there is any."""
        found = [kept for kept in self.stays if kept.state in states]
        return found[place % len(found)] if found else None

    @staticmethod
    def row(kept: Kept) -> Stay:
        found: Stay = Stay.get_by_id(kept.key)
        return found

    @initialize()
    def begin(self) -> None:
        """One who lives there and two who are expected: most of what is done needs somebody."""
        for _ in range(3):
            self.reserve(0, 2, is_king=False)
        self.arrive(0, "201", 0)

    # --- before arrival

    @rule(ahead=st.integers(0, 2), nights=st.integers(1, 3), is_king=st.booleans())
    def reserve(self, ahead: int, nights: int, is_king: bool) -> None:
        arrival = self.today + timedelta(days=ahead)
        until = arrival + timedelta(days=nights)
        kind = self.house.king if is_king else self.house.twin
        wish = self.house.wish(arrival, until, kind=kind)
        name = f"客人{len(self.stays)}"
        booking = self.done(lambda uid: reserve(self.desk, [wish], name=name, uid=uid))
        if booking:
            self.stays.append(Kept(Stay.get(Stay.booking == booking).key, arrival, until))

    @rule(place=places, minor=sums)
    def deposit(self, place: int, minor: int) -> None:
        kept = self.one(place, reserved)
        if kept is None:
            return
        booking, paying = self.row(kept).booking, Paying(CASH, money(minor))
        if self.done(lambda uid: deposits.take_deposit(self.desk, booking, [paying], uid=uid)):
            kept.held += minor
            self.owed -= minor

    @rule(place=places, again=st.booleans())
    def cancel(self, place: int, again: bool) -> None:
        kept = self.one(place, cancelled if again else reserved)
        if kept is None:
            return
        stay = self.row(kept)
        if again:
            work = lambda uid: reinstate_stay(self.desk, stay, version=stay.version, uid=uid)  # noqa: E731
        else:
            work = lambda uid: cancel_stay(  # noqa: E731
                self.desk, stay, version=stay.version, reason="x", uid=uid
            )
        if self.done(work):
            kept.state = reserved if again else cancelled

    @rule(place=places)
    def no_show(self, place: int) -> None:
        kept = self.one(place, reserved)
        if kept is not None:
            self._no_show(kept)

    def _no_show(self, kept: Kept) -> None:
        stay = self.row(kept)
        if self.done(
            lambda uid: audit.mark_no_show(self.desk, stay, version=stay.version, uid=uid)
        ):
            kept.fee = min(price(kept.arrival), kept.held)
            kept.held -= kept.fee
            self.owed += kept.fee
            kept.state = missed

    @rule(place=places)
    def comes_after_all(self, place: int) -> None:
        kept = self.one(place, missed)
        if kept is None:
            return
        stay = self.row(kept)
        work = audit.reinstate_no_show
        if self.done(lambda uid: work(self.desk, stay, version=stay.version, uid=uid)):
            self.owed -= kept.fee
            kept.held, kept.fee, kept.state = kept.held + kept.fee, 0, reserved

    # --- in the house

    @rule(place=places, room=st.sampled_from(ROOMS), minor=st.sampled_from([0, 0, 50_000]))
    def arrive(self, place: int, room: str, minor: int) -> None:
        kept = self.one(place, reserved)
        if kept is None:
            return
        stay, into = self.row(kept), self.house.room(room)
        work = lambda uid: check_in(  # noqa: E731
            self.desk, stay, [Guest(stay.name)], version=stay.version, room=into,
            credit_limit=money(100_000), deposit=[by_card(minor)] if minor else (), uid=uid,
        )  # fmt: skip
        if self.done(work):
            kept.state, kept.held = in_house, 0
            self.owed -= minor

    @rule(place=places, minor=sums, code=st.sampled_from(["2000", "4000"]))
    def post(self, place: int, minor: int, code: str) -> None:
        kept = self.one(place, in_house)
        if kept is None:
            return
        stay, amount = self.row(kept), money(minor)
        if self.done(lambda uid: postings.post_charge(self.desk, stay, code, amount, uid=uid)):
            self.owed += minor

    @rule(place=places, room=st.sampled_from(ROOMS), is_free=st.booleans())
    def move(self, place: int, room: str, is_free: bool) -> None:
        kept = self.one(place, in_house)
        if kept is None:
            return
        stay, into = self.row(kept), self.house.room(room)
        self.done(
            lambda uid: moves.move_guest(
                self.desk, stay, into, version=stay.version, reason="x", is_free=is_free, uid=uid
            )
        )

    @rule(place=places, other=places, is_free=st.booleans())
    def swap(self, place: int, other: int, is_free: bool) -> None:
        one, two = self.one(place, in_house), self.one(other, in_house)
        if one is None or two is None:
            return
        stay, his = self.row(one), self.row(two)
        self.done(
            lambda uid: moves.swap_guests(
                self.desk, stay, his, version=stay.version, other_version=his.version, reason="x",
                is_free=is_free, uid=uid,
            )
        )  # fmt: skip

    @rule(place=places, nights=st.integers(-2, 2), later=st.integers(0, 1))
    def change(self, place: int, nights: int, later: int) -> None:
        """Longer, shorter, or other days."""
        kept = self.one(place, reserved, in_house)
        if kept is not None:
            moved = later if kept.state == reserved else 0
            self._change(
                kept, kept.arrival + timedelta(moved), kept.departure + timedelta(nights + moved)
            )

    def _change(self, kept: Kept, arrival: date, departure: date) -> None:
        stay = self.row(kept)
        work = lambda uid: change_stay(  # noqa: E731
            self.desk, stay, version=stay.version, arrival=arrival, departure=departure, uid=uid
        )
        # Who stays on has back what is left of the late hour, on whichever account that is open.
        back = late_back(stay, departure)
        if self.done(work):
            kept.arrival, kept.departure = arrival, departure
            self.owed -= sum(left.minor for _, left in back)
            kept.late_on = None if back else kept.late_on

    @rule(place=places, minor=sums, is_cash=st.booleans())
    def pay(self, place: int, minor: int, is_cash: bool) -> None:
        kept = self.one(place, in_house)
        if kept is None:
            return
        folio = own_folio(kept.key)
        paying = Paying(CASH, money(minor)) if is_cash else by_card(minor)
        work = lambda uid: pay_folio(self.desk, folio, [paying], stay=kept.key, uid=uid)  # noqa: E731
        if self.done(work):
            self.owed -= minor

    # --- putting right

    def _line(self, place: int, line: int) -> FolioLine | None:
        kept = self.one(place, in_house)
        lines = lines_of(own_folio(kept.key).key) if kept else []
        return lines[line % len(lines)] if lines else None

    @rule(place=places, at=places)
    def void(self, place: int, at: int) -> None:
        line = self._line(place, at)
        if line is None:
            return
        if self.done(lambda uid: postings.void_charge(self.desk, line, reason="x", uid=uid)):
            self.owed -= line.amount.minor
            for kept in self.stays:
                if kept.key == line.stay and (line.kind, line.code) == (CHARGE, LATE_CODE):
                    kept.late_on = None

    @rule(place=places, at=places, minor=sums)
    def let_off(self, place: int, at: int, minor: int) -> None:
        line, amount = self._line(place, at), money(minor)
        if line is None:
            return
        work = lambda uid: postings.adjust_line(self.desk, line, amount, reason="x", uid=uid)  # noqa: E731
        if self.done(work):
            self.owed -= minor

    @rule(place=places, at=places, other=st.integers(0, 7), part=st.sampled_from([None, 100, 333]))
    def transfer(self, place: int, at: int, other: int, part: int | None) -> None:
        """A line, or a part of it, to another guest or the company."""
        line, guest = self._line(place, at), self.one(other, in_house)
        if line is None:
            return
        to = own_folio(guest.key) if guest and other % 2 else self.company
        if part is None:
            self.done(lambda uid: transfers.transfer_lines(self.desk, [line], to, uid=uid))
        else:
            amount = money(part)
            self.done(lambda uid: transfers.split_line(self.desk, line, amount, to=to, uid=uid))
