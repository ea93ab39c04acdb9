"""The bill while it grows: saved line by line, cheaper only with the right to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from devices.profiles import PROFILES
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Goods
from models.ledger.daily import days
from models.ledger.daily.till_events import TillEvent
from models.selling import items
from models.selling.items import CodeUnknown, NotForSale
from models.shop import basket, bill_changes, bill_life
from models.shop.basket import LineGone, QuantityWrong
from models.shop.basket_lines import DiscountWrong
from models.shop.bill_changes import LineNeedsReason, PriceWrong, is_shown
from models.shop.stored_bills import BillEmpty
from models.trust import drafts
from models.trust.drafts import CANCELLED, HELD, DraftGone
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.stores import CNY, FIRST_DAY, Shop, yuan

pytestmark = pytest.mark.row("TIL-02", "ORD-26")


def line_of(bill: basket.Basket, place: int = 0) -> int:
    return bill.lines[place].number


def set_quantity(shop: Shop, bill: basket.Basket, quantity: Quantity) -> bool:
    return bill_changes.set_quantity(
        shop.cashier, bill.draft, line_of(bill), quantity, uid=new_uid()
    )


def test_every_line_survives_a_crash(shop: Shop) -> None:
    bill = shop.bill("1001", "1002", "1003")
    shop.reopen()
    found = basket.open_basket(shop.cashier)
    assert found.draft == bill.draft
    assert [line.item.code for line in found.lines] == ["1001", "1002", "1003"]
    assert found.amount_due == bill.amount_due


def test_the_bill_with_lines_is_offered_before_an_empty_one(shop: Shop) -> None:
    held = shop.bill("1001")
    bill_life.hold_bill(shop.cashier, held.draft, title="x", uid=new_uid())
    shop.bill()
    bill_life.fetch_bill(shop.cashier, held.draft, uid=new_uid())
    assert basket.open_basket(shop.cashier).draft == held.draft


def test_the_same_item_twice_is_one_line(shop: Shop) -> None:
    bill = shop.bill("1001", "1001", "1002", "1001")
    assert [str(line.quantity) for line in bill.lines] == ["2", "1", "1"]
    assert basket.refresh(bill).amount_due == yuan("9.50")


def test_quantities_that_cannot_be(shop: Shop) -> None:
    bill = shop.bill("1001")
    water, apples = items.find_item("1001"), items.find_item("1003")
    for wrong in (Quantity(0), Quantity(-1000), Quantity(500), Quantity.of(100_000)):
        with pytest.raises(QuantityWrong):
            basket.ring(bill, water, wrong)
    basket.ring(bill, apples, Quantity(1))
    for wrong in (Quantity(-1), Quantity(999), Quantity(0), Quantity.of(1)):
        with pytest.raises(QuantityWrong):
            set_quantity(shop, bill, wrong)
    set_quantity(shop, bill, Quantity.of(3))
    assert basket.refresh(bill).lines[0].quantity == Quantity.of(3)


def test_less_is_an_event(shop: Shop) -> None:
    bill = shop.bill("1001", "1001", "1002")
    bill_changes.set_quantity(
        shop.cashier, bill.draft, line_of(bill), Quantity.of(1), uid=new_uid()
    )
    bill_changes.remove_line(shop.cashier, bill.draft, line_of(bill, 1), reason="no", uid=new_uid())
    bill = basket.refresh(bill)
    assert bill.amount_due == yuan("2.00")
    events = TillEvent.select().order_by(TillEvent.key)
    assert [(event.kind, event.amount) for event in events] == [
        ("void line", yuan("2.00")),
        ("void line", yuan("3.50")),
    ]
    for wrong in (Quantity.of(1), Quantity.of(0), Quantity(1)):
        with pytest.raises(QuantityWrong):
            bill_changes.set_quantity(shop.cashier, bill.draft, line_of(bill), wrong, uid=new_uid())
    with pytest.raises(LineGone):
        bill_changes.remove_line(shop.cashier, bill.draft, 99, uid=new_uid())


@pytest.mark.row("ORD-16", "TIL-03")
def test_a_bill_is_printed_before_it_is_paid_and_its_lines_go_with_a_reason(shop: Shop) -> None:
    """The paper says NOT PAID; what a customer has on paper does not vanish without a word."""
    empty = basket.open_basket(shop.cashier)
    with pytest.raises(BillEmpty):
        bill_life.print_bill(shop.cashier, empty.draft, uid=new_uid())
    bill, uid = shop.bill("1001", "1002"), new_uid()
    keys = {bill_life.print_bill(shop.cashier, bill.draft, language="zh", uid=uid) for _ in "12"}
    (job,) = PrintJob.select().where(PrintJob.kind == "held")
    assert keys == {job.key}
    paper = text_of(layout(slip_of_job(job, "zh"), PROFILES["80mm"]))
    assert paper.count("未结帐") == 2 and "5.50" in paper and "|||" not in paper
    with pytest.raises(LineNeedsReason) as refused:
        bill_changes.remove_line(shop.cashier, bill.draft, 1, reason=" ", uid=new_uid())
    assert refused.value.fields == {"item": "矿泉水"}
    bill_changes.remove_line(shop.cashier, bill.draft, 1, reason="不要了", uid=new_uid())
    last = TillEvent.select().order_by(TillEvent.key.desc()).get()
    assert (last.kind, last.reason) == ("void line", "不要了")
    # Held and fetched, it is still on paper: fewer of a line and the whole bill go so, too.
    bill_life.hold_bill(shop.cashier, bill.draft, title="1", uid=new_uid())
    bill_life.fetch_bill(shop.cashier, bill.draft, uid=new_uid())
    assert is_shown(basket.refresh(bill).head)
    two, one = Quantity.of(2), Quantity.of(1)
    bill_changes.set_quantity(shop.cashier, bill.draft, 2, two, uid=new_uid())
    with pytest.raises(LineNeedsReason):
        bill_changes.set_quantity(shop.cashier, bill.draft, 2, one, uid=new_uid())
    bill_changes.set_quantity(shop.cashier, bill.draft, 2, one, reason="多扫", uid=new_uid())
    with pytest.raises(LineNeedsReason) as whole:
        bill_life.cancel_bill(shop.cashier, bill.draft, title="可乐", uid=new_uid())
    assert whole.value.fields == {"item": "可乐"}
    bill_life.cancel_bill(shop.cashier, bill.draft, title="可乐", reason="走了", uid=new_uid())
    events = TillEvent.select().order_by(TillEvent.key)
    assert [(e.kind, e.reason) for e in events][1:] == [
        ("void line", "多扫"), ("cancel bill", "走了"),
    ]  # fmt: skip


def test_a_bill_is_cancelled_whole(shop: Shop) -> None:
    bill = shop.bill("1001", "1002")
    bill_life.cancel_bill(shop.cashier, bill.draft, reason="left", uid=new_uid())
    event = TillEvent.get()
    assert (event.kind, event.amount, event.reason) == ("cancel bill", yuan("5.50"), "left")
    with pytest.raises(DraftGone):
        bill_life.cancel_bill(shop.cashier, bill.draft, uid=new_uid())
    with pytest.raises(DraftGone):
        basket.ring(bill, items.find_item("1001"), Quantity.of(1))
    empty = shop.bill()
    for work in (bill_life.cancel_bill, bill_changes.discount_bill):
        with pytest.raises(BillEmpty):
            work(
                shop.cashier,
                empty.draft,
                *[None] * (work is bill_changes.discount_bill),
                uid=new_uid(),
            )
    with pytest.raises(BillEmpty):
        bill_life.hold_bill(shop.cashier, empty.draft, title="x", uid=new_uid())


def test_held_and_fetched_at_another_register(shop: Shop) -> None:
    bill = shop.bill("1001")
    bill_life.hold_bill(shop.cashier, bill.draft, title="blue hat", uid=new_uid())
    with pytest.raises(DraftGone):
        basket.ring(bill, items.find_item("1001"), Quantity.of(1))
    elsewhere = shop.who("manager", 2)
    bill_life.fetch_bill(elsewhere, bill.draft, uid=new_uid())
    with pytest.raises(DraftGone):
        bill_life.fetch_bill(shop.cashier, bill.draft, uid=new_uid())
    assert basket.open_basket(elsewhere).draft == bill.draft


def test_a_discount_above_the_limit_needs_approval(shop: Shop) -> None:
    bill = shop.bill("1004")
    ten, eleven = Rate.percent("10"), Rate.percent("11")
    bill_changes.discount_line(shop.cashier, bill.draft, line_of(bill), ten, uid=new_uid())
    uid = new_uid()
    with pytest.raises(NeedsOverride) as refused:
        bill_changes.discount_line(shop.cashier, bill.draft, line_of(bill), eleven, uid=uid)
    assert refused.value.fields["right"] == "give discount"
    bill_changes.discount_line(
        shop.cashier, bill.draft, line_of(bill), eleven, uid=uid, override=shop.override(uid)
    )
    assert basket.refresh(bill).amount_due == yuan("22.25")


@pytest.mark.parametrize("bill_first", [True, False])
def test_two_discounts_do_not_get_around_the_limit(shop: Shop, bill_first: bool) -> None:
    bill = shop.bill("1004")
    ten = Rate.percent("10")

    def on_bill() -> None:
        bill_changes.discount_bill(shop.cashier, bill.draft, ten, uid=new_uid())

    def on_line() -> None:
        bill_changes.discount_line(shop.cashier, bill.draft, line_of(bill), ten, uid=new_uid())

    first, second = (on_bill, on_line) if bill_first else (on_line, on_bill)
    first()
    with pytest.raises(NeedsOverride):
        second()


def test_taking_a_discount_away_needs_nobody(shop: Shop) -> None:
    bill = shop.bill("1004")
    half = Rate.percent("50")
    bill_changes.discount_line(shop.owner, bill.draft, line_of(bill), half, uid=new_uid())
    bill_changes.discount_bill(shop.owner, bill.draft, half, uid=new_uid())
    bill_changes.discount_bill(shop.cashier, bill.draft, None, uid=new_uid())
    bill_changes.discount_line(shop.cashier, bill.draft, line_of(bill), None, uid=new_uid())
    assert basket.refresh(bill).amount_due == yuan("25.00")


def test_discounts_that_cannot_be(shop: Shop) -> None:
    bill = shop.bill("1001")
    for wrong in (yuan("2.01"), Rate.percent("101"), yuan("-1"), Rate.percent("-5")):
        with pytest.raises(DiscountWrong):
            bill_changes.discount_line(shop.owner, bill.draft, line_of(bill), wrong, uid=new_uid())
        with pytest.raises(DiscountWrong):
            bill_changes.discount_bill(shop.owner, bill.draft, wrong, uid=new_uid())


def test_another_price(shop: Shop) -> None:
    bill = shop.bill("1001")
    with pytest.raises(NeedsOverride):
        bill_changes.override_price(
            shop.cashier, bill.draft, line_of(bill), yuan("1"), uid=new_uid()
        )
    with pytest.raises(PriceWrong):
        bill_changes.override_price(
            shop.owner, bill.draft, line_of(bill), yuan("-1"), uid=new_uid()
        )
    bill_changes.override_price(
        shop.manager, bill.draft, line_of(bill), yuan("1.50"), uid=new_uid()
    )
    assert basket.refresh(bill).amount_due == yuan("1.50")
    event = TillEvent.get()
    assert (event.kind, event.amount) == ("override price", Money(-50, CNY))


def test_codes(shop: Shop) -> None:
    assert items.find_item("6901234500011").name == items.find_item("1001").name
    with pytest.raises(CodeUnknown):
        items.find_item("9999999999999")
    Goods.update(is_active=False).where(Goods.code == "1001").execute()
    with pytest.raises(NotForSale):
        items.find_item("1001")


def test_a_cancelled_bill_is_fetched_again_until_the_day_closes(shop: Shop) -> None:
    shop.open_shift()
    bills = [shop.bill(code) for code in ("1001", "1002", "1004")]
    bill_life.hold_bill(shop.cashier, bills[1].draft, title="held", uid=new_uid())
    for bill in (bills[0], bills[2]):
        bill_life.cancel_bill(shop.cashier, bill.draft, title="no money", uid=new_uid())
    waiting = [(draft.key, draft.state, draft.title) for draft in bill_life.waiting_bills()]
    assert waiting == [
        (bills[2].draft, CANCELLED, "no money"),
        (bills[0].draft, CANCELLED, "no money"),
        (bills[1].draft, HELD, "held"),
    ]
    # It is no bill of anybody while it lies there.
    assert basket.open_basket(shop.cashier).draft not in [bill.draft for bill in bills]
    bill_life.fetch_bill(shop.who("cashier", 2), bills[2].draft, uid=new_uid())
    with pytest.raises(DraftGone):
        bill_life.fetch_bill(shop.cashier, bills[2].draft, uid=new_uid())
    assert basket.open_basket(shop.who("cashier", 2)).amount_due == yuan("25.00")
    shop.close_shift()
    days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    assert [draft.key for draft in bill_life.waiting_bills()] == [bills[1].draft]
    assert not drafts.lines_of(bills[0].draft)


def test_a_name_given_by_hand_stays_with_the_bill(shop: Shop) -> None:
    named, plain = shop.bill("1001"), shop.bill("1002")
    bill_life.hold_bill(shop.cashier, named.draft, title="a", called="老王", uid=new_uid())
    bill_life.fetch_bill(
        shop.cashier, named.draft, instead_of=plain.draft, title="a", uid=new_uid()
    )
    # Nothing is typed this time; of a bill without a name its goods say what it is.
    told = bill_life.fetch_bill(
        shop.cashier, plain.draft, instead_of=named.draft, title="b", uid=new_uid()
    )
    assert told == "老王"
    bill_life.hold_bill(shop.cashier, plain.draft, title="c", uid=new_uid())
    assert [draft.title for draft in drafts.held("sale")] == ["c", "老王"]
    bill_life.fetch_bill(shop.cashier, named.draft, uid=new_uid())
    bill_life.cancel_bill(shop.cashier, named.draft, title="d", uid=new_uid())
    assert [draft.title for draft in bill_life.waiting_bills()] == ["老王", "c"]


def test_holding_and_fetching_are_one_step(shop: Shop) -> None:
    held, open_ = shop.bill("1001"), shop.bill("1002")
    bill_life.hold_bill(shop.cashier, held.draft, title="a", uid=new_uid())
    bill_life.fetch_bill(shop.cashier, held.draft, instead_of=open_.draft, title="b", uid=new_uid())
    assert basket.open_basket(shop.cashier).draft == held.draft
    assert [(draft.key, draft.title) for draft in drafts.held("sale")] == [(open_.draft, "b")]
    # Refused, nothing is put aside either; an empty bill is forgotten.
    with pytest.raises(DraftGone):
        bill_life.fetch_bill(shop.cashier, 4711, instead_of=held.draft, title="c", uid=new_uid())
    assert basket.open_basket(shop.cashier).draft == held.draft
    bill_life.hold_bill(shop.cashier, held.draft, title="a", uid=new_uid())
    empty = basket.new_basket(shop.cashier)
    bill_life.fetch_bill(
        shop.cashier, open_.draft, instead_of=empty.draft, title="d", uid=new_uid()
    )
    with pytest.raises(DraftGone):
        drafts.read(empty.draft)
