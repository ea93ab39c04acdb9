"""Import from a file: which column of it is what; the first value of each stands beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.base.sheets import Sheet, read_sheet
from models.trust.import_plan import Field, Plan, draft_plan, first_cells
from receipts.import_words import field_text
from receipts.words import word
from tui.desk.key_rows import Command
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.imports import running as importing
from tui.imports.screen import ImportScreen, Told
from tui.records.asking import Options
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Pick
from tui.widgets.rows import Piece

LEFT_OUT = word("left out")
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252")
SEPARATORS = {
    ",": word("comma"), ";": word("semicolon"), "\t": word("tab"), "|": word("upright line"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the file: its heading, its first value, and the field that it is read as."""

    head: str
    first: str
    field: Field | None


def field_cell(row: SheetColumn) -> tuple[str, str]:
    """What a column is read as."""
    if row.field is None:
        return t(LEFT_OUT), "faint"
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
        self.mapping: dict[str, str] = {}
        self.first: list[str] = []
        self.lines = self.roll = LineList(COLUMNS, empty=word("The file is empty."))

    def body(self) -> Iterable[Any]:
        yield Told()
        yield self.lines

    async def on_mount(self) -> None:
        self.add_class("-two")
        self.lines.focus()
        self.first = await asyncio.to_thread(first_cells, self.plan)
        self._show(cursor=0)

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        plan = self.plan
        count = len(plan.columns)
        used = t("Columns read: {count} of {all}", count=count, all=len(self._rows()))
        name = clean(self.path.name)
        how: list[Piece] = [(f" {name}  ", "strong"), (self._how(), "muted")]
        if plan.lacking:
            names = " / ".join(
                field_text(plan.kind.field(name), language()) for name in plan.lacking
            )
            return [
                (how, []),
                ([(f" {t('One column must be: {names}', names=names)}", "warn")], []),
            ]
        return [(how, []), ([(f" {used}", "")], [])]

    def _how(self) -> str:
        if not self.sheet.encoding:
            return t("An XLSX sheet")
        return t(
            "Text in {encoding}, cells apart by {separator}",
            encoding=self.sheet.encoding.removesuffix("-sig").upper(),
            separator=t(SEPARATORS.get(self.sheet.separator, self.sheet.separator)),
        )

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

    def offers(self, command: Command) -> bool:
        return command.id != "read_as" or bool(self.sheet.encoding)

    async def do_map_column(self) -> None:
        """Enter: what this column is."""
        row: SheetColumn | None = self.lines.chosen
        if row is None:
            return
        kind, lang = self.plan.kind, language()
        rows = [("", t(LEFT_OUT))]
        rows += [(each.name, field_text(each, lang)) for each in kind.fields]
        columns = [Column("", 0, read=lambda each: each[1])]
        pick = Pick(
            word("What is in the column {head}?"), columns, rows, head=clean(row.head),
            text_of=lambda each: f"{each[1]} {each[0]}",
        )  # fmt: skip
        now = row.field.name if row.field else ""
        pick.list.set_rows(rows, cursor=[each[0] for each in rows].index(now))
        picked = await self.desk.ask(pick)
        if picked is None:
            return
        mapping = {
            head: field for head, field in self.mapping.items() if field != picked[0] or not field
        }
        await self._plan_again(self.sheet, {**mapping, row.head: picked[0]})

    async def do_read_as(self) -> None:
        """F5: the text of the file in another encoding."""
        found = self.sheet.encoding
        names = dict.fromkeys((found.removesuffix("-sig"), *ENCODINGS))
        wanted = await self.desk.ask(
            Options(word("How is the text written?"), [(each, each.upper()) for each in names])
        )
        if wanted:
            sheet = await asyncio.to_thread(read_sheet, self.path, encoding=wanted)
            await self._plan_again(sheet, {})

    async def _plan_again(self, sheet: Sheet, mapping: dict[str, str]) -> None:
        plan = await asyncio.to_thread(draft_plan, self.plan.kind, sheet, mapping=mapping)
        self.sheet, self.mapping, self.plan = sheet, mapping, plan
        self.first = await asyncio.to_thread(first_cells, plan)
        self._show()

    async def do_try_import(self) -> None:
        """F9: a dry run. Refuses: ImportHeadingMissing."""
        from tui.imports.rows import ImportRows

        self.plan.refuse_lacking()
        work = importing.trying(self.desk, self.plan)
        await importing.begin(self.desk, work)
        await self.desk.go(ImportRows(work))

    def step_back(self) -> None:
        """F12: to the files."""
        self.leave()
