"""Foreign cash beside what is paid with it: bought of a guest (兑换), and brought to the bank."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Money, currency
from models.base.refusals import Refusal
from models.base.settling import in_cash
from models.base.texts import has_words
from models.ledger.accounts import BANK, CASH_ROUNDING, DRAWER, EXCHANGE_DIFFERENCE
from models.ledger.daily.drawer import require_in_drawer
from models.ledger.daily.shifts import open_shift_key
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.trade import FX_BANKED, FX_BOUGHT
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.foreign import (
    IN_DRAWER,
    IN_SAFE,
    ForeignWrong,
    Handed,
    RateMoved,
    in_safe,
    move,
)
from models.ledger.ways.tenders import tender_of
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class SafeTooLow(Refusal):
    """The safe does not hold so much of this currency."""


@operation(right="change money")
def buy_foreign(
    job: Job, tender: int, cash: Handed, *, note: str, language: str = ""
) -> Document:  # fmt: skip
    """Change somebody's foreign cash into the store's money out of the drawer, at the rate of its
    way to pay (by its number), rounded to what coins make; nobody's account is touched. `note` is
    whose it was.

    Refuses: TenderUnknown, ForeignWrong, RateMoved, NoOpenShift, ShiftIsCounted, DrawerTooLow.
    """
    way = tender_of(tender)
    if not way.what.is_foreign or cash.amount.minor <= 0 or not has_words(note):
        raise ForeignWrong(text=str(cash))
    if (cash.amount.currency.code, cash.rate) != (way.foreign, way.rate):
        raise RateMoved(tender=way.name_zh, tender_en=way.name_en, rate=way.rate)
    shift = open_shift_key(job.register)
    given = in_cash(cash.value, cash_rule())
    require_in_drawer(shift, given)

    document = begin_document(
        job, FX_BOUGHT, total=given, shift=shift, note=f"{cash} {note.strip()}"
    )
    legs = move(document, [(IN_DRAWER, cash.amount, cash.rate, cash.value)])
    legs += [Leg(DRAWER, -given), Leg(CASH_ROUNDING, given - cash.value)]
    add_job(job, "cash_move", subject=document.key, language=language)
    return post_document(job, document, legs, cash=str(cash), given=given)


@operation(right="keep accounts")
def bank_foreign(
    job: Job, cash: Money, got: Money, *, reference: str, language: str = ""
) -> Document:  # fmt: skip
    """Bring foreign cash from the safe to the bank, which gives `got` for it; the rest of what was
    given for it is an exchange difference.

    Refuses: ForeignWrong, SafeTooLow.
    """
    code = cash.currency.code
    if cash.minor <= 0 or got.minor <= 0 or not reference.strip():
        raise ForeignWrong(text=f"{code} {cash}")
    minor, value = in_safe().get(code, (0, Money.zero(store_currency())))
    if cash.minor > minor:
        raise SafeTooLow(currency=code, amount=cash)

    cost = value.split([cash.minor, minor - cash.minor])[0]
    document = begin_document(job, FX_BANKED, total=got, note=f"{code} {cash} {reference.strip()}")
    legs = move(document, [(IN_SAFE, -cash, None, -cost)])
    legs += [Leg(BANK, got), Leg(EXCHANGE_DIFFERENCE, cost - got)]
    add_job(job, "cash_move", subject=document.key, language=language)
    return post_document(job, document, legs, cash=f"{code} {cash}", got=got)


def lying_in_safe() -> list[Money]:
    """The foreign cash in the safe, each currency that there is."""
    return [Money(minor, currency(code)) for code, (minor, _) in in_safe().items() if minor]
