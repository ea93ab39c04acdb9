"""Exact arithmetic under money, quantities and rates: whole scaled numbers, never a float.

Everything here rounds half away from zero unless a mode is named, so that a refund is the mirror
of its sale.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from models.base.texts import narrow

# What a 64-bit column holds. A longer number is a scan that landed in an amount field.
LARGEST = 2**63 - 1

# A Chinese keyboard has its own full stop. What is full width is narrowed, no more: the general
# compatibility mapping would also read 12² as 122.
_TYPED = str.maketrans("。−", ".-")


class Rounding(Enum):
    """Where a number between two steps goes. Up is away from zero, down is towards zero."""

    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    UP = "up"
    DOWN = "down"


def half_away(number: Fraction | Decimal) -> int:
    """The nearest whole number; a half goes away from zero."""
    numerator, denominator = number.as_integer_ratio()
    return divide(numerator, denominator)


def divide(numerator: int, denominator: int) -> int:
    """The nearest whole quotient; a half goes away from zero."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def to_step(number: int, step: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """The multiple of step (more than zero) next to the number, found by the mode."""
    if step <= 0:
        raise ValueError(f"a rounding step must be more than zero, got {step}")
    below, rest = divmod(abs(number), step)
    if mode is Rounding.UP:
        goes_up = rest > 0
    elif mode is Rounding.DOWN:
        goes_up = False
    elif mode is Rounding.HALF_UP:
        goes_up = 2 * rest >= step
    else:
        goes_up = 2 * rest > step
    rounded = (below + goes_up) * step
    return -rounded if number < 0 else rounded


def shares(whole: int, weights: Sequence[int]) -> list[int]:
    """Share out a whole number by weights; the parts always sum to the whole.

    Each part is the step of the rounded running share. So the last part takes the rest, no part
    is off by one or more, and none has the wrong sign. Weights that are all zero count as equal.
    """
    if not weights:
        raise ValueError("a whole cannot be shared out over no weights")
    if min(weights) < 0:
        raise ValueError("weights must not be negative")
    total = sum(weights)
    if total == 0:
        weights = [1] * len(weights)
        total = len(weights)
    return carried(weights, whole, total)


def carried(parts: Sequence[int], numerator: int, denominator: int) -> list[int]:
    """Each part times numerator / denominator, with what rounding leaves carried to the next.

    So the results sum to the rounded result of the sum, and none is off by one or more.
    """
    results = []
    so_far = given = 0
    for part in parts:
        so_far += part
        upto = divide(so_far * numerator, denominator)
        results.append(upto - given)
        given = upto
    return results


def scaled(text: str, places: int) -> int:
    """Read a typed decimal as a whole number of 10 ** -places; ValueError when it is not exact."""
    if not isinstance(text, str):
        raise TypeError(f"a number must come as text, got {type(text).__name__}")
    plain = narrow(text).translate(_TYPED).strip()
    sign = -1 if plain[:1] == "-" else 1
    whole, _, fraction = (plain[1:] if plain[:1] in ("-", "+") else plain).partition(".")
    digits = whole + fraction
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"not a number: {text[:40]!r}")
    if len(fraction) > places:
        raise ValueError(f"more than {places} decimals: {text[:40]!r}")
    if len(digits) > 40:
        raise ValueError(f"too long for a number: {text[:40]!r}")
    number = int(digits) * 10 ** (places - len(fraction))
    if number > LARGEST:
        raise ValueError(f"too large: {text[:40]!r}")
    return sign * number


def written(number: int, places: int) -> str:
    """The decimal text of a scaled number with all its places: (1250, 2) is 12.50."""
    if places == 0:
        return str(number)
    digits = str(abs(number)).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def written_short(number: int, places: int) -> str:
    """The decimal text of a scaled number without zeros at its end: (2000, 3) is 2."""
    return written(number, places).rstrip("0").rstrip(".")
