"""What is told when a payment is finished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.ledger.ways.tender_kinds import Take
from receipts.words import word
from tui.desk.words import t
from tui.money.payable import Finished
from tui.money.ways import tender_name

if TYPE_CHECKING:
    from tui.money.payment import Payment


async def finished(payment: Payment, document: Any, takes: Sequence[Take]) -> Finished:
    """What was given by which ways, what is left on a voucher or a card, and the change; nothing of
    it is below zero.
    """
    zero = Money.zero(payment.facts.due.currency)
    given = Money.total((take.paying.given for take in takes), zero.currency)
    sums: dict[int, Money] = {}
    for take in takes:
        before = sums.get(take.paying.tender, zero)
        sums[take.paying.tender] = before + take.paying.given
    names = {take.paying.tender: tender_name(take.tender) for take in takes}
    coded = [take for take in takes if take.paying.code]
    rests = await payment.in_books(_rests, coded) if coded else {}
    told = ", ".join(
        f"{names[way]} {payment.shown(amount)}{rests.get(way, '')}" for way, amount in sums.items()
    )
    given, is_out = payment.shown(given), payment.facts.is_out
    # Also what leaves the drawer because a card paid too much.
    change = given if is_out else payment.settled(takes).change - _cash_back(takes, given)
    # What goes out is below zero in some documents, in a payment on account it is not.
    total = document.total if document.total.minor > 0 else -document.total
    return Finished(document.label, total, given, change, told, is_out=is_out)


def _rests(takes: Sequence[Take]) -> dict[int, str]:
    """By way to pay, what is left on the voucher or the card: the customer asks for it."""
    found = {}
    for take in takes:
        if (held := take.kind.holds(take.paying.code)) is not None:
            found[take.paying.tender] = " " + t(word("({amount} left)"), amount=held)
    return found


def _cash_back(takes: Sequence[Take], zero: Money) -> Money:
    """The cash that goes out beside money that comes in, below zero."""
    out = (t.paying.given for t in takes if t.kind.is_cash and t.paying.given.minor < 0)
    return Money.total(out, zero.currency)
