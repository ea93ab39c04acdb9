"""One account: what is owed item by item, and taking or making a payment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger import dues
from models.ledger.account_payments import open_settlement
from models.ledger.folios import Folio
from models.ledger.taken import taken_of
from models.trust import drafts
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.numbers import money_of
from tui.desk.words import t
from tui.money.account_payable import AccountPayable
from tui.money.pay import pay
from tui.money.payable import Finished
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

COLUMNS = (
    Column(word("Document"), 12, read=lambda row: row.label),
    Column(word("Day"), 11, read=lambda row: str(row.day)),
    Column(word("Due"), 11, read=lambda row: str(row.due) if row.is_charge else ""),
    Column(word("Amount"), 0, "right", read=lambda row: str(row.amount)),
    Column(word("Unpaid"), 14, "right", tone="money", read=lambda row: str(row.left)),
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
        self.lines = self.roll = LineList(COLUMNS, can_focus=False, empty=word("Nothing owed."))

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
        app: Any = self.desk
        self.folio, self.items, self.begun = await self.in_books(
            _look, self.folio.key, app.register
        )
        self.lines.set_rows(self.items, cursor=-1)
        self.query_one(BigTotal).show(word("Owed"), str(self.owed))
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
        """So much is paid."""
        amount = money_of(text)
        if self.begun is not None:
            self.desk.alarm(OPEN_FIRST, amount=self.begun.amount)
            return
        await pay(AccountPayable(self, amount, None))

    async def do_pay_account(self) -> None:
        """Enter alone: all that is owed, or the payment that was begun."""
        if self.begun is not None:
            await pay(AccountPayable(self, self.begun.amount, self.begun.draft))
        elif self.owed.minor > 0:
            await pay(AccountPayable(self, self.owed, None))
        else:
            self.desk.alarm(word("Nothing is owed. Type an amount to pay it in advance."))

    async def paid(self, finished: Finished) -> None:
        """The payment screen reports what was paid."""
        await self.look_again()
        msgid = word("Done: {what} {amount}")
        self.desk.inform(msgid, what=self.folio.name, amount=finished.total)


async def open_account(app: CounterApp) -> None:
    """Choose an account, then show it."""
    from tui.money.accounts import choose_account

    folio = await choose_account(app)
    if folio is not None:
        await app.go(Account(folio))
