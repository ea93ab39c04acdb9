"""EAN-13 on paper: which codes can be printed as one, and how wide it becomes."""

from __future__ import annotations

MODULES, QUIET_MODULES = 95, 18
_DIGITS = 13


def ean13_digits(code: str) -> str:
    """The 13 digits of an EAN-13, or of a UPC-A as one; empty for any other code."""
    digits = code.zfill(_DIGITS) if len(code) == _DIGITS - 1 else code
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        return ""
    weighed = sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits))
    return digits if weighed % 10 == 0 else ""


def module_dots(dots: int) -> int:
    """The widest bar from 4 down to 2 dots with which one fits into so many dots; 0 for none."""
    return next((n for n in (4, 3, 2) if (MODULES + QUIET_MODULES) * n <= dots), 0)
