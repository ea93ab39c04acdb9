"""Services, grades and who serves: what a ticket and the board stand on."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.goods.records import GoodsInUse, drop_goods
from models.salon.services import (
    SalonService,
    ServiceTimeWrong,
    ServiceUse,
    ServiceUseWrong,
    save_salon_service,
    uses_of,
)
from models.salon.stylists import (
    Grade,
    GradeWrong,
    Stylist,
    StylistWrong,
    drop_grade,
    save_grade,
    save_stylist,
    switch_stylist,
)
from models.trust.operation import new_uid
from models.trust.records import RecordInUse, RecordTaken
from tests.models.salon.salon import COLOUR, CUT, open_salon, stylist
from tests.stores import Shop, yuan

pytestmark = pytest.mark.row("SAL-04")


@pytest.fixture
def salon(shop: Shop) -> Shop:
    open_salon(shop)
    return shop


def test_a_service_is_an_item_with_times_and_what_is_used_up(salon: Shop) -> None:
    colour = salon.goods(COLOUR)
    own = SalonService.get_by_id(colour.key)
    assert not colour.is_stocked and colour.price == yuan("380")
    assert (own.minutes, own.wait_minutes, own.finish_minutes) == (30, 45, 30)
    assert [(use.goods.code, str(use.quantity)) for use in uses_of(colour.key)] == [
        ("1003", "0.06")
    ]
    uid = new_uid()
    once, twice = (
        save_salon_service(
            salon.owner, colour.key, version=colour.version, minutes=40, uses=[],
            price=yuan("400"), uid=uid,
        )
        for _ in range(2)
    )  # fmt: skip
    assert SalonService.get_by_id(colour.key).minutes == 40 and not uses_of(colour.key)
    assert once == twice and twice.price == yuan("400")
    assert SalonService.select().count() == 3
    salon.open_shift()
    assert salon.sell(CUT).total == yuan("128")


def test_what_a_service_is_not(salon: Shop) -> None:
    soda, delivery = salon.goods("1001").key, salon.goods("1005").key

    def save(**more: Any) -> None:
        save_salon_service(salon.owner, None, name="烫发", price=yuan("1"), uid=new_uid(), **more)

    for times in (
        {"minutes": -1}, {"minutes": 1441}, {"finish_minutes": 5},
        {"minutes": 5, "finish_minutes": 5}, {"wait_minutes": 9, "finish_minutes": 5},
    ):  # fmt: skip
        with pytest.raises(ServiceTimeWrong):
            save(**times)
    one = Quantity.of(1)
    for uses in (
        [(delivery, one)], [(soda, Quantity(0))], [(soda, one), (soda, one)],
    ):  # fmt: skip
        with pytest.raises(ServiceUseWrong):
            save(uses=[{"goods": goods, "quantity": much} for goods, much in uses])
    used = salon.goods("1003")
    with pytest.raises(GoodsInUse):
        drop_goods(salon.owner, used.key, version=used.version, uid=new_uid())
    assert ServiceUse.select().count() == 1


def test_who_serves_has_a_number_a_grade_and_skills(salon: Shop) -> None:
    nine = Stylist.get(Stylist.number == 9)
    for number, login in ((9, "auditor"), (10, "cashier")):
        with pytest.raises(RecordTaken):
            stylist(salon, number, login, grade=1)
    with pytest.raises(StylistWrong):
        stylist(salon, 0, "auditor", grade=1)
    changed = save_stylist(
        salon.owner, nine.key, version=nine.version, number=10, user=1,
        grade=nine.grade.key, skills=" 剪发   烫发 ", uid=new_uid(),
    )  # fmt: skip
    assert changed.skills == "剪发 烫发" and changed.user_id == salon.users["cashier"]
    off = switch_stylist(salon.owner, nine.key, version=changed.version, uid=new_uid())
    assert not off.is_active
    assert Stylist.select().count() == 3


def test_a_grade_charges_one_of_four_prices(salon: Shop) -> None:
    assert [row.name for row in Grade.select().order_by(Grade.position)] == ["大工", "中工", "小工"]
    with pytest.raises(GradeWrong):
        save_grade(salon.owner, None, name="店长", price_level=5, uid=new_uid())
    with pytest.raises(RecordTaken):
        save_grade(salon.owner, None, name="大工", uid=new_uid())
    chief = save_grade(salon.owner, None, name="店长", price_level=2, uid=new_uid())
    drop_grade(salon.owner, chief.key, version=chief.version, uid=new_uid())
    senior = Grade.get(Grade.position == 1)
    with pytest.raises(RecordInUse):
        drop_grade(salon.owner, senior.key, version=senior.version, uid=new_uid())
