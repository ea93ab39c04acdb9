"""A whole group at the desk (团队): its rooming list, everybody checked in, everybody out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base.fields import store_currency
from models.base.money import Money
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.hotel.charges.fees import leaving_price
from models.hotel.charges.services import service_of
from models.hotel.charges.windows import Foreseen, has_lines, shares_of, windows_of
from models.hotel.desk.arrivals import Guest, arrive
from models.hotel.desk.departures import (
    BalanceChanged,
    Review,
    leave,
    post_pending,
    require_back,
    review,
    settle,
)
from models.hotel.folios.deposits import apply_to_master, held
from models.hotel.folios.folio_payments import give_back, move_balance, ways_for
from models.hotel.folios.masters import master_of
from models.hotel.reservations.bookings import NameWanted, give_room, seen
from models.hotel.rooms.rooms import Room
from models.hotel.stays.proposing import ready_rooms
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Booking, Night, Stay, with_rooms
from models.ledger.folios import OPEN, Folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class NobodyOfGroup(Refusal):
    """Nobody of this group is expected today, or in the house."""


class GroupRoomsMissing(Refusal):
    """No room is ready for some of the group: nobody is checked in."""


class GroupOwes(Refusal):
    """Some of the group owe on their own accounts."""


class GroupHasCredit(Refusal):
    """Some of the group have money of their own left, which no master bears."""


@dataclass(frozen=True, slots=True)
class RoomingLine:
    """One room of a rooming list: who sleeps there, and the room that is fixed for it; both rows by
    key.
    """

    stay: int
    version: int
    name: str
    room: int | None


@operation(right="reserve")
def save_rooming_list(job: Job, booking: Booking, lines: Sequence[RoomingLine]) -> Booking:
    """Names and fixed rooms of a group's stays, all or none of them.

    Refuses: NameWanted, RecordChanged, RoomOfOtherType, RoomNotFree.
    """
    if not all(line.name.strip() for line in lines):
        raise NameWanted()
    changed = 0
    for line in lines:
        found = seen(Stay.get_by_id(line.stay), line.version)
        if found.name != line.name.strip():
            found.name, found.pinyin = line.name.strip()[:60], initials(line.name)[:60]
            found.version += 1
            found.save()
            changed += 1
        if found.state in EXPECTED and found.room_id != line.room:
            give_room(found, Room.get_by_id(line.room) if line.room else None)
            changed += 1
    job.note(booking=booking.number, changed=changed)
    return booking


def members(booking: Booking, *states: str) -> list[Stay]:
    """The stays of a booking in these states, by number."""
    found = Stay.select().where(Stay.booking == booking, Stay.state << states)
    return with_rooms(found.order_by(Stay.arrival, Stay.key))


def due_in(booking: Booking, day: date) -> list[Stay]:
    """Who of a group can be checked in on this date."""
    return [s for s in members(booking, *EXPECTED) if s.lasts(day)]


def rooms_for(stays: Sequence[Stay]) -> dict[int, Room]:
    """A room for each stay, its fixed one or the best that is ready. Refuses: GroupRoomsMissing."""
    given: dict[int, Room] = {stay.key: stay.room for stay in stays if stay.room is not None}
    taken = {room.key for room in given.values()}
    missing = []
    for stay in stays:
        if stay.key in given:
            continue
        nights = Night.select(Night.day).where(Night.stay == stay, Night.is_live)
        ready = ready_rooms(stay.room_type_id, [night.day for night in nights])
        free = [room for room in ready if room.key not in taken]
        if free:
            given[stay.key] = free[0]
            taken.add(free[0].key)
        else:
            missing.append(f"{stay.name} {stay.room_type.code}")
    if missing:
        raise GroupRoomsMissing(rooms=", ".join(missing))
    return given


@operation(right="check in")
def check_in_group(job: Job, booking: Booking, *, language: str = "") -> int:
    """Check in everybody of a group who is due, each into his fixed room or the best ready one; how
    many rooms.

    Refuses: NobodyOfGroup, GroupRoomsMissing, RoomNotReady, NeedsOverride.
    """
    due = due_in(booking, job.day)
    if not due:
        raise NobodyOfGroup(booking=booking.number)
    rooms = rooms_for(due)

    zero = Money(0, store_currency())
    for stay in due:
        arrive(
            job, stay, rooms[stay.key], [Guest(stay.name, person=stay.person)], limit=zero,
            deposit=(), language=language,
        )  # fmt: skip
    job.note(booking=booking.number, name=booking.name, rooms=len(due))
    return len(due)


@dataclass(frozen=True, slots=True)
class GroupReview:
    """A group before it leaves: each stay with its own review, the deposit that is held for it, and
    the master with what it comes to once everything is posted. With the last of the group
    (`settles`) the deposit is set against the master, and it is closed.
    """

    stays: tuple[tuple[Stay, Review], ...]
    master: Folio | None
    master_due: Money
    deposit: Money
    settles: bool

    @property
    def is_there(self) -> bool:
        """Whether there is somebody to leave, or a master that they left behind."""
        return bool(self.stays) or self.settles

    @property
    def owing(self) -> list[tuple[Stay, Money]]:
        """Whose own windows are not even."""
        return [(stay, due.balance) for stay, due in self.stays if due.balance]

    @property
    def credits(self) -> list[tuple[Stay, Money]]:
        """Who has money of his own left, which goes back to him before all leave."""
        return [(stay, due) for stay, due in self.owing if due.minor < 0]

    @property
    def fees(self) -> Money:
        """What leaving late or early costs them in all."""
        return Money.total((due.fee for _, due in self.stays), store_currency())

    @property
    def own(self) -> Money:
        """What the own windows come to in all."""
        return Money.total((due.balance for _, due in self.stays), store_currency())


def group_review(booking: Booking, day: date, *, waives_fee: bool = False) -> GroupReview:
    """What a check-out of the whole group on this business date would post and settle."""
    stays = members(booking, IN_HOUSE)
    master = master_of(Booking.get_by_id(booking.key))
    due, deposit = master.balance if master else Money(0, store_currency()), held(booking)
    is_open = master is not None and master.status == OPEN
    settles = is_open and not members(booking, *EXPECTED)
    if settles:
        due -= deposit
    reviews = tuple((stay, review(stay, day, waives_fee=waives_fee)) for stay in stays)
    for stay, leaving in reviews:
        foreseen: Foreseen = {}
        for code, amount, on in leaving.charges:
            for share in shares_of(stay, service_of(code), amount, on, foreseen=foreseen):
                if master is not None and share.folio == master.key:
                    due += share.amount
    return GroupReview(reviews, master, due, deposit, settles)


@operation(right="check out")
def check_out_group(
    job: Job, booking: Booking, *, shown: Money, account: Folio | None = None,
    takes_over: bool = False, waives_fee: str = "", language: str = "",
) -> int:  # fmt: skip
    """Check out everybody of a group who is in the house, and print every bill on which something
    stands. `shown` is what the clerk saw of the master, to which the deposit of the group belongs;
    what is left there goes to `account`. With `takes_over` the master bears what the members still
    owe. Where they left one by one, the master alone is settled.

    Refuses: NobodyOfGroup, BalanceChanged, GroupHasCredit, GroupOwes, PaymentsTaken,
    WindowNotSettled, and what charging an account refuses. How many rooms were given back.
    """
    before = group_review(booking, job.day, waives_fee=bool(waives_fee))
    if not before.is_there:
        raise NobodyOfGroup(booking=booking.number)
    if before.master_due != shown:
        raise BalanceChanged(shown=shown, balance=before.master_due)
    takes_over = takes_over and before.master is not None and before.master.status == OPEN
    if before.credits:
        raise GroupHasCredit(stays=_told(before.credits))
    if before.owing and not takes_over:
        raise GroupOwes(stays=_told(before.owing))
    waived = Money.total(
        (leaving_price(stay, job.day)[1] for stay, _ in before.stays), store_currency()
    )  # fmt: skip
    if waives_fee and waived:
        job.require("waive fee")

    for stay, due in before.stays:
        post_pending(job, stay, due.nights, waives_fee=bool(waives_fee))
        _settle_member(job, stay, before.master)
        leave(job, stay)
        if has_lines(stay.key):
            # The nights are on the master's bill: most have nothing of their own.
            add_job(job, "folio", subject=stay.key, language=language)
    if before.settles and before.master is not None:
        _settle_master(job, booking, before.master, account)
    if before.master is not None:
        add_job(job, "master", subject=booking.key, language=language)
    job.note(
        booking=booking.number, name=booking.name, rooms=len(before.stays), master=shown,
        waived=[str(waived), waives_fee] if waives_fee else None,
    )  # fmt: skip
    return len(before.stays)


def _settle_member(job: Job, stay: Stay, master: Folio | None) -> None:
    """Close the windows of one of a group; the master bears what is left of them."""
    for _, folio in windows_of(stay.key):
        if folio.status == OPEN:
            left = Folio.get_by_id(folio.key).balance
            if left and master is not None:
                move_balance(job, folio, master, left)
            settle(job, folio)


def _told(dues: Sequence[tuple[Stay, Money]]) -> str:
    return ", ".join(f"{_where(stay)} {due}" for stay, due in dues[:10])


def _where(stay: Stay) -> str:
    return f"{stay.room.number if stay.room else stay.number} {stay.name}"


def _settle_master(job: Job, booking: Booking, master: Folio, account: Folio | None) -> None:
    """Close the master behind the last of the group. Refuses: what `settle` refuses."""
    apply_to_master(job, booking, master)
    settle(job, master, account=account)


@operation(right="give refund")
def refund_master(
    job: Job, booking: Booking, payings: Sequence[Paying], *, shown: Money, waives_fee: str = "",
    language: str = "",
) -> list[int]:  # fmt: skip
    """Give back, below zero, what the last of a group have paid too much, its deposit among it, or
    a part of it; a document for each payment, whose keys these are. `shown` is what the clerk saw
    of the master.

    Refuses: NobodyOfGroup, BalanceChanged, and what `give_back` refuses.
    """
    before = group_review(booking, job.day, waives_fee=bool(waives_fee))
    if before.master is None or not before.settles:
        raise NobodyOfGroup(booking=booking.number)
    back = require_back(payings, due=before.master_due, shown=shown)
    if waives_fee:
        job.require("waive fee")

    apply_to_master(job, booking, before.master)
    made = give_back(job, before.master, payings, language=language)
    job.note(booking=booking.number, name=booking.name, amount=-back)
    return [int(document.key) for document in made]


def ways_of_master(booking: Booking, due: GroupReview) -> list[list[Paying]]:
    """The ways by which what a group has paid too much can go back."""
    assert due.master is not None
    return ways_for(due.master.key, -due.master_due, deposit=Booking.get_by_id(booking.key))
