"""What a list shows, out of the program: CSV, XLSX, or a page of text.

The file is written off the screen's thread; who took what is written to the audit log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base.clock import now
from models.base.sheets import write_sheet
from models.trust.books import Field, record_export
from models.trust.guard import RightMissing
from receipts.words import word
from tui.desk.safe import clean, fit
from tui.desk.words import t
from tui.records.asking import Options
from tui.records.files import Target, export_file, target_of, written_by
from tui.records.source import all_lines
from tui.records.values import shown
from tui.widgets.panel import Ask, Confirm

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.records.list import ListScreen


async def export(screen: ListScreen) -> None:
    """Ask for kind and name of the file, and write it. Refuses: RightMissing, FileUnusable."""
    if screen.rights is None or not screen.rights.holds("export"):
        raise RightMissing(user=screen.rights.name if screen.rights else "", right="export")
    kind = await screen.desk.ask(
        Options(
            word("Export what the list shows"),
            [("xlsx", t("XLSX, for a spreadsheet")), ("csv", t("CSV, for other programs"))],
        )
    )
    if kind is not None:
        await _write(screen, kind)


async def print_text(screen: ListScreen) -> None:
    """Write a page of text. Refuses: RightMissing, FileUnusable."""
    if screen.rights is None or not screen.rights.holds("export"):
        raise RightMissing(user=screen.rights.name if screen.rights else "", right="export")
    await _write(screen, "txt")


async def _write(screen: ListScreen, kind: str) -> None:
    target = await ask_target(screen.desk, screen.book.name, kind)
    if target is None:
        return
    lines = await all_lines(screen.desk, screen.source)
    head = [t(each.label) for each in screen.fields]
    rows = [[_cell(each, line.values.get(each.name)) for each in screen.fields] for line in lines]

    def content() -> bytes:
        if kind == "txt":
            return text_page(head, rows, screen.fields).encode()
        return written_by(lambda file: write_sheet(file, head, rows), target.path.name)

    await keep(screen.desk, target, content, book=screen.book.name, rows=len(rows))


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
    desk: DeskbellApp, target: Target, content: Callable[[], bytes], *, book: str, rows: int
) -> None:
    """Make the file off the screen's thread; write down who took what.

    Refuses: ExportThere, FileUnusable.
    """
    await asyncio.to_thread(lambda: export_file(target, content()))
    await desk.operate(record_export, book, rows=rows, file=target.path.name)
    desk.inform("Written: {count} rows to {file}", count=rows, file=str(target.path))


def proposed_path(desk: DeskbellApp, name: str, form: str) -> Path:
    """Where a file is proposed to go: the person's documents, named after book and time."""
    stamp = now().astimezone(desk.frame.zone).strftime("%Y-%m-%d-%H%M")
    folder = getattr(desk, "export_folder", None)
    if folder is None:
        from platformdirs import user_documents_path

        folder = user_documents_path()
    return Path(folder) / f"{name}-{stamp}.{form}"


def _cell(field: Field, value: Any) -> Any:
    """Numbers as numbers, everything else as people read it."""
    if field.is_number and value is not None:
        return value.percent_text if field.kind == "rate" else value
    return clean(shown(field, value))


def text_page(head: Sequence[str], rows: Sequence[Sequence[Any]], fields: Sequence[Field]) -> str:
    """Columns side by side, as wide as what stands in them."""
    from receipts.terminal import cells as width_of

    table = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [min(60, max(width_of(row[n]) for row in table)) for n in range(len(head))]
    sides = ["right" if each.is_number else "left" for each in fields]
    lines = [
        "  ".join(
            fit(cell, width, side) for cell, width, side in zip(row, widths, sides, strict=True)
        )
        for row in table
    ]
    lines.insert(1, "-" * min(200, sum(widths) + 2 * len(widths)))
    return "\n".join(line.rstrip() for line in lines) + "\n"
