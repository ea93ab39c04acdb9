"""Goods for goods, and goods without a slip: what is posted, to the fen, and what is refused."""

from __future__ import annotations

from uuid import UUID

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.goods import Unit
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Document
from models.ledger.payments.taken import PaymentsTaken, take_for
from models.ledger.payments.taking import ways_back
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment
from models.reports.bills import sale_view
from models.reports.books_lists import EXCEPTIONS, TILL_EVENTS
from models.reports.report import Period, ReportKind, make
from models.reports.takings import shift_view
from models.reports.takings_lists import BY_KIND, RETURNS_BY_REASON
from models.selling.charges import ChargeLine
from models.shop import basket
from models.shop.basket import Basket, QuantityWrong
from models.shop.bill_changes import override_price
from models.shop.exchanges import Coming, exchange
from models.shop.return_lines import ReturnTooMuch, giving_back, sold_lines
from models.shop.return_reasons import ReturnNeedsReason
from models.shop.returns import ExchangeStays, void_sale
from models.shop.sales import Sale, TotalChanged, sell
from models.shop.stored_bills import BillEmpty
from models.shop.unslipped import return_without_slip
from models.stock import stock
from models.trust.operation import NeedsOverride, Override, new_uid
from models.trust.settings import change_settings
from tests.models.shop.test_returns import back
from tests.stores import CARD, CASH, FIRST_DAY, WECHAT, Shop, sound, yuan

pytestmark = pytest.mark.row("ORD-18", "UIX-22")

ONE = Quantity.of(1)


def swap(shop: Shop, sale: Document, bill: Basket, shown: str, *payings: Paying) -> Document:
    """The first line of a sale comes back for a bill."""
    coming = Coming(sale.key, {1: ONE}, "mixed up")
    return exchange(shop.manager, bill.draft, coming, payings, shown=yuan(shown), uid=new_uid())


