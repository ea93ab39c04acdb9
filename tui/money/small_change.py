"""Small change that stays on the customer's account instead of being given (存零)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.base.money import Money
from models.ledger.folios import OPEN, Folio
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.money.payment import Payment


async def kept(payment: Payment, payings: Sequence[Paying], change: Money) -> list[Paying]:
    """The payings that end a payment, and behind them the change that stays, where the store keeps
    it, the customer has an account, and says yes.
    """
    customer = payment.payable.customer
    on = next((one for one in payment.facts.tenders if one.what.keeps_change), None)
    below = payment.facts.rule.keeps_below
    small = change.minor % below if below and not payment.facts.is_out else 0
    if not small or customer is None or on is None:
        return [*payings]
    account = await payment.in_books(_account_of, customer, on)
    if account is None:
        return [*payings]
    amount = Money(small, change.currency)
    asked = Confirm(
        word("{amount} of the change onto the account of {name}?"), yes=word("Keep it there"),
        is_grave=True, amount=amount, name=account.name,
    )  # fmt: skip
    if not await payment.desk.ask(asked):
        return [*payings]
    return [*payings, Paying(on.number, -amount, folio=account.key)]


def _account_of(customer: int, on: Tender) -> Folio | None:
    """The open account of a customer."""
    found: Folio | None = Folio.get_or_none(
        Folio.owner == customer, Folio.account == on.account_id, Folio.status == OPEN,
        ~Folio.is_posting_stopped,
    )  # fmt: skip
    return found
