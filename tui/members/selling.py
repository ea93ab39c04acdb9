"""A voucher is sold: how much it is worth, its number, and the money for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.documents import Document
from models.ledger.payments.taken import taken_of
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.kinds import KINDS
from models.members.lots import new_number
from models.members.vouchers import begin_voucher, open_voucher, require_sellable, sell_voucher
from models.trust import drafts
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.members.asking import AskNumber
from tui.money.at_the_desk import LINES, AtTheDesk, Owed
from tui.widgets.panel import Ask, Panel


class VoucherPayable(AtTheDesk):
    """A voucher of so much, of a `person` or of whoever shows it. It has no day: its number stands
    whole, behind what it is for.
    """

    columns = LINES[1:]

    def __init__(
        self, app: Any, number: str, amount: Money, draft: int | None, *,
        person: int | None = None, said: str = "",
    ) -> None:  # fmt: skip
        super().__init__(app, amount, draft)
        self.number, self.person, self.said = number, person, said

    @property
    def rows(self) -> Sequence[Owed]:
        return [Owed(f"{self.said or t('Gift voucher')} {self.number}", self.amount)]

    def takes(self, tender: Tender) -> bool:
        return super().takes(tender) and tender.kind not in KINDS

    async def work(self) -> int:
        if self.draft is None:
            self.draft = await self.screen.in_books(
                begin_voucher, self.counter.session, self.number, self.amount, self.person
            )
        return self.draft

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        return await self.screen.operate(
            sell_voucher, self.number, tuple(payings), amount=self.amount, person=self.person,
            draft=self.draft, language=language,
        )  # fmt: skip


async def sell_one(app: Any) -> None:
    """From the menu. What was begun, and has payments, goes on."""
    found = await app.in_books(_begun, app.session.register)
    if found is not None:
        app.inform(word("A payment of {amount} was begun: it goes on."), amount=found[1])
    else:
        given = await in_turn(app, _question)
        if given is None:
            return
        found = (given[1].strip(), money_of(given[0]), None, None)
        await app.in_books(require_sellable, *found[:2])
    *voucher, person = found
    if await VoucherPayable(app, *voucher, person=person).taken() is not None:
        app.inform(word("Voucher {number} is sold: {amount}."), number=found[0], amount=found[1])


def _question(given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """What it is worth, and its number. Refuses: NotANumber."""
    if not given:
        return Ask(word("What is the voucher worth?"), value=was or "")
    amount = money_of(given[0])
    title = word("Voucher of {amount}: scan a card, or Enter alone: a new number")
    if len(given) == 1:
        return AskNumber(title, value=was or new_number(), amount=amount)
    return None


def _begun(register: int) -> tuple[str, Money, int | None, int | None] | None:
    """What was left at this register, with its draft and whose it is; without a payment it is
    forgotten.
    """
    found = open_voucher(register)
    if found is None:
        return None
    if not taken_of(found.key):
        drafts.drop_empty(found.key, register)
        return None
    amount = Money(found.head["amount"], store_currency())
    return found.head["number"], amount, int(found.key), found.head["person"]
