"""Money that goes back: by which ways, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.ledger.payments.taken import take_for, take_off
from models.ledger.payments.taking import PAY_OUT, REFUND, OtherCard, require_same_card
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, tender_of
from models.trust import company
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
    chosen = await _chosen(app, [payings] if payings else [], name)
    if not chosen:
        return [], {}
    approval = await _approval(app, operation, chosen, name=name)
    given: list[Paying] = []
    while len(given) < len(chosen):
        paying = await _handed_out(app, *chosen[len(given)])
        if paying is not None:
            given.append(paying)
        elif not given:
            return [], {}
        else:
            # All of it is stored at once: what is out by now is not forgotten.
            app.alarm(_OUT, tender=tender_name(chosen[0][0]), amount=-given[0].given)
    return given, approval


_OUT = word("{tender} {amount} is paid out already: go on with the rest.")


async def give_back_each(
    app: Any, ways: Sequence[Sequence[Paying]], operation: Any, *args: Any, name: str,
    also: Sequence[str] = (), **fields: Any,
) -> bool:  # fmt: skip
    """Let somebody choose how money goes back, and store each payment as soon as it is out, so that
    no F12 behind it loses it. `operation` is called with `args` and the payings, below zero, and
    the language of the slip; `also` are rights that it asks for besides its own. Whether any of it
    went out.
    """
    chosen = await _chosen(app, ways, name)
    fields["language"] = await app.in_books(company.slip_language.value)
    is_any = False
    for tender, proposed in chosen:
        approval = await _approval(app, operation, [(tender, proposed)], name=name, also=also)
        paying = await _handed_out(app, tender, proposed)
        if paying is None:
            break
        await app.operate(operation, *args, [paying], **fields, **approval)
        is_any = True
        app.wake_paper()
        if tender.opens_drawer:
            app.kick_drawer()
        app.inform(
            word("Given back: {what} {amount}"), what=f"{name} {tender_name(tender)}",
            amount=-paying.given,
        )  # fmt: skip
        if "shown" in fields:
            fields["shown"] -= paying.given
    return is_any


async def _chosen(
    app: Any, ways: Sequence[Sequence[Paying]], name: str
) -> list[tuple[Tender, Paying]]:
    """The way that somebody chose, first as the money came; none where there is none."""
    if not ways:
        app.alarm(word("Nothing that was paid here can go back. Move it to another account."))
        return []
    read = await app.in_books(lambda: [_with_tenders(way) for way in ways])
    rows = [
        (way, ", ".join(" ".join(_told(tender, paying)) for tender, paying in way)) for way in read
    ]
    chosen: list[tuple[Tender, Paying]] | None = await app.ask(
        Options(word("Give back to {name}"), rows, name=name)
    )
    return chosen or []


def _told(tender: Tender, paying: Paying) -> Iterator[str]:
    """A way to pay, the digits of its card where they are known, and how much."""
    yield tender_name(tender)
    if paying.last_four:
        yield f"*{paying.last_four}"
    yield str(-paying.given)


async def _approval(
    app: Any, operation: Any, chosen: Sequence[tuple[Tender, Paying]], *, name: str,
    also: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """The right comes first: what is said afterwards is said of money that is out."""
    needed = [*((REFUND, -paying.given.minor) for _, paying in chosen), *((r, None) for r in also)]
    amount = Money.total((-paying.given for _, paying in chosen), chosen[0][1].given.currency)
    found: dict[str, Any] = await app.operate(operation.approved, *needed, name=name, amount=amount)
    return found


async def _handed_out(app: Any, tender: Tender, paying: Paying) -> Paying | None:
    """What the way to pay asks for, and that it is out; None when somebody went back. Another card
    than the one that paid is told before anything is out.
    """
    while (answers := await ask_all(app.top_screen, tender, is_out=True)) is not None:
        given = replace(paying, **answers)
        try:
            require_same_card(tender, {paying.last_four}, given.last_four)
        except OtherCard as other:
            app.tell(other)
            continue
        return given if await _is_paid_out(app, tender, -paying.given) else None
    return None


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
