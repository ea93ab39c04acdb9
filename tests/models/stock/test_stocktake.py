"""Stocktakes while the shop sells; cases of shared/vectors by their ids."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.basics import save_category
from models.goods.records import add_barcode, save_goods
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.reports.count_lists import STOCKTAKES
from models.reports.report import all_days
from models.selling.items import WeightWanted
from models.shop import basket, bill_life
from models.stock import counts
from models.stock.count_papers import stocktake_view
from models.stock.count_posting import (
    LEAVE,
    ZERO,
    CountChanged,
    NothingCounted,
    SecondCountMissing,
    outcome,
    post_stocktake,
)
from models.stock.count_review import begin_second, go_on, is_beyond, review, to_count_again
from models.stock.counts import (
    CountedEnough,
    CountedWrong,
    CountMoved,
    OutsideCount,
    Stocktake,
    Zone,
    ZoneIsCode,
    ZoneMissing,
    ZoneNotCounted,
    begin_stocktake,
    begin_zone,
    count_in,
    drop_stocktake,
    set_counted,
)
from models.stock.stock import (
    SHOP_FLOOR,
    STORE_ROOM,
    NotStocked,
    adjust_stock,
    lying_at,
    stock_of,
)
from models.stock.stock_list import used_places
from models.stock.trade import STOCKTAKE
from models.trust import approvals, drafts
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.print_queue import PrintJob
from models.trust.scopes import Scope
from models.trust.settings import change_settings
from models.trust.users import rights_of
from tests.models.buying.bought import buys, supplier
from tests.models.stock.test_layers import gone_back
from tests.models.worked import codes, entries, planting
from tests.stores import Shop, yuan


def taken(shop: Shop, category: int | None = None) -> Stocktake:
    return begin_stocktake(shop.owner, title="月末", category=category, uid=new_uid())


def counted(
    shop: Shop, take: Stocktake, *scans: tuple[str, str], zone: str = "A", turn: int = 1,
    who: Session | None = None,
) -> Zone:  # fmt: skip
    begin = begin_zone if turn == 1 else begin_second
    begun = begin(who or shop.owner, take, zone)
    for code, times in scans:
        count_in(begun, code, Quantity.parse(times))
    return begun


def told(take: Stocktake) -> dict[str, tuple[str, str]]:
    """Name -> counted, difference."""
    return {
        row.name: ("" if row.counted is None else str(row.counted), str(row.difference))
        for row in review(take)
    }


def post(
    shop: Shop, take: Stocktake, uncounted: str = LEAVE, who: Session | None = None
) -> Document:
    return post_stocktake(
        who or shop.owner, take, uncounted=uncounted, shown=outcome(take, uncounted).moved,
        uid=new_uid(),
    )  # fmt: skip


def here(shop: Shop, code: str) -> str:
    return str(stock_of(shop.goods(code).key).quantity)


@pytest.mark.row("STK-06", "STK-07", "STK-09", "STK-34", "RPT-05")
@pytest.mark.case("KU-31")
def test_a_stocktake_and_its_report(shop: Shop) -> None:
    take = taken(shop)
    counted(shop, take, ("6901234500011", "100"), ("1002", "59"), ("1003", "40"))
    assert told(take) == {
        "矿泉水": ("100", "0"), "可乐": ("59", "-1"), "苹果": ("40", "0"), "香烟": ("", "0"),
    }  # fmt: skip
    document = post(shop, take)
    assert document.label == "ST01-000001"
    assert entries(document) == {1405: "-2.10", 6712: "2.10"}
    assert (here(shop, "1002"), here(shop, "1004")) == ("59", "3")
    paper = stocktake_view(document.key)
    assert (len(paper.lines), paper.right, len(paper.wrong)) == (4, 2, 1)
    assert [one.name for one in paper.uncounted] == ["香烟"]
    assert (paper.lost, paper.wrong[0].who) == (yuan("2.10"), "王店主")
    assert PrintJob.select().where(PrintJob.kind == STOCKTAKE).count() == 1
    rights = rights_of(shop.owner.user)
    assert rights is not None
    rows = [row for page in STOCKTAKES.pages(all_days(), Scope.of(rights)) for row in page]
    assert [(row[3], str(row[6]), row[8]) for row in rows] == [
        ("矿泉水", "0", "right"), ("可乐", "-1", "too few"), ("苹果", "0", "right"),
        ("香烟", "0", "not counted"),
    ]  # fmt: skip
    with pytest.raises(CountMoved):
        post(shop, take)
    assert not proof.verify()


def test_what_nobody_counted_is_zeroed_by_choice_only(shop: Shop) -> None:
    take = taken(shop)
    counted(shop, take, ("1001", "100"), ("1002", "60"), ("1003", "40"))
    document = post(shop, take, ZERO)
    assert entries(document) == {1405: "-55.00", 6712: "55.00"}
    assert here(shop, "1004") == "0" and stocktake_view(document.key).is_zeroed
    # Nothing is a count as well.
    take = taken(shop)
    counted(shop, take, ("1002", "0"))
    with pytest.raises(SecondCountMissing):
        post(shop, take)
    assert not proof.verify()


@pytest.mark.row("STK-06")
def test_the_shop_sells_while_it_is_counted(shop: Shop) -> None:
    """Sold before its count or behind it: neither is a difference."""
    shop.open_shift()
    take = taken(shop)
    shop.sell("1001")
    counted(shop, take, ("1001", "99"))
    shop.sell("1001", "1002")
    counted(shop, take, ("1002", "59"), zone="B")
    assert told(take)["矿泉水"] == ("99", "0") and told(take)["可乐"] == ("59", "0")
    document = post(shop, take)
    assert not entries(document).get(6712)
    assert (here(shop, "1001"), here(shop, "1002")) == ("98", "59")
    # Sold while an item was counted in two zones: from which of them, nobody knows.
    take = taken(shop)
    counted(shop, take, ("1001", "50"))
    shop.sell("1001")
    counted(shop, take, ("1001", "48"), zone="B")
    assert [(row.name, str(row.difference)) for row in review(take) if row.needs_second] == [
        ("矿泉水", "1")
    ]
    counted(shop, take, ("1001", "49"), turn=2)
    assert told(take)["矿泉水"] == ("97", "0")
    # Sold between the second counts too: from A, counted before it, or from B, counted behind it,
    # and none is over or missing; what was missing before is missing.
    for last, difference in (("48", "0"), ("47", "0"), ("46", "-1"), ("49", "1")):
        take = taken(shop)
        book = int(here(shop, "1001"))
        rest = int(last) + book - 97
        counted(shop, take, ("1001", "40"))
        counted(shop, take, ("1001", "20"), zone="B")
        counted(shop, take, ("1001", "49"), turn=2)
        shop.sell("1001")
        counted(shop, take, ("1001", str(rest)), zone="B", turn=2)
        assert told(take)["矿泉水"] == (str(49 + rest), difference), last
        assert not any(row.needs_second for row in review(take))
        post(shop, take)
        assert here(shop, "1001") == str(book - 1 + int(difference)), last
    assert not proof.verify()


@pytest.mark.case("KU-16")
def test_goods_in_a_basket_are_asked_about(shop: Shop) -> None:
    shop.open_shift()
    bill = shop.bill("1001", "1001")
    bill_life.hold_bill(shop.cashier, bill.draft, title="等", uid=new_uid())
    goods = shop.goods("1001").key
    assert counts.unpaid(goods) == Quantity.of(2)
    take = taken(shop)
    zone = counted(shop, take, ("1001", "98"))
    assert told(take)["矿泉水"] == ("98", "-2")
    set_counted(zone, 1, Quantity.of(98), aside=counts.unpaid(goods))
    assert told(take)["矿泉水"] == ("100", "0")
    bill_life.fetch_bill(shop.cashier, bill.draft, uid=new_uid())
    shop.pay(basket.load_key(bill.draft))
    assert told(take)["矿泉水"] == ("100", "0")
    # Who goes on counting when it is paid for finds the goods in neither.
    set_counted(zone, 1, Quantity.of(98))
    assert (told(take)["矿泉水"], str(zone.lines[0].aside)) == (("98", "0"), "0")
    post(shop, take)
    assert here(shop, "1001") == "98"


@pytest.mark.case("KU-17", "KU-31")
def test_several_count_in_their_zones(shop: Shop) -> None:
    add_barcode(
        shop.owner, shop.goods("1001").key, "6909999900019", pack=Quantity.of(1), uid=new_uid()
    )
    take, clerk = taken(shop), shop.who("clerk", 2)
    own, other = ("6901234500011", "1"), ("6909999900019", "1")
    first = counted(shop, take, own, own, other, own, other)
    assert [str(line.quantity) for line in first.lines] == ["5"]
    counted(shop, take, ("1001", "95"), ("6901234500066", "10"), zone="B", who=clerk)
    (row,) = (one for one in review(take) if one.name == "矿泉水")
    assert (str(row.counted), str(row.difference), row.zones) == ("100", "0", "A, B")
    assert told(take)["可乐"] == ("60", "0")
    # Who comes back goes on with his zone; the other's is his.
    assert begin_zone(shop.owner, take, "A").draft == first.draft
    assert len(counts.zones_of(take.key)) == 2
    post(shop, take)
    assert not drafts.aside(counts.KIND, drafts.OPEN)
    assert not proof.verify()


@pytest.mark.row("STK-08")
def test_what_is_far_off_is_counted_twice(shop: Shop) -> None:
    take = taken(shop)
    counted(shop, take, ("1001", "94"), ("1002", "58"))
    # 6 of 100 are beyond five per cent, 2 of 60 are not.
    assert {row.name for row in review(take) if row.needs_second} == {"矿泉水"}
    with pytest.raises(SecondCountMissing):
        post(shop, take)
    counted(shop, take, ("1001", "93"), turn=2)
    assert told(take)["矿泉水"] == ("93", "-7")
    assert not [row for row in review(take) if row.needs_second]
    document = post(shop, take)
    assert entries(document) == {1405: "-12.60", 6712: "12.60"}


@pytest.mark.row("STK-08")
def test_a_second_count_replaces_what_was_far_off_in_its_zone_and_nothing_else(shop: Shop) -> None:
    take, clerk = taken(shop), shop.who("clerk", 2)
    counted(shop, take, ("1001", "50"), ("1002", "60"))
    counted(shop, take, ("1001", "40"), ("1003", "40"), zone="B", who=clerk)
    waiting = {zone: [row.name for row in rows] for zone, rows in to_count_again(take).items()}
    assert waiting == {"A": ["矿泉水"], "B": ["矿泉水"]}
    with pytest.raises(ZoneNotCounted):
        begin_second(shop.owner, take, "C")
    again = counted(shop, take, ("1001", "49"), turn=2)
    # What is right, and what nobody counted: one scan of it would stand for all of it.
    for stray in ("1002", "1004"):
        with pytest.raises(CountedEnough):
            count_in(again, stray)
    assert told(take) == {
        "矿泉水": ("89", "-11"), "可乐": ("60", "0"), "苹果": ("40", "0"), "香烟": ("", "0"),
    }  # fmt: skip
    # The other zone of it still waits, and what is taken out again waits anew.
    assert list(to_count_again(take)) == ["B"]
    with pytest.raises(SecondCountMissing):
        post(shop, take)
    counts.remove_counted(again, 1)
    assert list(to_count_again(take)) == ["A", "B"]
    (draft,) = (one for one in counts.zones_of(take.key) if one.key == again.draft)
    count_in(go_on(draft, shop.owner.user), "1001", Quantity.of(50))
    counted(shop, take, ("1001", "46"), zone="B", turn=2, who=clerk)
    (row,) = (one for one in review(take) if one.name == "矿泉水")
    assert (str(row.counted), row.turns, row.zones, row.needs_second) == ("96", 2, "A, B", False)
    post(shop, take)
    assert (here(shop, "1001"), here(shop, "1002")) == ("96", "60")


@pytest.mark.case("stocktake-004")
def test_beyond_by_quantity_or_by_money() -> None:
    """The first is that of the vectors: ten per cent are tolerated, and 200.00."""
    for book, counted, value, is_far in (
        ("1", "2", "100.00", True), ("1000", "1010", "20.00", False),
        ("1000", "990", "-200.01", True), ("0", "1", "0.01", True), ("100", "100", "0.00", False),
    ):  # fmt: skip
        found = is_beyond(
            Quantity.parse(book), Quantity.parse(counted), yuan(value), most=Rate.percent("10"),
            worth=yuan("200.00"),
        )  # fmt: skip
        assert found is is_far, (book, counted, value)


@pytest.mark.row("STK-08")
def test_above_the_limit_it_is_approved_by_another(shop: Shop) -> None:
    clerk = shop.who("clerk")
    change_settings(shop.owner, {"stock.count_value": 1_000_000}, uid=new_uid())
    adjust_stock(shop.owner, shop.goods("1004"), Quantity.of(997), reason="r", uid=new_uid())
    take = begin_stocktake(clerk, uid=new_uid())
    counted(shop, take, ("1004", "980"), who=clerk)
    with pytest.raises(NeedsOverride):
        post(shop, take, who=clerk)
    asked = approvals.request_approval(
        clerk, STOCKTAKE, title=take.number, body={"stocktake": take.key, "uncounted": LEAVE},
        reason="盘点", uid=new_uid(),
    )  # fmt: skip
    assert asked.amount == yuan("366.67")
    assert approvals.contents_of(asked) == [approvals.Content("香烟", "-20", yuan("-366.67"))]
    asked.body["uncounted"] = ZERO
    assert [one.value for one in approvals.contents_of(asked)] == [None, yuan("-366.67")]
    approvals.review(shop.manager, asked, uid=new_uid())
    done = approvals.execute_request(shop.manager, asked, uid=new_uid())
    assert here(shop, "1004") == "980" and done.document is not None
    assert not proof.verify()


def test_what_is_not_counted(shop: Shop) -> None:
    take = taken(shop)
    zone = counted(shop, take)
    for code, times, refusal in (
        ("1005", None, NotStocked),
        ("1003", None, WeightWanted),
        ("1001", Quantity.parse("0.5"), CountedWrong),
        ("1001", Quantity.of(1_000_000), CountedWrong),
        ("1001", Quantity.of(-1), CountedWrong),
    ):
        with pytest.raises(refusal):
            count_in(zone, code, times)
    with pytest.raises(ZoneMissing):
        begin_zone(shop.owner, take, " ")
    # A scan while the zone was asked for; a short name of digits is one.
    with pytest.raises(ZoneIsCode):
        begin_zone(shop.owner, take, "6901234500011")
    assert begin_zone(shop.owner, take, "12").name == "12"
    with pytest.raises(NothingCounted):
        post(shop, take)
    count_in(zone, "1001", Quantity.of(100))
    counts.remove_counted(zone, 1)
    assert not zone.lines
    count_in(zone, "1002", Quantity.of(59))
    with pytest.raises(CountChanged):
        post_stocktake(shop.owner, take, uncounted=LEAVE, shown=yuan("9"), uid=new_uid())
    drop_stocktake(shop.owner, take, uid=new_uid())
    assert not counts.zones_of(take.key) and here(shop, "1002") == "60"
    with pytest.raises(CountMoved):
        drop_stocktake(shop.owner, take, uid=new_uid())
    with pytest.raises(CountMoved):
        begin_zone(shop.owner, take, "A")


@pytest.mark.row("STK-13")
def test_a_category_is_counted_alone(shop: Shop) -> None:
    kind = save_category(shop.owner, None, name="饮料", uid=new_uid())
    goods = shop.goods("1001")
    save_goods(shop.owner, goods.key, version=goods.version, category=kind.key, uid=new_uid())
    take = taken(shop, category=kind.key)
    zone = counted(shop, take, ("1001", "99"))
    with pytest.raises(OutsideCount):
        count_in(zone, "1002")
    assert told(take) == {"矿泉水": ("99", "-1")}


def test_a_count_survives(shop: Shop) -> None:
    take = taken(shop)
    zone = counted(shop, take, ("1001", "7"), ("1002", "8"))
    shop.reopen()
    (draft,) = counts.zones_of(take.key)
    again = counts.load_zone(draft)
    assert again.lines == zone.lines and again.next_number == 3


FAULTS = (
    ("StocktakeWrong", 'UPDATE "count_result" SET "lost" = "lost" + 1'),
    ("StocktakeWrong", 'UPDATE "count_result_line" SET "value" = "value" - 1'),
    ("StocktakeWrong", 'UPDATE "stock_move" SET "quantity" = "quantity" - 1000 WHERE '
     '"document_id" = (SELECT "document_id" FROM "count_result")'),
    ("PartsAltered", 'UPDATE "count_result_line" SET "counted" = "counted" + 1'),
)  # fmt: skip


def test_each_fault_is_named(shop_on: Callable[[str], Shop]) -> None:
    shop = shop_on("sqlite")
    take = taken(shop)
    counted(shop, take, ("1002", "59"))
    post(shop, take)
    for code, statement in FAULTS:
        with planting() as plant:
            plant(statement)
            assert code in codes(), statement


@pytest.mark.row("STK-21", "PUR-29", "STK-06")
def test_deliveries_lie_in_the_store_room_and_are_counted_there(shop: Shop) -> None:
    """Behind is a stock of its own: it comes in there, is counted there, and goes back from there
    while enough of it lies there.
    """
    change_settings(shop.owner, {"stock.received_at": "room"}, uid=new_uid())
    folio, item = supplier(shop), shop.goods("1001")
    buys(shop, "1001", "30", "1.20", folio)
    assert used_places() == {SHOP_FLOOR: "卖场", STORE_ROOM: "库房"}
    assert (str(lying_at(item.key)), str(lying_at(item.key, STORE_ROOM))) == ("100", "30")
    take = begin_stocktake(shop.owner, title="库房", location=STORE_ROOM, uid=new_uid())
    counted(shop, take, ("1001", "29"))
    assert told(take) == {item.name: ("29", "-1")}
    document = post(shop, take)
    assert entries(document) == {1405: "-1.20", 6712: "1.20"}
    for pieces, left in (("4", ("100", "25")), ("26", ("74", "25"))):
        gone_back(shop, folio, "1001", pieces, "1.20")
        assert (str(lying_at(item.key)), str(lying_at(item.key, STORE_ROOM))) == left
    assert not proof.verify()
