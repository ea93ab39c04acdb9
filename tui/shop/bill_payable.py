"""A bill on the payment screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from models.base.money import Money
from models.ledger.daily.prints import print_sale
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.shop import basket as bills
from models.shop import sales
from models.shop.customers import customer_of
from receipts.words import word
from tui.money.payable import Finished, Payable
from tui.shop.bill_rows import PAYING_COLUMNS, BillRow, bill_rows
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.shop.selling import Selling


class BillPayable(Payable):
    """The bill of the selling screen, which shows it again or the next one afterwards."""

    columns = PAYING_COLUMNS

    def __init__(self, selling: Selling) -> None:
        super().__init__(selling)
        self.bill = selling.basket
        self.draft = self.bill.draft
        self._shown: Money = self.bill.amount_due

    @property
    def customer(self) -> int | None:
        return customer_of(self.bill.head)[0]

    def takes(self, tender: Tender) -> bool:
        return True

    @property
    def rows(self) -> Sequence[BillRow]:
        return bill_rows(self.bill)

    def due(self) -> Money:
        # Priced as the sale prices it.
        self._shown = self.bill.bill().total
        return self._shown

    async def work(self) -> int:
        return self.bill.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        document: Document = await self.screen.operate(
            sales.sell, self.bill.draft, tuple(payings), shown=self._shown, language=language
        )
        is_asked = self.counter.config.paper.receipt == "ask"
        if is_asked and await self.screen.desk.ask(Confirm(word("Print the receipt?"))):
            await self.screen.operate(print_sale, document.key, language=language)
        return document

    async def paid(self, document: Document, finished: Finished) -> None:
        await self._selling.paid(finished)

    async def left(self) -> None:
        self._selling.take_bill(await self.screen.in_books(bills.refresh, self.bill))

    @property
    def _selling(self) -> Selling:
        return cast("Selling", self.screen)
