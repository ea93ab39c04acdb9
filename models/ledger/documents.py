"""Documents and entries: everything that moves money or debt.

A document is inserted open, its parts follow, and posting it lets the database check that its
entries sum to zero; after that nothing of it changes. A correction is a new document that reverses
it and says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.base import clock
from models.base.columns import Columns
from models.base.database import Row, on_sqlite, store_number
from models.base.fields import DayField, InstantField, KeyField, MoneyField, iso, store_currency
from models.base.hot import Statement, insert, row_with
from models.base.keys import new_key
from models.base.money import Money
from models.base.values import value
from models.ledger import folios
from models.ledger.accounts import Account
from models.ledger.kinds import label
from models.ledger.parts import Part, Rows, digest
from models.trust.operation import Job
from models.trust.registers import next_number

# What of a document's own row is in its digest; the rest stands in the audit row by itself.
HEAD = Columns("shift reverses_id note")


class Document(Row):
    """One posted piece of business. `total` is what the slip says; entries say where it went."""

    key = KeyField(primary_key=True)
    register = IntegerField()
    kind = CharField(max_length=12)
    number = IntegerField()
    day = DayField()
    at = InstantField()
    user = BigIntegerField()
    shift = BigIntegerField(null=True, index=True)
    total = MoneyField()
    currency = CharField(max_length=3)
    note = TextField(default="")
    reverses = ForeignKeyField("self", null=True, index=False)
    is_posted = BooleanField(default=False)

    # While it is open: its parts so far, by table.
    parts: dict[str, Rows]

    class Meta:
        indexes = (
            (("register", "kind", "number"), True),
            (("day", "register"), False),
        )
        posted_by = "is_posted"
        summed_by = "entry"

    @property
    def label(self) -> str:
        """The number as people read it: kind, register, number."""
        return label(self.kind, self.register, self.number)


class Entry(Row):
    """One leg: an amount on an account, debit above zero, credit below."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    account = ForeignKeyField(Account, index=False)
    folio = BigIntegerField(null=True)
    amount = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


# Most entries are on no folio, most documents reverse nothing: only the few stand in an index.
Entry.add_index(Entry.index(Entry.folio, where=Entry.folio.is_null(False)))
Document.add_index(Document.index(Document.reverses, where=Document.reverses.is_null(False)))


class DayTotal(Row):
    """Kept sums for each business date, register and account; proof.py recounts them."""

    day = DayField()
    register = IntegerField()
    account = IntegerField()
    debit = BigIntegerField()
    credit = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("day", "register", "account")
        without_rowid = on_sqlite


@value()
class Leg:
    """One entry to post."""

    account: int
    amount: Money
    folio: int | None = None


_DOCUMENT = insert(
    Document,
    "store key register kind number day at user shift total currency note reverses is_posted",
)
_ENTRY = insert(Entry, "store document line account folio amount currency")
_TOTAL = insert(
    DayTotal,
    "store day register account debit credit",
    more='ON CONFLICT ("day", "register", "account") DO UPDATE SET '
    '"debit" = "day_total"."debit" + excluded."debit", '
    '"credit" = "day_total"."credit" + excluded."credit"',
)
_POST = Statement('UPDATE "document" SET "is_posted" = ? WHERE "key" = ?')


def begin_document(
    job: Job,
    kind: str,
    *,
    total: Money,
    shift: int | None = None,
    note: str = "",
    reverses: int | None = None,
) -> Document:
    """Insert an open document and draw its number; its parts follow, then `post_document`."""
    store, key, number, code = (
        store_number(), new_key(), next_number(job.register, kind), total.currency.code,
    )  # fmt: skip
    document = row_with(
        Document,
        {
            "store": store, "key": key, "register": job.register, "kind": kind, "number": number,
            "day": job.day, "at": job.now, "user": job.user, "shift": shift, "total": total,
            "currency": code, "note": note, "reverses": reverses, "is_posted": False,
        },
    )  # fmt: skip
    _DOCUMENT.run(
        store, key, job.register, kind, number, iso(job.day), clock.micros(job.now),
        job.user, shift, total.minor, code, note, reverses, False,
    )  # fmt: skip
    document.parts = {}
    return document


def add_parts(document: Document, part: Part, rows: Iterable[tuple[Any, ...]]) -> None:
    """Store lines, payments ... of an open document; posting it puts their digest into the audit
    row. The one way in for every table that is part of a document.
    """
    kept = list(rows)
    part.add(document.key, kept)
    document.parts.setdefault(part.name, []).extend(kept)


def post_document(job: Job, document: Document, legs: list[Leg], **noted: Any) -> Document:
    """Insert the entries and post. Amounts of zero are left out; the database refuses an imbalance.

    Legs on one account and folio should be summed by the caller where the slip shows one figure.
    """
    store, code, key = store_number(), store_currency().code, document.key
    kept = [leg for leg in legs if leg.amount]
    if not kept:
        # A bill of nothing (a free item) still needs two entries to be a document.
        kept = legs[:2]
    _ENTRY.many(
        (store, key, line, leg.account, leg.folio, leg.amount.minor, code)
        for line, leg in enumerate(kept, 1)
    )
    day = iso(job.day)
    _TOTAL.many(
        (store, day, job.register, account, debit, credit)
        for account, (debit, credit) in sorted(_by_account(kept).items())
    )
    for leg in kept:
        if leg.folio is not None:
            folios.add_to_balance(leg.folio, leg.amount)
    assert _POST.run(True, key) == 1
    document.is_posted = True
    entries = [[leg.account, leg.folio, leg.amount.minor] for leg in kept]
    # A list: one operation may post several documents, an import a block of them.
    posted = job.detail.setdefault("documents", [])
    said = digest([getattr(document, name) for name in HEAD.names], document.parts)
    kind, number = document.kind, document.number
    posted.append([document.label, kind, number, str(document.total), entries, said])
    job.note(**noted)
    return document


def post(
    job: Job,
    kind: str,
    legs: list[Leg],
    *,
    total: Money,
    shift: int | None = None,
    note: str = "",
    reverses: int | None = None,
) -> Document:
    """A document that has no parts but its entries."""
    document = begin_document(job, kind, total=total, shift=shift, note=note, reverses=reverses)
    return post_document(job, document, legs)


def _by_account(legs: list[Leg]) -> dict[int, tuple[int, int]]:
    sums: dict[int, tuple[int, int]] = {}
    for leg in legs:
        debit, credit = sums.get(leg.account, (0, 0))
        minor = leg.amount.minor
        sums[leg.account] = (debit + max(minor, 0), credit + max(-minor, 0))
    return sums
