"""How the shop's scales lay out their labels, as people write it.

    26IIIIIAAA.AAWW.WWWC 21IIIIIAAA.AAC

A layout is a sign for each digit of the code. It begins with the digits that such labels begin
with, then I item, A amount, W weight, V check digit of the amount or weight, X not read, and C at
the end the check digit of the code. The point stands before the decimals of amount and weight and
is no digit. Leading digits in brackets are part of the item: [21]IIIIIAAA.AAC.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from models.base.refusals import Refusal
from models.goods.codes import StorePattern

# What scales in China print unless they are set otherwise: codes.CHINA_PATTERNS.
CHINA_LABELS = "26IIIIIAAA.AAWW.WWWC 21IIIIIAAA.AAC"
_LAYOUT = re.compile(r"(?P<open>\[)?(?P<prefix>\d{2,})(?(open)\])(?P<letters>[IAWVX.]+C?)")
SHORTEST, LONGEST = 8, 30


class LabelLayoutWrong(Refusal):
    """The layout of a scale's label cannot be read, or it would never be used."""


@lru_cache(maxsize=8)
def label_layouts(text: str) -> tuple[StorePattern, ...]:
    """The layouts in a text, blanks or commas between them. Refuses: LabelLayoutWrong."""
    found: list[StorePattern] = []
    for written in re.split(r"[\s,;，；、]+", text.strip().upper()):
        if not written:
            continue
        layout = _layout(written)
        if any(_hides(before, layout) for before in found):
            raise LabelLayoutWrong(layout=written)
        found.append(layout)
    return tuple(found)


def are_label_layouts(text: str) -> bool:
    """Whether every layout in the text can be read."""
    try:
        label_layouts(text)
    except LabelLayoutWrong:
        return False
    return True


def _layout(written: str) -> StorePattern:
    parts = _LAYOUT.fullmatch(written)
    if parts is None:
        raise LabelLayoutWrong(layout=written)
    prefix, letters = parts["prefix"], parts["letters"]
    runs = ["".join(run) for _, run in groupby(letters.replace(".", ""))]
    kinds = [run[0] for run in runs if run[0] != "X"]
    width = len(prefix) + sum(map(len, runs))
    if len(set(kinds)) < len(kinds) or not SHORTEST <= width <= LONGEST:
        raise LabelLayoutWrong(layout=written)
    # A forgotten point would make 12.34 of 1234.00.
    points = {kind: _decimals(letters, kind) for kind in "AW"}
    if letters.count(".") != len(set(kinds) & {"A", "W"}) or None in points.values():
        raise LabelLayoutWrong(layout=written)
    before = ("I" if parts["open"] else "-") * len(prefix)
    try:
        return StorePattern(
            prefix, before + "".join(runs), amount_decimals=points["A"] or 0,
            weight_decimals=points["W"] or 0,
        )  # fmt: skip
    except ValueError:
        raise LabelLayoutWrong(layout=written) from None


def _decimals(letters: str, kind: str) -> int | None:
    """How many digits stand behind the point of an amount or weight; 0 where there is neither."""
    if kind not in letters:
        return 0
    number = re.search(rf"{kind}+\.({kind}*)", letters)
    return len(number[1]) if number else None


def _hides(before: StorePattern, layout: StorePattern) -> bool:
    """Whether no label ever reaches a layout, because the one before it takes them all."""
    return len(before.layout) == len(layout.layout) and layout.prefix.startswith(before.prefix)
