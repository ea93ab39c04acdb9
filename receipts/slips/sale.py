"""The receipt of a sale or a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.shop.trade import RETURN, SALE, VOID
from receipts.labels import PaperLanguage, heads, label, money_text, time_text
from receipts.quantities import quantity_text
from receipts.slip import CENTRE, Barcode, Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import (
    Print,
    banner,
    copy_marks,
    foot,
    payment_lines,
    remark,
    store_head,
    taxes_table,
    title,
)
from receipts.words import word

if TYPE_CHECKING:
    from models.shop.sale_view import SaleLineView, SaleView


_EXCHANGE = "exchange"
_TITLES = {
    RETURN: word("RETURN"), VOID: word("SALE UNDONE"), _EXCHANGE: word("EXCHANGE"),
}  # fmt: skip


def sale_slip(sale: SaleView, how: Print) -> Slip:
    """The receipt; where goods come back it says so, of which bill, and why."""
    lang = how.lang
    parts: list[Part] = store_head(sale.store, lang)
    is_return = sale.total.minor < 0
    kind = _EXCHANGE if sale.kind == SALE and sale.original_number else sale.kind
    if kind in _TITLES:
        parts.append(title(_TITLES[kind], lang))
    parts += copy_marks(how)
    parts += [Rule("="), *bill_head(sale, lang)]
    if sale.original_number:
        parts.append(Pair(label("Returned bill", lang), sale.original_number))
    if sale.reason:
        parts.append(Pair(label("Reason", lang), label(sale.reason, lang)))
    parts += [Rule(), lines_table(sale, lang), Rule(), *totals(sale, lang)]
    parts += _payments(sale, lang, is_return=is_return)
    parts += [*taxes_table(sale.taxes, lang), *_points(sale, lang)]
    if sale.note:
        parts += [Rule(), remark("Note", lang, sale.note)]
    parts += [*_signature(sale, lang), Rule("="), *_thanks(sale), *bill_code(sale), *foot()]
    return Slip(SALE if kind == _EXCHANGE else kind, sale.number, tuple(parts))


def bill_head(sale: SaleView, lang: PaperLanguage) -> list[Part]:
    """Number, time and people: what is asked for when somebody comes back with the slip."""
    # An open bill that nobody gave a name has none yet.
    parts: list[Part] = [Pair(label("Slip no.", lang), sale.number)] if sale.number else []
    parts.append(Pair(label("Time", lang), time_text(sale.at)))
    if sale.day != sale.at.date():
        # After midnight the business day is still yesterday's; the Z counts it there.
        parts.append(Pair(label("Business day", lang), sale.day.isoformat()))
    parts.append(Pair(label("Register", lang), sale.register))
    parts.append(Pair(label("Cashier", lang), sale.cashier))
    if sale.salesperson:
        parts.append(Pair(label("Served by", lang), sale.salesperson))
    if sale.customer:
        parts.append(Pair(label("Customer", lang), sale.customer))
    return parts


def bill_code(sale: SaleView) -> list[Part]:
    """The code that finds the bill again at a return; an open bill has none."""
    return [Feed(), Barcode(sale.barcode)] if sale.barcode else []


def lines_table(sale: SaleView, lang: PaperLanguage) -> Table:
    """The lines with what was taken off beneath."""
    columns = (
        Column(heads("Item", lang), is_amount=False),
        Column(heads("Qty", lang)),
        Column(heads("Price", lang)),
        Column(heads("Amount", lang)),
    )
    return Table(columns, tuple(_line(line, lang) for line in sale.lines))


def _line(line: SaleLineView, lang: PaperLanguage) -> Row:
    if line.is_weighed:
        # A weight without its unit reads like a count; a piece needs none.
        quantity = f"{line.quantity}{line.unit}"
    else:
        quantity = quantity_text(line.quantity, pack=line.pack, unit=line.unit, lang=lang)
    # How the amount came about: each promotion by its name, and what was given by hand.
    notes = [f"{name} {-off}" for name, off in line.offs]
    if line.by_hand:
        notes.append(f"{label('Discount', lang)} {-line.by_hand}")
    if line.hands:
        notes.append(f"{label('Work by', lang)} {', '.join(line.hands)}")
    return Row((line.name, quantity, str(line.price), str(line.amount)), tuple(notes))


def totals(sale: SaleView, lang: PaperLanguage) -> list[Part]:
    """From the subtotal to the total; what is the same as the total is not printed twice."""
    parts: list[Part] = []
    if sale.discount or sale.rounding:
        parts.append(Pair(label("Subtotal", lang), str(sale.subtotal)))
    if sale.discount:
        parts.append(Pair(label("Discount", lang), str(-sale.discount)))
    if sale.rounding:
        parts.append(Pair(label("Rounding", lang), str(sale.rounding)))
    parts.append(Pair(label("Total", lang), money_text(sale.total), bold=True, tall=True))
    parts.append(Pair(label("Item count", lang), str(sale.item_count)))
    return parts


def _payments(sale: SaleView, lang: PaperLanguage, *, is_return: bool) -> list[Part]:
    if not sale.payments:
        return [] if not sale.total else [Rule(), banner("NOT PAID", lang)]
    parts: list[Part] = [Rule()]
    for payment in sale.payments:
        parts += payment_lines(payment, lang, is_back=is_return)
    if sale.paid_instead:
        parts.append(Text(label("Booked otherwise first. Paid in truth:", lang)))
    for payment in sale.paid_instead:
        parts += payment_lines(payment, lang, is_back=False)
    if sale.change:
        parts.append(
            Pair(label("Change given", lang), money_text(sale.change), bold=True, tall=True)
        )
    return parts


def _points(sale: SaleView, lang: PaperLanguage) -> list[Part]:
    """What came and went, and what he has: whoever keeps his slips can add them up."""
    points = sale.points
    if points is None:
        return []
    parts: list[Part] = [Rule()]
    if points.used:
        parts.append(Pair(label("Points used", lang), str(-points.used)))
    if points.brought:
        parts.append(Pair(label("Points of this bill", lang), f"{points.brought:+}"))
    return [*parts, Pair(label("Points in all", lang), str(points.rest))]


def _signature(sale: SaleView, lang: PaperLanguage) -> list[Part]:
    """Whoever charges an account signs for it: the house shows it when the line is disputed."""
    if not any(payment.owner and payment.amount.minor > 0 for payment in sale.payments):
        return []
    return [Feed(), Text(f"{label('Signature', lang)} ________________")]


def _thanks(sale: SaleView) -> list[Part]:
    return [Text(line, CENTRE) for line in sale.store.footer.splitlines() if line.strip()]
