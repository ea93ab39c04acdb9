"""A visitor at the keys: found by the room of his guest, registered, and gone."""

from __future__ import annotations

from typing import Any

from models.hotel.desk.visitors import Visitor
from tests.tui.hotel.conftest import Start, house
from tests.tui.records.conftest import at

__all__ = ["at"]


async def test_who_comes_to_a_room_is_registered_and_goes_again(at: Start) -> None:
    async with at("visitors", prepared=house) as person:
        await person.press("f2")
        await person.type("201")
        await person.press("tab")
        await person.see("王伟")
        await person.type("李强")
        await person.press("tab", "tab")
        await person.type("110105194912310021")
        await person.press("f4")
        assert "check digit" in person.alarm
        await person.press("backspace")
        await person.type("X")
        await person.press("f4")
        await person.see("201", "李强", "1 row")
        await person.press("f8", "enter")
        visitor: Any = await person.do(Visitor.get)
        assert visitor.left_at is not None
        await person.press("f8", "enter")
        assert "李强" in person.alarm
