"""The print queue: jobs are rows, written in the transaction of what they print.

A job is exactly one of queued -> sending -> printed | unknown | failed | dropped. The worker in
receipts/ moves them; money is never rolled back for paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from peewee import BigIntegerField, CharField, IntegerField, TextField

from models.base import clock
from models.base.database import Row, in_one_transaction, store_number
from models.base.fields import InstantField, JsonField, KeyField, to_json
from models.base.hot import insert
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.watching import Told
from models.trust import company
from models.trust.guard import require_right
from models.trust.operation import Job, Session, operation
from models.trust.scopes import OutOfScope, Scope
from models.trust.trades import SlipKind, named

QUEUED, SENDING, PRINTED, UNKNOWN, FAILED, DROPPED = (
    "queued", "sending", "printed", "unknown", "failed", "dropped",
)  # fmt: skip

# A queued job older than this asks before it prints: a night's slips must not all come out in the
# morning. config.toml decides.
_stale_after = [timedelta(minutes=10)]


# Which printer takes a kind of slip at this counter; "none" prints nothing. config.toml decides.
NO_PRINTER = "none"
_routes: list[Callable[[str], str]] = [lambda kind: "receipt"]


def use_routes(printer_for: Callable[[str], str]) -> None:
    """Set the printer of each kind of slip for this process."""
    _routes[0] = printer_for


def ask_after(minutes: int) -> None:
    """Set how long a job of this process waits until it asks before it prints."""
    _stale_after[0] = timedelta(minutes=minutes)


class JobNotThere(Refusal):
    """No print job of this number, or it is past the state that the work needs."""


class PrintJob(Row):
    """One slip to print. `subject` is the document's key; `body` holds values that no posted row
    has.
    """

    key = KeyField(primary_key=True)
    register = IntegerField()
    # Whose work it shows: who queued it first; a copy stays his.
    user = BigIntegerField()
    printer = CharField(max_length=40)
    kind = CharField(max_length=20)
    subject = BigIntegerField(null=True, index=True)
    body = JsonField(null=True)
    copy_no = IntegerField(default=0)
    language = CharField(max_length=4)
    state = CharField(max_length=8, default=QUEUED)
    attempts = IntegerField(default=0)
    error = TextField(default="")
    is_confirmed = IntegerField(default=0)
    created_at = InstantField()
    changed_at = InstantField()

    class Meta:
        indexes = ((("register", "state", "key"), False),)

    @property
    def is_stale(self) -> bool:
        """True when it waited so long that somebody must say whether it still matters."""
        return not self.is_confirmed and clock.now() - self.created_at > _stale_after[0]


# What was to be printed, and which copy it is: never changed. What became of it is the worker's.
Told(PrintJob, "kind subject body copy_no user language created_at")


def right_to_see(kind: str) -> str:
    """The verb of those who may look at a kind of slip, empty for all who may print."""
    found: SlipKind | None = named("slips", kind)
    return found.right if found else ""


def owner_of(job: PrintJob) -> int | None:
    """Whose work a slip is; None for what is the whole store's."""
    found: SlipKind | None = named("slips", job.kind)
    return None if found and found.is_of_store else job.user


_ADD = insert(
    PrintJob,
    "store key register user printer kind subject body copy_no language state created_at "
    "changed_at attempts error is_confirmed",
)


def add_job(
    job: Job,
    kind: str,
    *,
    subject: int | None = None,
    body: dict[str, Any] | None = None,
    copy_no: int = 0,
    language: str = "",
    printer: str | None = None,
    user: int | None = None,
) -> int | None:
    """Queue a slip inside the operation's transaction; its key, None where nothing is printed. It
    is the work of who does this, or of `user`, and in the language of the store's slips where none
    is given: work that the clock starts has no screen to ask.
    """
    printer = printer or _routes[0](kind)
    if printer == NO_PRINTER:
        return None
    language = language or company.slip_language.value()
    key, now = new_key(), clock.micros(job.now)
    text = None if body is None else to_json(body)
    _ADD.run(
        store_number(), key, job.register, user or job.user, printer, kind, subject, text, copy_no,
        language, QUEUED, now, now, 0, "", 0,
    )  # fmt: skip
    return key


def next_job(printer: str, register: int, after: int = 0) -> PrintJob | None:
    """The oldest queued job of a register's printer, of those behind the key `after`: a job that
    asks before it prints does not hold up the others.
    """
    return (
        PrintJob.select()
        .where(
            PrintJob.register == register,
            PrintJob.printer == printer,
            PrintJob.state == QUEUED,
            PrintJob.key > after,
        )
        .order_by(PrintJob.key)
        .first()
    )


