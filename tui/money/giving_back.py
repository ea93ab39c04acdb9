"""Money that goes back: by which ways, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.ledger.payments.taken import take_for, take_off
from models.ledger.payments.taking import PAY_OUT, REFUND
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, tender_of
from receipts.words import word
from tui.desk.words import said
from tui.money.ways import Received, ask_all, tender_name
from tui.records.asking import Options
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.money.payment import Payment


async def ask_refund(
    app: Any, payings: Sequence[Paying], operation: Any, *, name: str
) -> tuple[list[Paying], dict[str, Any]]:
    """The payings, below zero, that somebody agreed to and answered, and with which approval, if
    it needs one, the operation is called; none when he went back. With none proposed he is told so.
    """
    if not payings:
        app.alarm(word("Nothing that was paid here can go back. Move it to another account."))
        return [], {}
    ways = await app.in_books(_with_tenders, payings)
    text = [(ways, ", ".join(f"{tender_name(tender)} {-paying.given}" for tender, paying in ways))]
    chosen = await app.ask(Options(word("Give back to {name}"), text, name=name))
    if not chosen:
        return [], {}
    # The right comes first: what is said afterwards is said of money that is out.
    needed = [(REFUND, -paying.given.minor) for _, paying in chosen]
    amount = Money.total((-paying.given for _, paying in chosen), chosen[0][1].given.currency)
    approval = await app.operate(operation.approved, *needed, name=name, amount=amount)
    given = []
    for tender, paying in chosen:
        answers = await ask_all(app.top_screen, tender, is_out=True)
        if answers is None or not await _is_paid_out(app, tender, -paying.given):
            return [], {}
        given.append(replace(paying, **answers))
    return given, approval


async def _is_paid_out(app: Any, tender: Tender, amount: Money) -> bool:
    """What does not come out of the drawer is confirmed, with its amount large."""
    return tender.what.is_cash or bool(await app.ask(Received(tender, amount, is_out=True)))


async def approval_to_store(payment: Payment, tender: Tender) -> dict[str, Any]:
    """With which approval a payment is stored. Of what goes out of no drawer the right comes before
    whether it is out.
    """
    if tender.what.is_cash or payment.payable.is_agreed or not payment.facts.is_out:
        return {}
    most = (PAY_OUT, -payment.facts.due.minor)
    found: dict[str, Any] = await payment.operate(
        take_for.approved, most, tender=tender_name(tender), amount=-payment.facts.due
    )
    return found


def _with_tenders(payings: Sequence[Paying]) -> list[tuple[Tender, Paying]]:
    return [(tender_of(paying.tender), paying) for paying in payings]


async def take_last_off(payment: Payment, draft: int) -> None:
    """The payment that was taken last goes: it asks, and is kept as an event."""
    line, take = list(payment.taken.items())[-1]
    sure = await payment.desk.ask(
        Confirm(
            word("Take {amount} by {tender} off again?"),
            said("What was paid outside must be given back outside."),
            yes=word("Take it off"), is_grave=True,
            amount=payment.shown(take.paying.given), tender=tender_name(take.tender),
        )
    )  # fmt: skip
    if sure:
        await payment.operate(take_off, draft, line)
        del payment.taken[line]
        payment.show_all()
