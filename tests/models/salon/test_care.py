"""A client's file: patch tests that a service asks for, formulas that fill a ticket again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.base.quantity import Quantity
from models.people.persons import Person
from models.people.records import save_person
from models.salon.care import (
    FormulaWrong,
    PatchTestBad,
    PatchTestWanted,
    PatchTestWrong,
    care_of,
    last_test,
    save_formula,
    save_patch_test,
)
from models.salon.services import SalonService
from models.salon.tickets import name_stylists
from models.salon.uses import (
    UsesUnreadable,
    formula_for,
    name_uses,
    use_formula,
    uses_text,
)
from models.shop.basket import load_key
from models.shop.customers import set_customer
from models.stock.stock import stock_of
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import LinkUnknown
from tests.models.salon.salon import COLOUR, CUT, open_salon
from tests.stores import FIRST_DAY, Shop, sound


@pytest.fixture
def salon(shop: Shop) -> Shop:
    open_salon(shop)
    shop.open_shift()
    SalonService.update(needs_test=True).where(SalonService.key == shop.goods(COLOUR).key).execute()
    return shop


def ticket(salon: Shop, whose: Person | None) -> Any:
    bill = salon.bill(COLOUR)
    set_customer(salon.cashier, bill, whose.key if whose else None)
    return load_key(bill.draft)


def named(salon: Shop, whose: Person | None, **more: Any) -> Any:
    bill = ticket(salon, whose)
    name_stylists(salon.cashier, bill.draft, 1, "8", uid=new_uid(), **more)
    return load_key(bill.draft)


def patched(salon: Shop, whose: Person, days: int, **more: Any) -> Any:
    return save_patch_test(
        salon.owner, None, person=whose.key, day=FIRST_DAY - timedelta(days=days), uid=new_uid(),
        **more,
    )  # fmt: skip


@pytest.mark.row("SAL-01")
def test_a_colour_waits_for_a_patch_test_that_is_not_too_old(salon: Shop) -> None:
    """Good for six months. Without one only who has the right lets it be done."""
    brought = save_person(salon.owner, None, name="李雷", uid=new_uid())
    wang = save_person(
        salon.owner, None, name="王芳", referrer=brought.key, may_write=True, uid=new_uid()
    )
    assert (wang.referrer_id, wang.may_write, wang.may_show) == (brought.key, True, False)
    with pytest.raises(LinkUnknown):
        save_person(salon.owner, wang.key, version=wang.version, referrer=wang.key, uid=new_uid())
    for whose in (wang, None):
        with pytest.raises(PatchTestWanted):
            named(salon, whose)
    patched(salon, wang, 200)
    with pytest.raises(PatchTestWanted):
        named(salon, wang)
    with pytest.raises(NeedsOverride):
        named(salon, wang, without_test=True)
    old = patched(salon, wang, 170, text="染膏 6/0")
    assert named(salon, wang).lines[0].hands
    # One that went bad is not made good by another.
    save_patch_test(
        salon.owner, old.key, version=old.version, person=wang.key, day=old.day, is_bad=True,
        text="染膏 6/0", uid=new_uid(),
    )  # fmt: skip
    patched(salon, wang, 0)
    with pytest.raises(PatchTestBad):
        named(salon, wang)
    assert last_test(wang.key) == old and len(care_of(wang.key)[0]) == 3
    with pytest.raises(PatchTestWrong):
        patched(salon, wang, -1)
    with pytest.raises(LinkUnknown):
        save_patch_test(salon.owner, None, person=7, uid=new_uid())
    # A cut wants none, and nobody is named without it.
    bill = salon.bill(CUT)
    name_stylists(salon.cashier, bill.draft, 1, "8", uid=new_uid())


@pytest.mark.row("SAL-01", "SAL-05")
def test_a_formula_fills_the_ticket_and_leaves_the_stock(salon: Shop) -> None:
    """The usual is 60 of an item; the formula 40 of it and 3 of another; what is typed stands."""
    SalonService.update(needs_test=False).execute()
    wang = save_person(salon.owner, None, name="王芳", uid=new_uid())
    colour, apple, water = (salon.goods(code) for code in (COLOUR, "1003", "1001"))
    lines = [
        {"goods": apple.key, "quantity": Quantity.of(40)},
        {"goods": water.key, "quantity": Quantity.of(3)},
    ]
    formula = save_formula(
        salon.owner, None, person=wang.key, goods=colour.key, text="6/0 40 + 6% 60，35 分钟",
        lines=lines, uid=new_uid(),
    )  # fmt: skip
    bill = named(salon, wang)
    assert uses_text(bill.lines[0]) == "1003 0.06"
    found = formula_for(bill.draft, bill.lines[0])
    assert found == formula and care_of(wang.key)[1] == [formula]
    use_formula(salon.cashier, bill.draft, 1, formula.key, uid=new_uid())
    assert uses_text(load_key(bill.draft).lines[0]) == "1003 40 1001 3"
    name_uses(salon.cashier, bill.draft, 1, "1003 38.5，1001 2", uid=new_uid())
    before = {item.key: stock_of(item.key).quantity for item in (apple, water)}
    salon.pay(load_key(bill.draft))
    used = [before[item.key] - stock_of(item.key).quantity for item in (apple, water)]
    assert used == [Quantity.parse("38.5"), Quantity.of(2)]
    plain = named(salon, wang)
    for said in ("1003", "x 1", "1003 0", "1003 1 1003 2", f"{COLOUR} 1", "1003 x"):
        with pytest.raises(UsesUnreadable):
            name_uses(salon.cashier, plain.draft, 1, said, uid=new_uid())
    name_uses(salon.cashier, plain.draft, 1, "0", uid=new_uid())
    assert uses_text(load_key(plain.draft).lines[0]) == "0"
    name_uses(salon.cashier, plain.draft, 1, "", uid=new_uid())
    assert uses_text(load_key(plain.draft).lines[0]) == "1003 0.06"
    with pytest.raises(UsesUnreadable):
        use_formula(salon.cashier, plain.draft, 1, 7, uid=new_uid())
    for wrong in ({"goods": water.key, "text": "x"}, {"goods": colour.key}):
        with pytest.raises(FormulaWrong):
            save_formula(salon.owner, None, person=wang.key, uid=new_uid(), **wrong)
    sound()
