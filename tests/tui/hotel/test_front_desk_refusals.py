"""What the front desk refuses says why, and nothing has happened."""

from __future__ import annotations

import pytest

from models.hotel.rooms.rates import AgesWrong, ages_of
from models.hotel.rooms.rooms import Room
from tests.tui.hotel.conftest import Start, desk, stay_of
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
