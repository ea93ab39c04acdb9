"""Pay codes on the payment screen: what is asked of the gateway stands among what is paid, with its
seconds, and no key waits for it. Without a gateway the cashier confirms what his phone says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.goods.codes import wallet_of
from models.ledger.gateway.orders import OPEN, PAYING, REVERSING, Asking, open_code
from models.ledger.pay_codes.payments import begin_pay_code, give_up_pay_code, pending_for
from models.ledger.payments.taken import taken_of
from models.ledger.payments.taking import require_takeable
from models.ledger.ways.tender_kinds import CODE, Paying, Take
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.desk.gate.scan import Code
from tui.desk.words import said, t
from tui.money.gateway.calls import GatewayCalls, calls_of
from tui.money.ways import tender_name
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.money.payment import Payment

NO_PAY_CODE = word(
    "{code} is no pay code of a way to pay here. Goods are scanned on the bill: F3 goes back."
)
# Short: they stand in the narrow column of the reference.
ASKING = word("asking")
STATES = {PAYING: word("on phone"), REVERSING: word("undoing")}


async def scanned(payment: Payment, code: Code) -> None:
    """A pay code is the wallet that it is of, a voucher pays what is left on it; nothing else is
    scanned here.
    """
    wallet = wallet_of(str(code))
    ways = [each for each in payment.facts.tenders if wallet and each.pay_code == wallet]
    if ways:
        calls = None if payment.facts.is_out else await calls_of(payment.payable.counter)
        if calls is None:
            await payment.take(ways[0], payment.typed())
        else:
            await payment.codes.ask(calls, ways[0], payment.typed(), str(code))
        return
    if not await pays(payment, str(code)):
        payment.desk.alarm(NO_PAY_CODE, code=code)


async def pays(payment: Payment, code: str) -> bool:
    """Whether something is paid with by this number; then it pays."""
    for tender in payment.facts.tenders:
        held = await payment.in_books(tender.what.holds, code)
        if held is not None:
            await take_held(payment, tender, code, held)
            return True
    return False


async def take_held(payment: Payment, tender: Tender, code: str, held: Money | None) -> None:
    """What was typed, or as much as there is on a voucher; of one that nobody knows all, which is
    refused by its name.
    """
    is_typed = bool(payment.entry.value)
    given = payment.typed()
    if held and not is_typed and not payment.facts.is_out:
        given = min(given, held)
    await payment.take(tender, given, {CODE: code})


class PayCodes:
    """The pay codes of what is paid now that nobody knows the end of."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment
        self.pending: list[Asking] = []
        self._calls: GatewayCalls | None = None
        self._timer: Any = None

    async def ask(self, calls: GatewayCalls, tender: Tender, given: Money, code: str) -> None:
        """Store it, and let it go out."""
        payment = self.payment
        taken = [*payment.taken.values()]
        require_takeable(
            payment.facts.due, taken, Take(Paying(tender.number, given), tender),
            payment.facts.rule,
        )  # fmt: skip
        draft = await payment.payable.work()
        order = await payment.operate(begin_pay_code, draft, tender.number, given, tail=code[-4:])
        calls.begin(order.key, code)
        await self.look()

    async def look(self) -> None:
        """What is asked for now; while there is any, its seconds are counted on the screen."""
        payment = self.payment
        self.pending = await payment.in_books(pending_for, payment.payable.draft)
        await self._follow()
        payment.show_all()

    async def _follow(self) -> None:
        payment = self.payment
        self._calls = await calls_of(payment.payable.counter)
        if self.pending and self._timer is None:
            self._timer = payment.set_interval(1.0, payment.show_paid)
        elif not self.pending and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def begin(self, pending: Sequence[Asking]) -> None:
        """Something else is paid now, for which so much is asked already."""
        self.pending = [*pending]

    def follow_soon(self) -> None:
        """Count the seconds of what is asked, and look what became of it since it was read."""
        work = self.look() if self.pending else self._follow()
        self.payment.run_worker(work, exit_on_error=False)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet whether something is paid."""
        return any(order.state in OPEN for order in self.pending)

    def require_none_open(self) -> None:
        """Nothing else is asked for meanwhile, by any key. Refuses: PayCodeOpen."""
        order = next((each for each in self.pending if each.state in OPEN), None)
        if order is not None:
            raise open_code(order.tender, order.amount)

    def rows(self) -> list[Any]:
        """Behind what is paid: which way, how it stands, and how much."""
        return [
            (self._waits(order), (t(STATES.get(order.state, ASKING)), "warn"), str(order.amount))
            for order in self.pending
        ]

    def _waits(self, order: Asking) -> str:
        seconds = self._calls.seconds(order.key) if self._calls else 0
        return f"{tender_name(order.tender)} {seconds}s"

    async def give_up(self) -> bool:
        """Delete: what is asked for is undone; whether there was any to ask about."""
        order = next((each for each in self.pending if each.state in OPEN), None)
        if order is None:
            return False
        payment = self.payment
        sure = await payment.desk.ask(
            Confirm(
                word("Give up {tender} {amount}?"),
                said("It is undone at the gateway, also when the customer has just paid it."),
                yes=word("Give it up"), is_grave=True,
                tender=tender_name(order.tender), amount=order.amount,
            )
        )  # fmt: skip
        if sure:
            await payment.operate(give_up_pay_code, order.key)
            await self.look()
        return True

    async def told(self, draft: int | None) -> None:
        """The gateway answered: what is paid stands on the screen, and what is paid in full ends,
        if nobody is at a question.
        """
        payment = self.payment
        if draft is None or draft != payment.payable.draft:
            return
        payment.taken = dict(await payment.in_books(taken_of, draft))
        await self.look()
        is_at_rest = payment.desk.top_screen is payment and not payment.entry.value
        if is_at_rest and payment.is_paid and not self.is_open:
            payment.desk.jobs.start(payment.finish_paid)