def mark_sending(key: int) -> None:
    """The first byte may leave from now on."""
    _move(key, QUEUED, SENDING, attempts=PrintJob.attempts + 1)


def mark_printed(key: int) -> None:
    """The printer confirmed, or can confirm nothing and took all bytes."""
    _move(key, SENDING, PRINTED, error="")


def mark_unknown(key: int, error: str) -> None:
    """Bytes left and nothing was confirmed: a person must look at the paper."""
    _move(key, SENDING, UNKNOWN, error=error)


def mark_queued(key: int, error: str) -> None:
    """Nothing left the machine: the job waits for its next try."""
    _move(key, SENDING, QUEUED, error=error)


def mark_failed(key: int, error: str) -> None:
    """The job can never print as it is (its slip cannot be made)."""
    _move(key, SENDING, FAILED, error=error)


@in_one_transaction
def _move(key: int, before: str, after: str, **values: Any) -> None:
    changed = (
        PrintJob.update(state=after, changed_at=clock.now(), **values)
        .where(PrintJob.key == key, PrintJob.state == before)
        .execute()
    )
    if changed != 1:
        raise JobNotThere(job=key)


@in_one_transaction
def settle_interrupted(register: int) -> int:
    """At start: what was being sent when the program ended is unknown. How many there were."""
    return int(
        PrintJob.update(state=UNKNOWN, changed_at=clock.now(), error="interrupted")
        .where(PrintJob.register == register, PrintJob.state == SENDING)
        .execute()
    )


def waiting(register: int) -> int:
    """How many jobs of a register wait for a printer or for an answer."""
    return (
        PrintJob.select()
        .where(PrintJob.register == register, PrintJob.state << [QUEUED, SENDING, UNKNOWN])
        .count()
    )


def job_in(key: int, *states: str) -> PrintJob:
    """The slip of this key, in one of these states or in any. Refuses: JobNotThere."""
    found = PrintJob.get_or_none(PrintJob.key == key)
    if found is None or (states and found.state not in states):
        raise JobNotThere(job=key)
    return found


def become(job: Job, found: PrintJob, **values: Any) -> None:
    """Store what became of a slip; what was to be printed is not written anew, and so told once."""
    PrintJob.update(changed_at=job.now, **values).where(PrintJob.key == found.key).execute()


@operation(right="print")
def confirm_job(job: Job, key: int) -> None:
    """A job that waited too long shall still print. Refuses: JobNotThere."""
    found = job_in(key, QUEUED)

    become(job, found, is_confirmed=1)
    job.note(slip=found.kind)


@operation(right="print")
def drop_job(job: Job, key: int) -> None:
    """A job shall not print. Refuses: JobNotThere."""
    found = job_in(key, QUEUED, UNKNOWN, FAILED)

    become(job, found, state=DROPPED)
    job.note(slip=found.kind)


def add_copy(job: Job, printed: PrintJob, *, printer: str | None = None) -> int | None:
    """Queue a slip once more, marked COPY n; copies are counted for ever. Nobody calls it but who
    keeps the event of it (models/ledger/daily/prints.py).
    """
    same = PrintJob.select().where(
        PrintJob.kind == printed.kind,
        PrintJob.subject == printed.subject
        if printed.subject is not None
        else PrintJob.key == printed.key,
    )
    copy_no = max(row.copy_no for row in same) + 1
    job.note(slip=printed.kind, copy=copy_no)
    return add_job(
        job,
        printed.kind,
        subject=printed.subject,
        body=printed.body,
        copy_no=copy_no,
        language=printed.language,
        printer=printer or printed.printer,
        user=printed.user,
    )


def last_job(register: int) -> PrintJob | None:
    """The slip that was queued last at a register: what Ctrl+R prints again."""
    return (
        PrintJob.select().where(PrintJob.register == register).order_by(PrintJob.key.desc()).first()
    )


def looked_at(session: Session, job: PrintJob) -> PrintJob:
    """A slip that somebody looks at.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing, OutOfScope.
    """
    right = right_to_see(job.kind) or "print"
    rights = require_right(session, right, what=job.kind)
    if not Scope.of(rights).sees(owner_of(job)):
        raise OutOfScope(user=rights.name)
    return job


def newest_job(kind: str, subject: int) -> int | None:
    """The newest print job of a kind for a document, if there was one."""
    found = (
        PrintJob.select(PrintJob.key)
        .where(PrintJob.kind == kind, PrintJob.subject == subject)
        .order_by(PrintJob.key.desc())
        .first()
    )
    return int(found.key) if found is not None else None


def job_of(kind: str, subject: int) -> int:
    """The same for a document that always prints. Refuses: JobNotThere."""
    found = newest_job(kind, subject)
    if found is None:
        raise JobNotThere(job=subject)
    return found
