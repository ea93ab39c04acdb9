"""Charge to room (挂房账): a way to pay at any till. What was sold stands as one line on the own
window of the guest; its revenue and tax are in the sale. What his rate includes of it stands on his
package account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.hotel.charges.folio_lines import TILL, FolioLine, NewLine, add_lines
from models.hotel.charges.package_items import covered_at_till, ready_account
from models.hotel.charges.windows import Window, own_folio
from models.hotel.stays.finding import find_stays
from models.hotel.stays.stays import IN_HOUSE, Stay, with_rooms
from models.ledger.accounts import GUEST_LEDGER, Account
from models.ledger.documents import Document, Leg
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import (
    FOLIO,
    Take,
    TenderKind,
    check_folios,
    folio_owner,
)
from models.ledger.ways.tenders import Payment, Tender
from models.trust.operation import Job

ROOM = "room"


class NotInTheHouse(Refusal):
    """Only who lives in the house charges to his room."""


class RoomChargesStopped(Refusal):
    """This guest may charge nothing from the outlets."""


@dataclass(frozen=True, slots=True)
class RoomAccount:
    """Who may be meant, his window, and what may still be charged to it."""

    stay: Stay
    folio: Folio

    @property
    def left(self) -> Money:
        """Limit and what was paid ahead, less what is owed."""
        return self.folio.limit - self.folio.balance


def room_accounts(typed: str) -> list[RoomAccount]:
    """Who in the house a typed room or name means. Refuses: NotInTheHouse."""
    keys = find_stays(typed)
    living = Stay.select().where(Stay.key << keys, Stay.state == IN_HOUSE)
    found = sorted(with_rooms(living), key=lambda stay: keys.index(stay.key))
    if not found:
        raise NotInTheHouse(typed=typed)
    return [RoomAccount(stay, own_folio(stay.key)) for stay in found]


def _stay_of(folio: int | None) -> Stay:
    """Who lives in the house with this folio. Refuses: NotInTheHouse."""
    window = Window.get_or_none(Window.folio == folio)
    if window is None or window.stay.state != IN_HOUSE:
        held = Folio.get_or_none(Folio.key == folio)
        raise NotInTheHouse(typed=held.name if held else "")
    stay: Stay = window.stay
    return stay


def _check(job: Job, takes: Sequence[Take]) -> None:
    """Refuses: NotInTheHouse, RoomChargesStopped, and what charging a folio refuses."""
    for take in takes:
        stay = _stay_of(take.paying.folio)
        if stay.is_posting_stopped and take.paying.given.minor > 0:
            raise RoomChargesStopped(stay=stay.number, name=stay.name)
    check_folios(job, takes, borne=lambda take: _borne(job, take))


def _borne(job: Job, take: Take) -> Money:
    """How much of it the packages of the guest pay."""
    given = take.paying.given
    parts = covered_at_till(_stay_of(take.paying.folio), given, job.day)
    return Money.total((amount for _, amount in parts), given.currency)


def _legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    stay, own = _stay_of(take.paying.folio), int(take.paying.folio or 0)
    borne = covered_at_till(stay, amount, job.day) or _borne_before(stay, own, amount)
    left = amount - Money.total((part for _, part in borne), amount.currency)
    packages = ready_account(job, stay) if borne else 0
    parts = [(packages, code, part) for code, part in borne]
    parts += [(own, "", left)] if left or not borne else []
    room, text = stay.room.number if stay.room else "", f"{take.tender.own_name} {document.label}"
    lines = [
        NewLine(folio, TILL, code, TILL, text, part, job.day, stay=stay.key, room=room)
        for folio, code, part in parts
    ]
    add_lines(document, lines)
    return [Leg(int(Folio.get_by_id(line.folio).account), line.amount, line.folio)
            for line in lines]  # fmt: skip


_TILLED = Statement(
    'SELECT coalesce(sum("amount"), 0) FROM "folio_line" WHERE "folio" = ? AND "kind" = ?'
)


def _borne_before(stay: Stay, own: int, amount: Money) -> list[tuple[str, Money]]:
    """Of what is given back, what comes to more than tills charged to him: his packages paid it."""
    row = _TILLED.row(own, TILL)
    assert row is not None
    back = -amount - Money(max(0, int(row[0])), amount.currency)
    return [("", -back)] if back.minor > 0 and stay.package_folio is not None else []


def _owner(payment: Payment) -> str:
    """Room and guest, as they were when it was charged."""
    line = FolioLine.get(FolioLine.document == payment.document_id, FolioLine.kind == TILL)
    return f"{line.room} {folio_owner(payment)}".strip()


ROOM_TENDERS = (
    TenderKind(
        ROOM, word("Charge to room"), GUEST_LEDGER, is_outside=False, needs=(FOLIO,),
        check=_check, legs=_legs, owner=_owner,
    ),
)  # fmt: skip


def ship_tender() -> None:
    """The way to pay of every house, where there is none; inside the caller's transaction."""
    if Tender.select().where(Tender.kind == ROOM).exists():
        return
    number = 1 + max((row.number for row in Tender.select(Tender.number)), default=0)
    Tender.create(
        key=new_key(), number=number, name_zh="挂房账", name_en="To the room", kind=ROOM,
        account=Account.get_by_id(GUEST_LEDGER),
    )  # fmt: skip
