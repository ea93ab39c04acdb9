"""The month's commission of one of the staff: every line of it, what it comes to, and the tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import heads, label, money_text, time_text
from receipts.slip import Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, foot, head

if TYPE_CHECKING:
    from models.reports.salon.month_slip import MonthLine, MonthView
    from receipts.labels import PaperLanguage


def commission_slip(shown: MonthView, how: Print) -> Slip:
    """For whose it is, to sign: line by line of what, at which rate, how much."""
    lang = how.lang
    parts: list[Part] = [
        *head(shown.store, "COMMISSION", how),
        Pair(
            label("Stylist", lang), f"{shown.number} {shown.name}" if shown.number else shown.name
        ),
        Pair(label("Month", lang), shown.month),
        Pair(label("Printed by", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
    ]
    columns = (
        Column(heads("Item", lang), is_amount=False),
        Column(heads("Base", lang)),
        Column(heads("Per cent or each", lang)),
        Column(heads("Amount", lang)),
    )
    rows = tuple(_row(line, lang) for line in shown.lines)
    if rows:
        parts += [Rule(), Table(columns, rows)]
    parts.append(Rule())
    parts += [Pair(label(why, lang), str(amount)) for why, amount in shown.sums]
    parts.append(Pair(label("Commission", lang), money_text(shown.total), bold=True, tall=True))
    if shown.tips:
        parts.append(Pair(label("Tips besides", lang), money_text(shown.tips)))
    parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("commission", f"{shown.number} {shown.month}", (*parts, *foot()))


def _row(line: MonthLine, lang: PaperLanguage) -> Row:
    rate = str(line.each) if line.each else line.rate
    told = [f"{line.day:%m-%d} {line.bill}"]
    if line.part:
        told.append(line.part)
    if line.is_asked:
        told.append(label("by name", lang))
    if line.why:
        told.append(label(line.why, lang))
    return Row((line.item, str(line.base), rate, str(line.amount)), (" ".join(told),))
