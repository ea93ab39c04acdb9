"""A scanner on a serial port (real, USB or Bluetooth): read by a thread, may come and go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from devices import tables
from devices.channel import Channel
from devices.faults import BadDeviceTable, DeviceFault, ScannerLost
from devices.framing import Framer, Framing, Noise, Scan
from devices.serial_port import Serial

_SUFFIXES: dict[str, tuple[bytes, ...]] = {
    "cr": (b"\r",),
    "lf": (b"\n",),
    "crlf": (b"\r\n",),
    "any": (b"\r", b"\n"),
    "tab": (b"\t",),
    "none": (),
}


class SerialScanner:
    """Calls `on_scan` for each code, and `on_state` with None when the scanner is there and with
    a ScannerLost when it is gone. All calls come from the scanner's own thread.
    """

    def __init__(
        self,
        serial: Serial,
        framing: Framing,
        *,
        on_scan: Callable[[Scan], None],
        on_state: Callable[[DeviceFault | None], None] = lambda fault: None,
        on_noise: Callable[[Noise], None] = lambda noise: None,
        retry_s: float = 1.0,
        bounce_s: float = 0.0,
    ) -> None:
        self._serial, self._framing = serial, framing
        self._on_scan, self._on_state, self._on_noise = on_scan, on_state, on_noise
        self._retry_s, self._bounce_s = retry_s, bounce_s
        self._stop = threading.Event()
        self._last: tuple[Scan, float] | None = None
        self._thread = threading.Thread(target=self._work, name="scanner", daemon=True)

    @classmethod
    def from_table(
        cls,
        table: Mapping[str, object],
        *,
        on_scan: Callable[[Scan], None],
        on_state: Callable[[DeviceFault | None], None] = lambda fault: None,
        on_noise: Callable[[Noise], None] = lambda noise: None,
    ) -> SerialScanner:
        """The scanner of `[scanner]`; BadDeviceTable names a wrong key."""
        return cls(
            Serial.from_table(table),
            framing_from_table(table),
            on_scan=on_scan,
            on_state=on_state,
            on_noise=on_noise,
            retry_s=tables.seconds(table, "retry_s", 1.0),
            bounce_s=tables.whole(table, "bounce_ms", 0) / 1000,
        )

    def start(self) -> None:
        """Begin to read; the first `on_state` tells whether the scanner is there."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End the thread and free the port."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def _work(self) -> None:
        told: str | None = None
        while not self._stop.is_set():
            try:
                channel = self._serial.open()
            except DeviceFault as fault:
                told = self._tell_lost(fault, told)
                self._stop.wait(self._retry_s)
                continue
            told = "there"
            self._on_state(None)
            try:
                self._read(channel)
            except DeviceFault as fault:
                told = self._tell_lost(fault, told)
                self._stop.wait(self._retry_s)
            finally:
                channel.close()

    def _tell_lost(self, fault: DeviceFault, told: str | None) -> str:
        """Say it once, not at every try."""
        if told != "lost":
            self._on_state(ScannerLost(port=self._serial.port, reason=fault.fields.get("reason")))
        return "lost"

    def _read(self, channel: Channel) -> None:
        framer = Framer(self._framing)
        heard_at = time.monotonic()
        while not self._stop.is_set():
            got = channel.read(min(0.1, self._framing.pause_s))
            now = time.monotonic()
            if got:
                heard_at = now
                for one in framer.feed(got):
                    self._tell(one)
            elif now - heard_at >= self._framing.pause_s and (rest := framer.pause()):
                self._tell(rest)

    def _tell(self, one: Scan | Noise) -> None:
        if isinstance(one, Noise):
            self._on_noise(one)
            return
        now = time.monotonic()
        last, self._last = self._last, (one, now)
        if last and last[0] == one and now - last[1] < self._bounce_s:
            return  # A bouncing trigger; a person cannot scan the same code twice so fast.
        self._on_scan(one)


def framing_from_table(table: Mapping[str, object]) -> Framing:
    """The framing keys of `[scanner]`: suffix, prefix, min_length, max_length, pause_ms."""
    suffix = tables.choice(table, "suffix", tuple(_SUFFIXES), "any")
    prefix = tables.text(table, "prefix", "")
    if not prefix.isascii():
        raise BadDeviceTable(key="prefix", value=prefix)
    return Framing(
        prefix=prefix.encode("ascii"),
        suffixes=_SUFFIXES[suffix],
        min_length=tables.whole(table, "min_length", 2),
        max_length=tables.whole(table, "max_length", 512),
        pause_s=tables.whole(table, "pause_ms", 300) / 1000,
    )
