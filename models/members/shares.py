"""What of a use of a card was paid for, and what was given on top: pure.

In proportion, by cumulative rounding: what was used so far is split, and of one use the difference
is taken. Rounding each use by itself was wrong when a lot was used up for 64 of 100 lots.
"""

from __future__ import annotations

from itertools import pairwise

from models.base.exact import divide

RATIO, PRINCIPAL, BONUS = ORDERS = ("ratio", "principal", "bonus")


def bonus_of_use(
    used: int, *, rest: int, bonus_rest: int, base: int, base_bonus: int, order: str = RATIO
) -> int:
    """How much of `used`, in minor units, is bonus: `rest` is on the lot, `bonus_rest` of it bonus;
    `base` and `base_bonus` were, when the lot last got something.
    """
    least, most = max(0, used - (rest - bonus_rest)), min(used, bonus_rest)
    if order == PRINCIPAL:
        return least
    if order == BONUS:
        return most
    left = divide(base_bonus * (rest - used), base) if base else 0
    return min(max(bonus_rest - left, least), most)


def unit_values(value: int, pieces: int) -> list[int]:
    """What each of so many times is worth, in order; together they are the value."""
    marks = [divide(value * place, pieces) for place in range(pieces + 1)]
    return [after - before for before, after in pairwise(marks)]


def value_of_times(value: int, pieces: int, *, rest: int, times: int) -> int:
    """What the next times of a lot are worth, of which `rest` are left."""
    return sum(unit_values(value, pieces)[pieces - rest : pieces - rest + times])


def share_back(part: int, *, of: int, whole: int, before: int) -> int:
    """What of `part` belongs to the next `of` of a whole, of which `before` came back already."""
    return divide(part * (before + of), whole) - divide(part * before, whole)
