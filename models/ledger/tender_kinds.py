"""Kinds of tender: what a way to pay is. Whoever knows a kind declares it here: what it asks for,
what is checked before it is taken, and which entries it makes.

    declare(TenderKind("room charge", account=GUEST_LEDGER, needs=(FOLIO,), legs=to_the_folio))

The screen asks for what a kind names, taking.py checks that it was answered; nobody else knows one
kind from another. The ways to pay of a store are rows (tenders.py), each of one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.accounts import (
    BANK,
    CARD_CLEARING,
    DRAWER,
    PLATFORM_CLEARING,
    RECEIVABLE,
    VOUCHER_CLEARING,
    WALLET_CLEARING,
)
from models.ledger.documents import Document, Leg
from models.ledger.folios import require_chargeable
from models.trust.operation import Job

if TYPE_CHECKING:
    from models.ledger.tenders import Tender

# What a tender may ask for; each is a field of Paying.
REFERENCE, LAST_FOUR, FOLIO, CODE = ASKS = ("reference", "last_four", "folio", "code")


class AccountNeeded(Refusal):
    """A charge needs the account that it goes to."""


@dataclass(frozen=True, slots=True)
class Paying:
    """One tender as handed over, below zero when it is handed back; cash may be more than is due.

    `last_four` are the last digits of a card, `reference` is what its terminal or the wallet
    printed, `folio` the account that is charged, `code` a card or coupon that a kind looks up.
    """

    tender: int
    given: Money
    reference: str = ""
    last_four: str = ""
    folio: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """A paying and the way to pay that takes it."""

    paying: Paying
    tender: Tender

    @property
    def kind(self) -> TenderKind:
        return KINDS[self.tender.kind]


def _nothing_to_check(job: Job, takes: Sequence[Take]) -> None:
    """Most kinds are checked enough by what they ask for."""


def plain_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    """One entry on the account of the tender."""
    return [Leg(take.tender.account_id, amount)]


@dataclass(frozen=True, slots=True)
class TenderKind:
    """One kind of tender.

    `account` is where a new tender of this kind is kept. `needs` is asked for always; `asks` when
    the tender's row wants a reference, and of these only the reference must be answered. `check`
    refuses the payings of this kind, all of one document together. `legs` makes the entries of one,
    with whatever else belongs to it; by then nothing is refused.
    """

    name: str
    account: int
    is_cash: bool = False
    # Money moved outside of these books before it is known here: it is stored at once.
    is_outside: bool = True
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    check: Callable[[Job, Sequence[Take]], None] = _nothing_to_check
    legs: Callable[[Job, Document, Take, Money], list[Leg]] = plain_legs

    def wanted(self, *, reference: bool) -> tuple[str, ...]:
        """What the screen asks for, in order; `reference`: the tender's row wants one."""
        return (*self.needs, *(self.asks if reference else ()))

    def required(self, *, reference: bool) -> tuple[str, ...]:
        """What must be answered."""
        with_reference = reference and REFERENCE in self.asks
        return (*self.needs, REFERENCE) if with_reference else self.needs


KINDS: dict[str, TenderKind] = {}


def declare(kind: TenderKind) -> TenderKind:
    """Make a kind known to all payments of the program."""
    assert set(kind.needs) | set(kind.asks) <= set(ASKS), kind
    KINDS[kind.name] = kind
    return kind


def check_folios(job: Job, takes: Sequence[Take]) -> None:
    """Charges to one account count together against its limit."""
    charged: dict[int, Money] = {}
    for take in takes:
        key, given = take.paying.folio, take.paying.given
        assert key is not None
        charged[key] = charged.get(key, Money(0, given.currency)) + given
        folio = require_chargeable(job, key, charged[key])
        if folio.account != take.tender.account_id:
            raise AccountNeeded(tender=take.tender.name_zh, tender_en=take.tender.name_en)


def folio_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    """One entry on the folio that is charged."""
    return [Leg(take.tender.account_id, amount, take.paying.folio)]


CASH = declare(TenderKind("cash", DRAWER, is_cash=True, is_outside=False)).name
CARD = declare(TenderKind("card", CARD_CLEARING, asks=(LAST_FOUR, REFERENCE))).name
PHONE = declare(TenderKind("phone", WALLET_CLEARING, asks=(REFERENCE,))).name
ACCOUNT = declare(
    TenderKind(
        "account", RECEIVABLE, is_outside=False, needs=(FOLIO,), check=check_folios,
        legs=folio_legs,
    )
).name  # fmt: skip
VOUCHER = declare(TenderKind("voucher", VOUCHER_CLEARING, asks=(REFERENCE,))).name
PLATFORM = declare(TenderKind("platform", PLATFORM_CLEARING, asks=(REFERENCE,))).name
TRANSFER = declare(TenderKind("bank", BANK, asks=(REFERENCE,))).name
