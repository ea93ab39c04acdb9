"""Goods that go back, bills and freight that come late; cases of shared/vectors by their ids."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.buying import bills, goods_back, receiving
from models.buying.bills import (
    AmountWrong,
    Billed,
    BillNumberMissing,
    BillTwice,
    NothingToBill,
    add_freight,
    book_bill,
)
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import DeliveryChanged, DeliveryEmpty, SupplierMissing
from models.buying.papers import goods_in_view
from models.buying.plausible import Asked
from models.buying.receipts import BACK, ORDER
from models.buying.receiving import NotFromSupplier
from models.ledger.debts.dues import items_of
from models.ledger.documents import Document
from models.ledger.folios import Folio, FolioNotOpen, switch_folio
from models.ledger.proving import proof
from models.reports.buying_lists import BILLS, BY_SUPPLIER, NOT_BILLED, OPEN_ORDERS, PURCHASES
from models.reports.report import ReportKind, all_days
from models.stock.stock import TooFewThere, adjust_stock, stock_of
from models.trust.operation import NeedsOverride, new_uid
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tests.models.buying.bought import (
    buys,
    cost,
    head_of,
    line,
    order,
    posted,
    price,
    scanned,
    supplier,
    value,
)
from tests.models.worked import entries
from tests.stores import FIRST_DAY, Shop, yuan


def emptied(shop: Shop, code: str) -> None:
    goods = shop.goods(code)
    adjust_stock(shop.owner, goods, -stock_of(goods.key).quantity, reason="r", uid=new_uid())


def sold(shop: Shop, code: str, pieces: int) -> None:
    """Gone, whatever for."""
    adjust_stock(shop.owner, shop.goods(code), Quantity.of(-pieces), reason="r", uid=new_uid())


def back(shop: Shop, folio: Folio, code: str, pieces: str, each: str) -> Document:
    begun = scanned(shop, DeliveryHead(BACK, folio.key), (code, pieces))
    receiving.change_line(begun, 1, asked=Asked(cost(each)), is_sure=True)
    return goods_back.send_goods_back(
        shop.owner, begun.draft, shown=begun.total(), note="坏了", uid=new_uid()
    )


@pytest.mark.case("KU-01")
def test_dear_pieces_go_back_at_the_average(shop: Shop) -> None:
    folio = supplier(shop)
    emptied(shop, "1001")
    buys(shop, "1001", "10", "100.00", folio)
    buys(shop, "1001", "90", "10.00", folio)
    sold(shop, "1001", 90)
    document = back(shop, folio, "1001", "8", "100.00")
    assert entries(document) == {1405: "-152.00", 6404: "-648.00", 2202: "800.00"}
    assert value(shop, "1001") == ("2", "38.00")
    assert document.label == "GB01-000001" and goods_in_view(document.key).is_back
    assert not proof.verify()


@pytest.mark.case("KU-02")
@pytest.mark.row("PUR-09")
def test_pieces_go_back_at_what_was_paid(shop: Shop) -> None:
    folio = supplier(shop)
    emptied(shop, "1001")
    buys(shop, "1001", "4", "50.00", folio)
    buys(shop, "1001", "4", "80.00", folio)
    # Asked back is what was paid to him last, whatever his list says by now; of who never brought
    # it, what his list says.
    other = supplier(shop, "别家")
    for who, listed, asked in ((folio, "45.00", "80.00"), (other, "30.00", "30.00")):
        price(shop, who, "1001", listed)
        begun = scanned(shop, DeliveryHead(BACK, who.key), ("1001", "1"))
        assert begun.lines[0].asked == Asked(cost(asked)), listed
    assert entries(back(shop, folio, "1001", "2", "80.00")) == {1405: "-160.00", 2202: "160.00"}
    assert value(shop, "1001") == ("6", "360.00")
    # The last of them leave no value behind.
    assert entries(back(shop, folio, "1001", "6", "50.00")) == {
        1405: "-360.00", 6404: "60.00", 2202: "300.00",
    }  # fmt: skip
    assert str(Folio.get_by_id(folio.key).balance) == "-60.00"
    assert not proof.verify()


def test_what_does_not_go_back(shop: Shop) -> None:
    folio, clerk = supplier(shop), shop.who("clerk")
    # What never came from him, and he has no price of, is asked about: once an item.
    stranger = receiving.begin(clerk, DeliveryHead(BACK, folio.key))
    with pytest.raises(NotFromSupplier):
        receiving.take_in(stranger, "1001")
    receiving.take_in(stranger, "1001", is_sure=True)
    receiving.take_in(stranger, "1001")
    buys(shop, "1002", "3", "2.00", folio)
    receiving.take_in(stranger, "1002")
    begun = scanned(shop, DeliveryHead(BACK, folio.key), ("1001", "101"), who=clerk)
    with pytest.raises(TooFewThere) as few:
        goods_back.send_goods_back(clerk, begun.draft, shown=begun.total(), uid=new_uid())
    assert not few.value.can_be_approved
    receiving.change_line(begun, 1, asked=Asked(cost("20")), is_sure=True)
    with pytest.raises(NeedsOverride):
        goods_back.send_goods_back(clerk, begun.draft, shown=begun.total(), uid=new_uid())
    with pytest.raises(DeliveryChanged):
        goods_back.send_goods_back(clerk, begun.draft, shown=yuan("1"), uid=new_uid())
    empty = scanned(shop, DeliveryHead(BACK, folio.key))
    with pytest.raises(DeliveryEmpty):
        goods_back.send_goods_back(shop.owner, empty.draft, shown=yuan("0"), uid=new_uid())
    for head in (DeliveryHead(BACK, None), DeliveryHead(ORDER, folio.key)):
        other = scanned(shop, head, ("1001", "1"))
        with pytest.raises(SupplierMissing):
            goods_back.send_goods_back(shop.owner, other.draft, shown=other.total(), uid=new_uid())
    # Nor do goods that go back come in.
    with pytest.raises(SupplierMissing):
        posted(shop, scanned(shop, DeliveryHead(BACK, folio.key), ("1001", "1")))


# --- bills that come later


def booked(
    shop: Shop, folio: Folio, *nets: str, number: str = "F1", tax: str = "0", who: str = "owner"
) -> Document:
    """A bill of all that is open of a supplier, at these amounts."""
    lines = bills.not_billed(folio.key)
    said = [
        Billed(one.document_id, one.line, yuan(net)) for one, net in zip(lines, nets, strict=True)
    ]
    return book_bill(
        shop.who(who), folio.key, said, number=number, dated=FIRST_DAY, tax=yuan(tax),
        uid=new_uid(),
    )  # fmt: skip


@pytest.mark.case("KU-11")
@pytest.mark.row("AR-17", "PUR-28")
def test_another_price_is_split_by_what_is_here(shop: Shop) -> None:
    folio = supplier(shop, bills_later=True)
    emptied(shop, "1004")
    came = buys(shop, "1004", "20", "500.00", folio)
    assert entries(came) == {1405: "10000.00", 2209: "-10000.00"}
    assert not Folio.get_by_id(folio.key).balance
    sold(shop, "1004", 5)
    # Above what the clerk may accept.
    with pytest.raises(NeedsOverride):
        booked(shop, folio, "9600", who="clerk")
    document = booked(shop, folio, "9600")
    assert entries(document) == {
        2209: "10000.00", 1405: "-300.00", 6401: "-100.00", 2202: "-9600.00",
    }  # fmt: skip
    assert value(shop, "1004") == ("15", "7200.00")
    assert [str(one.amount) for one in items_of(folio)] == ["9600.00"]
    assert not proof.verify()
    # What goes back is asked back as it was billed: 9600 for 20.
    begun = scanned(shop, DeliveryHead(BACK, folio.key), ("1004", "2"))
    assert begun.lines[0].asked == Asked(cost("480"))
    assert str(begun.total()) == "960.00"


@pytest.mark.case("KU-09")
def test_late_freight_is_split_by_what_is_here(shop: Shop) -> None:
    folio, carrier = supplier(shop), supplier(shop, "货运")
    emptied(shop, "1004")
    came = buys(shop, "1004", "10", "20.00", folio)
    sold(shop, "1004", 6)
    document = add_freight(
        shop.owner, carrier.key, [came.key], yuan("30"), number="L1", dated=FIRST_DAY,
        tax=yuan("2.70"), uid=new_uid(),
    )  # fmt: skip
    assert entries(document) == {1405: "12.00", 6401: "18.00", 2223: "2.70", 2202: "-32.70"}
    assert value(shop, "1004") == ("4", "92.00")
    begun = scanned(shop, DeliveryHead(BACK, folio.key), ("1004", "1"))
    assert begun.lines[0].asked == Asked(cost("20"))
    # Of two deliveries each bears its part, by what it cost: 2.00 and 8.00.
    emptied(shop, "1001")
    more = buys(shop, "1001", "20", "1.00", folio), buys(shop, "1004", "4", "20.00", folio)
    add_freight(
        shop.owner, carrier.key, [each.key for each in more], yuan("10"), number="L2",
        dated=FIRST_DAY, tax=yuan("0"), uid=new_uid(),
    )  # fmt: skip
    assert (value(shop, "1001"), value(shop, "1004")) == (("20", "22.00"), ("8", "180.00"))
    assert not proof.verify()


def test_what_is_no_bill(shop: Shop) -> None:
    folio, other = supplier(shop, bills_later=True), supplier(shop, "另一家")
    came = buys(shop, "1001", "10", "1.00", folio)
    at_once = buys(shop, "1001", "10", "1.00", other)
    with pytest.raises(BillNumberMissing):
        booked(shop, folio, "10", number=" ")
    with pytest.raises(AmountWrong):
        booked(shop, folio, "-1")
    for document, whose in ((came, other), (at_once, other), (came, folio)):
        lines = [Billed(document.key, 1 if whose is other else 2, yuan("10"))]
        with pytest.raises(NothingToBill):
            book_bill(
                shop.owner, whose.key, lines, number="N", dated=FIRST_DAY, tax=yuan("0"),
                uid=new_uid(),
            )  # fmt: skip
    booked(shop, folio, "10")
    with pytest.raises(BillTwice):
        booked(shop, folio, number="F1")
    with pytest.raises(NothingToBill):
        booked(shop, folio, number="F2")
    for receipts, amount, refusal in (([], "1", NothingToBill), ([came.key], "0", AmountWrong)):
        with pytest.raises(refusal):
            add_freight(
                shop.owner, other.key, receipts, yuan(amount), number="L", dated=FIRST_DAY,
                tax=yuan("0"), uid=new_uid(),
            )  # fmt: skip
    closed = supplier(shop, "关了")
    switch_folio(shop.owner, closed.key, version=closed.version, uid=new_uid())
    with pytest.raises(FolioNotOpen):
        booked(shop, closed)
    assert not proof.verify()


# --- what the office reads


def rows(shop: Shop, kind: ReportKind) -> list[tuple[str, ...]]:
    rights = rights_of(shop.owner.user)
    assert rights is not None
    pages = kind.pages(all_days(), Scope.of(rights))
    return [
        tuple("" if cell is None else str(cell) for cell in row) for page in pages for row in page
    ]


@pytest.mark.row("PUR-15", "PUR-32", "PUR-01", "RPT-05")
def test_the_figures_of_buying(shop: Shop) -> None:
    folio = supplier(shop, bills_later=True)
    made = order(shop, folio, line(shop, "1001", "10", "1"), wanted=FIRST_DAY)
    begun = scanned(shop, head_of(made), ("1001", "6"))
    receiving.change_line(begun, 1, rejected=Quantity.of(2))
    posted(shop, begun, note="S9")
    assert rows(shop, PURCHASES) == [(
        "2026-03-02", "GI01-000001", "批发公司", "1001", "矿泉水", "6", "2", "1.00",
        "6.00", "0.00", "0.00",
    )]  # fmt: skip
    assert rows(shop, BY_SUPPLIER) == [
        ("批发公司", "1", "6.00", "6", "0", "2", "25%", "40%", "100%")
    ]
    assert rows(shop, OPEN_ORDERS) == [(
        "PO01-00001", "批发公司", "order.part", "2026-03-02", "2026-03-02", "矿泉水", "10", "6",
        "4",
    )]  # fmt: skip
    assert rows(shop, NOT_BILLED) == [
        ("2026-03-02", "GI01-000001", "批发公司", "S9", "6.00", "0.00")
    ]
    booked(shop, folio, "6", number="F9", tax="0.78")
    assert rows(shop, NOT_BILLED) == []
    assert rows(shop, BILLS) == [(
        "2026-03-02", "2026-03-02", "F9", "批发公司", "6.00", "0.78", "6.78", "BI01-000001",
    )]  # fmt: skip
