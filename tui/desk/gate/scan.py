"""Telling a scan from typing: a reader of key strokes, without a screen.

A scanner that acts as a keyboard sends its code as keys and ends with Enter or Tab. It is known

1. surely, by what it sends first: STX, a GS, an AIM identifier (`]C1`), or the prefix set in the
   configuration. All that follows up to the end key is the code, however slowly it comes;
2. as a hint, by its pace: digits at most GAP apart up to the end key. Taken for a scan only when
   the digits fit a known code (right check digit, or the length of a scale or payment code) or a GS
   stands among them, which no person types, and no letter came at that pace before them, as the S
   of a slip. Anything else is handed on as typed.

The pause between two keys is what `lapse` measured: the caller asks it in time, and not before all
keys that have arrived are fed.

Strokes are held while they may belong to a scan: digits for GAP at most, letters and named keys
never. A single digit may be shown sooner (SHOW): most scanners have sent the next by then, a person
has not. When it was a scan after all, the caller takes that digit back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from models.base.texts import plain_digits
from models.goods.codes import is_gtin, wallet_of

# Two digits and Enter a person may roll over the keys, or a key for 00 sends.
SHORTEST_RUN = 3
STX, GS = "\x02", "\x1d"
IN_CODE = frozenset("\x04\x1c\x1d\x1e\x1f")
END_KEYS = frozenset({"enter", "tab", "ctrl+j"})
AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class ScanRules:
    """How scans are known. Times in seconds."""

    prefix: str = ""
    gap_s: float = 0.035
    show_s: float = 0.012
    prefix_gap_s: float = 0.5
    aim_gap_s: float = 0.15
    unseen_s: float = 1.0
    after_s: float = 0.1
    stall_s: float = 1.0
    broken_s: float = 2.0
    by_pace: bool = True
    ends_with_key: bool = True


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key. `event` is the caller's, and is handed back unread. `run`: the digits that came
    before this end key, all at a scanner's pace, and are no code that is known by itself; an X may
    end them, as on an identity card.
    """

    key: str
    character: str
    time: float
    event: Any = None
    run: str = ""


class Code(str):
    """What a scanner read; group separators are inside. `aim` is its AIM identifier or empty."""

    aim: str = ""
    source: str = "keys"

    @classmethod
    def of(cls, text: str, *, source: str = "keys") -> Code:
        aim = text[:3] if AIM.match(text) else ""
        code = cls(text[len(aim) :])
        code.aim, code.source = aim, source
        return code


