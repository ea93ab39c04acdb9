"""Payments of open work: stored as they are taken, with its draft, before anything else happens.

A card that was charged, a wallet that paid: that money has moved, whatever becomes of the bill. So
it survives leaving, power and kill; the finishing operation takes it over (`taken_of`), and taking
one off again is an operation with its right and its event. Whoever has drafts that are paid says
what they come to: `DUES["sale"] = due_of_bill`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement, delete
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.daily.shifts import current_shift, open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.gateway.orders import is_of_gateway, require_none_open, reverse_taken
from models.ledger.payments.agreed import stand_by_agreement
from models.ledger.payments.taking import PaymentWrong, check_payments, require_not_beyond, take_of
from models.ledger.ways.tender_kinds import Paying, Take
from models.ledger.ways.tenders import TakenPayment, as_read
from models.trust import drafts
from models.trust.operation import Job, operation


class PaymentsTaken(Refusal):
    """Something was paid already: take the payments off first, or finish the bill."""


class PaymentGone(Refusal):
    """There is no such payment any more."""


class CashElsewhere(Refusal):
    """Its cash lies in the drawer of another register."""


# Kind of draft -> what a draft of it comes to, below zero when money goes out.
DUES: dict[str, Callable[[int], Money]] = {}

_TAKEN = Statement(
    'SELECT p."given", p."reference", p."last_four", p."folio", p."code", t."key", t."number", '
    't."name_zh", t."name_en", t."kind", t."account_id", t."needs_reference", t."opens_drawer", '
    't."foreign", t."rate", '
    'p."line" FROM "taken_payment" p JOIN "tender" t ON t."key" = p."tender_id" '
    'WHERE p."draft_id" = ? ORDER BY p."line"'
)
_TENDER = (
    "key", "number", "name_zh", "name_en", "kind", "account", "needs_reference", "opens_drawer",
    "foreign", "rate",
)  # fmt: skip
_CLEAR = delete(TakenPayment, '"draft_id" = ?')


def taken_of(draft: int) -> dict[int, Take]:
    """What was taken for a draft so far, by line, also by tenders that are switched off by now."""
    money, found = store_currency(), {}
    for given, reference, last_four, folio, code, *values, line in _TAKEN.rows(draft):
        tender = as_read(_TENDER, values)
        given = Money(int(given), money)
        paying = Paying(
            tender.number, given, reference=reference, last_four=last_four, folio=folio, code=code
        )
        found[int(line)] = Take(paying, tender)
    return found


def taken_to_finish(draft: int, *, is_any: bool = True) -> list[Take]:
    """What was taken for work that is being finished, if there `is_any`: the caller may have seen
    its rows. Refuses: PayCodeOpen.
    """
    require_none_open(draft)
    return list(taken_of(draft).values()) if is_any else []


def due_of(draft: int) -> Money:
    """What the work of a draft comes to now. Refuses: DraftGone, and what its kind refuses."""
    return DUES[drafts.read(draft).kind](draft)


def _taking_asked(draft: int, paying: Paying, **_: Any) -> dict[str, Any]:
    """What whoever approves a payment reads of it. Refuses: TenderUnknown."""
    return {"tender": take_of(paying).tender.name_zh, "amount": paying.given}


def _off_asked(draft: int, line: int, *, reason: str = "") -> dict[str, Any]:
    """The same of one that is taken off. Refuses: PaymentGone."""
    take = taken_of(draft).get(line)
    if take is None:
        raise PaymentGone(line=line)
    return {"tender": take.tender.name_zh, "amount": take.paying.given, "reason": reason}


@operation(right="take payment", asked=_taking_asked)
def take_for(job: Job, draft: int, paying: Paying, *, is_beyond: bool = False) -> int:
    """Store a payment of open work; its line. It counts when the work is finished. One that
    `is_beyond` came to more than is due, at a card terminal, and the rest of it goes back then.

    Refuses: DraftGone, PayCodeOpen, OverPaid, TenderUnknown, what `check_payments` refuses,
    NoOpenShift and ShiftIsCounted for cash.
    """
    drafts.hold(draft, job.register)
    require_none_open(draft)
    taken, take = taken_of(draft), take_of(paying)
    if not paying.given:
        raise PaymentWrong(amount=paying.given)
    due = due_of(draft)
    stand_by_agreement(job, draft, due)
    settled = check_payments(job, due, [*taken.values(), take])
    if not is_beyond:
        require_not_beyond(due, settled)
    if take.kind.is_cash:
        open_shift_key(job.register)

    line = 1 + max(taken, default=0)
    TakenPayment.create(
        draft=draft, line=line, tender=take.tender, given=paying.given,
        currency=paying.given.currency.code, reference=paying.reference.strip()[:60],
        last_four=paying.last_four.strip(), folio=paying.folio, code=paying.code,
        register=job.register, user=job.user, at=job.now,
    )  # fmt: skip
    job.note(tender=take.tender.name_zh, given=paying.given, reference=_reference(paying))
    return line


@operation(right="void payment", asked=_off_asked)
def take_off(job: Job, draft: int, line: int, *, reason: str = "") -> None:
    """Take a stored payment off open work again: what moved outside is given back outside, by the
    gateway what came by it.

    Refuses: DraftGone, PaymentGone.
    """
    drafts.hold(draft, job.register)
    take = taken_of(draft).get(line)
    if take is None:
        raise PaymentGone(line=line)

    TakenPayment.delete().where(TakenPayment.draft == draft, TakenPayment.line == line).execute()
    reverse_taken(draft, line)
    shift, given = current_shift(job.register), take.paying.given
    what = f"{take.tender.name_zh} {_reference(take.paying)}".strip()
    record_event(
        job, "void payment", shift=shift.key if shift else None, amount=given,
        reason=reason.strip(), what=what,
    )  # fmt: skip
    job.note(what=what, amount=given, why=reason.strip())


def require_nothing_taken(draft: int) -> None:
    """Work with payments is not thrown away. Refuses: PaymentsTaken, PayCodeOpen."""
    require_none_open(draft)
    if taken := taken_of(draft):
        raise PaymentsTaken(amount=total_of(taken.values()))


def carry_taken(draft: int, onto: int) -> None:
    """Inside an operation: what was paid of work that becomes part of another one is paid of that.

    Refuses: PayCodeOpen, PaymentsTaken (a pay code was paid for it: its order names this work).
    """
    takes = taken_to_finish(draft)
    if not takes:
        return
    if is_of_gateway(draft):
        raise PaymentsTaken(amount=total_of(takes))
    line = max(taken_of(onto), default=0)
    for row in list(TakenPayment.select().where(TakenPayment.draft == draft)):
        line += 1
        values = {name: value for name, value in row.__data__.items() if name != "mark"}
        TakenPayment.create(**values | {"draft": onto, "line": line})
    clear_taken(draft)


def require_cash_here(job: Job, draft: int) -> None:
    """Cash that was taken stays with its drawer. Refuses: CashElsewhere."""
    rows = TakenPayment.select().where(
        TakenPayment.draft == draft, TakenPayment.register != job.register
    )
    if cash := [row for row in rows if row.tender.what.is_cash]:
        raise CashElsewhere(register=cash[0].register, amount=cash[0].given)


def total_of(takes: Iterable[Take]) -> Money:
    """What was given in all."""
    return Money.total((take.paying.given for take in takes), store_currency())


def clear_taken(draft: int) -> None:
    """Forget the payments of a draft: they are in a document now."""
    _CLEAR.run(draft)


def _reference(paying: Paying) -> str:
    return " ".join(part for part in (paying.last_four, paying.reference, paying.code) if part)
