"""A code that no item has: find the item that it belongs to, or make a new one, and sell it or
take it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.goods.codes import wallet_of
from models.goods.goods import Goods
from models.goods.records import add_barcode
from models.goods.scale_labels import label_layouts
from models.listings.listings import Linked, Listing
from models.members.lots import lots_of
from models.reports.bills import BillUnknown, bill_of_number
from models.selling.items import CodeUnknown, scale_labels
from models.selling.offers import offers_of
from models.trust.users import rights_of
from receipts.words import word
from tui.desk.gate.numbers import quantity_of
from tui.desk.words import said
from tui.records.forms.form import new_record
from tui.records.listings import listing
from tui.records.picker import Picker
from tui.shop.find_goods import unit_text
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.ringing import Ringing

OFFERS = (
    Column(word("Unit"), 0, read=unit_text),
    Column(word("Sale price"), 12, "right", tone="money", read=lambda offer: str(offer.price)),
)


class VoucherScanned(Refusal):
    """The number of a voucher or a credit pays, and is no code of goods."""


class PayCodeScanned(Refusal):
    """The pay code of a customer's phone, which is good for one payment, and no code of goods."""


class SlipScanned(Refusal):
    """The number of a sale's slip, and no code of goods: what it sold comes back by another key."""


class TimesSpent(CodeUnknown):
    """No item has the code, and the `n *` before it is spent."""


async def tell_unknown(screen: Ringing, unknown: CodeUnknown, quantity: Quantity | None) -> None:
    """After a code that no item has: F7 begins with it, unless it is the number of what pays, or of
    a slip. Refuses: VoucherScanned, PayCodeScanned, SlipScanned, TimesSpent.
    """
    code = unknown.fields["code"]
    if await screen.in_books(_is_pay_code, code):
        raise PayCodeScanned()
    if bill := await screen.in_books(_slip_of, code):
        raise SlipScanned(bill=bill)
    if await screen.in_books(lots_of, code):
        raise VoucherScanned(code=code)
    screen.unknown = (code, quantity)
    screen.strip_changed()
    if quantity is not None:
        raise TimesSpent(code=code, quantity=quantity)


def _is_pay_code(code: str) -> bool:
    """Whether it is of a wallet; what is laid out as the shop's scales do it may be a label."""
    labels = label_layouts(scale_labels.value())
    return bool(wallet_of(code)) and not any(each.matches(code) for each in labels)


def _slip_of(code: str) -> str:
    """The number of the sale whose slip has this code, "" where none has; digits alone are none."""
    try:
        return "" if code.isdigit() else bill_of_number(code, 0).label
    except BillUnknown:
        return ""


class WhichItem(Picker):
    """The look-up of goods for a code; a new item begins with it."""

    def __init__(self, code: str) -> None:
        super().__init__(listing("goods"), makes=self._make)
        self._title, self._fields = word("Which item has the code {code}?"), {"code": code}
        self._code = code

    async def _make(self, of: Listing, _: dict[str, Any]) -> Any:
        barcode = {"code": self._code, "pack": Quantity.of(1), "price": None, "is_main": True}
        return await new_record(self.desk, of, {"barcodes": [barcode]})

    async def do_new_record(self) -> None:
        """F2: a new item with this bar code; it is chosen at once, and rung by that code."""
        key = await self._make(self.listing, {})
        if key is not None:
            self.answer(Linked(key, ""))


async def give_code(selling: Ringing, code: str, quantity: Quantity | None) -> None:
    """Ask which item it is, whether one or a pack, and ring that. Who keeps goods is asked whether
    the code stays, and for how many pieces. Who finds none is where he was: the code is unknown
    still.
    """
    chosen = await selling.desk.ask(WhichItem(code))
    if chosen is None:
        return
    goods: Goods = await selling.in_books(Goods.get_by_id, chosen.key)
    pieces = "0"
    if chosen.text and await _may_keep(selling):
        asked = await selling.question(
            said("Keep the code for {item}: it rings how many? 0: not", item=goods.name),
            proposal="1",
            reads=quantity_of,
        )
        if not asked:
            return
        pieces = asked
    pack = quantity_of(pieces)
    if pack:
        await selling.operate(add_barcode, goods.key, code, pack=pack)
    if pack or not chosen.text:
        # It is the item's own code now, also where the item is new.
        await selling.ring(code, quantity)
    else:
        await _ring_one_of(selling, goods, quantity)


async def _ring_one_of(selling: Ringing, goods: Goods, quantity: Quantity | None) -> None:
    """The item by the piece, or one of its packs, when it has any."""
    offers = await selling.in_books(offers_of, goods.key)
    if len(offers) == 1:
        await selling.ring(goods.code, quantity)
        return
    offer = await selling.desk.ask(Pick(word("One, or a pack?"), OFFERS, offers))
    if offer is not None:
        await selling.ring(offer.code, quantity)


async def _may_keep(selling: Ringing) -> bool:
    session = selling.desk.session
    rights = await selling.in_books(rights_of, session.user) if session else None
    return rights is not None and rights.holds("keep goods")
