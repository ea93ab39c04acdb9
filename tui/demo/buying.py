"""What the demonstration shop bought: suppliers, deliveries, a bill, and orders in each state."""

from __future__ import annotations

from datetime import date, timedelta

from models.base.cost import UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.buying import bills, goods_in, orders, receiving, suppliers
from models.buying.delivery_lines import DeliveryHead
from models.buying.orders import PurchaseOrder
from models.buying.receipts import ORDER
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.goods.shelf_labels import print_labels
from models.ledger.folios import Folio
from models.stock.stock import stock_of
from models.trust.operation import Session, new_uid
from tui.demo.goods import Listed
from tui.demo.people import SUPPLIER
from tui.demo.tongue import own

GRAIN = "安心粮油批发/Anxin Grain"
# What each delivers: so many items of a category, in cases of twelve.
JUICES, RICE = "果汁与咖啡/Juice and coffee", "米面/Rice and flour"
ITEMS, CASE = 4, 12


class Buying:
    """The store room of the past: who delivers, and what is on its way."""

    def __init__(self, manager: Session, goods: list[Listed], first: date) -> None:
        """The suppliers with their prices, and an order that was sent on the first day."""
        self.first = first
        drinks: Folio = Folio.get(Folio.name == own(SUPPLIER))
        self.drinks = suppliers.save_supplier(
            manager, drinks.key, version=drinks.version, name=drinks.name, lead_days=2,
            tolerance=Rate.percent("5"), uid=new_uid(),
        )  # fmt: skip
        self.grain = suppliers.save_supplier(
            manager, None, name=own(GRAIN), lead_days=3, bills_later=True, uid=new_uid()
        )
        self.items = {
            self.drinks.key: self._priced(manager, self.drinks, _of(goods, JUICES)),
            self.grain.key: self._priced(manager, self.grain, _of(goods, RICE)),
        }
        self.came_first = self._order(manager, self.drinks, first + timedelta(days=2), packs=2)

    def live(self, manager: Session, day: date) -> None:
        """What came on a day of the past."""
        if day == self.first + timedelta(days=2):
            # A case of the last item is missing.
            self._take_in(manager, self.came_first, [24, 24, 24, 12])
        if day == self.first + timedelta(days=3):
            later = self._order(manager, self.grain, day, packs=1)
            self._take_in(manager, later, [CASE] * ITEMS)
            self._bill(manager, day)
            unbilled = self._order(manager, self.grain, day, packs=1)
            self._take_in(manager, unbilled, [CASE, CASE, CASE, 0])

    def put_labels(self, manager: Session) -> None:
        """Labels of what came; one says an old price since."""
        items = [goods for some in self.items.values() for goods in some]
        print_labels(manager, [(goods.key, 1) for goods in items], uid=new_uid())
        found = Goods.get_by_id(items[-1].key)
        price = found.price + Money(100, found.price.currency)
        save_goods(manager, found.key, version=found.version, price=price, uid=new_uid())

    def leave_open(self, manager: Session, today: date) -> None:
        """Orders in each state that something is still to be done about; and there is too much of
        one item.
        """
        most = max(self.items[self.drinks.key], key=_here)
        save_goods(
            manager, most.key, version=Goods.get_by_id(most.key).version,
            max_stock=_here(most) - Quantity.of(6), min_stock=None, uid=new_uid(),
        )  # fmt: skip
        self._made(manager, self.drinks, today + timedelta(days=3), packs=3)
        draft = self._made(manager, self.grain, today + timedelta(days=4), packs=2)
        orders.approve_order(manager, draft, version=draft.version, uid=new_uid())
        self._order(manager, self.drinks, today + timedelta(days=1), packs=1)

    def _priced(self, manager: Session, supplier: Folio, listed: list[Listed]) -> list[Goods]:
        found = [Goods.get(Goods.code == each.code) for each in listed]
        for goods, each in zip(found, listed, strict=True):
            suppliers.save_supplier_price(
                manager, None, supplier=supplier.key, goods=goods.key,
                price=UnitCost(each.cost.millionths * CASE, each.cost.currency),
                pack=Quantity.of(CASE), is_usual=True, uid=new_uid(),
            )  # fmt: skip
        return found

    def _made(
        self, manager: Session, supplier: Folio, wanted: date, *, packs: int
    ) -> PurchaseOrder:
        lines = [
            {"goods": goods.key, "packs": Quantity.of(packs)} for goods in self.items[supplier.key]
        ]
        return orders.save_order(
            manager, None, supplier=supplier.key, lines=lines, wanted=wanted, uid=new_uid()
        )

    def _order(
        self, manager: Session, supplier: Folio, wanted: date, *, packs: int
    ) -> PurchaseOrder:
        made = self._made(manager, supplier, wanted, packs=packs)
        made = orders.approve_order(manager, made, version=made.version, uid=new_uid())
        return orders.send_order(manager, made, version=made.version, uid=new_uid())

    def _take_in(self, manager: Session, order: PurchaseOrder, pieces: list[int]) -> None:
        begun = receiving.begin(manager, DeliveryHead(ORDER, None, order.key))
        for goods, count in zip(self.items[order.supplier], pieces, strict=True):
            if count:
                receiving.take_in(begun, goods.code, Quantity.of(count))
        # The first one is over by now, the last one soon will be.
        receiving.change_line(
            begun, begun.lines[0].number, batch="K20", expiry=self.first + timedelta(days=4)
        )
        receiving.change_line(
            begun, begun.lines[-1].number, batch="L26", expiry=self.first + timedelta(days=12)
        )
        goods_in.receive_goods(
            manager, begun.draft, shown=begun.total(), note=f"D-{order.number}", uid=new_uid()
        )

    def _bill(self, manager: Session, day: date) -> None:
        """The bill of what came of the grain so far: as it was booked."""
        lines = bills.not_billed(self.grain.key)
        told = [bills.Billed(line.document_id, line.line, line.net) for line in lines]
        tax = bills.proposed_tax(lines)
        assert isinstance(tax, Money)
        bills.book_bill(
            manager, self.grain.key, told, number="26110301", dated=day, tax=tax, uid=new_uid()
        )


def _of(goods: list[Listed], category: str) -> list[Listed]:
    """The last items of a category that are sold by the piece."""
    pieces = [each for each in goods if each.category == category and not each.is_weighed]
    return pieces[-ITEMS:]


def _here(goods: Goods) -> Quantity:
    return stock_of(goods.key).quantity
