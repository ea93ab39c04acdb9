"""A guest's account and a deposit on the payment screen.

Whoever asks for a payment waits for it: what was taken, or None when the screen was left. What was
begun before and has payments goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.folio_lines import lines_of
from models.hotel.folios.deposits import begin_deposit, open_deposit, take_deposit
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.stays.stays import Booking, Stay
from models.ledger.debts.account_payments import begin_settlement, open_settlement
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.payments.taken import taken_of
from models.ledger.ways.tender_kinds import Paying
from models.trust import drafts
from tui.money.at_the_desk import AtTheDesk, Owed

if TYPE_CHECKING:
    from models.trust.drafts import Draft


class FolioPayable(AtTheDesk):
    """So much on a guest's account. Its lines stand at the left when they are what is paid, with
    what a departure will still post.
    """

    def __init__(
        self, app: Any, stay: Stay, folio: Folio, *, amount: Money, draft: int | None,
        foreseen: Sequence[Owed] = (),
    ) -> None:  # fmt: skip
        super().__init__(app, amount, draft)
        self.stay, self.folio = stay, folio
        self._foreseen, self._lines = foreseen, list[Owed]()

    @property
    def rows(self) -> Sequence[Owed]:
        if Money.total((row.amount for row in self._lines), self.amount.currency) == self.amount:
            return self._lines
        return [Owed(self.folio.name, self.amount)]

    def due(self) -> Money:
        posted = lines_of(self.folio.key)
        self._lines = [Owed(line.text, line.amount, str(line.service_day)) for line in posted]
        self._lines += self._foreseen
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

    @property
    def rows(self) -> Sequence[Owed]:
        return [Owed(f"{self.booking.number} {self.booking.name}", self.amount)]

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
