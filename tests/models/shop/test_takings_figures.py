"""X, Z and the day's slip in literal figures: two tenders, change, discounts of both kinds, weighed
goods, two registers, and a Z that is looked at after another one.
"""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.records import add_barcode
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.daily.shift_view import ShiftView
from models.reports.takings import day_view, shift_view
from models.selling.items import find_item
from models.shop import basket, bill_changes
from models.trust import drafts
from models.trust.audit import Audit
from models.trust.operation import new_uid
from tests.stores import CARD, FIRST_DAY, Shop, yuan


def a_shift_of_sales(shop: Shop) -> shifts.Shift:
    """5.50 in cash with change; 4.95 of apples by card; 25.00 less 5.00 in cash; 2 bottles less ten
    per cent in cash; 12.50 paid out and 100.00 to the safe.
    """
    shift = shop.open_shift()
    shop.sell("1001", "1002", given="10.00")
    apples = basket.new_basket(shop.cashier)
    basket.ring(apples, find_item("1003"), Quantity.parse("0.5"))
    shop.pay(apples, tender=CARD, reference="R1")
    dear = shop.bill("1004", session=shop.manager)
    bill_changes.discount_bill(shop.manager, dear.draft, yuan("5.00"), uid=new_uid())
    shop.pay(basket.load(drafts.read(dear.draft)), session=shop.manager)
    water = basket.new_basket(shop.cashier)
    basket.ring(water, find_item("1001"), Quantity.of(2))
    number = water.lines[0].number
    bill_changes.discount_line(shop.manager, water.draft, number, Rate.percent("10"), uid=new_uid())
    shop.pay(basket.load(drafts.read(water.draft)), session=shop.manager)
    drawer.pay_out(shop.manager, yuan("12.50"), reason="ice", uid=new_uid())
    drawer.drop_to_safe(shop.manager, yuan("100"), bag="17", uid=new_uid())
    return shift


def figures(view: ShiftView) -> dict[str, str]:
    return {
        "sales": f"{view.sales_count} {view.sales_total}",
        "discounts": str(view.discounts),
        "tenders": ", ".join(f"{each.name_en} {each.count} {each.amount}" for each in view.tenders),
        "taxes": ", ".join(f"{each.name} {each.net} {each.tax}" for each in view.taxes),
        "categories": ", ".join(f"{count} {amount}" for _, count, amount in view.categories),
        "cash": f"{view.float_amount} {view.cash_in} {view.cash_out} {view.drops}",
        "numbers": f"{view.first_number} {view.last_number}",
    }


FIGURES = {
    "sales": "4 34.05",
    "discounts": "5.40",
    "tenders": "Cash 3 29.10, Card 1 4.95",
    # 2.00, 3.50, 4.95, 20.00 and 3.60 with 13 % in them, each line rounded: 0.23, 0.40, 0.57, 2.30
    # and 0.41.
    "taxes": "13% 30.14 3.91",
    "categories": "5.5 34.05",
    "cash": "500.00 0.00 12.50 100.00",
    "numbers": "S01-000001 S01-000004",
}


@pytest.mark.row("TIL-02", "TIL-03")
def test_x_z_and_day(shop: Shop) -> None:
    shift = a_shift_of_sales(shop)
    assert figures(shift_view(shift.key)) == FIGURES
    assert shift_view(shift.key).expected_cash is None, "the count is blind"
    shift_life.count_drawer(shop.cashier, {10_000: 4, 100: 16}, uid=new_uid())
    first = shift_life.close_shift(shop.cashier, reason="找零", uid=new_uid())
    head = Audit.select().order_by(Audit.at.desc()).first().hash[:12].upper()
    z = shift_view(first.key)
    assert figures(z) == FIGURES
    cash = (z.expected_cash, z.counted_cash, z.over_short)
    assert [str(each) for each in cash] == ["416.60", "416.00", "-0.60"]
    assert [(str(value), pieces) for value, pieces in z.denominations] == [
        ("100.00", 4), ("1.00", 16),
    ]  # fmt: skip
    assert z.chain_head == head

    # Another shift, and one at the second register; a copy of the first Z says what it said.
    shop.open_shift(1)
    shop.sell("1001")
    second = shop.close_shift()
    head_after = Audit.select().order_by(Audit.at.desc()).first().hash[:12].upper()
    assert shift_view(second.key).chain_head == head_after != head
    there = shop.who("cashier", 2)
    shop.open_shift(2, there)
    shop.sell("1002", session=there)
    shop.close_shift(there)
    assert shift_view(first.key) == z
    days.close_day(shop.manager, next_day=FIRST_DAY.replace(day=3), uid=new_uid())
    day = day_view(FIRST_DAY)
    assert (day.sales_count, str(day.sales_total), str(day.net_total)) == (6, "39.55", "39.55")
    assert (str(day.discounts), str(day.over_short)) == ("5.40", "-0.60")
    assert [(each.name_en, each.count, str(each.amount)) for each in day.tenders] == [
        ("Cash", 5, "34.60"), ("Card", 1, "4.95"),
    ]  # fmt: skip
    assert [(each.sales_count, str(each.sales_total)) for each in day.registers] == [
        (5, "36.05"), (1, "3.50"),
    ]  # fmt: skip


def test_a_carton_counts_as_what_is_in_it(shop: Shop) -> None:
    water = shop.goods("1001")
    add_barcode(
        shop.manager, water.key, "16901234500018", pack=Quantity.of(24), price=yuan("40.00"),
        uid=new_uid(),
    )  # fmt: skip
    shift = shop.open_shift()
    bill = basket.new_basket(shop.cashier)
    basket.ring(bill, find_item("16901234500018"), Quantity.of(2))
    shop.pay(bill)
    told = [(str(count), str(amount)) for _, count, amount in shift_view(shift.key).categories]
    assert told == [("48", "80.00")]
