"""The customer's display on its pole: two lines of usually twenty characters.

It is fed by a thread of its own, which sends only the newest lines: a display that is slow, stuck
or pulled out stops nothing, and shows what counts now when it is back.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from devices import tables
from devices.channel import Channel, Transport, send_all
from devices.faults import DeviceFault, DisplayLost
from devices.transport import make_transport

PROTOCOLS = ("cd5220", "escpos")
CODEPAGES = ("ascii", "gb18030")
COLUMNS = 20
STALL_S = 2.0
# Between two looks whether an idle display is still there.
WATCH_S = 0.5
INIT, CLEAR = b"\x1b@", b"\x0c"
SELECT_DISPLAY = b"\x1b=\x02"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `right`, an amount, is never cut, because a cut one is another; `left` gives way.
    `plain` stands for `left` where the display has no Chinese.
    """

    left: str = ""
    right: str = ""
    plain: str = ""


Lines = tuple[Line, Line]
BLANK: Lines = (Line(), Line())
# What a test shows: both lines, every column.
TEST_LINES: Lines = (Line("Deskbell", "88888.88"), Line("1234567890", "1234567890"))


@dataclass(frozen=True, slots=True)
class Panel:
    """What the display understands, and how wide it is."""

    protocol: str = "cd5220"
    columns: int = COLUMNS
    codepage: str = "ascii"

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Panel:
        """The panel of `[display]`; BadDeviceTable names a wrong key."""
        return cls(
            tables.choice(table, "protocol", PROTOCOLS, PROTOCOLS[0]),
            tables.whole(table, "columns", COLUMNS),
            tables.choice(table, "codepage", CODEPAGES, CODEPAGES[0]),
        )

    @property
    def opening(self) -> bytes:
        """What is sent once, when the display was found."""
        # A display that was left while lines were written listens only to clear.
        return SELECT_DISPLAY + INIT + CLEAR if self.protocol == "escpos" else CLEAR + INIT

    def frame(self, lines: Lines) -> bytes:
        """Both lines in full, so that nothing of what stood there before is left."""
        upper, lower = (self.drawn(line) for line in lines)
        if self.protocol == "cd5220":
            return b"\x1bQA" + upper + b"\r\x1bQB" + lower + b"\r"
        # Home and two full lines: the display goes on in the second by itself.
        return b"\x0b" + upper + lower

    def drawn(self, line: Line) -> bytes:
        """A line of exactly `columns` bytes; a Chinese character takes two."""
        right = self._encoded(clean(line.right, self.codepage))
        if len(right) > self.columns:
            right = b"#" * self.columns
        room = self.columns - len(right) - (1 if right else 0)
        left = self._cut(self._left(line), max(0, room))
        return left + b" " * (self.columns - len(left) - len(right)) + right

    def _left(self, line: Line) -> str:
        shown = clean(line.left, self.codepage)
        if self.codepage == "gb18030" or shown == line.left or not line.plain:
            return shown
        return clean(line.plain, self.codepage)

    def _encoded(self, text: str) -> bytes:
        return text.encode(self.codepage)

    def _cut(self, text: str, width: int) -> bytes:
        """Never half a character."""
        kept = b""
        for one in text:
            encoded = self._encoded(one)
            if len(kept) + len(encoded) > width:
                break
            kept += encoded
        return kept


