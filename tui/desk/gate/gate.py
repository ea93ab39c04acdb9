"""The input gate: the one place where keys, pastes and scans enter.

Textual forwards each key to whatever has the focus when the key is read, so that keys typed while
a screen is opening land on the old one, and a scan is typed into any field. Here every key waits
in one queue, and the next goes out only when the last has had its effect:

- `Gate.arrive` reads scans out of the strokes (tui/desk/gate/scan.py) and queues the rest;
- after each item a *fence* travels the same path as the key did, and two rounds more, so that what
  the key caused (a submit, a new focus) has happened before the next item;
- work that takes longer holds the gate: `hold` before, `release` after. `tui.desk.jobs` does that
  for every command and scan; screens never need it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message

from models.base.texts import plain_digits
from tui.desk.gate.scan import Broken, Code, Out, Scan, ScanReader, ScanRules, Stroke
from tui.desk.textual_inside import get_time

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.desk.app import GateApp

log = logging.getLogger("deskbell.gate")

ROUNDS = 2
WATCH_S = 2.0
QUEUE_LIMIT = 200
# The longest text that a paste may bring: a scanned code of the largest kind.
PASTE_LIMIT = 4096


class Fence(Message):
    """Travels behind a key and comes back to the app when the key has had its effect."""

    def __init__(self, serial: int, rounds: int) -> None:
        super().__init__()
        self.serial, self.rounds = serial, rounds


class Typed(Message):
    """Keys that were read in one go, in order."""

    def __init__(self, keys: Iterable[Message]) -> None:
        super().__init__()
        self.keys = [key for key in keys if isinstance(key, events.Key)]


class Flood(Message):
    """More came in one go than any entry holds; it was dropped where it was read."""


class Turn(Message):
    """Wakes the gate inside the app's own queue; one that `opens` ends a hold there."""

    def __init__(self, *, opens: bool = False) -> None:
        super().__init__()
        self.opens = opens


class Settle(Message):
    """Travels like a fence behind finished work, so that its effect is painted without a wait."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds


class Lapse(Message):
    """The pause after a key was long enough to decide that it was typed."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What the field held before the first digit of a scan was shown in it."""

    widget: Widget
    mark: Any

    def take_back(self) -> None:
        if self.widget.is_attached:
            self.widget.restore(self.mark)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ScanItem:
    """A scan in the queue; `is_broken` when it stopped before its end."""

    code: Code
    undo: Undo | None = None
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class CommandItem:
    """A command chosen with the mouse or from the menu."""

    command: str


Item = events.Key | events.Paste | ScanItem | CommandItem


