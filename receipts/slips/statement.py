"""The statement of an account, and the letter that asks for what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import heads, label, money_text, time_text
from receipts.slip import Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, foot, head

if TYPE_CHECKING:
    from models.ledger.debts.dues import Ageing, Item
    from models.reports.statements import ReminderView, StatementView
    from receipts.labels import PaperLanguage

_AGES = ("Not due", "1-30 days", "31-60 days", "61-90 days", "Over 90 days")


def statement_slip(shown: StatementView, how: Print) -> Slip:
    """Every entry with what the account came to, and what is open by its age."""
    lang = how.lang
    parts: list[Part] = [
        *head(shown.store, "STATEMENT OF ACCOUNT", how),
        Pair(label("Account", lang), shown.number),
        Pair(label("Name", lang), shown.name),
        Pair(label("From", lang), str(shown.first)),
        Pair(label("To", lang), str(shown.last)),
        Pair(label("Handled by", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
        Rule(),
        Pair(label("Opening balance", lang), str(shown.opening)),
    ]
    columns = (
        Column(heads("Document", lang)),
        Column(heads("Amount", lang)),
        Column(heads("Balance", lang)),
    )
    rows = tuple(
        Row((f"{line.item.day:%m-%d} {line.item.label}", str(line.item.amount), str(line.balance)),
            _notes(line.item))
        for line in shown.lines
    )  # fmt: skip
    if rows:
        parts.append(Table(columns, rows))
    parts += [
        Rule(),
        Pair(label("Balance", lang), money_text(shown.closing), bold=True, tall=True),
        *_ages(shown.age, lang),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
    ]
    return Slip("statement", shown.number, (*parts, *foot()))


def _notes(item: Item) -> tuple[str, ...]:
    return (item.note,) if item.note else ()


def _ages(age: Ageing, lang: PaperLanguage) -> list[Part]:
    """What is open by how long it is overdue; lines of nothing are left out."""
    named = [*zip(_AGES, age.buckets, strict=True), ("Not assigned", age.unallocated)]
    named.append(("Of this disputed", age.disputed))
    return [Pair(label(name, lang), str(amount)) for name, amount in named if amount]


def reminder_slip(shown: ReminderView, how: Print) -> Slip:
    """What is overdue, item by item, and the sum that is asked for."""
    lang = how.lang
    columns = (
        Column(heads("Document", lang)),
        Column(heads("Due", lang)),
        Column(heads("Unpaid", lang)),
    )
    rows = tuple(
        Row((item.label, str(item.due), str(item.left)), _notes(item)) for item in shown.items
    )
    parts: list[Part] = [
        *head(shown.store, "PAYMENT REMINDER", how),
        Pair(label("Account", lang), shown.number),
        Pair(label("Name", lang), shown.name),
        Pair(label("Day", lang), str(shown.day)),
        Rule(),
        Text(label("These were to be paid by the day beside them:", lang)),
        Table(columns, rows),
        Rule(),
        Pair(label("To be paid", lang), money_text(shown.total), bold=True, tall=True),
        Text(label("What was paid in the meantime is not counted.", lang)),
        Pair(label("Handled by", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
    ]
    return Slip("reminder", shown.number, (*parts, *foot()))
