"""Slips that are asked for: the shift so far, the receipt of a sale that was made without, and
every slip that comes out once more.
"""

from __future__ import annotations

from models.ledger.daily.shifts import NoOpenShift, Shift, current_shift
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document
from models.ledger.kinds import SALE, z_label
from models.trust.operation import Job, operation
from models.trust.print_queue import (
    DROPPED,
    PRINTED,
    UNKNOWN,
    JobNotThere,
    PrintJob,
    add_copy,
    add_job,
    become,
    job_in,
    newest_job,
    owner_of,
    right_to_see,
)

# What no printer takes.
TO_FILE = "file"


@operation(right="see takings")
def print_x(job: Job, shift: int, *, language: str = "") -> int | None:
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
def print_sale(job: Job, document: int, *, language: str = "") -> int | None:
    """Print the receipt of a sale that was made without one; of one that has its receipt, a copy.

    Refuses: JobNotThere, OutOfScope, NeedsOverride (a copy has its own right).
    """
    found = Document.get_or_none(Document.key == document)
    if found is None:
        raise JobNotThere(job=document)
    job.require_seen(found.user)
    if (printed := newest_job(SALE, document)) is not None:
        return print_again(job, job_in(printed))

    job.note(slip=SALE, number=found.label)
    return add_job(job, SALE, subject=document, language=language, user=found.user)


@operation(right="reprint")
def reprint(job: Job, key: int) -> int | None:
    """Print a slip once more, marked COPY n.

    Refuses: JobNotThere, NeedsOverride (takings are not for everybody who may print), OutOfScope.
    """
    return print_again(job, job_in(key))


@operation(right="print")
def answer_unknown(job: Job, key: int, *, printed: bool) -> None:
    """The cashier looked: it printed, or it must print again, marked as a copy.

    Refuses: JobNotThere.
    """
    found = job_in(key, UNKNOWN)

    become(job, found, state=PRINTED if printed else DROPPED)
    job.note(slip=found.kind, printed=printed)
    if not printed:
        _copy(job, found)


@operation(right="reprint")
def copy_to_file(job: Job, key: int) -> int:
    """A second paper of a slip as a file: marked and counted like every copy, and an event. The
    key of the copy, which no printer takes; whoever asked makes the file of it.

    Refuses: JobNotThere, NeedsOverride, OutOfScope.
    """
    made = print_again(job, job_in(key), printer=TO_FILE)
    assert made is not None

    become(job, job_in(made), state=PRINTED)
    return made


def print_again(job: Job, found: PrintJob, *, printer: str | None = None) -> int | None:
    """A second paper of a slip, for who may: inside an operation.

    Refuses: NeedsOverride, OutOfScope.
    """
    job.require("reprint")
    if right := right_to_see(found.kind):
        job.require(right)
    job.require_seen(owner_of(found))

    return _copy(job, found, printer=printer)


def _copy(job: Job, found: PrintJob, *, printer: str | None = None) -> int | None:
    """Every second paper goes through here: it is an event of the till."""
    shift, document = current_shift(job.register), _document_of(found)
    record_event(
        job, "reprint", shift=shift.key if shift else None, what=_named(found, document),
        amount=document.total if document else None,
    )  # fmt: skip
    return add_copy(job, found, printer=printer)


def _document_of(found: PrintJob) -> Document | None:
    # Keys are one in the whole store: the key of a shift or a stay is no document's.
    document: Document | None = Document.get_or_none(Document.key == found.subject)
    return document


def _named(found: PrintJob, document: Document | None) -> str:
    """What a person calls the slip: the number of its document, or of its shift."""
    if document is not None:
        return str(document.label)
    shift = Shift.get_or_none(Shift.key == found.subject)
    return z_label(shift.register, shift.number) if shift and shift.number else ""
