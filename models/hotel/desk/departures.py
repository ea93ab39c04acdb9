"""Check-out (结账离开): what is still to be posted, the windows settled, the room given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.fees import charge_fee, fee_total, leaving_price
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.nights import night_charges, night_code, pending_nights, post_night
from models.hotel.charges.package_items import settle_packages
from models.hotel.charges.postings import charge_stay
from models.hotel.charges.services import Service, service_of
from models.hotel.charges.windows import Foreseen, Share, next_window, shares_of, windows_of
from models.hotel.folios.disputes import disputed_lines, require_undisputed
from models.hotel.folios.folio_payments import give_back, to_account
from models.hotel.folios.masters import master_of
from models.hotel.reservations.bookings import (
    go,
    let_go,
    seen,
)
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import BY_DAY
from models.hotel.rooms.rooms import DIRTY, Room
from models.hotel.stays.free_rooms import (
    RoomNotFree,
    taken_days,
)
from models.hotel.stays.sharing import hand_over
from models.hotel.stays.stays import DEPARTED, IN_HOUSE, Night, Stay, StayMoved, counted
from models.ledger.debts.account_payments import require_none_begun
from models.ledger.documents import Document
from models.ledger.folios import CLOSED, OPEN, Folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class WindowNotSettled(Refusal):
    """A window does not come to zero: take payment, or move what is left to an account."""


class BalanceChanged(Refusal):
    """The folio no longer comes to the amount that was shown."""


class TooLateToReinstate(Refusal):
    """A guest comes back to his folio on the day of his departure only."""


@dataclass(frozen=True, slots=True)
class WindowDue:
    """An open window, and what it comes to once everything is posted."""

    letter: str
    folio: Folio
    due: Money


@dataclass(frozen=True, slots=True)
class Review:
    """A stay before it is settled: nights not posted yet, what is to be posted (code, what it comes
    to, its day; the visitors' tax behind its night), what the nights come to with it, the fee of
    leaving late or early (as it will stand on the folio) with its code, each open window with what
    it comes to then, and the lines that the guest disputes.
    """

    nights: tuple[Night, ...]
    charges: tuple[tuple[str, Money, date], ...]
    nights_total: Money
    fee: Money
    fee_code: str
    dues: tuple[WindowDue, ...]
    disputed: tuple[FolioLine, ...]

    @property
    def balance(self) -> Money:
        """What the guest's own windows come to; what goes to a group's or a company's folio by his
        instructions is not in it.
        """
        return Money.total((each.due for each in self.dues), store_currency())


def review(stay: Stay, day: date, *, waives_fee: bool = False) -> Review:
    """What a check-out on this business date would post and settle."""
    nights = tuple(pending_nights(stay, day))
    rooms = [each for night in nights for each in night_charges(stay, night)]
    total = Money.total((amount for _, amount, _ in rooms), store_currency())
    code, price = leaving_price(stay, day)
    fee = Money(0, store_currency()) if waives_fee else fee_total(code, price)
    charges = (*rooms, (code, fee, day)) if fee else tuple(rooms)
    dues = {folio.key: folio.balance for _, folio in windows_of(stay.key) if folio.status == OPEN}
    foreseen: Foreseen = {}
    for code, amount, on in charges:
        for share in shares_of(stay, service_of(code), amount, on, foreseen=foreseen):
            if share.folio in dues:
                dues[share.folio] += share.amount
    return Review(
        nights, charges, total, fee, code,
        tuple(
            WindowDue(letter, folio, dues[folio.key])
            for letter, folio in windows_of(stay.key)
            if folio.key in dues
        ),
        tuple(disputed_lines(stay)),
    )  # fmt: skip


def _leaving_asked(
    stay: Stay, *, shown: Money, accounts: Mapping[str, Folio] | None = None,
    waives_fee: str = "", **_: Any,
) -> dict[str, Any]:  # fmt: skip
    """What whoever approves a check-out reads of it: who leaves, how much, and whose debt it is."""
    owing = ", ".join(f"{folio.name} {folio.number}" for folio in (accounts or {}).values())
    who = f"{stay.number} {stay.name}"
    return {"stay": who, "shown": shown, "account": owing, "reason": waives_fee}


@operation(right="check out", asked=_leaving_asked)
def check_out(
    job: Job,
    stay: Stay,
    *,
    version: int,
    shown: Money,
    accounts: Mapping[str, Folio] | None = None,
    waives_fee: str = "",
    language: str = "",
) -> Stay:
    """Post what is not posted, close each window, and give the room back. `shown` is the balance
    that the clerk saw, all windows together. What the guest owed was paid (`pay_folio`), what he
    had left given back (`refund_guest`); what is owed still goes to the account of its window.

    Every night up to the business date is posted here when the audit has not done it; later nights
    are dropped. Refuses: RecordChanged, StayMoved, BalanceChanged, DisputeOpen, PaymentsTaken (a
    payment was begun and left), WindowNotSettled, and what charging accounts refuses.
    """
    found = seen(stay, version)
    if found.state != IN_HOUSE:
        raise StayMoved(stay=found.number, state=found.said_state)
    before = review(found, job.day, waives_fee=bool(waives_fee))
    if before.balance != shown:
        raise BalanceChanged(shown=shown, balance=before.balance)
    _, price = leaving_price(found, job.day)
    if waives_fee and price:
        job.require("waive fee")

    post_pending(job, found, before.nights, waives_fee=bool(waives_fee))
    for letter, folio in windows_of(found.key):
        if folio.status == OPEN:
            settle(job, folio, account=(accounts or {}).get(letter))
    leave(job, found)
    add_job(job, "folio", subject=found.key, language=language)
    job.note(
        stay=found.number, name=found.name, room=found.room.number if found.room else "",
        balance=shown, waived=[str(price), waives_fee] if waives_fee else None,
    )  # fmt: skip
    return Stay.get_by_id(found.key)


@operation(right="give refund")
def refund_guest(
    job: Job, stay: Stay, folio: Folio, payings: Sequence[Paying], *, shown: Money,
    waives_fee: str = "", language: str = "",
) -> list[int]:  # fmt: skip
    """Give back, below zero, what a leaving guest has left on this window once everything is
    posted, or a part of it; a document for each payment, whose keys these are. It is stored as it
    is given, as what is taken is, whatever becomes of the check-out. `shown` is what the clerk saw
    of the window.

    Refuses: StayMoved, BalanceChanged, and what `give_back` refuses.
    """
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != IN_HOUSE:
        raise StayMoved(stay=found.number, state=found.said_state)
    dues = review(found, job.day, waives_fee=bool(waives_fee)).dues
    due = Money.total((each.due for each in dues if each.folio == folio), store_currency())
    back = require_back(payings, due=due, shown=shown)
    _, price = leaving_price(found, job.day)
    if waives_fee and price:
        job.require("waive fee")

    made = give_back(job, folio, payings, stay=found.key, language=language)
    job.note(stay=found.number, name=found.name, amount=-back)
    return [int(document.key) for document in made]


def require_back(payings: Sequence[Paying], *, due: Money, shown: Money) -> Money:
    """What goes back in all, below zero, and no more than is `due`, as the clerk saw it. Refuses:
    BalanceChanged.
    """
    back = Money.total((paying.given for paying in payings), store_currency())
    if due != shown or not due <= back < Money(0, store_currency()):
        raise BalanceChanged(shown=shown, balance=due)
    return back


def post_pending(job: Job, stay: Stay, nights: Sequence[Night], *, waives_fee: bool) -> None:
    """Post what a departure still has to: these nights, and the fee of leaving late or early."""
    code, price = leaving_price(stay, job.day)
    for night in nights:
        post_night(job, stay, night, service_of(night_code(night)))
    if not waives_fee:
        charge_fee(job, stay, code, price)


def settle(job: Job, folio: Folio, *, account: Folio | None = None) -> None:
    """Close one window that comes to zero, with what is owed on it on `account`, inside an
    operation. Refuses: DisputeOpen, PaymentsTaken, WindowNotSettled, and what charging an account
    refuses.
    """
    require_undisputed(folio)
    require_none_begun(folio)
    left = Folio.get_by_id(folio.key).balance
    if left.minor > 0 and account is not None:
        to_account(job, folio, account, left)
        left = Folio.get_by_id(folio.key).balance
    if left:
        raise WindowNotSettled(folio=folio.number, window=folio.window, balance=left)
    Folio.update(status=CLOSED, version=Folio.version + 1).where(Folio.key == folio.key).execute()


def leave(job: Job, stay: Stay) -> None:
    """The stay ends, its room is free from tonight on, and dirty; of what its rate included nothing
    is left.
    """
    settle_packages(job, stay)
    go(stay, DEPARTED)
    let_go(stay)
    # A night that was posted and is not slept: the room can be sold again.
    tonight = Night.select().where(Night.stay == stay, Night.day >= job.day, Night.is_live)
    room_days.move(counted(tonight), sold=-1)
    Night.update(is_live=False).where(Night.stay == stay, Night.day >= job.day).execute()
    hand_over(stay)
    stay.left_at, stay.left_day = job.now, job.day
    stay.departure = min(stay.departure, job.day + timedelta(days=1))
    stay.save()
    if stay.room_id is not None:
        Room.update(care=DIRTY, version=Room.version + 1).where(Room.key == stay.room_id).execute()


@operation(right="check out")
def reinstate_guest(job: Job, stay: Stay, *, version: int, room: Room | None = None) -> Stay:
    """A guest who left today is in the house again, with his folios open, and the master of his
    group that was closed behind the last of them; into another room when his is let.

    Refuses: RecordChanged, StayMoved, TooLateToReinstate, RoomNotFree, TypeFull.
    """
    found = seen(stay, version)
    if found.state != DEPARTED:
        raise StayMoved(stay=found.number, state=found.said_state)
    if found.left_day != job.day:
        raise TooLateToReinstate(stay=found.number, left=found.left_day)
    into = room or found.room
    if into is None:
        raise RoomNotFree(room="", days=str(job.day))
    others = Stay.select().where(Stay.room == into, Stay.state == IN_HOUSE)
    shares = found.is_sharing and others.exists()
    if not shares and (others.exists() or taken_days(into, [job.day], but=found.key)):
        raise RoomNotFree(room=into.number, days=str(job.day))
    go(found, IN_HOUSE)

    found.room, found.room_type = into, into.room_type
    found.left_at, found.left_day = None, None
    found.is_sharing = shares
    found.save()
    if not shares:
        by_day = Night.use << list(BY_DAY)
        Night.update(takes_room=True).where(
            Night.stay == found, Night.day >= job.day, ~by_day
        ).execute()
    _sleeps_here_again(job, found, into)
    master = closed_master(found)
    for folio in [folio for _, folio in windows_of(found.key)] + ([master] if master else []):
        Folio.update(status=OPEN, version=Folio.version + 1).where(Folio.key == folio.key).execute()
    job.note(
        stay=found.number, name=found.name, room=into.number,
        master=master.number if master else None,
    )  # fmt: skip
    return found


def closed_master(stay: Stay) -> Folio | None:
    """The master of his group that a guest who comes back opens again: it was closed with its last
    check-out, and his charges went there.
    """
    master = master_of(stay.booking)
    return master if master is not None and master.status == CLOSED else None


def _sleeps_here_again(job: Job, stay: Stay, room: Room) -> None:
    """Tonight was posted by the check-out: it holds a room again, and is posted no second time."""
    tonight = (Night.stay == stay) & (Night.day >= job.day) & Night.document.is_null(False)
    nights = list(Night.select().where(tonight, ~Night.is_live))
    room_days.take((day, room.room_type_id) for day, _ in counted(nights))
    Night.update(is_live=True, room=room, room_type=room.room_type).where(
        Night.stay == stay, Night.day << [night.day for night in nights]
    ).execute()


@operation(right="post charge")
def post_late_charge(job: Job, stay: Stay, code: str, amount: Money, *, text: str = "") -> Document:
    """A charge that comes after the guest has left: on a new window; the closed ones stay as they
    are. Its service date is the day of departure.

    Refuses: StayMoved, ServiceUnknown.
    """
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != DEPARTED:
        raise StayMoved(stay=found.number, state=found.said_state)
    service: Service = service_of(code)

    opened = [folio for _, folio in windows_of(found.key) if folio.status == OPEN]
    folio = opened[0] if opened else next_window(job, found)
    return charge_stay(
        job, found, service, amount, shares=[Share(folio.key, amount)], text=text,
        service_day=found.left_day,
    )  # fmt: skip
