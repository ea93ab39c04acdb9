"""Import from a file: how it goes, what becomes of the rows, and what is wrong in which."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.imports.import_kind import ImportKind, Remark
from models.imports.import_plan import Plan
from models.sheets.sheets import Cell, write_sheet
from receipts.import_words import field_text, reason_text
from receipts.words import Language, word
from tui.desk.gate.key_rows import Command
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.imports import running as importing
from tui.imports.base import ImportScreen, Told
from tui.imports.running import Doing, Importing
from tui.imports.undoing import begin_undo
from tui.records.files import Target, export_file, written_by
from tui.records.sheets import ask_target
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

LOOK_S = 0.25
SIGNS = 20
REFUSED = word("Refused")
TAKEN = word("Taken")
STAYS = word("Stays")
NONE = (word("No row is wrong."), word("No row had to stay."))


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What is wrong, or doubtful, in one row. `verdict` is a message id."""

    kind: ImportKind
    remark: Remark
    verdict: str

    @property
    def column(self) -> str:
        """The column where it is wrong, as people call it."""
        if not self.remark.field:
            return ""
        return field_text(self.kind.field(self.remark.field), language())


COLUMNS = (
    Column(word("Row no."), 8, "right", read=lambda row: f"{row.remark.line:,}"),
    Column("", 7, read=lambda row: (t(row.verdict), "warn" if row.verdict == TAKEN else "bad")),
    Column(word("What is wrong"), 0, least=30,
           read=lambda row: reason_text(row.remark.reason, language())),
    Column(word("Column"), 12, tone="muted", drop=1, read=lambda row: row.column),
    Column(word("What stands there"), 18, tone="muted", read=lambda row: row.remark.text),
)  # fmt: skip


