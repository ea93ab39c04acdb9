"""A guest is named at the rack instead of the room, which nobody remembers."""

from __future__ import annotations

from tests.tui.hotel.conftest import Start, at, desk, stay_of

__all__ = ["at"]


async def test_who_was_named_leaves_by_express(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("没有")
        await person.press("minus")
        assert "没有" in person.alarm
        await person.press("f12")
        await person.type("ww")
        await person.press("slash")
        await person.see("Guest account 201 王伟")
        await person.press("f3")
        await person.type("王伟")
        await person.press("minus")
        await person.see("201 王伟 leaves", "180.00")
        await person.press("enter")
        await person.see("Give back to 王伟")
        await person.press("enter")
        await person.see("To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        assert (await person.do(stay_of, "王伟")).state == "departed"