@dataclass(frozen=True, slots=True)
class Scan:
    """A whole scan. `was_shown`: its first digit was passed on early and must be taken back."""

    code: Code
    was_shown: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A scan that stopped before its end key."""

    text: str
    was_shown: bool = False


Out = Stroke | Scan | Broken


def fits_known_code(digits: str) -> bool:
    """Whether digits alone look like a code: of GS1, of a wallet, or one of 18 digits from a scale,
    which starts with 2.
    """
    is_scale = len(digits) == 18 and digits[0] == "2"
    return is_gtin(digits) or is_scale or wallet_of(digits) is not None


@dataclass(slots=True)
class ScanReader:
    """Feed it each stroke, in order, and call `lapse` when `deadline` has passed."""

    rules: ScanRules = field(default_factory=ScanRules)
    _run: list[Stroke] = field(default_factory=list)
    _is_sure: bool = False
    _was_shown: bool = False
    _is_kept_back: bool = False
    _scan_end: float = -1e9
    _letter_at: float = -1e9
    _stalled_at: float = -1e9
    _broken_at: float = -1e9

    @property
    def deadline(self) -> float | None:
        """When the strokes held must be given up, on their own clock; None when none are."""
        if not self._run:
            return None
        wait = self.rules.show_s if self._may_be_shown else self._patience
        return self._run[-1].time + wait

    @property
    def first(self) -> Stroke | None:
        """The first stroke that is held."""
        return self._run[0] if self._run else None

    @property
    def _may_be_shown(self) -> bool:
        is_first = len(self._run) == 1 and not self._is_sure
        return is_first and not self._was_shown and not self._is_kept_back

    @property
    def _patience(self) -> float:
        if not self._is_sure:
            return self.rules.gap_s
        return self.rules.aim_gap_s if self._is_half_aim else self.rules.prefix_gap_s

    @property
    def _is_half_aim(self) -> bool:
        """Whether a bracket waits for what makes it an AIM identifier: a person types it alone."""
        return self._run[0].character == "]" != self.rules.prefix and len(self._run) < 3

    def feed(self, stroke: Stroke) -> Sequence[Out]:
        """What is known after this stroke."""
        out: list[Out] = []
        # A pause is over when `lapse` says so. A longer one that nobody noticed was our own, on a
        # busy machine, and says nothing about who typed.
        if self._run and stroke.time - self._run[-1].time > self.rules.unseen_s:
            out += self._give_up()
        if stroke.key in END_KEYS:
            out += self._end(stroke)
        elif self._is_sure:
            out += self._go_on(stroke)
        elif self._is_digit(stroke) and self.rules.by_pace:
            self._run.append(stroke)
        elif self._is_machine_paced(stroke):
            self._run.append(stroke)
            self._is_sure = stroke.character == GS
        elif self._starts(stroke):
            out += self._release()
            self._run.append(stroke)
            self._is_sure = True
        else:
            out += [*self._release(), stroke]
            if stroke.character.isalpha():
                self._letter_at = stroke.time
        return out

    def lapse(self, now: float, *, may_show: bool = False) -> Sequence[Out]:
        """Give up what is held once its time has passed; `may_show`: show a first digit earlier."""
        if self.deadline is None or now < self.deadline:
            return ()
        if self._may_be_shown and now < self._run[0].time + self._patience:
            self._was_shown, self._is_kept_back = may_show, not may_show
            return self._run[:1] if may_show else ()
        return self._give_up()

    def flush(self) -> Sequence[Out]:
        """Hand on at once what is held, as typed."""
        return self._release()

    # What the strokes are.

    def _starts(self, stroke: Stroke) -> bool:
        first = stroke.character
        return bool(first) and (first in (STX, GS, "]") or first == self.rules.prefix)

    @staticmethod
    def _is_digit(stroke: Stroke) -> bool:
        return len(stroke.character) == 1 and plain_digits(stroke.character) in "0123456789"

    def _is_machine_paced(self, stroke: Stroke) -> bool:
        """A character behind so many quick digits that only a machine can have sent them."""
        return len(self._run) >= 8 and _is_part(stroke)

    # What becomes of them.

    def _go_on(self, stroke: Stroke) -> list[Out]:
        if not _is_part(stroke):
            return [*self._give_up(), stroke]
        self._run.append(stroke)
        if len(self._run) <= 3 and not self._may_be_sure():
            return self._release()
        return []

    def _may_be_sure(self) -> bool:
        """Whether what came so far can still be a prefix: a bare `]` must go on as an AIM id."""
        text = self._text()
        if text[0] != "]" or self.rules.prefix == "]":
            return True
        return (
            bool(AIM.match(text + "A0"[len(text) - 1 :]))
            if len(text) < 3
            else bool(AIM.match(text))
        )

    def _end(self, stroke: Stroke) -> list[Out]:
        if not self._run:
            # CR LF scanners and a bounced end key: it still belongs to the scan.
            return [] if stroke.time - self._scan_end <= self.rules.after_s else [stroke]
        if self._is_sure and not self._is_half_aim:
            code = self._sure_code()
            return self._scanned(code, stroke.time) if code else [*self._release(), stroke]
        if not self._is_sure and self._looks_scanned():
            return self._scanned(self._text(), stroke.time)
        if self._follows_a_break(stroke):
            return self._break(stroke.time)
        run = self._quick_run(stroke)
        return [*self._release(), replace(stroke, run=run) if run else stroke]

    def _quick_run(self, end: Stroke) -> str:
        """The digits before an end key, when no pause of a person stands among them."""
        strokes = [*self._run, end]
        pauses = (after.time - before.time for before, after in pairwise(strokes))
        is_quick = len(self._run) >= SHORTEST_RUN and max(pauses) <= self.rules.gap_s
        text = self._text()
        return text if is_quick and text.removesuffix("X").isdigit() else ""

    def _sure_code(self) -> str:
        text = self._text().lstrip(STX)
        if self.rules.prefix and text.startswith(self.rules.prefix):
            text = text[len(self.rules.prefix) :]
        return text.lstrip(GS)

    def _looks_scanned(self) -> bool:
        text, first = self._text(), self._run[0]
        if not text.isdigit():
            return GS in text
        # The tail of a scan that stalled fits some short code one time in ten: then it is typed,
        # behind the head that was typed before it, and the whole code stands in the entry.
        if first.time - self._stalled_at < self.rules.stall_s:
            return False
        # The digits of one slip in ten have a right check digit: without its letter they are
        # another code.
        if first.time - self._letter_at <= self.rules.gap_s:
            return False
        return fits_known_code(text)

    def _follows_a_break(self, stroke: Stroke) -> bool:
        return len(self._run) >= 3 and stroke.time - self._broken_at < self.rules.broken_s

    def _scanned(self, text: str, time: float) -> list[Out]:
        scan = Scan(Code.of(text), was_shown=self._was_shown)
        self._reset()
        self._scan_end = time
        return [scan]

    def _break(self, time: float) -> list[Out]:
        broken = Broken(self._text().strip(STX), was_shown=self._was_shown)
        self._reset()
        self._broken_at = time
        return [broken]

    def _give_up(self) -> list[Out]:
        """The time is over: a sure scan has ended or broken off, anything else was typed."""
        last = self._run[-1].time
        if self._is_sure and not self.rules.ends_with_key and (code := self._sure_code()):
            return self._scanned(code, last)
        if self._is_sure and (len(self._run) >= 4 or self._run[0].character in (STX, GS)):
            return self._break(last)
        if len(self._run) >= 3:
            self._stalled_at = last
        return self._release()

    def _release(self) -> list[Out]:
        strokes: list[Out] = list(self._run[1:] if self._was_shown else self._run)
        self._reset()
        return strokes

    def _reset(self) -> None:
        self._run.clear()
        self._is_sure = self._was_shown = self._is_kept_back = False

    def _text(self) -> str:
        return plain_digits("".join(stroke.character for stroke in self._run))


def _is_part(stroke: Stroke) -> bool:
    """Whether a stroke can stand inside a code."""
    character = stroke.character
    return len(character) == 1 and (character.isprintable() or character in IN_CODE)
