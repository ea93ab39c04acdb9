"""What the app says: alarms that stay, messages that go, and what went wrong in words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from devices.faults import DeviceFault
from models.base.refusals import Refusal
from receipts.words import word
from tui.desk.frame_state import Notices
from tui.desk.telling import TOLD, Telling
from tui.desk.words import language, refusal_told, said, spoken

if TYPE_CHECKING:
    from tui.desk.gate.gate import Gate

log = logging.getLogger("deskbell")

BUG = word("Something inside the program failed; nothing was stored. Try again, or tell the owner.")


class Saying(Telling, App[int], inherit_bindings=False):
    """An app that says things in the notice line and in the status row."""

    gate: Gate
    # How long a message stays in the status row.
    message_s = 5.0
    # What ended the program, when nobody wanted its end.
    crash: Exception | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.notices = Notices()

    def alarm(self, msgid: str, **fields: Any) -> None:
        """Refuse aloud: a beep, and a line that stays until a key is pressed."""
        self.alarm_text(said(msgid, **fields))

    def alarm_text(self, text: str) -> None:
        notices = self.notices
        notices.alarm, notices.alarms = text, notices.alarms + 1
        notices.alarmed_at = self._now()
        self.bell()
        self.notices_changed()

    def inform(self, msgid: str, **fields: Any) -> None:
        """Say what was done, in the status row, for a few seconds."""
        self._say(said(msgid, **fields), is_done=True)

    def hint(self, msgid: str, **fields: Any) -> None:
        """Say there, for as long, what a key is that did nothing."""
        self._say(said(msgid, **fields), is_done=False)

    def _say(self, text: str, *, is_done: bool) -> None:
        notices = self.notices
        notices.message, notices.is_done = text, is_done
        notices.serial += 1
        self.set_timer(self.message_s, lambda serial=notices.serial: self._forget_message(serial))
        self.notices_changed()

    def show_busy(self, what: str) -> None:
        """Say what is being done; empty: done."""
        text = said("Working: {what}", what=said(what)) if what else ""
        if text != self.notices.busy:
            self.notices.busy = text
            self.notices_changed()

    def tell(self, error: Exception) -> None:
        """Tell what went wrong in words, and forget what was typed ahead of it."""
        self.gate.clear()
        if isinstance(error, Refusal):
            self.alarm_text(refusal_told(error))
        elif isinstance(error, DeviceFault):
            from receipts.fault_words import fault_text

            self.alarm_text(spoken(lambda: fault_text(error, language())))
        else:
            log.error("a bug, told to the person at the counter", exc_info=error)
            self.alarm(BUG)

    def notices_changed(self) -> None:
        """Repaint what shows notices; the screens do it."""
        for screen in self._screen_stack:
            if changed := getattr(screen, "notices_changed", None):
                changed()

    def _quiet(self, event: events.Key) -> bool:
        """A key pressed after the alarm was seen puts it away; whether it did."""
        notices = self.notices
        if not notices.alarm or event.time <= notices.alarmed_at + 0.1:
            return False
        notices.alarm, notices.alarms = "", 0
        self.notices_changed()
        return True

    def _forget_message(self, serial: int) -> None:
        if serial == self.notices.serial:
            self.notices.message = ""
            self.notices_changed()

    @staticmethod
    def _now() -> float:
        from tui.desk.textual_inside import get_time

        return get_time()

    def _handle_exception(self, error: Exception) -> None:
        # What timers and widgets raise comes here; screens and the app itself tell by themselves.
        if isinstance(error, TOLD):
            self.tell(error)
        else:
            super()._handle_exception(error)
            self.crash = self.crash or error
            # Textual's picture of it holds every value, also what somebody typed.
            self._exit_renderables.clear()
