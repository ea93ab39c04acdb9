"""What a list shows, out of the program: CSV, XLSX, or a page of text.

The file is written off the screen's thread; who took what is written to the audit log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base.sheets import write_sheet
from models.trust.books import Field, record_export
from models.trust.guard import RightMissing
from receipts.words import word
from tui.files import write_whole, written_by
from tui.records.asking import Options
from tui.records.source import all_lines
from tui.records.values import shown
from tui.safe import clean, fit
from tui.widgets.panel import Ask
from tui.words import t

if TYPE_CHECKING:
    from tui.records.list import ListScreen


async def export(screen: ListScreen) -> None:
    """Ask for kind and name of the file, and write it. Refuses: RightMissing, FileUnusable."""
    if screen.rights is None or not screen.rights.holds("export"):
        raise RightMissing(right=t("export"))
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
        raise RightMissing(right=t("export"))
    await _write(screen, "txt")


async def _write(screen: ListScreen, kind: str) -> None:
    name = await screen.desk.ask(
        Ask(word("Write to which file?"), value=str(proposed_path(screen, kind)))
    )
    if not name:
        return
    path = Path(name.strip()).expanduser()
    lines = await all_lines(screen.desk, screen.source)
    head = [t(each.label) for each in screen.fields]
    rows = [[_cell(each, line.values.get(each.name)) for each in screen.fields] for line in lines]
    if kind != "txt":
        path = path.with_suffix(f".{kind}")

    def write(file: Path) -> None:
        if kind == "txt":
            write_text(file, head, rows, screen.fields)
        else:
            write_sheet(file, head, rows)

    await asyncio.to_thread(lambda: write_whole(path, written_by(write, path.name)))
    await screen.operate(record_export, screen.book.name, rows=len(rows), file=path.name)
    screen.desk.inform("Written: {count} rows to {file}", count=len(rows), file=str(path))


def proposed_path(screen: ListScreen, kind: str) -> Path:
    """Where a file is proposed to go: the person's documents, named after book and day."""
    from models.base.clock import now

    stamp = now().astimezone().strftime("%Y-%m-%d-%H%M")
    folder = getattr(screen.desk, "export_folder", None)
    if folder is None:
        from platformdirs import user_documents_path

        folder = user_documents_path()
    return Path(folder) / f"{screen.book.name}-{stamp}.{kind}"


def _cell(field: Field, value: Any) -> Any:
    """Numbers as numbers, everything else as people read it."""
    if field.is_number and value is not None:
        return value.percent_text if field.kind == "rate" else value
    return clean(shown(field, value))


def write_text(
    path: Path, head: Sequence[str], rows: Sequence[Sequence[Any]], fields: Sequence[Field]
) -> None:
    """Columns side by side, as wide as what stands in them."""
    from tui.safe import cells as width_of

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
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
