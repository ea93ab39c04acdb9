"""The open day beside the menu of home."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from models.base.quantity import Quantity
from models.reports.books_lists import SHIFTS
from models.reports.day_figures import paid_by_tender, sold_a_week_before, sold_by_hour
from models.reports.report import all_days, make, pages_of, this_month
from models.reports.takings import sold_on
from models.reports.takings_lists import BY_CASHIER, BY_DAY, BY_HOUR
from models.shop.returns import return_goods, void_sale
from models.trust.operation import new_uid
from models.trust.users import rights_of
from receipts.report_bars import BarRow, bars_of
from tests.stores import CASH, WECHAT, Shop, yuan
from tui.desk.standing import Standing
from tui.shop.tiles import sold

# The shop opens at nine.
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.row("TIL-03")
def test_a_closed_shift_names_who_opened_it_and_who_counted_it(shop: Shop) -> None:
    for who in (shop.manager, shop.cashier):
        shop.open_shift()
        shop.sell("1001")
        shop.close_shift(who)
    assert [(row[1], row[2]) for row in make(shop.owner, SHIFTS, this_month()).rows] == [
        ("Z01-00001", "张收银, 李经理"), ("Z01-00002", "张收银"),
    ]  # fmt: skip


@pytest.mark.row("RPT-03")
def test_ways_to_pay_and_hours_sum_to_the_day(shop: Shop) -> None:
    shop.open_shift()
    first = shop.sell("1001", "1001")
    shop.clock.move(hours=2)
    shop.sell("1002", tender=WECHAT)
    shop.sell("1004", tender=CASH)
    day = first.day
    assert [(names.en, amount) for names, amount in paid_by_tender(day)] == [
        ("Cash", yuan("29.00")), ("WeChat", yuan("3.50")),
    ]  # fmt: skip
    assert sold_by_hour(day, SHANGHAI) == [(9, yuan("4.00")), (11, yuan("28.50"))]
    rows = [row for page in pages_of(shop.owner, BY_HOUR, all_days()) for row in page]
    assert [tuple(map(str, row)) for row in rows] == [
        ("09:00", "1", "4.00", "4.00"), ("11:00", "2", "28.50", "14.25"),
    ]  # fmt: skip
    assert bars_of(BY_HOUR.columns, rows, "en") == [
        BarRow("09:00", "4.00", 400), BarRow("11:00", "28.50", 2850),
    ]  # fmt: skip
    assert sold_a_week_before(day) == yuan("0.00")
    assert sold_a_week_before(day + timedelta(days=7)) == yuan("32.50")
    owner, cashier = rights_of(shop.users["owner"]), rights_of(shop.users["cashier"])
    assert owner is not None and cashier is not None
    tiles = sold(Standing(shop.users["owner"], 1, owner))
    assert [(tile.label, tile.text, tile.bar) for tile in tiles if tile.bar is not None] == [
        ("09:00", "4.00", 14), ("11:00", "28.50", 100),
    ]  # fmt: skip
    assert sold(Standing(shop.users["cashier"], 1, cashier)) == []


def test_a_bill_that_was_undone_is_none_of_the_day(shop: Shop) -> None:
    """Its money is no longer under its way to pay, and it is not among the bills."""
    shop.open_shift()
    first = shop.sell("1001", "1001")
    shop.sell("1004", tender=CASH)
    undone = shop.sell("1002", tender=WECHAT)
    void_sale(shop.owner, undone.key, reason="mistyped", uid=new_uid())
    day = undone.day
    assert [(names.en, amount) for names, amount in paid_by_tender(day)] == [
        ("Cash", yuan("29.00")), ("WeChat", yuan("0.00")),
    ]  # fmt: skip
    assert sold_on(day) == (2, yuan("29.00"), yuan("14.50"))
    assert sum(amount.minor for _, amount in sold_by_hour(day, SHANGHAI)) == 2900
    # The reports of the day say the same, also behind a bottle that came back.
    return_goods(
        shop.owner, first.key, {1: Quantity.of(1)}, shown=yuan("2"), reason="unwanted",
        uid=new_uid(),
    )  # fmt: skip
    assert sold_on(day) == (2, yuan("27.00"), yuan("14.50"))
    told = {
        kind.name: [[str(cell) for cell in row] for row in make(shop.owner, kind, all_days()).rows]
        for kind in (BY_DAY, BY_HOUR, BY_CASHIER)
    }
    assert [(row[1], row[-1]) for row in told["takings-by-day"]] == [("2", "27.00")]
    assert told["takings-by-hour"] == [["09:00", "2", "27.00", "14.50"]]
    # Who undid it has a bill less than none.
    assert [(row[0], row[1], row[4], row[5]) for row in told["takings-by-cashier"]] == [
        ("张收银", "3", "32.50", "10.83"), ("王店主", "-1", "-5.50", "0.00"),
    ]  # fmt: skip
