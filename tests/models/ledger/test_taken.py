"""Payments of open work: stored as they are taken, kept over everything, taken off by an event."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.card_numbers import CardNumberRefused
from models.base.hot import query
from models.ledger import folio_kinds, folios
from models.ledger.daily import shift_life
from models.ledger.daily.shift_life import PaymentsOpen
from models.ledger.daily.shifts import NoOpenShift
from models.ledger.daily.till_events import TillEvent
from models.ledger.debts import account_payments
from models.ledger.debts.account_payments import NotForSuppliers, settle_account
from models.ledger.documents import Document
from models.ledger.payments import taken
from models.ledger.payments.taken import (
    CashElsewhere,
    PaymentGone,
    PaymentsTaken,
    due_of,
    take_for,
    take_off,
    taken_of,
)
from models.ledger.payments.taking import OverPaid, PaymentWrong, ReferenceNeeded
from models.ledger.proving import proof
from models.ledger.ways import tenders
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment, Tender
from models.shop import bill_changes, bill_life, sales
from models.shop.basket import Basket
from models.trust.drafts import DraftGone
from models.trust.operation import DuplicateUid, NeedsOverride, new_uid
from tests.stores import CARD, CASH, WECHAT, Shop, account, yuan

pytestmark = pytest.mark.row("TIL-01")
CARD_10 = Paying(CARD, yuan("10"), reference="A77", last_four="4242")


def take(shop: Shop, bill: Basket, paying: Paying, **more: Any) -> int:
    more.setdefault("uid", new_uid())
    return take_for(more.pop("by", shop.cashier), bill.draft, paying, **more)


def kept(draft: int) -> list[tuple[int, str, str]]:
    return [
        (each.tender.number, str(each.paying.given), each.paying.reference)
        for each in taken_of(draft).values()
    ]


def test_a_payment_is_stored_with_the_bill_and_sold_with_it(open_shop: Shop) -> None:
    bill = open_shop.bill("1004", "1002")
    assert due_of(bill.draft) == yuan("28.50")
    take(open_shop, bill, CARD_10)
    open_shop.reopen()
    assert kept(bill.draft) == [(CARD, "10.00", "A77")]
    rest = [Paying(CASH, yuan("20"))]
    sold = sales.sell(open_shop.cashier, bill.draft, rest, shown=yuan("28.50"), uid=new_uid())
    rows = Payment.select().where(Payment.document == sold.key).order_by(Payment.line)
    assert [(r.tender.number, str(r.amount), str(r.change), r.last_four) for r in rows] == [
        (CARD, "10.00", "0.00", "4242"), (CASH, "18.50", "1.50", ""),
    ]  # fmt: skip
    assert taken_of(bill.draft) == {} and not query('SELECT 1 FROM "taken_payment"')
    assert not proof.verify()


def test_a_bill_may_be_paid_by_what_was_stored_alone(open_shop: Shop) -> None:
    bill = open_shop.bill("1002")
    take(open_shop, bill, Paying(WECHAT, yuan("3.50")))
    sold = sales.sell(open_shop.cashier, bill.draft, [], shown=yuan("3.50"), uid=new_uid())
    assert sold.total == yuan("3.50")


def test_a_second_try_stores_one(open_shop: Shop) -> None:
    bill, uid = open_shop.bill("1004"), new_uid()
    assert take(open_shop, bill, CARD_10, uid=uid) == take(open_shop, bill, CARD_10, uid=uid)
    with pytest.raises(DuplicateUid):
        take(open_shop, bill, Paying(WECHAT, yuan("1")), uid=uid)
    assert kept(bill.draft) == [(CARD, "10.00", "A77")]


def test_what_is_refused(open_shop: Shop) -> None:
    bill = open_shop.bill("1004")
    take(open_shop, bill, CARD_10)
    for paying, refusal in (
        (Paying(WECHAT, yuan("15.01")), OverPaid),
        (Paying(CASH, yuan("0")), PaymentWrong),
        (Paying(CARD, yuan("1")), ReferenceNeeded),
        (Paying(CARD, yuan("1"), reference="4111_1111_1111_1111"), CardNumberRefused),
        (Paying(77, yuan("1")), tenders.TenderUnknown),
    ):
        with pytest.raises(refusal):
            take(open_shop, bill, paying)
    with pytest.raises(DraftGone):
        take(open_shop, bill, CARD_10, by=open_shop.who("cashier", 2))
    with pytest.raises(NeedsOverride):
        take(open_shop, bill, CARD_10, by=open_shop.who("auditor"))
    assert kept(bill.draft) == [(CARD, "10.00", "A77")]


def test_cash_is_taken_into_an_open_drawer_only(shop: Shop) -> None:
    bill = shop.bill("1004")
    with pytest.raises(NoOpenShift):
        take(shop, bill, Paying(CASH, yuan("5")))
    take(shop, bill, CARD_10)


def test_taking_one_off_needs_its_right_and_is_an_event(open_shop: Shop) -> None:
    bill = open_shop.bill("1004")
    line = take(open_shop, bill, CARD_10)
    open_shop.take(open_shop.owner, "收银员", "void payment")
    with pytest.raises(NeedsOverride):
        take_off(open_shop.cashier, bill.draft, line, uid=new_uid())
    take_off(open_shop.manager, bill.draft, line, reason="wrong card", uid=new_uid())
    event = TillEvent.get()
    assert (event.kind, event.amount, event.reason, event.what) == (
        "void payment", yuan("10"), "wrong card", "银行卡 4242 A77",
    )  # fmt: skip
    assert kept(bill.draft) == []
    with pytest.raises(PaymentGone):
        take_off(open_shop.manager, bill.draft, line, uid=new_uid())
    assert not proof.verify()


def test_a_bill_with_payments_is_neither_cancelled_nor_emptied(open_shop: Shop) -> None:
    bill = open_shop.bill("1004", "1002")
    line = take(open_shop, bill, CARD_10)
    bill_changes.remove_line(open_shop.cashier, bill.draft, 2, uid=new_uid())
    with pytest.raises(PaymentsTaken):
        bill_life.cancel_bill(open_shop.cashier, bill.draft, uid=new_uid())
    with pytest.raises(PaymentsTaken):
        bill_changes.remove_line(open_shop.cashier, bill.draft, 1, uid=new_uid())
    take_off(open_shop.cashier, bill.draft, line, uid=new_uid())
    bill_life.cancel_bill(open_shop.cashier, bill.draft, uid=new_uid())
    assert not proof.verify()


def test_a_held_and_fetched_bill_keeps_its_payments(open_shop: Shop) -> None:
    bill = open_shop.bill("1004")
    take(open_shop, bill, CARD_10)
    bill_life.hold_bill(open_shop.cashier, bill.draft, title="x", uid=new_uid())
    with pytest.raises(DraftGone):
        take(open_shop, bill, CARD_10)
    elsewhere = open_shop.who("cashier", 2)
    bill_life.fetch_bill(elsewhere, bill.draft, uid=new_uid())
    assert kept(bill.draft) == [(CARD, "10.00", "A77")]
    with pytest.raises(DraftGone):
        take_off(open_shop.cashier, bill.draft, 1, uid=new_uid())


def test_cash_stays_with_its_drawer(open_shop: Shop) -> None:
    bill = open_shop.bill("1004")
    take(open_shop, bill, Paying(CASH, yuan("5")))
    bill_life.hold_bill(open_shop.cashier, bill.draft, title="x", uid=new_uid())
    with pytest.raises(CashElsewhere):
        bill_life.fetch_bill(open_shop.who("cashier", 2), bill.draft, uid=new_uid())
    bill_life.fetch_bill(open_shop.cashier, bill.draft, uid=new_uid())


def test_a_drawer_is_not_counted_over_payments_of_no_books(open_shop: Shop) -> None:
    bill = open_shop.bill("1004")
    take(open_shop, bill, Paying(CASH, yuan("5")))
    bill_life.hold_bill(open_shop.cashier, bill.draft, title="x", uid=new_uid())
    with pytest.raises(PaymentsOpen):
        shift_life.count_drawer(open_shop.cashier, {1: 50_000}, uid=new_uid())
    bill_life.fetch_bill(open_shop.cashier, bill.draft, uid=new_uid())
    take_off(open_shop.cashier, bill.draft, 1, uid=new_uid())
    open_shop.close_shift()


def test_a_tender_that_was_taken_stays_what_it_is(open_shop: Shop) -> None:
    bill = open_shop.bill("1002")
    take(open_shop, bill, Paying(WECHAT, yuan("3.50")))
    wechat = Tender.get(Tender.number == WECHAT)
    values = {"number": 3, "name_zh": "微信", "name_en": "WeChat", "version": wechat.version}
    with pytest.raises(tenders.TenderInUse):
        tenders.save_tender(open_shop.owner, wechat.key, **values, kind="card", uid=new_uid())
    tenders.switch_tender(open_shop.owner, wechat.key, version=wechat.version, uid=new_uid())
    sales.sell(open_shop.cashier, bill.draft, [], shown=yuan("3.50"), uid=new_uid())


# --- accounts


def settle(shop: Shop, folio: folios.Folio, draft: int, amount: str, *more: Paying) -> Document:
    return account_payments.settle_account(
        shop.owner, folio, more, amount=yuan(amount), draft=draft, uid=new_uid()
    )


def test_a_payment_on_account_in_two_steps_survives_between_them(open_shop: Shop) -> None:
    folio = account(open_shop)
    draft = account_payments.begin_settlement(open_shop.owner, folio, yuan("30"))
    take_for(open_shop.owner, draft, CARD_10, uid=new_uid())
    open_shop.reopen()
    found = account_payments.open_settlement(folio, 1)
    assert found is not None and (found.key, found.head["amount"]) == (draft, 3000)
    for other, amount in ((folio, "31"), (account(open_shop), "30")):
        with pytest.raises(DraftGone):
            settle(open_shop, other, draft, amount, Paying(CASH, yuan("21")))
    paid = settle(open_shop, folio, draft, "30", Paying(CASH, yuan("20")))
    assert [str(row.amount) for row in Payment.select().order_by(Payment.line)] == [
        "10.00", "20.00",
    ]  # fmt: skip
    assert paid.total == yuan("30") and account_payments.open_settlement(folio, 1) is None
    assert folios.Folio.get_by_id(folio.key).balance == yuan("-30")
    assert not proof.verify()


def test_what_goes_out_is_stored_below_zero(open_shop: Shop) -> None:
    folio = folios.open_folio(
        open_shop.owner, kind=folio_kinds.SUPPLIER, name="批发", limit=yuan("0"),
        uid=new_uid(),
    )  # fmt: skip
    # Nothing and less would be a payment the other way round: refused before anything is taken.
    for none in ("0", "-30"):
        with pytest.raises(PaymentWrong):
            account_payments.begin_settlement(open_shop.owner, folio, yuan(none))
    # A supplier takes no vouchers of ours.
    tenders.save_tender(
        open_shop.owner,
        None,
        version=0,
        number=9,
        name_zh="券",
        name_en="V",
        kind="voucher",
        uid=new_uid(),
    )
    voucher = Paying(9, yuan("-30"))
    with pytest.raises(NotForSuppliers):
        settle_account(open_shop.owner, folio, [voucher], amount=yuan("30"), uid=new_uid())
    draft = account_payments.begin_settlement(open_shop.owner, folio, yuan("30"))
    assert taken.due_of(draft) == yuan("-30")
    with pytest.raises(OverPaid):
        take_for(open_shop.owner, draft, CARD_10, uid=new_uid())
    out = Paying(CARD, yuan("-30"), reference="A")
    with pytest.raises(NeedsOverride):
        take_for(open_shop.cashier, draft, out, uid=new_uid())
    take_for(open_shop.owner, draft, out, uid=new_uid())
    settle(open_shop, folio, draft, "30")
    assert folios.Folio.get_by_id(folio.key).balance == yuan("30")
    assert not proof.verify()
