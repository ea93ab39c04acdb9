"""The drawer (钱箱): what it should hold, the bound of what leaves it, cash in and out."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.ledger.accounts import DRAWER, PETTY_EXPENSE, SAFE
from models.ledger.cheques import cheques_in
from models.ledger.daily.shifts import current_shift, open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document, Leg, post
from models.ledger.trade import CASH_IN, CASH_OUT, DROP
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class CashWrong(Refusal):
    """An amount that cannot be: zero, below zero, or without its reason."""


class DrawerTooLow(Refusal):
    """The drawer does not hold so much cash."""


_EXPECTED = Statement(
    'SELECT coalesce(sum(e."amount"), 0) FROM "document" d '
    'JOIN "entry" e ON e."document_id" = d."key" WHERE d."shift" = ? AND e."account_id" = ?'
)


def expected_cash(shift: int) -> Money:
    """What the drawer should hold: the float and every cash entry of the shift."""
    row = _EXPECTED.row(shift, DRAWER)
    assert row is not None
    return Money(int(row[0]), store_currency())


def require_in_drawer(shift: int, amount: Money) -> None:
    """The one bound of what leaves a drawer: its cash never comes to less than nothing, and cheques
    are no cash.

    Refuses: DrawerTooLow (without what it holds: the count is blind).
    """
    if amount > expected_cash(shift) - cheques_in(shift):
        raise DrawerTooLow(amount=amount)


@operation(right="move cash")
def pay_in(job: Job, amount: Money, *, reason: str, language: str = "") -> Document:
    """Put cash from the safe into the drawer.

    Refuses: NoOpenShift, ShiftIsCounted, CashWrong.
    """
    return _move(job, CASH_IN, amount, SAFE, reason=reason, language=language)


@operation(right="move cash")
def pay_out(job: Job, amount: Money, *, reason: str, language: str = "") -> Document:
    """Pay a small expense out of the drawer.

    Refuses: NoOpenShift, ShiftIsCounted, CashWrong, DrawerTooLow.
    """
    return _move(job, CASH_OUT, -amount, PETTY_EXPENSE, reason=reason, language=language)


@operation(right="move cash")
def drop_to_safe(job: Job, amount: Money, *, bag: str, language: str = "") -> Document:
    """Bring cash from the drawer to the safe, in a numbered bag.

    Refuses: NoOpenShift, ShiftIsCounted, CashWrong, DrawerTooLow.
    """
    return _move(job, DROP, -amount, SAFE, reason=bag, language=language)


def _move(
    job: Job, kind: str, amount: Money, other: int, *, reason: str, language: str
) -> Document:
    shift = open_shift_key(job.register)
    wrong_sign = amount.minor <= 0 if kind == CASH_IN else amount.minor >= 0
    # The number of a bag is one.
    is_said = bool(reason.strip()) if kind == DROP else has_words(reason)
    if wrong_sign or not is_said:
        raise CashWrong(amount=abs(amount))
    if amount.minor < 0:
        require_in_drawer(shift, -amount)

    legs = [Leg(DRAWER, amount), Leg(other, -amount)]
    document = post(job, kind, legs, total=abs(amount), shift=shift, note=reason.strip())
    add_job(job, "cash_move", subject=document.key, language=language)
    return document


@operation(right="open drawer")
def open_drawer(job: Job, *, reason: str) -> None:
    """Open the drawer without a sale: kept as an event with its reason.

    The pulse is the caller's.
    """
    if not has_words(reason):
        raise CashWrong(amount="")
    shift = current_shift(job.register)

    record_event(job, "no sale", shift=shift.key if shift else None, reason=reason.strip())
    job.note(reason=reason.strip())
