"""The app under every screen: the gate, commands, jobs, questions, and the frame's state.

`GateApp` is the machinery; `DeskbellApp` adds themes, languages and the commands that work on every
screen. How to write a screen on it: the docstring of tui/desk/frame.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.screen import Screen

from models.base.refusals import Refusal
from models.base.texts import plain_digits
from receipts.words import Language
from tui.desk import themes, words
from tui.desk.frame import NO_SCAN
from tui.desk.frame_state import LARGEST, SMALLEST, FrameState
from tui.desk.gate.driver import driver_class
from tui.desk.gate.gate import Fence, Flood, Gate, Lapse, Settle, Turn, Typed
from tui.desk.gate.key_names import key_of
from tui.desk.gate.key_rows import Command
from tui.desk.gate.scan import Code, ScanRules
from tui.desk.glyphs import use_ascii
from tui.desk.jobs import Jobs
from tui.desk.keys import KeyMap
from tui.desk.saying import Saying
from tui.desk.textual_inside import paint_now
from tui.widgets.rows import component_classes

if TYPE_CHECKING:
    from tui.desk.database import DatabaseThread
    from tui.desk.trade_screens import MenuEntry
    from tui.widgets.panel import Panel

log = logging.getLogger("deskbell")

STYLES = Path(__file__).parent / "styles"
# What a Chinese input method leaves of the signs, on an empty entry or among digits.
LEFTOVERS = str.maketrans("。．、／×＊＋－—？", "../" + "/**+--?")
R = TypeVar("R")


class GateApp(Saying, inherit_bindings=False):
    """An app whose keys, pastes and scans all pass the gate. See tui/desk/gate/gate.py."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = []
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes()

    def __init__(
        self,
        *,
        keymap: KeyMap | None = None,
        rules: ScanRules | None = None,
        database: DatabaseThread | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class())
        # Our colours are all #rrggbb: there is nothing to translate in each row.
        self._filters = [one for one in self._filters if not isinstance(one, ANSIToTruecolor)]
        self.keymap = keymap or KeyMap.shipped()
        self.gate = Gate(self, rules)
        self.jobs = Jobs(self)
        self.database = database
        self.key_event: events.Key | None = None

    # What the gate needs to know.

    @property
    def size(self) -> Size:
        return _bounded(super().size)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize) and event.size != _bounded(event.size):
            event = events.Resize(_bounded(event.size), _bounded(event.virtual_size))
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.gate.arrive(event)
        elif not isinstance(event, events.AppBlur | events.AppFocus):
            # The focus never moves by itself, also not when the window loses its own.
            await super().on_event(event)

    async def on_typed(self, typed: Typed) -> None:
        typed.stop()
        for key in typed.keys:
            await self.gate.arrive(key)

    async def on_flood(self, flood: Flood) -> None:
        flood.stop()
        self.too_long_paste()

    async def on_fence(self, fence: Fence) -> None:
        fence.stop()
        await self.gate.fence_back(fence)

    async def on_settle(self, settle: Settle) -> None:
        settle.stop()
        self.gate.settled(settle)

    def paint(self) -> None:
        """Paint now what has changed, instead of at Textual's next tick (up to 17 ms later)."""
        screen = self.top_screen
        if screen is None or not screen.is_running or self._batch_count:
            return
        paint_now(screen)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        # Taken before: what follows the writing may take long, and a key may come meanwhile.
        now = self._now()
        super()._display(screen, renderable)
        if displayed := getattr(self.top_screen, "displayed", None):
            displayed(now)

    async def on_turn(self, turn: Turn) -> None:
        turn.stop()
        await self.gate.turn(opens=turn.opens)

    async def on_lapse(self, lapse: Lapse) -> None:
        lapse.stop()
        await self.gate.lapse()

    @property
    def top_screen(self) -> Screen[Any] | None:
        """The screen or panel on top; None while there is none."""
        return self._screen_stack[-1] if self._screen_stack else None

    @property
    def key_kind(self) -> str:
        """The kind of screen that the key map is asked for."""
        return getattr(self.top_screen, "key_kind", "")

    @property
    def takes_scans(self) -> bool:
        return bool(getattr(self.top_screen, "takes_scans", False))

    def has_unread_input(self) -> bool:
        driver: Any = self._driver
        return bool(driver is not None and hasattr(driver, "has_input") and driver.has_input())

    def is_cancel(self, event: events.Key) -> bool:
        command = self.keymap.find("question", key_of(event.key, event.character))
        return command is not None and command.id == "cancel"

    def command_for(self, event: events.Key) -> Command | None:
        """What a key would do now, if it is a command that the screen has."""
        key = key_of(event.key, event.character)
        is_blank = bool(getattr(self.focused, "is_blank", True))
        command = self.keymap.find(self.key_kind, key, is_blank=is_blank)
        return command if command and self.method_of(command) else None

    def method_of(self, command: Command) -> Callable[..., Any] | None:
        """What runs a command on the screen on top: its own method, or the app's."""
        screen = self.top_screen
        found = getattr(screen, command.method, None) or getattr(self, command.method, None)
        offers = getattr(screen, "offers", None)
        return found if found and (offers is None or offers(command)) else None

    # What the gate lets out.

    async def deliver_key(self, event: events.Key) -> None:
        """One key: a command of the key map, or it goes to what has the focus."""
        if self.is_too_small:
            # Nobody pays what he cannot see.
            self.bell()
            return
        event = self._without_leftovers(event)
        self.key_event = event
        if self._quiet(event) and self.is_cancel(event):
            # One key, one effect: the step back is the next F12.
            return
        if command := self.command_for(event):
            self.run_command(command.id)
        else:
            await super().on_event(event)

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal is smaller than the screens are made for."""
        return self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]

    async def deliver_paste(self, event: events.Paste) -> None:
        await super().on_event(event)

    def run_command(self, command_id: str) -> None:
        """Run a command by its id, as its key would."""
        command = self.keymap.commands[command_id]
        if method := self.method_of(command):
            self.jobs.start(method, what=command.label)

    def deliver_scan(self, code: Code) -> None:
        """One scan: to the screen's `on_scan`, or refused aloud."""
        screen = self.top_screen
        if not self.takes_scans or screen is None:
            refusal = getattr(screen, "scan_refusal", NO_SCAN)
            self.alarm(refusal, code=code.replace("\x1d", " "))
            return
        self.jobs.start(screen.on_scan, code)  # type: ignore[attr-defined]

    def broken_scan(self, code: Code) -> None:
        self.alarm("The scan broke off after {code}. Scan it again.", code=code)

    def too_much_input(self) -> None:
        self.alarm("Too much was typed ahead. Wait, then go on from what the screen shows.")

    def too_long_paste(self) -> None:
        self.alarm("That is more than an entry can hold: nothing of it was taken.")

    def input_cancelled(self, dropped_scans: int) -> None:
        """Esc or F12 was pressed: what was typed ahead is gone, and work that may be left ends."""
        if dropped_scans:
            self.alarm("Scans not taken: {count}. Scan them again.", count=dropped_scans)
        self.jobs.leave()

    def scan_arrived(self, code: str) -> None:
        """A code from a serial scanner. From another thread: `app.call_from_thread`."""
        self.gate.scan_arrived(code)

    def _without_leftovers(self, event: events.Key) -> events.Key:
        character = event.character or ""
        if character.isascii():
            return event
        plain = plain_digits(character)
        if getattr(self.focused, "takes_signs", True):
            plain = plain.translate(LEFTOVERS)
        if plain == character:
            return event
        typed = events.Key(_character_to_key(plain), plain)
        typed.time = event.time
        return typed

    # Screens and questions, from inside a job.

    async def go(self, screen: Screen[Any], *, instead: bool = False) -> None:
        """Show a screen, and come back when it is painted. `instead`: of the one on top."""
        if instead:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
        await _painted(screen)

    async def ask(self, panel: Panel[R]) -> R | None:
        """Show a panel and wait for its answer; None when it was cancelled.

        What was typed ahead goes to the panel, unless the panel asks about money or destroys
        something: then it is forgotten.
        """
        job = self.jobs.current()
        panel.prepare(job)
        if panel.needs_fresh_key:
            self.gate.clear()
        await self.go(panel)
        if job is not None:
            job.release()
        return await panel.answered

    def pressed_after_paint(self, screen: Screen[Any] | None = None) -> bool:
        """Whether the key that is being handled was pressed after the screen was painted."""
        painted_at = getattr(screen or self.top_screen, "painted_at", None)
        event = self.key_event
        return event is not None and painted_at is not None and event.time > painted_at

    async def in_books(self, function: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run a query on the database thread, for the counter."""
        assert self.database is not None, "the app was started without books"
        return await self.database.run(function, *args, **fields)

    async def on_unmount(self) -> None:
        self.jobs.cancel_all()


class DeskbellApp(GateApp):
    """The program: themes, languages, and the commands of every screen."""

    CSS_PATH: ClassVar[Any] = STYLES / "deskbell.tcss"

    def __init__(
        self,
        *,
        lang: Language = "zh",
        theme: str = "dark",
        ascii_signs: bool = False,
        keymap: KeyMap | None = None,
        rules: ScanRules | None = None,
        database: DatabaseThread | None = None,
    ) -> None:
        super().__init__(keymap=keymap, rules=rules, database=database)
        self.frame = FrameState()
        self.session: Any = None
        words.speak(lang)
        words.move_keys(self.keymap.moved())
        use_ascii(ascii_signs)
        for one in themes.themes():
            self.register_theme(one)
        self.theme = themes.theme_name(theme)

    def update_frame(self, **changes: Any) -> None:
        """Change what the title row and the status row show."""
        self.frame = replace(self.frame, **changes)
        for screen in self._screen_stack:
            if changed := getattr(screen, "frame_changed", None):
                changed()

    def speak(self, lang: Language) -> None:
        """Change the language of the screen; every widget draws itself again. In the same one
        nothing is drawn: mostly who signs in reads as the door does, and the door is about to go.
        """
        if lang == words.language():
            return
        words.speak(lang)
        self._redraw_all()
        self.notices_changed()

    def use_theme(self, name: str) -> None:
        """Change the colours: dark, light, contrast or mono. The same ones need no drawing."""
        if self.theme == themes.theme_name(name):
            return
        self.theme = themes.theme_name(name)
        self._redraw_all()

    async def operate(self, operation: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run an operation for the user at the counter, on the database thread.

        All tries carry one uid. A right that is missing is asked for once (`ask_override`), and the
        operation is tried again with the answer.
        """
        from models.trust.operation import new_uid

        fields.setdefault("uid", new_uid())
        try:
            return await self.in_books(operation, self.session, *args, **fields)
        except Refusal as missing:
            if not missing.can_be_approved:
                raise
            override = await self.ask_override(missing, fields["uid"])
            if override is None:
                raise
            fields["override"] = override
            return await self.in_books(operation, self.session, *args, **fields)

    async def ask_override(self, missing: Refusal, uid: Any) -> Any:
        """Ask a manager; the Override for the work with this uid, or None.

        The program's app shows its panel here.
        """
        return None

    def _redraw_all(self) -> None:
        for screen in self._screen_stack:
            if redraw := getattr(screen, "redraw", None):
                redraw()

    # The commands of every screen.

    def do_language(self) -> Any:
        self.speak("en" if words.language() == "zh" else "zh")

    def do_theme(self) -> Any:
        name = self.theme.removeprefix("deskbell-")
        self.use_theme(themes.NAMES[(themes.NAMES.index(name) + 1) % len(themes.NAMES)])

    async def do_help(self) -> None:
        from tui.widgets.help import HelpPanel

        title = str(getattr(self.top_screen, "title_msgid", ""))
        await self.ask(HelpPanel(self.known_commands(), title, f"help.{self.key_kind}"))

    do_help_sign = do_help

    async def do_menu(self) -> None:
        from tui.widgets.palette import Palette

        chosen = await self.ask(Palette([*self.offered_commands(), *await self.offered_entries()]))
        if isinstance(chosen, Command):
            self.gate.put_command(chosen.id)
        elif chosen is not None:
            await self.open_over(chosen)

    async def offered_entries(self) -> list[MenuEntry]:
        """The menu of whoever is signed in."""
        return []

    async def open_over(self, entry: MenuEntry) -> None:
        """Open an entry of the menu over the screen on top, whose work stays."""

    def offered_commands(self) -> list[Command]:
        """What can be done now from the screen on top, in the order of the strip."""
        said = getattr(self.top_screen, "worded", lambda row: row)
        rows = [row for row in self.keymap.on(self.key_kind) if row.rank or row.menu]
        return [said(row) for row in rows if self.method_of(row)]

    def known_commands(self) -> list[Command]:
        """What the screen on top has, also what needs a line or a payment first."""
        screen: Any = self.top_screen
        return [
            screen.worded(row)
            for row in self.keymap.on(self.key_kind)
            if (hasattr(screen, row.method) or hasattr(self, row.method)) and screen.has(row)
        ]


def _bounded(size: Size) -> Size:
    """What is drawn of a terminal of this size: its memory grows with it, and nobody reads more."""
    return Size(min(size.width, LARGEST[0]), min(size.height, LARGEST[1]))


async def _painted(screen: Screen[Any]) -> None:
    """Wait until a screen stands on the terminal; at most as long as a person would."""
    import asyncio

    if isinstance(painted := getattr(screen, "painted", None), asyncio.Event):
        try:
            await asyncio.wait_for(painted.wait(), 2.0)
        except TimeoutError:
            log.warning("%s was not painted in time", type(screen).__name__)
