"""What is received: the delivery that was begun, an order, or goods that come some other way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.buying import receiving
from models.buying.delivery_lines import DeliveryHead
from models.buying.orders import COMING, PurchaseOrder
from models.buying.papers import supplier_name
from models.buying.receipts import BACK, CASUAL, ORDER, PICKUP
from models.ledger.folios import Folio
from models.ledger.store_card import local
from models.listings.listings import Field
from models.trust import drafts
from receipts.words import word
from tui.buying.suppliers import pick_supplier
from tui.desk.words import t
from tui.records.asking import AskValue
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

WANTED = Field("wanted", word("Picked up on"), "date", is_required=True)
# Ways that need no order, in words.
WAYS = (
    (ORDER, word("From a supplier, without an order")),
    (CASUAL, word("Bought in any shop")),
    (BACK, word("Back to a supplier")),
    (PICKUP, word("Fetched from a supplier on an agreed day")),
)


@dataclass(frozen=True, slots=True)
class ToReceive:
    """One thing that can be received: a delivery that was begun, an order, or a way."""

    what: str
    more: str = ""
    draft: int | None = None
    head: DeliveryHead | None = None


COLUMNS = (
    Column(word("What comes"), 0, least=30, read=lambda row: t(row.what)),
    Column(word("Whose"), 30, tone="muted", read=lambda row: row.more),
)


def _choices(register: int) -> list[ToReceive]:
    found = []
    for draft in receiving.waiting(register):
        if drafts.count_lines(draft.key):
            since, head = local(draft.created_at).strftime("%H:%M"), DeliveryHead.of(draft.head)
            whose = f"{since} {supplier_name(head)}"
            found.append(ToReceive(word("Go on with what was begun"), whose, draft.key))
    orders = PurchaseOrder.select().where(PurchaseOrder.state.in_(COMING))
    for order in orders.order_by(PurchaseOrder.key.desc()):
        whose = Folio.get_by_id(order.supplier).name
        wanted = f"  {order.wanted}" if order.wanted else ""
        found.append(
            ToReceive(order.number, whose + wanted, head=DeliveryHead(ORDER, None, order.key))
        )
    return found + [ToReceive(said, head=DeliveryHead(how, None)) for how, said in WAYS]


async def open_receiving(app: CounterApp) -> None:
    """From the menu: Enter goes on with what was begun, or takes the newest order."""
    assert app.session is not None
    rows = await app.in_books(_choices, app.session.register)
    chosen: ToReceive | None = await app.ask(Pick(word("What is received?"), COLUMNS, rows))
    if chosen is None:
        return
    if chosen.draft is not None:
        await show(app, await app.in_books(receiving.load_key, chosen.draft))
        return
    assert chosen.head is not None
    await begin_as(app, chosen.head)


async def begin_as(app: CounterApp, head: DeliveryHead) -> None:
    """Ask what is still to be known of it, and begin."""
    if head.how != CASUAL and head.order is None:
        supplier = await pick_supplier(app)
        if supplier is None:
            return
        head = DeliveryHead(head.how, supplier)
    if head.how == PICKUP:
        day = await app.ask(AskValue(word("On which day was it picked up?"), WANTED))
        if day is None:
            return
        head = DeliveryHead(head.how, head.supplier, head.order, day[0])
    await begin(app, head)


async def begin_pickup(app: CounterApp, order: int) -> None:
    """What an order says we fetch: its day, or the one that is asked for."""
    found = await app.in_books(PurchaseOrder.get_by_id, order)
    head = DeliveryHead(PICKUP, None, order, found.wanted)
    if found.wanted is None:
        await begin_as(app, head)
    else:
        await begin(app, head)


async def begin(app: CounterApp, head: DeliveryHead) -> None:
    """A fresh delivery on the screen. Refuses: what `receiving.begin` refuses."""
    await show(app, await app.in_books(receiving.begin, app.session, head))


async def show(app: CounterApp, found: receiving.Receiving) -> None:
    """The screen of a delivery."""
    from tui.buying.receiving import ReceivingScreen

    whose = await app.in_books(supplier_name, found.head)
    await app.go(ReceivingScreen(found, whose))
