"""`deskbell queue`: what waits for a printer; to print it again, or to drop it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from models.base.refusals import Refusal
from receipts.words import word
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal.speech import out, out_json, t
from tui.commands.terminal.table import print_table

if TYPE_CHECKING:
    from models.trust.print_queue import PrintJob

MOST_LISTED = 100
STATE_WORDS = {
    "queued": word("waits"),
    "sending": word("is being sent"),
    "unknown": word("may have printed"),
    "failed": word("cannot be printed"),
}


class NumberMissing(Refusal):
    """`again` and `drop` need the number of a print job."""


def run(place: Place, options: argparse.Namespace) -> int:
    """List the jobs, print one again, or drop one. Refuses: NumberMissing, JobNotThere."""
    if options.action != "list" and options.number is None:
        raise NumberMissing(action=options.action)
    with opened(place):
        if options.action == "list":
            _list(place, as_json=options.json)
        else:
            _change(place, options)
    return 0


def _list(place: Place, *, as_json: bool) -> None:
    jobs = _waiting(place.register)
    if as_json:
        out_json([_plain(job) for job in jobs])
        return
    heads = [t("Number"), t("Slip"), t("Printer"), t("State"), t("Tries"), t("Since"), t("Why")]
    print_table(heads, [_row(job) for job in jobs[:MOST_LISTED]], right=[True])
    if len(jobs) > MOST_LISTED:
        out(t("... and {count} more: deskbell queue --json", count=len(jobs) - MOST_LISTED))
    if not jobs:
        out(t("Nothing waits to be printed."))


def _waiting(register: int) -> list[PrintJob]:
    from models.trust.print_queue import PrintJob

    return list(
        PrintJob.select()
        .where(PrintJob.register == register, PrintJob.state << list(STATE_WORDS))
        .order_by(PrintJob.key)
    )


def _row(job: PrintJob) -> list[str]:
    from models.ledger.store_card import local

    state = t(STATE_WORDS[job.state])
    since = f"{local(job.created_at):%Y-%m-%d %H:%M}"
    return [str(job.key), job.kind, job.printer, state, str(job.attempts), since, job.error]


def _plain(job: PrintJob) -> dict[str, object]:
    return {
        "number": job.key,
        "slip": job.kind,
        "printer": job.printer,
        "state": job.state,
        "tries": job.attempts,
        "since": job.created_at.isoformat(),
        "error": job.error,
    }


def _change(place: Place, options: argparse.Namespace) -> None:
    from models.ledger.daily.prints import reprint
    from models.trust.operation import new_uid
    from models.trust.print_queue import drop_job

    session = signed_in(place, options)
    if options.action == "again":
        reprint(session, options.number, uid=new_uid())
        out(t("It prints again, marked as a copy, when the counter is open."))
    else:
        drop_job(session, options.number, uid=new_uid())
        out(t("It will not be printed."))
