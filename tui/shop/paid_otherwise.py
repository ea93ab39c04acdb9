"""Ctrl+A, wrong way to pay: how it was paid in truth is asked, and nothing else is undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.base.money import Money
from models.ledger.payments.taking import REFUND
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, active_tenders
from models.shop.reopening import change_tender, only_way, others
from models.shop.return_lines import sold_bill
from receipts.words import word
from tui.desk.safe import clean
from tui.money.ways import Received, ask_all, tender_name
from tui.shop.coming_back import Answer
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.selling import Selling

_COLUMNS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row.number),
    Column(word("Ways to pay"), 0, read=tender_name),
)


async def paid_otherwise(screen: Selling, sale: int, answer: Answer) -> bool:
    """Ask by which way it was paid and book it so. False where only undoing it helps: it was paid
    by several ways, by foreign cash or by the gateway.
    """
    ways, amount, label = await screen.in_books(_ways, sale)
    if not ways:
        return False
    tender = await screen.desk.ask(
        Pick(word("{bill}: how was {amount} paid in truth?"), _COLUMNS, ways, bill=label,
             amount=amount)
    )  # fmt: skip
    if tender is None:
        return True
    asked = {
        "sale": label, "what": tender_name(tender), "amount": amount,
        "reason": answer.note or answer.code,
    }  # fmt: skip
    agreed = await screen.operate(change_tender.approved, (REFUND, amount.minor), **asked)
    answers = await ask_all(screen, tender)
    if answers is None:
        return True
    if not tender.what.is_cash and not await screen.desk.ask(
        Received(tender, amount, is_out=False)
    ):
        return True
    paying = Paying(tender.number, amount, **answers)
    await screen.operate(
        change_tender, sale, paying, reason=answer.code, note=answer.note, **agreed
    )
    _show(screen, label, tender, amount)
    screen.desk.inform(
        word("{bill} is booked as paid by {tender}. Ctrl+R prints its slip."), bill=label,
        tender=tender_name(tender),
    )  # fmt: skip
    return True


def _show(screen: Selling, label: str, tender: Tender, amount: Money) -> None:
    """The sale that is still on the screen says how it was paid; change that it told is none."""
    if (shown := screen.finished) is not None and shown.number == label:
        told, none = f"{clean(tender_name(tender))} {amount}", Money.zero(amount.currency)
        screen.finished = replace(shown, given=amount, change=none, tenders=told)
        screen.show_bill()


def _ways(sale: int) -> tuple[list[Tender], Money, str]:
    sold = sold_bill(sale)
    ways = others(sale, active_tenders(), cash_rule().step.minor)
    return ways, only_way(sale).left if ways else sold.total, sold.label
