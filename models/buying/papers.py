"""What stands on the paper of buying: an order, a delivery, and what was wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.base.cost import UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.buying.delivery_lines import DeliveryHead
from models.buying.orders import PurchaseOrder, lines_of_order
from models.buying.receipts import Receipt, ReceiptLine, SetAside, lines_of
from models.buying.suppliers import price_of
from models.goods.goods import full_name
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.store_card import StoreCard, local, store_card, user_name

_NONE = Quantity(0)


@dataclass(frozen=True, slots=True)
class OrderedView:
    """One line of an order: his code, so many packs of so many, at a price for one of them."""

    name: str
    code: str
    unit: str
    packs: Quantity
    pack: Quantity
    price: UnitCost
    amount: Money


@dataclass(frozen=True, slots=True)
class OrderView:
    """A purchase order as it goes to the supplier."""

    store: StoreCard
    number: str
    supplier: str
    phone: str
    day: date
    wanted: date | None
    note: str
    lines: tuple[OrderedView, ...]
    total: Money
    clerk: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CameView:
    """One line of a delivery; `due` is what was still to come before, None without an order."""

    name: str
    code: str
    unit: str
    quantity: Quantity
    rejected: Quantity
    due: Quantity | None
    net: Money
    batch: str
    expiry: date | None

    @property
    def difference(self) -> Quantity:
        """Above zero is over, below it short; nothing where nothing was ordered."""
        return _NONE if self.due is None else self.quantity - self.due

    @property
    def is_wrong(self) -> bool:
        return bool(self.difference or self.rejected)


@dataclass(frozen=True, slots=True)
class GoodsInView:
    """A delivery that was posted, or goods that went back (`is_back`)."""

    store: StoreCard
    number: str
    how: str
    is_back: bool
    supplier: str
    order: str
    note: str
    day: date
    lines: tuple[CameView, ...]
    aside: tuple[tuple[str, Quantity], ...]
    net: Money
    tax: Money
    freight: Money
    total: Money
    is_billed: bool
    clerk: str
    at: datetime


def order_view(key: int) -> OrderView:
    """The order of this key as it is now."""
    order = PurchaseOrder.get_by_id(key)
    folio = Folio.get_by_id(order.supplier)
    lines = []
    for line in lines_of_order(key):
        goods, price = line.goods, price_of(order.supplier, line.goods_id)
        code = (price.code if price else "") or goods.code
        unit = goods.unit.name if goods.unit_id else ""
        lines.append(
            OrderedView(
                full_name(goods.name, goods.spec),
                code,
                unit,
                line.packs,
                line.pack,
                line.price,
                line.amount,
            )
        )
    return OrderView(
        store_card(), order.number, folio.name, folio.phone, order.day, order.wanted, order.note,
        tuple(lines), order.total, user_name(order.user), local(order.at),
    )  # fmt: skip


def goods_in_view(key: int) -> GoodsInView:
    """The delivery of this document."""
    document, head = Document.get_by_id(key), Receipt.get_by_id(key)
    order = PurchaseOrder.get_or_none(PurchaseOrder.key == head.order) if head.order else None
    aside = SetAside.select().where(SetAside.document == key).order_by(SetAside.line)
    return GoodsInView(
        store_card(), document.label, head.how, head.total.minor < 0,
        Folio.get_by_id(head.supplier).name, order.number if order else "", head.note, document.day,
        tuple(_came(line) for line in lines_of(key)),
        tuple((one.code, one.quantity) for one in aside), head.net, head.tax, head.freight,
        head.total, head.is_billed, user_name(document.user), local(document.at),
    )  # fmt: skip


def _came(line: ReceiptLine) -> CameView:
    return CameView(
        line.name, line.code, line.unit, line.quantity, line.rejected, line.due, line.net,
        line.batch, line.expiry,
    )  # fmt: skip


def label_wishes(key: int) -> list[tuple[int, int]]:
    """How many labels the goods of a delivery need: a piece one each, what is weighed one."""
    found: dict[int, int] = {}
    for line in lines_of(key):
        pieces = 1 if line.goods.is_weighed else line.quantity.thousandths // 1000
        if line.quantity > _NONE:
            found[line.goods_id] = max(found.get(line.goods_id, 0) + pieces, 1)
    return list(found.items())


def supplier_name(head: DeliveryHead) -> str:
    """Whose delivery it is; empty while nobody has said."""
    found = Folio.get_or_none(Folio.key == head.supplier) if head.supplier else None
    return found.name if found else ""
