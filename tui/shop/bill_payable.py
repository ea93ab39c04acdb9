"""A bill on the payment screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from models.base.money import Money
from models.ledger.daily.prints import print_sale
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.shop import basket as bills
from models.shop import sales
from models.shop.basket import Basket
from models.shop.bill_limits import is_beyond
from models.shop.bill_promotions import require_coupons
from models.shop.customers import customer_of
from models.shop.member_offers import offers_for
from models.trust.operation import Session
from receipts.words import word
from tui.money.pay import pay
from tui.money.payable import Finished, Payable, PaymentFacts
from tui.shop.bill_rows import PAYING_COLUMNS, BillRow, bill_rows
from tui.shop.member_offers import use_offers
from tui.shop.whole_bill import approved
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
        # The bill of the next customer, once it is there.
        self._next: Basket | None = None

    @property
    def customer(self) -> int | None:
        return customer_of(self.bill.head)[0]

    def takes(self, tender: Tender) -> bool:
        return True

    @property
    def rows(self) -> Sequence[BillRow]:
        return bill_rows(self.bill)

    def read_at_once(self, session: Session) -> PaymentFacts | None:
        """What payment shows; None where something is asked before: an approval, or what the
        member uses. Refuses: CouponUsed, before anybody pays: what a wallet has paid would be for
        another total.
        """
        require_coupons(self.bill.lines)
        if is_beyond(self.bill, session) or offers_for(self.bill):
            return None
        return self.read()

    def due(self) -> Money:
        # Priced as the sale prices it.
        self._shown = self.bill.bill().total
        return self._shown

    async def work(self) -> int:
        return self.bill.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        document, self._next = await self.screen.operate(
            sell_and_begin, self.bill.draft, tuple(payings), shown=self._shown, language=language
        )
        is_asked = self.counter.config.paper.receipt == "ask"
        if is_asked and await self.screen.desk.ask(Confirm(word("Print the receipt?"))):
            await self.screen.operate(print_sale, document.key, language=language)
        return document

    async def make_ready(self) -> None:
        if self._next is None:
            self._next = await self.screen.in_books(bills.new_basket, self.counter.session)

    async def paid(self, document: Document, finished: Finished) -> None:
        await self._selling.paid(finished, self._next)

    async def left(self) -> None:
        self._selling.take_bill(await self.screen.in_books(bills.refresh, self.bill))

    @property
    def _selling(self) -> Selling:
        return cast("Selling", self.screen)


def sell_and_begin(
    session: Session, draft: int, payings: Sequence[Paying], **fields: Any
) -> tuple[Document, Basket | None]:
    """Sell, and begin the bill of the next customer while the thread of the books is at it; None
    where that fails: what is sold is sold, and it is begun once more. Refuses: what `sell` refuses.
    """
    document = sales.sell(session, draft, payings, **fields)
    try:
        return document, bills.new_basket(session)
    except Exception:  # noqa: BLE001 - told when it is begun once more
        return document, None


async def pay_bill(selling: Selling) -> None:
    """To payment with the bill, behind what is asked before. Refuses: CouponUsed."""
    payable = BillPayable(selling)
    # All in one: each time that the thread of the books is asked costs half a millisecond.
    facts = await selling.in_books(payable.read_at_once, selling.counter.session)
    if facts is not None:
        await pay(payable, facts)
        return
    await approved(selling)
    pays_all = await use_offers(selling)
    if pays_all is not None:
        await pay(BillPayable(selling), is_settled=pays_all)
