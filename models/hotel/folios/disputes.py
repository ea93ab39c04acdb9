"""Disputes of a guest about his bill (异议): which lines he does not own up to, and what becomes of
them when he leaves.

What is said of a line is a note on its entry, as on any account (ledger/debts/due_notes.py). A
window with a disputed line is not settled: the line is let off or voided, the guest owns up to it
after all, or it is set aside onto an account of its own, where it is owed and nobody is reminded of
it.
"""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.hotel.charges.folio_lines import (
    CHARGE,
    TILL,
    TRANSFER,
    FolioLine,
    is_answered,
    lines_of,
)
from models.hotel.charges.postings import let_off, open_line
from models.hotel.charges.windows import windows_of
from models.hotel.folios.transfers import move_lines
from models.hotel.stays.stays import IN_HOUSE, Stay, StayMoved
from models.ledger import folio_kinds
from models.ledger.debts.due_notes import note_item
from models.ledger.debts.dues import Item, items_of
from models.ledger.documents import Document
from models.ledger.folios import OPEN, Folio, new_folio
from models.trust.operation import Job, operation

DISPUTABLE = (CHARGE, TILL, TRANSFER)


class DisputeWrong(Refusal):
    """A charge that still counts is disputed once, with a reason, and settled once."""


class DisputeOpen(Refusal):
    """A line is disputed: let it off, end the dispute, or set it aside, before the window is
    settled.
    """


class NothingDisputed(Refusal):
    """No line of this guest is disputed."""


@operation(right="post charge")
def dispute_line(job: Job, line: FolioLine, *, reason: str, is_disputed: bool = True) -> FolioLine:
    """The guest says that he does not owe a charge, or no longer says so.

    Refuses: FolioNotOpen, DisputeWrong.
    """
    found = to_dispute(line, is_disputed=is_disputed)
    if not has_words(reason):
        raise DisputeWrong(text=found.text)

    item = _item_of(found)
    note_item(job, item, due=item.agreed_due, is_disputed=is_disputed, reason=reason)
    job.note(text=found.text, amount=found.amount, is_disputed=is_disputed, reason=reason.strip())
    return found


def to_dispute(line: FolioLine, *, is_disputed: bool) -> FolioLine:
    """A line that can be disputed, or is so far. A screen looks before it asks why.

    Refuses: FolioNotOpen, DisputeWrong.
    """
    found = open_line(line)
    was = _where(found) in disputed_on(found.folio)
    if was == is_disputed or not (was or _counts(found)):
        raise DisputeWrong(text=found.text)
    return found


def _aside_asked(stay: Stay, *, reason: str = "") -> dict[str, Any]:
    """What whoever approves it reads: whose lines, which, and how much."""
    lines = disputed_lines(stay)
    total = Money.total((line.amount for line in lines), store_currency())
    texts = ", ".join(line.text for line in lines)
    return {"guest": stay.name, "text": texts, "amount": total, "reason": reason}


@operation(right="transfer charge", asked=_aside_asked)
def set_aside(job: Job, stay: Stay, *, reason: str = "") -> Folio:
    """Move what a guest disputes onto an account in his name, where it stays disputed and is
    followed up as any debt (减免, 收款, 坏账); the rest of his bill can be settled.

    Refuses: StayMoved, NothingDisputed, NeedsOverride (the right to leave a debt).
    """
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != IN_HOUSE:
        raise StayMoved(stay=found.number, state=found.said_state)
    lines = disputed_lines(found)
    if not lines:
        raise NothingDisputed(stay=found.number)
    job.require("check out to account")

    said = {at: why for line in lines for at, why in disputed_on(line.folio).items()}
    kind = folio_kinds.KINDS[folio_kinds.DISPUTED]
    account = new_folio(
        job, kind, name=found.name, limit=Money(0, store_currency()), owner=found.person
    )
    document = move_lines(job, lines, account, reason=reason or found.number)
    for item, line in zip(_items_in(account, document), lines, strict=True):
        note_item(job, item, due=None, is_disputed=True, reason=said[_where(line)])
    job.note(stay=found.number, name=found.name, account=account.number)
    return account


def disputed_lines(stay: Stay) -> list[FolioLine]:
    """What a guest disputes on his open windows, in the order in which it was posted."""
    return [
        line
        for _, folio in windows_of(stay.key)
        if folio.status == OPEN and (said := disputed_on(folio.key))
        for line in lines_of(folio.key)
        if _where(line) in said
    ]


_NOTED = Statement(
    'SELECT l."document_id", l."line", n."reason" FROM "folio_line" l '
    'JOIN "entry" e ON e."document_id" = l."document_id" AND e."folio" = l."folio" '
    'AND e."amount" = l."amount" AND (e."line" = l."line" OR NOT EXISTS (SELECT 1 '
    'FROM "folio_line" k WHERE k."document_id" = l."document_id" AND k."folio" = l."folio" '
    'AND k."amount" = l."amount" AND k."line" <> l."line")) '
    'JOIN "due_note" n ON n."document" = e."document_id" AND n."line" = e."line" '
    'WHERE l."folio" = ? AND n."is_disputed" AND NOT EXISTS (SELECT 1 FROM "due_note" m '
    'WHERE m."document" = n."document" AND m."line" = n."line" AND m."number" > n."number")'
)


def disputed_on(folio: int) -> dict[tuple[int, int], str]:
    """The lines of a folio, by document and line, that are disputed, each with the reason; what was
    voided, moved away or wholly let off is no longer.
    """
    noted = {(document, line): reason for document, line, reason in _NOTED.rows(folio)}
    if not noted:
        return {}
    return {_where(ln): noted[_where(ln)] for ln in lines_of(folio)
            if _where(ln) in noted and _counts(ln)}  # fmt: skip


def require_undisputed(folio: Folio) -> None:
    """Before a window is settled. Refuses: DisputeOpen."""
    if said := disputed_on(folio.key):
        raise DisputeOpen(name=folio.name, reasons="; ".join(said.values()))


def _where(line: FolioLine) -> tuple[int, int]:
    return line.document_id, line.line


def _counts(line: FolioLine) -> bool:
    """Is it a charge of which something is owed still?"""
    is_charge = line.kind in DISPUTABLE and line.amount.minor > 0
    return is_charge and not is_answered(line) and let_off(line) < line.amount


def _item_of(line: FolioLine) -> Item:
    """The entry of a line, as an item of its account; of two like it the one in its place."""
    folio: Folio = Folio.get_by_id(line.folio)
    like = [
        item
        for item in items_of(folio)
        if item.document == line.document_id and item.amount == line.amount
    ]
    return min(like, key=lambda item: item.line != line.line)


def _items_in(account: Folio, document: Document) -> list[Item]:
    return [item for item in items_of(account) if item.document == document.key]
