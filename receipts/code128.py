"""CODE128 as the printer wants it, and how wide it becomes in dots."""

from __future__ import annotations

QUIET_MODULES = 20


def code128_command_data(data: str) -> bytes:
    """The data bytes of `GS k 73`: digits in pairs (set C) halve the width, the rest is set B."""
    if _is_pairs(data):
        return b"{C" + bytes(int(data[at : at + 2]) for at in range(0, len(data), 2))
    # A brace begins a command of the printer's own, so one in the data is doubled.
    return b"{B" + data.replace("{", "{{").encode("ascii")


def code128_modules(data: str) -> int:
    """Width in modules: start, each symbol and the check symbol are 11, the stop is 13."""
    symbols = len(data) // 2 if _is_pairs(data) else len(data)
    return 11 * (symbols + 2) + 13


def module_dots(data: str, dots: int) -> int:
    """The widest bar width from 3 down to 1 dots that fits on the paper; 0 when none does."""
    for width in (3, 2, 1):
        if (code128_modules(data) + QUIET_MODULES) * width <= dots:
            return width
    return 0


def _is_pairs(data: str) -> bool:
    return data.isdigit() and data.isascii() and len(data) % 2 == 0
