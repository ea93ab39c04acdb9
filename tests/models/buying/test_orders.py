"""Suppliers, their prices, purchase orders and their life; what is proposed to be ordered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.buying import orders, proposing, suppliers
from models.buying.orders import (
    APPROVED,
    CANCELLED,
    CLOSED,
    DRAFT,
    SENT,
    OrderEmpty,
    OrderLineWrong,
    OrderMoved,
    OrderSentBefore,
    PurchaseOrder,
)
from models.buying.papers import order_view
from models.buying.plausible import PriceBelowZero, PriceOdd, PricesOdd
from models.buying.proposing import NothingPriced, NothingShort
from models.buying.suppliers import (
    SupplierPriceWrong,
    SupplierTermsWrong,
    SupplierUnknown,
    price_of,
    terms_of,
)
from models.buying.trade import ORDER_REQUEST, ORDER_SLIP
from models.goods.records import save_goods
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.proving import proof
from models.trust import approvals
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from models.trust.records import RecordChanged, RecordTaken
from tests.models.buying.bought import cost, line, order, price, standing, state, supplier
from tests.stores import FIRST_DAY, Shop, yuan
from tui.buying.reminders import buying


@pytest.mark.row("PUR-01", "PUR-34")
def test_a_supplier_and_what_is_agreed(shop: Shop) -> None:
    folio = supplier(shop, lead_days=3, tolerance="2", bills_later=True, terms=60)
    kept = terms_of(folio.key)
    assert (kept.lead_days, kept.tolerance, kept.bills_later) == (3, Rate.percent("2"), True)
    suppliers.save_supplier(
        shop.owner, folio.key, version=folio.version, name="批发二店", lead_days=5, uid=new_uid()
    )
    assert terms_of(folio.key).lead_days == 5
    assert suppliers.supplier_folio(folio.key).name == "批发二店"
    for wrong in ({"lead_days": -1}, {"tolerance": "101"}):
        with pytest.raises(SupplierTermsWrong):
            supplier(shop, "x", **wrong)
    assert not proof.verify()


@pytest.mark.row("PUR-07")
def test_the_price_of_an_item_is_kept_once(shop: Shop) -> None:
    folio, other = supplier(shop), supplier(shop, "另一家")
    first = price(shop, folio, "1001", "26.40", 24, code="W24")
    price(shop, other, "1001", "1.05", is_usual=True)
    assert suppliers.usual_prices()[shop.goods("1001").key].supplier == other.key
    with pytest.raises(RecordTaken):
        price(shop, folio, "1001", "27", 24)
    # A service has no stock, a piece costs no less than nothing.
    for code, each, pack in (("1005", "1", 1), ("1002", "-1", 1), ("1002", "1", 0)):
        with pytest.raises(SupplierPriceWrong):
            price(shop, folio, code, each, pack)
    company = open_folio(shop.owner, kind=COMPANY, name="客户", limit=yuan("1"), uid=new_uid())
    with pytest.raises(SupplierUnknown):
        price(shop, company, "1002", "1")
    suppliers.save_supplier_price(
        shop.owner, first, version=1, supplier=folio.key, goods=shop.goods("1001").key,
        price=cost("26.40"), pack=Quantity.of(24), is_usual=True, uid=new_uid(),
    )  # fmt: skip
    # One of an item, though that one is dearer by the piece.
    assert suppliers.usual_prices()[shop.goods("1001").key].supplier == folio.key
    # 264.00 for a case of 26.40; 0.40 where a piece cost 2.10 last: they are meant, or mistyped.
    with pytest.raises(PriceOdd):
        suppliers.save_supplier_price(
            shop.owner, first, version=2, supplier=folio.key, goods=shop.goods("1001").key,
            price=cost("264"), pack=Quantity.of(24), uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(PriceOdd):
        suppliers.save_supplier_price(
            shop.owner, None, supplier=folio.key, goods=shop.goods("1002").key,
            price=cost("0.40"), uid=new_uid(),
        )  # fmt: skip
    cheap = price(shop, folio, "1002", "0.40")
    # What he asked before comes before what it cost last: 1.90 is near the one alone.
    with pytest.raises(PriceOdd):
        suppliers.save_supplier_price(
            shop.owner, cheap, version=1, supplier=folio.key, goods=shop.goods("1002").key,
            price=cost("1.90"), uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(RecordChanged):
        suppliers.drop_supplier_price(shop.owner, first, version=1, uid=new_uid())
    suppliers.drop_supplier_price(shop.owner, first, version=2, uid=new_uid())
    assert price_of(folio.key, shop.goods("1001").key) is None


@pytest.mark.row("PUR-03", "PUR-32")
def test_the_life_of_an_order(shop: Shop) -> None:
    folio = supplier(shop)
    price(shop, folio, "1001", "26.40", 24)
    made = orders.save_order(
        shop.owner, None, supplier=folio.key, lines=[line(shop, "1001", "2")], uid=new_uid()
    )
    assert (made.number, made.state, made.total) == ("PO01-00001", DRAFT, yuan("52.80"))
    with pytest.raises(OrderMoved):
        orders.send_order(shop.owner, made, version=1, uid=new_uid())
    approved = orders.approve_order(shop.owner, made, version=1, uid=new_uid())
    # Another content was approved by nobody.
    changed = orders.save_order(
        shop.owner, made.key, version=approved.version, supplier=folio.key,
        lines=[line(shop, "1001", "1"), line(shop, "1002", "3", "2.00")], uid=new_uid(),
    )  # fmt: skip
    assert (changed.state, changed.total) == (DRAFT, yuan("32.40"))
    approved = orders.approve_order(shop.owner, made, version=changed.version, uid=new_uid())
    sent = orders.send_order(shop.owner, made, version=approved.version, uid=new_uid())
    assert state(made) == SENT
    with pytest.raises(OrderSentBefore):
        orders.send_order(shop.owner, made, version=sent.version, uid=new_uid())
    assert PrintJob.select().where(PrintJob.kind == ORDER_SLIP).count() == 1
    view = order_view(made.key)
    assert [(one.name, str(one.packs), str(one.amount)) for one in view.lines] == [
        ("矿泉水", "1", "26.40"), ("可乐", "3", "6.00"),
    ]  # fmt: skip
    with pytest.raises(OrderMoved) as late:
        orders.approve_order(shop.owner, made, version=sent.version, uid=new_uid())
    assert late.value.fields == {"order": made.number, "state": "order.sent"}
    with pytest.raises(OrderMoved):
        orders.save_order(
            shop.owner, made.key, version=sent.version, supplier=folio.key,
            lines=[line(shop, "1001", "1")], uid=new_uid(),
        )  # fmt: skip
    orders.close_order(shop.owner, made, version=sent.version, reason="没货", uid=new_uid())
    assert state(made) == CLOSED
    draft = orders.save_order(
        shop.owner, None, supplier=folio.key, lines=[line(shop, "1001", "1")], uid=new_uid()
    )
    orders.close_order(shop.owner, draft, version=1, reason="", uid=new_uid())
    assert state(draft) == CANCELLED
    assert not proof.verify()


def test_what_is_no_order(shop: Shop) -> None:
    folio = supplier(shop)
    for lines, refusal in (
        ([], OrderEmpty),
        ([line(shop, "1001", "0")], OrderLineWrong),
        ([line(shop, "1005", "1")], OrderLineWrong),
        ([line(shop, "1001", "1"), line(shop, "1001", "2")], OrderLineWrong),
        ([line(shop, "1001", "1", "-1")], PriceBelowZero),
        # It cost 1.20 last.
        ([line(shop, "1002", "1"), line(shop, "1001", "1", "12")], PriceOdd),
        ([line(shop, "1001", "1", "6", 2)], PriceOdd),
        # One yes is no yes to a price that nobody was told of.
        ([line(shop, "1001", "1", "12"), line(shop, "1002", "1", "99")], PricesOdd),
    ):
        with pytest.raises(refusal):
            orders.save_order(shop.owner, None, supplier=folio.key, lines=lines, uid=new_uid())


@pytest.mark.row("PUR-03")
def test_an_order_above_the_limit_goes_through_approval(shop: Shop) -> None:
    clerk, folio = shop.who("clerk"), supplier(shop)
    small, dear = (
        orders.save_order(
            clerk,
            None,
            supplier=folio.key,
            lines=[line(shop, "1001", packs, "10")],
            is_price_meant=True,
            uid=new_uid(),
        )
        for packs in ("100", "101")
    )
    orders.approve_order(clerk, small, version=1, uid=new_uid())
    with pytest.raises(NeedsOverride):
        orders.approve_order(clerk, dear, version=1, uid=new_uid())
    asked = approvals.request_approval(
        clerk, ORDER_REQUEST, title=dear.number, body={"order": dear.key, "version": 1},
        reason="节日", uid=new_uid(),
    )  # fmt: skip
    assert asked.amount == yuan("1010")
    # Whoever says yes reads what it is.
    assert approvals.contents_of(asked) == [approvals.Content("矿泉水", "101", yuan("1010"))]
    approvals.review(shop.manager, asked, uid=new_uid())
    approvals.execute_request(shop.manager, asked, uid=new_uid())
    assert state(dear) == APPROVED
    assert not proof.verify()


def bounds(shop: Shop, code: str, least: str, most: str) -> None:
    goods = shop.goods(code)
    save_goods(
        shop.owner, goods.key, version=goods.version, min_stock=Quantity.parse(least),
        max_stock=Quantity.parse(most), uid=new_uid(),
    )  # fmt: skip


@pytest.mark.row("STK-11", "PUR-21", "STK-30")
@pytest.mark.case("KU-25")
def test_what_runs_short_is_ordered_in_whole_packs(shop: Shop) -> None:
    folio = supplier(shop)
    price(shop, folio, "1004", "30.00", 12)
    with pytest.raises(NothingShort) as nothing:
        proposing.order_short(shop.owner)
    assert not isinstance(nothing.value, NothingPriced)
    bounds(shop, "1001", "101", "200")
    with pytest.raises(NothingPriced) as unpriced:
        proposing.order_short(shop.owner)
    assert unpriced.value.fields == {"count": 1}
    bounds(shop, "1001", "1", "200")
    order(shop, folio, line(shop, "1004", "2", "30.00", 12))
    bounds(shop, "1004", "50", "100")
    ((one,),) = proposing.proposed(FIRST_DAY).values()
    # 3 here and 24 to come: 73 are 7 packs of 12.
    assert (str(one.here), str(one.coming), str(one.packs)) == ("3", "24", "7")
    bounds(shop, "1004", "27", "100")
    assert not proposing.proposed(FIRST_DAY)
    bounds(shop, "1004", "50", "87")
    ((one,),) = proposing.proposed(FIRST_DAY).values()
    assert (str(one.packs), one.amount) == ("5", yuan("150.00"))
    (made,) = proposing.order_short(shop.owner)
    assert (made.state, made.total) == (DRAFT, yuan("150.00"))
    assert PurchaseOrder.select().count() == 2
    # Asked for once: the draft is an order of it as well, and no second one is made.
    with pytest.raises(NothingPriced):
        proposing.order_short(shop.owner)
    # Home says so, also of what nobody is known to sell.
    bounds(shop, "1001", "500", "900")
    told = {one.msgid: one.fields for one in buying(standing(shop, shop.owner))}
    assert {"count": 1} in [
        fields for text, fields in told.items() if text.startswith("{count} goods run short")
    ]


@pytest.mark.row("STK-11")
def test_what_sells_faster_than_it_comes_is_ordered(shop: Shop) -> None:
    folio = supplier(shop, lead_days=28)
    price(shop, folio, "1004", "18")
    shop.open_shift()
    shop.sell("1004")
    assert not proposing.proposed(FIRST_DAY)
    # Two sold in four weeks, one left, and four weeks of delivery.
    shop.sell("1004")
    ((one,),) = proposing.proposed(FIRST_DAY).values()
    assert (str(one.sold), str(one.packs)) == ("2", "3")
    assert not proposing.proposed(FIRST_DAY + timedelta(days=40))
    ((found),) = proposing.short_by_supplier(FIRST_DAY)
    assert (found.supplier.name, found.total) == ("批发公司", yuan("54.00"))
