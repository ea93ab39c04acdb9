"""How many keys the frequent jobs of the front desk take, counted at the real terminal; what a
scanner sends is no key.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.hotel.charges.windows import own_folio
from models.hotel.stays.stays import Stay
from models.trust.operation import open_day
from tests.flows.conftest import Counter, Floor
from tests.flows.desk import at_the_rack, house_of, lives, set_clock
from tests.flows.test_budgets import at_most
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.row("NFR-05")]

CARD = "11010519491231002X"
OTHER_CARD = "440308199901101512"
LAUNDRY = "4000"


def test_check_in_charge_and_check_out(
    floor: Floor, till: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = floor("zh")
    set_clock(folder, days=0, hour=10)
    with house_of(folder, has_shift=True) as house:
        house.book(day := open_day(1), day + timedelta(days=2), name="李娜")
        lives(house, "王伟", "201")
    desk = at_the_rack(till, folder)
    with at_most(desk, 12, "check in a reserved guest after the scan, 300.00 deposit", capsys):
        _reserved_guest(desk)
    with at_most(desk, 25, "check in a walk-in, 300.00 deposit", capsys):
        _walk_in(desk)
    with at_most(desk, len("203" + LAUNDRY + "35") + 4, "post a charge to a room", capsys):
        _charge(desk)
    # He pays his night before he leaves, and is gone at zero.
    with at_most(desk, 7, "check out with one cash payment, the room typed", capsys):
        _leaves(desk, "201", pays=True)
    _pays_in_advance(desk)
    with at_most(desk, 4, "check out at zero, from the room under the cursor", capsys):
        _leaves(desk, "", pays=False)
    desk.kill()
    with books_of(folder):
        states = {stay.name: stay.state for stay in Stay.select()}
        assert states == {"王伟": "departed", "李娜": "in house", "孙丽": "departed"}
        assert str(own_folio(Stay.get(Stay.name == "李娜").key).balance) == "-300.00"


def _reserved_guest(desk: Till) -> None:
    desk.key("f9")
    desk.see("Who arrives?")
    desk.key("enter")
    desk.see("Check-in")
    desk.scan(CARD)
    desk.wait("1949-12-31")
    desk.calm()
    _deposit(desk, boxes=6)
    desk.wait("202 OC 李娜")
    desk.calm()


def _deposit(desk: Till, *, boxes: int) -> None:
    """300.00 in cash, so many boxes on; and everything is saved."""
    for _ in range(boxes):
        desk.key("tab")
    desk.calm()
    desk.type("300")
    desk.key("f4")


def _walk_in(desk: Till) -> None:
    desk.type("203")
    desk.key("+")
    desk.see("Walk-in")
    desk.scan(OTHER_CARD)
    desk.wait("1999-01-10")
    desk.calm()
    desk.type("孙丽")
    _deposit(desk, boxes=10)
    desk.wait("203 OC 孙丽")
    desk.calm()


def _charge(desk: Till) -> None:
    desk.type("203")
    desk.key("f2")
    desk.see_flat(desk.w("{room} {guest}: which code? Enter lists them", room="203", guest="孙丽"))
    desk.enter(LAUNDRY)
    desk.calm()
    desk.enter("35")
    desk.calm()
    desk.enter()
    desk.wait("265.00")
    desk.calm()


def _leaves(desk: Till, room: str, *, pays: bool) -> None:
    desk.type(room)
    desk.key("-")
    desk.wait("320.00")
    desk.calm()
    if pays:
        desk.key("enter")
        desk.see("Ways to pay")
        desk.key("enter")
        desk.see("To settle")
    desk.key("enter")
    desk.see("Room rack")
    desk.calm()


def _pays_in_advance(desk: Till) -> None:
    """孙丽 has paid what her night will cost."""
    desk.type("203")
    desk.key(".")
    desk.see_flat(desk.w("{name} pays how much?", name="孙丽"))
    desk.enter("55")
    desk.see("Ways to pay")
    desk.key("enter")
    desk.see("Room rack")
