"""Notes and coins by currency: what a drawer is counted in, and the smallest that cash can pay."""

from __future__ import annotations

from collections.abc import Mapping

from models.base.money import Currency, Money

# In minor units, largest first; other currencies get these of two decimals.
_PIECES = {
    "CNY": (10000, 5000, 2000, 1000, 500, 100, 50, 10),
    "HKD": (100000, 50000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10),
    "EUR": (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "USD": (10000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1),
    "GBP": (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "JPY": (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1),
}
_OTHER = (10000, 5000, 2000, 1000, 500, 100, 50, 20, 10, 5, 1)


def notes_and_coins(currency: Currency) -> tuple[int, ...]:
    """The notes and coins in use, in minor units, largest first."""
    return _PIECES.get(currency.code, _OTHER)


def worth(counts: Mapping[int, int], currency: Currency) -> Money:
    """What pieces come to: {minor units of a note or coin: how many}."""
    return Money(sum(value * pieces for value, pieces in counts.items()), currency)


def smallest_coin(currency: Currency) -> Money:
    """The smallest coin in use: one jiao in China, where nobody has fen in the drawer."""
    return Money(notes_and_coins(currency)[-1], currency)
