"""Cancelling late: the fee of the rule, a waiver, and wanting the room again."""

from __future__ import annotations

import pytest

from models.hotel.folios.deposits import held, take_deposit
from models.hotel.reservations.bookings import reserve
from models.hotel.reservations.cancelling import cancel_stay, cancellation_fee, reinstate_stay
from models.hotel.stays.stays import DEPOSIT, NO_GUARANTEE, Stay
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import NeedsOverride, new_uid
from models.trust.settings import change_settings
from tests.models.hotel.house import House
from tests.models.hotel.staying import day, fresh
from tests.stores import CASH, yuan


def _booked(house: House, arrival: int, *, guarantee: str = DEPOSIT, deposit: str = "500") -> Stay:
    change_settings(house.shop.owner, {"hotel.cancel_free_days": 2}, uid=new_uid())
    made = reserve(
        house.desk, [house.wish(day(arrival), day(arrival + 2))], name="王伟",
        guarantee=guarantee, uid=new_uid(),
    )  # fmt: skip
    if deposit:
        take_deposit(house.desk, made, [Paying(CASH, yuan(deposit))], uid=new_uid())
    return Stay.get(Stay.booking == made)


def test_late_it_costs_the_first_night_and_comes_back_with_the_guest(open_house: House) -> None:
    house = open_house
    stay = _booked(house, 1)
    assert str(cancellation_fee(stay, day(0))) == "320.00"
    gone = cancel_stay(house.desk, stay, version=stay.version, reason="改期", uid=new_uid())
    assert str(held(stay.booking)) == "180.00" and not proof.verify()
    reinstate_stay(house.desk, gone, version=gone.version, uid=new_uid())
    assert str(held(stay.booking)) == "500.00" and not proof.verify()
    assert fresh(stay).fee_document is None


def test_no_more_is_earned_than_is_held(open_house: House) -> None:
    stay = _booked(open_house, 0, deposit="100")
    cancel_stay(open_house.desk, stay, version=stay.version, reason="x", uid=new_uid())
    assert not held(stay.booking) and not proof.verify()


@pytest.mark.parametrize(
    ("arrival", "guarantee", "fee"),
    [(1, DEPOSIT, "320.00"), (2, DEPOSIT, "0.00"), (0, NO_GUARANTEE, "0.00")],
)
def test_early_or_not_guaranteed_it_is_free(
    open_house: House, arrival: int, guarantee: str, fee: str
) -> None:
    stay = _booked(open_house, arrival, guarantee=guarantee)
    assert str(cancellation_fee(stay, day(0))) == fee
    if fee == "0.00":
        cancel_stay(open_house.desk, stay, version=stay.version, reason="x", uid=new_uid())
        assert str(held(stay.booking)) == "500.00"


def test_less_than_the_rule_needs_the_right_to_waive(open_house: House) -> None:
    house = open_house
    stay = _booked(house, 1)
    house.shop.take(house.shop.owner, "经理", "waive fee")
    with pytest.raises(NeedsOverride):
        cancel_stay(
            house.desk, stay, version=stay.version, reason="x", fee=yuan("100"), uid=new_uid()
        )
    cancel_stay(
        house.shop.owner, stay, version=stay.version, reason="x", fee=yuan("100"), uid=new_uid()
    )
    assert str(held(stay.booking)) == "400.00" and not proof.verify()
