"""The base of every screen: title row, the screen's own rows, notice line, key strip, status row.

    class Selling(FrameScreen):
        kind = "selling"                  # which rows of the key map work here
        title_msgid = word("Selling")

        def body(self) -> ComposeResult:  # the screen's own 19 rows
            yield self.lines
            yield Entry()

        async def on_scan(self, code: Code) -> None: ...
        async def on_entry(self, text: str) -> None: ...
        async def do_pay(self) -> None: ...           # the command `pay` of the key map

`on_scan`, `on_entry` and `do_...` may be coroutines. They run as jobs (tui/desk/jobs.py): while one
runs the keys wait; while it asks, they go to the question. A Refusal that they raise is told in
words. Inside them:

    row = await self.in_books(find_item, code)            a query
    sale = await self.operate(sell, draft, tenders=...)   an operation; asks for an override
    many = await self.question(said("How many?"))         in the entry line, None when cancelled
    pick = await self.app.ask(Pick(...))                  in a panel (tui/widgets/panel.py)
    await self.app.go(Payment(...))                       another screen; leave() comes back
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.screen import Screen

from models.base.refusals import Refusal
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.desk.gate.scan import Code
from tui.desk.glyphs import glyphs
from tui.desk.jobs import ScreenClosed
from tui.desk.telling import Telling
from tui.desk.textual_inside import get_time
from tui.desk.words import language
from tui.widgets.drawn import Drawn
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.header import Header
from tui.widgets.notice import Notice, Rule, TooSmall
from tui.widgets.status import Status
from tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from models.trust.users import Rights
    from tui.desk.app import DeskbellApp
    from tui.widgets.line_list import LineList

R = TypeVar("R")
ASKED = word("A question is open. Answer it first, or press F12, then scan again: {code}")
NO_SCAN = word("Nothing is scanned here: {code}")
ALL_KEYS = word("Every key that works here stands on the strip.")
# From so many columns on there is room beside the work for what is looked up next.
WIDE = 120
# And from so many rows on, below it.
TALL = 36
NOTHING_BACK = word("Nothing to take back here. {key} leaves.")


class Painted(Telling, Screen[Any], inherit_bindings=False):
    """A screen that knows when it was first painted, and belongs to our app."""

    BINDINGS: ClassVar[list[Any]] = []
    kind: ClassVar[str] = ""
    takes_scans: bool = False
    scan_refusal: str = ASKED

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._styles_cache = Drawn()
        # Styles draw the borders of boxes with signs of their own.
        self.set_class(glyphs().is_ascii, "-ascii")
        self.painted = asyncio.Event()
        self.painted_at: float | None = None
        self._displayed_at: float | None = None
        self._was_on_top = False
        # The language and the colours that it was last shown in; whether others have come since.
        self._looks: tuple[str, str] | None = None
        self.is_drawn_otherwise = True

    @property
    def desk(self) -> DeskbellApp:
        """The app, with our type."""
        return cast("DeskbellApp", self.app)

    @property
    def key_kind(self) -> str:
        """Which rows of the key map work now."""
        return self.kind

    def has(self, command: Command) -> bool:
        """Whether this screen has a command at all: F1 explains those."""
        return True

    def offers(self, command: Command) -> bool:
        """Whether it would do something now: the strip and the menu leave out the others."""
        return self.has(command)

    def worded(self, command: Command) -> Command:
        """The command as it is said here: its label may be data, such as the name of a tender."""
        return command

    def keys_told(self) -> frozenset[str]:
        """Commands whose keys stand on the screen already: the strip leaves them out."""
        return frozenset()

    def can_cancel(self) -> bool:
        """Is there anything that F12 takes back now? The strip shows it only then."""
        return True

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        looks = (language(), self.app.theme)
        self.is_drawn_otherwise = looks != self._looks
        # Of a screen that is shown again all styles are found again otherwise, for 3 ms, and
        # everything on it is drawn anew.
        event.refresh_styles = event.refresh_styles and self.is_drawn_otherwise
        self._looks = looks
        self._ask_paint()
        self.resumed()
        if self._was_on_top:
            self.came_back()
        self._was_on_top = True

    def resumed(self) -> None:
        """It is the screen on top now, or again. Textual calls a handler of each class by itself,
        so what comes on top of a handler stands in a method of its own, here and below.
        """

    def came_back(self) -> None:
        """Something lay over it, and it is on top again: what it shows may be old by now. What it
        shows first it reads when it is mounted.
        """

    def repainted(self) -> None:
        """Keys pressed before now do not confirm what the screen shows from now on."""
        self.painted_at = None
        self._ask_paint()

    def redraw(self) -> None:
        """Draw every widget anew: other words, other colours, or a screen that is shown again."""
        for widget in (self, *self.query("*")):
            if changed := getattr(widget, "words_changed", None):
                changed()
            widget.refresh()

    def displayed(self, at: float) -> None:
        """Something was written to the terminal while this screen is on top."""
        if self._displayed_at is None:
            self._displayed_at = at

    def _ask_paint(self) -> None:
        self._displayed_at = None
        self.call_after_refresh(self._mark_painted)

    def _mark_painted(self) -> None:
        # On a busy machine this runs long after the picture stood there, and a key pressed in
        # between was meant.
        self.painted_at = self._displayed_at or get_time()
        self.painted.set()


class FrameScreen(Painted):
    """A screen of the counter. See the docstring of this file."""

    title_msgid: ClassVar[str] = ""
    # The verb without which nobody sees it; empty: everybody. A screen that does not say it closes
    # when another user signs in.
    right: str | None = None
    # The list that arrows and page keys roll while the entry has the focus.
    roll: LineList | None = None
    # Somebody signed in who may not see it.
    is_taken_away = False

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Kept: to look for them among all widgets took as long as to draw them.
        self._header, self._notice = Header(), Notice()
        self._strip, self._status = KeyStrip(), Status()

    def compose(self) -> ComposeResult:
        # Known before the parts are styled and laid out: told by the first resize, they would be
        # styled, laid out and painted once more.
        self._class_for(self.app.size, update=False)
        yield self._header
        yield Rule()
        yield from self.body()
        yield self._notice
        yield self._strip
        yield self._status
        yield TooSmall()

    def body(self) -> Iterable[Any]:
        """The screen's own rows, between title and notice line."""
        return ()

    def may_be_seen(self, rights: Rights) -> bool:
        """Does it stay when somebody with these rights signs in over it?"""
        return self.right is not None and (not self.right or rights.holds(self.right))

    async def user_changed(self) -> None:
        """Somebody else stands here: show what he may see. The screen is not painted meanwhile."""

    def title_text(self) -> str:
        """Data behind the title, such as a room number; never a message id."""
        return ""

    @property
    def entry(self) -> Entry:
        return self.query_one(Entry)

    @property
    def key_kind(self) -> str:
        return "question" if self._is_asking else self.kind

    @property
    def _is_asking(self) -> bool:
        try:
            return self.entry.is_asking
        except NoMatches:
            return False

    @property
    def takes_scans(self) -> bool:  # type: ignore[override]
        return type(self).on_scan is not FrameScreen.on_scan and not self._is_asking

    @property
    def scan_refusal(self) -> str:  # type: ignore[override]
        return ASKED if self._is_asking else NO_SCAN

    def resumed(self) -> None:
        # What was refused while a panel lay over this screen stands here from now on.
        self.notices_changed()

    # What a screen answers to.

    def on_scan(self, code: Code) -> Any:
        """What a scan means here."""

    def on_entry(self, text: str) -> Any:
        """What Enter with a text in the entry line means here."""

    def do_cancel(self) -> None:
        """F12: the question, then the text, then what `step_back` undoes; never the screen."""
        if self._is_asking:
            self.entry.answer(None)
        elif self._has_text():
            self.entry.set_value("")
        elif self.can_step_back():
            self.desk.jobs.start(self.step_back)
        else:
            self.desk.hint(NOTHING_BACK, key=self.desk.keymap.commands["leave"].key_text)

    def can_cancel(self) -> bool:
        return self._is_asking or self._has_text() or self.can_step_back()

    def can_step_back(self) -> bool:
        """Is there, beside the text, something entered or chosen that `step_back` undoes?"""
        return False

    def step_back(self) -> Any:
        """Undo it. The screen stays: leaving is F3's."""

    def do_more_keys(self) -> None:
        """The keys that the strip has no room for."""
        if self._strip.has_pages:
            self._strip.turn()
        else:
            self.desk.hint(ALL_KEYS)

    def do_leave(self) -> Any:
        """F3: back to the screen below, if there is one."""
        self.leave()

    def leave(self) -> None:
        """Show the screen below again."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def _has_text(self) -> bool:
        try:
            return bool(self.entry.value)
        except NoMatches:
            return False

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        """The first character typed is one that F12 takes back."""
        self.line_changed(event)
        if self._strip.shows_cancel != self.can_cancel():
            self._strip.refresh()

    def line_changed(self, event: EditLine.Changed) -> None:
        """Another text stands in a line of this screen."""

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        if not isinstance(event.line, Entry):
            return
        event.stop()
        entry, text = event.line, event.value
        if entry.is_asking:
            try:
                entry.answer(text)
            except Refusal as refused:
                self.desk.tell(refused)
        elif text:
            entry.set_value("")
            self.desk.jobs.start(self.on_entry, text)

    # What a job of a screen calls.

    async def question(
        self, prompt: str, *, proposal: str = "", preview: Callable[[str], str] | None = None,
        reads: Callable[[str], object] | None = None,
    ) -> str | None:  # fmt: skip
        """Ask in the entry line. `prompt` is said already (`said`); None when cancelled. `preview`
        says what the text typed so far comes to. What `reads` refuses (`quantity_of`, `money_of`)
        is told, and the question stays.
        """
        job = self.desk.jobs.current()
        asked = self.entry.ask(prompt, proposal=proposal, job=job, preview=preview, reads=reads)
        self._refresh_strip_soon()
        try:
            return await asked
        finally:
            self.notices_changed()

    async def in_books(self, function: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run a query on the database thread. The job of a screen that was taken away meanwhile
        ends here: there is nothing left to show it on.
        """
        found = await self.desk.in_books(function, *args, **fields)
        if self.is_taken_away and self.desk.jobs.current():
            raise ScreenClosed
        return found

    async def operate(self, operation: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run an operation: one uid for all its tries, and a manager's override when it needs one.

        The first of `args` behind the session are the operation's own. The app's `session` is put
        before them.
        """
        return await self.desk.operate(operation, *args, **fields)

    # Repainting.

    def notices_changed(self) -> None:
        # It is called by timers too: then the screen may be there without its parts.
        if self._status.is_attached:
            self._notice.update()
            self._status.refresh()
            self._strip.refresh()

    def frame_changed(self) -> None:
        if self._status.is_attached:
            self._header.refresh()
            self._status.refresh()

    def strip_changed(self) -> None:
        """Call it when `offers` would answer otherwise than before."""
        if self._strip.is_attached:
            self._strip.update_rows()

    def _refresh_strip_soon(self) -> None:
        self.call_next(self.strip_changed)

    def on_key(self, event: events.Key) -> None:
        """Keys that the entry leaves over roll the list."""
        if self.roll is not None and self.roll.take_key(event):
            event.stop()

    def on_resize(self, event: events.Resize) -> None:
        self._class_for(event.size)
        self.resized(event.size)

    def _class_for(self, size: Size, *, update: bool = True) -> None:
        self.set_class(self.desk.is_too_small, "-too-small", update=update)
        self.set_class(size.width >= WIDE, "-wide", update=update)
        self.set_class(size.height >= TALL, "-tall", update=update)

    def resized(self, size: Size) -> None:
        """The terminal has another size, and the screen the classes that belong to it."""
