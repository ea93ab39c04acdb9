"""A code that no item has: find the item that it belongs to, or make a new one, and sell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.goods.records import add_barcode
from models.trust.books import Linked
from models.trust.users import rights_of
from receipts.words import word
from tui.records.books import book
from tui.records.form import FormScreen, edit
from tui.records.picker import Picker
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.shop.selling import Selling


class WhichItem(Picker):
    """The look-up of goods for a code; a new item begins with it."""

    def __init__(self, code: str) -> None:
        super().__init__(book("goods"))
        self._title, self._fields = word("Which item has the code {code}?"), {"code": code}
        self._code = code

    async def do_new_record(self) -> None:
        """F2: a new item with this bar code; it is chosen at once."""
        barcode = {"code": self._code, "pack": Quantity.of(1), "price": None, "is_main": True}
        form = FormScreen(self.book, preset={"barcodes": [barcode]})
        key = await edit(self.desk, form)
        if key is not None:
            self.answer(Linked(key, ""))


async def give_code(selling: Selling, code: str, quantity: Quantity | None) -> None:
    """Ask which item it is and ring that. Who keeps goods is asked whether the code stays."""
    chosen = await selling.desk.ask(WhichItem(code))
    if chosen is None:
        return
    goods: Goods = await selling.in_books(Goods.get_by_id, chosen.key)
    if chosen.text and await _may_keep(selling):
        title = word("Keep this bar code for {item}?")
        if await selling.desk.ask(Confirm(title, item=goods.name)):
            await selling.operate(add_barcode, goods.key, code)
    await selling.ring(goods.code, quantity)


async def _may_keep(selling: Selling) -> bool:
    session = selling.desk.session
    rights = await selling.in_books(rights_of, session.user) if session else None
    return rights is not None and rights.holds("keep goods")
