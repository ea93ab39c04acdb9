"""What is agreed about an item of an account: another day on which it is due, a dispute.

Nothing is changed: what is agreed next is a row of its own, and the newest of an item counts.
"""

from __future__ import annotations

from datetime import date

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.base.watching import Told
from models.ledger.debts.dues import Item, item_on
from models.ledger.folios import Folio
from models.trust.operation import Job, operation


class NothingAgreed(Refusal):
    """What is agreed about an item is said with its reason, and another due day lies not before the
    day of the item.
    """


class DueNote(Row):
    """From here on the item is due on `due` (None: after the days of its account), or disputed."""

    document = BigIntegerField()
    line = IntegerField()
    number = IntegerField()
    due = DayField(null=True)
    is_disputed = BooleanField(default=False)
    reason = CharField(max_length=200)
    user = BigIntegerField()
    day = DayField()
    at = InstantField()

    class Meta:
        primary_key = CompositeKey("document", "line", "number")
        append_only = True


Told(DueNote, "due is_disputed reason user day at")


@operation(right="keep accounts")
def change_due_day(job: Job, folio: Folio, item: Item, due: date, *, reason: str) -> None:
    """Another day on which what is owed is due, such as an extension that was agreed.

    Refuses: ItemGone, NothingAgreed.
    """
    found = item_on(folio, item)
    if not found.is_charge or due < found.day or not has_words(reason):
        raise NothingAgreed(item=found.label, day=found.day)
    note_item(job, found, due=due, is_disputed=found.is_disputed, reason=reason)
    job.note(account=folio.number, item=found.label, due=due)


@operation(right="keep accounts")
def dispute_item(
    job: Job, folio: Folio, item: Item, *, is_disputed: bool = True, reason: str
) -> None:
    """Whoever owes an item says that he does not, or no longer says so: a disputed one is owed as
    before, but nobody is reminded of it.

    Refuses: ItemGone, NothingAgreed.
    """
    found = item_on(folio, item)
    if not found.is_charge or found.is_disputed == is_disputed or not has_words(reason):
        raise NothingAgreed(item=found.label, day=found.day)
    note_item(job, found, due=found.agreed_due, is_disputed=is_disputed, reason=reason)
    job.note(account=folio.number, item=found.label, is_disputed=is_disputed)


def note_item(job: Job, item: Item, *, due: date | None, is_disputed: bool, reason: str) -> None:
    """Say what is agreed about an item, inside an operation; `reason` is also the old number of
    what was owed before these books. Refuses: NothingAgreed.
    """
    if not reason.strip():
        raise NothingAgreed(item=item.label, day=item.day)
    same = DueNote.select().where(DueNote.document == item.document, DueNote.line == item.line)
    DueNote.create(
        document=item.document, line=item.line, number=1 + same.count(), due=due,
        is_disputed=is_disputed, reason=reason.strip()[:200], user=job.user, day=job.day,
        at=job.now,
    )  # fmt: skip
