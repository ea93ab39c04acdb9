"""A salon for tests: the shop of tests/stores.py with services, and people who do them."""

from __future__ import annotations

from typing import Any

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.salon.services import save_salon_service
from models.salon.stylists import Grade, Stylist, save_stylist
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.stores import Shop, yuan

CUT, COLOUR, WASH = "101", "102", "103"


def open_salon(shop: Shop) -> None:
    """Three services and three people: 8 and 9 of the first grade, 21 of the last."""
    change_settings(shop.owner, {"trade.salon": True}, uid=new_uid())
    service(shop, CUT, "女士剪发", "128", minutes=45, skill="剪发", price2=yuan("98"))
    uses = [{"goods": shop.goods("1003").key, "quantity": Quantity(60)}]
    service(
        shop, COLOUR, "染发", "380", minutes=30, wait_minutes=45, finish_minutes=30, skill="染发",
        uses=uses,
    )  # fmt: skip
    service(shop, WASH, "洗吹", "38", minutes=30)
    for number, login, grade, skills in (
        (8, "manager", 1, ""), (9, "cashier", 1, "剪发 洗头"), (21, "clerk", 3, "洗头"),
    ):  # fmt: skip
        stylist(shop, number, login, grade=grade, skills=skills)


def service(shop: Shop, code: str, name: str, price: str, **more: Any) -> Goods:
    return save_salon_service(
        shop.owner, None, code=code, name=name, price=yuan(price), uid=new_uid(), **more
    )


def stylist(shop: Shop, number: int, login: str, *, grade: int, skills: str = "") -> Stylist:
    return save_stylist(
        shop.owner, None, number=number, user=shop.users[login],
        grade=Grade.get(Grade.position == grade).key, skills=skills, uid=new_uid(),
    )  # fmt: skip
