"""The gateway's own list of a day is fetched, and laid beside the books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.gateway.orders import GatewayOrder, refused_refunds
from models.ledger.pay_codes.payments import give_back_by_hand, keep_gateway_list
from models.ledger.ways.tenders import Tender
from models.trust.guard import require_right
from models.trust.operation import open_day
from receipts.words import word
from tui.money.gateway.calls import calls_of, in_thread
from tui.money.ways import tender_name
from tui.records.asking import Options
from tui.records.open import open_report
from tui.records.values import day_of
from tui.widgets.panel import Ask

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


async def fetch(app: CounterApp) -> None:
    """From the menu: which day, and then the report of it."""
    await app.in_books(require_right, app.session, "see takings", what="gateway")
    calls = await calls_of(app)
    if calls is None:
        app.alarm(word("The store has no gateway: pay codes are confirmed by hand."))
        return
    today = await app.in_books(lambda: open_day(store_number()))
    typed = await app.ask(Ask(word("The gateway's list of which day?"), value=today.isoformat()))
    if not typed:
        return
    day = day_of(typed)
    lines = await in_thread(calls.gateway.statement, day.isoformat())
    if lines is None:
        app.alarm(word("The gateway gives no list of {day} now. Try again later."), day=day)
        return
    told = [(one.order, one.reference, Money(one.minor, store_currency())) for one in lines]
    count = await app.operate(keep_gateway_list, day, told)
    await open_report(app, "gateway")
    app.inform(word("The gateway's list of {day}: {count} lines."), day=day, count=count)


async def settle_refused(app: CounterApp) -> None:
    """Refunds that the gateway refused: somebody gave the money back otherwise, and says so."""
    left = await app.in_books(_refused)
    if not left:
        app.inform(word("The gateway has refused no refund."))
        return
    rows = [
        (order, f"{tender_name(tender)} {order.amount}  {order.said}") for order, tender in left
    ]
    order = await app.ask(Options(word("Which one was given back by hand?"), rows))
    if order is not None:
        await app.operate(give_back_by_hand, order.key)
        app.inform(word("{amount} is noted as given back by hand."), amount=order.amount)


def _refused() -> Sequence[tuple[GatewayOrder, Tender]]:
    return [(order, order.tender) for order in refused_refunds()]
