"""A group by the keys: rooms held and named, the master, all in, who pays what, all out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.hotel.charges.windows import rules_of
from models.hotel.desk.group_desk import GroupReview, check_in_group
from models.hotel.folios.deposits import held, take_deposit
from models.hotel.folios.masters import master_of, open_master
from models.hotel.reservations.bookings import reserve
from models.hotel.rooms.room_days import left_between
from models.hotel.stays.stays import Booking, Stay
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Session, new_uid
from models.trust.settings import change_settings
from models.trust.users import User
from tests.stores import FIRST_DAY, Shop, Ticking, yuan
from tests.tui.hotel.conftest import TOMORROW, Start, house, stay_of, to_box
from tui.hotel.stays.group_leaving import ways_out
from tui.records.open import screen_of


def _with_a_group() -> None:
    made = house()
    wishes = [made.wish(FIRST_DAY, TOMORROW, name=name) for name in ("钱一", "钱二")]
    reserve(made.shop.owner, wishes, name="旅行团", uid=new_uid())


def _states(booking: Booking) -> list[str]:
    rows = Stay.select().where(Stay.booking == booking).order_by(Stay.key)
    return [f"{stay.name} {stay.state} {stay.room.number if stay.room else ''}" for stay in rows]


@pytest.mark.row("HTL-11", "HTL-16", "HTL-13")
async def test_a_group_from_the_rooming_list_to_the_departure(at: Start) -> None:
    async with at("groups", prepared=_with_a_group, screen=screen_of) as person:
        await person.see("旅行团")
        await _action(person, "Hold rooms")
        await person.see("Rooms held", "TWN", "2026-03-02")
        await to_box(person, "rooms")
        await person.type("1")
        await person.press("f4")
        await _action(person, "Pick up held rooms")
        await person.see("A room for each", "RACK")
        await to_box(person, "name")
        await person.type("钱三")
        await person.press("f4")
        await person.press("enter")
        await person.see("Rooming list", "钱一", "钱三", "Reserved")
        await to_box(person, "name")
        await person.type("赵云")
        await person.press("enter")
        await person.type("204")
        await person.press("f4")

        await _action(person, "Open the master account")
        await person.see("What does 旅行团 pay for its rooms?")
        await person.press("1")
        await person.type("3000")
        await person.press("enter")
        await _action(person, "Check in all")
        await person.see("Check in 旅行团: 3 rooms?", "204  赵云", "202  钱二")
        await person.press("enter")
        await person.see("In the house: 旅行团, 3 rooms")
        # Nobody is expected any more: it is said, and asks nothing.
        await _action(person, "Check in all")
        await person.see("nobody of this group is expected today")
        await person.press("f12")
        booking = (await person.do(stay_of, "赵云")).booking_id
        await _action(person, "Take a deposit")
        await person.see("Deposit for 旅行团, 0.00 held: how much?")
        await person.type("500")
        await person.press("enter")
        await person.see("Ways to pay", "500.00")
        await person.press("enter")
        await person.see("Taken: 旅行团 500.00")
        group = await person.do(Booking.get_by_id, booking)
        assert await person.do(_states, group) == [
            "赵云 in house 204", "钱二 in house 202", "钱三 in house 203",
        ]  # fmt: skip

        await _action(person, "The account")
        await person.see("Guest account 204 赵云", "G Group 0.00")
        await person.press("f5")
        await person.see("Where charges go", "room", "100")
        await person.press("f3")
        await person.press("f3")
        rules = await person.do(rules_of, (await person.do(stay_of, "赵云")).key)
        assert [rule.code for rule in rules] == ["room"]

        await _action(person, "Check out all")
        await person.see("3 rooms in the house", "Booked longer: 3 rooms, until 2026-03-03")
        await person.see("Deposit held  500.00", "Master less deposit  460.00")
        await person.press("1")
        await person.see("Ways to pay", "460.00")
        await person.press("enter")
        await person.see("All leave")
        await person.press("1")
        await person.see("Check out 旅行团: 3 rooms?")
        await person.press("enter")
        await person.see("Gone: 旅行团, 3 rooms")
        master = await person.do(master_of, await person.do(Booking.get_by_id, booking))
        assert (master.status, str(master.balance)) == ("closed", "0.00")


async def test_a_deposit_goes_back_when_nobody_comes(at: Start) -> None:
    """What was paid for a group that is cancelled, by the way by which it came."""
    async with at("stays", prepared=_with_a_deposit, screen=screen_of) as person:
        await person.see("钱一")
        await _action(person, "Give the deposit back")
        await person.see("Give back to 旅行团", "Cash 200.00")
        await person.press("enter")
        await person.see("Given back: 旅行团 Cash 200.00")
        stay = await person.do(stay_of, "钱二")
        booking = await person.do(Booking.get_by_id, stay.booking_id)
        assert str(await person.do(held, booking)) == "0.00"
        await _action(person, "Give the deposit back")
        assert "Nothing is held for 旅行团" in person.alarm
        # 王伟 lives there: what he pays goes on his account.
        await person.type("王伟")
        await person.see("1 row")
        await _action(person, "Take a deposit")
        await person.see("王伟 pays how much?")


async def test_a_type_is_closed_for_sale_and_opened_again(at: Start) -> None:
    async with at("room_types", prepared=house, screen=screen_of) as person:
        await person.see("TWN")
        for number, left in (("1", 0), ("2", 3)):
            await person.press("f8", "1")
            await person.see("what from now on?")
            await person.press(number)
            await person.see("From which day on?")
            await person.press("enter")
            await person.see("To which day, that one too?")
            await person.type("2026-13-05")
            await person.press("enter")
            assert "2026-13-05" in person.alarm
            await person.press("f12")
            await person.type("03-05")
            await person.press("enter")
            await person.see("2026-03-02 - 03-05")
            found = await person.do(left_between, FIRST_DAY, FIRST_DAY + timedelta(4))
            kings = [each.sellable for each in found.values() if each.rooms == 3]
            assert kings[-1] == left


def _with_a_deposit() -> None:
    _with_a_group()
    _pay_deposit("200")


def _pay_deposit(amount: str) -> None:
    booking = Booking.get(Booking.name == "旅行团")
    owner = Session(User.get(User.login == "owner").key, 1)
    take_deposit(owner, booking, [Paying(1, yuan(amount))], uid=new_uid())


async def _action(person: Any, name: str) -> None:
    await person.press("f8")
    await person.see("What shall be done?")
    shown = person.text()
    line = next(line for line in shown.splitlines() if name in line)
    number = line[: line.index(name)].split()[-1]
    # Of ten lines the first needs Enter: it could be the tenth.
    await person.press(number, *(["enter"] if number == "1" else []))


def _leaves_early() -> None:
    """All of the group pay a night that they drop, on its master; the manager lets nothing go."""
    made = house()
    two = FIRST_DAY + timedelta(days=2)
    wishes = [made.wish(FIRST_DAY, two, name=name) for name in ("钱一", "钱二")]
    booking = reserve(made.shop.owner, wishes, name="旅行团", uid=new_uid())
    check_in_group(made.shop.owner, booking, uid=new_uid())
    open_master(made.shop.owner, booking, limit=yuan("2000"), code="", uid=new_uid())
    change_settings(made.shop.owner, {"hotel.dropped_nights": 1}, uid=new_uid())
    made.shop.take(made.shop.owner, "经理", "waive fee")


def _may_waive() -> None:
    users = {user.login: user.key for user in User.select()}
    shop = Shop("", Path(), Ticking(), users=users)
    shop.give(shop.owner, "经理", waive_fee=None)


@pytest.mark.row("HTL-16")
async def test_the_fees_of_a_group_are_let_go_by_whoever_may(at: Start) -> None:
    async with at("groups", prepared=_leaves_early, screen=screen_of, login="manager") as person:
        await _action(person, "Check out all")
        await person.see("Leaving late or early  640.00", "Master account  1280.00")
        await person.see("3 No fee for leaving: 640.00")
        for is_allowed in (False, True):
            await person.press("3")
            await person.see("Why is there no fee?")
            await person.type("flight")
            await person.press("enter")
            if not is_allowed:
                # Nobody says yes: it goes on where it was.
                await person.see("Check out 旅行团", "Leaving late or early  640.00")
                assert "waive fee" in person.alarm
                await person.press("f12")
                await person.do(_may_waive)
        await person.see("Without the fee: flight", "Master account  640.00")
        assert "No fee for leaving" not in person.text()
        await person.press("1", "enter")
        await person.see("All leave")
        await person.press("1")
        await person.see("Check out 旅行团: 2 rooms?")
        await person.press("enter")
        await person.see("Gone: 旅行团, 2 rooms")


@pytest.mark.parametrize(
    ("settles", "master", "own", "ways"),
    [
        (True, "0", "0", ["leave"]),
        (True, "50", "0", ["pay", "account"]),
        (True, "-60", "0", ["back"]),
        # What is over pays what they owe; or goes back, and something is left to an account.
        (True, "-60", "60", ["back", "over"]),
        (True, "-60", "20", ["back"]),
        (True, "0", "60", ["account", "over"]),
        # Some are to come still: what is over is theirs.
        (False, "-60", "0", ["leave"]),
        (False, "-60", "60", ["over"]),
        # Nobody bears what they owe yet.
        (False, "", "60", ["master"]),
        (False, "", "0", ["leave"]),
    ],
)
def test_what_is_left_to_do_before_a_group_leaves(
    settles: bool, master: str, own: str, ways: list[str]
) -> None:
    stays: Any = ((Stay(), SimpleNamespace(balance=yuan(own), fee=yuan("0"))),)
    bears = Folio() if master else None
    due = GroupReview(stays, bears, yuan(master or "0"), yuan("0"), settles)
    assert [way for way, _ in ways_out(due, None)] == ways
    if "account" in ways:
        # Whose it is stands there then, and can be another's after all.
        assert [way for way, _ in ways_out(due, Folio())] in (
            ["leave", "account"],
            ["over", "account"],
        )
