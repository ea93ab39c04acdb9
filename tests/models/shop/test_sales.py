"""Selling: what is posted, what is refused, and that a second try changes nothing."""

from __future__ import annotations

import pytest

from models.base.card_numbers import CardNumberRefused
from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Goods
from models.ledger import folio_kinds
from models.ledger.daily import shift_life, shifts
from models.ledger.daily.shift_life import WorkUnfinished
from models.ledger.daily.shifts import NoOpenShift, ShiftIsCounted
from models.ledger.documents import Document, Entry
from models.ledger.folios import CreditLimitExceeded, Folio, FolioNotOpen
from models.ledger.payments.taking import NotPaid, OverPaid, ReferenceNeeded
from models.ledger.ways.tender_kinds import AccountNeeded, Paying
from models.ledger.ways.tenders import Payment, Tender, TenderUnknown
from models.reports.takings import shift_view
from models.selling import items
from models.selling.charges import ChargeLine, ChargeStaff
from models.shop import basket, bill_changes, sales
from models.shop.sales import Sale, TotalChanged
from models.shop.stored_bills import BillEmpty
from models.stock import stock
from models.stock.stock import OutOfStock
from models.trust import drafts
from models.trust.drafts import DraftGone
from models.trust.operation import DuplicateUid, NeedsOverride, OverrideRefused, new_uid
from models.trust.records import LinkUnknown
from models.trust.settings import change_settings
from tests.stores import CARD, CASH, FIRST_DAY, ON_ACCOUNT, WECHAT, Shop, account, sound, yuan

pytestmark = pytest.mark.row("ORD-26", "TIL-01", "NFR-03")


def test_a_cash_sale(open_shop: Shop) -> None:
    sold = open_shop.sell("1001", "1002", given="10.00")
    entries = {e.account_id: e.amount for e in Entry.select().where(Entry.document == sold.key)}
    assert entries == {
        1001: yuan("5.50"), 6001: yuan("-4.87"), 2221: yuan("-0.63"), 6401: yuan("3.30"),
        1405: yuan("-3.30"),
    }  # fmt: skip
    paid = Payment.get(Payment.document == sold.key)
    assert (paid.given, paid.change, paid.amount) == (yuan("10"), yuan("4.50"), yuan("5.50"))
    assert Sale.get_by_id(sold.key).total == yuan("5.50")
    assert stock.stock_of(open_shop.goods("1001").key).quantity == Quantity.of(99)
    sound()


def test_who_served_stands_on_every_line(open_shop: Shop) -> None:
    bill = open_shop.bill("1001", "1002")
    with pytest.raises(LinkUnknown):
        basket.set_salesperson(bill, 77)
    for user in (open_shop.users["manager"], None, open_shop.users["clerk"]):
        basket.set_salesperson(bill, user)
    open_shop.pay(basket.refresh(bill))
    served = [(s.of_line, s.user, s.name, s.role, str(s.share)) for s in ChargeStaff.select()]
    whole = (open_shop.users["clerk"], "赵库管", "salesperson", "1")
    assert served == [(1, *whole), (2, *whole)]
    assert Sale.get().salesperson == "赵库管"
    lines = [(s.kind, s.account, s.day) for s in ChargeLine.select()]
    assert lines == [("goods", 6001, FIRST_DAY)] * 2
    sound()


def test_a_carton_takes_its_pieces_from_the_stock(open_shop: Shop) -> None:
    open_shop.sell("6901234500066")
    line = ChargeLine.get()
    assert (line.quantity, line.pack, line.amount) == (
        Quantity.of(1),
        Quantity.of(6),
        yuan("19.90"),
    )
    assert stock.stock_of(open_shop.goods("1002").key).quantity == Quantity.of(54)
    sound()


def test_goods_by_weight_count_as_one_thing_and_a_carton_as_what_is_in_it(open_shop: Shop) -> None:
    bill = open_shop.bill("1001", "6901234500066")
    basket.ring(bill, items.find_item("1003"), Quantity.parse("2.5"))
    assert bill.pieces == Quantity.of(8)
    open_shop.pay(bill)
    assert Sale.get().pieces == Quantity.of(8)
    sound()


def test_a_sale_in_several_tenders(open_shop: Shop) -> None:
    bill = open_shop.bill("1004", "1003")
    due = bill.amount_due
    payings = [
        Paying(CARD, yuan("10"), reference="A77", last_four="4242"),
        Paying(WECHAT, yuan("4.90")),
        Paying(CASH, yuan("30")),
    ]
    sold = sales.sell(open_shop.cashier, bill.draft, payings, shown=due, uid=new_uid())
    rows = Payment.select().where(Payment.document == sold.key).order_by(Payment.line)
    assert [(row.amount, row.change) for row in rows] == [
        (yuan("10"), yuan("0")),
        (yuan("4.90"), yuan("0")),
        (yuan("20"), yuan("10")),
    ]
    sound()


