"""Refusals outside of a job go the way of all others: a mixin for the app and for its screens.

What a key or a scan starts is a job, which tells what it was refused (tui/desk/jobs.py). But a
screen also asks the store when it is mounted, and timers and callbacks do; there Textual would end
the program with a traceback.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.message import Message
from textual.message_pump import MessagePump

from devices.faults import DeviceFault
from models.base.refusals import Refusal
from tui.desk.textual_inside import call_back

if TYPE_CHECKING:
    from tui.desk.app import GateApp

# What is told in words; anything else is a fault of the program and ends it.
TOLD = (Refusal, DeviceFault)
Handler = Callable[[Message], Awaitable[None]]


class Telling(MessagePump):
    """Tells what its handlers were refused, and lives on."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except TOLD as error:
            self._tell_refused(error)

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, Callable[[Message], Awaitable[Any]]]]:
        methods = super()._get_dispatch_methods(method_name, message)
        if method_name != "on_mount":
            return methods
        # Each by itself: behind ours come those that make a screen of it.
        return ((owner, partial(self._mounted_by, method)) for owner, method in methods)

    async def _mounted_by(self, method: Handler, message: Message) -> None:
        try:
            await call_back(method, message)
        except TOLD as error:
            self._tell_refused(error)

    def _tell_refused(self, error: Refusal | DeviceFault) -> None:
        cast("GateApp", self.app).tell(error)
