"""Deliveries: scanned, posted, compared with their order; cases of shared/vectors by their ids."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.delivery_lines import KIND, DeliveryHead
from models.buying.goods_in import (
    DeliveryChanged,
    DeliveryEmpty,
    OrderExceeded,
    PickupMissing,
    SupplierMissing,
    receive_goods,
)
from models.buying.orders import PART, RECEIVED, OrderMoved, close_order
from models.buying.papers import goods_in_view
from models.buying.plausible import Asked, PriceBelowZero, PriceOdd
from models.buying.receipts import BACK, CASUAL, ORDER, PICKUP, ReceiptLine
from models.buying.receiving import (
    BatchOver,
    CountWrong,
    FreightWrong,
    LineMissing,
    SerialKnown,
    SerialTwice,
    SupplierFixed,
)
from models.buying.suppliers import retail_supplier
from models.goods.gs1_labels import SeparatorMissing
from models.goods.records import add_barcode, switch_goods
from models.ledger.documents import Document
from models.ledger.folios import Folio, FolioNotOpen, save_folio
from models.ledger.proving import proof
from models.selling.items import CodeUnknown, NotForSale, WeightWanted
from models.stock.stock import NotStocked
from models.trust import drafts
from models.trust.audit import Audit
from models.trust.drafts import DraftGone
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.settings import change_settings
from tests.models.buying.bought import (
    came,
    cost,
    head_of,
    line,
    order,
    posted,
    price,
    scanned,
    state,
    supplier,
    value,
)
from tests.models.worked import entries
from tests.stores import FIRST_DAY, Shop, yuan

GTIN = "06901234567892"
PROPOSED = "(01)00693570007182(10)21072911(17)240531"
RUN_TOGETHER = "1021072911172405310100693570007182"


def owed(folio: Folio) -> str:
    return str(-Folio.get_by_id(folio.key).balance)


@pytest.mark.row("PUR-08", "PUR-10", "PUR-29", "STK-17", "AR-08")
def test_an_order_becomes_goods_in(shop: Shop) -> None:
    folio = supplier(shop, terms=45)
    made = order(shop, folio, line(shop, "1001", "2", "26.40", 24), line(shop, "1002", "10", "2"))
    begun = scanned(shop, head_of(made), ("6901234500011", "48"), ("6901234500066", "1"))
    rows = [(r.name, str(r.due), str(r.here), str(r.difference)) for r in begun.rows()]
    assert rows == [("矿泉水", "48", "48", "0"), ("可乐", "10", "6", "-4")]
    document = posted(shop, begun, note="送货 77")
    assert (document.label, document.total) == ("GI01-000001", yuan("64.80"))
    assert entries(document) == {1405: "64.80", 2202: "-64.80"}
    assert value(shop, "1001") == ("148", "172.80")
    assert value(shop, "1002") == ("66", "138.00")
    assert (state(made), came(made)) == (PART, [("48", "48", "0"), ("10", "6", "4")])
    assert owed(folio) == "64.80"
    # Once more: the rest, and the order is done.
    posted(shop, scanned(shop, head_of(made), ("1002", "4")))
    assert state(made) == RECEIVED
    assert not proof.verify()


@pytest.mark.row("PUR-20", "PUR-14")
@pytest.mark.case("KU-19")
def test_what_is_short_is_printed_at_once(shop: Shop) -> None:
    """A line that was never packed is short, and nothing begins as received."""
    made = order(shop, supplier(shop), *(line(shop, c, "1", "2") for c in ("1001", "1002", "1004")))
    begun = scanned(shop, head_of(made))
    assert [str(row.here) for row in begun.rows()] == ["0", "0", "0"]
    for code in ("1001", "1002"):
        receiving.take_in(begun, code)
    document = posted(shop, begun)
    kinds = [job.kind for job in PrintJob.select().where(PrintJob.subject == document.key)]
    assert sorted(kinds) == ["goods_in", "short"]
    wrong = [one for one in goods_in_view(document.key).lines if one.is_wrong]
    assert [(one.name, str(one.due), str(one.difference)) for one in wrong] == [("香烟", "1", "-1")]
    # All as ordered: no such paper.
    whole = posted(shop, scanned(shop, head_of(made), ("1004", "1")))
    kinds = [job.kind for job in PrintJob.select().where(PrintJob.subject == whole.key)]
    assert kinds == ["goods_in"]


@pytest.mark.row("PUR-11")
def test_nothing_is_no_delivery(shop: Shop) -> None:
    begun = scanned(shop, DeliveryHead(ORDER, supplier(shop).key))
    with pytest.raises(DeliveryEmpty):
        posted(shop, begun)
    receiving.take_in(begun, "1001")
    receiving.change_line(begun, 1, quantity=Quantity(0))
    with pytest.raises(DeliveryEmpty):
        posted(shop, begun)
    assert Document.select().where(Document.kind == KIND).count() == 0


@pytest.mark.row("PUR-09")
def test_the_four_kinds_and_their_rules(shop: Shop) -> None:
    folio = supplier(shop)
    made = order(shop, folio, line(shop, "1001", "5", "1"), wanted=FIRST_DAY)
    # Bought in any shop: no order, and no other supplier.
    for wrong in (
        DeliveryHead(CASUAL, None, made.key),
        DeliveryHead(CASUAL, folio.key),
        DeliveryHead("x", None),
    ):
        with pytest.raises(SupplierFixed):
            receiving.begin(shop.owner, wrong)
    casual = posted(shop, scanned(shop, DeliveryHead(CASUAL, None), ("1001", "3")))
    retail = retail_supplier()
    assert retail is not None and retail.name == "零售"
    assert entries(casual) == {1405: "3.60", 2202: "-3.60"}
    # Back to a supplier: the order is not looked up.
    with pytest.raises(SupplierFixed):
        receiving.begin(shop.owner, DeliveryHead(BACK, folio.key, made.key))
    # Fetched on a day: the order's, or the one that is typed; never none.
    fetched = scanned(shop, DeliveryHead(PICKUP, None, made.key), ("1001", "5"))
    assert fetched.head.pickup == FIRST_DAY and fetched.head.supplier == folio.key
    free = scanned(shop, DeliveryHead(PICKUP, folio.key), ("1001", "1"))
    with pytest.raises(PickupMissing):
        posted(shop, free)
    receiving.save_head(free, DeliveryHead(PICKUP, folio.key, pickup=date(2026, 3, 9)))
    assert goods_in_view(posted(shop, free).key).how == PICKUP
    posted(shop, fetched)
    assert state(made) == RECEIVED
    with pytest.raises(SupplierMissing):
        posted(shop, scanned(shop, DeliveryHead(ORDER, None), ("1001", "1")))
    with pytest.raises(OrderMoved):
        close = order(shop, folio, line(shop, "1001", "5", "1"))
        close_order(shop.owner, close, version=close.version, reason="x", uid=new_uid())
        receiving.begin(shop.owner, head_of(close))
    assert not proof.verify()


@pytest.mark.case("KU-17", "KU-06")
def test_all_codes_of_an_item_are_one_line(shop: Shop) -> None:
    """Packs and pieces come to the price of whole packs, to the fen."""
    add_barcode(
        shop.owner, shop.goods("1001").key, "6909999900019", pack=Quantity.of(1), uid=new_uid()
    )
    begun = scanned(
        shop, DeliveryHead(CASUAL, None),
        *((code, "1") for code in ("6901234500011", "6901234500011", "6909999900019",
                                   "6901234500011", "6909999900019")),
    )  # fmt: skip
    assert [str(one.quantity) for one in begun.lines] == ["5"]
    made = order(shop, supplier(shop), line(shop, "1002", "3", "10.00", 6))
    begun = scanned(shop, head_of(made), ("1002", "12"))
    ((row),) = begun.rows()
    assert str(row.difference) == "-6"
    receiving.take_in(begun, "6901234500066")
    document = posted(shop, begun)
    assert (document.total, came(made)) == (yuan("30.00"), [("18", "18", "0")])


@pytest.mark.case("KU-04")
def test_the_tolerance_is_of_the_order(shop: Shop) -> None:
    folio = supplier(shop, tolerance="2")
    made = order(shop, folio, line(shop, "1001", "10000", "0.01"))
    posted(shop, scanned(shop, head_of(made), ("1001", "9880")))
    clerk = shop.who("clerk")
    begun = scanned(shop, head_of(made), ("1001", "330"), who=clerk)
    with pytest.raises(OrderExceeded) as refused:
        posted(shop, begun, who=clerk)
    assert {k: str(refused.value.fields[k]) for k in ("left", "over")} == {
        "left": "120", "over": "210",
    }  # fmt: skip
    receiving.change_line(begun, 1, quantity=Quantity.of(320))
    posted(shop, begun, who=clerk)
    assert (state(made), came(made)) == (RECEIVED, [("10000", "10200", "0")])
    # By right, with a manager's yes.
    more = scanned(shop, head_of_other(shop, folio), ("1001", "3"), who=clerk)
    uid = new_uid()
    receive_goods(clerk, more.draft, shown=more.total(), uid=uid, override=shop.override(uid))
    assert not proof.verify()


def head_of_other(shop: Shop, folio: Folio) -> DeliveryHead:
    return head_of(order(shop, folio, line(shop, "1001", "1", "1")))


@pytest.mark.case("KU-27")
def test_two_receive_one_order(shop: Shop) -> None:
    """The second is told what is left."""
    made = order(shop, supplier(shop), line(shop, "1001", "50", "1"))
    first, second = shop.who("clerk", 1), shop.who("clerk", 2)
    a = scanned(shop, head_of(made), ("1001", "30"), who=first)
    b = scanned(shop, head_of(made), ("1001", "25"), who=second)
    posted(shop, a, who=first)
    with pytest.raises(OrderExceeded) as refused:
        posted(shop, b, who=second)
    assert str(refused.value.fields["left"]) == "20"
    receiving.look_at_order(b)
    assert [str(row.difference) for row in b.rows()] == ["5"]
    receiving.change_line(b, 1, quantity=Quantity.of(20))
    receiving.park(b, "5 x 1001", Quantity.of(5))
    document = posted(shop, b, who=second)
    assert (state(made), came(made)) == (RECEIVED, [("50", "50", "0")])
    assert goods_in_view(document.key).aside == (("5 x 1001", Quantity.of(5)),)


@pytest.mark.parametrize("include", [True, False])
def test_the_tax_that_comes_back_is_no_cost(shop: Shop, include: bool) -> None:
    change_settings(
        shop.owner, {"buying.input_tax": True, "buying.prices_include": include}, uid=new_uid()
    )
    begun = scanned(shop, DeliveryHead(ORDER, supplier(shop).key), ("1004", "10"))
    receiving.change_line(begun, 1, asked=Asked(cost("11.30")), is_sure=True)
    found = entries(posted(shop, begun))
    if include:
        assert found == {1405: "100.00", 2223: "13.00", 2202: "-113.00"}
    else:
        assert found == {1405: "113.00", 2223: "14.69", 2202: "-127.69"}
    assert not proof.verify()


@pytest.mark.case("KU-08")
def test_freight_is_shared_to_the_last_fen(shop: Shop) -> None:
    """Three lines of one price bear 41.07, 41.08, 41.07 of 123.22. The vector gives the odd fen to
    the last; here each share is a step of the rounded running share, as everywhere in the house:
    the same parts, none a fen from its exact value.
    """
    folio = supplier(shop)
    codes = ("1001", "1002", "1004")
    begun = scanned(shop, DeliveryHead(ORDER, folio.key), *((code, "1") for code in codes))
    for number in (1, 2, 3):
        receiving.change_line(begun, number, asked=Asked(cost("250")), is_sure=True)
    receiving.save_head(begun, DeliveryHead(ORDER, folio.key, freight=12_322))
    document = posted(shop, begun)
    rows = ReceiptLine.select().where(ReceiptLine.document == document.key)
    shares = [row.freight for row in rows.order_by(ReceiptLine.line)]
    assert sorted(str(one) for one in shares) == ["41.07", "41.07", "41.08"]
    assert document.total == yuan("873.22") and not proof.verify()
    assert sorted(str(one) for one in yuan("6.85").split([1] * 6)) == ["1.14"] * 5 + ["1.15"]
    # The next one is expected to cost as much.
    assert str(shop.goods("1001").cost) == "291.07"


def test_a_shortage_is_covered_at_the_new_cost(shop: Shop) -> None:
    shop.open_shift()
    for _ in range(5):
        shop.sell("1004")
    begun = scanned(shop, DeliveryHead(ORDER, supplier(shop).key), ("1004", "10"))
    receiving.change_line(begun, 1, asked=Asked(cost("20")), is_sure=True)
    # Two packs had left at 18.33.
    assert entries(posted(shop, begun)) == {1405: "196.66", 6401: "3.34", 2202: "-200.00"}
    assert not proof.verify()


def test_the_price_is_the_orders_the_suppliers_or_the_last(shop: Shop) -> None:
    folio = supplier(shop)
    price(shop, folio, "1001", "24", 24)
    price(shop, folio, "1002", "1.90")
    made = order(shop, folio, line(shop, "1001", "1", "23", 24))
    begun = scanned(shop, head_of(made), ("1001", "24"), ("1002", "1"), ("1004", "1"))
    assert [str(one.asked.price) for one in begun.lines] == ["23.00", "1.90", "18.333333"]


# --- labels


@pytest.fixture
def labelled(shop: Shop) -> Shop:
    add_barcode(shop.owner, shop.goods("1001").key, GTIN[1:], pack=Quantity.of(1), uid=new_uid())
    return shop


def test_batches_and_days_are_lines_of_their_own(labelled: Shop) -> None:
    shop = labelled
    begun = scanned(shop, DeliveryHead(CASUAL, None))
    for label in (
        f"]C101{GTIN}1726120110L1", f"]C101{GTIN}1726120110L2", f"]C101{GTIN}1726120110L1",
        f"]C101{GTIN}172612013712\x1d10L1",
    ):  # fmt: skip
        receiving.take_in(begun, label)
    found = [(one.batch, str(one.expiry), str(one.quantity)) for one in begun.lines]
    assert found == [("L1", "2026-12-01", "14"), ("L2", "2026-12-01", "1")]
    old = f"]C101{GTIN}1726030110L9"
    with pytest.raises(BatchOver):
        receiving.take_in(begun, old)
    receiving.take_in(begun, old, is_sure=True)
    # Good through the printed day.
    receiving.take_in(begun, f"]C101{GTIN}1726030210L8")
    assert goods_in_view(posted(shop, begun).key).lines[1].batch == "L2"


@pytest.mark.case("KU-20")
def test_a_serial_counts_once(labelled: Shop) -> None:
    shop = labelled
    begun = scanned(shop, DeliveryHead(CASUAL, None))
    receiving.take_in(begun, f"]C101{GTIN}21S1")
    receiving.take_in(begun, f"]C101{GTIN}21S2")
    with pytest.raises(SerialTwice):
        receiving.take_in(begun, f"]C101{GTIN}21S1")
    assert [str(one.quantity) for one in begun.lines] == ["2"]
    posted(shop, begun)
    later = scanned(shop, DeliveryHead(CASUAL, None))
    with pytest.raises(SerialKnown) as refused:
        receiving.take_in(later, f"]C101{GTIN}21S1")
    assert refused.value.fields["document"] == "GI01-000001"
    receiving.take_in(later, f"]C101{GTIN}21S1", is_sure=True)


@pytest.mark.case("KU-21")
def test_a_label_without_its_separators_is_asked_about(labelled: Shop) -> None:
    shop = labelled
    add_barcode(
        shop.owner, shop.goods("1002").key, "693570007182", pack=Quantity.of(1), uid=new_uid()
    )
    begun = scanned(shop, DeliveryHead(CASUAL, None))
    for code in (RUN_TOGETHER, f"]C101{GTIN}{RUN_TOGETHER}"):
        with pytest.raises(SeparatorMissing) as refused:
            receiving.take_in(begun, code)
        assert refused.value.fields["proposal"] == PROPOSED
    receiving.take_in(begun, PROPOSED, is_sure=True)
    (one,) = begun.lines
    assert (one.name, one.batch, str(one.expiry)) == ("可乐", "21072911", "2024-05-31")
    with pytest.raises(SeparatorMissing) as refused:
        receiving.take_in(begun, "020002160010536011190801374100001234638")
    assert not refused.value.fields["proposal"] and len(begun.lines) == 1


# --- what cannot be, and what survives


def test_what_is_not_taken_in(shop: Shop) -> None:
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1001", "1"))
    for code, times, refusal in (
        ("6909999999999", None, CodeUnknown),
        ("1005", None, NotStocked),
        ("1003", None, WeightWanted),
        ("1001", Quantity(0), CountWrong),
        # A line of one is there: no minus takes from it.
        ("1001", Quantity.of(-1), CountWrong),
        ("1001", Quantity.parse("0.5"), CountWrong),
        ("1001", Quantity.of(1_000_000), CountWrong),
    ):
        with pytest.raises(refusal):
            receiving.take_in(begun, code, times)
    receiving.take_in(begun, "1003", Quantity.parse("12.345"))
    with pytest.raises(LineMissing):
        receiving.change_line(begun, 9, quantity=Quantity.of(1))
    with pytest.raises(PriceBelowZero):
        receiving.change_line(begun, 1, asked=Asked(cost("-1")), is_sure=True)
    # It cost 1.20: more than twice as much, or less than half, is asked about once.
    for each in ("2.41", "0.59", "0"):
        with pytest.raises(PriceOdd) as odd:
            receiving.change_line(begun, 1, asked=Asked(cost(each)))
        assert str(odd.value.fields["usual"]) == "1.20"
    receiving.change_line(begun, 1, asked=Asked(cost("2.40")))
    receiving.change_line(begun, 1, asked=Asked(cost("0")), is_sure=True)
    for how, freight in ((ORDER, -1), (BACK, 1)):
        with pytest.raises(FreightWrong):
            receiving.begin(shop.owner, DeliveryHead(how, supplier(shop).key, freight=freight))
    goods = shop.goods("1002")
    switch_goods(shop.owner, goods.key, version=goods.version, is_active=False, uid=new_uid())
    with pytest.raises(NotForSale):
        receiving.take_in(begun, "1002")
    assert [str(one.quantity) for one in begun.lines] == ["1", "12.345"]


@pytest.mark.row("PUR-13")
def test_lines_are_changed_and_taken_out(shop: Shop) -> None:
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1001", "5"), ("1002", "2"))
    receiving.change_line(begun, 1, quantity=Quantity.of(4), batch="B", expiry=date(2027, 1, 1))
    receiving.remove_line(begun, 2)
    again = receiving.load_key(begun.draft)
    assert [(one.name, str(one.quantity), one.batch) for one in again.lines] == [
        ("矿泉水", "4", "B")
    ]


def test_a_delivery_survives_and_is_posted_once(shop: Shop) -> None:
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1001", "5"))
    with pytest.raises(receiving.CountWrong):
        receiving.park(begun, "6909999999999", Quantity.of(-2))
    receiving.park(begun, "6909999999999", Quantity.of(2))
    shop.reopen()
    (draft,) = receiving.waiting(1)
    again = receiving.load(draft)
    assert (again.lines, again.parked) == (begun.lines, begun.parked)
    left = receiving.unfinished(1, FIRST_DAY)
    assert [amount for _, amount in left.pieces] == [yuan("6.00")]
    uid: Any = new_uid()
    with pytest.raises(DeliveryChanged):
        receive_goods(shop.owner, again.draft, shown=yuan("5"), uid=uid)
    one, two = (receive_goods(shop.owner, again.draft, shown=yuan("6"), uid=uid) for _ in "ab")
    assert one.key == two.key and value(shop, "1001") == ("105", "126.00")
    with pytest.raises(DraftGone):
        posted(shop, again)
    assert not drafts.aside(KIND, drafts.OPEN)


def test_a_delivery_that_was_a_mistake_is_thrown_away(shop: Shop) -> None:
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1001", "5"))
    receiving.drop_delivery(shop.owner, begun.draft, uid=new_uid())
    assert not receiving.waiting(1) and value(shop, "1001")[0] == "100"
    told = Audit.select().where(Audit.verb == "drop_delivery").get()
    assert told.detail["lines"] == [["矿泉水", "5"]]


def test_a_stopped_account_takes_no_delivery(shop: Shop) -> None:
    folio = supplier(shop)
    begun = scanned(shop, DeliveryHead(ORDER, folio.key), ("1001", "1"))
    save_folio(
        shop.owner, folio.key, version=folio.version, kind="supplier", name=folio.name,
        limit=yuan("0"), is_posting_stopped=True, uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(FolioNotOpen):
        posted(shop, begun)
