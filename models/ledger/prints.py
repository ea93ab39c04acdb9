"""Slips that are asked for: the shift so far, and the receipt of a sale that was made without."""

from __future__ import annotations

from models.ledger.documents import Document
from models.ledger.shifts import NoOpenShift, Shift
from models.trust.operation import Job, operation
from models.trust.print_queue import JobNotThere, add_job


@operation(right="see takings")
def print_x(job: Job, shift: int, *, language: str = "zh") -> int | None:
    """Print the shift so far; takings are seen, so it is audited.

    Refuses: NoOpenShift, OutOfScope.
    """
    found = Shift.get_or_none(Shift.key == shift)
    if found is None:
        raise NoOpenShift(register=job.register)
    job.require_seen(found.user)

    job.note(slip="x")
    return add_job(job, "x", subject=shift, language=language, user=found.user)


@operation(right="print")
def print_sale(job: Job, document: int, *, language: str = "zh") -> int | None:
    """Print the receipt of a sale that was made without one. Refuses: JobNotThere, OutOfScope."""
    found = Document.get_or_none(Document.key == document)
    if found is None:
        raise JobNotThere(job=document)
    job.require_seen(found.user)

    job.note(slip="sale", number=found.label)
    return add_job(job, "sale", subject=document, language=language, user=found.user)
