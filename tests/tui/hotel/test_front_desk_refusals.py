"""What the front desk refuses says why, and nothing has happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge, void_charge
from models.hotel.charges.windows import own_folio
from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.rates import AgesWrong, ages_of
from models.hotel.rooms.rooms import Room
from models.trust.operation import new_uid
from tests.stores import yuan
from tests.tui.hotel.conftest import TOMORROW, Start, desk, house, rack, stay_of
from tui.hotel.folios.folio import FolioScreen


async def test_a_number_that_no_room_has_is_told(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("999")
        await person.press("enter")
        assert "999" in person.alarm


async def test_an_empty_room_has_no_account(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("202")
        for key in ("slash", "f2", "f4", "minus", "full_stop"):
            await person.type("202")
            await person.press(key)
            assert "202" in person.alarm, key
            await person.press("f12")


async def test_charging_a_room_where_nobody_lives(at: Start) -> None:
    from tui.hotel.folios.posting import post_from_menu

    async with desk(at) as person:
        await person.see("201 OC")
        person.app.jobs.start(post_from_menu, person.app)
        await person.see("Charge which room or account?")
        await person.type("205")
        await person.press("enter")
        await person.rest()
        assert "205" in person.alarm


async def test_nobody_moves_when_no_other_room_is_ready(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.do(lambda: Room.update(care="dirty").execute())
        await person.press("f4")
        await person.rest()
        assert "王伟" in person.alarm


async def test_who_is_not_there_yet_has_no_account_to_pay_on(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        stay = await person.do(stay_of, "李娜")
        await person.app.go(FolioScreen(stay.key))
        await person.see("Guest account 李娜", "Nothing is on this account yet.")
        await person.press("enter")
        await person.rest()
        assert stay.number in person.alarm


@pytest.mark.parametrize("typed", ["18", "3岁", "-1", "4 x"])
def test_ages_of_children_are_full_years(typed: str) -> None:
    with pytest.raises(AgesWrong):
        ages_of(typed)
    assert ages_of("5，8 12、0") == (5, 8, 12, 0)


def _voided() -> object:
    made = house()
    post_charge(made.shop.owner, stay_of("王伟"), "5000", yuan("12"), uid=new_uid())
    line = lines_of(own_folio(stay_of("王伟").key).key)[-1]
    void_charge(made.shop.owner, line, reason="没喝", uid=new_uid())
    return made


async def test_each_key_on_a_line_that_is_answered_says_so_and_asks_nothing(at: Start) -> None:
    """The line that was taken back, and the one that took it back."""
    async with at("rack", prepared=_voided, screen=rack) as person:
        await person.see("201 OC")
        stay = await person.do(stay_of, "王伟")
        folio = FolioScreen(stay.key)
        await person.app.go(folio)
        await person.see("-12.00")
        assert [row.line.kind for row in folio.lines.row_values[-2:]] == ["charge", "void"]
        for place in (-1, -2):
            for key in ("delete", "f6", "f4", "ctrl+d"):
                folio.lines.move_to(len(folio.lines.row_values) + place)
                await person.press(key)
                assert "小酒吧" in person.alarm, key
                assert person.app.screen is folio, key
                await person.press("f12")


def _only_held() -> object:
    made = house()
    held = made.book(TOMORROW, TOMORROW + timedelta(days=1), name="钱一")
    change_stay(
        made.shop.owner, held, version=held.version, arrival=held.arrival,
        departure=held.departure, gives_room=True, room=made.room("202"), uid=new_uid(),
    )  # fmt: skip
    Room.update(care="dirty").where(Room.number << ["203", "204", "205"]).execute()
    return made


async def test_before_no_room_is_ready_a_swap_is_proposed(at: Start) -> None:
    async with at("rack", prepared=_only_held, screen=rack) as person:
        await person.see("201 OC")
        await person.press("f9")
        await person.see("Who arrives?", "李娜")
        await person.press("enter")
        await person.see("No room is ready for all nights", "202 is, when 钱一")
        await person.press("enter")
        await person.see("Check-in 李娜", "202", "clean, free")
        # 王伟 leaves 201 on the day on which he comes.
        assert (await person.do(stay_of, "钱一")).room.number == "201"
