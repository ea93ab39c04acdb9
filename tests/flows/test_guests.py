"""A morning at the front desk in a real terminal: guests come, are charged at the desk and at the
till, dispute, pay in each way, leave, come back, and leave in a group; what was printed is read
back and compared with their accounts.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.hotel.folios.papers import FolioView, folio_view, master_view
from models.hotel.reservations.bookings import reserve
from models.hotel.stays.stays import Stay
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.proving.proof import verify
from models.trust.operation import new_uid, open_day
from models.trust.print_queue import PrintJob
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import WATER
from tests.flows.desk import at_the_rack, house_of, lives, set_clock
from tests.flows.slips_read import NO_SIGN, ReadSlip, slips_of
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer
from tests.stores import yuan

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(300)]

CARD, OTHER_CARD = "11010519491231002X", "440308199901101512"
COMPANY_NAME, GROUP_NAME = "锦程公司", "旅行团"


def morning_in(folder: Path) -> None:
    """王伟 and 张敏 live there, 李娜 and a group of two are expected, a company may owe."""
    with house_of(folder, has_shift=True) as house:
        day, desk = open_day(1), house.shop.owner
        lives(house, "王伟", "201")
        lives(house, "张敏", "202")
        house.book(day, day + timedelta(days=2), name="李娜", kind=house.king)
        wishes = [house.wish(day, day + timedelta(days=1), name=name) for name in ("钱一", "钱二")]
        reserve(desk, wishes, name=GROUP_NAME, uid=new_uid())
        open_folio(desk, kind=COMPANY, name=COMPANY_NAME, limit=yuan("9999"), uid=new_uid())


@pytest.mark.row("HTL-01", "HTL-03", "HTL-04", "HTL-07", "HTL-09", "HTL-11", "HTL-12")
def test_guests_come_are_charged_pay_and_leave(floor: Floor, till: Counter, peer: object) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor("zh", printer=printer_table(printer))
    set_clock(folder, days=0, hour=9)
    morning_in(folder)
    desk = at_the_rack(till, folder)
    a_reserved_guest(desk)
    a_walk_in(desk)
    charged_at_the_desk(desk)
    charged_at_the_till(desk)
    moved_and_disputed(desk)
    leaves_with_money_back(desk)
    comes_back_and_goes(desk)
    leaves_by_card(desk)
    leaves_on_an_account(desk)
    a_group_comes_and_goes(desk)
    desk.settle(still_s=1.0)
    desk.kill()
    with books_of(folder):
        assert verify() == []
        assert {stay.name: stay.state for stay in Stay.select()} == {
            "李娜": "in house", "孙丽": "departed", "王伟": "departed", "张敏": "departed",
            "钱一": "departed", "钱二": "departed",
        }  # fmt: skip
        assert str(Folio.get(Folio.name == COMPANY_NAME).balance) == "320.00"
        compare(slips_of(printer.printed))


def a_reserved_guest(desk: Till) -> None:
    desk.key("f9")
    desk.see("Who arrives?")
    desk.type("李娜")
    desk.calm()
    desk.key("enter")
    desk.see("Check-in")
    desk.scan(CARD)
    desk.wait("1949-12-31")
    deposit(desk, "300", boxes=6)
    desk.wait("301 OC 李娜")
    desk.calm()


def deposit(desk: Till, amount: str, *, boxes: int) -> None:
    desk.calm()
    desk.key(*["tab"] * boxes)
    desk.calm()
    desk.type(amount)
    desk.key("f4")


def a_walk_in(desk: Till) -> None:
    desk.type("203")
    desk.key("+")
    desk.see("Walk-in")
    desk.scan(OTHER_CARD)
    desk.wait("1999-01-10")
    desk.calm()
    desk.type("孙丽")
    deposit(desk, "500", boxes=10)
    desk.wait("203 OC 孙丽")
    desk.calm()


def charged_at_the_desk(desk: Till) -> None:
    desk.type("203")
    desk.key("f2")
    charge(desk, "4000", "35", "0815")
    desk.wait("465.00")
    desk.calm()


def charge(desk: Till, code: str, amount: str, note: str = "") -> None:
    for typed in (code, amount, note):
        desk.calm()
        desk.enter(typed)
    desk.calm()


def charged_at_the_till(desk: Till) -> None:
    """A bottle of water, to the room; the guest is shown before it counts."""
    desk.key("f3")
    desk.see("Home")
    desk.enter("11")
    desk.see("Selling")
    desk.calm()
    desk.scan(WATER)
    desk.wait_total("2.00")
    desk.pump(0.15)
    desk.key("enter")
    desk.see("Ways to pay")
    desk.key("/")
    desk.see("How is it paid?")
    desk.enter("挂房账")
    desk.see("Room, or name of the guest")
    desk.enter("203")
    desk.see("Is it this guest?")
    assert "孙丽" in desk.text() and "465.00" in desk.text()
    desk.key("enter")
    desk.see("{tender} {amount}: charge it?", tender="挂房账", amount="2.00")
    desk.pump(0.2)
    desk.key("enter")
    desk.wait_paid()
    desk.key("f3")
    desk.see("Home")
    desk.enter("70")
    desk.see("Room rack")


def moved_and_disputed(desk: Till) -> None:
    """The laundry was 王伟's; the restaurant is disputed and stands apart."""
    desk.type("203")
    desk.key("/")
    desk.wait("洗衣 0815")
    desk.calm()
    desk.key("up", "f4")
    desk.see("To whose account?")
    desk.type("201")
    desk.calm()
    desk.key("enter")
    desk.wait("A -498.00")
    desk.key("f2")
    charge(desk, "2000", "88")
    desk.wait("A -410.00")
    desk.calm()
    disputes_and_agrees(desk)
    desk.key("f8")
    desk.see("Another window, for whom?")
    desk.enter("有异议")
    desk.wait("B 0.00")
    desk.calm()
    desk.key("end", "f4")
    desk.see("To whose account?")
    desk.key("enter")
    desk.wait("B 88.00")
    desk.calm()
    assert "A -498.00" in desk.text()


