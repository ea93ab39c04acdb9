"""What was looked up for one thing never stands beside the next, however slow the books are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from models.listings.listings import Related
from tests.tui.hotel.conftest import desk
from tests.tui.records.conftest import Person, Start, at
from tests.tui.records.test_reports import sell_some
from tui.records.list import ListScreen
from tui.records.listings import listing
from tui.records.source import Source
from tui.shop.enquire import Enquire

__all__ = ["at"]


@asynccontextmanager
async def slow_books(person: Person) -> AsyncIterator[None]:
    """Within it the books answer nothing: what stands on the screen was there before."""
    books, held = person.app.in_books, asyncio.Event()

    async def waits(*args: Any, **fields: Any) -> Any:
        await held.wait()
        return await books(*args, **fields)

    person.app.in_books = waits  # type: ignore[method-assign]
    try:
        yield
    finally:
        person.app.in_books = books  # type: ignore[method-assign]
        held.set()
        await person.rest()


async def test_the_rack_says_nothing_of_the_last_room_beside_the_next(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.see("王伟", "has 500.00 left")
        async with slow_books(person):
            await person.press("right")
            await person.see("has 500.00 left", gone=True)
        await person.see("202 双床 Twin  vacant, clean")


def people_told(name: str) -> ListScreen:
    """The list of people, below which stands whose it is."""
    told = lambda session, key: [Related("2026-03-02", "Contact", f"of-{key}")]  # noqa: E731
    return ListScreen(Source(replace(listing(name), related=told)))


async def test_what_belongs_to_a_record_goes_with_it(at: Start) -> None:
    """The history of a person below the list: of the one under the cursor, or of nobody yet."""
    async with at("people", screen=people_told) as person:
        shown = await person.see("of-")
        first = next(word for word in shown.split() if word.startswith("of-"))
        async with slow_books(person):
            await person.press("down")
            await person.see(first, gone=True)
        await person.see("of-")


async def test_a_price_asked_for_goes_with_the_next_code(at: Start) -> None:
    async with at("goods", prepared=sell_some) as person:
        await person.see("15 rows")
        person.app.jobs.start(person.app.ask, Enquire())
        await person.see("Scan the item, or type its code.")
        await person.type("1002")
        await person.press("enter")
        # By the unit of its price: the list behind has the same names.
        await person.see("3.50 / 瓶")
        async with slow_books(person):
            await person.type("1003")
            await person.press("enter")
            await person.see("/ 瓶", gone=True)
        await person.see("9.90 / 千克")
        await person.type("77777")
        await person.press("enter")
        await person.see("/ 千克", gone=True)
        # What the till would offer, another item for the code, is not told here; F7 looks.
        await person.see("F7 finds it by")
        await person.press("f12", "f7")
        await person.see("Find goods")
