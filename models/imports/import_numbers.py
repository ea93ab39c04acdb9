"""Decimal signs: which of point and comma a column of numbers has, said by all of its cells.

1.250 alone may be one and a quarter or a thousand two hundred and fifty. One cell seldom says
which, a column nearly always does; what is only guessed is told.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from models.base.texts import narrow

POINT, COMMA, MIXED = ".", ",", "mixed"

_SIGNS = {ord(sign): None for sign in "￥¥$€£元'’_"} | {0xA0: None, 0x202F: None, 0x20: None}
# What hardly a cell of text is: such columns are looked at.
_NUMBER = re.compile(r"-?[\d.,]*\d[\d.,]*")
_GROUPS = {
    POINT: re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?"),
    COMMA: re.compile(r"\d{1,3}(\.\d{3})+(,\d*)?"),
}


class Says(StrEnum):
    """What one cell says of its column."""

    POINT = POINT
    COMMA = COMMA
    # 1.250 and 1,250: three digits behind one sign.
    EITHER_POINT = "1.250"
    EITHER_COMMA = "1,250"
    NOTHING = ""


def bare(cell: str) -> str:
    """A number without what stands around it: a currency's sign, blanks and apostrophes in it."""
    return narrow(cell).translate(_SIGNS).strip()


def says(cell: str) -> Says:
    """What a cell says of the decimal sign; NOTHING of whole numbers and of what is no number."""
    plain = bare(cell).lstrip("-")
    if ("." not in plain and "," not in plain) or not _NUMBER.fullmatch(plain):
        return Says.NOTHING
    if "." in plain and "," in plain:
        last = max(plain.rfind("."), plain.rfind(","))
        return Says.POINT if plain[last] == "." else Says.COMMA
    sign = "." if "." in plain else ","
    if plain.count(sign) > 1:
        # It groups thousands, so the other one is the decimal sign.
        return Says.COMMA if sign == "." else Says.POINT
    before, _, behind = plain.partition(sign)
    if len(behind) == 3 and before and len(before) <= 3 and before.lstrip("0"):
        return Says.EITHER_POINT if sign == "." else Says.EITHER_COMMA
    return Says.POINT if sign == "." else Says.COMMA


@dataclass(slots=True)
class Signs:
    """What the cells of one column say, and the first cell that said each."""

    counts: Counter[Says] = field(default_factory=Counter)
    example: str = ""
    # A decimal sign itself, not only one that groups thousands.
    is_seen: bool = False

    def look(self, cell: str) -> None:
        """Look at one more cell."""
        if "." not in cell and "," not in cell and cell.isascii():
            return
        if said := says(cell):
            self.counts[said] += 1
            if said in (Says.POINT, Says.COMMA) and said.value in cell:
                self.is_seen = True
            if said in (Says.EITHER_POINT, Says.EITHER_COMMA):
                self.example = self.example or cell


@dataclass(frozen=True, slots=True)
class Style:
    """How the numbers of a column are read. `is_guess`: its cells may mean something else, of which
    `example` is one.
    """

    sign: str = POINT
    is_guess: bool = False
    example: str = ""


def style_of(signs: Signs, *, decimals: int | None, others: str = "") -> Style:
    """The decimal sign of a column. `decimals` are those that its values have at most, None for
    any; `others` is the sign of the other columns, when they agree.
    """
    counts = signs.counts
    if counts[Says.POINT] and counts[Says.COMMA]:
        return Style(MIXED, True, signs.example)
    if counts[Says.POINT] or counts[Says.COMMA]:
        # 1.250.000 says that the point groups; nobody saw a comma.
        is_guess = decimals != 0 and not signs.is_seen
        return Style(POINT if counts[Says.POINT] else COMMA, is_guess, signs.example)
    if not (counts[Says.EITHER_POINT] or counts[Says.EITHER_COMMA]):
        return Style()
    if counts[Says.EITHER_POINT] and counts[Says.EITHER_COMMA]:
        return Style(MIXED, True, signs.example)
    groups_by_point = bool(counts[Says.EITHER_POINT])
    if decimals == 0:
        # A currency without decimals: whatever stands there groups.
        return Style(COMMA if groups_by_point else POINT)
    return Style(others or POINT, True, signs.example)


def plain_number(cell: str, sign: str) -> str | None:
    """A number as it is written with a point and without groups: 1.299,00 is 1299.00. None for one
    that does not fit the sign; what is no number stays as it is.
    """
    text = bare(cell)
    plain = text.lstrip("-")
    if not _NUMBER.fullmatch(plain):
        return text
    if sign == MIXED:
        said = says(cell)
        if said in (Says.EITHER_POINT, Says.EITHER_COMMA):
            return None
        sign = said or POINT
    other = COMMA if sign == POINT else POINT
    if other in plain:
        if not _GROUPS[sign].fullmatch(plain):
            return None
        text = text.replace(other, "")
    return text.replace(sign, ".")
