"""Charges on folios, taken apart, and put right in three ways that leave both lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.hotel.charges import services
from models.hotel.charges.charge_parts import ChargeRules, charge_parts
from models.hotel.charges.folio_lines import FolioLine, lines_of
from models.hotel.charges.postings import (
    AdjustmentWrong,
    ChargeWrong,
    DayIsClosed,
    LineAnswered,
    LineIsCorrection,
    adjust_line,
    post_to_folio,
    void_charge,
)
from models.hotel.charges.services import (
    Service,
    ServiceUnknown,
    ServiceWrong,
    save_service,
)
from models.hotel.folios.transfers import SplitWrong, TransferWrong, split_line, transfer_lines
from models.ledger import folios
from models.ledger.accounts import OUTPUT_TAX, RECEIVABLE, SALES, SERVICE_SALES
from models.ledger.daily.days import close_day
from models.ledger.documents import DayTotal, Document
from models.ledger.folio_kinds import OUTSIDE
from models.ledger.folios import CreditLimitExceeded, Folio, FolioNotOpen, open_folio
from models.ledger.proving import proof
from models.selling.charges import ChargeLine, ChargeTax
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import RecordChanged, RecordTaken
from tests.models.hotel.house import House
from tests.stores import FIRST_DAY, yuan


@pytest.fixture
def guest(house: House) -> Folio:
    """An outsider's folio, in a house whose prices hold 6 per cent of tax."""
    services.Service.update(tax=Rate.percent("6")).execute()
    return open_folio(house.desk, kind=OUTSIDE, name="散客", limit=yuan("5000"), uid=new_uid())


def balance(folio: Folio) -> str:
    return str(Folio.get_by_id(folio.key).balance)


def last(folio: Folio) -> FolioLine:
    return lines_of(folio.key)[-1]


def charge(house: House, folio: Folio, amount: str = "106.00", code: str = "2000") -> FolioLine:
    post_to_folio(house.desk, folio, code, yuan(amount), uid=new_uid())
    return last(folio)


@pytest.mark.parametrize(
    ("price", "rules", "parts"),
    [
        ("1177.00", ChargeRules(Rate.percent("10"), Rate.percent("7")), "1000.00 100.00 77.00"),
        ("100.00", ChargeRules(tax=Rate.percent("10")), "90.91 0.00 9.09"),
        ("100.00", ChargeRules(tax=Rate.percent("10"), is_included=False), "100.00 0.00 10.00"),
        (
            "450.00",
            ChargeRules(Rate.percent("10"), Rate.percent("6"), is_included=False),
            "450.00 45.00 29.70",
        ),
        (
            "120.00",
            ChargeRules(Rate.percent("10"), Rate.percent("10"), True, taxes_service=False),
            "100.00 10.00 10.00",
        ),
        ("400.00", ChargeRules(tax=Rate.percent("6")), "377.36 0.00 22.64"),
    ],
)
def test_a_price_taken_apart(price: str, rules: ChargeRules, parts: str) -> None:
    found = charge_parts(yuan(price), rules)
    assert f"{found.net} {found.service} {found.tax}" == parts
    back = charge_parts(-yuan(price), rules)
    assert (back.net, back.service, back.tax) == (-found.net, -found.service, -found.tax)


@pytest.mark.row("HTL-02", "HTL-03", "HTL-23")
def test_a_charge_is_a_line_with_its_operator_and_its_books(house: House, guest: Folio) -> None:
    line = charge(house, guest)
    assert (line.text, line.department, str(line.amount)) == (
        "餐饮", "food", "106.00",
    )  # fmt: skip
    assert (str(line.net), str(line.tax)) == ("100.00", "6.00")
    assert line.document.user == house.desk.user and line.document.day == line.service_day
    assert balance(guest) == "106.00"
    totals = {row.account: row.debit - row.credit for row in DayTotal.select()}
    assert totals[RECEIVABLE] == 10_600
    assert (totals[SERVICE_SALES], totals[OUTPUT_TAX]) == (-10_000, -600)
    assert not proof.verify()


