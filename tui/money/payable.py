"""What is paid on the payment screen: a bill, an account, later a deposit or a folio.

    await pay(screen, BillPayable(screen))

A payable says what is due, where payments are stored while it is open, how it is settled, and what
is told afterwards. The payment screen knows nothing else of it; a trade writes one of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, cast

from models.base.money import Money
from models.base.settling import CashRule
from models.ledger.documents import Document
from models.ledger.gateway.orders import Asking
from models.ledger.pay_codes.payments import pending_for
from models.ledger.payments.taken import taken_of
from models.ledger.ways.cash import ask_above, cash_rule
from models.ledger.ways.tender_kinds import Paying, Take
from models.ledger.ways.tenders import Tender, active_tenders
from models.trust import company
from receipts.words import word

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.frame import FrameScreen
    from tui.widgets.line_list import Column


@dataclass(frozen=True, slots=True)
class Finished:
    """What was just paid. Nothing of it is below zero, also when money went out."""

    number: str
    total: Money
    given: Money
    change: Money
    # Each way that was paid with its amount, as text.
    tenders: str
    # Money went to the customer: `change` is all of it.
    is_out: bool = False
    # It undid a sale.
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """What the screen needs, read once before it opens. `taken` was stored before, by line;
    `pending` is asked of the gateway.
    """

    due: Money
    tenders: tuple[Tender, ...]
    rule: CashRule
    ask_above: int
    slip_language: str
    taken: Mapping[int, Take] = field(default_factory=dict)
    pending: Sequence[Asking] = ()

    @property
    def is_out(self) -> bool:
        """Whether the store pays."""
        return self.due.minor < 0


class Payable(ABC):
    """See the docstring of this file. What does not wait runs on the database thread."""

    title: ClassVar[str] = word("Payment")
    # The same where the store pays.
    title_out: ClassVar[str] = word("Give back")
    # Who pays, or is paid, where that is known.
    whose: str = ""
    columns: ClassVar[Sequence[Column]] = ()
    # Somebody who may agreed already to what goes out (models/ledger/payments/agreed.py).
    is_agreed: ClassVar[bool] = False

    def __init__(self, screen: FrameScreen) -> None:
        self.screen = screen
        self.draft: int | None = None

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.screen.app)

    @property
    def customer(self) -> int | None:
        """The key of the person or company who pays, where that is known."""
        return None

    @property
    @abstractmethod
    def rows(self) -> Sequence[Any]:
        """What is paid for, as the list at the left shows it."""

    @abstractmethod
    def due(self) -> Money:
        """What is due in all; below zero where money goes out."""

    def takes(self, tender: Tender) -> bool:
        """Whether it may be paid in this way; nobody gives a tip but for work on a bill."""
        return not tender.what.is_on_top

    @abstractmethod
    async def work(self) -> int:
        """The draft that keeps its payments until it is settled."""

    @abstractmethod
    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        """The operation that settles it: with what was stored before, and these behind it."""

    async def make_ready(self) -> None:  # noqa: B027 - most screens read when they are shown
        """It is settled: read what the screen below shows then, which is painted once so."""

    @abstractmethod
    async def paid(self, document: Document, finished: Finished) -> None:
        """It is settled and the payment screen is gone."""

    @abstractmethod
    async def left(self) -> None:
        """The payment screen was left before it was settled."""

    def read(self) -> PaymentFacts:
        """Everything that the payment screen needs."""
        due = self.due()
        return PaymentFacts(
            due, self._tenders(is_out=due.minor < 0), cash_rule(),
            ask_above.value(), company.slip_language.value(),
            taken_of(self.draft) if self.draft is not None else {}, pending_for(self.draft),
        )  # fmt: skip

    def _tenders(self, *, is_out: bool) -> tuple[Tender, ...]:
        # Money goes back in the store's own, and nobody gives a tip with it.
        ways = [
            tender
            for tender in active_tenders()
            if not (is_out and (tender.what.is_foreign or tender.what.is_on_top))
        ]
        return tuple(tender for tender in ways if self.takes(tender))
