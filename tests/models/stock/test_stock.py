"""Stock by hand: gains, losses, corrections, and what cannot be."""

from __future__ import annotations

import pytest

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.ledger.documents import Document, Entry, begin_document, post_document
from models.ledger.proving import proof
from models.stock import stock
from models.stock.stock import (
    SHOP_FLOOR,
    AdjustmentEmpty,
    Moves,
    NotStocked,
    OutOfStock,
    StockMove,
    adjustment_legs,
)
from models.stock.trade import ADJUSTMENT
from models.trust.operation import Job, new_uid, operation
from tests.stores import CNY, Shop, yuan

pytestmark = pytest.mark.row("STK-17")


def adjust(shop: Shop, code: str, pieces: str, cost: str = "", reason: str = "r") -> dict[int, str]:
    done = stock.adjust_stock(
        shop.owner, shop.goods(code), Quantity.parse(pieces), reason=reason, uid=new_uid(),
        cost=UnitCost.parse(cost, CNY) if cost else None,
    )  # fmt: skip
    return {e.account_id: str(e.amount) for e in Entry.select().where(Entry.document == done.key)}


def test_a_gain_and_a_loss(shop: Shop) -> None:
    assert adjust(shop, "1001", "10", "1.30") == {1405: "13.00", 6302: "-13.00"}
    # At the average of (100 x 1.20 + 10 x 1.30) / 110.
    assert adjust(shop, "1001", "-11") == {1405: "-13.30", 6712: "13.30"}
    assert adjust(shop, "1003", "-0.250") == {1405: "-1.38", 6712: "1.38"}
    assert not proof.verify()


def test_all_of_it_leaves_no_value(shop: Shop) -> None:
    assert adjust(shop, "1004", "-3") == {1405: "-55.00", 6712: "55.00"}
    left = stock.stock_of(shop.goods("1004").key)
    assert (left.quantity, left.value) == (Quantity(0), yuan("0"))


def test_what_covers_a_shortage_corrects_the_cost(shop: Shop) -> None:
    shop.open_shift()
    for _ in range(5):
        shop.sell("1004")
    found = adjust(shop, "1004", "10", "20")
    # Two packs had left at 18.33 and cost 20: the cost of sales takes the difference.
    assert found == {1405: "196.66", 6302: "-200.00", 6401: "3.34"}
    assert not proof.verify()


def test_what_cannot_be(shop: Shop) -> None:
    for code, pieces, reason, refusal in (
        ("1001", "0", "r", AdjustmentEmpty),
        ("1001", "5", "  ", AdjustmentEmpty),
        ("1005", "5", "r", NotStocked),
        ("1001", "-101", "r", OutOfStock),
    ):
        with pytest.raises(refusal):
            adjust(shop, code, pieces, reason=reason)
    adjust(shop, "1001", "1", reason="r" * 300)
    assert (
        len(stock.Adjustment.select().order_by(stock.Adjustment.document.desc()).get().reason)
        == 120
    )


STORE_ROOM = 2


@operation(right="adjust stock")
def carried(job: Job, goods: int, quantity: Quantity) -> Document:
    """What bringing goods from the store room to the floor will be."""
    document = begin_document(job, ADJUSTMENT, total=yuan("0"), note="carried")
    moves = Moves(document, [goods])
    moves.carry(1, goods, quantity, origin=STORE_ROOM, target=SHOP_FLOOR)
    moves.insert()
    return post_document(job, document, adjustment_legs(moves))


@operation(right="adjust stock")
def taken_from_both(job: Job, goods: int, each: Quantity) -> Document:
    """One line of a document that is served from two places."""
    document = begin_document(job, ADJUSTMENT, total=yuan("0"), note="both")
    moves = Moves(document, [goods])
    for location in (STORE_ROOM, SHOP_FLOOR):
        moves.issue(1, goods, each, may_go_below=False, location=location)
    moves.insert()
    return post_document(job, document, adjustment_legs(moves))


def deliver(shop: Shop, pieces: int, cost: str) -> int:
    goods = shop.goods("1001")
    stock.adjust_stock(
        shop.owner, goods, Quantity.of(pieces), reason="r", cost=UnitCost.parse(cost, CNY),
        location=STORE_ROOM, uid=new_uid(),
    )  # fmt: skip
    return int(goods.key)


def lying(goods: int) -> tuple[str, str]:
    return str(stock.lying_at(goods)), str(stock.lying_at(goods, STORE_ROOM))


def test_the_cost_is_of_the_store_and_not_of_a_place(shop: Shop) -> None:
    goods = deliver(shop, 20, "1.80")
    assert lying(goods) == ("100", "20")
    # (100 x 1.20 + 20 x 1.80) / 120 = 1.30, on the floor too.
    assert adjust(shop, "1001", "-10") == {1405: "-13.00", 6712: "13.00"}
    assert lying(goods) == ("90", "20")
    with pytest.raises(OutOfStock) as refused:
        adjust(shop, "1001", "-91")
    assert str(refused.value.fields["stock"]) == "90"
    assert not proof.verify()


def test_carrying_goods_costs_nothing_also_over_a_shortage(shop: Shop) -> None:
    goods = deliver(shop, 20, "1.80")
    shop.open_shift()
    shop.sell(*["1001"] * 103)
    assert lying(goods) == ("-3", "20")
    before = stock.stock_of(goods)
    document = carried(shop.owner, goods, Quantity.of(15), uid=new_uid())
    assert lying(goods) == ("12", "5")
    assert stock.stock_of(goods) == before
    assert [e.amount.minor for e in Entry.select().where(Entry.document == document.key)] == [0, 0]
    with pytest.raises(OutOfStock) as refused:
        carried(shop.owner, goods, Quantity.of(6), uid=new_uid())
    assert str(refused.value.fields["stock"]) == "5"
    assert not proof.verify()


def test_a_line_may_have_several_moves(shop: Shop) -> None:
    goods = deliver(shop, 20, "1.20")
    document = taken_from_both(shop.owner, goods, Quantity.of(4), uid=new_uid())
    moves = StockMove.select().where(StockMove.document == document.key).order_by(StockMove.number)
    assert [(m.number, m.line, m.location, str(m.quantity), str(m.value)) for m in moves] == [
        (1, 1, 2, "-4", "-4.80"), (2, 1, 1, "-4", "-4.80"),
    ]  # fmt: skip
    assert lying(goods) == ("96", "16")
    assert not proof.verify()
