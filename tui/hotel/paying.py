"""A guest's account and a deposit on the payment screen.

Whoever asks for a payment waits for it: what was taken, or None when the screen was left. What was
begun before and has payments goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.deposits import begin_deposit, open_deposit, take_deposit
from models.hotel.folio_lines import FolioLine, lines_of
from models.hotel.folio_payments import pay_folio
from models.hotel.stays import Booking, Stay
from models.ledger.account_payments import begin_settlement, open_settlement
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.taken import taken_of
from models.ledger.tender_kinds import FOLIO, Paying
from models.ledger.tenders import Tender
from models.trust import drafts
from receipts.words import word
from tui.money.payable import Finished, Payable, pay
from tui.widgets.line_list import Column

if TYPE_CHECKING:
    from models.trust.drafts import Draft
    from tui.desk.jobs import Job

_LINES = (
    Column(word("Day"), 11, read=lambda row: (str(row.service_day), "muted"), drop=1),
    Column(word("Text"), 0, read=lambda row: row.text),
    Column(word("Amount"), 11, "right", tone="money", read=lambda row: str(row.amount)),
)


class AtTheDesk(Payable):
    """So much, for somebody. Answers what was taken to whoever waits."""

    columns = _LINES

    def __init__(self, app: Any, amount: Money, draft: int | None) -> None:
        super().__init__(app.top_screen)
        self.amount, self.draft = amount, draft
        self._lines: Sequence[FolioLine] = ()
        self._job: Job | None = app.jobs.current()
        self._done: asyncio.Future[Money | None] = asyncio.get_running_loop().create_future()

    @property
    def rows(self) -> Sequence[FolioLine]:
        return self._lines

    def due(self) -> Money:
        return self.amount

    def takes(self, tender: Tender) -> bool:
        # A debt is not paid by another one.
        return FOLIO not in tender.what.needs

    async def paid(self, document: Document, finished: Finished) -> None:
        self._answer(finished.total)

    async def left(self) -> None:
        self._answer(None)

    def _answer(self, taken: Money | None) -> None:
        if not self._done.done():
            if self._job is not None:
                # Before the key's fence is back, so that the next key waits for the work.
                self._job.hold()
            self._done.set_result(taken)

    async def taken(self) -> Money | None:
        """Show the payment screen, and wait for what comes of it."""
        await pay(self)
        if self._job is not None:
            self._job.release()
        return await self._done


class FolioPayable(AtTheDesk):
    """So much on a guest's account, whose lines stand at the left."""

    def __init__(
        self, app: Any, stay: Stay, folio: Folio, *, amount: Money, draft: int | None
    ) -> None:
        super().__init__(app, amount, draft)
        self.stay, self.folio = stay, folio

    def due(self) -> Money:
        self._lines = lines_of(self.folio.key)
        return self.amount

    async def work(self) -> int:
        if self.draft is None:
            self.draft = await self.screen.in_books(
                begin_settlement, self.counter.session, self.folio, self.amount
            )
        return self.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        return await self.screen.operate(
            pay_folio, self.folio, tuple(payings), stay=self.stay.key, amount=self.amount,
            draft=self.draft, language=language,
        )  # fmt: skip


class DepositPayable(AtTheDesk):
    """So much as a deposit for a booking."""

    def __init__(self, app: Any, booking: Booking, *, amount: Money, draft: int | None) -> None:
        super().__init__(app, amount, draft)
        self.booking = booking

    async def work(self) -> int:
        if self.draft is None:
            self.draft = await self.screen.in_books(
                begin_deposit, self.counter.session, self.booking, self.amount
            )
        return self.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        return await self.screen.operate(
            take_deposit, self.booking, tuple(payings), amount=self.amount, draft=self.draft,
            language=language,
        )  # fmt: skip


def begun_for(what: Folio | Booking, register: int) -> tuple[Money, int] | None:
    """A payment that was begun at this register and has payments: of how much, in which draft. One
    without any is forgotten.
    """
    found: Draft | None = (
        open_settlement(what, register) if isinstance(what, Folio) else open_deposit(what, register)
    )
    if found is None:
        return None
    if not taken_of(found.key):
        drafts.drop_empty(found.key, register)
        return None
    return Money(found.head["amount"], store_currency()), int(found.key)
