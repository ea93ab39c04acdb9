"""The float of a register: the usual one, and when another is so far from it that it is asked."""

from __future__ import annotations

from models.base.coins import worth
from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.daily.shifts import Shift, float_of, left_of

# Beyond twice the usual, or below half of it, somebody has probably typed into the wrong row.
TIMES = 2


def usual_float(register: int) -> dict[int, int]:
    """The counts with which this register's last shift began: {minor units: pieces}."""
    last = _last(register)
    return {} if last is None else float_of(last)


def proposed_float(register: int) -> dict[int, int]:
    """What a shift of this register begins with, unless somebody counts otherwise: the usual, or
    what was left where the last count came to less than that.
    """
    last = _last(register)
    return {} if last is None else left_of(last)


def _last(register: int) -> Shift | None:
    last: Shift | None = (
        Shift.select().where(Shift.register == register).order_by(Shift.key.desc()).first()
    )
    return last


def usual_if_far(register: int, counts: dict[int, int]) -> Money | None:
    """What the float usually comes to, when these counts are far from it; None when they are not,
    or when there was no shift yet.
    """
    usual = worth(usual_float(register), store_currency())
    given = worth(counts, store_currency())
    least, most = usual.minor, usual.minor * TIMES * TIMES
    is_far = usual and not least <= given.minor * TIMES <= most
    return usual if is_far else None
