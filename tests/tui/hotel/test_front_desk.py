"""The front desk by its keys: rooms, arrivals, accounts; who leaves: test_leaving_guests.py."""

from __future__ import annotations

import pytest

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge
from models.hotel.charges.services import LATE_CODE
from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.folios.deposits import held
from models.hotel.folios.transfers import transfer_lines
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import IN_HOUSE, Booking, Night, Stay, StayGuest, nights_of
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.listings.listing_records import record_of
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.staying import balance
from tests.stores import FIRST_DAY, yuan
from tests.tui.hotel.conftest import TOMORROW, Start, charge, desk, house, stay_of, to_box
from tui.records.listings import listing
from tui.records.open import screen_of

# A number of the standard's own example: a woman, born 1949-12-31 in Chaoyang, Beijing.
CARD = "11010519491231002X"


def slips() -> list[str]:
    return [job.kind for job in PrintJob.select().order_by(PrintJob.key)]


def care(number: str) -> str:
    return str(Room.get(Room.number == number).care)


@pytest.mark.row("H-3")
async def test_the_rack_says_who_is_where_in_letters_and_words(at: Start) -> None:
    async with desk(at) as person:
        shown = await person.see("201 OC 王伟", "202 VC", "301 VC", "Ready 7", "In the house 1")
        assert "Due in 1" in shown
        await person.type("201")
        await person.see("occupied, clean", "王伟  1 night", "has 500.00 left")
        await person.press("right")
        await person.see("202 双床 Twin  vacant, clean")
        # A high screen has room for who is expected and who leaves; a low one lists them with F9.
        assert "Expected today" not in person.text()
        await person.pilot.resize_terminal(80, 43)
        await person.see("Expected today", "Leaves today", "李娜")


