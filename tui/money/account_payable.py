"""A payment on account on the payment screen: from a customer, or out to a supplier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from models.base.money import Money
from models.ledger.debts import dues
from models.ledger.debts.account_payments import begin_settlement, due_on, settle_account
from models.ledger.documents import Document
from models.ledger.folio_kinds import SUPPLIER
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import FOLIO, Paying
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.money.payable import Finished, Payable
from tui.widgets.line_list import Column

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen
    from tui.money.account import Account

COLUMNS = (
    Column(word("Document"), 12, read=lambda row: row.label),
    Column(word("Due"), 11, drop=1, read=lambda row: str(row.due) if row.is_charge else ""),
    Column(word("Unpaid"), 0, "right", tone="money", read=lambda row: str(row.left)),
)


class _OnAccount(Payable):
    """So much of an account; its items at the left, the oldest of which it settles."""

    columns = COLUMNS
    title_out: ClassVar[str] = word("Paying a supplier")

    def __init__(
        self, screen: FrameScreen, folio: Folio, items: Sequence[dues.Item], *, amount: Money,
        draft: int | None = None, of: int | None = None,
    ) -> None:  # fmt: skip
        """`of` is the document that is paid, where it is a certain one."""
        super().__init__(screen)
        self.of = of
        self.folio, self.items, self.whose = folio, items, folio.name
        self.amount, self.draft = amount, draft

    @property
    def rows(self) -> Sequence[dues.Item]:
        return [item for item in self.items if item.left]

    def due(self) -> Money:
        return due_on(self.folio, self.amount)

    def takes(self, tender: Tender) -> bool:
        # A debt is not paid by another one, and a supplier takes no vouchers of ours.
        what = tender.what
        is_fit = what.pays_suppliers or self.folio.kind != SUPPLIER
        return super().takes(tender) and is_fit and FOLIO not in what.needs

    async def work(self) -> int:
        if self.draft is None:
            session = self.counter.session
            self.draft = await self.screen.in_books(
                begin_settlement, session, self.folio, self.amount
            )
        return self.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        return await self.screen.operate(
            settle_account, self.folio, tuple(payings), amount=self.amount, draft=self.draft,
            of=self.of, language=language,
        )  # fmt: skip


class AccountPayable(_OnAccount):
    """What is paid on the screen of the account."""

    def __init__(self, screen: Account, amount: Money, draft: int | None) -> None:
        super().__init__(screen, screen.folio, screen.items, amount=amount, draft=draft)

    async def paid(self, document: Document, finished: Finished) -> None:
        await self._account.paid(finished)

    async def left(self) -> None:
        await self._account.look_again()

    @property
    def _account(self) -> Account:
        return cast("Account", self.screen)


class BoughtPayable(_OnAccount):
    """What was bought in any shop, paid when its goods were taken in; it may wait."""

    async def paid(self, document: Document, finished: Finished) -> None:
        msgid = word("Paid: {what} {amount}")
        self.screen.desk.inform(msgid, what=self.folio.name, amount=finished.total)

    async def left(self) -> None:
        msgid = word("Not paid yet: {what} {amount}. 17 pays it.")
        self.screen.desk.inform(msgid, what=self.folio.name, amount=self.amount)
