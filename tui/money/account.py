"""One account: what is owed item by item, and taking or making a payment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal

from models.ledger import dues
from models.ledger.account_payments import due_on, settle_account
from models.ledger.folios import Folio
from models.ledger.tender_kinds import ACCOUNT, CARD, Paying
from models.ledger.tenders import Tender, active_tenders
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.numbers import money_of
from tui.desk.words import t
from tui.money.payment import tender_name
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Pick
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
TENDERS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row.number),
    Column(word("Ways to pay"), 0, read=lambda row: tender_name(row)),
)


def _look(key: int) -> tuple[Folio, list[dues.Item], list[Tender]]:
    folio = Folio.get_by_id(key)
    tenders = [tender for tender in active_tenders() if tender.kind != ACCOUNT]
    return folio, dues.items_of(folio), tenders


class Account(FrameScreen):
    """Type an amount and Enter to take a payment (or to pay a supplier)."""

    kind = "account"
    title_msgid = word("Account")

    def __init__(self, folio: Folio) -> None:
        super().__init__()
        self.folio = folio
        self.tenders: list[Tender] = []
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
        await self._show()

    async def _show(self) -> None:
        self.folio, items, self.tenders = await self.in_books(_look, self.folio.key)
        self.lines.set_rows(items, cursor=-1)
        sign = -1 if self.folio.is_debt else 1
        owed = self.folio.balance if sign > 0 else -self.folio.balance
        self.query_one(BigTotal).show(word("Owed"), str(owed))
        self.words_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Type what is paid, then Enter"))

    async def on_entry(self, text: str) -> None:
        """So much is paid: by which tender, with which reference."""
        amount = money_of(text)
        tender = await self.desk.ask(Pick(word("How is it paid?"), TENDERS, self.tenders))
        if tender is None:
            return
        reference = ""
        if tender.kind == CARD:
            reference = await self.question(t("Reference")) or ""
        given = due_on(self.folio, amount)
        paying = Paying(tender.number, given, reference=reference)
        await self.operate(settle_account, self.folio, [paying], amount=amount)
        await self._show()
        self.desk.inform(word("Done: {what} {amount}"), what=self.folio.name, amount=amount)


async def open_account(app: CounterApp) -> None:
    """Choose an account, then show it."""
    from tui.money.accounts import choose_account

    folio = await choose_account(app, with_suppliers=True)
    if folio is not None:
        await app.go(Account(folio))
