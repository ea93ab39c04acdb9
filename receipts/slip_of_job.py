"""The slip of a job in the print queue. Runs on the database thread, because it reads the books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from models.base import clock
from models.hotel import papers
from models.ledger.slip_signs import signs_of
from models.ledger.store_cards import local
from models.reports import bills, payments, takings
from receipts.labels import PaperLanguage
from receipts.slip import Slip
from receipts.slips.cash_move import cash_move_slip
from receipts.slips.common import Print, signed
from receipts.slips.day import day_slip
from receipts.slips.held import held_slip
from receipts.slips.hotel import deposit_slip, folio_slip, registration_slip
from receipts.slips.payment import payment_slip
from receipts.slips.sale import sale_slip
from receipts.slips.shift import shift_slip

_SLIPS: dict[str, Callable[[Any, Print], Slip]] = {
    "sale": lambda job, how: sale_slip(bills.sale_view(job.subject), how),
    "return": lambda job, how: sale_slip(bills.sale_view(job.subject), how),
    "held": lambda job, how: held_slip(bills.held_view(job.subject), how),
    "x": lambda job, how: shift_slip(takings.shift_view(job.subject), how),
    "z": lambda job, how: shift_slip(takings.shift_view(job.subject), how),
    "cash_move": lambda job, how: cash_move_slip(takings.cash_move_view(job.subject), how),
    "payment": lambda job, how: payment_slip(payments.account_payment_view(job.subject), how),
    "folio": lambda job, how: folio_slip(papers.folio_view(job.subject), how),
    "registration": lambda job, how: registration_slip(papers.registration_view(job.subject), how),
    "deposit": lambda job, how: deposit_slip(papers.deposit_view(job.subject), how),
    "day": lambda job, how: day_slip(takings.day_view(date.fromisoformat(job.body["day"])), how),
}


def slip_of_job(job: Any, language: PaperLanguage, /) -> Slip:
    """The slip of a PrintJob; KeyError for a kind that nobody prints."""
    printed_at = local(clock.now()) if job.copy_no else None
    slip = _SLIPS[job.kind](job, Print(language, job.copy_no, printed_at))
    return signed(slip, signs_of(job.subject), language)
