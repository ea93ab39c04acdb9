"""Folios (帐单): the running account of somebody, kept as entries; its balance is what is owed
to the store.

The seven kinds of a hotel, and one for suppliers. A balance above zero is owed to the store, below
zero by it.
"""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField

from models.base.database import Row
from models.base.fields import InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.ledger.accounts import PAYABLE, RECEIVABLE
from models.trust.operation import Job, operation
from models.trust.records import put, row_at
from models.trust.registers import next_number

GUEST, MASTER, OUTSIDE, EMPLOYEE, CONTROL, LONG_STAY, COMPANY, SUPPLIER = KINDS = (
    "guest", "master", "outside", "employee", "control", "long stay", "company", "supplier",
)  # fmt: skip

OPEN, CLOSED = "open", "closed"
TRANSITIONS = {OPEN: (CLOSED,), CLOSED: (OPEN,)}


class FolioNotOpen(Refusal):
    """The folio is closed, or there is none of this number."""


class FolioNotEmpty(Refusal):
    """A folio is closed at a balance of zero only."""


class CreditLimitExceeded(Refusal):
    """The charge would take the folio over its credit limit."""

    can_be_approved = True


class FolioChanged(Refusal):
    """Somebody else changed this folio in the meantime."""


class Folio(Row):
    """One running account. `limit` is the most that may be owed; `terms` days until a charge is
    due.
    """

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    kind = CharField(max_length=12)
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

    @property
    def account(self) -> int:
        """The control account that this folio is part of."""
        return PAYABLE if self.kind == SUPPLIER else RECEIVABLE


_CHANGE = Statement('UPDATE "folio" SET "balance" = "balance" + ? WHERE "key" = ? AND "status" = ?')


def add_to_balance(folio: int, amount: Money) -> None:
    """Move a folio's kept balance with an entry, inside a posting. Refuses: FolioNotOpen."""
    if _CHANGE.run(amount.minor, folio, OPEN) != 1:
        raise FolioNotOpen(folio=folio)


def require_chargeable(job: Job, folio_key: int, amount: Money) -> Folio:
    """The folio, checked for a charge: open, not stopped, within its limit (or with the right to
    exceed it).

    Refuses: FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    folio = Folio.get_or_none(Folio.key == folio_key)
    if folio is None or folio.status != OPEN or folio.is_posting_stopped:
        raise FolioNotOpen(folio=folio.number if folio else folio_key)
    over = folio.balance + amount - folio.limit
    if amount.minor > 0 and over.minor > 0:
        if not (job.rights.holds("exceed credit limit") or job.override):
            fields = {"folio": folio.number, "balance": folio.balance, "limit": folio.limit}
            raise CreditLimitExceeded(**fields)
        job.require("exceed credit limit")
    return folio


@operation(right="keep accounts")
def open_folio(job: Job, *, kind: str, name: str, limit: Money, terms: int = 30) -> Folio:
    """Open an account for a company, a supplier, a member of staff ... ; its number is drawn."""
    if kind not in KINDS:
        raise ValueError(kind)
    return new_folio(job, kind=kind, name=name, limit=limit, terms=terms)


def new_folio(job: Job, *, kind: str, name: str, limit: Money, terms: int = 30) -> Folio:
    """Open a folio inside an operation."""
    number = f"F{job.register:02d}-{next_number(job.register, 'folio'):05d}"
    folio = Folio.create(
        key=new_key(), number=number, kind=kind, name=name, limit=limit, terms=terms,
        balance=Money(0, store_currency()), currency=store_currency().code, created_at=job.now,
    )  # fmt: skip
    job.note(folio=number, name=name, limit=limit)
    return folio


@operation(right="keep accounts")
def save_folio(
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
    """Open an account of a company, a supplier ... (key None) or change one; its kind stays.

    Refuses: FolioChanged, FolioNotOpen.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    values = {
        "name": name, "pinyin": pinyin or initials(name), "phone": phone, "limit": limit,
        "terms": terms, "is_posting_stopped": is_posting_stopped,
    }  # fmt: skip
    if key is None:
        made = new_folio(job, kind=kind, name=name, limit=limit, terms=terms)
        put(made, **values)
        return made
    found = row_at(Folio, key, version, FolioChanged, folio=name)
    if found.status != OPEN:
        raise FolioNotOpen(folio=found.number)

    changes = put(found, **values)
    job.note(folio=found.number, name=name, changes=changes)
    return found


@operation(right="keep accounts")
def switch_folio(job: Job, key: int, *, version: int) -> Folio:
    """Close an account at balance zero, or open a closed one again.

    Refuses: FolioChanged, FolioNotEmpty.
    """
    found = row_at(Folio, key, version, FolioChanged, folio=key)
    if found.status == OPEN and found.balance:
        raise FolioNotEmpty(folio=found.number, balance=found.balance)

    changes = put(found, status=CLOSED if found.status == OPEN else OPEN)
    job.note(folio=found.number, name=found.name, changes=changes)
    return found
