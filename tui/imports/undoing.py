"""Taking an import back: asked about, then begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.imports.import_kind import ImportKind
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import said
from tui.imports import running as importing
from tui.imports.running import Importing
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp


async def begin_undo(desk: DeskbellApp, kind: ImportKind, run: int, file: str) -> Importing | None:
    """Ask, and begin to take a run back; the work. Refuses: what undoing refuses."""
    question = Confirm(
        word("Take {file} back?"),
        said("What it made is deleted, what it changed gets its old values."),
        yes=word("Undo the import"), is_grave=True, file=clean(file),
    )  # fmt: skip
    if not await desk.ask(question):
        return None
    work = importing.undoing(desk, kind, run, file)
    await importing.begin(desk, work)
    return work