def disputes_and_agrees(desk: Till) -> None:
    """The line says what he says, and he does not leave before that is dealt with."""
    desk.key("end", "ctrl+d")
    line = {"text": "餐饮", "amount": "88.00"}
    desk.see_flat(desk.w("{text} {amount}: what does the guest dispute?", **line))
    desk.enter("没点过")
    desk.wait("没点过")
    desk.calm()
    desk.key("-")
    leaving(desk, "203", "孙丽")
    desk.see("To a disputed account")
    desk.key("f12")
    desk.calm()
    desk.key("end", "ctrl+d")
    desk.see_flat(desk.w("{text} {amount}: how was the dispute settled?", **line))
    desk.enter("看过单据")
    desk.wait("没点过", gone=True)
    desk.calm()


def leaves_with_money_back(desk: Till) -> None:
    """From the account: the deposit goes back in cash, the other window is paid in cash."""
    desk.key("-")
    leaving(desk, "203", "孙丽")
    desk.wait("-178.00")
    desk.key("enter")
    desk.see("Give back to {name}", name="孙丽")
    desk.key("enter")
    desk.see("To settle")
    desk.key("enter")
    desk.see("Ways to pay")
    desk.enter("100")
    desk.see_flat(desk.w("Give {change} change.", change="12.00"))
    desk.key("enter")
    leaving(desk, "203", "孙丽")
    desk.pump(0.2)
    desk.key("enter")
    desk.wait("203 VD")
    desk.calm()


def leaving(desk: Till, room: str, guest: str) -> None:
    """The review of who leaves, still."""
    desk.see("{room} {guest} leaves", room=room, guest=guest)


def comes_back_and_goes(desk: Till) -> None:
    """Left something, and is in the house again until that is found; at zero, Enter is all."""
    desk.key("f7")
    desk.see("Reservations and stays")
    desk.type("孙丽")
    desk.wait("孙丽")
    desk.calm()
    desk.key("enter")
    desk.see("Guest account")
    desk.key("ctrl+e")
    desk.see("Is {name} in the house again?", name="孙丽")
    desk.pump(0.2)
    desk.key("enter")
    desk.see("In the house: {guest}", guest="203 孙丽")
    desk.key("-")
    leaving(desk, "203", "孙丽")
    desk.pump(0.2)
    desk.key("enter")
    desk.calm()
    for _ in range(3):
        if desk.w("Room rack") in desk.lines()[0]:
            break
        desk.key("f3")
        desk.calm()
    desk.wait("203 VD")


def leaves_by_card(desk: Till) -> None:
    """王伟: his night, and the laundry that was moved to him."""
    desk.type("201")
    desk.key("-")
    leaving(desk, "201", "王伟")
    desk.wait("355.00")
    desk.key("enter")
    desk.see("Ways to pay")
    desk.key("f2")
    desk.calm()
    desk.enter("012345")
    desk.wait("F12 " + desk.w("No"))
    desk.pump(0.3)
    desk.key("enter")
    leaving(desk, "201", "王伟")
    desk.pump(0.2)
    desk.key("enter")
    desk.wait("201 VD")
    desk.calm()


