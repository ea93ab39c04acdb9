"""Batches: the soonest day leaves first, good through the printed day. A paper comes once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.batches import Batch, batches_of, soon_over, without
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import PaperTwice, receive_goods
from models.buying.out_of_date import NothingOver, begin_scrap, lots_over
from models.buying.receipts import BACK, CASUAL, ORDER
from models.buying.receiving import BatchOver
from models.goods.records import add_barcode
from models.ledger.proving import proof
from models.reports.batch_lists import BATCHES
from models.reports.report import all_days
from models.shop import basket
from models.shop.plausible import OutOfDate
from models.stock.counts import begin_stocktake, begin_zone, count_in
from models.stock.goods_out import (
    LotGone,
    begin_out,
    load_out,
    outs_waiting,
    put_out,
    request_out,
    take_out,
)
from models.stock.out_papers import goods_out_view
from models.stock.stock import adjust_stock, stock_of
from models.stock.trade import SCRAP, TRANSFER
from models.trust import approvals
from models.trust.operation import new_uid
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tests.models.buying.bought import posted, scanned, supplier
from tests.stores import FIRST_DAY, Shop

GTIN = "06901234567892"


def batch(name: str, until: str, came: str, pieces: int) -> Batch:
    expiry = date.fromisoformat(until) if until else None
    return Batch(name, expiry, date.fromisoformat(came), Quantity.of(pieces))


LOTS = (
    batch("L1", "2026-12-20", "2026-11-01", 3), batch("L2", "2026-12-05", "2026-11-10", 2),
    batch("L3", "2026-12-05", "2026-11-05", 4), batch("L4", "", "2026-10-01", 50),
)  # fmt: skip


@pytest.mark.case("KU-23")
@pytest.mark.row("STK-25")
def test_the_soonest_day_leaves_first() -> None:
    left = without(LOTS, Quantity.of(8), date(2026, 11, 20))
    assert [(one.name, str(one.quantity)) for one in left] == [("L1", "1"), ("L4", "50")]


@pytest.mark.case("KU-24")
def test_the_printed_day_is_the_last_good_one() -> None:
    one, other = batch("A", "2026-11-22", "2026-11-01", 1), batch("B", "", "2026-11-02", 1)
    for day, goes in ((22, "B"), (23, "A")):
        on = date(2026, 11, day)
        assert one.is_over(on) is (day == 23)
        (left,) = without([one, other], Quantity.of(1), on)
        assert left.name == goes


@pytest.mark.case("KU-24")
def test_a_label_out_of_date_is_not_sold_and_goes_back_or_to_scrap(shop: Shop) -> None:
    """On its last day it is; counted, scrapped and sent back it is on any day."""
    item = shop.goods("1002")
    add_barcode(shop.owner, item.key, GTIN, pack=Quantity.of(1), uid=new_uid())
    shop.open_shift()
    good, over = f"]C101{GTIN}1726030210L1", f"]C101{GTIN}1726030110L9"
    bill = basket.new_basket(shop.cashier)
    basket.ring_code(bill, good)
    with pytest.raises(OutOfDate) as refused:
        basket.ring_code(bill, over)
    shop.pay(bill)
    assert refused.value.fields["day"] == FIRST_DAY - timedelta(days=1)
    take = begin_stocktake(shop.owner, uid=new_uid())
    zone = begin_zone(shop.owner, take, "A")
    count_in(zone, over)
    assert str(zone.lines[0].quantity) == "1"
    put_out(begin_out(shop.owner, "scrap", origin=1), over)
    head = DeliveryHead(BACK, supplier(shop).key)
    receiving.take_in(receiving.begin(shop.owner, head), over, is_sure=True)


def test_a_day_that_is_not_ahead_is_the_one_of_making(shop: Shop) -> None:
    """Chinese boxes say when they were made; the item says how long it keeps."""
    assert receiving.keeps_days(shop.goods("1002").key) is None
    made, ahead = FIRST_DAY - timedelta(days=3), FIRST_DAY + timedelta(days=1)
    assert receiving.good_until(made, 21) == date(2026, 3, 20)
    assert receiving.good_until(FIRST_DAY, 21) == date(2026, 3, 23)
    assert (receiving.good_until(ahead, 21), receiving.good_until(made, None)) == (ahead, made)


@pytest.mark.row("STK-25", "STK-30")
def test_what_is_left_of_batches(shop: Shop) -> None:
    """What was there before has no day and leaves last."""
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1001", "10"))
    soon = FIRST_DAY + timedelta(days=7)
    receiving.change_line(begun, 1, batch="L1", expiry=soon)
    posted(shop, begun)
    slip = begin_out(shop.owner, "scrap", origin=1)
    put_out(slip, "1001", Quantity.of(4))
    take_out(shop.owner, slip.draft, reason="x", uid=new_uid())
    goods = shop.goods("1001")
    found = [(one.name, one.expiry, str(one.quantity)) for one in batches_of(goods.key)]
    assert found == [("L1", soon, "6"), ("", None, "100")]
    assert soon_over(FIRST_DAY) == (0, 1) and soon_over(soon + timedelta(days=1)) == (1, 0)
    assert soon_over(FIRST_DAY - timedelta(days=1)) == (0, 0)
    rights = rights_of(shop.owner.user)
    assert rights is not None
    (row,) = (row for page in BATCHES.pages(all_days(), Scope.of(rights)) for row in page)
    assert row[2:4] == ("L1", soon) and row[6] == "good for a week at most"
    adjust_stock(shop.owner, goods, Quantity.of(-6), reason="x", uid=new_uid())
    assert soon_over(FIRST_DAY) == (0, 0)


def lots(shop: Shop, code: str) -> list[tuple[str, int, str]]:
    """What is left: lot, place, pieces."""
    return [(one.name, one.place, str(one.quantity)) for one in batches_of(shop.goods(code).key)]


@pytest.mark.row("STK-24", "STK-28", "STK-16")
def test_what_is_out_of_date_goes_to_scrap(shop: Shop) -> None:
    """A lot that was carried lies where it was carried to; the slip of a place names its lots, and
    these leave, whatever else would be sold first.
    """
    over, day = FIRST_DAY - timedelta(days=1), FIRST_DAY
    item = shop.goods("1002")
    add_barcode(shop.owner, item.key, GTIN, pack=Quantity.of(1), uid=new_uid())
    begun = scanned(shop, DeliveryHead(CASUAL, None), ("1002", "10"))
    with pytest.raises(BatchOver):
        receiving.change_line(begun, 1, batch="OLD", expiry=over)
    receiving.change_line(begun, 1, batch="OLD", expiry=over, is_sure=True)
    receiving.take_in(begun, f"]C101{GTIN}1726030210NEW", Quantity.of(5), is_sure=True)
    receiving.change_line(begun, 1, quantity=Quantity.of(7))
    posted(shop, begun)
    # The same lot comes once more: it is one.
    again = scanned(shop, DeliveryHead(CASUAL, None), ("1002", "3"))
    receiving.change_line(again, 1, batch="OLD", expiry=over, is_sure=True)
    posted(shop, again)
    assert lots(shop, "1002") == [("NEW", 1, "5"), ("", 1, "60"), ("OLD", 1, "10")]
    # Four of the old ones go behind, by their label: ten pieces without a lot stay.
    way = begin_out(shop.owner, TRANSFER, origin=1, target=2)
    put_out(way, f"]C101{GTIN}17{over:%y%m%d}10OLD", Quantity.of(4))
    put_out(way, "1002", Quantity.of(6))
    shop.reopen()
    assert [line.lot for line in load_out(outs_waiting(1)[0]).lines] == [
        ["OLD", over.isoformat()], [],
    ]  # fmt: skip
    carried = take_out(shop.owner, way.draft, reason="", uid=new_uid())
    assert [one.name for one in goods_out_view(carried.key).lines] == [
        "可乐 [OLD 2026-03-01]",
        "可乐",
    ]
    assert sorted(lots(shop, "1002")) == [
        ("", 1, "59"), ("", 2, "1"), ("NEW", 2, "5"), ("OLD", 1, "6"), ("OLD", 2, "4"),
    ]  # fmt: skip
    assert (lots_over(day), lots_over(over)) == ({1: 1, 2: 1}, {})
    rights = rights_of(shop.owner.user)
    assert rights is not None
    rows = [row for page in BATCHES.pages(all_days(), Scope.of(rights)) for row in page]
    assert {(row[2], str(row[5]), row[7].partition(" ")[0]) for row in rows} == {
        ("NEW", "5", "库房"), ("OLD", "6", "卖场"), ("OLD", "4", "库房"),
    }  # fmt: skip
    # What stands on a request is not asked for again; and is gone when it was scrapped meanwhile.
    asked = begin_scrap(shop.owner, 1, day)
    waiting = request_out(shop.owner, asked.draft, title="卖场", reason="过期", uid=new_uid())
    assert lots_over(day) == {2: 1}
    with pytest.raises(NothingOver):
        begin_scrap(shop.owner, 1, day)
    way = begin_out(shop.owner, SCRAP, origin=1)
    put_out(way, f"]C101{GTIN}17{over:%y%m%d}10OLD", Quantity.of(6))
    take_out(shop.owner, way.draft, reason="破损", uid=new_uid())
    approvals.review(shop.manager, waiting, uid=new_uid())
    with pytest.raises(LotGone):
        approvals.execute_request(shop.manager, waiting, uid=new_uid())
    approvals.refuse_request(shop.manager, waiting, note="已报废", uid=new_uid())
    # One key for the other place, also where the item is no longer sold.
    for place in (2,):
        slip = begin_scrap(shop.owner, place, day)
        assert begin_scrap(shop.owner, place, day).draft == slip.draft
        take_out(shop.owner, slip.draft, reason="过期", uid=new_uid())
    assert sorted(lots(shop, "1002")) == [("", 1, "59"), ("", 2, "1"), ("NEW", 2, "5")]
    with pytest.raises(NothingOver):
        begin_scrap(shop.owner, 1, day)
    # What is sold before it came is covered by what comes: the lots are never more than the stock.
    assert stock_of(item.key).quantity == Quantity.of(65)
    adjust_stock(shop.owner, item, Quantity.of(-59), reason="x", uid=new_uid())
    shop.open_shift()
    shop.sell("1002", "1002")
    posted(shop, scanned(shop, DeliveryHead(CASUAL, None), ("1002", "3")))
    assert sorted(lots(shop, "1002")) == [("", 1, "1"), ("", 2, "1"), ("NEW", 2, "5")]
    assert not proof.verify()


def test_one_paper_is_taken_in_once(shop: Shop) -> None:
    """Of one supplier: another one may have the same number."""
    one, other = supplier(shop), supplier(shop, name="别家")
    came = scanned(shop, DeliveryHead(ORDER, one.key), ("1001", "5"))
    first = receive_goods(shop.owner, came.draft, shown=came.total(), note="SH-8", uid=new_uid())
    again = scanned(shop, DeliveryHead(ORDER, one.key), ("1001", "5"))
    shown = again.total()
    with pytest.raises(PaperTwice) as refused:
        receive_goods(shop.owner, again.draft, shown=shown, note=" SH-8", uid=new_uid())
    assert refused.value.fields["document"] == first.label
    receive_goods(shop.owner, again.draft, shown=shown, note="SH-8", is_sure=True, uid=new_uid())
    third = scanned(shop, DeliveryHead(ORDER, other.key), ("1001", "5"))
    receive_goods(shop.owner, third.draft, shown=third.total(), note="SH-8", uid=new_uid())
    assert stock_of(shop.goods("1001").key).quantity == Quantity.of(115)