class Gate:
    """Queues input and lets out one item at a time. All methods belong to the app's thread."""

    def __init__(self, app: GateApp, rules: ScanRules | None = None) -> None:
        self.app = app
        self.reader = ScanReader(rules or ScanRules())
        self.queue: deque[Item] = deque()
        self.holds = 0
        self._opening = 0
        self.lost_fences = 0
        self._serial = 0
        self._is_out = False
        self._is_overfull = False
        self._undo: Undo | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._pause: asyncio.TimerHandle | None = None

    @property
    def is_idle(self) -> bool:
        """Whether the next key would go out at once."""
        return not (self._is_shut or self.queue)

    @property
    def _is_shut(self) -> bool:
        return bool(self._is_out or self.holds or self._opening)

    # In.

    async def arrive(self, event: events.Key | events.Paste) -> None:
        """Take an event that no one has seen yet."""
        if isinstance(event, events.Paste):
            self._take(self.reader.flush())
            if len(event.text) > PASTE_LIMIT:
                self.app.too_long_paste()
            else:
                self._put(self._pasted(event))
        else:
            character = plain_digits(event.character or "")
            stroke = Stroke(event.key, character, event.time, event)
            self._take(self.reader.feed(stroke))
        self._wait_for_pause()
        await self.next()

    def scan_arrived(self, text: str, *, source: str = "serial") -> None:
        """A whole code from a scanner that is not a keyboard. Safe on the app's thread only."""
        self._put(ScanItem(Code.of(text, source=source)))
        self.wake()

    def put_command(self, command: str) -> None:
        """A command chosen without its key; it waits its turn like a key."""
        self._put(CommandItem(command))
        self.wake()

    def hold(self) -> None:
        """Let nothing out until `release`; counted."""
        self.holds += 1

    def release(self) -> None:
        """End a hold, behind what the work has asked of the app: a focus moves by a message, and a
        key that was read meanwhile lies before it in the app's queue.
        """
        assert self.holds > 0, "released more often than held"
        self.holds -= 1
        if self.is_idle:
            # What the work changed, at once; what it only asked for by messages, behind them.
            self.app.paint()
        if not self.holds:
            self._opening += 1
            self.app.post_message(Turn(opens=True))

    def clear(self) -> None:
        """Forget the keys typed ahead: after a refusal, before a question about money.

        Scans stay: the scanner has beeped for them. Half a code that is just arriving stays too.
        """
        self.queue = deque(item for item in self.queue if isinstance(item, ScanItem))

    def wake(self) -> None:
        """Let the next item out from inside the app's queue."""
        self.app.post_message(Turn())

    def _take(self, out: Any) -> None:
        one: Out
        for one in out:
            if isinstance(one, Scan):
                self._put(ScanItem(one.code, self._shown(one)))
            elif isinstance(one, Broken):
                self._put(ScanItem(Code(one.text), self._shown(one), is_broken=True))
            else:
                if one.run:
                    # Who reads the line will know that a scanner may have sent these digits.
                    one.event.run = one.run
                self._put(one.event)

    def _put(self, item: Item) -> None:
        if isinstance(item, events.Key) and self.app.is_cancel(item):
            dropped = sum(isinstance(waiting, ScanItem) for waiting in self.queue)
            self.queue.clear()
            self.app.input_cancelled(dropped)
        if len(self.queue) >= QUEUE_LIMIT:
            if not self._is_overfull:
                # Once: to say it for each of a thousand keys would take longer than the work.
                self._is_overfull = True
                self.app.too_much_input()
            return
        self._is_overfull = False
        self.queue.append(item)

    def _pasted(self, event: events.Paste) -> Item:
        text = plain_digits(event.text.strip())
        if text.isascii() and text.isdigit() and len(text) >= 6 and self.app.takes_scans:
            return ScanItem(Code.of(text, source="paste"))
        return event

    # Scans that begin as typing.

    def _may_show(self) -> bool:
        """Whether a digit may be shown before it is known to be typed.

        Only when it would go out at once into a field that can take it back; then a person sees it
        without the pause that a scan needs.
        """
        field, first = self.app.focused, self.reader.first
        if not self.is_idle or first is None or field is None or not hasattr(field, "mark"):
            return False
        if self.app.command_for(first.event) is not None:
            return False
        self._undo = Undo(field, field.mark())
        return True

    def _shown(self, out: Scan | Broken) -> Undo | None:
        return self._undo if out.was_shown else None

    def _wait_for_pause(self) -> None:
        deadline = self.reader.deadline
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if deadline is not None:
            wait = max(0.0, deadline - get_time()) + 0.002
            loop = asyncio.get_running_loop()
            self._pause = loop.call_later(wait, self._after_pause)

    def _after_pause(self) -> None:
        # Keys may lie unread, or read and not yet queued: then the pause is ours, not the
        # scanner's. The message goes behind everything that is queued by now.
        if self.app.has_unread_input():
            loop = asyncio.get_running_loop()
            self._pause = loop.call_later(0.005, self._after_pause)
        else:
            self.app.post_message(Lapse())

    async def lapse(self) -> None:
        """Hand on the held strokes as typed, if still none has followed."""
        self._take(self.reader.lapse(get_time(), may_show=self._may_show()))
        self._wait_for_pause()
        await self.next()

    # Out.

    async def next(self) -> None:
        """Let one item out, unless one is on its way or the gate is held."""
        if self._is_shut or not self.queue:
            return
        self._is_out = True
        self._serial += 1
        item = self.queue.popleft()
        self._start_watch()
        try:
            await self._deliver(item)
        finally:
            self._send_fence(ROUNDS)

    async def _deliver(self, item: Item) -> None:
        if isinstance(item, events.Key):
            await self.app.deliver_key(item)
        elif isinstance(item, events.Paste):
            await self.app.deliver_paste(item)
        elif isinstance(item, CommandItem):
            self.app.run_command(item.command)
        else:
            if item.undo is not None:
                item.undo.take_back()
            if item.is_broken:
                self.app.broken_scan(item.code)
            else:
                self.app.deliver_scan(item.code)

    def _send_fence(self, rounds: int) -> None:
        self._send(Fence(self._serial, rounds))

    def _send(self, message: Message) -> None:
        """Put a message on the path that keys take: from the focus up to the app."""
        screen = self.app.top_screen
        target = screen and (screen.focused or screen)
        if target is None or not target.post_message(message):
            self.app.post_message(message)

    async def turn(self, *, opens: bool) -> None:
        """Woken: the next item, or with none the paint of what the last one did."""
        self._opening -= opens
        if self.queue:
            await self.next()
        else:
            self._send(Settle(1))

    def settled(self, settle: Settle) -> None:
        """What the last work changed has reached the screen: paint it, unless more is to come."""
        if settle.rounds:
            self._send(Settle(settle.rounds - 1))
        elif self.is_idle:
            self.app.paint()

    async def fence_back(self, fence: Fence) -> None:
        """The fence has come back: another round, or the next item."""
        if fence.serial != self._serial or not self._is_out:
            return
        if fence.rounds:
            self._send_fence(fence.rounds - 1)
            return
        self._arrived()
        if self.is_idle:
            self.app.paint()
        else:
            await self.next()

    def _arrived(self) -> None:
        self._is_out = False
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _start_watch(self, *, is_second: bool = False) -> None:
        if self._watch is not None:
            self._watch.cancel()
        loop = asyncio.get_running_loop()
        due = loop.time() + WATCH_S
        self._watch = loop.call_at(due, self._fence_is_late, self._serial, due, is_second)

    def _fence_is_late(self, serial: int, due: float, is_second: bool) -> None:
        """A fence was lost with its widget: another goes by the path that there is now. One that
        was only slow is before it; when both stay away, input goes on without.
        """
        loop = asyncio.get_running_loop()
        if loop.time() - due > 0.1:
            # The loop itself stood still, so the fence had no chance either.
            due = loop.time() + 0.5
            self._watch = loop.call_at(due, self._fence_is_late, serial, due, is_second)
            return
        if not self._is_out or serial != self._serial:
            return
        self.lost_fences += 1
        if is_second:
            log.warning("fence %d was lost twice; input goes on", serial)
            self._arrived()
            self.wake()
        else:
            log.warning("fence %d was lost; another is sent", serial)
            self._start_watch(is_second=True)
            self._send_fence(ROUNDS)
