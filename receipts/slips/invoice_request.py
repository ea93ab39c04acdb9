"""The request for a tax invoice: what the office needs to issue it, signed by who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from models.ledger.debts.tax_invoices import ORDINARY, SPECIAL
from receipts.labels import label, money_text, time_text
from receipts.slip import Barcode, Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import Print, foot, head, taxes_table
from receipts.words import word

if TYPE_CHECKING:
    from models.reports.invoice_requests import InvoiceRequest

_KINDS: Final = {ORDINARY: word("Ordinary invoice"), SPECIAL: word("Special invoice")}


def invoice_request_slip(shown: InvoiceRequest, how: Print) -> Slip:
    """Of which bill, for whom, how much by each rate."""
    lang = how.lang
    parts: list[Part] = [
        *head(shown.store, "INVOICE REQUEST", how),
        Pair(label("Slip no.", lang), shown.number),
        Pair(label("Business day", lang), shown.day.isoformat()),
        Pair(label("Kind", lang), label(_KINDS[shown.kind], lang)),
        Pair(label("Invoice title", lang), shown.title),
    ]
    if shown.tax_number:
        parts.append(Pair(label("Its tax no.", lang), shown.tax_number))
    parts += taxes_table(shown.taxes, lang)
    parts += [
        Rule(),
        Pair(label("To be invoiced", lang), money_text(shown.total), bold=True, tall=True),
        Rule(),
        Pair(label("Cashier", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
        Text(label("This is no invoice. The office issues it.", lang)),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
        Feed(),
        Barcode(shown.barcode),
    ]
    return Slip("invoice", shown.number, (*parts, *foot()))