def test_cash_is_rounded_and_cards_are_not(open_shop: Shop) -> None:
    change_settings(open_shop.owner, {"cash.step": 10}, uid=new_uid())
    bill = open_shop.bill()
    basket.ring(bill, items.find_item("1003"), Quantity.parse("0.307"))
    assert bill.amount_due == yuan("3.04")
    sold = open_shop.pay(bill, "5.00")
    assert (sold.total, Sale.get_by_id(sold.key).rounding) == (yuan("3.00"), yuan("-0.04"))
    bill = open_shop.bill()
    basket.ring(bill, items.find_item("1003"), Quantity.parse("0.307"))
    assert open_shop.pay(bill, tender=WECHAT).total == yuan("3.04")
    sound()
    # On X and Z: what was sold is the goods and the rounding.
    x = shift_view(shifts.open_shift_key(1))
    assert (x.sales_total, x.rounding) == (yuan("6.04"), yuan("-0.04"))
    assert [amount for _, _, amount in x.categories] == [yuan("6.08")]


def test_a_free_item_is_a_document_too(open_shop: Shop) -> None:
    bill = open_shop.bill("1005")
    number = bill.lines[0].number
    bill_changes.override_price(open_shop.owner, bill.draft, number, yuan("0"), uid=new_uid())
    sold = open_shop.pay(basket.refresh(bill), "0")
    assert sold.total == yuan("0")
    sound()


def test_a_second_try_changes_nothing(open_shop: Shop) -> None:
    bill, uid = open_shop.bill("1001"), new_uid()
    due = bill.amount_due
    first = open_shop.pay(bill, uid=uid)
    again = sales.sell(open_shop.cashier, bill.draft, [Paying(CASH, due)], shown=due, uid=uid)
    assert (again.key, again.label) == (first.key, first.label)
    with pytest.raises(DuplicateUid):
        sales.sell(open_shop.cashier, bill.draft, [Paying(CARD, due)], shown=due, uid=uid)
    with pytest.raises(DraftGone):
        sales.sell(open_shop.cashier, bill.draft, [Paying(CASH, due)], shown=due, uid=new_uid())
    assert Document.select().where(Document.kind == "sale").count() == 1
    sound()


def test_no_shift_no_sale(shop: Shop) -> None:
    bill = shop.bill("1001")
    with pytest.raises(NoOpenShift):
        shop.pay(bill)
    shop.open_shift()
    # A count of goods that lies open there is none of the drawer's work.
    other = drafts.begin_draft(1, shop.cashier.user, "count", {})
    drafts.save_line(other.key, 1, 1, {}, kind="count")
    with pytest.raises(WorkUnfinished) as refused:
        shift_life.count_drawer(shop.cashier, {10_000: 5}, uid=new_uid())
    assert refused.value.fields == {"lines": 1}
    shift_life.count_drawer(shop.cashier, {10_000: 5}, leaves_work=True, uid=new_uid())
    with pytest.raises(ShiftIsCounted):
        shop.pay(bill)


def test_what_is_refused_uses_up_nothing(open_shop: Shop) -> None:
    bill = open_shop.bill("1001")
    due, who = bill.amount_due, open_shop.cashier
    cases: list[tuple[list[Paying], Money, type[Exception]]] = [
        ([Paying(CASH, yuan("1"))], due, NotPaid),
        ([], due, NotPaid),
        ([Paying(CASH, due)], yuan("1.99"), TotalChanged),
        ([Paying(CARD, yuan("3"), reference="x")], due, OverPaid),
        ([Paying(CARD, yuan("5"), reference="x"), Paying(CASH, yuan("1"))], due, OverPaid),
        # Cash handed out against a card: the drawer would pay it.
        ([Paying(CARD, yuan("5"), reference="x"), Paying(CASH, yuan("-3.10"))], due, OverPaid),
        # The rest of a card in cash: nobody gives it alone.
        ([Paying(CARD, yuan("5"), reference="x"), Paying(CASH, yuan("-3"))], due, NeedsOverride),
        ([Paying(CARD, due)], due, ReferenceNeeded),
        ([Paying(CARD, due, reference="6222021234567890128")], due, CardNumberRefused),
        ([Paying(CARD, due, reference="x", last_four="12345")], due, CardNumberRefused),
        ([Paying(ON_ACCOUNT, due)], due, AccountNeeded),
        ([Paying(ON_ACCOUNT, due, folio=4711)], due, FolioNotOpen),
        ([Paying(77, due)], due, TenderUnknown),
    ]
    for payings, shown, refusal in cases:
        with pytest.raises(refusal):
            sales.sell(who, bill.draft, payings, shown=shown, uid=new_uid())
    with pytest.raises(BillEmpty):
        empty = open_shop.bill()
        sales.sell(who, empty.draft, [], shown=yuan("0"), uid=new_uid())
    assert open_shop.pay(basket.refresh(bill)).label == "S01-000001"
    sound()


def test_a_tender_that_is_switched_off(open_shop: Shop) -> None:
    Tender.update(is_active=False).where(Tender.number == WECHAT).execute()
    with pytest.raises(TenderUnknown):
        open_shop.sell("1001", tender=WECHAT)


