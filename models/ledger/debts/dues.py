"""Receivables and payables: what is owed on folios, item by item, and the money that settles it.

One code for both: a folio on an account of assets is owed to the store, one on an account of debts
by it. An item is an entry on a folio; an allocation says which payment settled which item, and is
never changed: a wrong one is answered by its opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import BigIntegerField, CharField, CompositeKey, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import Told
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.kinds import label
from models.trust.operation import Job, operation


class AllocationWrong(Refusal):
    """More would be settled than the item or the payment has left."""


class ItemGone(Refusal):
    """There is no such item on this account."""


class Allocation(Row):
    """So much of a payment settles so much of an item; below zero takes it back."""

    charge = BigIntegerField()
    charge_line = IntegerField()
    payment = BigIntegerField()
    payment_line = IntegerField()
    number = IntegerField()
    amount = MoneyField()
    currency = CharField(max_length=3)
    user = BigIntegerField()
    day = DayField()
    at = InstantField()

    class Meta:
        primary_key = CompositeKey("charge", "charge_line", "payment", "payment_line", "number")
        indexes = ((("payment", "payment_line"), False),)
        append_only = True


Told(Allocation, "amount currency user day at")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on a folio with what is left of it. Above zero raises what the folio owes.

    `agreed_due` is the day on which it is due where another one was agreed (due_notes.py); `due` is
    the day that counts. `note` is the document's own; `reason` is what was said of it last.
    """

    document: int
    line: int
    label: str
    day: date
    due: date
    amount: Money
    left: Money
    note: str = ""
    agreed_due: date | None = None
    is_disputed: bool = False
    reason: str = ""

    @property
    def is_charge(self) -> bool:
        """True for what is owed, false for what was paid."""
        return self.amount.minor > 0


_ITEMS = Statement(
    'SELECT e."document_id", e."line", d."kind", d."register", d."number", d."day", e."amount", '
    'coalesce((SELECT sum(a."amount") FROM "allocation" a '
    'WHERE a."charge" = e."document_id" AND a."charge_line" = e."line"), 0), '
    'coalesce((SELECT sum(a."amount") FROM "allocation" a '
    'WHERE a."payment" = e."document_id" AND a."payment_line" = e."line"), 0), '
    'd."note", n."due", n."is_disputed", n."reason" '
    'FROM "entry" e JOIN "document" d ON d."key" = e."document_id" '
    'LEFT JOIN "due_note" n ON n."document" = e."document_id" AND n."line" = e."line" '
    'AND NOT EXISTS (SELECT 1 FROM "due_note" m WHERE m."document" = n."document" '
    'AND m."line" = n."line" AND m."number" > n."number") '
    'WHERE e."folio" = ? AND e."folio" IS NOT NULL '
    'ORDER BY d."day", d."register", d."key", e."line"'
)


def items_of(folio: Folio) -> list[Item]:
    """Every item of a folio, oldest first, with what is left of each."""
    return [_item(folio, row) for row in _ITEMS.rows(folio.key)]


def _item(folio: Folio, row: Sequence[Any]) -> Item:
    document, line, kind, register, number, day, amount, as_charge, as_payment, *noted = row
    money, on = store_currency(), date.fromisoformat(day)
    owed = sign_of(folio) * int(amount)
    left = owed - int(as_charge) if owed > 0 else owed + int(as_payment)
    note, due, is_disputed, reason = noted
    agreed = date.fromisoformat(due) if due else None
    return Item(
        document, line, label(kind, register, number), on,
        agreed or on + timedelta(days=folio.terms), Money(owed, money), Money(left, money),
        note, agreed, bool(is_disputed), reason or "",
    )  # fmt: skip


def item_on(folio: Folio, item: Item) -> Item:
    """An item that somebody saw, as it is now. Refuses: ItemGone."""
    for found in items_of(folio):
        if (found.document, found.line) == (item.document, item.line):
            return found
    raise ItemGone(account=folio.number, item=item.label)


_TOGETHER = Statement(
    'SELECT "charge", "charge_line", "payment", "payment_line", sum("amount") FROM "allocation" '
    'WHERE ("charge" = ? AND "charge_line" = ?) OR ("payment" = ? AND "payment_line" = ?) '
    'GROUP BY "charge", "charge_line", "payment", "payment_line" HAVING sum("amount") <> 0'
)


