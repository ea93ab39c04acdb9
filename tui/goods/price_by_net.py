"""The sale price of goods, set by their price without tax."""

from __future__ import annotations

from typing import Any

from models.goods.goods import Goods
from models.goods.records import save_goods
from models.selling.net_prices import price_of, price_of_net
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.widgets.panel import Ask


async def set_price_by_net(screen: Any, key: Any) -> None:
    """Asks for the price without tax; what the customer pays is told."""
    goods = await screen.in_books(Goods.get_by_id, key)
    now = await screen.in_books(price_of, goods)
    title = word("{item}: price without tax (with tax {gross})")
    ask = Ask(title, value=str(now.net.rounded()), item=goods.name, gross=now.gross.rounded())
    typed = await screen.desk.ask(ask)
    if typed is None or not typed.strip():
        return
    new = await screen.in_books(price_of_net, goods, money_of(typed))
    await screen.operate(save_goods, key, version=goods.version, price=new.price)
    screen.desk.inform(
        word("{item}: {net} without tax, {gross} with tax."),
        item=goods.name, net=new.net.rounded(), gross=new.gross.rounded(),
    )  # fmt: skip
