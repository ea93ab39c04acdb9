"""What a list shows, out of the program: XLSX, CSV, PDF, or a page of text.

The file is written off the screen's thread; who took what is written to the audit log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.base.clock import now
from models.listings.listings import record_export
from models.trust.guard import RightMissing
from receipts.words import word
from tui.desk.words import language, t
from tui.records.asking import Options
from tui.records.files import Target, export_file, target_of
from tui.widgets.panel import Ask, Confirm

if TYPE_CHECKING:
    from models.reports.report import Report
    from tui.desk.app import DeskbellApp
    from tui.records.list import ListScreen

FORMS = (
    ("xlsx", word("XLSX, for a spreadsheet")),
    ("csv", word("CSV, for other programs")),
    ("pdf", word("PDF, to print or to send")),
)


async def export(screen: ListScreen) -> None:
    """Ask for kind and name of the file, and write it. Refuses: RightMissing, FileUnusable."""
    _must_export(screen)
    forms = [(form, t(label)) for form, label in FORMS]
    form = await screen.desk.ask(Options(word("Export what the list shows"), forms))
    if form is not None:
        await _write(screen, form)


async def print_text(screen: ListScreen) -> None:
    """Show the page, and write it as it was chosen. Refuses: RightMissing, FileUnusable."""
    from tui.records.page_preview import set_up

    _must_export(screen)
    if chosen := await set_up(screen):
        await _write(screen, chosen[1], chosen[0])


def _must_export(screen: ListScreen) -> None:
    if screen.rights is None or not screen.rights.holds("export"):
        raise RightMissing(user=screen.rights.name if screen.rights else "", right="export")


async def _write(screen: ListScreen, form: str, report: Report | None = None) -> None:
    from tui.records.report_files import content_of, store_of_report

    desk, name, lang = screen.desk, screen.listing.name, language()
    target = await ask_target(desk, name, form)
    if target is None:
        return
    whole = report or await screen.source.report(desk)
    store = await screen.in_books(store_of_report)

    def content() -> bytes:
        return content_of(whole, form, lang, store)

    await keep(desk, target, content, listing=name, rows=len(whole.rows))


async def ask_target(desk: DeskbellApp, name: str, form: str) -> Target | None:
    """Where a file of this form goes; an older one of this name goes when somebody says so.

    Refuses: what `target_of` refuses.
    """
    proposal = proposed_path(desk, name, form)
    answer = await desk.ask(Ask(word("Write to which file?"), value=str(proposal)))
    if not answer or not answer.strip():
        return None
    folder = proposal.parent
    target = target_of(Path(answer.strip()), forms=(form,), exports=folder, base=folder)
    if not target.is_there:
        return target
    question = Confirm(
        word("There is a file of this name. Replace it?"), str(target.path), is_grave=True
    )
    return Target(target.path, may_replace=True) if await desk.ask(question) else None


async def keep(
    desk: DeskbellApp, target: Target, content: Callable[[], bytes], *, listing: str, rows: int
) -> None:
    """Make the file off the screen's thread; write down who took what.

    Refuses: ExportThere, FileUnusable.
    """
    await asyncio.to_thread(lambda: export_file(target, content()))
    await desk.operate(record_export, listing, rows=rows, file=target.path.name)
    desk.inform("Written: {count} rows to {file}", count=rows, file=str(target.path))


def proposed_path(desk: DeskbellApp, name: str, form: str) -> Path:
    """Where a file is proposed to go: the person's documents, named after listing and time."""
    stamp = now().astimezone(desk.frame.zone).strftime("%Y-%m-%d-%H%M")
    folder = getattr(desk, "export_folder", None)
    if folder is None:
        from platformdirs import user_documents_path

        folder = user_documents_path()
    return Path(folder) / f"{name}-{stamp}.{form}"
