"""What is paid on the payment screen by whoever asks for it and waits: what was taken, or None when
the screen was left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.base.money import Money
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import FOLIO
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.desk.safe import clean
from tui.money.pay import pay
from tui.money.payable import Finished, Payable
from tui.widgets.line_list import Column
from tui.widgets.panel import Message

if TYPE_CHECKING:
    from tui.desk.jobs import Job


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is paid for."""

    text: str
    amount: Money
    day: str = ""


LINES = (
    Column(word("Day"), 11, read=lambda row: (row.day, "muted"), drop=1),
    Column(word("Text"), 0, read=lambda row: clean(row.text)),
    Column(word("Amount"), 11, "right", tone="money", read=lambda row: str(row.amount)),
)


class AtTheDesk(Payable):
    """So much, for somebody. Answers what was taken to whoever waits."""

    columns: ClassVar[Sequence[Column]] = LINES

    def __init__(self, app: Any, amount: Money, draft: int | None) -> None:
        super().__init__(app.top_screen)
        self.amount, self.draft = amount, draft
        self._job: Job | None = app.jobs.current()
        self._done: asyncio.Future[Money | None] = asyncio.get_running_loop().create_future()

    def due(self) -> Money:
        return self.amount

    def takes(self, tender: Tender) -> bool:
        # A debt is not paid by another one.
        return super().takes(tender) and FOLIO not in tender.what.needs

    async def paid(self, document: Document, finished: Finished) -> None:
        if finished.change and not finished.is_out:
            # The screen below shows the account, and nothing of what was handed over.
            change = finished.change
            await self.screen.desk.ask(Message(word("Give {change} change."), change=change))
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
