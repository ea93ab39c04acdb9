"""Import from a file: which column of it is what; the first value of each stands beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.imports.import_kind import Field
from models.imports.import_notes import Note, notes_of
from models.imports.import_plan import How, Plan, draft_plan, first_cells
from models.sheets.sheets import Sheet
from receipts.import_words import field_text, note_text
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.imports import reading
from tui.imports import running as importing
from tui.imports.base import ImportScreen, Told
from tui.imports.rows import ImportRows
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

# So many rows of notes leave room for the columns at 80x24.
MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the file: its heading, its first value, and the field that it is read as."""

    head: str
    first: str
    field: Field | None


def field_cell(row: SheetColumn) -> tuple[str, str]:
    """What a column is read as."""
    if row.field is None:
        return t(reading.LEFT_OUT), "faint"
    return field_text(row.field, language()), "good"


COLUMNS = (
    Column(word("Column in the file"), 0, least=20, read=lambda row: row.head),
    Column(word("First value"), 26, tone="muted", drop=1, read=lambda row: row.first),
    Column(word("Is read as"), 24, read=field_cell),
)


class ImportColumns(ImportScreen):
    """Enter changes what a column is read as; F9 tries the import."""

    kind = "import_plan"

    def __init__(self, path: Path, sheet: Sheet, plan: Plan) -> None:
        super().__init__()
        self.of, self.path, self.sheet, self.plan = plan.kind, path, sheet, plan
        self.notes: list[Note] = []
        self.first: list[str] = []
        self.lines = self.roll = LineList(COLUMNS, empty=word("The file is empty."))

    def body(self) -> Iterable[Any]:
        yield Told()
        yield self.lines

    async def on_mount(self) -> None:
        self.lines.focus()
        await self._take(self.plan, cursor=0)

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        """The file, how much of it is read, and what was found out about it, doubts first."""
        plan = self.plan
        count = t("Columns read: {count} of {all}", count=len(plan.columns), all=len(self._rows()))
        rows = t("{count} rows", count=f"{plan.rows:,}")
        head: list[Piece] = [(f" {clean(self.path.name)}  ", "strong"), (rows, "muted")]
        said: list[list[Piece]] = [[(f" {count}", "")]]
        if plan.lacking:
            names = " / ".join(t(title) for title in plan.kind.titles(plan.lacking))
            said = [[(f" {t('One column must be: {names}', names=names)}", "warn")]]
        doubts = sorted(self.notes, key=lambda note: not note.is_doubt)
        said += [
            [(f" {clean(note_text(note, language()))}", "warn" if note.is_doubt else "muted")]
            for note in doubts[:MOST_NOTES]
        ]
        return [(head, []), *((row, []) for row in said)]

    def _rows(self) -> list[SheetColumn]:
        kind, columns = self.plan.kind, self.plan.columns
        cells = [*self.first, *[""] * len(self.plan.heads)]
        return [
            SheetColumn(head, cells[at], kind.field(columns[at]) if at in columns else None)
            for at, head in enumerate(self.plan.heads)
            if head
        ]

    def _show(self, cursor: int | None = None) -> None:
        self.lines.set_rows(self._rows(), cursor=cursor)
        self.tell_again()
        self.strip_changed()

    def words_changed(self) -> None:
        """The fields are called otherwise now."""
        self.lines.redraw()

    async def do_map_column(self) -> None:
        """Enter: what this column is."""
        row: SheetColumn | None = self.lines.chosen
        if row is None:
            return
        now = row.field.name if row.field else ""
        picked = await reading.pick_field(
            self.desk, self.plan.kind, word("What is in the column {head}?"), now=now,
            head=clean(row.head),
        )  # fmt: skip
        if picked is None:
            return
        how = self.plan.how
        mapping = {
            head: field for head, field in how.mapping.items() if field != picked or not field
        }
        await self._read_again(
            self.sheet, replace(how, mapping={**mapping, row.head: picked}), is_same=True
        )

    async def do_read_as(self) -> None:
        """F5: the file is read in another way."""
        changed = await reading.ask(self.desk, self.path, self.plan)
        if changed is not None:
            await self._read_again(*changed)

    async def _read_again(self, sheet: Sheet, how: How, *, is_same: bool = False) -> None:
        survey = self.plan.survey if is_same else None
        plan = await asyncio.to_thread(draft_plan, self.plan.kind, sheet, how, survey=survey)
        await self._take(plan)

    async def _take(self, plan: Plan, cursor: int | None = None) -> None:
        self.sheet, self.plan = plan.sheet, plan
        self.first = await asyncio.to_thread(first_cells, plan)
        self.notes = await asyncio.to_thread(notes_of, plan)
        self.query_one(Told).styles.height = len(self.told_rows())
        self._show(cursor)

    async def do_try_import(self) -> None:
        """F9: a dry run. Refuses: ImportHeadingMissing."""
        self.plan.refuse_lacking()
        work = importing.trying(self.desk, self.plan)
        await importing.begin(self.desk, work)
        await self.desk.go(ImportRows(work))
