"""The paper of a voucher or a credit, and the receipt of the money for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import label, money_text, time_text
from receipts.slip import CENTRE, Barcode, Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import Print, copy_marks, foot, payment_lines, store_head, title
from receipts.words import word

if TYPE_CHECKING:
    from models.members.lot_view import LotMoneyView, LotView

# By whether money goes out, and whether it is a deposit.
_TITLES = {
    (False, False): word("VOUCHER SOLD"), (True, False): word("MONEY BACK FOR A VOUCHER"),
    (False, True): word("DEPOSIT FOR AN APPOINTMENT"), (True, True): word("DEPOSIT PAID BACK"),
}  # fmt: skip


def lot_slip(lot: LotView, how: Print) -> Slip:
    """What the customer keeps: its number, what is left on it, and until when."""
    lang = how.lang
    parts: list[Part] = [*store_head(lot.store, lang), title(lot.title, lang), *copy_marks(how)]
    parts.append(Rule("="))
    parts.append(Pair(label("No.", lang), lot.number, bold=True, tall=True))
    parts.append(Pair(label("Value", lang), money_text(lot.value)))
    parts.append(Pair(label("Remaining", lang), money_text(lot.rest), bold=True, tall=True))
    until = lot.expires.isoformat() if lot.expires else label("without an end", lang)
    parts.append(Pair(label("Good through", lang), until))
    if lot.owner:
        parts.append(Pair(label("Owner", lang), lot.owner))
    parts += [
        Rule(), Pair(label("Slip no.", lang), lot.document),
        Pair(label("Time", lang), time_text(lot.at)), Pair(label("Cashier", lang), lot.cashier),
        Rule("="), Text(label("Keep it like money: it is good for whoever has it.", lang), CENTRE),
        Feed(), Barcode(lot.number), *foot(),
    ]  # fmt: skip
    return Slip("lot", lot.number, tuple(parts))


def lot_money_slip(paid: LotMoneyView, how: Print) -> Slip:
    """For whoever paid it; of money that went out, for whoever got it to sign."""
    lang = how.lang
    parts: list[Part] = [
        *store_head(paid.store, lang),
        title(_TITLES[paid.is_out, paid.is_deposit], lang),
        *copy_marks(how),
        Rule("="),
        Pair(label("Slip no.", lang), paid.number),
        Pair(label("Time", lang), time_text(paid.at)),
        Pair(label("Register", lang), paid.register),
        Pair(label("Cashier", lang), paid.cashier),
        Rule(),
        Pair(label("No.", lang), f"…{paid.lot[-4:]}"),
    ]
    if paid.owner:
        parts.append(Pair(label("Owner", lang), paid.owner))
    parts += [Pair(label("Total", lang), money_text(paid.total), bold=True, tall=True), Rule()]
    for payment in paid.payments:
        parts += payment_lines(payment, lang, is_back=False)
    if paid.change:
        change = money_text(paid.change)
        parts.append(Pair(label("Change given", lang), change, bold=True, tall=True))
    if paid.is_out:
        parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("lot_money", paid.number, (*parts, *foot()))
