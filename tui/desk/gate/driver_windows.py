"""The driver for Windows consoles. Why it exists: tui/desk/gate/driver.py."""

from __future__ import annotations

import time
from typing import Any

from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver
from textual.message import Message


class CounterMonitor(win32.EventMonitor):
    """Goes on reading the console after half of a surrogate pair, which ends Textual's thread."""

    def run(self) -> None:
        while not self.exit_event.is_set():
            # Textual's loop returns when a decode fails; the next round starts afresh.
            super().run()
            time.sleep(0.01)


class CounterDriver(WindowsDriver):
    """Textual's Windows driver with our own monitor."""

    def send_message(self, message: Message) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._app.post_message, message)

    def start_application_mode(self) -> None:
        # Textual names the monitor's class inside this method, so it is put in place for the call.
        module: Any = win32
        plain, module.EventMonitor = module.EventMonitor, CounterMonitor
        try:
            super().start_application_mode()
        finally:
            module.EventMonitor = plain
