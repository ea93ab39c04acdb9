"""The one list: the records of any listing, or the rows of a report.

    await desk.go(ListScreen(Source(listing)))

Typing finds; Enter opens. What else can be done is on the strip. F12 takes back one thing after the
other: what was typed, the filter, the dates, the marks, the order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from textual.strip import Strip

from models.base.refusals import Refusal
from models.listings import listing_pages
from models.listings.listing_reader import Anchor, Line
from models.listings.listing_records import record_of
from models.listings.listings import View
from models.trust.users import Rights
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.key_rows import Command
from tui.desk.gate.scan import Code
from tui.desk.words import t
from tui.records import bulk, more, refreshing, sheets, views
from tui.records.columns import is_off
from tui.records.forms.form import FormScreen, edit
from tui.records.related import RelatedRows
from tui.records.source import Source, Totals, all_lines
from tui.records.values import use_zone
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.panel import Confirm
from tui.widgets.rows import Piece, Rows, between


class RecordNotChosen(Refusal):
    """A record must be chosen before it can be changed."""


class ViewLine(Rows):
    """What the list shows now: filter, dates, order; and how many rows are marked."""

    def render_line(self, y: int) -> Strip:
        if y:
            return self.blank()
        left, right = self.screen.view_pieces()  # type: ignore[attr-defined]
        return self.strip_of(between(left, right, self.size.width))


class ListScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "list"

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source, self.listing = source, source.listing
        self.right = self.listing.right
        self.lines = self.roll = LineList(
            source.columns(), can_focus=False, empty=source.empty_text()
        )
        self.related = RelatedRows() if self.listing.related else None
        self.can_change = False
        self.rights: Any = None
        self._finding: asyncio.Task[None] | None = None
        self._counting: asyncio.Task[None] | None = None
        self.totals: Totals | None = None

    @property
    def title_msgid(self) -> str:  # type: ignore[override]
        return self.listing.title

    def may_be_seen(self, rights: Rights) -> bool:
        return super().may_be_seen(rights) and self.source.may_be_seen(rights)

    def body(self) -> Iterable[Any]:
        yield ViewLine()
        yield from self.middle()
        if self.related is not None:
            yield self.related
        yield Entry()

    def middle(self) -> Iterable[Any]:
        """What stands between filter and entry."""
        yield self.lines

    async def on_mount(self) -> None:
        use_zone(self.desk.frame.zone)
        self.entry.focus()
        self.words_changed()
        refreshing.begin(self)
        self.desk.jobs.start(self.begin)

    def words_changed(self) -> None:
        """The hint and the totals are drawn text: say them again, under columns that fit."""
        opens = self.listing.row is not None
        self.entry.hint(t("Type to find; Enter opens") if opens else t("Type to find"))
        self.lines.set_columns(self.source.columns())
        if self.totals is not None:
            self._show_totals(self.totals)

    async def begin(self, key: Any = None) -> None:
        """Look who this is, and read the page of the record with this key, or the first one.
        Refuses: RightMissing.
        """
        try:
            self.rights = await self.source.open(self.desk)
        except Refusal:
            self.leave()
            raise
        right = self.listing.change_right
        self.can_change = self.listing.save is not None and (not right or self.rights.holds(right))
        self.lines.set_columns(self.source.columns())
        await self.reload(key)
        self.strip_changed()

    async def user_changed(self) -> None:
        """Other fields and other rows; the cursor stays on its record, for who takes over goes on
        with it.
        """
        row = self.lines.chosen
        has_key = isinstance(row, Line) and self.listing.row is not None
        await self.begin(row.key if has_key else None)

    async def reload(self, key: Any = None, *, place: Anchor | None = None) -> None:
        """Read the list again; the cursor goes to the record with this key, or to where it was."""
        self.lines.empty = self.source.empty_text()
        await self.source.show(self.lines, self.desk, key=key, place=place)
        self.changed()
        self.count_again()

    async def do_chart(self) -> None:
        """Ctrl+G: a report as bars."""
        from tui.records.chart import show_chart

        await show_chart(self)

    # F7: what others changed.
    do_refresh_rows = refreshing.by_key

    async def set_view(self, view: View) -> None:
        """Show other rows; when they are refused, the old ones stay."""
        before, self.source.view = self.source.view, view
        try:
            await self.reload()
        except Refusal:
            self.source.view = before
            raise

    def changed(self) -> None:
        self.query_one(ViewLine).refresh()
        self.strip_changed()
        self.show_related()

    def show_related(self) -> None:
        """The rows below the list follow the cursor."""
        if self.related is not None:
            row = self.lines.chosen
            self.related.follow(self, row.key if isinstance(row, Line) else None)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The cursor is on another record."""
        event.stop()
        self.show_related()

    def line_changed(self, event: EditLine.Changed) -> None:
        """Quick find follows each key; only the last one typed is looked for."""
        event.stop()
        if event.line is not self.entry or self.entry.is_asking:
            return
        if event.value.strip() == self.source.view.text:
            return
        if self._finding is not None:
            self._finding.cancel()
        self._finding = asyncio.create_task(self._find(event.value))

    async def _find(self, text: str) -> None:
        try:
            self.source.look_for(text)
            await self.reload()
        except Refusal as refusal:
            self.desk.tell(refusal)

    async def found(self) -> None:
        """Wait for the quick find of what was typed last."""
        if self._finding is not None and not self._finding.done():
            await asyncio.wait([self._finding])

    def count_again(self, *, other_rows: bool = True) -> None:
        """Count in the background. Of other rows nothing is known until then; of the same rows that
        were read again, the last count stands until the new one is there.
        """
        if self._counting is not None:
            self._counting.cancel()
        if other_rows:
            self.totals = None
            self.lines.totals(None)
        self._counting = asyncio.create_task(self._count())

    async def _count(self) -> None:
        """The totals line, counted in the background, a slice at a time."""
        async for totals in self.source.totals(self.desk, list(self.lines.row_values)):
            self._show_totals(totals)

    def _show_totals(self, totals: Totals) -> None:
        self.totals = totals
        source, more = self.source, "" if totals.is_whole else " …"
        count = f"{totals.count:,}{more}"
        one = totals.count == 1 and totals.is_whole
        texts = {each.name: source.text(each, totals.sums.get(each.name)) for each in source.fields}
        texts[source.named] = t("1 row") if one else t("{count} rows", count=count)
        self.lines.totals(list(texts.values()))

    def on_unmount(self) -> None:
        for task in (self._finding, self._counting):
            if task is not None:
                task.cancel()
        if self.related is not None:
            self.related.stop()

    # The rows above and below.

    def view_pieces(self) -> tuple[list[Piece], list[Piece]]:
        """What the row above the list says."""
        view = self.source.view
        left: list[Piece] = [(" ", "")]
        for piece in self.source.said():
            left += [piece, ("  ", "")]
        order = self.listing.by_name.get(view.order or self.listing.order)
        right: list[Piece] = []
        if self.lines.marks:
            right.append((t("Marked: {count}", count=len(self.lines.marks)), "strong"))
            right.append(("   ", ""))
        if order is not None:
            sign = "↓" if self.listing.is_newest_first != view.is_reversed else "↑"
            right.append((f"{t('by {column}', column=t(order.label))} {sign} ", "muted"))
        return left, right

    def has(self, command: Command) -> bool:
        offered = {
            "new_record": self.can_change and self.listing.can_add,
            "drop_record": self.can_change and self.listing.drop is not None,
            "change_marked": self.can_change,
            "date_window": bool(self.listing.dates),
            **dict.fromkeys(OF_RECORDS, self.listing.row is not None),
            **dict.fromkeys(TAKEN_OUT, self.rights is not None and self.rights.holds("export")),
            "other_pane": False,
            "chart": self.listing.row is None,
        }
        return offered.get(command.id, True)

    def offers(self, command: Command) -> bool:
        needs_row = command.id in NEEDS_ROW
        return self.has(command) and not (needs_row and self.lines.chosen is None)

    def chosen(self) -> Line:
        """The row under the cursor. Refuses: RecordNotChosen."""
        row = self.lines.chosen
        if not isinstance(row, Line):
            raise RecordNotChosen()
        return row

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        # Textual calls the handlers of all base classes, unless it is told not to.
        event.prevent_default()
        if isinstance(event.line, Entry) and not event.line.is_asking:
            event.stop()
            self.desk.jobs.start(self.do_open_record)
        else:
            super().on_edit_line_submitted(event)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.desk.jobs.start(self.do_open_record)

    async def do_open_record(self) -> None:
        """Enter: the record in a form."""
        if self.listing.row is None:
            return
        await self.found()
        key = await edit(self.desk, FormScreen(self.listing, self.chosen().key))
        if key is not None:
            await self.reload(key)

    async def do_new_record(self) -> None:
        """F2: a new record."""
        key = await edit(self.desk, FormScreen(self.listing, preset=self.preset()))
        if key is not None:
            await self.reload(key)

    def preset(self) -> dict[str, Any]:
        """Values of a new record that the list knows already."""
        return {}

    async def do_drop_record(self) -> None:
        """Delete: the marked records, or the one under the cursor, after a question."""
        await self.found()
        if self.lines.marks:
            if await bulk.drop(self, [anchor.key for anchor in self.lines.marks]):
                self.lines.marks.clear()
                await self.reload()
            return
        line = self.chosen()
        assert self.listing.drop is not None
        name = listing_pages.shown_name(self.listing, line)
        asked, done = REMOVE
        if is_off(line):
            asked, done = SWITCH_ON
        elif self.listing.is_switched:
            asked, done = SWITCH_OFF
        if not await self.desk.ask(Confirm(asked, is_grave=True, name=name)):
            return
        found = await self.in_books(record_of, self.desk.session, self.listing, line.key)
        if found is not None:
            await self.operate(self.listing.drop, line.key, version=found.version)
            self.desk.inform(done, name=name)
        await self.reload(line.key, place=line.anchor)

    def actions(self) -> list[Any]:
        """What else this person may do here."""
        if self.rights is None:
            return []
        return [
            each for each in self.listing.actions if not each.right or self.rights.holds(each.right)
        ]

    # F8: the actions of this listing, and what every list does.
    do_more_actions = more.by_key

    def on_scan(self, code: Code) -> None:
        """A scan is a quick find."""
        self.entry.set_value(str(code))

    # Rows.

    def do_mark_row(self) -> None:
        """`*`: mark, and go on to the next row."""
        self.chosen()
        self.lines.mark()
        self.lines.move_to(self.lines.cursor + 1)
        self.changed()

    async def do_mark_all(self) -> None:
        """Ctrl+A: every row of the filter, or none."""
        rows = [] if self.lines.marks else await all_lines(self.desk, self.source, most=bulk.MOST)
        self._mark({row.anchor for row in rows})

    def _mark(self, marks: set[Any]) -> None:
        self.lines.marks = marks
        self.lines.redraw()
        self.changed()

    async def do_change_marked(self) -> None:
        """F9: one field of the marked rows."""
        await self.found()
        if await bulk.change(self, self.marked()):
            self.lines.marks.clear()
            await self.reload(self.chosen().key)

    def marked(self) -> list[Any]:
        """The keys of the marked rows, or of the one under the cursor. Refuses: RecordNotChosen."""
        return [anchor.key for anchor in self.lines.marks] or [self.chosen().key]

    async def do_export_rows(self) -> None:
        """Ctrl+E: to a CSV or XLSX file."""
        await self.found()
        await sheets.export(self)

    async def do_print_rows(self) -> None:
        """Ctrl+Y: as a page of text."""
        await self.found()
        await sheets.print_text(self)

    # What is shown.

    async def do_filter_column(self) -> None:
        """Ctrl+F: one condition more."""
        view = await views.add_condition(self)
        if view is not None:
            await self.set_view(view)

    async def do_saved_filters(self) -> None:
        """F6: filters with a name."""
        view = await views.saved(self)
        if view is not None:
            await self.set_view(view)

    async def do_date_window(self) -> None:
        """F5: from one date to another."""
        view = await views.ask_dates(self)
        if view is not None:
            await self.set_view(view)

    async def do_sort_rows(self) -> None:
        """F4: another order."""
        view = await views.ask_order(self)
        if view is not None:
            await self.set_view(view)

    def can_step_back(self) -> bool:
        view, home = self.source.view, self.source.home
        dates = (view.since, view.until) != (home.since, home.until)
        return bool(view.conditions or dates or view.order or view.is_reversed or self.lines.marks)

    async def step_back(self) -> None:
        """F12: the last condition, the dates, the marks, the order."""
        view, home = self.source.view, self.source.home
        if view.conditions:
            await self.set_view(replace(view, conditions=view.conditions[:-1]))
        elif (view.since, view.until) != (home.since, home.until):
            await self.set_view(replace(view, since=home.since, until=home.until))
        elif self.lines.marks:
            self._mark(set())
        else:
            await self.set_view(replace(view, order="", is_reversed=False))


# What Delete asks, and what is said afterwards.
REMOVE = (word("Remove {name}?"), word("Removed: {name}"))
SWITCH_OFF = (word("Switch {name} off?"), word("Switched off: {name}"))
SWITCH_ON = (word("Switch {name} on again?"), word("Switched on: {name}"))

# What only records have, and what writes rows out of the program.
OF_RECORDS = ("open_record", "mark_row", "mark_all")
TAKEN_OUT = ("export_rows", "print_rows")
# What does something to the record under the cursor, or to those that are marked.
NEEDS_ROW = frozenset({"open_record", "drop_record", "mark_row", "mark_all", "change_marked"})
