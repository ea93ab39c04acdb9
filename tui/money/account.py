"""One account: what is owed item by item, and taking or making a payment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.debts import dues
from models.ledger.debts.account_payments import open_settlement
from models.ledger.debts.receivables import credit_of
from models.ledger.folio_kinds import EMPLOYEE
from models.ledger.folios import Folio
from models.ledger.payments.taken import taken_of
from models.ledger.payments.taking import PaymentWrong
from models.trust import drafts
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.numbers import money_of
from tui.desk.safe import clean
from tui.desk.words import t
from tui.money import account_items
from tui.money.account_payable import AccountPayable
from tui.money.pay import pay
from tui.money.payable import Finished
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.key_rows import Command


def _said(row: dues.Item) -> Any:
    """What is to be known of an item: that it is disputed, and what was said or noted of it."""
    text = clean(row.reason or row.note)
    return (f"{t('disputed')} {text}", "warn") if row.is_disputed else (text, "muted")


COLUMNS = (
    Column(word("Document"), 11, read=lambda row: row.label),
    Column(word("Day"), 10, read=lambda row: str(row.day), drop=2),
    Column(word("Due"), 10, read=lambda row: str(row.due) if row.is_charge else ""),
    Column(word("Note"), 0, read=_said, drop=1),
    Column(word("Amount"), 12, "right", read=lambda row: str(row.amount)),
    Column(word("Unpaid"), 12, "right", tone="money", read=lambda row: str(row.left)),
)
OPEN_FIRST = word("A payment of {amount} is open and has money on it. Enter goes on with it.")


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment that was begun: of so much, stored in this draft."""

    draft: int
    amount: Money


def _look(key: int, register: int) -> tuple[Folio, list[dues.Item], Begun | None]:
    folio = Folio.get_by_id(key)
    return folio, dues.items_of(folio), _begun(folio, register)


def _begun(folio: Folio, register: int) -> Begun | None:
    """What was begun and has payments; without any left it is forgotten."""
    found = open_settlement(folio, register)
    if found is None:
        return None
    if not taken_of(found.key):
        drafts.drop_empty(found.key, register)
        return None
    return Begun(found.key, Money(found.head["amount"], store_currency()))


