"""Purchase orders (采购订单): list, form with lines, and the steps of an order."""

from __future__ import annotations

from typing import Any

from models.base.quantity import Quantity
from models.buying import orders
from models.buying.delivery_lines import DeliveryHead
from models.buying.orders import (
    DRAFT,
    STATE_WORDS,
    PurchaseOrder,
    lines_of_order,
    ordered,
    save_order,
)
from models.buying.receipts import ORDER
from models.buying.trade import ORDER_REQUEST
from models.goods.goods_link import GOODS_LINK, item_linked
from models.ledger.folios import Folio
from models.listings.listings import Action, Field, Grid, Link, Linked, Listing, Record
from models.trust import approvals
from models.trust.users import User
from receipts.words import word
from tui.buying.prices_listing import SUPPLIER
from tui.desk.words import t
from tui.people.above_limit import contents_told, done_or_asked
from tui.records.looks import Look
from tui.widgets.panel import Ask


def _read(key: Any) -> Record | None:
    order: PurchaseOrder | None = PurchaseOrder.get_or_none(PurchaseOrder.key == key)
    if order is None:
        return None
    folio = Folio.get_by_id(order.supplier)
    values = {
        "number": order.number, "supplier": Linked(folio.key, folio.name), "state": order.state,
        "day": order.day, "wanted": order.wanted, "total": order.total, "note": order.note,
        "user": Linked(order.user, User.get_by_id(order.user).name),
    }  # fmt: skip
    return Record(key, order.version, values, _lines(key))


def _lines(key: Any) -> list[dict[str, Any]]:
    if key is None:
        return []
    came = {one.line: one.came for one in ordered(key)}
    return [
        {
            "goods": item_linked(line.goods),
            "packs": line.packs,
            "pack": line.pack, "price": line.price, "amount": line.amount,
            "came": came.get(line.line),
        }
        for line in lines_of_order(key)
    ]  # fmt: skip


async def _approve(screen: Any, line: Any) -> None:
    order = await screen.in_books(PurchaseOrder.get_by_id, line.key)
    body = {"order": order.key, "version": order.version}

    def told() -> str:
        return f"{contents_told(orders.told_of_order(body))}\n{order.number}  {order.total}"

    done = await done_or_asked(
        screen, orders.approve_order, order, version=order.version, told=told,
        ask=lambda: _ask_for(screen, order, body),
    )  # fmt: skip
    if done is None:
        return
    screen.desk.inform(word("Approved: {number}"), number=order.number)


async def _ask_for(screen: Any, order: PurchaseOrder, body: dict[str, Any]) -> None:
    """It becomes a request for somebody who may."""
    reason = await screen.desk.ask(Ask(word("Why is it needed?"), is_typed=True))
    if reason:
        request = await screen.operate(
            approvals.request_approval, ORDER_REQUEST, title=order.number, body=body, reason=reason
        )
        screen.desk.inform(word("Asked for: {number}"), number=request.number)


async def _send(screen: Any, line: Any) -> None:
    order = await screen.in_books(PurchaseOrder.get_by_id, line.key)
    await screen.operate(orders.send_order, order, version=order.version)
    screen.desk.wake_paper()
    screen.desk.inform(word("The order is printed: {number}"), number=order.number)


async def _receive(screen: Any, line: Any) -> None:
    from tui.buying.beginning import begin

    order = await screen.in_books(PurchaseOrder.get_by_id, line.key)
    await begin(screen.desk, DeliveryHead(ORDER, None, order.key))


async def _fetch(screen: Any, line: Any) -> None:
    from tui.buying.beginning import begin_pickup

    await begin_pickup(screen.desk, line.key)


async def _close(screen: Any, line: Any) -> None:
    order = await screen.in_books(PurchaseOrder.get_by_id, line.key)
    is_draft = order.state == DRAFT
    title = word("Cancel {number}: why?") if is_draft else word("Close {number}: why?")
    reason = await screen.desk.ask(Ask(title, is_typed=True, number=order.number))
    if reason:
        await screen.operate(orders.close_order, order, version=order.version, reason=reason)
        state = t(STATE_WORDS[orders.CANCELLED if is_draft else orders.CLOSED])
        screen.desk.inform(word("{name}: {state}"), name=order.number, state=state)


LISTING = Listing(
    "orders",
    word("Purchase orders"),
    PurchaseOrder,
    order="number",
    is_newest_first=True,
    fields=(
        Field("number", word("Number"), look=Look(11), is_computed=True, is_sorted=True),
        SUPPLIER,
        Field("state", word("State"), "choice", look=Look(10, is_beside=True),
              choices=tuple(STATE_WORDS.items()), is_computed=True, default=DRAFT),
        Field("day", word("Day"), "date", look=Look(drop=1), is_computed=True),
        Field("wanted", word("Wanted by"), "date", look=Look(is_beside=True),
              help=word("The day of delivery, or on which we fetch it.")),
        Field("total", word("Total"), "money", look=Look(12), is_computed=True, is_summed=True),
        Field("user", word("Who"), "link", look=Look(12, drop=3, is_beside=True),
              link=Link("users", User), is_computed=True),
        Field("note", word("Note"), look=Look(20, box=50, drop=2), limit=120),
    ),
    find=("number", "note"),
    named="number",
    dates="day",
    right="see purchases",
    change_right="order goods",
    save=save_order,
    overruled=dict.fromkeys(("PriceOdd", "PricesOdd"), "is_price_meant"),
    read=_read,
    grid=Grid(
        "lines",
        word("Lines"),
        (
            Field("goods", word("Item"), "link", look=Look(24), is_required=True,
                  link=GOODS_LINK),
            Field("packs", word("Packs"), "quantity", look=Look(7), is_required=True,
                  default=Quantity.of(1)),
            Field("pack", word("Each of"), "quantity", look=Look(7),
                  help=word("Blank: as the supplier packs it.")),
            Field("price", word("Price"), "cost",
                  help=word("Of a pack; blank: the supplier's, or what it cost last.")),
            Field("amount", word("Amount"), "money", is_computed=True),
            Field("came", word("Came"), "quantity", look=Look(7), is_computed=True),
        ),
        _lines,
    ),
    actions=(
        Action(word("Approve"), _approve, "order goods"),
        Action(word("Send: print it"), _send, "order goods"),
        Action(word("Receive goods"), _receive, "receive goods"),
        Action(word("Receive what we fetched"), _fetch, "receive goods"),
        Action(word("Close, or cancel"), _close, "order goods"),
    ),
    empty=word("No orders. F2 makes one; 302 proposes what runs short."),
)  # fmt: skip