@pytest.mark.row("AR-04")
def test_a_charge_to_an_account(open_shop: Shop) -> None:
    folio = account(open_shop)
    open_shop.sell("1004", tender=ON_ACCOUNT, folio=folio.key)
    assert Folio.get_by_id(folio.key).balance == yuan("25")
    sound()


@pytest.mark.row("AR-25")
def test_the_credit_limit(open_shop: Shop) -> None:
    folio = account(open_shop, "40")
    open_shop.sell("1004", tender=ON_ACCOUNT, folio=folio.key)
    bill, uid = open_shop.bill("1004"), new_uid()
    with pytest.raises(CreditLimitExceeded):
        open_shop.pay(bill, tender=ON_ACCOUNT, folio=folio.key, uid=uid)
    approval = open_shop.override(uid)
    due = bill.amount_due
    sales.sell(
        open_shop.cashier, bill.draft, [Paying(ON_ACCOUNT, due, folio=folio.key)], shown=due,
        uid=uid, override=approval,
    )  # fmt: skip
    assert Folio.get_by_id(folio.key).balance == yuan("50")
    sound()


def test_two_charges_of_one_bill_count_together(open_shop: Shop) -> None:
    folio = account(open_shop, "20")
    bill = open_shop.bill("1004")
    payings = [Paying(ON_ACCOUNT, yuan(part), folio=folio.key) for part in ("15", "10")]
    with pytest.raises(CreditLimitExceeded):
        sales.sell(open_shop.cashier, bill.draft, payings, shown=bill.amount_due, uid=new_uid())


def test_a_supplier_is_no_customer(open_shop: Shop) -> None:
    supplier = account(open_shop, kind=folio_kinds.SUPPLIER)
    with pytest.raises(AccountNeeded):
        open_shop.sell("1001", tender=ON_ACCOUNT, folio=supplier.key)


def test_an_account_named_with_cash_is_not_charged(open_shop: Shop) -> None:
    folio = account(open_shop)
    open_shop.sell("1001", tender=CASH, folio=folio.key)
    assert Folio.get_by_id(folio.key).balance == yuan("0")
    sound()


def test_a_long_reference_is_cut_to_what_is_kept(open_shop: Shop) -> None:
    open_shop.sell("1001", tender=CARD, reference="R" * 200)
    assert Payment.get().reference == "R" * 60


def test_the_last_piece(open_shop: Shop) -> None:
    for _ in range(4):
        open_shop.sell("1004")
    assert stock.stock_of(open_shop.goods("1004").key).quantity == Quantity.of(-1)
    sound()
    bill, uid = open_shop.bill("1004"), new_uid()
    change_settings(open_shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    with pytest.raises(OutOfStock):
        open_shop.pay(bill, uid=uid)
    due = bill.amount_due
    sales.sell(
        open_shop.cashier, bill.draft, [Paying(CASH, due)], shown=due, uid=uid,
        override=open_shop.override(uid),
    )  # fmt: skip
    # What covers the shortage at another cost corrects the cost of sales.
    stock.adjust_stock(
        open_shop.owner, open_shop.goods("1004"), Quantity.of(10), reason="收货", uid=new_uid()
    )
    sound()


def test_an_approval_by_somebody_without_the_right(open_shop: Shop) -> None:
    Goods.update(is_stocked=True).execute()
    uid = new_uid()
    bill = open_shop.bill("1001")
    approval = open_shop.override(uid)
    query_role = 'UPDATE "user" SET "role_id" = (SELECT "role_id" FROM "user" '
    from models.base.database import database

    database.execute_sql(query_role + "WHERE \"login\" = 'auditor') WHERE \"login\" = 'manager'")
    with pytest.raises(OverrideRefused):
        bill_changes.override_price(
            open_shop.cashier, bill.draft, bill.lines[0].number, yuan("1"), uid=uid,
            override=approval,
        )  # fmt: skip
    assert query('SELECT count(*) FROM "audit" WHERE "verb" = \'denied\'') == [(1,)]


def test_a_basket_of_another_register_is_not_sold(open_shop: Shop) -> None:
    bill = open_shop.bill("1001")
    elsewhere = open_shop.who("cashier", 2)
    shift_life.open_shift(elsewhere, {}, uid=new_uid())
    with pytest.raises(DraftGone):
        sales.sell(
            elsewhere, bill.draft, [Paying(CASH, bill.amount_due)], shown=bill.amount_due,
            uid=new_uid(),
        )  # fmt: skip


def test_rate_and_amount_off_the_bill(open_shop: Shop) -> None:
    bill = open_shop.bill("1001", "1002", "1004")
    bill_changes.discount_bill(open_shop.cashier, bill.draft, Rate.percent("10"), uid=new_uid())
    bill = basket.refresh(bill)
    assert bill.amount_due == yuan("27.45")
    sold = open_shop.pay(bill)
    assert Sale.get_by_id(sold.key).discount == yuan("3.05")
    sound()
