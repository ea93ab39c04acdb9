"""An import at work behind the counter: tried, stored or taken back, while selling goes on.

The app holds it while it runs; its screen may be left and opened again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.imports.import_kind import ImportKind, Remarks
from models.imports.import_plan import Plan
from models.imports.imports import Progress, UndoProgress, run_import, undo_import
from receipts.words import word
from tui.desk.database import BACKGROUND, DatabaseClosed
from tui.desk.words import refusal_told, t

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp


class Doing(Enum):
    """What is done with the rows; the value is the message id of it."""

    TRYING = word("Trying")
    STORING = word("Importing")
    UNDOING = word("Taking back")


class ImportAtWork(Refusal):
    """An import is at work already."""


@dataclass(slots=True)
class Importing:
    """One piece of work, and what it has said so far. `total` rows, 0 when not yet known."""

    doing: Doing
    kind: ImportKind
    file: str
    steps: Iterator[Progress | UndoProgress]
    plan: Plan | None = None
    total: int = 0
    progress: Progress = field(default_factory=lambda: Progress(None))
    undone: UndoProgress = field(default_factory=lambda: UndoProgress(0))
    problems: Remarks = field(default_factory=Remarks)
    warnings: Remarks = field(default_factory=Remarks)
    is_running: bool = False
    is_done: bool = False
    # Why it ended before its end.
    trouble: str = ""

    @property
    def run(self) -> int | None:
        """The run in the store, when there is one."""
        return self.progress.run

    @property
    def rows(self) -> int:
        """Rows that are behind it."""
        if self.doing is Doing.UNDOING:
            return self.undone.undone + len(self.problems)
        return self.progress.rows

    def take(self, step: Progress | UndoProgress) -> None:
        """Note what one step said."""
        self.is_done = step.is_done
        if isinstance(step, UndoProgress):
            self.undone, self.total = step, step.rows
            self.problems.add(step.kept)
        else:
            self.progress = step
            self.problems.add(step.problems)
            self.warnings.add(step.warnings)


def trying(desk: DeskbellApp, plan: Plan) -> Importing:
    """A dry run: it stores nothing."""
    steps = run_import(desk.session, plan, dry_run=True)
    return Importing(Doing.TRYING, plan.kind, plan.sheet.name, steps, plan)


def storing(desk: DeskbellApp, plan: Plan, total: int) -> Importing:
    """The import itself."""
    steps = run_import(desk.session, plan)
    return Importing(Doing.STORING, plan.kind, plan.sheet.name, steps, plan, total)


def undoing(desk: DeskbellApp, kind: ImportKind, run: int, file: str) -> Importing:
    """Taking an import back."""
    return Importing(Doing.UNDOING, kind, file, undo_import(desk.session, run))


def current(desk: DeskbellApp) -> Importing | None:
    """The work that is going on, if any."""
    found: Importing | None = getattr(desk, "importing", None)
    return found


async def begin(desk: DeskbellApp, work: Importing) -> None:
    """Do the first step, so that what is refused is told here; the rest goes on by itself.

    Refuses: ImportAtWork, and what importing and undoing refuse.
    """
    if work.doing is not Doing.TRYING:
        if (running := current(desk)) is not None:
            raise ImportAtWork(file=running.file)
        desk.importing = work  # type: ignore[attr-defined]
    work.is_running = True
    try:
        await _step(desk, work)
    except BaseException:
        _end(desk, work)
        raise
    desk.run_worker(_go_on(desk, work), exit_on_error=False)


async def _step(desk: DeskbellApp, work: Importing) -> None:
    assert desk.database is not None
    # A generator cannot give its end across threads: None stands for it.
    step: Any = await desk.database.run(next, work.steps, None, urgency=BACKGROUND)
    if step is None:
        work.is_done = True
    else:
        work.take(step)


async def _go_on(desk: DeskbellApp, work: Importing) -> None:
    try:
        while work.is_running and not work.is_done:
            await _step(desk, work)
    except DatabaseClosed:
        # The counter was closed: the same file goes on from here another time.
        return
    except Refusal as refusal:
        work.trouble = refusal_told(refusal)
        desk.tell(refusal)
        return
    except Exception as error:  # noqa: BLE001 - told and logged
        work.trouble = t(word("It failed. What is stored stays until it is taken back."))
        desk.tell(error)
        return
    finally:
        _end(desk, work)
    if work.is_done:
        _tell(desk, work)


def _end(desk: DeskbellApp, work: Importing) -> None:
    """It is over. The app lets go of it: it holds the whole file."""
    work.is_running = False
    if current(desk) is work:
        desk.importing = None  # type: ignore[attr-defined]


def stop(work: Importing) -> None:
    """End a dry run after the block at hand."""
    work.is_running = False


def _tell(desk: DeskbellApp, work: Importing) -> None:
    """Say how it ended, whatever screen is shown."""
    if work.doing is Doing.STORING:
        desk.inform(
            word("{file} is imported: {new} new, {changed} changed, {refused} refused."),
            file=work.file, new=f"{work.progress.new:,}", changed=f"{work.progress.changed:,}",
            refused=f"{work.progress.refused:,}",
        )  # fmt: skip
    elif work.doing is Doing.UNDOING:
        desk.inform(
            word(
                "{file} is taken back: {undone} rows; {kept} stay because they were used or "
                "changed since."
            ),
            file=work.file, undone=f"{work.undone.undone:,}", kept=f"{len(work.problems):,}",
        )  # fmt: skip
