"""A sale that was booked by the wrong way to pay: only the money goes to the other way."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.ledger.accounts import DRAWER, WECHAT_CLEARING
from models.ledger.daily.till_events import TillEvent
from models.ledger.payments.taking import ReferenceNeeded, payments_back
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import active_tenders
from models.reports.bills import sale_view
from models.reports.day_figures import paid_by_tender
from models.reports.report import Period, make
from models.reports.takings import shift_view
from models.reports.takings_lists import BY_TENDER
from models.shop import basket, bill_changes
from models.shop.reopening import TenderStays, change_tender, others
from models.shop.return_lines import giving_back
from models.shop.returns import SaleOfOtherShift, void_sale
from models.shop.sales import sell
from models.stock.stock import stock_of
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.models.worked import entries
from tests.stores import ALIPAY, CARD, CASH, FIRST_DAY, WECHAT, Shop, yuan

pytestmark = pytest.mark.row("UIX-22", "TIL-03", "TIL-01")


def test_a_sale_booked_as_cash_was_paid_by_wechat(shop: Shop) -> None:
    """5.50 for water and cola; the drawer, the Z and the reports say WeChat, and nothing else."""
    shop.open_shift()
    sold, papers = shop.sell("1001", "1002", session=shop.manager), PrintJob.select().count()
    water = stock_of(shop.goods("1001").key).quantity
    paying, uid = Paying(WECHAT, yuan("5.50")), new_uid()
    with pytest.raises(NeedsOverride):
        change_tender(shop.cashier, sold.key, paying, reason="tender", uid=new_uid())
    for wrong in (Paying(CASH, yuan("5.50")), Paying(WECHAT, yuan("5.40"))):
        with pytest.raises(TenderStays):
            change_tender(shop.manager, sold.key, wrong, reason="tender", uid=new_uid())
    once, twice = (
        change_tender(shop.manager, sold.key, paying, reason="tender", uid=uid) for _ in "12"
    )
    assert (once.key, once.label, str(once.total)) == (twice.key, "VT01-000001", "0.00")
    found = entries(once)
    assert (found[DRAWER], found[WECHAT_CLEARING]) == ("-5.50", "5.50")
    # No goods moved, nothing was printed, and whoever looks at the exceptions sees it.
    assert stock_of(shop.goods("1001").key).quantity == water
    assert PrintJob.select().count() == papers
    (event,) = TillEvent.select().where(TillEvent.kind == "change tender")
    assert (event.what, str(event.amount), event.reason) == (
        f"{sold.label}: 现金 → 微信", "5.50", "tender",
    )  # fmt: skip
    x = shift_view(sold.shift)
    assert [(each.name_zh, str(each.amount)) for each in x.tenders] == [
        ("现金", "0.00"), ("微信", "5.50"),
    ]  # fmt: skip
    assert (x.sales_count, str(x.sales_total), x.beside) == (1, "5.50", ())
    by_tender = make(shop.owner, BY_TENDER, Period(FIRST_DAY, FIRST_DAY))
    assert [(row[0].zh, row[1], str(row[2])) for row in by_tender.rows] == [
        ("现金", 2, "0.00"), ("微信", 1, "5.50"),
    ]  # fmt: skip
    beside_menu = [(names.en, str(amount)) for names, amount in paid_by_tender(FIRST_DAY)]
    assert beside_menu == [("Cash", "0.00"), ("WeChat", "5.50")]
    # Its slip, where it is asked for, says both; and it was Alipay after all, then is undone.
    view = sale_view(sold.key)
    assert [each.name_zh for each in (*view.payments, *view.paid_instead)] == ["现金", "微信"]
    assert "Paid in truth" in str(sale_slip(view, Print("en")))
    change_tender(
        shop.manager, sold.key, Paying(ALIPAY, yuan("5.50")), reason="tender", uid=new_uid()
    )
    void_sale(shop.manager, sold.key, reason="left", uid=new_uid())
    ways = {way.tender: str(way.left) for way in payments_back(sold.key)}
    assert ways == {CASH: "0.00", WECHAT: "0.00", ALIPAY: "0.00"}
    assert [str(each.amount) for each in shift_view(sold.shift).tenders] == ["0.00"] * 3
    assert not proof.verify()


def test_what_comes_back_of_it_is_not_rounded_to_coins(shop: Shop) -> None:
    """5.40 booked as cash and paid by WeChat: of the water 1.96 go back, and no coins' 2.00."""
    shop.open_shift()
    bill = shop.bill("1001", "1002", session=shop.manager)
    bill_changes.discount_bill(shop.manager, bill.draft, yuan("0.10"), uid=new_uid())
    sold = shop.pay(basket.refresh(bill), session=shop.manager)
    water = giving_back(sold.key, {1: Quantity.of(1)})
    assert (str(water.due), str(water.total)) == ("1.96", "2.00")
    paying = Paying(WECHAT, yuan("5.40"))
    change_tender(shop.manager, sold.key, paying, reason="tender", uid=new_uid())
    water = giving_back(sold.key, {1: Quantity.of(1)})
    assert (str(water.due), str(water.total)) == ("1.96", "1.96")
    assert [(one.tender, str(one.given)) for one in water.payings] == [(WECHAT, "-1.96")]
    assert str(giving_back(sold.key, {1: Quantity.of(1), 2: Quantity.of(1)}).total) == "5.40"


def test_what_stays_as_it_was_booked(shop: Shop) -> None:
    """Two ways at once, no reference of the card, and a shift that is over."""
    shop.open_shift()
    bill = shop.bill("1001", "1002", session=shop.manager)
    ways = [Paying(WECHAT, yuan("5")), Paying(CASH, yuan("0.50"))]
    mixed = sell(shop.manager, bill.draft, ways, shown=yuan("5.50"), uid=new_uid())
    sold = shop.sell("1001", session=shop.manager, tender=WECHAT)

    def to(sale: int, tender: int, amount: str) -> None:
        change_tender(
            shop.manager, sale, Paying(tender, yuan(amount)), reason="tender", uid=new_uid()
        )

    with pytest.raises(TenderStays):
        to(mixed.key, ALIPAY, "5.50")
    with pytest.raises(ReferenceNeeded):
        to(sold.key, CARD, "2")
    offered = active_tenders()
    assert others(mixed.key, offered, 10) == []
    assert [one.kind for one in others(sold.key, offered, 10)] == [
        "cash", "card", "phone", "account",
    ]  # fmt: skip
    # Without coins that come to it, cash is none of them.
    assert "cash" not in {one.kind for one in others(sold.key, offered, 300)}
    shop.close_shift()
    shop.open_shift()
    with pytest.raises(SaleOfOtherShift):
        to(sold.key, CASH, "2")
    assert not proof.verify()
