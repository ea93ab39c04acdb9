"""The closed business day over all registers, with the short form of its signed head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import PaperLanguage, heads, label, money_text, time_text
from receipts.slip import CENTRE, Column, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, bridge, foot, head, taxes_table, tenders_table
from receipts.slips.shift import rounded, undone

if TYPE_CHECKING:
    from models.ledger.daily.shift_view import DayView


def day_slip(day: DayView, how: Print) -> Slip:
    """The day's totals; whoever keeps this slip can prove later that nothing was changed."""
    lang = how.lang
    parts: list[Part] = [
        *head(day.store, "Day closed", how),
        Pair(label("Business day", lang), day.day.isoformat(), bold=True),
        Pair(label("Day closed at", lang), time_text(day.closed_at)),
        Pair(label("Closed by", lang), day.closed_by),
        Rule(),
        Pair(f"{label('Sales', lang)} ({day.sales_count})", str(day.sales_total)),
        Pair(f"{label('Returns', lang)} ({day.returns_count})", str(-day.returns_total)),
        *undone(day.undone_count, day.undone_total, lang),
        Pair(label("Net sales", lang), money_text(day.net_total), bold=True, tall=True),
        *rounded(day.rounding, lang),
        Pair(label("Discounts given", lang), str(-day.discounts)),
        Pair(label("Cash over or short", lang), str(day.over_short)),
    ]
    parts += tenders_table(day.tenders, lang)
    parts += bridge(day.net_total, day.beside, lang)
    parts += _earned(day, lang)
    parts += _registers(day, lang)
    parts += _shifts_over(day, lang)
    parts += taxes_table(day.taxes, lang)
    if day.head_short:
        parts += [Rule("="), Text(label("Signed head of the day", lang), CENTRE)]
        parts.append(Text(day.head_short, CENTRE, bold=True))
    parts += foot()
    return Slip("day", day.day.isoformat(), tuple(parts))


def _earned(day: DayView, lang: PaperLanguage) -> list[Part]:
    """Beside what was taken: what was earned, and what is owed for cards and vouchers."""
    if not day.earned:
        return []
    (earned, *owed), told = day.earned, list[Part]()
    told.append(Pair(label(earned[0], lang), money_text(earned[1]), bold=True))
    told.append(Text(label("Paid ahead on cards and vouchers", lang)))
    told += [Pair(label(name, lang), str(amount)) for name, amount in owed[:-1]]
    name, still = owed[-1]
    return [Rule(), *told, Pair(label(name, lang), money_text(still), bold=True)]


def _shifts_over(day: DayView, lang: PaperLanguage) -> list[Part]:
    """Who went on over the close. Not what the drawer should hold: it is counted blind, and this
    slip comes out beside who will count it.
    """
    if not day.shifts_over:
        return []
    parts: list[Part] = [Rule(), Text(label("Shifts that go on, counted later", lang), bold=True)]
    for one in day.shifts_over:
        parts.append(Pair(f"{one.register} {one.cashier}", time_text(one.opened_at)))
    return parts


def _registers(day: DayView, lang: PaperLanguage) -> list[Part]:
    columns = (
        Column(heads("Register", lang)),
        Column(heads("Txns", lang)),
        Column(heads("Amount", lang)),
    )
    rows = []
    for one in day.registers:
        notes = [f"{one.first_number} - {one.last_number}"] if one.first_number else []
        notes += [one.chain_head] if one.chain_head else []
        cells = (one.register, str(one.sales_count), str(one.sales_total))
        rows.append(Row(cells, tuple(notes)))
    return [Rule(), Table(columns, tuple(rows))] if rows else []
