"""The slip of a job in the print queue. Runs on the database thread, because it reads the books."""

from __future__ import annotations

from typing import Any

from models.base import clock
from models.base.named import load
from models.ledger.proving.slip_signs import signs_of
from models.ledger.store_card import local
from models.trust.trades import SlipKind, named
from receipts.labels import PaperLanguage
from receipts.slip import Slip
from receipts.slips.common import Print, signed


def slip_of_job(job: Any, language: PaperLanguage, /) -> Slip:
    """The slip of a PrintJob; LookupError for a kind that no trade declares."""
    kind: SlipKind | None = named("slips", job.kind)
    if kind is None:
        raise LookupError(job.kind)
    view = load(kind.view)(job.body if kind.is_of_body else job.subject)
    printed_at = local(clock.now()) if job.copy_no else None
    slip = load(kind.paper)(view, Print(language, job.copy_no, printed_at))
    return signed(slip, signs_of(job.subject), language)
