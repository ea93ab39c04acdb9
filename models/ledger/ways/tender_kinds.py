"""Kinds of tender: what a way to pay is. Whoever knows a kind says what it asks for, what is
checked before it is taken, and which entries it makes, and its trade names it (`Trade.tenders`):

    TENDERS = (TenderKind("room", word("On the room"), GUEST_LEDGER, needs=(FOLIO,), legs=to_it),)

The screen asks for what a kind names, taking.py checks that it was answered; nobody else knows one
kind from another. The ways to pay of a store are rows (tenders.py), each of one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.base.hot import Statement
from models.base.money import Money
from models.base.named import load
from models.base.refusals import Refusal
from models.base.values import value
from models.base.words import word
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
from models.ledger.folios import Folio, require_chargeable
from models.ledger.kinds import label
from models.trust import trades, trades_used
from models.trust.operation import Job

if TYPE_CHECKING:
    from models.ledger.ways.tenders import Payment, Tender

# What a tender may ask for; each is a field of Paying.
REFERENCE, LAST_FOUR, FOLIO, CODE = ASKS = ("reference", "last_four", "folio", "code")


class AccountNeeded(Refusal):
    """A charge needs the account that it goes to."""


class PlatformCodeUsed(Refusal):
    """The code of a platform's coupon was used before."""


@value()
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


@value()
class Take:
    """A paying and the way to pay that takes it."""

    paying: Paying
    tender: Tender
    kind: TenderKind = field(init=False)

    def __post_init__(self) -> None:
        self.kind = kind_named(self.tender.kind)  # type: ignore[misc]


def _nothing_to_check(job: Job, takes: Sequence[Take]) -> None:
    """Most kinds are checked enough by what they ask for."""


def _nothing_to_look_at(take: Take) -> None:
    """What is true when it is handed over stays true."""


def _holds_nothing(code: str) -> Money | None:
    """Most kinds know no codes."""
    return None


def plain_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    """One entry on the account of the tender."""
    return [Leg(take.tender.account_id, amount)]


def folio_owner(payment: Payment) -> str:
    """Whose account a payment charged."""
    return str(Folio.get_by_id(payment.folio).name)


def _is_nobodys(code: str) -> tuple[int, str] | None:
    """Whoever has the paper may pay with it."""
    return None


@dataclass(frozen=True, slots=True)
class TenderKind:
    """One kind of tender.

    `account` is where a new tender of this kind is kept. `needs` is asked for always; `asks` when
    the tender's row wants a reference, and of these only the reference must be answered. `check`
    refuses the payings of this kind, all of one document together; `look` refuses one as it is
    handed over, and not again when the work that it belongs to is finished. `legs` makes the
    entries of one, with whatever else belongs to it; by then nothing is refused. `owner` says on
    the slip whose account was charged.
    """

    name: str
    # Its words for whoever keeps the ways to pay: a message id.
    title: str
    account: int
    is_cash: bool = False
    # Cash of another currency: change of it is given in the store's money.
    is_foreign: bool = False
    # Money moved outside of these books before it is known here: it is stored at once.
    is_outside: bool = True
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    check: Callable[[Job, Sequence[Take]], None] = _nothing_to_check
    look: Callable[[Take], None] = _nothing_to_look_at
    legs: Callable[[Job, Document, Take, Money], list[Leg]] = plain_legs
    owner: Callable[[Payment], str] = folio_owner
    # What a code of this kind may pay now; None when it is no code of it.
    holds: Callable[[str], Money | None] = _holds_nothing
    # Whose it is: the key of the record, and the name.
    whose: Callable[[str], tuple[int, str] | None] = _is_nobodys
    # Small change of cash may stay on it (`cash.keep_below`).
    keeps_change: bool = False
    # Comes below zero and makes more due, all of which is paid by others: a tip.
    is_on_top: bool = False
    # Whatever something was paid with may go back to it.
    takes_any_back: bool = False
    # What the store may pay its suppliers with.
    pays_suppliers: bool = False

    def __post_init__(self) -> None:
        assert set(self.needs) | set(self.asks) <= set(ASKS), self

    @property
    def gives_back(self) -> bool:
        """Whether what somebody paid too much by another way may go back by this one."""
        return (self.is_cash and not self.is_foreign) or self.takes_any_back

    @property
    def is_looked_at(self) -> bool:
        """Whether `look` looks at anything."""
        return self.look is not _nothing_to_look_at

    def wanted(self, *, reference: bool) -> tuple[str, ...]:
        """What the screen asks for, in order; `reference`: the tender's row wants one."""
        return (*self.needs, *(self.asks if reference else ()))

    def required(self, *, reference: bool) -> tuple[str, ...]:
        """What must be answered."""
        with_reference = reference and REFERENCE in self.asks
        return (*self.needs, REFERENCE) if with_reference else self.needs


