"""Accounts of the staff: what they had in the house is kept back from their wages (工资扣款)."""

from __future__ import annotations

from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.accounts import WAGES
from models.ledger.debts.dues import allocate_oldest
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.folio_kinds import EMPLOYEE
from models.ledger.folios import OPEN, Folio, FolioNotOpen
from models.ledger.trade import DEDUCTION
from models.trust.operation import Job, operation


class DeductionWrong(Refusal):
    """Kept back from wages is what a member of staff owes on his account, at most all of it."""


@operation(right="keep accounts")
def deduct_from_wages(job: Job, folio: Folio, amount: Money, *, note: str = "") -> Document:
    """So much of a staff account, above zero, is settled with the wages: no money moves at a till,
    the next payroll pays so much less. It settles the oldest. `note` says which payroll.

    Refuses: FolioNotOpen, DeductionWrong.
    """
    found: Folio | None = Folio.get_or_none(Folio.key == folio.key)
    if found is None or found.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    if found.kind != EMPLOYEE or not 0 < amount.minor <= found.balance.minor:
        raise DeductionWrong(account=found.number, name=found.name, balance=found.balance)

    document = begin_document(job, DEDUCTION, total=amount, note=note.strip())
    legs = [Leg(WAGES, amount), Leg(found.account, -amount, found.key)]
    post_document(job, document, legs, account=found.number, name=found.name, amount=amount)
    allocate_oldest(job, found, document)
    return document
