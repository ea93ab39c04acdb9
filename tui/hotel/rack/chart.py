"""The chart of rooms (房态推移): a row a room, a column a day. From there a stay is opened, or a
free room reserved from that day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from textual.geometry import Size

from models.hotel.rooms.chart import Bar, Chart, ChartRow, read_chart
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, OPTION, STATE_WORDS, Stay, nights_had
from models.ledger.daily.days import store_day
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import t
from tui.hotel.rack.rack import require_typed
from tui.hotel.stays.quoting import total_text
from tui.records.forms.form import FormScreen, edit
from tui.widgets.edit import EditLine
from tui.widgets.entry import PlaceEntry
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece
from tui.widgets.told import ToldRows

MOST_DAYS, WEEK = 30, 7
# Room and type stand before the days, each with a blank behind it.
_ROOM, _TYPE = 5, 5
_BEFORE = _ROOM + _TYPE + 4
# Two cells a day and one between them: a Chinese sign, or two digits of a date.
_LEAST, _MOST = 2, 5


def layout(width: int) -> tuple[int, int]:
    """How many days a window of this width shows, and the cells of each."""
    days = max(1, min(MOST_DAYS, (width - _BEFORE) // (_LEAST + 1)))
    return days, max(_LEAST, min(_MOST, (width - _BEFORE) // days - 1))


def bar_text(bar: Bar, day: int, cell: int) -> str:
    """What a bar shows on one of its days, and on the blank before its next one: its text runs over
    them, a line fills the rest.
    """
    text, place = clean(bar.text), day - bar.first
    begin = 0
    for _ in range(place):
        begin = _next(text, begin, cell + 1)
    # Behind its last day the blank parts it from the next bar.
    room = cell if place == bar.days - 1 else cell + 1
    shown = text[begin : _next(text, begin, room)]
    return shown or glyphs().line * room


def _next(text: str, begin: int, cell: int) -> int:
    """Where the part of a text ends that begins there and fits a cell."""
    from receipts.terminal import cells

    used = 0
    for end in range(begin, len(text)):
        used += cells(text[end])
        if used > cell:
            return end
    return len(text)


class Days(LineList):
    """The rooms; the cursor goes from day to day."""

    def __init__(self) -> None:
        super().__init__(
            [], by_cell=True, can_focus=False,
            empty=word("There is no room yet: they are made in the menu, Rooms."),
        )  # fmt: skip

    def show(self, chart: Chart, cell: int) -> None:
        """Show these days; the cursor stays where it is."""
        self.columns = [
            Column(word("Room"), _ROOM, read=lambda row: row.number),
            Column(word("Type"), _TYPE, tone="muted", read=lambda row: row.type_code),
            *(
                Column(f"{chart.day(n):%d}", cell, read=partial(_cell, n, cell), runs_on=True)
                for n in range(chart.days)
            ),
        ]
        self.set_rows(chart.rows)
        self.redraw()
        self.move_to(self.cursor, self.column)

    @property
    def day(self) -> int:
        """The day under the cursor."""
        return self.column - 2

    @property
    def row(self) -> ChartRow | None:
        """The room under the cursor."""
        rows = self.row_values
        return rows[self.cursor] if 0 <= self.cursor < len(rows) else None

    @property
    def bar(self) -> Bar | None:
        """What is under the cursor."""
        return self.row.at(self.day) if self.row else None

    def move_to(self, index: int, column: int | None = None) -> None:
        """Onto a day, never onto the room's number."""
        wanted = self.column if column is None else column
        super().move_to(index, max(2, wanted))

    def go_to(self, text: str) -> None:
        """To the room of this number, or the first that begins so."""
        numbers = [row.number.casefold() for row in self.row_values]
        wanted = text.casefold()
        found = [n for n, each in enumerate(numbers) if each == wanted]
        found += [n for n, each in enumerate(numbers) if each.startswith(wanted)]
        if found:
            self.move_to(found[0])


def _cell(day: int, cell: int, row: ChartRow) -> tuple[str, str]:
    bar = row.at(day)
    if bar is None:
        return glyphs().dot, "faint"
    if bar.stay is None:
        return "x" * cell, "bad"
    tone = "badge" if bar.state == IN_HOUSE else "muted" if bar.state == OPTION else "marked"
    return bar_text(bar, day, cell), tone


class ChartScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "chart"
    right = "check in"
    title_msgid = word("Chart of rooms")

    def __init__(self) -> None:
        super().__init__()
        self.first: date | None = None
        self.chart: Chart | None = None
        self.told: tuple[int, str] = (0, "")
        self.lines = self.roll = Days()

    def body(self) -> Iterable[Any]:
        yield self.lines
        yield ToldRows(self.about_rows, id="chart-about")
        yield PlaceEntry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self.look()

    def came_back(self) -> None:
        self.desk.jobs.start(self.look)

    def resized(self, size: Size) -> None:
        self.desk.jobs.start(self.look)

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Room number, then Enter"))

    async def look(self) -> None:
        """Read the days again."""
        days, cell = layout(self.size.width)
        self.chart = await self.in_books(_read, self.first, days)
        self.first = self.chart.first
        self.lines.show(self.chart, cell)
        await self._look_at_bar()

    async def _look_at_bar(self) -> None:
        bar = self.lines.bar
        if bar is not None and bar.stay is not None:
            self.told = (bar.stay, await self.in_books(_about, bar.stay))
        self.query_one(ToldRows).refresh()
        self.strip_changed()

    def about_rows(self) -> list[list[Piece]]:
        """The day in figures, and the stay or the free room under the cursor."""
        chart, row, number = self.chart, self.lines.row, self.lines.day
        if chart is None or row is None or not 0 <= number < chart.days:
            return []
        figures = t(
            "{day}: {left} rooms left, without a room: {without}", day=str(chart.day(number)),
            left=chart.left[number], without=chart.without[number],
        )  # fmt: skip
        bar = self.lines.bar
        if bar is None:
            about = t("{room} {type} is free", room=row.number, type=row.type_code)
        elif bar.stay is None:
            about = t("{room} is out of order: {why}", room=row.number, why=bar.text)
        else:
            about = self.told[1] if self.told[0] == bar.stay else ""
        return [[(f" {figures}", "strong")], [(f" {clean(about)}", "")]]

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The cursor is on another day or room."""
        event.stop()
        self.desk.jobs.start(self._look_at_bar)

    def line_changed(self, event: EditLine.Changed) -> None:
        """Digits go to the room that begins with them."""
        event.stop()
        if isinstance(event.line, PlaceEntry) and not event.line.is_asking and event.value:
            self.lines.go_to(event.value.strip())

    # Keys.

    async def do_chart_open(self) -> None:
        """Enter: the stay under the cursor, or a reservation of the free room from that day on.
        Refuses: RoomMissing.
        """
        row, bar = self.lines.row, self.lines.bar
        if require_typed(self.entry, row.number if row else None):
            return
        assert row is not None
        if bar is None:
            await self._reserve(row)
        elif bar.stay is not None:
            await self._open(bar.stay)
        await self.look()

    async def _reserve(self, row: ChartRow) -> None:
        from models.listings.listings import Linked
        from tui.hotel.stays.stays_listing import LISTING

        assert self.chart is not None
        arrival = self.chart.day(self.lines.day)
        preset = {
            "arrival": arrival, "departure": arrival + timedelta(days=1),
            "room_type": Linked(row.room_type, row.type_code),
            "room": Linked(row.room, row.number),
        }  # fmt: skip
        await edit(self.desk, FormScreen(LISTING, preset=preset))

    async def _open(self, key: int) -> None:
        from tui.hotel.folios.folio import open_folio
        from tui.hotel.stays.stays_listing import LISTING

        stay = await self.in_books(Stay.get_by_id, key)
        if stay.state in EXPECTED:
            await edit(self.desk, FormScreen(LISTING, key))
        else:
            await open_folio(self.desk, key)

    async def do_chart_earlier(self) -> None:
        """F8: a week earlier."""
        await self._go(-WEEK)

    async def do_chart_later(self) -> None:
        """F9: a week later."""
        await self._go(WEEK)

    async def _go(self, days: int) -> None:
        assert self.first is not None
        self.first += timedelta(days=days)
        await self.look()


def _read(first: date | None, days: int) -> Chart:
    return read_chart(first or store_day(), days)


def _about(key: int) -> str:
    stay: Stay = Stay.get_by_id(key)
    room = stay.room.number if stay.room else ""
    return (
        f"{room} {stay.name}  {t(STATE_WORDS[stay.state])}  {stay.arrival} - {stay.departure}  "
        f"{total_text(stay, nights_had(key))}"
    )


async def open_chart(app: Any) -> None:
    """From the menu."""
    await app.go(ChartScreen())
