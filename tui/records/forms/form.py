"""The one form: a record of any listing, one box at a time.

    key = await edit(desk, FormScreen(listing, key))      inside a job; None when nothing was saved

Enter, Tab and arrows leave a box: what was typed is checked then, in words. Enter on the last box
saves and goes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from models.base.clock import now
from models.base.refusals import Refusal
from models.goods.codes import is_gtin
from models.listings.listing_records import record_of
from models.listings.listings import Field, Listing, Record, opened
from models.trust.trades_used import used_names
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.key_rows import Command
from tui.desk.gate.numbers import NumberScanned
from tui.desk.gate.scan import Code
from tui.desk.words import t
from tui.records.asking import Leaving, pick_choice
from tui.records.forms.form_boxes import Boxes
from tui.records.forms.form_saving import RecordGone, Saving
from tui.records.forms.hint import Hint
from tui.records.forms.saving import last_entries
from tui.records.forms.sheet import Sheet
from tui.records.forms.twins import TwinWatch
from tui.records.values import shown, use_zone

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.jobs import Job


class NoLines(Refusal):
    """The form has no lines, or the caret is not in one."""


async def edit(desk: DeskbellApp, form: FormScreen) -> Any:
    """Show a form and wait until it is left; the key of what was saved last, or None."""
    job = desk.jobs.current()
    form.prepare(job)
    await desk.go(form)
    if job is not None:
        job.release()
    return await form.done_with


async def new_record(desk: DeskbellApp, listing: Listing, preset: Mapping[str, Any]) -> Any:
    """A new record that begins with these values: its key, or None when nothing was saved."""
    return await edit(desk, FormScreen(listing, preset=preset))


class FormScreen(FrameScreen):
    """See the docstring of this file. `preset` are values of a new record; `typed` was meant for
    the first box before the form was there.
    """

    kind = "form"

    def __init__(
        self,
        listing: Listing,
        key: Any = None,
        *,
        preset: Mapping[str, Any] | None = None,
        typed: str = "",
    ) -> None:
        super().__init__()
        self.listing, self.record_key = listing, key
        self.right = listing.right
        self._preset, self._typed = dict(preset or {}), typed
        self.record: Record | None = None
        self.read_at = now()
        self.fields: list[Field] = []
        self.sheet = Sheet((), listing.grid)
        self.can_save = listing.save is not None
        self.saved: Any = None
        self.before: tuple[dict[str, Any], list[dict[str, Any]]] = ({}, [])
        self._job: Job | None = None
        self._done_with: asyncio.Future[Any] | None = None
        self.boxes, self._saving = Boxes(self), Saving(self)
        self._twins = TwinWatch(self)

    @property
    def title_msgid(self) -> str:  # type: ignore[override]
        return self.listing.title

    def title_text(self) -> str:
        if self.record is None:
            return t("New")
        value = self.record.values.get(self.listing.named)
        field = self.listing.by_name.get(self.listing.named)
        if field is not None and value:
            return shown(field, value)
        return self.listing.name_in(self.record.values)

    def body(self) -> Iterable[Any]:
        yield self.sheet
        yield Hint()

    async def on_mount(self) -> None:
        use_zone(self.desk.frame.zone)
        self.sheet.focus()
        try:
            await self._open()
            if self._typed:
                self.sheet.set_value(self._typed)
                await self.boxes.step("tab", 1)
        except Refusal as refusal:
            self.desk.tell(refusal)

    async def _open(self) -> None:
        rights = await self.in_books(opened, self.desk.session, self.listing)
        right = self.listing.change_right
        self.can_save = self.listing.save is not None and (not right or rights.holds(right))
        trades = await self.in_books(used_names)
        seen = {each.name for each in self.listing.seen(rights)}
        self.fields = [
            each
            for each in self.listing.in_form()
            if each.name in seen and (not each.trade or each.trade in trades)
        ]
        self.sheet.fields = self.fields
        await self._read()

    async def user_changed(self) -> None:
        """Fields that he may not see go, and the form with a record that he may not see; what was
        typed in the others stays.
        """
        before, lines_before = self.before
        lines, at = self.sheet.lines, self.sheet.at
        typed = {name: v for name, v in self.sheet.values.items() if v != before.get(name)}
        try:
            await self._open()
        except Refusal:
            self.leave()
            raise
        kept = {each.name: typed[each.name] for each in self.fields if each.name in typed}
        self.sheet.show(
            self.sheet.values | kept, lines if lines != lines_before else self.sheet.lines
        )
        self.sheet.go(at if len(kept) == len(typed) else 0)

    async def _read(self) -> None:
        """Read the record, or begin a new one."""
        if self.record_key is None:
            self.record = None
            values = {**await self.in_books(self.listing.defaults), **self._preset}
            lines = await self._new_lines(values)
        else:
            self.read_at = now()
            self.record = await self.in_books(
                record_of, self.desk.session, self.listing, self.record_key
            )
            if self.record is None:
                raise RecordGone()
            values, lines = self.record.values, self.record.lines
        self.show_record(values, lines, at=0)
        self.boxes.begin()
        await self.boxes.follow()
        # What followed of itself is no change of a person's.
        self.before = (dict(self.sheet.values), self.before[1])

    async def _new_lines(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """The lines of a new record: those preset under the grid's name, or the listing's."""
        if self.listing.grid is None:
            return []
        given = values.pop(self.listing.grid.name, None)
        return given or await self.in_books(self.listing.grid.load, None)

    def show_record(
        self, values: Mapping[str, Any], lines: list[dict[str, Any]], *, at: int
    ) -> None:
        """Show these as what is stored; what differs later is a change."""
        names = {each.name for each in self.fields}
        grid = {each.name for each in self.listing.grid.fields} if self.listing.grid else set()
        closed = {each.name for each in self.fields if each.is_fixed and self.record is not None}
        if not self.can_save:
            closed = names | grid
        self.before = (dict(values), [dict(line) for line in lines])
        self.sheet.show(values, lines, closed=frozenset(closed), at=at)
        self.frame_changed()
        self.refresh_hint()
        self.strip_changed()

    # The boxes.

    def on_sheet_leaving(self, event: Sheet.Leaving) -> None:
        event.stop()
        if event.run and self.boxes.place_of(event.run) is not None:
            self.sheet.take_back(event.run)
            self.desk.jobs.start(self.boxes.put, event.run)
        elif event.run and self.sheet.refuses_codes:
            # A code from the scanner: the box is as it was.
            self.sheet.go(self.sheet.at)
            self.desk.tell(NumberScanned(code=event.run))
        else:
            self.desk.jobs.start(self.boxes.step, event.key, event.step)

    async def do_lookup(self) -> None:
        """F7: what can stand in this box."""
        spot = self.sheet.spot
        assert spot is not None
        if spot.field.kind == "link":
            # What was typed narrows it; a name that stood there does not.
            typed = self.sheet.value.strip() if self.sheet.is_touched else ""
            picked: Any = await self.boxes.pick(spot.field, typed)
        else:
            picked = await pick_choice(self.desk, spot.field)
            picked = None if picked is None else picked[0]
        if picked is not None:
            self.sheet.keep(picked)
            await self.boxes.follow()
            self.sheet.go(self.sheet.at + 1)
            self.refresh_hint()

    def line_changed(self, event: Any) -> None:
        event.stop()
        self.refresh_hint()
        self._twins.look()

    async def on_scan(self, code: Code) -> None:
        """A scan goes into the box that it is meant for, or into one for text with the caret, and
        on to the next box; into none for a name, and no bar code of goods where a paper stands.
        """
        if self.boxes.place_of(str(code)) is not None:
            await self.boxes.put(str(code))
            return
        spot = self.sheet.spot
        if spot is None or spot.field.kind != "text" or self.sheet.refuses_codes:
            self.desk.alarm(word("A code cannot stand in this field: {code}"), code=str(code))
            return
        if spot.field.is_paper and is_gtin(str(code)):
            self.desk.alarm(
                word("{code} is the bar code of goods, no ID number. If it is one, type it."),
                code=str(code),
            )  # fmt: skip
            return
        self.sheet.set_value(str(code))
        await self.boxes.step("tab", 1)

    # Saving.

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was read."""
        values, lines = self.before
        return self.can_save and (
            self.sheet.is_touched or self.sheet.values != values or self.sheet.lines != lines
        )

    async def do_save(self) -> None:
        """Save, and stay; where there is nothing to stay on, go back."""
        if self.listing.is_once:
            await self.do_save_close()
            return
        if await self._saving.save():
            await self._read()
            self.sheet.go(0)

    async def do_save_new(self) -> None:
        """Save, and begin another record."""
        if await self._saving.save():
            self.record_key = None
            await self._read()

    async def do_save_close(self) -> None:
        """Save, and go back."""
        if not self.can_save or await self._saving.save():
            self.leave()

    # The last entry, and lines.

    def do_copy_last(self) -> None:
        """Ctrl+E: this field as in the last entry, or as in the line above."""
        spot = self.sheet.spot
        assert spot is not None
        before = self.sheet.value
        last = last_entries(self.desk).get(self.listing.name)
        if spot.line:
            last = self.sheet.lines[spot.line - 1]
        if last is None:
            self.desk.alarm(word("Nothing was saved here before, so there is nothing to copy."))
            return
        self.sheet.keep(last.get(spot.field.name))
        if self.sheet.value == before:
            self.desk.hint(word("It was the same before."))

    async def do_line_insert(self) -> None:
        """A line behind this one."""
        if await self.boxes.settle():
            self.sheet.insert_line()
            self.refresh_hint()

    def do_line_delete(self) -> None:
        """Take this line out."""
        if not self.sheet.delete_line():
            raise NoLines()
        self.refresh_hint()

    # Leaving.

    def on_unmount(self) -> None:
        self._twins.stop()

    def can_step_back(self) -> bool:
        return self.sheet.is_touched

    def step_back(self) -> None:
        """F12: the box as it was."""
        spot = self.sheet.spot
        assert spot is not None
        self.sheet.set_value(shown(spot.field, self.sheet.value_at(spot)), is_fresh=True)

    async def do_leave(self) -> None:
        """F3: back to the list, after asking about changes."""
        answer = "drop"
        if self.is_changed:
            answer = await self.desk.ask(Leaving(self._saving.lack())) or "stay"
        if answer in ("save", "mend"):
            # Where something is wrong this goes to its box and says it.
            await self.do_save_close()
        elif answer == "drop":
            self.leave()

    async def make_record(self, listing: Listing, preset: Mapping[str, Any]) -> Any:
        """A new record of another listing in a form of its own; its key, or None."""
        return await new_record(self.desk, listing, preset)

    def prepare(self, job: Job | None) -> None:
        """Remember who waits for this form."""
        self._job = job
        self._done_with = asyncio.get_running_loop().create_future()

    @property
    def done_with(self) -> asyncio.Future[Any]:
        assert self._done_with is not None, "show a form with edit()"
        return self._done_with

    def leave(self) -> None:
        """Show the screen below, and give what was saved to whoever waits."""
        if self._done_with is not None and not self._done_with.done():
            if self._job is not None:
                # Before the key's fence is back, so that the next key waits for the work.
                self._job.hold()
            self._done_with.set_result(self.saved)
        super().leave()

    # The strip and the hint.

    def has(self, command: Command) -> bool:
        grid = self.listing.grid
        if command.id in ("save", "save_close", "copy_last"):
            return self.can_save
        if command.id == "save_new":
            return self.can_save and self.listing.can_add and self.listing.read is None
        if command.id in ("line_insert", "line_delete"):
            return self.can_save and grid is not None and not grid.is_fixed
        return True

    def offers(self, command: Command) -> bool:
        spot = self.sheet.spot
        if command.id == "lookup":
            return spot is not None and spot.field.kind in ("link", "choice", "yes-no")
        return self.has(command)

    def refresh_hint(self) -> None:
        """Say beside the box what can stand in it."""
        is_blank = not self.sheet.value.strip()
        self.query_one(Hint).show(self.sheet.spot, is_new=self.record is None, is_blank=is_blank)
        self.strip_changed()

    def words_changed(self) -> None:
        """What was typed stays; choices are said anew."""
        spot = self.sheet.spot
        if spot is not None and spot.field.kind in ("choice", "yes-no"):
            self.sheet.go(self.sheet.at)
        self.sheet.refresh()
