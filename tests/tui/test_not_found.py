"""What was looked up and not found leaves nothing chosen: the next key changes nothing of what was
chosen before it, on every screen where a code or a number chooses.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.ledger.daily.till_events import TillEvent
from models.stock.stock import stock_of
from receipts.words import refusal_text, say
from tests.databases import Stores
from tests.tui.counters import Counter, a_counter
from tests.tui.test_every_screen import a_house
from tui.buying.receiving import ReceivingScreen
from tui.desk.trade_screens import open_named
from tui.hotel.rack.rack import RoomMissing
from tui.shop.coming_back import NOT_SOLD, ComingBack
from tui.widgets.line_list import NothingChosen

NOTHING = refusal_text(NothingChosen(), "zh")
WATER, COLA = "1001", "6901234500028"


class At:
    """Keys and codes at a counter, and what is said then."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.app = counter, counter.app

    async def press(self, *keys: str) -> str:
        self.app.notices.alarm = ""
        await self.counter.pilot.press(*keys)
        await self.counter.rest()
        return str(self.app.notices.alarm)

    async def types(self, text: str) -> str:
        return await self.press(*text, "enter")

    async def scan(self, code: str) -> str:
        self.app.notices.alarm = ""
        self.app.gate.scan_arrived(code)
        await self.counter.rest()
        return str(self.app.notices.alarm)

    async def opens(self, name: str) -> Any:
        await self.counter.begins("owner")
        await self.counter.opens(open_named, self.app, name)
        return self.app.screen


@pytest.mark.row("TIL-02", "STK-12")
async def test_what_was_not_found_is_not_what_was_there_before(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        at = At(counter)
        await at.app.in_books(a_house)
        await selling(at)
        await coming_back(at)
        await by_hand(at)
        await receiving(at)
        await rack(at)


async def selling(at: At) -> None:
    screen = await at.opens("tui.money.opening:open_selling")
    await at.types(WATER)
    await at.press("3", "*", "enter")
    for code, way in (("7777777", at.scan), ("88888", at.types)):
        assert code in await way(code)
        assert screen.lines.chosen is None
        for keys in (("-",), ("delete",), ("*",), (".",), ("/",), ("5", "*", "enter")):
            assert await at.press(*keys) == NOTHING, keys
        (line,) = screen.basket.lines
        assert str(line.quantity) == "3" and line.discount is None
        # An arrow brings the line back, and what is rung is the line that is meant.
        await at.press("up")
        assert screen.chosen is line
    await at.scan("7777777")
    await at.scan(COLA)
    await at.press("-")
    assert [each.item.code for each in screen.basket.lines] == [WATER]
    # Letters look goods up: to leave that again is no code that was missed.
    await at.types("zzz")
    await at.press("f12")
    assert screen.chosen is not None
    assert await at.app.in_books(TillEvent.select().count) == 1


async def coming_back(at: At) -> None:
    await at.press("f9")
    await at.press("enter")
    await at.press("ctrl+t")
    await at.press("enter")
    panel = at.app.screen
    assert isinstance(panel, ComingBack)
    assert await at.scan(COLA) == say(NOT_SOLD, "zh", code=COLA)
    assert await at.press("1", "enter") == NOTHING
    assert await at.press("+") == NOTHING
    assert not panel._chosen.quantities
    await at.press("down")
    await at.press("1", "enter")
    assert [str(each) for each in panel._chosen.quantities.values()] == ["1"]


async def by_hand(at: At) -> None:
    screen = await at.opens("tui.goods.adjust_stock:open_adjust_stock")
    await at.types(WATER)
    before = await at.app.in_books(stock_of, screen.lines.chosen.goods.key)
    assert "88888" in await at.types("88888")
    assert await at.press("+", "5", "enter") == NOTHING
    assert len(at.app.screen_stack) == 3, "and no reason is asked for"
    row = screen.rows[0]
    assert await at.app.in_books(stock_of, row.goods.key) == before
    await at.press("up")
    await at.press("+", "5", "enter")
    await at.press("x", "enter")
    assert screen.rows[-1].stock.quantity - before.quantity == screen.rows[-1].stock.quantity.of(5)


async def receiving(at: At) -> None:
    await at.opens("tui.buying.beginning:open_receiving")
    await at.press("down", "enter")
    screen = at.app.screen
    assert isinstance(screen, ReceivingScreen)
    await at.press("3", "*")
    await at.scan(WATER)
    for code, way in (("7777777", at.scan), ("88888", at.types)):
        assert code in await way(code)
        for keys in (("-",), ("delete",), ("*",), (".",), ("/",)):
            await at.press(*keys)
            await at.press("f12")
        assert await at.press("5", "*", "enter") == NOTHING
        (line,) = screen.receiving.lines
        assert (str(line.quantity), str(line.rejected)) == ("3", "0")
        await at.press("up")
        assert screen.chosen is not None
    await at.press("5", "*", "enter")
    assert [str(line.quantity) for line in screen.receiving.lines] == ["5"]


async def rack(at: At) -> None:
    screen = await at.opens("tui.hotel.rack.rack:open_rack")
    await at.press(*"203")
    room = screen.lines.room
    missing = refusal_text(RoomMissing(room="999"), "zh")
    await at.press("f12")
    await at.press(*"999")
    for key in ("f6", "f6", "enter"):
        assert await at.press(key) == missing, key
    assert screen.lines.room.care == room.care
    # Typed over, it is another number.
    await at.press(*"203")
    await at.press("f6")
    assert (screen.lines.room.number, screen.lines.room.care) == ("203", "dirty")