def clean(text: str, codepage: str) -> str:
    """The text with nothing in it that the display cannot show, or would obey. What it has no sign
    for is left out.
    """
    kept = (_shown(one, codepage) for one in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


def _shown(one: str, codepage: str) -> str:
    if one.isspace():
        return " "
    if one.isascii():
        return one if one.isprintable() else ""
    # Two bytes: cheap displays know no others, and four would be drawn as two wrong characters.
    is_chinese = unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    if codepage == "gb18030" and is_chinese and len(one.encode("gb18030")) == 2:
        return one
    plain = unicodedata.normalize("NFKD", one)
    return "".join(part for part in plain if part.isascii() and part.isprintable())


class CustomerDisplay:
    """Shows lines from a thread of its own. `on_state` is called there, with None when the display
    is there and with a DisplayLost when it is gone.
    """

    def __init__(
        self,
        transport: Transport,
        panel: Panel,
        *,
        idle: Lines = BLANK,
        on_state: Callable[[DeviceFault | None], None] = lambda fault: None,
        retry_s: float = 1.0,
    ) -> None:
        self.transport, self.panel, self.idle = transport, panel, idle
        self._on_state, self._retry_s = on_state, retry_s
        self._lock, self._news = threading.Lock(), threading.Event()
        self._wanted, self._idle_at = idle, 0.0
        self._is_stopped = False
        self._is_there: bool | None = None
        self._thread = threading.Thread(target=self._work, name="display", daemon=True)

    @classmethod
    def from_table(
        cls,
        table: Mapping[str, object],
        *,
        on_state: Callable[[DeviceFault | None], None] = lambda fault: None,
    ) -> CustomerDisplay | None:
        """The display of `[display]`, None where the table says that there is none; BadDeviceTable
        names a wrong key.
        """
        if table.get("connect") == "none":
            return None
        return cls(
            make_transport(table),
            Panel.from_table(table),
            idle=_two_lines(tables.text(table, "idle_text", "")),
            on_state=on_state,
            retry_s=tables.seconds(table, "retry_s", 1.0),
        )

    def start(self) -> None:
        """Begin to show; the first `on_state` tells whether the display is there."""
        self._thread.start()

    def show(self, lines: Lines, *, for_s: float = 0.0) -> None:
        """Show these lines from now on, or for so long and then the idle text. Returns at once."""
        with self._lock:
            self._wanted = lines
            self._idle_at = time.monotonic() + for_s if for_s else 0.0
        self._news.set()

    def show_idle(self) -> None:
        """Nobody is served."""
        self.show(self.idle)

    def stop(self, timeout_s: float = 2.0) -> None:
        """Show the idle text, end the thread and free the port."""
        self.show_idle()
        self._is_stopped = True
        self._news.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def _work(self) -> None:
        while not self._is_stopped:
            try:
                channel = self.transport.open()
            except DeviceFault as fault:
                self._tell_lost(fault)
                self._pause()
                continue
            try:
                send_all(channel, self.panel.opening, stall_s=STALL_S)
                self._feed(channel)
            except DeviceFault as fault:
                self._tell_lost(fault)
                self._pause()
            finally:
                _close(channel)

    def _feed(self, channel: Channel) -> None:
        """Send what is wanted, whenever it changes, until the display is gone or all is over."""
        shown: Lines | None = None
        while True:
            self._news.clear()
            is_last, wanted = self._is_stopped, self._now_wanted()
            if wanted != shown:
                send_all(channel, self.panel.frame(wanted), stall_s=STALL_S)
                self._tell_there()
                shown = wanted
            if is_last:
                return
            if not self._news.wait(self._rest_s()) and channel.can_read:
                # Whatever it answers is not asked for; but one that was pulled out is noticed.
                channel.read(0)

    def _now_wanted(self) -> Lines:
        with self._lock:
            if self._idle_at and time.monotonic() >= self._idle_at:
                self._wanted, self._idle_at = self.idle, 0.0
            return self._wanted

    def _rest_s(self) -> float:
        with self._lock:
            left = self._idle_at - time.monotonic() if self._idle_at else WATCH_S
        return min(WATCH_S, max(0.0, left))

    def _pause(self) -> None:
        """Until the next try; what is wanted meanwhile is shown then."""
        end = time.monotonic() + self._retry_s
        while not self._is_stopped and (left := end - time.monotonic()) > 0:
            self._news.clear()
            if not self._is_stopped:
                self._news.wait(left)

    def _tell_there(self) -> None:
        if not self._is_there:
            self._is_there = True
            self._on_state(None)

    def _tell_lost(self, fault: DeviceFault) -> None:
        """Say it once, not at every try."""
        if self._is_there is not False:
            self._is_there = False
            reason = fault.fields.get("reason", fault.code)
            self._on_state(DisplayLost(device=self.transport.name, reason=reason))


def _two_lines(text: str) -> Lines:
    upper, _, lower = text.partition("\n")
    return Line(upper), Line(lower)


def _close(channel: Channel) -> None:
    try:
        channel.close()
    except DeviceFault:
        return  # It is gone; there is nothing to lose on it.


def try_display(table: Mapping[str, object]) -> str:
    """Send two lines to look at; where they went. Raises DeviceFault."""
    panel, transport = Panel.from_table(table), make_transport(table)
    channel = transport.open()
    try:
        send_all(channel, panel.opening + panel.frame(TEST_LINES), stall_s=STALL_S)
    finally:
        _close(channel)
    return transport.name
