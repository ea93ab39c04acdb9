"""The seven kinds of folio in the house: whose account it is decides how it is charged, settled and
closed. The guest's own and the group's are in test_stays.py and test_group_desk.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.rates import ONE
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge, post_to_folio, void_charge
from models.hotel.charges.windows import RoutedPart, change_routing, own_folio
from models.hotel.desk.arrivals import check_in
from models.hotel.folios.departments import departments, not_cleared
from models.hotel.folios.transfers import transfer_lines
from models.ledger.accounts import RECEIVABLE, WAGES
from models.ledger.daily.shift_life import close_shift, count_drawer
from models.ledger.debts import staff_accounts
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.dues import items_of
from models.ledger.debts.staff_accounts import DeductionWrong
from models.ledger.documents import DayTotal
from models.ledger.folio_kinds import CONTROL, EMPLOYEE, LONG_STAY, OUTSIDE, PERMANENT, SUPPLIER
from models.ledger.folios import (
    CLOSED,
    AccountOwedTo,
    CreditLimitExceeded,
    Folio,
    FolioPermanent,
    open_folio,
    save_folio,
    switch_folio,
)
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.reports.department_lists import DEPARTMENT_DAYS
from models.reports.journal import JOURNAL
from models.reports.report import Period, make
from models.reports.statements import print_statement, statement_view
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.house import House
from tests.models.hotel.staying import GUEST, arrive, balance, day, fresh, leave
from tests.stores import CARD, CASH, FIRST_DAY, yuan


def account(house: House, kind: str, name: str, limit: str = "500") -> Folio:
    return open_folio(house.desk, kind=kind, name=name, limit=yuan(limit), uid=new_uid())


def now(folio: Folio) -> Folio:
    found: Folio = Folio.get_by_id(folio.key)
    return found


@pytest.mark.row("HTL-17")
def test_a_non_guest_eats_pays_and_his_account_is_closed(open_house: House) -> None:
    desk = open_house.desk
    folio = save_folio(
        desk, None, version=0, kind=OUTSIDE, name="李律师", limit=yuan("300"), uid=new_uid()
    )
    post_to_folio(desk, folio, "2000", yuan("180"), uid=new_uid())
    open_house.shop.give(open_house.shop.owner, "收银员", post_charge=None)
    with pytest.raises(CreditLimitExceeded):
        post_to_folio(open_house.shop.cashier, folio, "4000", yuan("120.01"), uid=new_uid())
    with pytest.raises(DeductionWrong):
        staff_accounts.deduct_from_wages(desk, folio, yuan("180"), uid=new_uid())
    # On the account of a supplier nobody is charged, not even by who may exceed its limit.
    supplier = open_folio(desk, kind=SUPPLIER, name="粮油", limit=yuan("0"), uid=new_uid())
    with pytest.raises(AccountOwedTo):
        post_to_folio(open_house.shop.owner, supplier, "2000", yuan("180"), uid=new_uid())
    settle_account(desk, folio, [Paying(CASH, yuan("200"))], amount=yuan("180"), uid=new_uid())
    switch_folio(desk, folio.key, version=now(folio).version, uid=new_uid())
    assert now(folio).status == CLOSED and not proof.verify()


@pytest.mark.row("HTL-18")
def test_what_the_staff_had_is_kept_back_from_their_wages(open_house: House) -> None:
    desk = open_house.desk
    folio = account(open_house, EMPLOYEE, "厨师长", "200")
    post_to_folio(desk, folio, "2000", yuan("38"), text="员工餐 3 月", uid=new_uid())
    post_to_folio(desk, folio, "4000", yuan("12"), uid=new_uid())
    for amount in ("50.01", "0", "-1"):
        with pytest.raises(DeductionWrong):
            staff_accounts.deduct_from_wages(desk, folio, yuan(amount), uid=new_uid())
    made = staff_accounts.deduct_from_wages(desk, folio, yuan("40"), note="三月工资", uid=new_uid())
    assert (made.label[:3], made.note, str(made.total)) == ("L01", "三月工资", "40.00")
    assert str(now(folio).balance) == "10.00"
    # The oldest meal first: 38.00 of it, then 2.00 of the laundry.
    assert [str(item.left) for item in items_of(folio)] == ["0.00", "10.00", "0.00"]
    totals = {row.account: row.debit - row.credit for row in DayTotal.select()}
    assert (totals[WAGES], totals[RECEIVABLE]) == (4_000, 1_000)
    assert not proof.verify()


@pytest.mark.row("HTL-19")
def test_a_control_account_is_the_view_of_its_department(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house)
    post_charge(desk, stay, "2000", yuan("100"), uid=new_uid())
    post_charge(desk, stay, "2000", yuan("30"), uid=new_uid())
    void_charge(desk, lines_of(own_folio(stay.key).key)[-1], reason="错", uid=new_uid())
    unknown = account(open_house, CONTROL, "电话待查")
    post_to_folio(desk, unknown, "3000", yuan("8"), text="分机 417", uid=new_uid())
    found = {each.name: each for each in departments(FIRST_DAY, FIRST_DAY)}
    food, phone = found["food"], found["phone"]
    assert (str(food.charged), str(food.taken_back), str(food.booked)) == (
        "130.00", "-30.00", "100.00",
    )  # fmt: skip
    assert food.is_even and phone.is_even and not_cleared() == [unknown]
    rows = make(desk, DEPARTMENT_DAYS, Period(FIRST_DAY, FIRST_DAY)).rows
    assert [(row[0], str(row[4]), str(row[6])) for row in rows] == [
        ("Food and beverage", "100.00", "None"), ("Telephone", "8.00", "None"),
        ("Not placed yet", "None", "8.00"),
    ]  # fmt: skip

    # Somebody knows whose call it was: it goes there, and the department's sum is the same.
    transfer_lines(desk, lines_of(unknown.key), own_folio(stay.key), uid=new_uid())
    assert not_cleared() == [] and balance(stay) == "108.00"
    assert departments(FIRST_DAY, FIRST_DAY)[1] == phone
    assert not proof.verify()


@pytest.mark.row("HTL-20")
def test_a_long_stay_is_billed_by_the_month_and_closed_at_zero(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=1)
    contract = open_folio(
        desk, kind=LONG_STAY, name="长住 锦程公司", limit=yuan("9000"), terms=15, uid=new_uid()
    )
    leave(open_house, stay, accounts={"A": contract})
    post_to_folio(desk, contract, "4000", yuan("60"), text="三月洗衣", uid=new_uid())
    assert str(now(contract).balance) == "380.00"
    assert {item.due for item in items_of(contract)} == {FIRST_DAY + timedelta(days=15)}
    print_statement(desk, contract, day(0), day(30), uid=new_uid())
    paper = PrintJob.get(PrintJob.kind == "statement")
    assert str(statement_view(paper.body).closing) == "380.00"
    settle_account(
        desk, contract, [Paying(CARD, yuan("380"), reference="T1", last_four="4242")],
        amount=yuan("380"), uid=new_uid(),
    )  # fmt: skip
    assert not any(item.left for item in items_of(contract))
    switch_folio(desk, contract.key, version=now(contract).version, uid=new_uid())
    assert now(contract).status == CLOSED and not proof.verify()


@pytest.mark.row("HTL-21", "AR-28")
def test_a_booking_channel_pays_for_its_guests_and_is_never_closed(open_house: House) -> None:
    desk = open_house.desk
    channel = account(open_house, PERMANENT, "订房平台", "5000")
    stay = open_house.book(day(0), day(1), name="平台客")
    guest = check_in(
        desk, stay, [GUEST], version=stay.version, room=open_house.room("202"),
        credit_limit=yuan("100"), uid=new_uid(),
    )  # fmt: skip
    rule = RoutedPart("1000", ONE, None, is_daily=False, folio=channel.key)
    change_routing(desk, fresh(guest), [rule], uid=new_uid())
    post_charge(desk, fresh(guest), "5000", yuan("25"), uid=new_uid())
    leave(open_house, guest, Paying(CASH, yuan("25")))
    assert str(now(channel).balance) == "320.00"
    settle_account(
        desk, channel, [Paying(CARD, yuan("320"), reference="T2", last_four="1111")],
        amount=yuan("320"), uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(FolioPermanent):
        switch_folio(desk, channel.key, version=now(channel).version, uid=new_uid())
    assert not proof.verify()


@pytest.mark.row("HTL-26")
def test_the_desk_counts_what_it_took_against_its_shift(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=1)
    leave(open_house, stay, Paying(CASH, yuan("320")))
    other = arrive(open_house, nights=1, room="202")
    leave(
        open_house, other,
        Paying(CASH, yuan("20")), Paying(CARD, yuan("300"), reference="T1", last_four="4242"),
    )  # fmt: skip
    # Five notes of 100 in the drawer, and 340.00 taken in cash; one note of 5 is not there.
    count_drawer(desk, {10_000: 8, 500: 7}, leaves_work=True, uid=new_uid())
    closed = close_shift(desk, reason="少一张", uid=new_uid())
    assert (str(closed.expected), str(closed.counted)) == ("840.00", "835.00")
    assert not proof.verify()


@pytest.mark.row("HTL-33")
def test_the_books_get_every_settlement_of_a_guest_with_his_name(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=1)
    guest = own_folio(stay.key).number
    company = account(open_house, LONG_STAY, "锦程公司", "9000")
    post_charge(desk, stay, "2000", yuan("80"), uid=new_uid())
    leave(open_house, stay, Paying(CASH, yuan("100")), accounts={"A": company})
    report = make(desk, JOURNAL, Period(FIRST_DAY, FIRST_DAY))
    told = [(row[1][0], row[2], str(row[6]), str(row[7])) for row in report.rows if row[4] == guest]
    assert told == [
        ("A", "1125", "80.00", "0.00"), ("P", "1125", "0.00", "100.00"),
        ("A", "1125", "320.00", "0.00"), ("T", "1125", "0.00", "300.00"),
    ]  # fmt: skip
    assert {row[5] for row in report.rows if row[4] == guest} == {"张三"}
    owed = [(row[2], row[5], str(row[6])) for row in report.rows if row[4] == company.number]
    assert owed == [("1122", "锦程公司", "300.00")]
    debit, credit = (sum(row[at].minor for row in report.rows) for at in (6, 7))
    assert debit == credit
