"""Tips: taken at payment, for whom they are; and paid out to the staff."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, cash_tender
from models.salon.tips import (
    Tip,
    TipForNobody,
    TipUnreadable,
    all_owed,
    pay_tips,
    payings_for,
    read_tip,
)
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.in_turn import in_turn
from tui.desk.words import said
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Message, Panel, Pick

if TYPE_CHECKING:
    from tui.money.payment import Payment
    from tui.shop.bill_payable import BillPayable

_PROMPT = word("Tip: 40, 15%, 40 8 21 for these two, 8:25 21:15")
_COLUMNS = (
    Column(word("Name"), 0, read=lambda tip: tip.name),
    Column(word("Tips"), 11, "right", tone="money", read=lambda tip: str(tip.amount)),
)


async def take_tip(screen: Payment, tender: Tender) -> None:
    """Ask how much and for whom, until it can be read; what was typed before is proposed."""
    bill = cast("BillPayable", screen.payable).bill
    work = [(line.priced.amount, line.hands) for line in bill.lines]
    typed: str | None = screen.entry.value
    screen.entry.set_value("")
    while True:
        typed = await screen.question(said(_PROMPT), proposal=typed or "")
        if typed is None or not typed.strip():
            return
        try:
            payings = await screen.in_books(_payings, typed, work)
        except (TipUnreadable, TipForNobody) as refusal:
            screen.desk.tell(refusal)
            continue
        break
    for paying in payings:
        await screen.store(paying, tender)


def _payings(typed: str, work: Any) -> list[Paying]:
    return payings_for(read_tip(typed, work))


async def pay_out(app: Any) -> None:
    """From the menu: give somebody his tips, in cash."""
    owed = await app.in_books(all_owed)
    if not owed:
        await app.ask(Message(word("Nobody has tips that were not paid out.")))
        return
    given = await in_turn(app, partial(_question, owed))
    if given is None:
        return
    tip, amount = given[0], money_of(given[1])
    cash = await app.in_books(cash_tender)
    await app.operate(pay_tips, tip.user, (Paying(cash.number, -amount),), amount=amount)
    app.kick_drawer()
    app.inform(word("{name}: {amount} of tips paid out in cash."), name=tip.name, amount=amount)


def _question(owed: list[Tip], given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Whose, and how much. Refuses: NotANumber."""
    if not given:
        return Pick(word("Whose tips are paid out?"), _COLUMNS, owed)
    if len(given) == 1:
        tip: Tip = given[0]
        title = word("{name}: how much is paid out?")
        return Ask(title, value=was or str(tip.amount), name=tip.name)
    money_of(given[1])
    return None