@pytest.mark.row("H-3", "HTL-02")
async def test_clean_and_dirty_by_room_and_by_floor_with_the_keys(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("202")
        await person.press("f6")
        await person.see("202 VD", "Dirty 1")
        await person.press("f5")
        await person.see("202 VC")
        await person.press("f5")
        await person.see("202 VI", "vacant, inspected")
        # A room in which somebody lives is one of the dirty ones as well.
        await person.see("Dirty 0")
        await person.type("201")
        await person.press("f6")
        await person.see("201 OD", "Dirty 1")
        await person.type("301")
        await person.press("ctrl+f", "f6")
        await person.see("301 VD", "302 VD", "303 VD", "202 VI")
        assert [await person.do(care, n) for n in ("301", "303", "202")] == [
            "dirty", "dirty", "inspected",
        ]  # fmt: skip


@pytest.mark.row("HTL-01", "H-2")
async def test_a_reserved_guest_is_checked_in_with_card_and_deposit_in_one_step(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.press("f9")
        await person.see("Who arrives?", "李娜")
        await person.press("enter")
        await person.see("Check-in 李娜", "202", "clean, free", "2 x 320.00 = 640.00")
        await person.type(CARD)
        await person.press("enter")
        await person.see("1949-12-31", "Female", "北京市朝阳区")
        await to_box(person, "deposit")
        await person.type("300")
        await person.press("f4")
        await person.see("202 OC 李娜")
        stay = await person.do(stay_of, "李娜")
        assert (stay.state, stay.room.number) == ("in house", "202")
        assert await person.do(balance, stay) == "-300.00"
        guest = await person.do(lambda: StayGuest.get(StayGuest.stay == stay))
        assert (guest.paper, guest.born.isoformat()) == ("110*************2X", "1949-12-31")
        assert guest.paper_number.text == CARD
        assert (await person.do(slips))[-2:] == ["payment", "registration"]


async def test_a_card_number_that_cannot_be_is_told_and_checks_nobody_in(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.press("f9", "enter")
        await person.see("Check-in 李娜")
        await person.type("110105194912310021")
        await person.press("enter")
        assert "110105194912310021" in person.alarm
        await person.press("f4")
        assert (await person.do(stay_of, "李娜")).state == "reserved"
        assert "110105194912310021" in person.alarm
        # The caret has stayed: the card is read once more, and it is the other one.
        await person.type(CARD)
        await person.press("enter")
        await person.see("1949-12-31")


@pytest.mark.row("HTL-01")
async def test_a_walk_in_on_the_chosen_room(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("302")
        await person.press("plus")
        await person.see("Walk-in", "302", "1 x 320.00 = 320.00")
        await to_box(person, "name")
        await person.type("孙丽")
        await person.press("f4")
        await person.see("302 OC 孙丽")
        stay = await person.do(stay_of, "孙丽")
        assert (stay.arrival, stay.departure) == (FIRST_DAY, TOMORROW)
        # Through what he is booked is a word, not a code.
        record = await person.do(record_of, person.app.session, listing("stays"), stay.key)
        assert record.values["source"] == "Walk-in"


async def test_nobody_is_sent_into_a_dirty_or_a_taken_room(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("302")
        await person.press("f6", "plus")
        assert "302" in person.alarm
        await person.see("302 VD", "Room rack")
        await person.type("201")
        await person.press("plus")
        await person.see("王伟 lives in 201", "A second account in the same room?")
        await person.press("f12")
        await person.see("Room rack", "201 OC")


async def test_who_shares_a_room_has_an_account_of_his_own(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("plus")
        await person.see("王伟 lives in 201")
        await person.press("enter")
        await person.see("Shares the room", "201")
        await to_box(person, "name")
        await person.type("孙丽")
        await to_box(person, "price")
        await person.type("0")
        await person.press("f4")
        await person.see("Room rack", "201 OC 王伟")
        stay = await person.do(stay_of, "孙丽")
        assert stay.is_sharing and stay.state == IN_HOUSE


@pytest.mark.row("HTL-04")
async def test_a_charge_is_four_fields(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("f2")
        await person.see("201 王伟: which code?")
        # One that there is not lists them.
        await person.type("4009")
        await person.press("enter")
        await person.see("What is charged?", "4000", "洗衣")
        await person.press("f12")
        await person.see("201 王伟: which code?")
        await person.type("4000")
        await person.press("enter")
        await person.see("how much?")
        await person.type("53")
        await person.press("enter")
        await person.see("Number of the voucher")
        # A step back, and the sum is typed anew.
        await person.press("f12")
        await person.see("how much?", "53")
        await person.type("35")
        await person.press("enter")
        await person.type("0815")
        await person.press("enter")
        await person.see("has 465.00 left")
        stay = await person.do(stay_of, "王伟")
        line = (await person.do(lines_of, (await person.do(own_folio, stay.key)).key))[-1]
        assert (line.code, str(line.amount), line.text) == ("4000", "35.00", "洗衣 0815")
        # The minibar is a list of its own, and two of a thing are one line.
        await person.type("201")
        await person.press("f2")
        await person.type("2*5")
        await person.press("enter")
        await person.see("What is charged?", "5000", "小酒吧")
        assert "4000" not in person.text()
        await person.press("enter")
        await person.see("小酒吧 ×2: how much?")
        await person.type("24")
        await person.press("enter", "enter")
        await person.see("has 441.00 left")
        line = (await person.do(lines_of, (await person.do(own_folio, stay.key)).key))[-1]
        assert (line.code, str(line.amount), line.text) == ("5000", "24.00", "小酒吧 ×2")


async def test_a_line_is_voided_split_and_moved_on_the_account(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await charge(person, "201", "4000", "90")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "洗衣", "-410.00")
        await person.press("f6")
        await person.type("30")
        await person.press("enter")
        await person.see("30.00", "60.00")
        await person.press("f8")
        await person.type("锦程公司")
        await person.press("enter")
        await person.see("B 0.00")
        await person.press("f4")
        await person.see("To whose account?", "锦程公司")
        await person.press("enter")
        await person.see("B 60.00")
        stay = await person.do(stay_of, "王伟")
        assert await person.do(_balances, stay) == ["-470.00", "60.00"]
        await person.press("f2")
        await person.type("5000")
        await person.press("enter")
        await person.type("12")
        await person.press("enter", "enter")
        await person.see("小酒吧")
        await person.press("delete")
        await person.see("Why is 小酒吧 voided?")
        await person.type("没喝")
        await person.press("enter")
        await person.see("-12.00")
        assert await person.do(_balances, stay) == ["-470.00", "60.00"]


def _balances(stay: Stay) -> list[str]:
    return [str(folio.balance) for _, folio in windows_of(stay.key)]


@pytest.mark.row("HTL-05")
async def test_a_guest_moves_with_a_reason(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("f4")
        await person.see("王伟 moves to which room?")
        # Of another type: what it costs more is said before it is chosen.
        await person.do(lambda: Night.update(list_price=yuan("140")).execute())
        await person.type("301")
        await person.press("enter")
        await person.see("The price stays as it is", "The difference is charged  180.00")
        await person.press("f12", "f4")
        await person.type("203")
        await person.press("enter")
        await person.see("Why does 王伟 move to")
        await person.type("空调坏了")
        await person.press("enter")
        await person.see("203 OC 王伟", "201 VD")


async def test_a_room_goes_out_of_order_and_comes_back(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("303")
        await person.press("f8")
        await person.see("Rooms out of order New", "303", "2026-03-02")
        await to_box(person, "until")
        await person.type("2026-03-04")
        await person.press("enter")
        await person.type("空调漏水")
        await person.press("f4")
        await person.see("303 OOO", "until 2026-03-04  空调漏水")
        await person.press("f8", "enter")
        await person.see("303 VC")


@pytest.mark.row("H-1", "HTL-08")
async def test_a_reservation_shows_its_price_and_what_is_left(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("301")
        await person.press("asterisk")
        await person.see("Reservations and stays New", "KNG")
        await to_box(person, "name")
        await person.type("钱多")
        await to_box(person, "departure")
        await person.type("2026-03-05")
        await person.press("enter")
        await to_box(person, "plan")
        await person.type("RACK")
        await person.press("enter")
        await person.see("3 x 320.00 = 960.00   2 rooms left")
        await to_box(person, "rooms")
        await person.type("2")
        await person.press("enter")
        await person.see("3 x 320.00 = 960.00   2 rooms 1920.00   2 rooms left")
        await to_box(person, "price")
        await person.type("300")
        await person.press("tab")
        await person.see("3 x 300.00 = 900.00   2 rooms 1800.00   2 rooms left")
        await person.press("f4")
        await person.see("Room rack")
        stay = await person.do(stay_of, "钱多")
        assert (stay.state, str(stay.departure)) == ("reserved", "2026-03-05")
        nights = await person.do(nights_of, stay.key)
        assert [str(night.price) for night in nights] == ["300.00"] * 3


async def test_what_a_longer_stay_costs_is_shown_before_it_is_stored(at: Start) -> None:
    """Two nights more, one of them at the weekend; and what he paid for leaving late goes back."""
    async with at("stays", prepared=_gone_late_and_back, screen=screen_of) as person:
        await person.type("王伟")
        await person.see("1 row")
        await person.press("enter")
        await person.see("1 x 300.00 = 300.00")
        await to_box(person, "departure")
        await person.type("2026-03-07")
        await person.press("tab")
        await person.see("1 x 300.00 + 3 x 320.00 + 1 x 420.00 = 1680.00", "Late departure -160.00")
        # What was moved to an account that is closed by now does not come back by itself.
        await person.see("-160.00  40.00 stays on closed F01-00002")
        # Two persons are priced anew, as whoever comes today.
        await to_box(person, "adults")
        await person.type("2")
        await person.press("tab")
        await person.see("4 x 320.00 + 1 x 420.00 = 1700.00")
        await person.press("f4")
        await person.see("1 row")
        stay = await person.do(stay_of, "王伟")
        nights = await person.do(nights_of, stay.key)
        assert [str(night.price) for night in nights] == [
            "320.00", "320.00", "320.00", "320.00", "420.00",
        ]  # fmt: skip


def _gone_late_and_back() -> None:
    """王伟 was charged half a night for leaving late, and is in the house."""
    desk, stay = house().shop.owner, stay_of("王伟")
    Night.update(price=yuan("300")).where(Night.stay == stay).execute()
    Stay.update(departure=FIRST_DAY).where(Stay.key == stay.key).execute()
    post_charge(desk, stay, LATE_CODE, yuan("160"), uid=new_uid())
    post_charge(desk, stay, LATE_CODE, yuan("40"), uid=new_uid())
    other = open_folio(desk, kind=COMPANY, name="旅行社", limit=yuan("99"), uid=new_uid())
    transfer_lines(desk, lines_of(own_folio(stay.key).key)[-1:], other, uid=new_uid())
    Folio.update(status="closed").where(Folio.key == other.key).execute()


async def test_a_deposit_for_who_is_expected_in_a_room(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        stay = await person.do(stay_of, "李娜")
        await person.do(_fix, stay, "204")
        await person.press("f5")
        await person.see("204 VC→李娜")
        await person.type("204")
        await person.press("full_stop")
        await person.see("Deposit for 李娜, 0.00 held")
        await person.type("200")
        await person.press("enter")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("Room rack")
        booking = await person.do(Booking.get_by_id, stay.booking_id)
        assert await person.do(held, booking) == Money(20_000, (await person.do(store_currency)))


def _fix(stay: Stay, number: str) -> None:
    room = Room.get(Room.number == number)
    Stay.update(room=room).where(Stay.key == stay.key).execute()
