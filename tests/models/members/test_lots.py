"""Vouchers and store credit: sold, used, given back, run out; what is owed is what is left."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from models.base.quantity import Quantity
from models.goods.codes import is_gtin
from models.ledger.accounts import (
    CREDIT_LIABILITY,
    DRAWER,
    SALES,
    VOUCHER_LIABILITY,
    VOUCHER_PROFIT,
)
from models.ledger.daily.days import BusinessDay, close_day
from models.ledger.documents import Document
from models.ledger.payments.taken import take_for
from models.ledger.payments.taking import RefundTooMuch
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.members.kinds import CREDIT, VOUCHER
from models.members.lots import (
    Lot,
    LotExpired,
    LotMove,
    LotNumberWrong,
    LotStopped,
    LotTaken,
    LotTooLittle,
    LotTooMuch,
    LotUnknown,
    lots_of,
    new_number,
)
from models.members.vouchers import (
    VoucherForVoucher,
    VoucherWrong,
    begin_voucher,
    open_voucher,
    pay_back_lot,
    save_lot,
    sell_voucher,
    switch_lot,
)
from models.reports.bills import sale_view
from models.reports.lot_lists import LOTS
from models.reports.lots import lot_money_view, lot_view
from models.reports.report import all_days, pages_of
from models.selling.items import find_item
from models.shop.basket import ring
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.shop.unslipped import CreditOnly, return_without_slip
from models.trust.operation import NeedsOverride, new_uid
from models.trust.settings import change_settings
from tests.models.members.carded import balance, way
from tests.models.worked import planting
from tests.stores import CARD, CASH, Shop, yuan

pytestmark = pytest.mark.row("TIL-01")
NUMBER, CREDIT_NUMBER = "1234567897", "2000000002"
ALL = Quantity.of(1)


def voucher(shop: Shop, amount: str = "50", number: str = NUMBER, tender: int = CASH) -> Document:
    return sell_voucher(
        shop.cashier, number, [Paying(tender, yuan(amount), reference="A1")], amount=yuan(amount),
        uid=new_uid(),
    )  # fmt: skip


def rest(number: str = NUMBER) -> str:
    return ", ".join(str(lot.rest) for lot in lots_of(number))


def by_voucher(amount: str, number: str = NUMBER, kind: str = VOUCHER) -> Paying:
    return Paying(way(kind), yuan(amount), code=number)


def credit_for(shop: Shop, sold: Document, amount: str, number: str = CREDIT_NUMBER) -> Document:
    """All goods of a one-line sale come back for store credit."""
    return return_goods(
        shop.manager, sold.key, {1: ALL}, shown=yuan(amount), reason="damaged",
        payings=[by_voucher(f"-{amount}", number, CREDIT)], uid=new_uid(),
    )  # fmt: skip


def test_a_number_checks_itself_and_is_not_guessed() -> None:
    numbers = {new_number() for _ in range(50)}
    assert len(numbers) == 50
    assert all(each.startswith("99") and is_gtin(each) for each in numbers)


def test_a_voucher_is_owed_until_it_is_used_and_its_slip_says_what_is_left(
    open_shop: Shop,
) -> None:
    sold = voucher(open_shop)
    assert (balance(VOUCHER_LIABILITY), balance(SALES), rest()) == ("50.00", "0.00", "50.00")
    paper = lot_view(Lot.get().key)
    assert (paper.number, str(paper.value), str(paper.rest)) == (NUMBER, "50.00", "50.00")
    assert paper.expires == Lot.get().day + timedelta(days=1095)
    receipt = lot_money_view(sold.key)
    assert (str(receipt.total), receipt.lot, receipt.is_out) == ("50.00", NUMBER, False)

    # 25.00 by voucher alone, then 25.00 of the rest and 3.50 in cash.
    bill = open_shop.pay(open_shop.bill("1004"), tender=way(VOUCHER), code=NUMBER)
    assert (rest(), balance(VOUCHER_LIABILITY)) == ("25.00", "25.00")
    view = sale_view(bill.key)
    assert [(one.code, str(one.rest)) for one in view.payments] == [(NUMBER, "25.00")]
    mixed = open_shop.bill("1004", "1002")
    payings = [by_voucher("25"), Paying(CASH, yuan("3.50"))]
    sell(open_shop.cashier, mixed.draft, payings, shown=yuan("28.50"), uid=new_uid())
    assert (rest(), balance(VOUCHER_LIABILITY)) == ("0.00", "0.00")
    assert not proof.verify()


def test_what_is_no_voucher_here_pays_nothing(open_shop: Shop) -> None:
    voucher(open_shop)
    bill = open_shop.bill("1004", "1004", "1004")

    def pay(paying: Paying) -> None:
        take_for(open_shop.cashier, bill.draft, paying, uid=new_uid())

    for paying, refusal in (
        (by_voucher("1", "7"), LotUnknown),
        (by_voucher("1", NUMBER, CREDIT), LotUnknown),
        (by_voucher("50.01"), LotTooLittle),
    ):
        with pytest.raises(refusal):
            pay(paying)
    # Two payments by one number count together.
    pay(by_voucher("30"))
    with pytest.raises(LotTooLittle) as little:
        pay(by_voucher("20.01"))
    assert str(little.value.fields["rest"]) == "50.00"

    lot = Lot.get()
    with pytest.raises(NeedsOverride):
        switch_lot(open_shop.cashier, lot.key, version=lot.version, uid=new_uid())
    lot = switch_lot(open_shop.manager, lot.key, version=lot.version, uid=new_uid())
    with pytest.raises(LotStopped):
        pay(by_voucher("1"))
    switch_lot(open_shop.manager, lot.key, version=lot.version, uid=new_uid())
    lot = Lot.get()
    save_lot(
        open_shop.manager, lot.key, version=lot.version, expires=lot.day - timedelta(days=1),
        uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(LotExpired):
        pay(by_voucher("1"))


def test_what_a_voucher_cannot_be(open_shop: Shop) -> None:
    for number, amount, refusal in (
        (NUMBER, "0", VoucherWrong),
        ("6901234500011", "50", LotNumberWrong),
        ("7", "50", LotNumberWrong),
    ):
        with pytest.raises(refusal):
            voucher(open_shop, amount, number)
    voucher(open_shop)
    with pytest.raises(VoucherForVoucher):
        sell_voucher(
            open_shop.cashier, "4444444444", [by_voucher("50")], amount=yuan("50"), uid=new_uid()
        )
    credit_for(open_shop, open_shop.sell("1002"), "3.50")
    with pytest.raises(LotTaken):
        voucher(open_shop, "50", CREDIT_NUMBER)
    # More onto one that there is: two lots, one number.
    voucher(open_shop, "20")
    assert rest() == "50.00, 20.00"
    # Of a number, what is over is passed by.
    first = lots_of(NUMBER)[0]
    for expires, left in ((first.day - timedelta(days=1), "50.00, 16.50"), (first.expires, "")):
        save_lot(
            open_shop.manager, first.key, version=Lot.get_by_id(first.key).version,
            expires=expires, uid=new_uid(),
        )  # fmt: skip
        if left:
            open_shop.sell("1002", tender=way(VOUCHER), code=NUMBER)
            assert rest() == left
    open_shop.sell("1004", "1004", "1003", tender=way(VOUCHER), code=NUMBER)
    assert rest() == "0.00, 6.60"


def test_goods_come_back_for_credit_however_they_were_paid(open_shop: Shop) -> None:
    sold = open_shop.sell("1004", tender=CARD, reference="A77")
    with pytest.raises(RefundTooMuch):
        return_goods(
            open_shop.manager, sold.key, {1: ALL}, shown=yuan("25"), reason="damaged",
            payings=[Paying(CASH, yuan("-25"))], uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(LotNumberWrong):
        credit_for(open_shop, sold, "25.00", "6901234500011")
    credit_for(open_shop, sold, "25.00")
    assert (rest(CREDIT_NUMBER), balance(CREDIT_LIABILITY)) == ("25.00", "25.00")
    assert lots_of(CREDIT_NUMBER)[0].expires is None

    # It pays, comes back onto itself, and is paid out as the goods were: by card, never in cash.
    paid = open_shop.pay(open_shop.bill("1002"), tender=way(CREDIT), code=CREDIT_NUMBER)
    assert rest(CREDIT_NUMBER) == "21.50"
    credit_for(open_shop, paid, "3.50")
    assert rest(CREDIT_NUMBER) == "25.00"
    open_shop.pay(open_shop.bill("1002"), tender=way(CREDIT), code=CREDIT_NUMBER)
    lot = lots_of(CREDIT_NUMBER)[0]
    with pytest.raises(RefundTooMuch):
        pay_back_lot(open_shop.manager, lot, [Paying(CASH, yuan("-21.50"))], uid=new_uid())
    back = pay_back_lot(
        open_shop.manager, lot, [Paying(CARD, yuan("-21.50"), reference="R1")], uid=new_uid()
    )
    assert (str(back.total), rest(CREDIT_NUMBER), balance(CREDIT_LIABILITY)) == (
        "-21.50", "0.00", "0.00",
    )  # fmt: skip
    with pytest.raises(LotTooLittle):
        pay_back_lot(open_shop.manager, lot, [], uid=new_uid())
    assert not proof.verify()


@pytest.mark.row("ORD-18")
def test_without_a_slip_it_stays_as_credit_where_the_store_says_so(open_shop: Shop) -> None:
    def come_back(*payings: Paying) -> Document:
        bill = open_shop.bill("1004")
        return return_without_slip(
            open_shop.manager, bill.draft, payings, shown=yuan("25"), reason="damaged",
            uid=new_uid(),
        )  # fmt: skip

    come_back(Paying(CASH, yuan("-25")))
    change_settings(open_shop.owner, {"shop.unslipped_credit": True}, uid=new_uid())
    with pytest.raises(CreditOnly):
        come_back(Paying(CASH, yuan("-20")), by_voucher("-5", CREDIT_NUMBER, CREDIT))
    come_back(by_voucher("-25", CREDIT_NUMBER, CREDIT))
    assert rest(CREDIT_NUMBER) == "25.00"
    # And never out, in cash or onto another number: nobody paid any.
    lot = lots_of(CREDIT_NUMBER)[0]
    for paying in (Paying(CASH, yuan("-25")), by_voucher("-25", "3000000001", CREDIT)):
        with pytest.raises(RefundTooMuch):
            pay_back_lot(open_shop.manager, lot, [paying], uid=new_uid())
    assert not proof.verify()


def test_no_more_goes_onto_a_voucher_than_it_was_worth(open_shop: Shop) -> None:
    voucher(open_shop, "25")
    sold = open_shop.sell("1004", tender=way(VOUCHER), code=NUMBER)
    other = open_shop.sell("1002")
    with pytest.raises(LotTooMuch), planting() as plant:
        plant(f'UPDATE "lot" SET "rest" = 2499 WHERE "number" = \'{NUMBER}\'')
        return_goods(
            open_shop.manager, sold.key, {1: ALL}, shown=yuan("25"), reason="damaged", uid=new_uid()
        )
    with pytest.raises(RefundTooMuch):
        return_goods(
            open_shop.manager, other.key, {1: ALL}, shown=yuan("3.50"), reason="damaged",
            payings=[by_voucher("-3.50")], uid=new_uid(),
        )  # fmt: skip
    # A voucher that is over by the time its goods come back is good for a month more.
    lot = Lot.get()
    save_lot(
        open_shop.manager, lot.key, version=lot.version, expires=lot.day - timedelta(days=9),
        uid=new_uid(),
    )  # fmt: skip
    return_goods(
        open_shop.manager, sold.key, {1: ALL}, shown=yuan("25"), reason="damaged", uid=new_uid()
    )
    assert (rest(), Lot.get().expires) == ("25.00", lot.day + timedelta(days=30))


def test_the_days_close_earns_what_ran_out(open_shop: Shop) -> None:
    settings = {"members.voucher_days": 1}
    change_settings(open_shop.owner, settings, uid=new_uid())
    voucher(open_shop)
    open_shop.sell("1002", tender=way(VOUCHER), code=NUMBER)
    for left in ("46.50", "0.00"):
        open_shop.close_shift()
        day = BusinessDay.get(BusinessDay.state == "open").date
        close_day(open_shop.owner, next_day=day + timedelta(days=1), uid=new_uid())
        # Good through the day after it was sold.
        assert rest() == left
        open_shop.open_shift()
    assert (balance(VOUCHER_PROFIT), balance(VOUCHER_LIABILITY)) == ("46.50", "0.00")
    bill = open_shop.bill("1002")
    with pytest.raises(LotTooLittle):
        open_shop.pay(bill, tender=way(VOUCHER), code=NUMBER)
    ((row, *_), *_) = pages_of(open_shop.owner, LOTS, all_days())
    assert [str(one) for one in row[1:]] == [
        "0.00", "50.00", "0.00", "-3.50", "0.00", "-46.50", "0.00",
    ]  # fmt: skip
    assert not proof.verify()


def test_a_voucher_paid_in_steps_survives_and_is_sold_once(open_shop: Shop) -> None:
    draft = begin_voucher(open_shop.cashier, NUMBER, yuan("50"), None)
    card = Paying(CARD, yuan("30"), reference="A1")
    take_for(open_shop.cashier, draft, card, uid=new_uid())
    open_shop.reopen()
    found = open_voucher(1)
    assert found is not None and found.key == draft
    uid, cash = new_uid(), [Paying(CASH, yuan("20"))]
    once, twice = (
        sell_voucher(
            open_shop.cashier, NUMBER, cash, amount=yuan("50"), draft=draft, uid=uid
        )
        for _ in range(2)
    )  # fmt: skip
    assert (once, rest(), balance(DRAWER)) == (twice, "50.00", "-520.00")
    assert open_voucher(1) is None


@pytest.mark.case("stored_value-001", "stored_value-003", "stored_value-004", "stored_value-006")
def test_published_cases_of_stored_value(open_shop: Shop, vectors: Path) -> None:
    """Those that two ask at once are in tests/models/test_concurrency.py, too."""
    cases = json.loads((vectors / "shop_cases.json").read_text("utf-8"))
    found = [case for case in cases if case["kind"] == "stored_value"]
    assert len(found) == 4
    for case in found:
        given, wanted = case["input"], case["expected"]
        number = f"V{case['id'].replace('-', '').replace('_', '')}"
        has, left = (part.get("balance") or f"{part['points']}.00" for part in (given, wanted))
        spends = given.get("concurrent_spends") or [given.get("spend")]
        voucher(open_shop, has, number)
        accepted = 0
        for spend in spends:
            try:
                take_voucher(open_shop, number, f"{float(spend):.2f}")
            except LotTooLittle:
                continue
            accepted += 1
        assert accepted == wanted.get("accepted_count", int(wanted.get("accepted", 0)))
        assert rest(number) == left


def take_voucher(shop: Shop, number: str, amount: str) -> None:
    """Goods for exactly so much, as many pieces as it takes of what costs 5.00."""
    bill = shop.bill()
    ring(bill, find_item("1005"), Quantity.of(int(yuan(amount).minor) // 500))
    sell(shop.cashier, bill.draft, [by_voucher(amount, number)], shown=yuan(amount), uid=new_uid())


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("LotRestWrong", 'UPDATE "lot" SET "rest" = "rest" - 1'),
        ("LotMovesWrong", 'UPDATE "lot_move" SET "amount" = "amount" - 1'),
        ("LotAccountWrong", 'UPDATE "day_total" SET "credit" = "credit" + 1 '
                            f'WHERE "account" = {VOUCHER_LIABILITY}'),
        ("MarkWrong", 'UPDATE "lot" SET "value" = "value" + 1'),
        ("MarkWrong", 'UPDATE "lot" SET "expires" = NULL'),
    ],
)  # fmt: skip
def test_verify_names_a_lot_that_was_altered(open_shop: Shop, code: str, fault: str) -> None:
    voucher(open_shop)
    with planting() as plant:
        plant(fault)
        assert code in {found.code for found in proof.verify()}
    assert LotMove.select().count() == 1
