"""X and Z: the shift so far, and the closed shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ledger.kinds import X
from receipts.labels import PaperLanguage, heads, label, money_text, time_text
from receipts.slip import Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import (
    Print,
    banner,
    bridge,
    copy_marks,
    foot,
    store_head,
    taxes_table,
    tenders_table,
    title,
)

if TYPE_CHECKING:
    from models.base.money import Money
    from models.ledger.daily.shift_view import ShiftView


def shift_slip(shift: ShiftView, how: Print) -> Slip:
    """The owner looks for three things first: what was sold, what came in, is the cash right."""
    lang = how.lang
    parts: list[Part] = [
        *store_head(shift.store, lang),
        title("X REPORT" if shift.kind == X else "Z REPORT", lang),
    ]
    if shift.kind == X:
        parts.append(banner("The shift goes on", lang))
    parts += [*copy_marks(how), Rule("="), *_head(shift, lang), Rule(), *_sales(shift, lang)]
    parts += tenders_table(shift.tenders, lang)
    parts += bridge(_net(shift), shift.beside, lang)
    parts += _days(shift, lang)
    parts += [Rule(), *_cash(shift, lang)]
    parts += _denominations(shift, lang)
    parts += _foreign(shift, lang)
    parts += _categories(shift, lang)
    parts += taxes_table(shift.taxes, lang)
    parts += [Rule("="), *_numbers(shift, lang), *_signature(shift, lang), *foot()]
    return Slip(shift.kind.lower(), shift.number, tuple(parts))


def _head(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    # An X has no number: it is a look, not a closing.
    number = [Pair(label("Slip no.", lang), shift.number)] if shift.number else []
    parts: list[Part] = [
        *number,
        Pair(label("Business day", lang), shift.day.isoformat()),
        *_until(shift, lang),
        Pair(label("Register", lang), shift.register),
        Pair(label("Cashier", lang), shift.cashier),
        Pair(label("Shift opened", lang), time_text(shift.opened_at)),
    ]
    if shift.closed_at:
        parts.append(Pair(label("Shift closed", lang), time_text(shift.closed_at)))
    if shift.counted_by:
        parts.append(Pair(label("Counted and closed by", lang), shift.counted_by))
    return parts


def _until(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    """The other date of a shift that went over the close of a day."""
    if shift.until == shift.day:
        return []
    return [Pair(label("To business day", lang), shift.until.isoformat())]


def _days(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    """What each date has of such a shift: with it Z and the day's slips are laid side by side."""
    if shift.until == shift.day:
        return []
    columns = (
        Column(heads("Business day", lang)),
        Column(heads("Net sales", lang)),
        Column(heads("Taken", lang)),
    )
    rows = tuple(
        Row((one.day.isoformat(), str(one.net_total), str(one.taken))) for one in shift.days
    )
    return [Rule(), Table(columns, rows)]


def _sales(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    net = _net(shift)
    return [
        Pair(f"{label('Sales', lang)} ({shift.sales_count})", str(shift.sales_total)),
        Pair(f"{label('Returns', lang)} ({shift.returns_count})", str(-shift.returns_total)),
        *undone(shift.undone_count, shift.undone_total, lang),
        Pair(label("Net sales", lang), money_text(net), bold=True, tall=True),
        *rounded(shift.rounding, lang),
        Pair(label("Discounts given", lang), str(-shift.discounts)),
        Pair(label("Lines removed, bills cancelled", lang), str(shift.voids_count)),
        Pair(label("No-sale openings", lang), str(shift.no_sale_count)),
    ]


def _net(shift: ShiftView) -> Money:
    return shift.sales_total - shift.returns_total - shift.undone_total


def undone(count: int, amount: Money, lang: PaperLanguage) -> list[Part]:
    """Sales that were undone, where there are any: a slip from before there were stays as it is."""
    return [Pair(f"{label('Sales undone', lang)} ({count})", str(-amount))] if count else []


def rounded(amount: Money, lang: PaperLanguage) -> list[Part]:
    """What the rounding of cash makes of the net sales: categories and taxes come to the rest."""
    return [Pair(label("Cash rounding in it", lang), str(amount))] if amount else []


def _cash(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    parts: list[Part] = [
        Pair(label("Float", lang), str(shift.float_amount)),
        Pair(label("Paid in", lang), str(shift.cash_in)),
        Pair(label("Paid out", lang), str(-shift.cash_out)),
        Pair(label("Drops", lang), str(-shift.drops)),
        *(Pair(f"  {label('Bag no.', lang)} {bag}", str(-amount)) for bag, amount in shift.bags),
    ]
    if shift.expected_cash is not None:
        parts.append(Pair(label("Expected cash", lang), str(shift.expected_cash)))
    if shift.counted_cash is not None:
        parts.append(Pair(label("Counted cash", lang), str(shift.counted_cash)))
    if shift.counts > 1:
        # Whoever counts again has seen by then what should be there.
        parts.append(Pair(label("Times counted", lang), str(shift.counts)))
    if shift.over_short is not None:
        word = "Cash short" if shift.over_short.minor < 0 else "Cash over"
        word = word if shift.over_short else "Cash is right"
        parts.append(Pair(label(word, lang), money_text(shift.over_short), bold=True, tall=True))
        if shift.reason:
            parts.append(Pair(label("Reason", lang), shift.reason))
    return parts


def _denominations(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    if not shift.denominations:
        return []
    columns = (Column(heads("Face value", lang)), Column(heads("Pcs", lang)))
    rows = tuple(Row((money_text(face), str(count))) for face, count in shift.denominations)
    return [Rule(), Table(columns, rows)]


def _foreign(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    """Cash of other currencies, each in its own money."""
    if not shift.foreign:
        return []
    columns = (
        Column(heads("Foreign cash", lang)),
        Column(heads("Expected", lang)),
        Column(heads("Counted", lang)),
        Column(heads("Difference", lang)),
    )
    rows = tuple(
        Row((each.code, str(each.expected), str(each.counted), str(each.counted - each.expected)))
        for each in shift.foreign
    )
    return [Rule(), Table(columns, rows)]


def _categories(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    if not shift.categories:
        return []
    columns = (
        Column(heads("Category", lang)),
        Column(heads("Qty", lang)),
        Column(heads("Amount", lang)),
    )
    rows = tuple(
        Row((name or label("No category", lang), str(quantity), str(amount)))
        for name, quantity, amount in shift.categories
    )
    return [Rule(), Table(columns, rows)]


def _numbers(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    """First and last number and the chain's head: with them a missing bill can be proved."""
    parts: list[Part] = []
    if shift.first_number:
        parts.append(Pair(label("First number", lang), shift.first_number))
        parts.append(Pair(label("Last number", lang), shift.last_number))
    if shift.chain_head:
        parts.append(Pair(label("Chain head", lang), shift.chain_head))
    return parts


def _signature(shift: ShiftView, lang: PaperLanguage) -> list[Part]:
    if shift.kind == X:
        return []
    return [Feed(), Text(f"{label('Signature', lang)} ________________")]
