"""Cuts the bytes of a serial scanner into scans, and keeps line noise out of the sale."""

from __future__ import annotations

import re
from dataclasses import dataclass

# FNC1 and the separators of ISO 15434 are part of a code's meaning.
_MEANT_CONTROLS = "\x1d\x1e\x04"
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Scan:
    """One code. `aim` is the scanner's symbology mark such as "]E0", or empty."""

    text: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no scan: `why` is "control", "encoding", "long", "short" or "unfinished"."""

    data: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Framing:
    """How this scanner marks its codes. An empty suffix ends a code by a pause in the bytes."""

    prefix: bytes = b""
    suffixes: tuple[bytes, ...] = (b"\r", b"\n")
    min_length: int = 2
    max_length: int = 512
    pause_s: float = 0.3


class Framer:
    """Feed it bytes as they arrive, and tell it of pauses."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._pending = bytearray()
        self._is_overlong = False

    def feed(self, data: bytes) -> list[Scan | Noise]:
        """The scans and the noise that these bytes complete."""
        self._pending += data
        found: list[Scan | Noise] = []
        while (end := self._next_end()) is not None:
            at, length = end
            frame = bytes(self._pending[:at])
            del self._pending[: at + length]
            if self._is_overlong:
                found.append(Noise(frame[:64], "long"))
                self._is_overlong = False
            elif frame:
                found.append(self._judge(frame))
        if len(self._pending) > self._framing.max_length:
            # The rest of an overlong frame must not pass for a code of its own.
            self._is_overlong = True
            self._pending.clear()
        return found

    def pause(self) -> Scan | Noise | None:
        """Nothing came for `pause_s`: without a suffix that ends a code, else it is a fragment."""
        frame, overlong = bytes(self._pending), self._is_overlong
        self._pending.clear()
        self._is_overlong = False
        if overlong:
            return Noise(frame[:64], "long")
        if not frame:
            return None
        return Noise(frame, "unfinished") if self._framing.suffixes else self._judge(frame)

    def _next_end(self) -> tuple[int, int] | None:
        ends = [
            (at, len(suffix))
            for suffix in self._framing.suffixes
            if (at := self._pending.find(suffix)) >= 0
        ]
        # Of two that begin together (CR and CR LF) the longer one is meant.
        return min(ends, key=lambda end: (end[0], -end[1]), default=None)

    def _judge(self, frame: bytes) -> Scan | Noise:
        framing = self._framing
        if framing.prefix:
            if not frame.startswith(framing.prefix):
                return Noise(frame, "control")
            frame = frame[len(framing.prefix) :]
        text = _decoded(frame)
        if text is None:
            return Noise(frame, "encoding")
        if any(not one.isprintable() and one not in _MEANT_CONTROLS for one in text):
            return Noise(frame, "control")
        aim = text[:3] if _AIM.match(text) else ""
        text = text[len(aim) :]
        if len(text) < framing.min_length:
            return Noise(frame, "short")
        if len(text) > framing.max_length:
            return Noise(frame[:64], "long")
        return Scan(text, aim)


def _decoded(frame: bytes) -> str | None:
    """UTF-8, or GB18030 as Chinese scanners send it; codes of digits are the same in both."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return frame.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
