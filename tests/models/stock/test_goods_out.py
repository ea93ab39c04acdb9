"""Goods carried, scrapped and used: by right, by request and approval, never by themselves."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.reports.report import Period
from models.reports.stock_flow import STOCK_FLOW, TURNOVER
from models.selling.items import WeightWanted
from models.stock.goods_out import (
    OutEmpty,
    OutSlip,
    OutWrong,
    PlaceWrong,
    ReasonMissing,
    begin_out,
    drop_out,
    load_out,
    outs_waiting,
    put_out,
    remove_out,
    request_out,
    set_out,
    take_out,
)
from models.stock.out_papers import goods_out_view
from models.stock.stock import (
    DEFECTIVE,
    SHOP_FLOOR,
    STORE_ROOM,
    NotStocked,
    TooFewThere,
    lying_at,
    stock_of,
)
from models.stock.trade import SCRAP, TRANSFER, USE
from models.trust import approvals, drafts
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tests.models.worked import entries
from tests.stores import FIRST_DAY, Shop, yuan


def begun(
    shop: Shop, how: str, *scans: tuple[str, str], origin: int = SHOP_FLOOR, target: int = 0,
    who: Session | None = None,
) -> OutSlip:  # fmt: skip
    way = begin_out(who or shop.owner, how, origin=origin, target=target)
    for code, times in scans:
        put_out(way, code, Quantity.parse(times))
    return way


def posted(shop: Shop, way: OutSlip, reason: str = "破损", who: Session | None = None) -> Document:
    return take_out(who or shop.owner, way.draft, reason=reason, uid=new_uid())


def here(shop: Shop, code: str, place: int = SHOP_FLOOR) -> str:
    return str(lying_at(shop.goods(code).key, place))


@pytest.mark.row("STK-10", "STK-21", "STK-28")
@pytest.mark.case("KU-14")
def test_carrying_costs_nothing(shop: Shop) -> None:
    """What is defective lies apart, and is no longer there to be sold."""
    way = begun(shop, TRANSFER, ("6901234500011", "24"), ("1003", "2.5"), target=STORE_ROOM)
    document = posted(shop, way, reason="")
    assert (document.label, here(shop, "1001"), here(shop, "1001", STORE_ROOM)) == (
        "TR01-000001", "76", "24",
    )  # fmt: skip
    assert set(entries(document).values()) == {"0.00"}
    paper = goods_out_view(document.key)
    assert [str(one.quantity) for one in paper.lines] == ["24", "2.5"]
    way = begun(shop, TRANSFER, ("1001", "4"), origin=STORE_ROOM, target=DEFECTIVE)
    posted(shop, way)
    assert here(shop, "1001", DEFECTIVE) == "4"
    assert stock_of(shop.goods("1001").key).quantity == Quantity.of(100)
    too_many = begun(shop, TRANSFER, ("1001", "21"), origin=STORE_ROOM, target=SHOP_FLOOR)
    with pytest.raises(TooFewThere) as few:
        posted(shop, too_many)
    # Nobody approves what is not there: it is counted, or put in by hand.
    assert not few.value.can_be_approved
    assert not proof.verify()


@pytest.mark.row("STK-16", "STK-22", "STK-27", "STK-28")
def test_scrapped_and_used(shop: Shop) -> None:
    document = posted(shop, begun(shop, SCRAP, ("1002", "3")))
    assert (entries(document), document.note) == ({1405: "-6.30", 6712: "6.30"}, "破损")
    document = posted(shop, begun(shop, USE, ("1001", "2")), reason="前台")
    assert entries(document) == {1405: "-2.40", 6607: "2.40"}
    assert (here(shop, "1001"), here(shop, "1002")) == ("98", "57")
    assert document.user == shop.owner.user and not proof.verify()
    assert not drafts.aside("goods_out", drafts.OPEN)


@pytest.mark.row("STK-10", "STK-16")
@pytest.mark.parametrize("how", [SCRAP, USE])
def test_request_approval_execution(shop: Shop, how: str) -> None:
    clerk = shop.who("clerk")
    way = begun(shop, how, ("1003", "37"), who=clerk)
    with pytest.raises(NeedsOverride):
        posted(shop, way, who=clerk)
    uid = new_uid()
    asked = request_out(clerk, way.draft, title="报废", reason="烂了", uid=uid)
    # In one step: what was asked for cannot be posted as well, by nobody.
    with pytest.raises(drafts.DraftGone):
        posted(shop, way)
    assert request_out(clerk, way.draft, title="报废", reason="烂了", uid=uid).key == asked.key
    assert (asked.amount, here(shop, "1003")) == (yuan("203.50"), "40")
    (what,) = approvals.contents_of(asked)
    assert (what.name, what.quantity, what.value) == ("苹果", "37", yuan("203.50"))
    approvals.review(shop.manager, asked, uid=new_uid())
    done = approvals.execute_request(shop.manager, asked, uid=new_uid())
    assert here(shop, "1003") == "3" and done.document is not None
    assert not proof.verify() and not drafts.aside("goods_out", drafts.OPEN)


def test_what_does_not_leave(shop: Shop) -> None:
    way = begun(shop, SCRAP)
    for code, times, refusal in (
        ("1005", None, NotStocked), ("1003", None, WeightWanted),
        ("1001", Quantity.parse("0.5"), OutWrong), ("1001", Quantity(0), OutWrong),
        ("1001", Quantity.of(-1), OutWrong),
    ):  # fmt: skip
        with pytest.raises(refusal):
            put_out(way, code, times)
    with pytest.raises(OutEmpty):
        posted(shop, way)
    put_out(way, "1001")
    set_out(way, way.lines[0], Quantity.of(7))
    shop.reopen()
    (draft,) = outs_waiting(1)
    assert load_out(draft).lines == way.lines
    for no_reason in (" ", "2026", "69 5!"):
        with pytest.raises(ReasonMissing):
            posted(shop, way, reason=no_reason)
    # Of two packs of one name the one that is short is named with its pack.
    Goods.update(spec="24 瓶").where(Goods.code == "1001").execute()
    set_out(way, way.lines[0], Quantity.of(70_000))
    with pytest.raises(TooFewThere) as short:
        posted(shop, way)
    assert short.value.fields["goods"] == f"{way.lines[0].name} 24 瓶"
    remove_out(way, 1)
    assert not load_out(drafts.read(way.draft)).lines
    for origin, target in ((STORE_ROOM, STORE_ROOM), (SHOP_FLOOR, 9), (9, SHOP_FLOOR)):
        with pytest.raises(PlaceWrong):
            begin_out(shop.owner, TRANSFER, origin=origin, target=target)
    with pytest.raises(OutEmpty):
        request_out(shop.owner, way.draft, title="x", reason="x", uid=new_uid())
    drop_out(shop.owner, way.draft, uid=new_uid())
    assert not outs_waiting(1)


@pytest.mark.row("STK-15", "STK-20", "STK-23", "STK-27", "STK-14")
def test_how_stock_moved_and_how_fast(shop: Shop) -> None:
    """Each move with its place and who did it; a stock of 118.80 lasts 99 days at 1.20 a day."""
    shop.open_shift()
    shop.sell("1001")
    posted(shop, begun(shop, TRANSFER, ("1002", "3"), target=STORE_ROOM), reason="")
    rights = rights_of(shop.owner.user)
    assert rights is not None
    today = Period(FIRST_DAY, FIRST_DAY)
    rows = [row for page in STOCK_FLOW.pages(today, Scope.of(rights)) for row in page]
    found = [(row[2], row[4].partition(" ")[0], *map(str, row[5:])) for row in rows]
    assert found[-3:] == [
        ("1001", "卖场", "-1", "99", "-1.20", "张收银"),
        ("1002", "卖场", "-3", "57", "0.00", "王店主"),
        ("1002", "库房", "3", "3", "0.00", "王店主"),
    ]  # fmt: skip
    rows = [row for page in TURNOVER.pages(today, Scope.of(rights)) for row in page]
    assert [(row[0], str(row[3]), str(row[4]), *row[5:]) for row in rows[:2]] == [
        ("1001", "118.80", "1.20", 99, "2026-03"), ("1002", "126.00", "0.00", None, ""),
    ]  # fmt: skip
