"""The life of a shift: opened with a float, counted blind, closed with a Z."""

from __future__ import annotations

from models.base.coins import worth
from models.base.fields import store_currency
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.ledger.accounts import CASH_OVER, CASH_SHORT, DRAWER, SAFE
from models.ledger.daily.days import require_present_day
from models.ledger.daily.drawer import CashWrong, expected_cash
from models.ledger.daily.handover import add_handover
from models.ledger.daily.shifts import (
    CLOSED,
    COUNTED,
    OPEN,
    CashCount,
    NoOpenShift,
    Shift,
    counts_of,
    current_shift,
    left_of,
)
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Leg, begin_document, post, post_document
from models.ledger.kinds import SALE, Z
from models.ledger.trade import COUNT, FLOAT, FX_COUNT
from models.ledger.ways.foreign import (
    close_drawer,
    in_drawer,
    is_off,
    keep_count,
    last_count,
    require_counted,
)
from models.ledger.ways.tenders import taken_at
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.registers import next_number


class ShiftOpenAlready(Refusal):
    """This register has an open shift."""


class ShiftNotCounted(Refusal):
    """Count the drawer before closing the shift."""


class PaymentsOpen(Refusal):
    """Payments of unfinished work were taken at this register: they are in no books yet."""


class WorkUnfinished(Refusal):
    """An open bill lies at this register: whoever closes the shift must mean to leave it."""


class CountEmpty(Refusal):
    """Nothing was counted: an empty drawer is counted as well, and zero is typed."""


class DifferenceNeedsReason(Refusal):
    """The drawer is over or short: say why, in words."""


def require_no_open_payments(register: int) -> None:
    """Refuses: PaymentsOpen, when money was taken for work that is not finished."""
    if taken := taken_at(register):
        raise PaymentsOpen(amount=taken)


@operation(right="open shift")
def open_shift(job: Job, counts: dict[int, int]) -> Shift:
    """Start a shift with a float counted by denomination ({minor units: pieces}); it comes out of
    the safe.

    Refuses: ShiftOpenAlready, CashWrong, DayMustClose.
    """
    if current_shift(job.register) is not None:
        raise ShiftOpenAlready(register=job.register)
    amount = _counted(counts)
    require_present_day(job.day)

    shift = Shift.create(
        key=new_key(), register=job.register, user=job.user, state=OPEN, day=job.day,
        opened_at=job.now, float_amount=amount, currency=amount.currency.code,
    )  # fmt: skip
    _keep_counts(shift.key, counts, attempt=0, is_opening=True)
    if amount:
        legs = [Leg(DRAWER, amount), Leg(SAFE, -amount)]
        post(job, FLOAT, legs, total=amount, shift=shift.key)
    else:
        job.note(total=amount)
    return shift


@operation(right="close shift")
def count_drawer(
    job: Job,
    counts: dict[int, int],
    *,
    foreign: dict[str, int] | None = None,
    leaves_work: bool = False,
) -> Shift:
    """Store a blind count ({minor units: pieces}, zeros among them); only then what was expected is
    shown. May be repeated: each count is kept, and their number stands on the Z. A cheque counts as
    one piece of what it is made out for. `foreign` is the cash of other currencies ({currency:
    minor units of it}). `leaves_work`: an open bill is left to the next shift.

    Refuses: NoOpenShift, CountEmpty, CashWrong, ForeignNotCounted, PaymentsOpen, WorkUnfinished.
    """
    shift = _of_register(job)
    if not counts:
        raise CountEmpty()
    counted = _counted(counts)
    require_counted(shift.key, foreign or {})
    require_no_open_payments(job.register)
    # A delivery or a count that lies open is no business of the drawer.
    lines = drafts.open_lines(job.register, SALE)
    if lines and not leaves_work:
        raise WorkUnfinished(lines=lines)

    attempt = counts_of(shift.key) + 1
    _keep_counts(shift.key, counts, attempt=attempt)
    keep_count(shift.key, attempt, foreign or {})
    shift.counted, shift.expected, shift.state = counted, expected_cash(shift.key), COUNTED
    shift.save()
    record_event(job, COUNT, shift=shift.key, amount=counted)
    job.note(counted=counted, expected=shift.expected, count=attempt)
    return shift


@operation(right="close shift")
def close_shift(job: Job, *, reason: str = "", language: str = "") -> Shift:
    """Close the counted shift: book over or short with its reason, move the cash to the safe, print
    the Z, and the hand-over where the store wants one.

    Refuses: NoOpenShift, ShiftNotCounted, DifferenceNeedsReason, PaymentsOpen.
    """
    shift = _of_register(job)
    require_no_open_payments(job.register)
    if shift.state != COUNTED or shift.counted is None or shift.expected is None:
        raise ShiftNotCounted(register=job.register)
    if (shift.difference or is_off(shift.key)) and not has_words(reason):
        raise DifferenceNeedsReason(difference=shift.difference)

    _post_count(job, shift, reason.strip())
    shift.state, shift.reason = CLOSED, reason.strip()
    shift.number = next_number(job.register, Z)
    shift.closed_at, shift.closed_day, shift.closed_by = job.now, job.day, job.user
    shift.save()
    add_job(job, "z", subject=shift.key, language=language)
    add_handover(job, shift.key, usual=left_of(shift), language=language)
    job.note(z=shift.number, counted=shift.counted, difference=shift.difference, why=reason.strip())
    return shift


def _of_register(job: Job) -> Shift:
    shift = current_shift(job.register)
    if shift is None:
        raise NoOpenShift(register=job.register)
    return shift


def _counted(counts: dict[int, int]) -> Money:
    if any(value <= 0 or pieces < 0 for value, pieces in counts.items()):
        raise CashWrong(amount="")
    return worth(counts, store_currency())


def _keep_counts(
    shift: int, counts: dict[int, int], *, attempt: int, is_opening: bool = False
) -> None:
    money = store_currency()
    for value, pieces in sorted(counts.items()):
        CashCount.create(
            shift=shift, attempt=attempt, value=Money(value, money), pieces=pieces,
            currency=money.code, is_opening=is_opening,
        )  # fmt: skip


def _post_count(job: Job, shift: Shift, reason: str) -> None:
    # The drawer's account goes to zero: what was counted goes to the safe, the rest is over or
    # short.
    assert shift.counted is not None and shift.expected is not None
    difference = shift.difference
    legs = [Leg(DRAWER, -shift.expected), Leg(SAFE, shift.counted)]
    if difference:
        legs.append(Leg(CASH_SHORT if difference.minor < 0 else CASH_OVER, -difference))
    if shift.expected or shift.counted:
        post(job, COUNT, legs, total=shift.counted, shift=shift.key, note=reason)
    _post_foreign(job, shift, reason)


def _post_foreign(job: Job, shift: Shift, reason: str) -> None:
    """Foreign cash has a document of its own: the other one is the drawer's in the store's own."""
    counted = any(row.counted for row in last_count(shift.key))
    if not (counted or any(minor for minor, _ in in_drawer(shift.key).values())):
        return
    document = begin_document(
        job, FX_COUNT, total=Money.zero(store_currency()), shift=shift.key, note=reason
    )
    post_document(job, document, close_drawer(document, shift.key))
