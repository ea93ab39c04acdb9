"""Print jobs (打印任务): what waits for paper, failed, or may or may not have been printed."""

from __future__ import annotations

from typing import Any

from models.ledger.daily.prints import answer_unknown, reprint
from models.listings.listings import Action, Field, Listing
from models.trust.print_queue import (
    DROPPED,
    FAILED,
    PRINTED,
    QUEUED,
    SENDING,
    UNKNOWN,
    PrintJob,
    confirm_job,
    drop_job,
)
from models.trust.trades import declared
from receipts.words import word
from tui.desk.words import t
from tui.office.slip_file import write_slip
from tui.records.asking import Options
from tui.records.looks import Look

STATES = (
    (QUEUED, word("waits")),
    (SENDING, word("on its way")),
    (PRINTED, word("printed")),
    (UNKNOWN, word("unclear")),
    (FAILED, word("failed")),
    (DROPPED, word("dropped")),
)
KINDS = tuple((kind.name, kind.title) for kind in declared("slips"))


def _wake(screen: Any) -> None:
    if wake := getattr(screen.desk, "wake_paper", None):
        wake()


async def _again(screen: Any, line: Any) -> None:
    await screen.operate(reprint, line.key)
    screen.desk.inform("It prints again, marked as a copy.")
    _wake(screen)


async def _on_a4(screen: Any, line: Any) -> None:
    await write_slip(screen.desk, line.key, line.values["kind"])


async def _confirm(screen: Any, line: Any) -> None:
    await screen.operate(confirm_job, line.key)
    _wake(screen)


async def _drop(screen: Any, line: Any) -> None:
    await screen.operate(drop_job, line.key)
    screen.desk.inform("It will not be printed.")


async def _answer(screen: Any, line: Any) -> None:
    """Somebody looked at the paper."""
    printed = await screen.desk.ask(
        Options(
            word("Did this slip come out whole?"),
            [(True, t("Yes, it is printed")), (False, t("No: print it again, as a copy"))],
        )
    )
    if printed is not None:
        await screen.operate(answer_unknown, line.key, printed=printed)
        if printed and (seen := getattr(screen.desk, "paper_seen", None)):
            await seen(line.values["printer"])
        _wake(screen)


LISTING = Listing(
    "print_jobs",
    word("Print jobs"),
    PrintJob,
    order="key",
    is_newest_first=True,
    fields=(
        Field("created_at", word("Time"), "instant", is_computed=True),
        Field("kind", word("Slip"), "choice", choices=KINDS, is_computed=True),
        Field("state", word("State"), "choice", look=Look(10), choices=STATES, is_computed=True),
        Field("register", word("Till"), "number", look=Look(4), is_computed=True),
        Field("printer", word("Printer"), look=Look(drop=2), is_computed=True),
        Field("copy_no", word("Copy"), "number", look=Look(5, drop=3), is_computed=True),
        Field("attempts", word("Tries"), "number", look=Look(5, drop=4), is_computed=True),
        Field("error", word("Fault"), look=Look(0, box=50), is_computed=True),
        Field("changed_at", word("Last change"), "instant", is_computed=True,
              is_listed=False),
    ),
    find=("kind", "printer", "error"),
    named="kind",
    dates="created_at",
    owners=("user",),
    right="print",
    actions=(
        Action(word("Say whether an unclear one was printed"), _answer, "print"),
        Action(word("Print again, as a copy"), _again, "reprint"),
        Action(word("Print one that has waited long"), _confirm, "print"),
        Action(word("Do not print it"), _drop, "print"),
        Action(word("On A4, as PDF"), _on_a4, "reprint"),
    ),
)  # fmt: skip