def test_what_costs_more_is_paid_by_the_difference(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1002", "1001", tender=WECHAT, session=boss_shop.manager)
    bill = boss_shop.bill("1004", session=boss_shop.manager)
    made = swap(boss_shop, sold, bill, "21.50", Paying(CASH, yuan("30")))
    assert (made.label, made.total, made.reverses_id) == ("S01-000002", yuan("21.50"), sold.key)
    lines = ChargeLine.select().where(ChargeLine.document == made.key).order_by(ChargeLine.line)
    assert [(one.code, one.amount) for one in lines] == [
        ("1004", yuan("25.00")), ("1002", yuan("-3.50")),
    ]  # fmt: skip
    assert Sale.get_by_id(made.key).change == yuan("8.50")
    assert stock.stock_of(boss_shop.goods("1002").key).quantity == Quantity.of(60)
    assert stock.stock_of(boss_shop.goods("1004").key).quantity == Quantity.of(2)
    shown = shift_view(made.shift)
    assert (shown.sales_total, shown.returns_count, shown.returns_total) == (
        yuan("30.50"), 1, yuan("3.50"),
    )  # fmt: skip
    view = sale_view(made.key)
    assert (view.kind, view.original_number, view.reason) == (
        "sale", "S01-000001", "Wrong item given",
    )  # fmt: skip
    sound()
    with pytest.raises(ExchangeStays):
        void_sale(boss_shop.manager, made.key, reason="left", uid=new_uid())
    # What it sold comes back too, with the money of the first sale before that of the second.
    again = back(boss_shop, made, l1="1")
    paid = Payment.select().where(Payment.document == again.key).order_by(Payment.line)
    assert [(p.tender.number, p.amount) for p in paid] == [
        (WECHAT, yuan("-5.50")), (CASH, yuan("-19.50")),
    ]  # fmt: skip
    last = back(boss_shop, sold, l2="1")
    assert last.total == yuan("-2.00")
    assert [str(way.left) for way in ways_back(sold.key)] == ["0.00", "0.00"]
    sound()


def test_what_costs_less_gives_the_difference_back(boss_shop: Shop) -> None:
    change_settings(boss_shop.owner, {"cash.step": 10}, uid=new_uid())
    bill = boss_shop.bill("1004", session=boss_shop.manager)
    payings = [Paying(CARD, yuan("20"), reference="A77"), Paying(CASH, yuan("5"))]
    sold = sell(boss_shop.manager, bill.draft, payings, shown=yuan("25"), uid=new_uid())
    cheaper = boss_shop.bill("1001", session=boss_shop.manager)
    made = swap(boss_shop, sold, cheaper, "-23.00")
    assert made.total == yuan("-23.00")
    paid = Payment.select().where(Payment.document == made.key).order_by(Payment.line)
    assert [(p.tender.number, p.amount, p.reference) for p in paid] == [
        (CARD, yuan("-20"), "A77"), (CASH, yuan("-3"), ""),
    ]  # fmt: skip
    assert back(boss_shop, made, l1="1").total == yuan("-2.00")
    sound()


def test_what_is_left_beside_a_wallet_is_not_rounded_up_once_more(boss_shop: Shop) -> None:
    """4.00 in cash, where only whole coins are given; swapped in between for goods that a wallet
    paid: no more than 4.00 goes back for it.
    """
    change_settings(boss_shop.owner, {"cash.step": 100}, uid=new_uid())
    # So that a part of a line comes back.
    Unit.update(decimals=1).where(Unit.name == "瓶").execute()
    sold = boss_shop.sell("1001", "1001", session=boss_shop.manager)
    lines = {line.line.line: line.left for line in sold_lines(sold.key)}
    assert (sold.total, lines) == (yuan("4.00"), {1: Quantity.of(2)})
    coming = Coming(sold.key, {1: Quantity.parse("0.2")}, "mixed up")
    bill = boss_shop.bill("1002", session=boss_shop.manager)
    paid = [Paying(WECHAT, yuan("3.50"))]
    exchange(boss_shop.manager, bill.draft, coming, paid, shown=yuan("3.50"), uid=new_uid())
    giving = giving_back(sold.key, {1: Quantity.parse("1.8")})
    assert giving.total == yuan("4.00")
    assert [(each.tender, each.given) for each in giving.payings] == [
        (WECHAT, yuan("-3.00")), (CASH, yuan("-1.00")),
    ]  # fmt: skip


def test_goods_of_one_price_move_no_money(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    made = swap(boss_shop, sold, boss_shop.bill("1001", session=boss_shop.manager), "0")
    assert made.total == yuan("0") and not Payment.select().where(Payment.document == made.key)
    assert stock.stock_of(boss_shop.goods("1001").key).quantity == Quantity.of(99)
    assert back(boss_shop, made, l1="1").total == yuan("-2.00")
    sound()


def test_what_an_exchange_refuses(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    with pytest.raises(BillEmpty):
        swap(boss_shop, sold, boss_shop.bill(session=boss_shop.manager), "-2.00")
    bill = boss_shop.bill("1002", session=boss_shop.manager)
    with pytest.raises(TotalChanged):
        swap(boss_shop, sold, bill, "3.50", Paying(CASH, yuan("4")))
    swap(boss_shop, sold, bill, "1.50", Paying(CASH, yuan("2")))
    with pytest.raises(ReturnTooMuch):
        swap(boss_shop, sold, boss_shop.bill("1002", session=boss_shop.manager), "1.50")
    sound()


def test_who_may_not_refund_it_all_takes_nothing_back_for_dearer_goods(boss_shop: Shop) -> None:
    """Goods of 25.00 are set against a bill of 28.50: though 3.50 come in, 25.00 are given back."""
    boss_shop.give(boss_shop.owner, "收银员", return_goods=None, give_refund=2_499)
    sold = boss_shop.sell("1004")
    bill = boss_shop.bill("1004", "1002")
    coming = Coming(sold.key, {1: ONE}, "mixed up")

    def swapped(uid: UUID, override: Override | None = None) -> Document:
        return exchange(
            boss_shop.cashier, bill.draft, coming, [Paying(CASH, yuan("3.50"))],
            shown=yuan("3.50"), uid=uid, override=override,
        )  # fmt: skip

    uid = new_uid()
    with pytest.raises(NeedsOverride) as refused:
        swapped(uid)
    assert refused.value.fields["amount"] == 2_500
    assert swapped(uid, boss_shop.override(uid)).total == yuan("3.50")
    sound()


def test_half_a_bottle_does_not_come_back(boss_shop: Shop) -> None:
    """What a till does not sell in parts it takes back whole; a weight comes in grams."""
    sold = boss_shop.sell("1001", "1003", session=boss_shop.manager)
    for text in ("0.5", "0.001"):
        with pytest.raises(QuantityWrong):
            giving_back(sold.key, {1: Quantity.parse(text)})
    assert str(giving_back(sold.key, {2: Quantity.parse("0.333")}).total) == "3.30"


def unslipped(
    shop: Shop, bill: Basket, shown: Money, *, login: str = "manager", reason: str = "unwanted",
    is_scrapped: bool = False,
) -> Document:  # fmt: skip
    return return_without_slip(
        shop.who(login), bill.draft, [Paying(CASH, -shown)], shown=shown, reason=reason,
        is_scrapped=is_scrapped, uid=new_uid(),
    )  # fmt: skip


def test_without_a_slip_goods_are_bought_back(boss_shop: Shop) -> None:
    bill = boss_shop.bill("1002", "1003", session=boss_shop.manager)
    made = unslipped(boss_shop, bill, yuan("13.40"))
    assert (made.label, made.total, made.reverses_id) == ("R01-000001", yuan("-13.40"), None)
    assert stock.stock_of(boss_shop.goods("1002").key).quantity == Quantity.of(61)
    event = TillEvent.get(TillEvent.kind == "return unslipped")
    assert (event.amount, event.reason) == (yuan("13.40"), "unwanted")
    assert shift_view(made.shift).returns_total == yuan("13.40")
    scrapped = boss_shop.bill("1002", session=boss_shop.manager)
    unslipped(boss_shop, scrapped, yuan("3.50"), is_scrapped=True)
    assert stock.stock_of(boss_shop.goods("1002").key).quantity == Quantity.of(61)
    sound()


def test_without_a_slip_it_needs_a_right_with_a_limit(boss_shop: Shop) -> None:
    bill = boss_shop.bill("1004", session=boss_shop.manager)
    with pytest.raises(ReturnNeedsReason):
        unslipped(boss_shop, bill, yuan("25"), reason="other")
    with pytest.raises(TotalChanged):
        unslipped(boss_shop, bill, yuan("24"))
    with pytest.raises(BillEmpty):
        unslipped(boss_shop, boss_shop.bill(session=boss_shop.manager), yuan("0"))
    with pytest.raises(NeedsOverride) as refused:
        unslipped(boss_shop, boss_shop.bill("1001"), yuan("2"), login="cashier")
    assert refused.value.fields["right"] == "return unslipped"
    boss_shop.give(boss_shop.owner, "收银员", return_unslipped=2000, pay_out=None, give_refund=None)
    with pytest.raises(NeedsOverride):
        unslipped(boss_shop, boss_shop.bill("1004"), yuan("25"), login="cashier")
    assert unslipped(boss_shop, boss_shop.bill("1001"), yuan("2"), login="cashier").total == yuan(
        "-2"
    )
    take_for(boss_shop.manager, bill.draft, Paying(WECHAT, yuan("5")), uid=new_uid())
    with pytest.raises(PaymentsTaken):
        unslipped(boss_shop, bill, yuan("25"))


@pytest.mark.row("ORD-19", "TIL-03")
def test_what_the_owner_sees_of_what_came_back(boss_shop: Shop) -> None:
    """By kind of bill, by reason, and by cashier; the reason of a till event is said in words."""
    sold = boss_shop.sell("1001", "1002", "1004", session=boss_shop.manager)
    back(boss_shop, sold, l1="1", reason="damaged", is_scrapped=True)
    coming = Coming(sold.key, {3: ONE}, "damaged", "漏气")
    bill = boss_shop.bill("1002", session=boss_shop.manager)
    exchange(boss_shop.manager, bill.draft, coming, (), shown=yuan("-21.50"), uid=new_uid())
    void = boss_shop.sell("1002", session=boss_shop.manager)
    void_sale(boss_shop.manager, void.key, reason="tender", uid=new_uid())
    unslipped(boss_shop, boss_shop.bill("1001", session=boss_shop.manager), yuan("2"))

    assert _rows(boss_shop, BY_KIND) == [
        [FIRST_DAY, "Sale", 3, "33.19", "4.31", "37.50"],
        # One of them on the bill of what was taken instead: as the Z has it.
        [FIRST_DAY, "Return", 3, "-25.66", "-3.34", "-29.00"],
        [FIRST_DAY, "Sale undone", 1, "-3.10", "-0.40", "-3.50"],
    ]
    assert _rows(boss_shop, RETURNS_BY_REASON) == [
        ["Return", "Damaged or faulty", 2, "27.00"],
        ["Return", "Customer does not want it", 1, "2.00"],
        ["Sale undone", "Wrong way to pay", 1, "3.50"],
    ]
    assert [row[1:] for row in _rows(boss_shop, EXCEPTIONS)] == [
        ["Goods returned", 2, "27.00"],
        ["Goods returned without a slip", 1, "2.00"],
        ["Sale undone", 1, "3.50"],
    ]
    told = _rows(boss_shop, TILL_EVENTS)
    assert [(row[4], row[7]) for row in told] == [
        ("Goods returned", "Damaged or faulty"), ("Goods returned", "漏气"),
        ("Sale undone", "Wrong way to pay"),
        ("Goods returned without a slip", "Customer does not want it"),
    ]  # fmt: skip
    assert shift_view(sold.shift).cashier == "李经理"
    # What cost 18.33 for 3.00: below its cost, and less than a fifth of the average of 16.75; the
    # sale of the same that is undone is neither.
    cheap = []
    for _ in "12":
        bill = boss_shop.bill("1004", session=boss_shop.manager)
        override_price(boss_shop.manager, bill.draft, 1, yuan("3"), uid=new_uid())
        cheap.append(boss_shop.pay(basket.refresh(bill), session=boss_shop.manager))
    void_sale(boss_shop.manager, cheap[1].key, reason="tender", uid=new_uid())
    assert [row[1:] for row in _rows(boss_shop, EXCEPTIONS)][-2:] == [
        ["bill below a fifth of the average", 1, "3.00"], ["sold below cost", 1, "3.00"],
    ]  # fmt: skip
    boss_shop.sell("1001")
    assert shift_view(sold.shift).cashier == "李经理, 张收银"


def _rows(shop: Shop, kind: ReportKind) -> list[list[object]]:
    made = make(shop.owner, kind, Period(FIRST_DAY, FIRST_DAY))
    return [[str(cell) if isinstance(cell, Money) else cell for cell in row] for row in made.rows]