def leaves_on_an_account(desk: Till) -> None:
    desk.type("202")
    desk.key("-")
    leaving(desk, "202", "张敏")
    desk.key("f6")
    desk.wait(COMPANY_NAME)
    desk.calm()
    desk.key("enter")
    desk.wait(f"{desk.w('on account')} {COMPANY_NAME}")
    desk.pump(0.3)
    desk.key("enter")
    desk.wait("202 VD")
    desk.calm()


def a_group_comes_and_goes(desk: Till) -> None:
    """The master pays the nights; everybody is printed, and leaves at once."""
    desk.key("f3")
    desk.see("Home")
    desk.enter("80")
    desk.wait(GROUP_NAME)
    desk.calm()
    action(desk, "Open the master account")
    desk.key("1")
    desk.calm()
    desk.enter("3000")
    desk.calm()
    action(desk, "Check in all")
    desk.see("Check in {name}: {count} rooms?", name=GROUP_NAME, count=2)
    desk.pump(0.2)
    desk.key("enter")
    desk.see("In the house: {name}, {count} rooms", name=GROUP_NAME, count=2)
    action(desk, "Check out all")
    desk.wait("640.00")
    desk.key("1")
    desk.see("Ways to pay")
    desk.key("enter")
    desk.see("All leave")
    desk.key("1")
    desk.see("Check out {name}: {count} rooms?", name=GROUP_NAME, count=2)
    desk.pump(0.2)
    desk.key("enter")
    desk.see("Gone: {name}, {count} rooms", name=GROUP_NAME, count=2)


def action(desk: Till, name: str) -> None:
    """What is done with the record under the cursor, by its number."""
    desk.key("f8")
    desk.see("What shall be done?")
    line = next(line for line in desk.lines() if desk.w(name) in line)
    desk.key(line[: line.index(desk.w(name))].split()[-1])
    desk.calm()


def compare(slips: list[ReadSlip]) -> None:
    """Each slip of an account says what the account says; what else was printed says its sum."""
    jobs = list(PrintJob.select().order_by(PrintJob.key))
    assert len(slips) == len(jobs)
    printed = list(zip(jobs, slips, strict=True))
    bills = [(job, slip) for job, slip in printed if job.kind in ("folio", "master")]
    for job, slip in bills:
        view = folio_view(job.subject) if job.kind == "folio" else master_view(job.subject)
        check_bill(slip, view)
    assert [slip.beside("客人") for _, slip in bills] == [
        "孙丽", "孙丽", "王伟", "张敏", GROUP_NAME,
    ]  # fmt: skip
    # Twice what was moved away and nothing that was not, what came back, and the company's part.
    assert each_beside(bills[0][1], "消费合计") == ["322.00", "88.00"]
    assert each_beside(bills[2][1], "消费合计") == ["355.00"]
    assert each_beside(bills[3][1], "挂账") == ["320.00"]
    assert each_beside(bills[4][1], "已付") == ["640.00"]
    receipts = [slip for job, slip in printed if job.kind == "payment"]
    assert [slip.beside("合计") for slip in receipts] == [
        "300.00", "500.00", "178.00", "88.00", "355.00", "640.00",
    ]  # fmt: skip
    assert receipts[3].beside("找零") == "12.00" and "抹零" not in receipts[2].text
    (sale,) = (slip for job, slip in printed if job.kind == "sale")
    assert (sale.beside("挂房账"), sale.beside("账户")) == ("2.00", "203 孙丽")
    assert "签字" in sale.text
    cards = [slip for job, slip in printed if job.kind == "registration"]
    assert [slip.beside("房号") for slip in cards] == ["201", "202", "301", "203", "204", "205"]
    assert CARD not in "".join(slip.text for slip in slips)


def check_bill(slip: ReadSlip, bill: FolioView) -> None:
    """Each line and each sum of each window."""
    for label, read in (("消费合计", "charged"), ("已付", "paid"), ("余额", "balance")):
        assert each_beside(slip, label) == [str(getattr(w, read)) for w in bill.windows]
    amounts = [line.split()[-1] for line in slip.lines if line[2:3] == "-" and line[:2].isdigit()]
    assert amounts == [str(line.amount) for window in bill.windows for line in window.lines]


def each_beside(slip: ReadSlip, label: str) -> list[str]:
    """What stands at the right end of every line that begins with a label."""
    return [
        line.strip().split()[-1].translate(NO_SIGN)
        for line in slip.lines
        if line.strip().startswith(f"{label} ")
    ]
