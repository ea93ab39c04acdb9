"""What a clerk at the desk may not do: each tries it, and somebody with the right is asked."""

from __future__ import annotations

from datetime import timedelta

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import adjust_line, post_charge, post_to_folio
from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import check_in
from models.hotel.desk.departures import check_out, refund_guest
from models.hotel.desk.group_desk import check_out_group, refund_master
from models.hotel.desk.tax_free import exempt_from_tax
from models.hotel.folios.deposits import return_deposit, take_deposit
from models.hotel.folios.disputes import dispute_line, set_aside
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.masters import open_master
from models.hotel.reservations.bookings import reserve
from models.hotel.reservations.cancelling import cancel_stay
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import DEPOSIT, Booking, Stay
from models.ledger.daily.shift_life import open_shift
from models.ledger.folio_kinds import COMPANY, OUTSIDE
from models.ledger.folios import open_folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.hotel.house import House, furnish
from tests.stores import FIRST_DAY, Shop, yuan

CASHIER = "收银员"


def _desk(shop: Shop) -> House:
    """A house whose cashier may do what a front desk does, up to its limits."""
    house = furnish(shop)
    shop.give(
        shop.owner, CASHIER, reserve=None, check_in=None, check_out=None, post_charge=None,
        adjust_charge=5_000, transfer_charge=None,
    )  # fmt: skip
    return house


def adjusted_beyond(shop: Shop) -> None:
    house = _desk(shop)
    folio = open_folio(house.desk, kind=OUTSIDE, name="散客", limit=yuan("500"), uid=new_uid())
    post_to_folio(house.desk, folio, "2000", yuan("100"), uid=new_uid())
    adjust_line(shop.cashier, lines_of(folio.key)[0], yuan("50.01"), reason="x", uid=new_uid())


def agreed_price(shop: Shop) -> None:
    house = _desk(shop)
    wish = house.wish(FIRST_DAY, FIRST_DAY + timedelta(days=1), prices=(yuan("1"),))
    reserve(shop.cashier, [wish], name="王", uid=new_uid())


def other_room(shop: Shop) -> None:
    house = _desk(shop)
    stay = house.book(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    check_in(shop.cashier, stay, [], version=stay.version, room=house.room("301"), uid=new_uid())


def exempt(shop: Shop) -> None:
    house = _desk(shop)
    stay = house.book(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    exempt_from_tax(shop.cashier, stay, 1, version=stay.version, reason="本地居民", uid=new_uid())


def waived_fee_of_a_cancellation(shop: Shop) -> None:
    house = _desk(shop)
    change_settings(shop.owner, {"hotel.cancel_free_days": 2}, uid=new_uid())
    wish = house.wish(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    made = reserve(house.desk, [wish], name="王", guarantee=DEPOSIT, uid=new_uid())
    stay = Stay.get(Stay.booking == made)
    cancel_stay(shop.cashier, stay, version=stay.version, reason="x", fee=yuan("0"), uid=new_uid())


def _lives(shop: Shop, nights: int = 1) -> tuple[House, Stay]:
    house = _desk(shop)
    stay = house.book(FIRST_DAY, FIRST_DAY + timedelta(days=nights))
    return house, check_in(
        shop.cashier, stay, [], version=stay.version, room=house.room("201"), uid=new_uid()
    )


def waived_fee(shop: Shop) -> None:
    _, stay = _lives(shop)
    # The day of departure has come, and the afternoon.
    Stay.update(departure=FIRST_DAY).where(Stay.key == stay.key).execute()
    shop.clock.at = shop.clock.at.replace(hour=7)
    check_out(
        shop.cashier, stay, version=Stay.get_by_id(stay.key).version, shown=yuan("320"),
        waives_fee="x", uid=new_uid(),
    )  # fmt: skip


def waived_fee_of_a_group(shop: Shop) -> None:
    house, stay = _lives(shop)
    Stay.update(departure=FIRST_DAY).where(Stay.key == stay.key).execute()
    shop.clock.at = shop.clock.at.replace(hour=7)
    open_shift(house.desk, {10_000: 1}, uid=new_uid())
    paying = [Paying(1, yuan("320"))]
    pay_folio(house.desk, own_folio(stay.key), paying, stay=stay.key, uid=new_uid())
    check_out_group(
        shop.cashier, Booking.get_by_id(stay.booking_id), shown=yuan("0"), waives_fee="x",
        uid=new_uid(),
    )  # fmt: skip


def waived_fee_at_group_refund(shop: Shop) -> None:
    house, stay = _lives(shop)
    shop.give(shop.owner, "收银员", give_refund=None)
    open_shift(house.desk, {10_000: 1}, uid=new_uid())
    booking = Booking.get_by_id(stay.booking_id)
    master = open_master(house.desk, booking, limit=yuan("0"), uid=new_uid())
    pay_folio(house.desk, master, [Paying(1, yuan("400"))], uid=new_uid())
    refund_master(
        shop.cashier, booking, [Paying(1, yuan("-80"))], shown=yuan("-80"), waives_fee="x",
        uid=new_uid(),
    )  # fmt: skip


def waived_fee_at_a_refund(shop: Shop) -> None:
    house, stay = _lives(shop)
    shop.give(shop.owner, "收银员", give_refund=None)
    Stay.update(departure=FIRST_DAY).where(Stay.key == stay.key).execute()
    shop.clock.at = shop.clock.at.replace(hour=7)
    open_shift(house.desk, {10_000: 1}, uid=new_uid())
    folio = own_folio(stay.key)
    pay_folio(house.desk, folio, [Paying(1, yuan("400"))], stay=stay.key, uid=new_uid())
    refund_guest(
        shop.cashier, stay, folio, [Paying(1, yuan("-80"))], shown=yuan("-80"), waives_fee="x",
        uid=new_uid(),
    )  # fmt: skip


def given_back_in_parts(shop: Shop) -> None:
    house = _desk(shop)
    stay = house.book(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    open_shift(house.desk, {10_000: 1}, uid=new_uid())
    shop.give(shop.owner, "收银员", give_refund=5_000)
    for tender in (1, 3):
        take_deposit(house.desk, stay.booking, [Paying(tender, yuan("50"))], uid=new_uid())
    back = [Paying(tender, yuan("-50")) for tender in (1, 3)]
    return_deposit(shop.cashier, stay.booking, back, uid=new_uid())


def to_an_account(shop: Shop) -> None:
    house, stay = _lives(shop)
    account = open_folio(house.desk, kind=COMPANY, name="公司", limit=yuan("999"), uid=new_uid())
    check_out(
        shop.cashier, stay, version=Stay.get_by_id(stay.key).version, shown=yuan("320"),
        accounts={"A": account}, uid=new_uid(),
    )  # fmt: skip


def dropped_for_nothing(shop: Shop) -> None:
    _, stay = _lives(shop, nights=2)
    change_settings(shop.owner, {"hotel.dropped_nights": 1}, uid=new_uid())
    change_stay(
        shop.cashier, stay, version=stay.version, arrival=FIRST_DAY,
        departure=FIRST_DAY + timedelta(days=1), waives_fee="x", uid=new_uid(),
    )  # fmt: skip


def set_aside_at_the_desk(shop: Shop) -> None:
    house, stay = _lives(shop)
    post_charge(house.desk, stay, "5000", yuan("35"), uid=new_uid())
    dispute_line(house.desk, lines_of(own_folio(stay.key).key)[0], reason="x", uid=new_uid())
    set_aside(shop.cashier, stay, uid=new_uid())
