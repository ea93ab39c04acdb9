"""Folios (账单): the running account of somebody, kept as entries; its balance is what is owed
to the store.

A balance above zero is owed to the store, below zero by it. Kinds: folio_kinds.py.
"""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, IntegerField

from models.base.database import Row
from models.base.fields import InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.ledger.accounts import DEBTS
from models.ledger.folio_kinds import KINDS, FolioKind
from models.people.persons import Person
from models.trust.operation import Job, operation
from models.trust.records import put, row_at
from models.trust.registers import next_number, number_text

_ACCOUNTS = word("Accounts of customers")

OPEN, CLOSED = "open", "closed"
TRANSITIONS = {OPEN: (CLOSED,), CLOSED: (OPEN,)}


class FolioNotOpen(Refusal):
    """The folio is closed, or there is none of this number."""


class FolioNotEmpty(Refusal):
    """A folio is closed at a balance of zero only."""


class FolioPermanent(Refusal):
    """A folio of this kind is never closed."""


class CreditLimitExceeded(Refusal):
    """The charge would take the folio over its credit limit."""

    can_be_approved = True


class Folio(Row):
    """One running account. `limit` is the most that may be owed; `terms` days until a charge is
    due.

    `account` is the control account that it is part of. `owner` is the person or company whose
    account it is, where that is known. A stay has several, one a `window` (A guest, B company ...).
    """

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    kind = CharField(max_length=12)
    account = IntegerField(index=True)
    owner = BigIntegerField(null=True, index=True)
    window = CharField(max_length=2, default="")
    name = CharField(max_length=60)
    pinyin = CharField(max_length=60, default="")
    phone = CharField(max_length=40, default="")
    limit = MoneyField()
    terms = IntegerField(default=30)
    balance = MoneyField()
    currency = CharField(max_length=3)
    status = CharField(max_length=8, default=OPEN)
    is_posting_stopped = BooleanField(default=False)
    created_at = InstantField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "balance pinyin phone version"

    @property
    def is_debt(self) -> bool:
        """True when the store owes what is on it: to a supplier, of a deposit, on a card."""
        return self.account in DEBTS


_CHANGE = Statement('UPDATE "folio" SET "balance" = "balance" + ? WHERE "key" = ? AND "status" = ?')


def add_to_balance(folio: int, amount: Money) -> None:
    """Move a folio's kept balance with an entry, inside a posting. Refuses: FolioNotOpen."""
    if _CHANGE.run(amount.minor, folio, OPEN) != 1:
        raise FolioNotOpen(folio=folio)


def over_limit(folio: Folio, amount: Money) -> Money:
    """By how much a charge would exceed the folio's limit; not above zero when it would not."""
    zero = Money.zero(amount.currency)
    return folio.balance + amount - folio.limit if KINDS[folio.kind].has_limit else zero


class AccountOwedTo(Refusal):
    """On this account the store owes (a supplier's, a deposit): nobody is charged there."""


def require_chargeable(job: Job, folio_key: int, amount: Money) -> Folio:
    """The folio, checked for a charge: open, not stopped, within its limit (or with the right to
    exceed it).

    Refuses: FolioNotOpen, AccountOwedTo, CreditLimitExceeded, NeedsOverride.
    """
    folio = Folio.get_or_none(Folio.key == folio_key)
    if folio is None or folio.status != OPEN or folio.is_posting_stopped:
        raise FolioNotOpen(folio=folio.number if folio else folio_key)
    if folio.is_debt:
        raise AccountOwedTo(folio=folio.number, name=folio.name)
    if amount.minor > 0 and over_limit(folio, amount).minor > 0:
        if not (job.rights.holds("exceed credit limit") or job.override):
            raise CreditLimitExceeded(
                folio=folio.number, name=folio.name, amount=amount, limit=folio.limit,
                left=max(Money.zero(amount.currency), folio.limit - folio.balance),
            )  # fmt: skip
        job.require("exceed credit limit")
    return folio


@operation(right="keep accounts")
def open_folio(
    job: Job,
    *,
    kind: str,
    name: str,
    limit: Money,
    terms: int = 30,
    owner: int | None = None,
    window: str = "",
) -> Folio:
    """Open an account for a company, a supplier, a member of staff ... ; its number is drawn."""
    return new_folio(
        job, _kind(kind), name=name, limit=limit, terms=terms, owner=owner, window=window
    )


def new_folio(
    job: Job,
    kind: FolioKind,
    *,
    name: str,
    limit: Money,
    terms: int = 30,
    owner: int | None = None,
    window: str = "",
) -> Folio:
    """Open a folio inside an operation."""
    number = number_text("F", job.register, next_number(job.register, "folio"))
    folio = Folio.create(
        key=new_key(), number=number, kind=kind.name, account=kind.account, owner=owner,
        window=window, name=name, limit=limit, terms=terms, balance=Money(0, store_currency()),
        currency=store_currency().code, created_at=job.now,
    )  # fmt: skip
    job.note(folio=number, name=name, limit=limit)
    return folio


def _kind(name: str) -> FolioKind:
    if name not in KINDS:
        raise ValueError(name)
    return KINDS[name]


@operation(right="keep accounts")
def save_folio(job: Job, /, key: int | None, *, version: int, kind: str, **values: Any) -> Folio:
    """Open an account of a company, a supplier ... (key None) or change one; its kind stays.

    Refuses: RecordChanged, FolioNotOpen.
    """
    return put_folio(job, key, version=version, kind=kind, **values)


def put_folio(
    job: Job,
    key: int | None,
    *,
    version: int,
    kind: str,
    name: str,
    limit: Money,
    terms: int = 30,
    phone: str = "",
    pinyin: str = "",
    is_posting_stopped: bool = False,
) -> Folio:
    """The same inside an operation that has more to save. Refuses: RecordChanged, FolioNotOpen."""
    declared = _kind(kind)
    values = {
        "name": name, "pinyin": pinyin or initials(name), "phone": phone, "limit": limit,
        "terms": terms, "is_posting_stopped": is_posting_stopped,
    }  # fmt: skip
    if key is None:
        made = new_folio(job, declared, name=name, limit=limit, terms=terms)
        put(made, **values)
        return made
    found = row_at(Folio, key, version, _ACCOUNTS, name=name)
    if found.status != OPEN:
        raise FolioNotOpen(folio=found.number)

    changes = put(found, **values)
    job.note(folio=found.number, name=name, changes=changes)
    return found


@operation(right="keep accounts")
def switch_folio(job: Job, key: int, *, version: int) -> Folio:
    """Close an account at balance zero, or open a closed one again.

    Refuses: RecordChanged, FolioNotEmpty, FolioPermanent.
    """
    found = row_at(Folio, key, version, _ACCOUNTS)
    if found.status == OPEN and not KINDS[found.kind].closes_at_zero:
        raise FolioPermanent(folio=found.number, name=found.name)
    if found.status == OPEN and found.balance:
        raise FolioNotEmpty(folio=found.number, balance=found.balance)

    changes = put(found, status=CLOSED if found.status == OPEN else OPEN)
    job.note(folio=found.number, name=found.name, changes=changes)
    return found


def follow_name(before: Person, now: Person) -> None:
    """An open account that stood under the old name of its owner."""
    of = (Folio.owner == now.key) & (Folio.name == before.name) & (Folio.status == OPEN)
    for folio in Folio.select().where(of):
        put(folio, name=now.name, pinyin=now.pinyin)
