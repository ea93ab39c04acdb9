"""Talking to the payment gateway, beside the counter's work: nothing on the screen waits for it.

What is asked stands in the store before it goes out (models/ledger/gateway/orders.py). Each order
is followed until the gateway has said what became of it; after a kill or a power cut the next start
goes on with what the store knows. The calls run on threads of their own, with time-outs; between
two of them an operation keeps the answer.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from devices.gateway import (
    PAID,
    REFUSED,
    REVERSED,
    UNKNOWN,
    UNSENT,
    Gateway,
    HttpGateway,
    Reply,
)
from models.base.refusals import Refusal
from models.ledger.gateway import orders
from models.ledger.gateway.orders import Asking
from models.ledger.pay_codes.payments import give_up_pay_code, keep_answer
from models.trust.operation import Session, new_uid
from receipts.words import word
from tui.money.ways import tender_name

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

# Between two questions: often while the customer stands there, then at rest.
SOON_S, LATER_S, SOON_TIMES = 1.0, 10.0, 30
NOT_SENT = "not sent"
_UNDONE = {REVERSED, REFUSED}


def ask(gateway: Gateway, asking: Asking, code: str = "") -> Reply:
    """One step with one order: what is known now. With its `code` an order goes out for the first
    time. No only counts when it is said twice: a gateway that takes it back would take the money.
    """
    money: dict[str, Any] = {"minor": asking.amount.minor, "currency": asking.amount.currency.code}
    if asking.kind == orders.REFUND:
        return _sent(gateway.refund(asking.order, of=asking.of, **money))
    if asking.state == orders.REVERSING:
        first = gateway.reverse(asking.order, **money)
        again = gateway.query(asking.order, **money) if first.state in _UNDONE else first
        is_undone = {first.state, again.state} <= _UNDONE
        return Reply(REVERSED, again.reference) if is_undone else Reply(UNKNOWN, said=first.said)
    if not code:
        found = _sent(gateway.query(asking.order, **money))
        return Reply(REFUSED, said=found.said) if found.state == REVERSED else found
    first = gateway.create(order=asking.order, code=code, text="", **money)
    if first.state == UNSENT:
        return Reply(REFUSED, said=NOT_SENT)
    if first.state != REFUSED:
        return first
    again = gateway.query(asking.order, **money)
    return first if again.state == REFUSED else _sent(again)


def _sent(answer: Reply) -> Reply:
    """Of a question that did not go out nothing is known."""
    return Reply(UNKNOWN, said=answer.said) if answer.state == UNSENT else answer


def next_state(asking: Asking, answer: Reply, *, is_new: bool, is_old: bool) -> str:
    """What becomes of an order. One that a kill left behind before it was answered, and that nobody
    knows of, is given up: it may still be on its way. So is one that stays unknown too long.
    """
    is_lost = asking.state == orders.ASKED and not is_new and answer.state in (REFUSED, UNKNOWN)
    is_stuck = is_old and answer.state not in (PAID, REFUSED)
    if asking.kind == orders.PAY and asking.state in orders.OPEN and (is_lost or is_stuck):
        return orders.REVERSING
    return answer.state


class GatewayCalls:
    """The orders of one register that are being followed."""

    def __init__(self, app: CounterApp, gateway: Gateway, *, give_up_s: float) -> None:
        self.app, self.gateway, self.give_up_s = app, gateway, give_up_s
        self._codes: dict[int, str] = {}
        self._since: dict[int, float] = {}
        self._following = set[int]()

    def begin(self, key: int, code: str) -> None:
        """An order was stored: it goes out now, with the code, which is kept nowhere."""
        self._codes[key] = code
        self._follow_soon(key)

    async def take_up(self) -> None:
        """Go on with all that this register asks and nobody follows yet."""
        for asking in await self.app.in_books(orders.unsettled, self.app.register):
            self._follow_soon(asking.key)

    def seconds(self, key: int) -> int:
        """How long an order has been asked for."""
        return int(time.monotonic() - self._since.get(key, time.monotonic()))

    def _follow_soon(self, key: int) -> None:
        if key not in self._following:
            self._following.add(key)
            self._since.setdefault(key, time.monotonic())
            self.app.run_worker(self._follow(key), exit_on_error=False)

    async def _follow(self, key: int) -> None:
        tries = 0
        try:
            while True:
                try:
                    is_known = await self._step(key)
                except Refusal:
                    # The store cannot keep it now; what was asked stands there.
                    is_known = False
                if is_known:
                    return
                tries += 1
                await asyncio.sleep(SOON_S if tries < SOON_TIMES else LATER_S)
        finally:
            self._following.discard(key)

    async def _step(self, key: int) -> bool:
        asking = await self.app.in_books(_asking, key)
        if asking is None:
            return True
        code = self._codes.pop(key, "")
        answer = await in_thread(ask, self.gateway, asking, code)
        is_old = self.seconds(key) >= self.give_up_s
        state = next_state(asking, answer, is_new=bool(code), is_old=is_old)
        session = Session(asking.user, self.app.register)
        if state == orders.REVERSING:
            now = await self.app.in_books(give_up_pay_code, session, key, uid=new_uid())
        else:
            now = await self.app.in_books(
                keep_answer, session, key, seen=asking.state, state=state,
                theirs=answer.reference, said=answer.said, uid=new_uid(),
            )  # fmt: skip
        if now != asking.state:
            await self._tell(asking, now, answer)
        return now not in orders.UNSETTLED

    async def _tell(self, asking: Asking, state: str, answer: Reply) -> None:
        """To the screen that shows it, or in the status row."""
        fields: dict[str, Any] = {"tender": tender_name(asking.tender), "amount": asking.amount}
        if asking.kind == orders.REFUND:
            if state == orders.PAID:
                self.app.inform(word("{tender} {amount} is given back."), **fields)
            elif state == orders.REFUSED:
                self.app.alarm(REFUND_REFUSED, why=answer.said, **fields)
            return
        if state == orders.REFUSED:
            is_unsent = answer.said == NOT_SENT
            told = UNREACHED if is_unsent else word("{tender} {amount} is refused: {why}")
            self.app.alarm(told, why=answer.said, **fields)
        elif state == orders.REVERSED:
            self.app.inform(word("{tender} {amount} is undone: nothing was paid."), **fields)
        elif state == orders.PAID:
            self.app.inform(word("{tender} {amount} is paid."), **fields)
        for screen in self.app.screen_stack:
            if changed := getattr(screen, "gateway_told", None):
                await changed(asking.draft)


UNREACHED = word("The gateway is not reached, nothing was charged. Take {tender} {amount} by hand.")
REFUND_REFUSED = word("{tender} {amount} cannot be given back ({why}). Give it back by hand.")


def _asking(key: int) -> Asking | None:
    row = orders.GatewayOrder.get_or_none(orders.GatewayOrder.key == key)
    return orders.asking(row) if row and row.state in orders.UNSETTLED else None


async def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Run it on a thread that ends with the program, however long the gateway is silent."""
    loop, future = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if future.cancelled():
            return
        future.set_exception(error) if error else future.set_result(result)

    def work() -> None:
        try:
            done: tuple[Any, BaseException | None] = (function(*args), None)
        except BaseException as error:  # noqa: BLE001 - goes to whoever waits
            done = (None, error)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, *done)

    threading.Thread(target=work, name="gateway", daemon=True).start()
    return await future


async def calls_of(app: CounterApp) -> GatewayCalls | None:
    """The calls of this counter; None where the store has no gateway."""
    if app.gateway_calls is None:
        kind, address, most = await app.in_books(_chosen)
        if kind == orders.HTTP:
            app.gateway_calls = GatewayCalls(app, HttpGateway(address), give_up_s=most)
    return app.gateway_calls


async def take_up(app: CounterApp) -> None:
    """At a start, and after what may have asked for money back."""
    if calls := await calls_of(app):
        await calls.take_up()


def _chosen() -> tuple[str, str, int]:
    return orders.provider.value(), orders.address.value(), orders.give_up_s.value()
