"""The driver for Linux and macOS terminals. Why it exists: tui/desk/gate/driver.py."""

from __future__ import annotations

import os
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from itertools import groupby

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.desk.database import LET_GO_S
from tui.desk.gate.gate import Flood, Typed
from tui.desk.textual_inside import XTermParser

POLL_S = 0.1
POLL_WAITING_S = 0.01
# No scan and no person gives so much in one go: it is a paste of something that no entry holds.
FLOOD_BYTES = 16_384
# A read of so much may be a part of more, which a terminal hands over a moment later.
LARGE_READ_BYTES, MORE_S = 256, 0.002
# A flood is over when nothing came for so long.
CALM_S = 0.1


class CounterDriver(LinuxDriver):
    """Textual's Linux driver with our own input thread."""

    is_reading = False
    _together: list[Message] | None = None

    def has_input(self) -> bool:
        """Whether keys have reached this machine that the app has not seen yet."""
        return self.is_reading or self._is_ready(0)

    def send_message(self, message: Message) -> None:
        if self._together is not None:
            self._together.append(message)
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._app.post_message, message)

    def flush(self) -> None:
        """What is written stands on the terminal before the next work, not behind it."""
        super().flush()
        time.sleep(LET_GO_S)

    def run_input_thread(self) -> None:
        self._parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        while not self.exit_event.is_set():
            # While an Esc waits for a second byte, look again soon; else only for the exit.
            waits = self._parser._timeout_time is not None
            if self._is_ready(POLL_WAITING_S if waits else POLL_S):
                self.is_reading = True
                data = self._read_together()
                if not data:
                    return
                if len(data) > FLOOD_BYTES:
                    self._drop_flood()
                    decode = getincrementaldecoder("utf-8")(errors="replace").decode
                elif text := decode(data):
                    self._pass_on(self._parser.feed(text))
                self.is_reading = False
            self._pass_on(self._parser.tick())

    def _pass_on(self, read: Iterable[Message]) -> None:
        """What was read in one go goes to the app in one go: a scan is fourteen keys."""
        together: list[Message] = []
        self._together = together
        try:
            for message in read:
                self.process_message(message)
        except (ValueError, OverflowError):
            # A sequence that no terminal sends. What it spoiled is dropped; keys go on.
            self._parser = XTermParser(self._debug)
        finally:
            self._together = None
            if together and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._hand_over, together)

    def _hand_over(self, read: list[Message]) -> None:
        for are_keys, messages in groupby(read, lambda message: isinstance(message, events.Key)):
            if are_keys:
                self._app.post_message(Typed(messages))
            else:
                for message in messages:
                    self._app.post_message(message)

    def _is_ready(self, timeout_s: float) -> bool:
        try:
            return bool(select.select([self.fileno], [], [], timeout_s)[0])
        except (OSError, ValueError):
            return False

    def _read_together(self) -> bytes:
        """What came in one go; of a flood only so much that it is known for one."""
        data = more = self._read()
        while len(more) >= LARGE_READ_BYTES and len(data) <= FLOOD_BYTES:
            if not self._is_ready(MORE_S):
                break
            more = self._read()
            data += more
        return data

    def _drop_flood(self) -> None:
        """Read the rest away, and say aloud that nothing of it was taken."""
        while not self.exit_event.is_set() and self._is_ready(CALM_S):
            if not self._read():
                return
        # Half a sequence, or a paste whose end was dropped, must not take the keys that follow.
        self._parser = XTermParser(self._debug)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._app.post_message, Flood())

    def _read(self) -> bytes:
        """The bytes that are there; none when the terminal is gone, which ends the program."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if not data and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._app.exit)
        return data
