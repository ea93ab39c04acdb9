"""A salon's counter at a real terminal: an appointment to its ticket, and a rotation morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.base import clock
from models.ledger.daily.shift_life import open_shift
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.reports.bills import sale_view
from models.salon.appointments import DONE, Appointment
from models.salon.rotation import presences
from models.trust import sign_in
from models.trust.operation import new_uid, open_day
from models.trust.settings import change_settings
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import CASHIER, MANAGER, MANAGER_PASSWORD, shifted
from tests.flows.desk import set_clock
from tests.flows.till import Till, books_of
from tests.models.salon.salon import CUT, WASH, service, stylist
from tests.stores import Shop, Ticking

pytestmark = [pytest.mark.terminal, pytest.mark.row("B-3")]


@contextmanager
def salon_of(folder: Path) -> Iterator[Shop]:
    """Two services, two people, and a shift with 500.00 in notes."""
    with clock.use(lambda: shifted(folder / "clock")), books_of(folder):
        users = {user.login: user.key for user in User.select()}
        shop = Shop("", folder, Ticking(), users=users | {"owner": users[MANAGER]})
        sign_in.sign_in(1, MANAGER, MANAGER_PASSWORD)
        change_settings(shop.owner, {"trade.salon": True}, uid=new_uid())
        service(shop, CUT, "女士剪发", "128", minutes=45)
        service(shop, WASH, "洗吹", "38", minutes=30)
        stylist(shop, 8, MANAGER, grade=1)
        stylist(shop, 9, CASHIER, grade=1)
        open_shift(shop.owner, {10_000: 5}, uid=new_uid())
        yield shop


def at_the_board(till: Counter, folder: Path, number: str, title: str) -> Till:
    one: Till = till(folder)
    one.sign_in()
    one.enter(number)
    one.see(title)
    return one


def test_an_appointment_to_its_ticket(floor: Floor, till: Counter) -> None:
    """Booked on the phone for half past ten, here, in the chair, and paid: one key to the till."""
    folder = floor()
    set_clock(folder, days=0, hour=10)
    with salon_of(folder):
        pass
    one = at_the_board(till, folder, "440", "Appointment board")
    one.type("9")
    one.calm()
    one.key("down", "down", "f2")
    one.see("Services, one after the other")
    one.type("王芳")
    one.key(*["tab"] * 7)
    one.calm()
    one.type(CUT)
    one.key("f4")
    one.see_flat("已预约：王芳")
    for state in ("here, waiting", "in the chair"):
        one.key("+")
        one.see_flat(f"王芳：{one.w(state)}")
    one.key("/")
    one.see_flat("女士剪发")
    one.wait_total("128.00")
    one.pump(0.15)
    one.pay_exact()
    one.wait_paid()
    # It was the other one, who was asked for: put right behind the payment.
    one.key("ctrl+a")
    one.see("Somebody else did the work")
    one.key("5")
    one.see_flat("女士剪发：")
    one.enter("8*")
    one.see_flat("小王 名下")
    one.key("f3")
    one.see("Appointment board")
    one.key("f3")
    one.see("Menu")
    one.leave_program()
    with books_of(folder):
        found = Appointment.get()
        sale = Document.get(Document.kind == "sale")
        assert found.state == DONE and sale_view(sale.key).lines[0].hands == ("王店长*",)
        assert proof.verify() == []


def test_a_rotation_morning(floor: Floor, till: Counter) -> None:
    """Both come; a walk-in sits down with the head, one who asks for him waits, the next has the
    other; undone, the head is the head again.
    """
    folder = floor()
    set_clock(folder, days=0, hour=10)
    with salon_of(folder):
        pass
    one = at_the_board(till, folder, "459", "Rotation")
    for number in ("9", "8"):
        one.type(number)
        one.key("f4")
        one.see_flat(f"：{one.w('waiting')}")
    for name in ("李雷", "韩梅"):
        one.key("f2")
        one.see("Codes of services; 8* asks for 8, or a grade")
        one.enter(WASH)
        one.see("Name of the client")
        one.enter(name)
        one.see_flat(name)
    one.key("+")
    one.see_flat("李雷：小王")
    one.type("9")
    one.key("-")
    one.see_flat("1李雷")
    one.key("+")
    one.see_flat("李雷：小王")
    one.key("+")
    one.see_flat("韩梅：王店长")
    one.type("9")
    one.key("f9")
    one.calm()
    one.key("f3")
    one.see("Menu")
    one.leave_program()
    with books_of(folder):
        assert [(row.stylist.number, row.halves) for row in presences(open_day(1))] == [
            (9, 2), (8, 2),
        ]  # fmt: skip
        assert proof.verify() == []
