"""Earlier imports: what each made, its refused rows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.imports.import_kind import ImportKind, Remarks, kind_named
from models.imports.imports import (
    DONE,
    FAILED,
    RUNNING,
    UNDONE,
    ImportRun,
    Progress,
    import_runs,
    refused_rows,
)
from models.trust.users import User
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.desk.words import t
from tui.imports.base import ImportScreen, Told
from tui.imports.rows import ImportRows
from tui.imports.running import Doing, Importing
from tui.imports.undoing import begin_undo
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    pass

STATES = {
    RUNNING: (word("broken off"), "warn"),
    FAILED: (word("failed"), "bad"),
    DONE: (word("imported"), "good"),
    UNDONE: (word("taken back"), "muted"),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One earlier import and who did it."""

    run: ImportRun
    user: str
    when: str


COLUMNS = (
    Column(word("When"), 16, tone="muted", read=lambda row: row.when),
    Column(word("File"), 0, least=16, read=lambda row: row.run.file),
    Column(word("By"), 14, tone="muted", drop=1, read=lambda row: row.user),
    Column(word("New"), 8, "right", read=lambda row: f"{row.run.new:,}"),
    Column(word("Changed"), 8, "right", read=lambda row: f"{row.run.changed:,}"),
    Column(word("Refused"), 8, "right", read=lambda row: f"{row.run.refused:,}"),
    Column(word("State"), 11, read=lambda row: (t(STATES[row.run.state][0]),
                                                STATES[row.run.state][1])),
)  # fmt: skip


class EarlierImports(ImportScreen):
    """Enter shows the refused rows of a run, Delete takes it back."""

    kind = "import_runs"

    def __init__(self, of: ImportKind) -> None:
        super().__init__()
        self.of = of
        self.lines = self.roll = LineList(COLUMNS, empty=word("Nothing was imported yet."))

    def body(self) -> Iterable[Any]:
        yield Told()
        yield self.lines

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        return [
            (
                [
                    (f" {t('Earlier imports')}  ", "strong"),
                    (t("Taking back leaves what was sold or changed since."), "muted"),
                ],
                [],
            )
        ]

    def on_mount(self) -> None:
        self.lines.focus()

    def resumed(self) -> None:
        """Now, and again when a screen above it may have taken one back."""
        super().resumed()
        self.desk.jobs.start(self._read)

    async def _read(self) -> None:
        zone = self.desk.frame.zone
        found = await self.in_books(_runs, self.of.name)
        self.lines.set_rows(
            [
                RunRow(run, user, f"{run.begun_at.astimezone(zone):%Y-%m-%d %H:%M}")
                for run, user in found
            ]
        )
        self.strip_changed()

    def offers(self, command: Command) -> bool:
        row: RunRow | None = self.lines.chosen
        offered = {
            "open_run": row is not None and row.run.refused > 0,
            "undo_import": row is not None and row.run.state != UNDONE,
        }
        return offered.get(command.id, True)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """What may be done depends on the row."""
        event.stop()
        self.strip_changed()

    async def do_open_run(self) -> None:
        """Enter: the rows of this run that were refused, and why."""
        run: ImportRun = self.lines.chosen.run
        problems = Remarks()
        problems.add(await self.in_books(refused_rows, run.key))
        told = Progress(
            run.key, run.new + run.changed + run.unchanged + run.refused, run.new, run.changed,
            run.unchanged, run.refused, run.warnings,
        )  # fmt: skip
        work = Importing(
            Doing.STORING, kind_named(run.kind), run.file, iter(()), progress=told,
            problems=problems, is_done=run.state != UNDONE,
        )  # fmt: skip
        await self.desk.go(ImportRows(work))

    async def do_undo_import(self) -> None:
        """Delete: take the run under the cursor back."""
        run: ImportRun = self.lines.chosen.run
        if work := await begin_undo(self.desk, kind_named(run.kind), run.key, run.file):
            await self.desk.go(ImportRows(work))


def _runs(kind: str) -> list[tuple[ImportRun, str]]:
    runs = [run for run in import_runs() if run.kind == kind]
    names = {user.key: user.name for user in User.select(User.key, User.name)}
    return [(run, names.get(run.user, "")) for run in runs]