@trades.kept
def kind_named(name: str) -> TenderKind:
    """The kind of this name, in use or not: a trade declares it."""
    return next(kind for kinds in trades.loaded("tenders") for kind in kinds if kind.name == name)


def kinds_in_use() -> list[TenderKind]:
    """The kinds of the trades in use, in the order of their declaration."""
    names = (name for trade in trades_used.used() for name in trade.tenders)
    return [kind for name in names for kind in load(name)]


def check_folios(
    job: Job, takes: Sequence[Take], *, borne: Callable[[Take], Money] | None = None
) -> None:
    """Charges to one account count together against its limit, less what is `borne` elsewhere."""
    charged: dict[int, Money] = {}
    for take in takes:
        key, given = take.paying.folio, take.paying.given
        if borne is not None:
            given -= borne(take)
        assert key is not None
        charged[key] = charged.get(key, Money(0, given.currency)) + given
        found = Folio.get_or_none(Folio.key == key)
        if found is not None and found.account != take.tender.account_id:
            raise AccountNeeded(tender=take.tender.name_zh, tender_en=take.tender.name_en)
        require_chargeable(job, key, charged[key])


_PLATFORM_USES = Statement(
    'SELECT d."kind", d."register", d."number", p."amount" FROM "payment" p '
    'JOIN "tender" t ON t."key" = p."tender_id" JOIN "document" d ON d."key" = p."document_id" '
    'WHERE p."code" = ? AND t."kind" = ? ORDER BY d."at"'
)


def _check_codes(job: Job, takes: Sequence[Take]) -> None:
    """A coupon of a platform is used once; it comes back with what it paid. Refuses:
    PlatformCodeUsed.
    """
    seen = set[str]()
    for take in takes:
        code = take.paying.code
        uses = _PLATFORM_USES.rows(code, take.tender.kind)
        is_used = sum(int(amount) for *_, amount in uses) > 0
        if take.paying.given.minor > 0 and (is_used or code in seen):
            raise PlatformCodeUsed(code=code, bill=label(*uses[-1][:3]) if uses else "")
        seen.add(code)


def folio_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    """One entry on the folio that is charged."""
    return [Leg(take.tender.account_id, amount, take.paying.folio)]


CASH, CARD, PHONE, ACCOUNT = "cash", "card", "phone", "account"
VOUCHER, PLATFORM, TRANSFER, FOREIGN, CHEQUE = "voucher", "platform", "bank", "foreign", "cheque"

MONEY_TENDERS = (
    TenderKind(
        CASH, word("Cash"), DRAWER, is_cash=True, is_outside=False, pays_suppliers=True,
    ),
    TenderKind(
        CARD, word("Bank card"), CARD_CLEARING, asks=(LAST_FOUR, REFERENCE), pays_suppliers=True,
    ),
    TenderKind(
        PHONE, word("Wallet on a phone"), WALLET_CLEARING, asks=(REFERENCE,), pays_suppliers=True,
    ),
    TenderKind(VOUCHER, word("Voucher of others"), VOUCHER_CLEARING, asks=(REFERENCE,)),
    TenderKind(
        PLATFORM, word("Platform"), PLATFORM_CLEARING, needs=(CODE,), check=_check_codes,
    ),
    TenderKind(TRANSFER, word("Bank transfer"), BANK, asks=(REFERENCE,), pays_suppliers=True),
    # It lies in the drawer and is counted there, but nothing is paid out of it (shifts.py).
    TenderKind(CHEQUE, word("Cheque"), DRAWER, is_outside=False, needs=(REFERENCE,)),
    TenderKind(
        ACCOUNT, word("On account"), RECEIVABLE, is_outside=False, needs=(FOLIO,),
        check=check_folios, legs=folio_legs, keeps_change=True,
    ),
)  # fmt: skip
