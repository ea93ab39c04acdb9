"""Float, money changed, paid in, paid out, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ledger.trade import CASH_IN, CASH_OUT, DROP, FLOAT, FX_BANKED, FX_BOUGHT
from receipts.labels import label, money_text, time_text
from receipts.slip import Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import Print, foot, head, remark

if TYPE_CHECKING:
    from models.ledger.daily.shift_view import CashMoveView

TITLES = {
    FLOAT: "FLOAT",
    CASH_IN: "PAID IN",
    CASH_OUT: "PAID OUT",
    DROP: "CASH DROP",
    FX_BOUGHT: "MONEY CHANGED",
    FX_BANKED: "FOREIGN CASH TO THE BANK",
}


def cash_move_slip(move: CashMoveView, how: Print) -> Slip:
    """The slip that goes into the drawer or the bag, with room to sign."""
    lang = how.lang
    parts: list[Part] = [
        *head(move.store, TITLES[move.kind], how),
        Pair(label("Slip no.", lang), move.number),
        Pair(label("Time", lang), time_text(move.at)),
        Pair(label("Register", lang), move.register),
        Pair(label("Cashier", lang), move.cashier),
        Rule(),
    ]
    parts.append(Pair(label("Amount", lang), money_text(move.amount), bold=True, tall=True))
    if move.bag:
        parts.append(Pair(label("Bag no.", lang), move.bag))
    if move.reason:
        parts.append(remark("Reason", lang, move.reason))
    parts += [Feed(), Text(f"{label('Signature', lang)} ________________"), *foot()]
    return Slip("cash_move", move.number, tuple(parts))
