"""Deposits with the booking: owed until the ticket is paid with them or the client stays away."""

from __future__ import annotations

import pytest

from models.ledger.documents import Document
from models.ledger.payments.taken import due_of, take_for
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.members.lots import Lot, LotNumberWrong, new_number
from models.members.vouchers import pay_back_lot, sell_voucher
from models.reports.lots import lot_money_view, lot_view
from models.salon.appointments import ARRIVED, DONE, NO_SHOW, Appointment, AppointmentOver
from models.salon.booking import move_appointment
from models.salon.deposits import (
    NoDeposit,
    deposit_of,
    deposit_tender,
    keep_deposit,
    name_deposit,
)
from models.salon.ticketing import ring_appointment, ticket_of
from models.shop.basket import load_key, new_basket
from models.shop.bill_life import hold_bill, join_bills
from models.trust.operation import new_uid
from receipts.slips.common import Print
from receipts.slips.lot import lot_money_slip, lot_slip
from tests.models.salon.booked import at, book, step
from tests.models.salon.salon import WASH, service
from tests.models.worked import entries
from tests.stores import CASH, FIRST_DAY, Shop, yuan


def paid_ahead(
    salon: Shop, hour: str, name: str, *, code: str = "180", ahead: str = "50"
) -> tuple[Appointment, Document]:
    """180.00 of work, 50.00 in cash ahead."""
    found = book(salon, hour, (code, 8), name=name)
    found = name_deposit(
        salon.cashier, found.key, new_number(), version=found.version, uid=new_uid()
    )
    taken = sell_voucher(
        salon.cashier, found.deposit, [Paying(CASH, yuan(ahead))], amount=yuan(ahead),
        uid=new_uid(),
    )  # fmt: skip
    return found, taken


@pytest.mark.row("B-3")
@pytest.mark.case("SU-28")
def test_a_deposit_is_owed_until_the_client_comes_or_not(salon: Shop) -> None:
    service(salon, "180", "造型", "180", minutes=60)
    found, taken = paid_ahead(salon, "10", "王芳")
    # The day of booking: 50.00 in the drawer, nothing earned.
    owed = {account: amount for account, amount in entries(taken).items() if amount == "-50.00"}
    assert len(owed) == 1 and str(deposit_of(found)) == "50.00"
    # She has no record: her name is on it, and its papers call it what it is.
    lot = Lot.get(Lot.number == found.deposit)
    assert (lot.person, lot.name) == (None, "王芳")
    assert lot_view(lot.key).title == "Deposit for an appointment"
    slip = repr(lot_money_slip(lot_money_view(taken.key), Print("zh")))
    assert "订金收据" in slip and "王芳" in slip and "礼券" not in slip
    paper = repr(lot_slip(lot_view(lot.key), Print("zh")))
    assert "预约订金" in paper and "礼券" not in paper
    again = name_deposit(
        salon.cashier, found.key, new_number(), version=found.version, uid=new_uid()
    )
    assert again.deposit == found.deposit
    # It moves along; of the ticket of 180.00 there are 130.00 left to pay.
    found = move_appointment(
        salon.cashier, found.key, version=found.version, day=FIRST_DAY, minute=at("11"),
        uid=new_uid(),
    )  # fmt: skip
    found = step(salon, found, ARRIVED)
    basket = new_basket(salon.cashier)
    ring_appointment(salon.cashier, found.key, basket.draft, version=found.version, uid=new_uid())
    assert str(due_of(basket.draft)) == "180.00"
    deposit = Paying(deposit_tender(), yuan("50"), code=found.deposit)
    take_for(salon.cashier, basket.draft, deposit, uid=new_uid())
    assert str(load_key(basket.draft).left_to_pay) == "130.00"
    sale = salon.pay(load_key(basket.draft), given="130")
    assert (str(sale.total), str(deposit_of(found))) == ("180.00", "0.00")
    # Not come: 50.00 are earned, no cash moves.
    missed, _ = paid_ahead(salon, "14", "李雷")
    with pytest.raises(AppointmentOver):
        keep_deposit(salon.manager, missed.key, version=missed.version, uid=new_uid())
    missed = step(salon, missed, NO_SHOW)
    kept = keep_deposit(salon.manager, missed.key, version=missed.version, uid=new_uid())
    assert set(entries(kept).values()) == {"50.00", "-50.00"}
    with pytest.raises(NoDeposit):
        keep_deposit(salon.manager, missed.key, version=missed.version, uid=new_uid())
    # Called off: paid back in cash, all that is left and no more.
    off, _ = paid_ahead(salon, "16", "周敏")
    lot = Lot.get(Lot.number == off.deposit)
    pay_back_lot(salon.manager, lot, [Paying(CASH, yuan("-50"))], uid=new_uid())
    assert str(deposit_of(off)) == "0.00"
    done = book(salon, "18", (WASH, 8))
    with pytest.raises(LotNumberWrong):
        name_deposit(salon.cashier, done.key, "x", version=1, uid=new_uid())
    done = step(salon, step(salon, step(salon, done, ARRIVED), "serving"), DONE)
    with pytest.raises(AppointmentOver):
        name_deposit(salon.cashier, done.key, "9900001", version=done.version, uid=new_uid())
    assert verify() == []


@pytest.mark.row("SAL-05", "B-3")
def test_the_tickets_of_a_couple_are_paid_as_one(salon: Shop) -> None:
    """Two of 180.00, 50.00 paid ahead for each: put together 260.00 are left, and both are paid."""
    service(salon, "180", "造型", "180", minutes=60)
    drafts = []
    for hour, name in (("10", "王芳"), ("12", "李雷")):
        found = step(salon, paid_ahead(salon, hour, name)[0], ARRIVED)
        bill = new_basket(salon.cashier)
        ring_appointment(salon.cashier, found.key, bill.draft, version=found.version, uid=new_uid())
        take_for(
            salon.cashier, bill.draft,
            Paying(deposit_tender(), yuan("50"), code=found.deposit), uid=new_uid(),
        )  # fmt: skip
        drafts.append(bill.draft)
        if len(drafts) == 1:
            hold_bill(salon.cashier, bill.draft, title=name, uid=new_uid())
    join_bills(salon.cashier, drafts[1], drafts[0], uid=new_uid())
    both = load_key(drafts[1])
    assert str(both.left_to_pay) == "260.00"
    states = [ticket_of(found)[0] for found in Appointment.select()]
    sale = salon.pay(both, given="260")
    assert states == ["open", "open"]
    assert [ticket_of(found) for found in Appointment.select()] == [("paid", sale.label)] * 2
    assert [deposit_of(found) for found in Appointment.select()] == [yuan("0")] * 2
    assert verify() == []
