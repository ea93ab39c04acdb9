"""What a printer peer recorded, as the slips that a person would tear off."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from itertools import pairwise

from tests.flows.till import Till
from tests.peers.printers import RunningPeer
from tests.receipts.decoder import Decoder

# What stands before an amount: the sign of the currency, half or full width.
NO_SIGN = str.maketrans("", "", "¥￥")
AMOUNT = re.compile(r"-?\d[\d,]*\.\d{2,3}|-?\d+")


class _Tearing(Decoder):
    """Remembers after which line the paper was cut."""

    def __init__(self) -> None:
        super().__init__()
        self.torn: list[int] = []

    def _cut(self, data: bytes, at: int) -> int | None:
        behind = super()._cut(data, at)
        if behind is not None:
            self.torn.append(len(self.paper.lines))
        return behind


@dataclass(frozen=True, slots=True)
class ReadSlip:
    """The lines of one slip."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def beside(self, label: str) -> str:
        """What stands at the right end of the first line that begins with a label."""
        for line in self.lines:
            if line.strip().startswith(f"{label} "):
                return line.strip()[len(label) :].translate(NO_SIGN).strip()
        raise AssertionError(f"no line begins with {label!r}:\n{self.text}")

    def numbers_of(self, name: str) -> list[str]:
        """The numbers behind a name in a table, on its line or on the next one."""
        for place, line in enumerate(self.lines):
            if f"{line.strip()} ".startswith(f"{name} "):
                rest = line.strip()[len(name) :].strip() or self.lines[place + 1].strip()
                if AMOUNT.match(rest):
                    return AMOUNT.findall(rest)
        raise AssertionError(f"no line begins with {name!r}:\n{self.text}")


def slips_of(printed: bytes) -> list[ReadSlip]:
    """All slips, in the order in which they came out; errs where a printer would."""
    reader = _Tearing()
    reader.decode(printed)
    edges = [0, *reader.torn]
    return [ReadSlip(tuple(reader.paper.lines[first:last])) for first, last in pairwise(edges)]


def printed_by(printer: RunningPeer, till: Till, count: int) -> list[ReadSlip]:
    """The slips that a printer has torn off, once there are so many; after 20 s those there are."""
    until = time.perf_counter() + 20
    while len(slips := slips_of(printer.printed)) < count and time.perf_counter() < until:
        till.pump(0.1)
    return slips
