"""Batches: the soonest day leaves first, good through the printed day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.batches import Batch, batches_of, soon_over, without
from models.buying.delivery_lines import DeliveryHead
from models.buying.receipts import CASUAL
from models.reports.batch_lists import BATCHES
from models.reports.report import all_days
from models.stock.goods_out import begin_out, put_out, take_out
from models.stock.stock import adjust_stock
from models.trust.operation import new_uid
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tests.models.buying.bought import posted, scanned
from tests.stores import FIRST_DAY, Shop


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
    assert (soon_over(FIRST_DAY), soon_over(FIRST_DAY - timedelta(days=1))) == (1, 0)
    rights = rights_of(shop.owner.user)
    assert rights is not None
    (row,) = (row for page in BATCHES.pages(all_days(), Scope.of(rights)) for row in page)
    assert row[2:4] == ("L1", soon) and row[6] == "good for a week at most"
    adjust_stock(shop.owner, goods, Quantity.of(-6), reason="x", uid=new_uid())
    assert soon_over(FIRST_DAY) == 0
