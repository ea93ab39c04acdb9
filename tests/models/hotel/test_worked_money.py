"""Worked cases of a front desk about deposits, cancellations and the three ledgers, each with its
id; those of single stays are in test_worked_stays.py.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base.rates import Rate
from models.hotel.audit.audit import mark_no_show, post_nights
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import adjust_line, post_charge
from models.hotel.charges.services import LATE_CODE, ROOM_CODE, Service
from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.desk.departures import reinstate_guest, review
from models.hotel.folios.deposits import held, take_deposit
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.paid_outs import pay_out_for
from models.hotel.folios.papers import folio_view
from models.hotel.folios.room_tender import ROOM
from models.hotel.reservations.bookings import reserve
from models.hotel.reservations.cancelling import cancel_stay, cancellation_fee
from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.room_days import left_between
from models.hotel.stays.stays import DEPOSIT, NO_SHOW, Booking, Stay
from models.ledger.accounts import GUEST_DEPOSIT, GUEST_LEDGER, RECEIVABLE
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.receivables import open_balance
from models.ledger.documents import Document
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.proving import proof
from models.ledger.trade import RECEIPT
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.reports.payments import account_payment_view, payment_views
from models.shop.trade import SALE
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, day, fresh, leave, roll
from tests.models.hotel.test_worked_stays import inn, priced, taxed
from tests.stores import CARD, CASH, yuan

__all__ = ["inn"]


@pytest.mark.case("HU-24")
def test_a_late_cancellation_costs_the_first_night_as_it_would_post(inn: House) -> None:
    taxed(inn, "6", service="10")
    change_settings(inn.shop.owner, {"hotel.cancel_free_days": 3}, uid=new_uid())
    stay = _guaranteed(inn, day(2), "450")
    fee = cancellation_fee(stay, day(0))
    assert str(fee) == "524.70"
    take_deposit(inn.desk, stay.booking, [Paying(CASH, yuan("600"))], uid=new_uid())
    cancel_stay(inn.desk, stay, version=stay.version, reason="改期", uid=new_uid())
    assert str(held(Booking.get_by_id(stay.booking_id))) == "75.30" and not proof.verify()


def _guaranteed(house: House, arrival: date, price: str) -> Stay:
    """A room for two nights, guaranteed by a deposit, at this price."""
    wish = house.wish(arrival, arrival + timedelta(days=2), prices=(yuan(price),) * 2)
    made = reserve(
        house.shop.owner, [wish], name="早订", guarantee=DEPOSIT, uid=new_uid()
    )  # fmt: skip
    return Stay.get(Stay.booking == made)


@pytest.mark.case("RES-04")
def test_in_time_is_free_late_costs_and_who_does_not_come_is_a_no_show(inn: House) -> None:
    change_settings(inn.shop.owner, {"hotel.cancel_free_days": 3}, uid=new_uid())
    fees = [str(cancellation_fee(_guaranteed(inn, day(days), "320"), day(0))) for days in (5, 3, 1)]
    assert fees == ["0.00", "0.00", "320.00"]
    missed = inn.book(day(0), day(1))
    gone = mark_no_show(inn.desk, missed, version=missed.version, uid=new_uid())
    assert gone.state == NO_SHOW


@pytest.mark.case("HU-15")
def test_a_deposit_is_the_first_night_of_every_room(inn: House) -> None:
    wishes = [
        inn.wish(day(1), day(4), prices=tuple(yuan(price) for price in prices))
        for prices in (("310", "1", "1"), ("420", "2", "2"), ("570", "3", "3"))
    ]
    made = reserve(
        inn.shop.owner, wishes, name="三间", guarantee=DEPOSIT, uid=new_uid()
    )  # fmt: skip
    assert str(made.deposit_due) == "1300.00"
    said = reserve(
        inn.shop.owner, wishes[:1], name="说定", guarantee=DEPOSIT, deposit_due=yuan("99"),
        uid=new_uid(),
    )  # fmt: skip
    assert str(said.deposit_due) == "99.00"


@pytest.mark.case("LED-14")
def test_three_ledgers_move_by_what_was_earned_paid_out_and_received(inn: House) -> None:
    taxed(inn, "6")
    Service.update(tax=Rate.percent("0")).where(Service.code != ROOM_CODE).execute()
    coming, later = inn.book(day(0), day(1), name="有定金"), inn.book(day(3), day(4))
    take_deposit(inn.desk, coming.booking, [Paying(CASH, yuan("500"))], uid=new_uid())
    take_deposit(inn.desk, later.booking, [Paying(CASH, yuan("300"))], uid=new_uid())
    company = open_folio(inn.desk, kind=COMPANY, name="街账", limit=yuan("9999"), uid=new_uid())
    open_balance(inn.shop.owner, company, yuan("2000"), note="旧账", uid=new_uid())
    living, leaving = arrive(inn, room="202"), arrive(inn, room="203")
    priced(living, "300", "300")
    priced(leaving, "0", "0")
    post_charge(inn.desk, leaving, "2000", yuan("210.50"), uid=new_uid())
    cash = Paying(CASH, yuan("59.50"))
    pay_folio(inn.desk, own_folio(living.key), [cash], stay=living.key, uid=new_uid())
    assert _ledgers() == ["-800.00", "151.00", "2000.00"]

    post_nights(inn.desk, [living.key], uid=new_uid())
    post_charge(inn.desk, living, "2000", yuan("86.50"), uid=new_uid())
    room = next(ln for ln in lines_of(own_folio(living.key).key) if ln.code == ROOM_CODE)
    adjust_line(inn.desk, room, yuan("20"), reason="空调", uid=new_uid())
    pay_out_for(
        inn.desk, own_folio(living.key), yuan("25"), reason="出租车", stay=living, uid=new_uid()
    )
    cash = Paying(CASH, yuan("100"))
    pay_folio(inn.desk, own_folio(living.key), [cash], stay=living.key, uid=new_uid())
    take_deposit(inn.desk, later.booking, [Paying(CASH, yuan("250"))], uid=new_uid())
    check_in(
        inn.desk, fresh(coming), [Guest("有定金")], version=fresh(coming).version,
        room=inn.room("204"), uid=new_uid(),
    )  # fmt: skip
    leave(inn, leaving, accounts={"A": company})
    settle_account(
        inn.desk, company, [Paying(CARD, yuan("700"), reference="T", last_four="4242")],
        amount=yuan("700"), uid=new_uid(),
    )  # fmt: skip
    assert _ledgers() == ["-550.00", "-250.00", "1510.50"]
    assert not proof.verify()


def _ledgers() -> list[str]:
    """What deposits, guests and accounts come to."""
    names = (GUEST_DEPOSIT, GUEST_LEDGER, RECEIVABLE)
    found = {line.account: line.closing for line in proof.trial_balance(day(0), day(0))}
    return [str(found[name]) for name in names]


@pytest.mark.row("HTL-09")
def test_who_came_back_pays_each_night_and_the_late_hour_once(inn: House) -> None:
    """He leaves a day early, comes back, leaves late, comes back again, and stays two nights more:
    the night that his departure had dropped is slept after all, at the price agreed for it, and
    the late hour that he paid for was none: it stands there, and is taken back.
    """
    stay = arrive(inn, nights=2)
    priced(stay, "300", "280")
    leave(inn, stay, Paying(CASH, yuan("300")))
    reinstate_guest(inn.desk, fresh(stay), version=fresh(stay).version, uid=new_uid())
    roll(inn)
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=12)
    leave(inn, stay, Paying(CASH, yuan("300")))
    reinstate_guest(inn.desk, fresh(stay), version=fresh(stay).version, uid=new_uid())
    assert not review(fresh(stay), day(1)).balance

    free = left_between(day(1), day(2))[inn.twin.key, day(1)].left
    change_stay(
        inn.desk, fresh(stay), version=fresh(stay).version, arrival=day(0), departure=day(3),
        uid=new_uid(),
    )  # fmt: skip
    assert left_between(day(1), day(2))[inn.twin.key, day(1)].left == free - 1
    late = [ln for ln in lines_of(own_folio(stay.key).key) if ln.code == LATE_CODE]
    assert [(ln.kind, str(ln.amount)) for ln in late] == [("charge", "300.00"), ("void", "-300.00")]
    assert str(review(fresh(stay), day(1)).balance) == "-20.00"
    roll(inn)
    roll(inn)
    assert balance(stay) == "300.00" and not proof.verify()
    # On the third day he is late again.
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=12)
    assert str(review(fresh(stay), day(3)).fee) == "320.00"


@pytest.mark.row("HTL-12")
def test_what_slips_say_of_who_bears_what(inn: House) -> None:
    """A company that bears a bill, money that goes back, and a sale that a room bears."""
    company = open_folio(inn.desk, kind=COMPANY, name="公司", limit=yuan("9999"), uid=new_uid())
    borne, back = arrive(inn, nights=1), arrive(inn, nights=1, room="202")
    tender = Tender.get(Tender.kind == ROOM).number
    inn.shop.sell("1001", session=inn.desk, tender=tender, folio=own_folio(borne.key).key)
    sold = Document.select().where(Document.kind == SALE).get()
    assert [view.owner for view in payment_views(sold.key)] == ["201 张三"]
    # In the house the bill says until when he stays; behind him, when he has gone.
    assert (folio_view(borne.key).left_at, folio_view(borne.key).departure) == (None, day(1))
    leave(inn, borne, accounts={"A": company})
    bill = folio_view(borne.key)
    assert f"{bill.left_at:%Y-%m-%d %H:%M}" == "2026-03-02 09:00"
    (window,) = bill.windows
    said = [window.charged, window.paid, window.moved, window.balance]
    total = str(yuan("320") + sold.total)
    assert [str(each) for each in said] == [total, "0.00", total, "0.00"]
    cash = Paying(CASH, yuan("500"))
    pay_folio(inn.desk, own_folio(back.key), [cash], stay=back.key, uid=new_uid())
    leave(inn, back, Paying(CASH, yuan("-180")))
    paid = Document.select().where(Document.kind == RECEIPT).order_by(Document.key.desc()).get()
    slip = account_payment_view(paid.key)
    assert (slip.is_out, str(slip.total), str(slip.rounding)) == (True, "180.00", "0.00")
