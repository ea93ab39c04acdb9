"""Settling an amount: the rounding of its cash part, the change, money back.

Only what is paid in cash is rounded, and change is given in cash only. Due and tenders of a
refund are negative; every figure is then the mirror of the sale's.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.base.money import Money, Rounding
from models.base.values import value


@value()
class CashRule:
    """The smallest amount that cash can pay (one jiao, five rappen), and where the rest goes.
    Change below so many minor units may stay on an account; 0: none.
    """

    step: Money
    mode: Rounding = Rounding.HALF_UP
    keeps_below: int = 0


@value()
class Tender:
    """What was handed over."""

    amount: Money
    is_cash: bool = False


@value()
class Settlement:
    """How tenders settle an amount due.

    due + rounding = tenders - change + short. `rounding` is a line of its own in the books.
    `short` is still to be paid (change is then zero). `cash_kept` is what the drawer gains.
    """

    rounding: Money
    change: Money
    short: Money
    cash_kept: Money

    @property
    def is_settled(self) -> bool:
        return not self.short


def in_cash(remaining: Money, rule: CashRule | None) -> Money:
    """What is to be paid when all that remains is paid in cash."""
    return remaining if rule is None else remaining.rounded_to(rule.step, rule.mode)


def settle(due: Money, tenders: Sequence[Tender], rule: CashRule | None = None) -> Settlement:
    """Settle what is due; nothing is rounded unless cash pays the end of it.

    A cash tender of nothing settles an amount that rounds to nothing.
    """
    zero = Money.zero(due.currency)
    cash = Money.total((t.amount for t in tenders if t.is_cash), due.currency)
    other = Money.total((t.amount for t in tenders if not t.is_cash), due.currency)
    remaining = due - other
    sign = -1 if due < zero else 1
    overpaid = remaining.minor * sign < 0
    pays_cash = overpaid or any(t.is_cash for t in tenders)
    rounded = in_cash(remaining, rule) if pays_cash else remaining
    change = cash - rounded
    if change.minor * sign < 0:
        return Settlement(rounding=zero, change=zero, short=remaining - cash, cash_kept=cash)
    return Settlement(
        rounding=rounded - remaining, change=change, short=zero, cash_kept=cash - change
    )
