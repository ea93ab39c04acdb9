"""What each of the staff earned, worked out again from the printed slips alone: no line of the
program is used here, only what stands on paper and the rules that the owner has told the staff.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

# Per cent of what was paid, by grade, and when asked for; above so much of a month; each wash.
TURN, ASKED, HELPER, WASH, CARDS = 30, 35, 12, 500, 5
STEP, ABOVE = 300_000, 33
_AMOUNT = r"(-?\d+\.\d\d)"


def half_up(number: Fraction) -> int:
    return int(abs(number) + Fraction(1, 2)) * (1 if number >= 0 else -1)


def shared(whole: int, weights: list[int]) -> list[int]:
    """To the last fen: what is shared so far is rounded, each has the difference."""
    marks = [half_up(Fraction(whole * sum(weights[:n]), sum(weights) or 1))
             for n in range(len(weights) + 1)]  # fmt: skip
    return [after - before for before, after in pairwise(marks)]


def found(pattern: str, text: str) -> str:
    """What stands there; it must."""
    one = re.search(pattern, text, re.M)
    assert one is not None, (pattern, text)
    return str(one[1])


def fen(text: str) -> int:
    return int(text.replace(".", ""))


class Month:
    """Slips are read in the order in which they were printed."""

    def __init__(self, helpers: set[str], keeps: dict[str, set[str]]) -> None:
        self.helpers, self.keeps = helpers, keeps
        self.earned, self.brought = defaultdict[str, int](int), defaultdict[str, int](int)
        # What each line of a bill paid to whom: taken back by the slip of a return.
        self.paid: dict[tuple[str, str], list[tuple[str, int, int]]] = {}

    def read(self, slip: str) -> None:
        number = found(r"单号 +(\S+)", slip)
        if number.startswith("KA"):
            said = re.search(r"^销售\s+([^-]+)\n-", slip, re.M)
            total = fen(found(rf"合计 +￥{_AMOUNT}", slip))
            hands = _hands(said[1]) if said else []
            parts = shared(total, [share for *_, share in hands])
            for (name, _, _), part in zip(hands, parts, strict=True):
                self.earned[name] += half_up(Fraction(part * CARDS, 100))
        elif number.startswith("R"):
            of = found(r"原单号 +(\S+)", slip)
            for item, *_ in _lines(slip):
                for name, base, amount in self.paid[of, item]:
                    if name not in self.keeps.get(number, ()):
                        self.brought[name] -= base
                        self.earned[name] -= amount
        else:
            self._bill(number, slip)

    def _bill(self, number: str, slip: str) -> None:
        lines = _lines(slip)
        off = re.search(rf"^折扣 +-{_AMOUNT}", slip, re.M)
        amounts = [amount for _, amount, _ in lines]
        offs = shared(fen(off[1]) if off else 0, amounts)
        paid = [amount - each for amount, each in zip(amounts, offs, strict=True)]
        by_card = sum(map(fen, re.findall(rf"^储值卡 +{_AMOUNT}", slip, re.M)))
        carded = shared(by_card, paid)
        for (item, _, hands), whole, card in zip(lines, paid, carded, strict=True):
            bases = shared(whole - card, [share for *_, share in hands])
            each = shared(half_up(Fraction(WASH * (whole - card), whole)), [s for *_, s in hands])
            kept = self.paid.setdefault((number, item), [])
            for (name, asked, _), base, sum_each in zip(hands, bases, each, strict=True):
                amount = sum_each if item == "洗吹" else self._part(name, asked, base)
                self.brought[name] += base
                self.earned[name] += amount
                kept.append((name, base, amount))

    def _part(self, name: str, asked: bool, base: int) -> int:
        if asked or name in self.helpers:
            return half_up(Fraction(base * (ASKED if asked else HELPER), 100))
        below = min(max(STEP - self.brought[name], 0), base)
        parts = (below, TURN), (base - below, ABOVE)
        return sum(half_up(Fraction(part * rate, 100)) for part, rate in parts)


def _lines(slip: str) -> list[tuple[str, int, list[tuple[str, bool, int]]]]:
    """The lines of a bill: item, amount, and who did it."""
    lines = re.findall(
        rf"^(\S+) +-?\d+ +{_AMOUNT} +{_AMOUNT}\n(?:  折扣.*\n)?  服务 (.+(?:\n  .+)*)$", slip, re.M
    )
    return [(item, fen(amount), _hands(said)) for item, _, amount, said in lines]


def _hands(said: str) -> list[tuple[str, bool, int]]:
    """Names as they stand there, on one line or two: 李明* 70%, 王芳 30%."""
    names = "".join(said.split()).split(",")
    hands = []
    for each in names:
        one = re.fullmatch(r"(\D+?)(\*?)(?:([\d.]+)%)?", each)
        assert one is not None, each
        hands.append((one[1], bool(one[2]), half_up(Fraction(one[3] or "100") * 100)))
    return hands