def settled_with(folio: Folio, item: Item) -> list[tuple[Item, Money]]:
    """The items by which one is settled, or which it settles, and by how much."""
    items = {(each.document, each.line): each for each in items_of(folio)}
    here, money = (item.document, item.line), store_currency()
    return [
        (items[(payment, paid) if (charge, line) == here else (charge, line)],
         Money(int(amount), money))
        for charge, line, payment, paid, amount in _TOGETHER.rows(*here, *here)
    ]  # fmt: skip


def sign_of(folio: Folio) -> int:
    """1 where a balance above zero is owed to the store, -1 where the store owes it."""
    return -1 if folio.is_debt else 1


BUCKETS = (0, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class Ageing:
    """What a folio owes by how long it is overdue: not yet, to 30, 60, 90 days, and beyond. Of all
    this so much is disputed.
    """

    folio: Folio
    buckets: tuple[Money, ...]
    unallocated: Money
    disputed: Money

    @property
    def total(self) -> Money:
        """What is owed in all, payments without an item taken off."""
        return Money.total(self.buckets, store_currency()) + self.unallocated


def ageing(account: int, as_of: date) -> Iterator[Ageing]:
    """The folios of a control account with a balance, by name, one after the other."""
    folios = (
        Folio.select()
        .where(Folio.account == account, Folio.balance != Money(0, store_currency()))
        .order_by(Folio.name)
    )
    return (aged(folio, items_of(folio), as_of) for folio in folios)


def aged(folio: Folio, items: Sequence[Item], as_of: date) -> Ageing:
    """These items of a folio by how long they are overdue."""
    money = store_currency()
    sums, unallocated, disputed = [0] * (len(BUCKETS) + 1), 0, 0
    for item in items:
        if not item.is_charge:
            unallocated += item.left.minor
            continue
        days = (as_of - item.due).days
        sums[sum(days > edge for edge in BUCKETS)] += item.left.minor
        disputed += item.left.minor if item.is_disputed else 0
    return Ageing(
        folio, tuple(Money(s, money) for s in sums), Money(unallocated, money),
        Money(disputed, money),
    )  # fmt: skip


def allocate_oldest(
    job: Job, folio: Folio, document: Document, *, first: int | None = None
) -> None:
    """Let a payment that was just posted settle the oldest items that nobody disputes, or what was
    given back take up the oldest payments, inside its operation; before them that of the document
    `first`.
    """
    items = sorted(items_of(folio), key=lambda item: item.document != first)
    new = next(item for item in items if item.document == document.key)
    left = abs(new.left.minor)
    for other in items:
        part = min(left, abs(other.left.minor))
        if other.is_charge == new.is_charge or other.is_disputed or not part:
            continue
        charge, payment = (new, other) if new.is_charge else (other, new)
        settle(job, charge, payment, Money(part, new.amount.currency))
        left -= part


@operation(right="keep accounts")
def allocate(job: Job, folio: Folio, charge: Item, payment: Item, *, amount: Money) -> None:
    """Say that a payment settles an item, or (below zero) that it does not.

    Refuses: AllocationWrong.
    """
    items = {(item.document, item.line): item for item in items_of(folio)}
    owed = items.get((charge.document, charge.line))
    paid = items.get((payment.document, payment.line))
    if owed is None or paid is None or not owed.is_charge or paid.is_charge:
        raise AllocationWrong(amount=amount)
    after = owed.left - amount, paid.left + amount
    if not (0 <= after[0].minor <= owed.amount.minor) or not (
        paid.amount.minor <= after[1].minor <= 0
    ):
        raise AllocationWrong(amount=amount)

    settle(job, owed, paid, amount)
    job.note(account=folio.number, item=owed.label, payment=paid.label, amount=amount)


def settle(job: Job, charge: Item, payment: Item, amount: Money) -> None:
    """Store that so much of a payment settles so much of an item, inside an operation."""
    same = Allocation.select().where(
        Allocation.charge == charge.document,
        Allocation.charge_line == charge.line,
        Allocation.payment == payment.document,
        Allocation.payment_line == payment.line,
    )
    Allocation.create(
        charge=charge.document, charge_line=charge.line, payment=payment.document,
        payment_line=payment.line, number=1 + same.count(), amount=amount,
        currency=amount.currency.code, user=job.user, day=job.day, at=job.now,
    )  # fmt: skip
