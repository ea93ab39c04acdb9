"""More than is due was taken by a card or a wallet: it is asked how the rest goes back, or, where a
refund was too much, how it comes in. Which ways there are says models/ledger/payments/taking.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.base.money import Money
from models.base.settling import in_cash
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.money.ways import ask_all, tender_name
from tui.records.asking import Options

if TYPE_CHECKING:
    from tui.money.payment import Payment


def may_be(payment: Payment, tender: Tender, given: Money) -> bool:
    """Whether so much is more than is due, by a way on which that happens."""
    due = -payment.remaining if payment.facts.is_out else payment.remaining
    is_far = given.minor > due.minor > 0
    return is_far and tender.what.is_outside and not tender.what.is_cash and not _cash_in(payment)


def _cash_in(payment: Payment) -> bool:
    return any(take.kind.is_cash for take in payment.taken.values())


async def ask(payment: Payment) -> Paying | None:
    """How the rest goes back; None when nobody says, and the payment stands as it is."""
    left = payment.remaining
    ways = [tender for tender in payment.facts.tenders if tender.what.gives_back]
    told = word("{amount} was paid too much. How does it go back?")
    if payment.facts.is_out:
        told = word("{amount} was given back too much. How does it come in?")
        ways = [tender for tender in ways if tender.what.is_cash]
    choices = [(tender, f"{tender_name(tender)} {abs(_by(payment, tender))}") for tender in ways]
    tender = await payment.desk.ask(Options(told, choices, amount=abs(left)))
    if tender is None:
        payment.desk.inform(word("Take the payment off with Delete, or press Enter again."))
        return None
    answers = await ask_all(payment, tender, is_out=not payment.facts.is_out)
    return None if answers is None else Paying(tender.number, _by(payment, tender), **answers)


def _by(payment: Payment, tender: Tender) -> Money:
    """Below zero goes out."""
    left = payment.remaining
    return in_cash(left, payment.facts.rule) if tender.what.is_cash else left
