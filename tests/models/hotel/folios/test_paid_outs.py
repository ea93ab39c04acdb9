"""Cash handed out for guests: on their account, out of the drawer, and nobody's income."""

from __future__ import annotations

import pytest

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import (
    CashWentOut,
    LineAnswered,
    LineIsCorrection,
    adjust_line,
    post_charge,
    void_charge,
)
from models.hotel.charges.windows import own_folio
from models.hotel.folios.departments import departments
from models.hotel.folios.paid_outs import PaidOutNeedsReason, pay_out_for, take_paid_out_back
from models.hotel.folios.papers import folio_view
from models.hotel.folios.transfers import transfer_lines
from models.hotel.stays.stays import Stay, StayMoved
from models.ledger.daily.drawer import DrawerTooLow, expected_cash
from models.ledger.daily.shifts import NoOpenShift, current_shift
from models.ledger.documents import DayTotal, Document
from models.ledger.folios import CreditLimitExceeded
from models.ledger.payments.taking import CoinWrong, PaymentWrong
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, TenderUnknown, cash_tender
from models.reports.payments import account_payment_view
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, house_day, leave, roll
from tests.stores import CASH, yuan


def drawer(house: House) -> str:
    shift = current_shift(house.desk.register)
    assert shift is not None
    return str(expected_cash(shift.key))


def give(house: House, stay: Stay, amount: str, reason: str = "出租车") -> Document:
    return pay_out_for(
        house.desk, own_folio(stay.key), yuan(amount), reason=reason, stay=stay, uid=new_uid()
    )


@pytest.mark.row("HTL-02", "TIL-01")
def test_cash_for_a_guest_is_on_his_account_and_out_of_the_drawer(open_house: House) -> None:
    house, stay = open_house, arrive(open_house)
    before = drawer(house)
    uid = new_uid()
    done, _ = (
        pay_out_for(
            house.desk, own_folio(stay.key), yuan("60"), reason="出租车", stay=stay, uid=uid
        )
        for _ in range(2)
    )
    assert (before, drawer(house), balance(stay)) == ("500.00", "440.00", "60.00")
    # The drawer and the guests' account, and nothing else: no income, no tax.
    made = {row.account: row.debit - row.credit for row in DayTotal.select()}
    goods = {1405: 52_100, 6302: -52_100}
    assert made == {1001: 44_000, 1003: -50_000, 1125: 6_000, **goods}
    (line,) = lines_of(own_folio(stay.key).key)
    assert (line.kind, line.code, line.text, line.room) == ("paid out", "9000", "出租车", "201")
    slip = account_payment_view(PrintJob.get(PrintJob.subject == done.key).subject)
    assert (slip.number, slip.is_out, str(slip.total), slip.note) == (
        "E01-000001", True, "60.00", "201 出租车",
    )  # fmt: skip
    bill = folio_view(stay.key).windows[0]
    assert (str(bill.charged), str(bill.paid)) == ("60.00", "0.00")
    (row,) = departments(house_day(), house_day())
    assert (row.name, str(row.charged), str(row.booked)) == ("paid out", "60.00", "60.00")
    assert not proof.verify()


def test_what_is_not_handed_out(open_house: House) -> None:
    house, stay = open_house, arrive(open_house)
    for amount, why, refusal in (
        ("0", "车", PaymentWrong), ("-1", "车", PaymentWrong), ("60", " . ", PaidOutNeedsReason),
        ("500.10", "车", DrawerTooLow), ("0.05", "车", CoinWrong),
    ):  # fmt: skip
        with pytest.raises(refusal):
            give(house, stay, amount, reason=why)
    shop = house.shop
    shop.give(shop.owner, "收银员", post_charge=None, pay_out=5_000)
    folio = own_folio(stay.key)
    with pytest.raises(NeedsOverride):
        pay_out_for(shop.cashier, folio, yuan("50.10"), reason="车", stay=stay, uid=new_uid())
    post_charge(house.desk, stay, "2000", yuan("980"), uid=new_uid())
    with pytest.raises(CreditLimitExceeded):
        pay_out_for(shop.cashier, folio, yuan("20.10"), reason="车", stay=stay, uid=new_uid())
    assert (drawer(house), balance(stay)) == ("500.00", "980.00")
    Stay.update(is_posting_stopped=True).where(Stay.key == stay.key).execute()
    with pytest.raises(StayMoved):
        give(house, stay, "20")
    Stay.update(is_posting_stopped=False).where(Stay.key == stay.key).execute()
    house.shop.close_shift(house.desk)
    with pytest.raises(NoOpenShift):
        give(house, stay, "20")
    Tender.update(is_active=False).where(Tender.number == CASH).execute()
    with pytest.raises(TenderUnknown):
        cash_tender()


def test_it_comes_back_into_the_drawer_once_and_is_never_let_off(open_house: House) -> None:
    house, stay, other = open_house, arrive(open_house), arrive(open_house, room="202")
    give(house, stay, "60")
    (line,) = lines_of(own_folio(stay.key).key)
    for wrong in (
        lambda: adjust_line(house.desk, line, yuan("10"), reason="x", uid=new_uid()),
        lambda: void_charge(house.desk, line, reason="x", uid=new_uid()),
    ):
        with pytest.raises(CashWentOut):
            wrong()
    with pytest.raises(PaidOutNeedsReason):
        take_paid_out_back(house.desk, line, reason="", uid=new_uid())
    transfer_lines(house.desk, [line], own_folio(other.key), uid=new_uid())
    with pytest.raises(LineAnswered):
        take_paid_out_back(house.desk, line, reason="没去", uid=new_uid())
    (moved,) = lines_of(own_folio(other.key).key)
    with pytest.raises(CashWentOut):
        adjust_line(house.desk, moved, yuan("10"), reason="x", uid=new_uid())
    # A day later as well: it is another movement of cash, not a void.
    roll(house)
    take_paid_out_back(house.desk, moved, reason="没去", uid=new_uid())
    assert drawer(house) == "560.00"
    back = lines_of(own_folio(other.key).key)[-1]
    assert (str(back.amount), back.kind) == ("-60.00", "paid out")
    for of, refusal in ((moved, LineAnswered), (back, LineIsCorrection)):
        with pytest.raises(refusal):
            take_paid_out_back(house.desk, of, reason="x", uid=new_uid())
    (paid,) = [row for row in departments(house_day(), house_day()) if row.name == "paid out"]
    assert (str(paid.taken_back), paid.is_even) == ("-60.00", True)
    assert not proof.verify()


def test_a_guest_pays_it_when_he_leaves(open_house: House) -> None:
    house, stay = open_house, arrive(open_house, nights=1)
    give(house, stay, "60")
    folio = own_folio(stay.key)
    leave(house, stay, Paying(CASH, yuan("380")), shown=yuan("380"))
    assert drawer(house) == "820.00"
    assert [(row.kind, str(row.amount)) for row in lines_of(folio.key)] == [
        ("paid out", "60.00"), ("payment", "-380.00"), ("charge", "320.00"),
    ]  # fmt: skip
    assert not proof.verify()