class ImportRows(ImportScreen):
    """A dry run, an import or its undoing: progress, counts, problem rows."""

    kind = "import_rows"

    def __init__(self, work: Importing) -> None:
        super().__init__()
        self.of, self.work = work.kind, work
        self._seen: tuple[int, int, bool] | None = None
        self.lines = self.roll = LineList(COLUMNS, empty=NONE[work.doing is Doing.UNDOING])

    def body(self) -> Iterable[Any]:
        yield Told()
        yield self.lines

    def on_mount(self) -> None:
        self.add_class("-two")
        self.lines.focus()
        self._look()
        self.set_interval(LOOK_S, self._look)

    def _look(self) -> None:
        """Show what was done since the last look."""
        work = self.work
        now = (len(work.problems.kept), len(work.warnings.kept), work.is_running)
        self.tell_again()
        if now == self._seen:
            return
        was, self._seen = self._seen, now
        verdict = STAYS if work.doing is Doing.UNDOING else REFUSED
        told = ((work.problems, verdict), (work.warnings, TAKEN))
        self.lines.set_rows(
            [ProblemRow(work.kind, each, says) for remarks, says in told for each in remarks.kept]
        )
        if was is not None and was[2] != work.is_running:
            # A key pressed before the end was seen does not store anything.
            self.repainted()
        self.strip_changed()

    def words_changed(self) -> None:
        """The reasons are said in other words now."""
        self.lines.redraw()

    # What stands over the list.

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        name: Piece = (f" {clean(self.work.file)} ", "strong")
        return [([name, *self._state()], self._bar()), (self._counts(), [])]

    def _state(self) -> list[Piece]:
        work = self.work
        if work.trouble:
            return [(f" {clean(work.trouble)}", "bad")]
        if work.is_running:
            leave = t("You may leave this screen.") if work.doing is not Doing.TRYING else ""
            return [(f" {t(work.doing.value)}… ", "accent"), (leave, "muted")]
        ended = {
            Doing.TRYING: word("Tried; nothing is stored yet."),
            Doing.STORING: word("Imported."),
            Doing.UNDOING: word("Taken back."),
        }
        return [(f" {t(ended[work.doing])}", "good" if work.is_done else "muted")]

    def _bar(self) -> list[Piece]:
        work = self.work
        if not work.is_running:
            return []
        if not work.total:
            return [(f"{t('{count} rows', count=f'{work.rows:,}')} ", "")]
        part = min(1.0, work.rows / work.total)
        full = round(SIGNS * part)
        bar = glyphs().thumb * full + glyphs().track * (SIGNS - full)
        return [(bar, "accent"), (f" {part:4.0%} ", "")]

    def _counts(self) -> list[Piece]:
        work = self.work
        if work.doing is Doing.UNDOING:
            return _counted(
                (word("taken back {count}"), work.undone.undone, ""),
                (word("stay {count}"), len(work.problems), "warn"),
            )
        told = work.progress
        return _counted(
            (word("rows {count}"), told.rows, ""),
            (word("new {count}"), told.new, "good"),
            (word("changed {count}"), told.changed, "good"),
            (word("same {count}"), told.unchanged, "muted"),
            (word("refused {count}"), told.refused, "bad"),
            (word("doubtful {count}"), told.warned, "warn"),
        )

    # Keys.

    def offers(self, command: Command) -> bool:
        work = self.work
        is_still = not work.is_running and work.is_done
        offered = {
            "run_import": is_still and work.doing is Doing.TRYING and work.progress.accepted > 0,
            "save_problems": is_still and bool(work.problems.kept or work.warnings.kept),
            "undo_import": (is_still or bool(work.trouble))
            and work.doing is Doing.STORING
            and work.run is not None,
        }
        return offered.get(command.id, True)

    async def do_run_import(self) -> None:
        """F9: store what is not refused. Only a key pressed after the counts were seen."""
        if not self.desk.pressed_after_paint(self) or self.work.plan is None:
            return
        work = importing.storing(self.desk, self.work.plan, self.work.progress.rows)
        await importing.begin(self.desk, work)
        await self.desk.go(ImportRows(work), instead=True)

    async def do_undo_import(self) -> None:
        """Delete: take this import back."""
        work = self.work
        if work.run is not None and (
            undo := await begin_undo(self.desk, work.kind, work.run, work.file)
        ):
            await self.desk.go(ImportRows(undo), instead=True)

    async def do_save_problems(self) -> None:
        """Ctrl+E: the problem rows as a file, to be put right and imported by itself."""
        work = self.work
        target = await ask_target(self.desk, f"{Path(work.file).stem}-problems", "xlsx")
        if target is None:
            return
        remarks, lang = [*work.problems.kept, *work.warnings.kept], language()
        lines = len({each.line for each in remarks})
        await asyncio.to_thread(save_problems, target, work, remarks, lang)
        self.desk.inform("Written: {count} rows to {file}", count=lines, file=str(target.path))

    def do_leave(self) -> None:
        """F3: to the columns, and a trial ends; of an import to the files, and it goes on."""
        if self.work.doing is Doing.TRYING:
            importing.stop(self.work)
        self.leave()
        if self.work.doing is not Doing.TRYING and _kind_of(self.app.screen) == "import_plan":
            self.app.pop_screen()


def _kind_of(screen: object) -> str:
    return getattr(screen, "kind", "")


def _counted(*parts: tuple[str, int, str]) -> list[Piece]:
    pieces: list[Piece] = [(" ", "")]
    for msgid, count, tone in parts:
        pieces += [(t(msgid, count=f"{count:,}"), tone if count else "muted"), ("   ", "")]
    return pieces


def save_problems(
    target: Target, work: Importing, remarks: Sequence[Remark], lang: Language
) -> None:
    """Write the rows with what is wrong behind them, as they stand in the file where it is known.

    Refuses: ExportThere, FileUnusable, SheetUnreadable.
    """
    told: dict[int, list[str]] = {}
    for each in remarks:
        where = f" ({each.text})" if each.text else ""
        told.setdefault(each.line, []).append(f"{reason_text(each.reason, lang)}{where}")
    heads, rows = _with_cells(work.plan, told)
    head = [t("Row no."), t("What is wrong"), *heads]
    name = target.path.name
    export_file(target, written_by(lambda file: write_sheet(file, head, rows), name))


def _with_cells(
    plan: Plan | None, told: dict[int, list[str]]
) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
    if plan is None:
        return (), ([line, "; ".join(told[line])] for line in sorted(told))
    rows = (row for row in plan.sheet.rows() if row.number in told)
    return plan.heads, ([row.number, "; ".join(told[row.number]), *row.cells] for row in rows)
