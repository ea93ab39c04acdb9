"""Stocktake from the menu: go on with a zone, join one that is open, or begin another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.goods.goods import Category
from models.listings.listings import Linked
from models.stock import counts
from models.stock.count_review import CountedItem, go_on, review
from models.stock.counts import COUNTING, Stocktake, Zone
from models.stock.stock import SHOP_FLOOR
from models.stock.stock_list import places_to_count
from models.trust import drafts
from receipts.words import word
from tui.desk.words import t
from tui.records.listings import listing
from tui.records.picker import Picker
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

ALL, SOME = word("Count everything: a new stocktake"), word("Count a category: a new stocktake")
GO_ON, JOIN, COMPARE = word("Go on counting"), word("Count another zone"), word("Compare and post")


@dataclass(frozen=True, slots=True)
class ToCount:
    """One thing to do: what, of which stocktake, in which zone."""

    what: str
    more: str = ""
    take: Stocktake | None = None
    draft: int | None = None
    is_second: bool = False

    def told(self) -> str:
        """Which stocktake, which zone, and that it is the second count of it."""
        return f"{self.more} {t('second count')}" if self.is_second else self.more


COLUMNS = (
    Column(word("Stocktake"), 0, least=30, read=lambda row: t(row.what)),
    Column(word("Which"), 34, tone="muted", read=lambda row: row.told()),
)
PLACES = (Column(word("Place"), 0, read=lambda row: row[1]),)


def _choices(register: int) -> list[ToCount]:
    found = []
    for take in Stocktake.select().where(Stocktake.state == COUNTING).order_by(Stocktake.key):
        name = f"{take.number} {take.title}".strip()
        for draft in counts.zones_of(take.key):
            if draft.register == register:
                zone, turn = drafts.head_value(draft, "zone"), drafts.head_value(draft, "turn")
                found.append(ToCount(GO_ON, f"{name} {zone}", take, draft.key, turn == 2))
        found += [ToCount(JOIN, name, take), ToCount(COMPARE, name, take)]
    return [*found, ToCount(ALL), ToCount(SOME)]


async def open_stocktake(app: CounterApp) -> None:
    """From the menu: Enter goes on with what this register counts."""
    assert app.session is not None
    rows = await app.in_books(_choices, app.session.register)
    chosen: ToCount | None = await app.ask(Pick(word("What is counted?"), COLUMNS, rows))
    if chosen is None:
        return
    take = chosen.take
    if chosen.draft is not None:
        assert take is not None
        draft = await app.in_books(drafts.read, chosen.draft)
        await show_zone(app, await app.in_books(go_on, draft, app.session.user), take)
    elif take is not None and chosen.what == COMPARE:
        await _compare(app, take)
    else:
        take = take or await _begin(app, chosen.what)
        if take is not None:
            await _count_zone(app, take)


async def _begin(app: CounterApp, what: str) -> Stocktake | None:
    category, title = None, ""
    if what == SOME:
        picked: Linked | None = await app.ask(Picker(listing("categories")))
        if picked is None:
            return None
        category = int(picked.key)
        title = (await app.in_books(Category.get_by_id, category)).name
    place = await _place(app)
    if place is None:
        return None
    number, name = place
    if number != SHOP_FLOOR:
        title = f"{name} {title}".strip()
    made: Stocktake = await app.operate(
        counts.begin_stocktake, title=title, category=category, location=number
    )
    return made


async def _place(app: CounterApp) -> tuple[int, str] | None:
    """Where is counted; asked where something lies elsewhere than on the shop floor."""
    places = list((await app.in_books(places_to_count)).items())
    if len(places) == 1:
        return places[0]
    chosen: tuple[int, str] | None = await app.ask(
        Pick(word("Which place is counted?"), PLACES, places)
    )
    return chosen


async def _count_zone(app: CounterApp, take: Stocktake) -> None:
    title = word("Which zone do you count? A shelf, a room ...")
    name = await app.ask(Ask(title, value="A", is_typed=True))
    if name:
        await show_zone(app, await app.in_books(counts.begin_zone, app.session, take, name), take)


async def show_zone(app: CounterApp, zone: Zone, take: Stocktake) -> None:
    """The screen of one zone."""
    from tui.stock.counting import CountingScreen

    again = [row for row in zone.again.values() if zone.name in row.once]
    await app.go(CountingScreen(zone, take.number, again, compare))


async def _compare(app: CounterApp, take: Stocktake) -> None:
    from tui.stock.comparing import ComparingScreen

    await app.go(ComparingScreen(take, await app.in_books(review, take), show_zone))


async def compare(app: CounterApp, key: int) -> None:
    """A stocktake against the books, instead of the counting that is on top."""
    from tui.stock.comparing import ComparingScreen

    take, rows = await app.in_books(_look, key)
    await app.go(ComparingScreen(take, rows, show_zone), instead=True)


def _look(key: int) -> tuple[Stocktake, list[CountedItem]]:
    take = Stocktake.get_by_id(key)
    return take, review(take)
