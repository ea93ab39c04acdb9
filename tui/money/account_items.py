"""What is done with the items of an account: assigned, disputed, due another day, given up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.base.money import Money
from models.ledger.daily.days import store_day
from models.ledger.debts.due_notes import change_due_day, dispute_item
from models.ledger.debts.dues import Item, allocate, settled_with
from models.ledger.debts.receivables import (
    give_back_credit,
    open_balance,
    ways_back_of,
    write_off,
)
from models.ledger.debts.staff_accounts import deduct_from_wages
from models.ledger.folio_kinds import PERMANENT
from models.reports.statements import print_reminder, print_statement
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.words import said, t
from tui.money.giving_back import give_back_each
from tui.records.asking import Options
from tui.records.values import asked_day
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.money.account import Account

_OTHERS = (
    Column(word("Document"), 12, read=lambda row: row[0].label),
    Column(word("Day"), 11, read=lambda row: str(row[0].day)),
    Column(word("Note"), 0, read=lambda row: row[0].note),
    Column(word("Amount"), 14, "right", tone="money", read=lambda row: str(row[1])),
)


async def assign(screen: Account, item: Item) -> bool:
    """Say which payment settles this item, or which item this payment settles, and how much."""
    others = [
        (other, abs(other.left))
        for other in screen.items
        if other.is_charge != item.is_charge and other.left
    ]
    title = word("Which payment settles it?") if item.is_charge else word("What does it settle?")
    row = await screen.desk.ask(Pick(title, _OTHERS, others))
    if row is None:
        return False
    most = min(abs(item.left), row[1])
    typed = await screen.question(said("How much of it?"), proposal=str(most), reads=money_of)
    if not typed:
        return False
    await _allocate(screen, item, row[0], money_of(typed))
    return True


async def take_apart(screen: Account, item: Item) -> bool:
    """What was assigned is open again."""
    rows = await screen.in_books(settled_with, screen.folio, item)
    row = await screen.desk.ask(Pick(word("What is taken apart?"), _OTHERS, rows))
    if row is not None:
        await _allocate(screen, item, row[0], -row[1])
    return row is not None


async def _allocate(screen: Account, item: Item, other: Item, amount: Money) -> None:
    charge, payment = (item, other) if item.is_charge else (other, item)
    await screen.operate(allocate, screen.folio, charge, payment, amount=amount)


async def change_due(screen: Account, item: Item) -> bool:
    """Another day on which it is due."""
    typed = await screen.question(said("Due on which day?"), proposal=str(item.due))
    if not typed:
        return False
    due = asked_day(typed)
    reason = await screen.question(said("Why on another day?"))
    if reason:
        await screen.operate(change_due_day, screen.folio, item, due, reason=reason)
    return bool(reason)


async def dispute(screen: Account, item: Item) -> bool:
    """Somebody says that he does not owe it; or no longer says so."""
    asked = word("How was the dispute settled?") if item.is_disputed else word("What is disputed?")
    reason = await screen.question(said(asked))
    if reason:
        await screen.operate(
            dispute_item, screen.folio, item, is_disputed=not item.is_disputed, reason=reason
        )
    return bool(reason)


async def give_up(screen: Account, item: Item) -> bool:
    """Write off what will not be paid."""
    typed = await screen.question(
        said("Give up how much of it?"), proposal=str(item.left), reads=money_of
    )
    if not typed:
        return False
    amount, is_fee = money_of(typed), await _is_fee(screen)
    reason = None if is_fee is None else await screen.question(said("Why is it given up?"))
    if reason:
        await screen.operate(write_off, screen.folio, item, amount, reason=reason, is_fee=is_fee)
    return bool(reason)


async def _is_fee(screen: Account) -> bool | None:
    """A card company or a channel keeps a part of what it pays; from others it is a loss."""
    if screen.folio.kind != PERMANENT:
        return False
    choices = [
        (True, t(word("Fee that the payer keeps"))),
        (False, t(word("A debt that will not be paid"))),
    ]  # fmt: skip
    answer: bool | None = await screen.desk.ask(Options(word("What is it?"), choices))
    return answer


async def give_back(screen: Account) -> bool:
    """The credit goes back by the ways by which it came."""
    folio = screen.folio
    ways = await screen.in_books(ways_back_of, folio)
    return await give_back_each(screen.desk, ways, give_back_credit, folio, name=folio.name)


async def keep_back(screen: Account) -> bool:
    """So much of a staff account is settled with the wages."""
    folio = screen.folio
    asked = t("How much is kept back from the wages of {name}?", name=folio.name)
    typed = await screen.question(asked, proposal=str(screen.owed), reads=money_of)
    if not typed:
        return False
    amount = money_of(typed)
    note = await screen.question(said("With which wages?"))
    if not note:
        return False
    await screen.operate(deduct_from_wages, folio, amount, note=note)
    return True


async def enter_opening(screen: Account) -> bool:
    """What was owed on this account before these books, one old document."""
    note = await screen.question(said("Owed from before: number of the old document"))
    if not note:
        return False
    asked = t("How much was owed? Below zero: paid in advance")
    typed = await screen.question(asked, reads=money_of)
    if not typed:
        return False
    amount, due = money_of(typed), None
    if amount.minor > 0:
        due = await screen.question(said("Due on which day?"))
        if not due:
            return False
    await screen.operate(
        open_balance, screen.folio, amount, due=asked_day(due) if due else None, note=note
    )
    return True


async def print_paper(screen: Account) -> None:
    """The statement from one day on, or a reminder of what is overdue."""
    papers = [(True, t("Statement of account")), (False, t("Payment reminder"))]
    is_statement = await screen.desk.ask(Options(word("Print what?"), papers))
    if is_statement is None:
        return
    language = await screen.in_books(company.slip_language.value)
    if is_statement:
        today: date = await screen.in_books(store_day)
        typed = await screen.question(said("From which day?"), proposal=str(today.replace(day=1)))
        if not typed:
            return
        await screen.operate(
            print_statement, screen.folio, asked_day(typed), today, language=language
        )
    else:
        await screen.operate(print_reminder, screen.folio, language=language)
    screen.counter.wake_paper()
    screen.desk.inform(word("Printing."))
