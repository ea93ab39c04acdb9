"""The look-up of F7: the list of another listing in a panel.

Typing narrows it; a new record can be made from it and is chosen at once. Answers a Linked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from models.base import pinyin
from models.base.refusals import Refusal
from models.listings import listing_pages
from models.listings.listing_reader import Line
from models.listings.listing_sounds import is_heard
from models.listings.listings import Linked, Listing, View, opened
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.records.columns import columns_of
from tui.records.source import Source
from tui.records.values import use_zone
from tui.widgets.edit import EditLine
from tui.widgets.line_list import LineList
from tui.widgets.panel import Panel

SOUGHT = word("Type the end of a phone, a name or initials, or choose with the arrows.")
# Makes a record of a listing that begins with these values; its key, or None.
Makes = Callable[[Listing, dict[str, Any]], Awaitable[Any]]


class Picker(Panel[Linked]):
    """See the docstring of this file."""

    kind = "picker"
    width = 76

    def __init__(
        self,
        listing: Listing,
        *,
        text: str = "",
        where: View | None = None,
        makes: Makes | None = None,
        title: str = "",
        is_undecided: bool = False,
    ) -> None:
        """`makes` is asked for a new record, with what it begins with; without it none is made.
        `title` asks what is chosen for; `is_undecided` as in a Pick: no record is chosen until
        somebody types or goes to one.
        """
        super().__init__(title or listing.title)
        self._makes, self._is_undecided = makes, is_undecided
        self.listing = listing = listing.for_picking()
        self.source = Source(listing, where or View(), by_sound=True)
        self._line = EditLine(text)
        self.list = LineList(
            columns_of(listing, listing.listed()[:5]), can_focus=False, empty=word("Nothing found.")
        )
        self._can_add = False

    def content(self) -> Iterable[Any]:
        yield self._line
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        keys = [("Enter", word("Choose"))]
        if self._can_add:
            keys.append(("F2", word("New")))
        return [*keys, ("F12", word("Back"))]

    async def on_mount(self) -> None:
        use_zone(self.desk.frame.zone)
        self._line.focus()
        try:
            await self._open()
        except Refusal as refusal:
            self.desk.tell(refusal)

    async def _open(self) -> None:
        session = self.desk.session
        rights = await self.desk.in_books(opened, session, self.listing)
        right = self.listing.change_right
        self._can_add = (
            self._makes is not None
            and self.listing.save is not None
            and self.listing.can_add
            and (not right or rights.holds(right))
        )
        self.list.columns = columns_of(
            self.listing,
            [each for each in self.listing.listed() if not each.right or rights.holds(each.right)][
                :5
            ],
        )
        await self._load()
        self.notices_changed()

    async def _load(self) -> None:
        text = self._line.value
        self.source.look_for(text)
        if is_heard(self.listing, text.strip()):
            # The first time it takes a third of a second.
            await asyncio.to_thread(pinyin.load)
        pages = self.source.pages(self.desk)
        if text == self._line.value:
            await self.list.load(pages)
            if self._is_undecided and not text.strip():
                self.list.lose()

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        self.desk.jobs.start(self._load)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        row = self.list.chosen
        if isinstance(row, Line):
            self.answer(Linked(row.key, listing_pages.shown_name(self.listing, row)))
        elif self._is_undecided:
            self.desk.alarm(SOUGHT)

    def on_key(self, event: Any) -> None:
        if self.list.take_key(event):
            event.stop()

    def has(self, command: Command) -> bool:
        return command.id != "new_record" or self._can_add

    async def do_new_record(self) -> None:
        """F2: make a record; it is chosen at once."""
        assert self._makes is not None
        preset = {self.listing.named: self._line.value} if self._line.value else {}
        key = await self._makes(self.listing, preset)
        if key is None:
            return
        line = await self.desk.in_books(listing_pages.line_of, self.desk.session, self.listing, key)
        if line is not None:
            self.answer(Linked(key, listing_pages.shown_name(self.listing, line)))