def test_prices_by_piece_and_what_cannot_be_charged(house: House, guest: Folio) -> None:
    water = save_service(
        house.shop.owner, None, version=0, code="5001", name="矿泉水", department="minibar",
        account=6001, price=yuan("8"), uid=new_uid(),
    )  # fmt: skip
    post_to_folio(house.desk, guest, "5001", quantity=Quantity.of(3), uid=new_uid())
    assert balance(guest) == "24.00"
    for amount in (yuan("0"), yuan("-1"), None):
        with pytest.raises(ChargeWrong):
            post_to_folio(house.desk, guest, "2000", amount, uid=new_uid())
    with pytest.raises(ServiceUnknown):
        post_to_folio(house.desk, guest, "7777", yuan("1"), uid=new_uid())
    house.shop.give(house.shop.owner, "收银员", post_charge=None)
    with pytest.raises(CreditLimitExceeded):
        post_to_folio(house.shop.cashier, guest, "2000", yuan("4999"), uid=new_uid())
    owner = house.shop.owner
    with pytest.raises(RecordTaken):
        save_service(
            owner, None, version=0, code="5001", name="x", department="minibar", account=6001,
            uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(RecordChanged):
        save_service(
            owner, water.key, version=7, code="5001", name="x", department="minibar",
            account=6001, uid=new_uid(),
        )  # fmt: skip
    for department, account in (("minibar", RECEIVABLE), ("minibar", 1), ("bar", 6001)):
        with pytest.raises(ServiceWrong):
            save_service(
                owner, water.key, version=1, code="5001", name="x", department=department,
                account=account, uid=new_uid(),
            )  # fmt: skip


@pytest.mark.case("HU-19")
@pytest.mark.row("HTL-06")
def test_a_void_of_today_leaves_both_lines(house: House, guest: Folio) -> None:
    line = charge(house, guest, "80.00")
    with pytest.raises(AdjustmentWrong):
        void_charge(house.desk, line, reason=" ", uid=new_uid())
    void_charge(house.desk, line, reason="误入", uid=new_uid())
    assert balance(guest) == "0.00"
    with pytest.raises(LineAnswered):
        void_charge(house.desk, line, reason="again", uid=new_uid())
    with pytest.raises(LineIsCorrection):
        void_charge(house.desk, last(guest), reason="back", uid=new_uid())
    rows = lines_of(guest.key)
    assert [str(row.amount) for row in rows] == ["80.00", "-80.00"]
    assert rows[1].of_document == rows[0].document_id
    totals = {row.account: row.debit - row.credit for row in DayTotal.select()}
    assert totals[SERVICE_SALES] == totals[OUTPUT_TAX] == 0 and not proof.verify()


def test_a_correction_goes_where_its_charge_went(house: House, guest: Folio) -> None:
    """Whatever the service says by then, and over however many folios the line went."""
    other = open_folio(house.desk, kind=OUTSIDE, name="公司", limit=yuan("200"), uid=new_uid())
    charge(house, guest, "100.00")
    split_line(house.desk, last(guest), yuan("53.00"), to=other, uid=new_uid())
    services.Service.update(account=SALES, tax=Rate.percent("13")).execute()
    adjust_line(house.desk, last(other), yuan("53.00"), reason="x", uid=new_uid())
    lines = [
        (each.kind, each.code, each.account, str(each.net), str(each.tax), str(each.amount))
        for each in ChargeLine.select().order_by(ChargeLine.document)
    ]
    assert lines == [
        ("service", "2000", SERVICE_SALES, "94.34", "5.66", "100.00"),
        ("service", "2000", SERVICE_SALES, "-50.00", "-3.00", "-53.00"),
    ]
    taxes = [(t.name, str(t.base), str(t.tax), t.account) for t in ChargeTax.select()]
    assert taxes == [
        ("6%", "94.34", "5.66", OUTPUT_TAX), ("6%", "-50.00", "-3.00", OUTPUT_TAX),
    ]  # fmt: skip
    assert not proof.verify()


@pytest.mark.row("HTL-06", "HTL-35")
def test_on_a_later_day_it_is_an_adjustment(house: House, guest: Folio) -> None:
    line = charge(house, guest, "106.00")
    house.shop.clock.move(days=1)
    close_day(house.shop.owner, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    with pytest.raises(DayIsClosed):
        void_charge(house.desk, line, reason="x", uid=new_uid())
    adjust_line(house.desk, line, yuan("53.00"), reason="客人投诉", uid=new_uid())
    off = last(guest)
    assert (str(off.amount), str(off.net), str(off.tax)) == ("-53.00", "-50.00", "-3.00")
    assert off.document.day == line.document.day + timedelta(days=1)
    assert off.service_day == line.service_day
    for amount in ("53.01", "0", "-5"):
        with pytest.raises(AdjustmentWrong):
            adjust_line(house.desk, line, yuan(amount), reason="x", uid=new_uid())
    adjust_line(house.desk, line, yuan("53.00"), reason="rest", uid=new_uid())
    with pytest.raises(LineIsCorrection):
        adjust_line(house.desk, last(guest), yuan("1"), reason="x", uid=new_uid())
    assert balance(guest) == "0.00" and not proof.verify()


def test_an_adjustment_has_a_limit(house: House, guest: Folio) -> None:
    line = charge(house, guest)
    shop = house.shop
    shop.give(shop.owner, "收银员", adjust_charge=5_000)
    adjust_line(shop.cashier, line, yuan("50.00"), reason="x", uid=new_uid())
    with pytest.raises(NeedsOverride):
        adjust_line(shop.cashier, line, yuan("50.01"), reason="x", uid=new_uid())


@pytest.mark.row("HTL-05")
def test_a_transfer_keeps_code_and_day_and_touches_no_revenue(house: House, guest: Folio) -> None:
    other = open_folio(house.desk, kind=OUTSIDE, name="公司", limit=yuan("200"), uid=new_uid())
    line = charge(house, guest)
    before = {row.account: row.debit - row.credit for row in DayTotal.select()}
    transfer_lines(house.desk, [line], other, reason="公司付", uid=new_uid())
    assert (balance(guest), balance(other)) == ("0.00", "106.00")
    moved = last(other)
    assert (moved.code, moved.service_day) == (line.code, line.service_day)
    assert {row.account: row.debit - row.credit for row in DayTotal.select()} == before
    with pytest.raises(LineAnswered):
        transfer_lines(house.desk, [line], other, uid=new_uid())
    # What says that it is gone does not go itself: the charge would be back.
    with pytest.raises(LineIsCorrection):
        transfer_lines(house.desk, [last(guest)], other, uid=new_uid())
    with pytest.raises(TransferWrong):
        transfer_lines(house.desk, [moved], other, uid=new_uid())
    with pytest.raises(TransferWrong):
        transfer_lines(house.desk, [], guest, uid=new_uid())
    again = charge(house, guest)
    house.shop.give(house.shop.owner, "收银员", transfer_charge=None)
    with pytest.raises(CreditLimitExceeded):
        transfer_lines(house.shop.cashier, [again], other, uid=new_uid())
    transfer_lines(house.desk, [moved], guest, uid=new_uid())
    assert (balance(guest), balance(other)) == ("212.00", "0.00") and not proof.verify()


@pytest.mark.row("HTL-05")
def test_a_line_in_two(house: House, guest: Folio) -> None:
    other = open_folio(house.desk, kind=OUTSIDE, name="同住", limit=yuan("200"), uid=new_uid())
    line = charge(house, guest, "100.00")
    split_line(house.desk, line, yuan("33.33"), to=other, uid=new_uid())
    assert (balance(guest), balance(other)) == ("66.67", "33.33")
    parts = [last(guest), last(other)]
    assert Money.total((part.tax for part in parts), line.tax.currency) == line.tax
    assert Money.total((part.net for part in parts), line.net.currency) == line.net
    with pytest.raises(LineAnswered):
        split_line(house.desk, line, yuan("1"), uid=new_uid())
    with pytest.raises(SplitWrong):
        split_line(house.desk, last(guest), yuan("66.67"), uid=new_uid())
    assert not proof.verify()


def test_a_closed_folio_takes_nothing(house: House, guest: Folio) -> None:
    line = charge(house, guest)
    void_charge(house.desk, line, reason="x", uid=new_uid())
    folios.switch_folio(
        house.desk, guest.key, version=Folio.get_by_id(guest.key).version, uid=new_uid()
    )
    with pytest.raises(FolioNotOpen):
        charge(house, guest)
    with pytest.raises(FolioNotOpen):
        adjust_line(house.desk, line, yuan("1"), reason="x", uid=new_uid())
    assert (
        Document.select().count() == 2 + Document.select().where(Document.kind == "stock").count()
    )
    assert Service.select().count() == len(services.SHIPPED)
