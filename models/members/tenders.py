"""Vouchers and store credit as ways to pay. What was paid with one goes back onto it, and store
credit takes back whatever was paid: it is money that stays in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.base.database import store_number
from models.base.keys import new_key
from models.base.money import Money
from models.base.words import word
from models.ledger.accounts import CREDIT_LIABILITY, VOUCHER_LIABILITY, Account
from models.ledger.documents import Document, Leg
from models.ledger.ways.tender_kinds import CODE, Paying, Take, TenderKind
from models.ledger.ways.tenders import Tender
from models.members.kinds import COURSE, CREDIT, KINDS, POINTS, VALUE_CARD, VOUCHER
from models.members.lots import (
    LotTaken,
    LotTooMuch,
    give_back,
    lots_of,
    new_number,
    require_lots,
    require_number,
    require_rest,
    rest_of,
    room_on,
    use,
)
from models.trust.operation import Job, open_day


def _check(job: Job, takes: Sequence[Take]) -> None:
    """Payments by one number count together. Refuses: what `require_rest`, `require_number` and
    `require_lots` refuse, LotTooMuch, LotTaken.
    """
    sums: dict[str, Money] = {}
    for take in takes:
        code, given = take.paying.code, take.paying.given
        sums[code] = sums[code] + given if code in sums else given
    kind = takes[0].tender.kind
    for code, amount in sums.items():
        if amount.minor > 0:
            require_rest(code, kind, amount, job.day)
        elif kind == CREDIT:
            _require_credit(code)
        elif require_lots(code, kind) and room_on(code) < -amount:
            raise LotTooMuch(number=code, room=room_on(code))


def _look(take: Take) -> None:
    """Before anybody is asked about it. Refuses: what `require_rest` refuses."""
    if take.paying.given.minor > 0:
        today = open_day(store_number())
        require_rest(take.paying.code, take.tender.kind, take.paying.given, today)


def _require_credit(number: str) -> None:
    """A number that is none yet becomes one."""
    if lots_of(number):
        if lots_of(number)[0].kind != CREDIT:
            raise LotTaken(number=number)
        require_lots(number, CREDIT)
    require_number(number)


def _legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    number = take.paying.code
    if amount.minor > 0:
        return use(job, document, number, amount)
    return give_back(job, document, number, -amount, kind=take.tender.kind)


def _holds(kind: str, code: str) -> Money | None:
    found = lots_of(code)
    if not found or found[0].kind != kind:
        return None
    return rest_of(found, open_day(store_number()))


LOT_TENDERS = (
    TenderKind(
        VOUCHER, word("Gift voucher"), VOUCHER_LIABILITY, is_outside=False, needs=(CODE,),
        check=_check, look=_look, legs=_legs, holds=lambda code: _holds(VOUCHER, code),
    ),
    TenderKind(
        CREDIT, word("Store credit"), CREDIT_LIABILITY, is_outside=False, needs=(CODE,),
        check=_check, look=_look, legs=_legs, holds=lambda code: _holds(CREDIT, code),
        takes_any_back=True,
    ),
)  # fmt: skip


def as_credit(amount: Money) -> Paying | None:
    """So much, above zero, that goes back onto a new number; None where no way to pay does that."""
    tender = Tender.get_or_none(Tender.kind == CREDIT, Tender.is_active)
    return Paying(tender.number, -amount, code=new_number()) if tender else None


_NAMES = {
    VOUCHER: ("礼券", "Gift voucher"), CREDIT: ("退货余额", "Store credit"),
    VALUE_CARD: ("储值卡", "Stored value"), COURSE: ("次卡", "Times paid ahead"),
    POINTS: ("积分", "Points"),
}  # fmt: skip


# Every store has the first two; those of cards come with its first kind of card, points with the
# first rule that gives some.
OF_LOTS, OF_CARDS = (VOUCHER, CREDIT), (VALUE_CARD, COURSE)


def ship_tenders(
    key: Callable[[], int] = new_key, *, kinds: Sequence[str] = OF_LOTS
) -> None:  # fmt: skip
    """The ways to pay of these kinds, where there are none, each with a new `key`; inside the
    caller's transaction.
    """
    for kind in kinds:
        if Tender.select().where(Tender.kind == kind).exists():
            continue
        number = 1 + max((row.number for row in Tender.select(Tender.number)), default=0)
        name_zh, name_en = _NAMES[kind]
        Tender.create(
            key=key(), number=number, name_zh=name_zh, name_en=name_en, kind=kind,
            account=Account.get_by_id(KINDS[kind].account),
        )  # fmt: skip
