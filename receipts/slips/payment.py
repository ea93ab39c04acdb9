"""The slip of a payment on account: taken from a customer, or made to a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import label, money_text, time_text
from receipts.slip import Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import Print, foot, head, payment_lines, remark

if TYPE_CHECKING:
    from models.ledger.payments.payment_view import AccountPaymentView
    from receipts.labels import PaperLanguage


def payment_slip(paid: AccountPaymentView, how: Print) -> Slip:
    """For whoever paid, or, of money that went out, for whoever got it to sign."""
    lang = how.lang
    parts: list[Part] = [
        *head(paid.store, "PAYMENT MADE" if paid.is_out else "PAYMENT RECEIVED", how),
        Pair(label("Slip no.", lang), paid.number),
        Pair(label("Time", lang), time_text(paid.at)),
        Pair(label("Register", lang), paid.register),
        Pair(label("Cashier", lang), paid.cashier),
        Rule(),
        Pair(label("Account", lang), paid.account),
        Pair(label("Name", lang), paid.name),
        *_amounts(paid, lang),
    ]
    if paid.note:
        parts.append(remark("Note", lang, paid.note))
    if paid.is_out:
        parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("payment", paid.number, (*parts, *foot()))


def _amounts(paid: AccountPaymentView, lang: PaperLanguage) -> list[Part]:
    parts: list[Part] = []
    if paid.rounding:
        parts.append(Pair(label("Amount", lang), str(paid.settled)))
        parts.append(Pair(label("Rounding", lang), str(paid.rounding)))
    parts += [Pair(label("Total", lang), money_text(paid.total), bold=True, tall=True), Rule()]
    for payment in paid.payments:
        parts += payment_lines(payment, lang, is_back=False)
    if paid.change:
        change = money_text(paid.change)
        parts.append(Pair(label("Change given", lang), change, bold=True, tall=True))
    return parts
