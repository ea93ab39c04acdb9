"""X, Z and the close of a shift, from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ledger.daily import prints
from models.ledger.daily.shifts import Shift, current_shift
from models.ledger.kinds import z_label
from models.ledger.store_card import local, user_name
from models.reports.looking import closed_shifts, look_at_shift
from models.trust import print_queue
from models.trust.operation import Session
from receipts.preview import PreviewLine
from receipts.slip_of_job import slip_of_job
from receipts.slips.common import Print
from receipts.slips.shift import shift_slip
from receipts.words import word
from tui.desk.words import language
from tui.office.slip_preview import SlipPreview, slip_lines
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

COLUMNS = (
    Column("Z", 10, read=lambda row: row[1]),
    Column(word("Day"), 11, read=lambda row: row[2]),
    Column(word("Closed"), 8, read=lambda row: row[3]),
    Column(word("Cashier"), 0, read=lambda row: row[4]),
    Column(word("Difference"), 12, "right", tone="money", read=lambda row: row[5]),
)


async def open_close_shift(app: CounterApp) -> None:
    """To the blind count, when there is a shift."""
    from tui.money.count import CloseShift

    if await app.in_books(current_shift, app.register) is None:
        app.alarm(word("No shift is open at this till."))
        return
    await app.go(CloseShift())


async def show_x(app: CounterApp) -> None:
    """The shift so far, on the screen; Enter prints it."""
    shift = await app.in_books(current_shift, app.register)
    if shift is None:
        app.alarm(word("No shift is open at this till."))
        return
    lines = await app.in_books(_preview, app.session, shift.key, language())
    if await app.ask(SlipPreview(word("X report"), lines, can_print=True)):
        await app.operate(prints.print_x, shift.key)
        app.wake_paper()


async def show_z(app: CounterApp) -> None:
    """The closed shifts of this register; one is shown, Enter prints it as a copy."""
    rows = await app.in_books(_closed, app.session, app.register)
    if not rows:
        app.alarm(word("No shift was closed at this till yet."))
        return
    row = await app.ask(Pick(word("Z reports"), COLUMNS, rows))
    if row is None:
        return
    lines = await app.in_books(_preview, app.session, row[0], language())
    if await app.ask(SlipPreview(word("Z report"), lines, can_print=True)):
        job = await app.in_books(print_queue.job_of, "z", row[0])
        await app.operate(prints.reprint, job)
        app.wake_paper()


def _preview(session: Session, shift: int, lang: str) -> list[PreviewLine]:
    slip = shift_slip(look_at_shift(session, shift), Print("zh" if lang == "zh" else "en"))
    return slip_lines(slip)


def _closed(session: Session, register: int) -> list[tuple[int, str, str, str, str, str]]:
    return [
        (
            shift.key,
            z_label(shift.register, shift.number),
            str(shift.closed_day),
            local(shift.closed_at).strftime("%H:%M"),
            ", ".join(user_name(user) for user in _who(shift)),
            str(shift.difference),
        )
        for shift in closed_shifts(session, register)
    ]


def _who(shift: Shift) -> list[int]:
    """Who opened it, and who counted and closed it where that is another."""
    return list(dict.fromkeys(user for user in (shift.user, shift.closed_by) if user is not None))


async def show_last_slip(app: CounterApp) -> None:
    """The slip that was queued last, on the screen; Enter prints it again as a copy."""
    job = await app.in_books(print_queue.last_job, app.register)
    if job is None:
        app.alarm(word("Nothing was printed at this register yet."))
        return
    lines = await app.in_books(_preview_of_job, app.session, job)
    if await app.ask(SlipPreview(word("The last slip"), lines, can_print=True)):
        await app.operate(prints.reprint, job.key)
        app.wake_paper()


def _preview_of_job(session: Session, job: print_queue.PrintJob) -> list[PreviewLine]:
    print_queue.looked_at(session, job)
    return slip_lines(slip_of_job(job, job.language))