class Account(FrameScreen):
    """An amount and Enter takes a payment (or pays a supplier); Enter alone is all that is owed."""

    kind = "account"
    title_msgid = word("Account")
    right = "take payment"

    def __init__(self, folio: Folio) -> None:
        super().__init__()
        self.folio = folio
        self.items: list[dues.Item] = []
        self.begun: Begun | None = None
        self._has_looked = False
        self.lines = self.roll = LineList(COLUMNS, can_focus=False, empty=word("Nothing owed."))

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def title_text(self) -> str:
        return f"{self.folio.number} {self.folio.name}"

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="owed-total")
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        await self.look_again()

    async def look_again(self) -> None:
        """Show the account as it is now."""
        self.folio, self.items, self.begun = await self.in_books(
            _look, self.folio.key, self.desk.session.register
        )
        self.lines.set_rows(self.items, cursor=None if self._has_looked else -1)
        self._has_looked = True
        self.strip_changed()
        owed = word("We owe") if self.folio.is_debt else word("Owed")
        self.query_one(BigTotal).show(owed, str(self.owed))
        self.words_changed()

    @property
    def owed(self) -> Money:
        """What is owed on it, by whomever."""
        return -self.folio.balance if self.folio.is_debt else self.folio.balance

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        if self.begun is not None:
            self.entry.hint(t(OPEN_FIRST, amount=self.begun.amount))
        else:
            self.entry.hint(t("Type what is paid, then Enter; Enter alone is all of it"))

    async def on_entry(self, text: str) -> None:
        """So much is paid. Refuses: PaymentWrong, before anything is asked or taken."""
        amount = money_of(text)
        if amount.minor <= 0:
            raise PaymentWrong(amount=amount)
        if self.begun is not None:
            self.desk.alarm(OPEN_FIRST, amount=self.begun.amount)
            return
        if await self._is_meant(amount):
            await pay(AccountPayable(self, amount, None))

    async def _is_meant(self, amount: Money) -> bool:
        """More than is owed stays on the account: it is meant, or a slip of the finger. Where
        nothing is owed, paying ahead is what somebody came for.
        """
        if self.owed.minor <= 0 or amount <= self.owed:
            return True
        told = word("{owed} is owed: do {more} more stay on the account for later?")
        panel = Confirm(told, owed=self.owed, more=amount - self.owed, is_grave=True)
        if await self.desk.ask(panel):
            return True
        self.entry.set_value(str(amount), is_fresh=True)
        return False

    async def do_pay_account(self) -> None:
        """Enter alone: all that is owed, or the payment that was begun."""
        if self.begun is not None:
            await pay(AccountPayable(self, self.begun.amount, self.begun.draft))
        elif self.owed.minor > 0:
            await pay(AccountPayable(self, self.owed, None))
        else:
            self.desk.alarm(word("Nothing is owed. Type an amount to pay it in advance."))

    # Keys of one item.

    def offers(self, command: Command) -> bool:
        if command.id == "give_credit_back":
            return bool(credit_of(self.folio))
        if command.id == "from_wages":
            return self.folio.kind == EMPLOYEE and self.owed.minor > 0
        item: dues.Item | None = self.lines.chosen
        if command.id not in _OF_AN_ITEM:
            return super().offers(command)
        return item is not None and _OF_AN_ITEM[command.id](self, item)

    @property
    def chosen(self) -> dues.Item:
        """The item under the cursor: its keys are offered only where there is one."""
        row: dues.Item = self.lines.chosen
        return row

    async def _do(self, work: Callable[[Account, dues.Item], Awaitable[bool]]) -> None:
        item = self.chosen
        if await work(self, item):
            await self.look_again()
            self.desk.inform(word("Put right: {text}"), text=item.label)

    async def do_assign_item(self) -> None:
        """F2: which payment settles it, or what it settles."""
        await self._do(account_items.assign)

    async def do_take_apart(self) -> None:
        """F4: what was assigned is open again."""
        await self._do(account_items.take_apart)

    async def do_change_due(self) -> None:
        """F5: due on another day."""
        await self._do(account_items.change_due)

    async def do_dispute_item(self) -> None:
        """F6: it is disputed, or no longer."""
        await self._do(account_items.dispute)

    async def do_give_up_item(self) -> None:
        """Delete: what will not be paid becomes a loss."""
        await self._do(account_items.give_up)

    async def do_give_credit_back(self) -> None:
        """F8: what was paid in advance goes back."""
        if await account_items.give_back(self):
            await self.look_again()

    async def do_from_wages(self) -> None:
        """F7: what a member of staff owes is kept back from his wages."""
        if await account_items.keep_back(self):
            await self.look_again()

    async def do_open_balance(self) -> None:
        """Ctrl+E: what was owed before these books."""
        if await account_items.enter_opening(self):
            await self.look_again()

    async def do_account_invoice(self) -> None:
        """Ctrl+T: the tax invoice of what was paid here."""
        from tui.money.tax_invoices_listing import invoice_for

        await invoice_for(self.counter, self.folio)

    async def do_print_account(self) -> None:
        """Ctrl+Y: a statement, or a reminder."""
        await account_items.print_paper(self)

    async def paid(self, finished: Finished) -> None:
        """The payment screen reports what was paid."""
        await self.look_again()
        msgid = word("Done: {what} {amount}")
        self.desk.inform(msgid, what=self.folio.name, amount=finished.total)


# What each key of an item needs of it.
_OF_AN_ITEM: dict[str, Callable[[Account, dues.Item], bool]] = {
    "assign_item": lambda screen, item: bool(item.left) and _has_other(screen, item),
    "take_apart": lambda screen, item: item.left != item.amount,
    "change_due": lambda screen, item: item.is_charge and bool(item.left),
    "dispute_item": lambda screen, item: item.is_charge and bool(item.left or item.is_disputed),
    "give_up_item": lambda screen, item: (
        item.is_charge and bool(item.left) and not screen.folio.is_debt
    ),
}


def _has_other(screen: Account, item: dues.Item) -> bool:
    return any(other.left and other.is_charge != item.is_charge for other in screen.items)


async def open_account(app: CounterApp) -> None:
    """Choose an account, then show it."""
    from tui.money.accounts import choose_account

    folio = await choose_account(app)
    if folio is not None:
        await app.go(Account(folio))
