"""Shifts (班次): one person's time at one drawer, opened with a float, counted blind, closed with a
Z.

A shift goes open -> counted -> closed. While it is counted nothing is sold, so that what was
counted stays what was expected; a second count before the close is kept beside the first. A closed
shift never changes.
"""

from __future__ import annotations

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
    fn,
)

from models.base.coins import worth
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.base.watching import Told
from models.ledger.accounts import CASH_OVER, CASH_SHORT, DRAWER, PETTY_EXPENSE, SAFE
from models.ledger.cheques import cheques_in
from models.ledger.documents import Document, Leg, begin_document, post, post_document
from models.ledger.foreign import (
    close_drawer,
    in_drawer,
    is_off,
    keep_count,
    last_count,
    require_counted,
)
from models.ledger.handover import add_handover
from models.ledger.kinds import SALE, Z
from models.ledger.tenders import taken_at
from models.ledger.till_events import record_event
from models.ledger.trade import CASH_IN, CASH_OUT, COUNT, DROP, FLOAT, FX_COUNT
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.registers import next_number

OPEN, COUNTED, CLOSED = "open", "counted", "closed"
TRANSITIONS = {OPEN: (COUNTED,), COUNTED: (COUNTED, CLOSED), CLOSED: ()}


class ShiftOpenAlready(Refusal):
    """This register has an open shift."""


class NoOpenShift(Refusal):
    """There is no open shift at this register: open one first."""


class ShiftIsCounted(Refusal):
    """The drawer is counted: close the shift before the next sale."""


class ShiftNotCounted(Refusal):
    """Count the drawer before closing the shift."""


class CashWrong(Refusal):
    """An amount that cannot be: zero, below zero, or without its reason."""


class DrawerTooLow(Refusal):
    """The drawer does not hold so much cash."""


class PaymentsOpen(Refusal):
    """Payments of unfinished work were taken at this register: they are in no books yet."""


class WorkUnfinished(Refusal):
    """An open bill lies at this register: whoever closes the shift must mean to leave it."""


class CountEmpty(Refusal):
    """Nothing was counted: an empty drawer is counted as well, and zero is typed."""


class DifferenceNeedsReason(Refusal):
    """The drawer is over or short: say why, in words."""


class Shift(Row):
    """One shift. `number` is the Z number, drawn at the close.

    Expected and counted are the drawer's cash.
    """

    key = KeyField(primary_key=True)
    register = IntegerField()
    user = BigIntegerField()
    state = CharField(max_length=8)
    number = IntegerField(null=True)
    day = DayField()
    opened_at = InstantField()
    float_amount = MoneyField()
    counted = MoneyField(null=True)
    expected = MoneyField(null=True)
    currency = CharField(max_length=3)
    reason = TextField(default="")
    closed_at = InstantField(null=True)
    closed_day = DayField(null=True)
    closed_by = BigIntegerField(null=True)

    class Meta:
        indexes = (
            (("register", "state"), False),
            (("register", "number"), True),
            (("closed_day",), False),
        )
        frozen_when = f"\"state\" = '{CLOSED}'"

    @property
    def difference(self) -> Money:
        """Of a counted shift: above zero is over, below short."""
        assert self.counted is not None and self.expected is not None
        return self.counted - self.expected


Told(
    Shift,
    "register user state number day opened_at float_amount counted expected currency reason "
    "closed_at closed_day closed_by",
    changes=True,
)


class CashCount(Row):
    """How many of one note or coin were counted: at the opening, and at each count before the
    close.
    """

    shift = ForeignKeyField(Shift)
    attempt = IntegerField()
    value = MoneyField()
    pieces = IntegerField()
    currency = CharField(max_length=3)
    is_opening = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("shift", "attempt", "value")
        append_only = True


Told(CashCount, "pieces currency is_opening")


_CURRENT = Statement(
    'SELECT "key", "state" FROM "shift" WHERE "register" = ? AND "state" IN (?, ?) AND "store" = ?'
)


def open_shift_key(register: int) -> int:
    """The key of the register's shift that may sell. Refuses: NoOpenShift, ShiftIsCounted."""
    row = _CURRENT.row(register, OPEN, COUNTED, store_number())
    if row is None:
        raise NoOpenShift(register=register)
    if row[1] != OPEN:
        raise ShiftIsCounted(register=register)
    return int(row[0])


def open_shift_or_none(register: int) -> int | None:
    """The same without a refusal."""
    row = _CURRENT.row(register, OPEN, COUNTED, store_number())
    return int(row[0]) if row is not None and row[1] == OPEN else None


def current_shift(register: int) -> Shift | None:
    """The register's open or counted shift."""
    return Shift.get_or_none(Shift.register == register, Shift.state.in_((OPEN, COUNTED)))


_EXPECTED = Statement(
    'SELECT coalesce(sum(e."amount"), 0) FROM "document" d '
    'JOIN "entry" e ON e."document_id" = d."key" WHERE d."shift" = ? AND e."account_id" = ?'
)


def require_no_open_payments(register: int) -> None:
    """Refuses: PaymentsOpen, when money was taken for work that is not finished."""
    if taken := taken_at(register):
        raise PaymentsOpen(amount=taken)


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


@operation(right="open shift")
def open_shift(job: Job, counts: dict[int, int]) -> Shift:
    """Start a shift with a float counted by denomination ({minor units: pieces}); it comes out of
    the safe.

    Refuses: ShiftOpenAlready, CashWrong, DayMustClose.
    """
    from models.ledger.days import require_present_day

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


def counts_of(shift: int) -> int:
    """How often the drawer of a shift was counted for its close."""
    found = CashCount.select(fn.MAX(CashCount.attempt)).where(
        CashCount.shift == shift, ~CashCount.is_opening
    )
    return int(found.scalar() or 0)


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


def float_of(shift: Shift) -> dict[int, int]:
    """What a shift began with: {minor units: pieces}."""
    rows = CashCount.select().where(CashCount.shift == shift.key, CashCount.is_opening)
    return {row.value.minor: row.pieces for row in rows}


def left_of(shift: Shift) -> dict[int, int]:
    """What a shift leaves to the next one: what it began with, or all that was counted at its close
    when that was less.
    """
    begun = float_of(shift)
    if shift.counted is None or worth(begun, store_currency()) <= shift.counted:
        return begun
    rows = CashCount.select().where(
        CashCount.shift == shift.key, CashCount.attempt == counts_of(shift.key),
        ~CashCount.is_opening,
    )  # fmt: skip
    return {row.value.minor: row.pieces for row in rows if row.pieces}


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
    if wrong_sign or not reason.strip():
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
