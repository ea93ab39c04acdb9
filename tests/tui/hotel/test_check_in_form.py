"""The form of a check-in: done once, by whoever may check in."""

from __future__ import annotations

from models.base import database
from models.base.keys import new_key
from models.hotel.stays.stays import Stay
from models.ledger.ways.tenders import Payment
from models.trust.users import RoleRight, User
from tests.models.hotel.house import House
from tests.models.hotel.staying import balance
from tests.tui.hotel.conftest import Start, house, rack, stay_of, to_box
from tui.hotel.stays.check_in import RESERVED, SHARER, WALK_IN
from tui.hotel.stays.group_forms import holding, picking


def _with_a_clerk() -> House:
    """The cashier may what a front desk may, and keeps no books."""
    made = house()
    role = User.get(User.login == "cashier").role
    with database.transaction():
        for verb in ("check in", "post charge", "check out", "reserve"):
            RoleRight.get_or_create(role=role, verb=verb, defaults={"key": new_key()})
    return made


async def test_a_clerk_saves_a_walk_in_once_with_a_deposit_by_card(at: Start) -> None:
    """F9 too: the guest is in, so that the form is done. Whoever takes money chooses how."""
    async with at("rack", prepared=_with_a_clerk, screen=rack, login="cashier") as person:
        await person.see("201 OC")
        await person.type("302")
        await person.press("plus")
        await to_box(person, "name")
        await person.type("孙丽")
        await to_box(person, "deposit")
        await person.type("300")
        await to_box(person, "tender")
        await person.type("银行卡")
        await to_box(person, "reference")
        await person.type("4242 T42")
        await person.press("f9")
        await person.see("Room rack", "302 OC 孙丽")
        assert person.alarm == ""
        stay = await person.do(stay_of, "孙丽")
        assert await person.do(balance, stay) == "-300.00"
        paid = await person.do(lambda: Payment.select().order_by(Payment.document.desc()).get())
        assert (paid.last_four, paid.reference) == ("4242", "T42")
        assert await person.do(lambda: Stay.select().where(Stay.name == "孙丽").count()) == 1


def test_a_form_that_cannot_be_read_again_is_done_once() -> None:
    """What it asks for is in no row of its own: there is nothing to stay on."""
    for form in (RESERVED, WALK_IN, SHARER, holding(1), picking(1)):
        assert form.is_once, form.name
