"""Stock by hand: gains, losses, corrections, and what cannot be."""

from __future__ import annotations

import pytest

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.ledger import proof
from models.ledger.documents import Entry
from models.stock import stock
from models.stock.stock import AdjustmentEmpty, NotStocked, OutOfStock
from models.trust.operation import new_uid
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
