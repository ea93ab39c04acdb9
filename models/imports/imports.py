"""Imports: rows of a sheet become records, block by block; a run is tried first, and undone whole.

plan = plan_import(GOODS, read_sheet(path))        # no database: may run beside the counter
for progress in run_import(session, plan):         # each step is one short transaction
    show(progress)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import UUID, uuid5

from peewee import BigIntegerField, CharField, CompositeKey, IntegerField

from models.base.database import Row
from models.base.fields import InstantField, JsonField, KeyField, to_json
from models.base.hot import Statement, insert
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.imports.import_kind import (
    MOST_REMARKS,
    Earlier,
    Imported,
    ImportKind,
    Made,
    Record,
    Remark,
    Verdict,
    kind_named,
)
from models.imports.import_records import RowBlock, read_records
from models.trust.operation import Job, Session, new_uid, operation

if TYPE_CHECKING:
    # The table of this file stands in every counter; sheets are read where one is imported.
    from models.imports.import_plan import Plan

T = TypeVar("T")
# Closing it stops the work between two blocks.
Steps: TypeAlias = Generator[T, None, None]

# Rows in a block: one block holds the database thread well under 50 ms.
BLOCK = 200
# Undone rows whose place in an index is given up together.
UNDO_TOGETHER = 20_000
RUNNING, DONE, UNDONE = "running", "done", "undone"
# A mistake of the program ended it: what is stored can be gone on with, or taken back.
FAILED = "failed"


class ImportRunUnknown(Refusal):
    """There is no such import, or it was undone."""


class ImportRun(Row):
    """One import of one file: how far it is, and what became of its rows."""

    key = KeyField(primary_key=True)
    kind = CharField(max_length=20)
    file = CharField(max_length=120)
    # Of the file and of how it is read: the same work is taken up again, other work is not.
    digest = CharField(max_length=64, index=True)
    options = JsonField()
    state = CharField(max_length=8)
    blocks = IntegerField(default=0)
    new = IntegerField(default=0)
    changed = IntegerField(default=0)
    unchanged = IntegerField(default=0)
    refused = IntegerField(default=0)
    warnings = IntegerField(default=0)
    # What its rows made besides themselves: keys by the name of their table.
    made = JsonField(default=dict)
    user = BigIntegerField()
    begun_at = InstantField()
    ended_at = InstantField(null=True)


class ImportedRow(Row):
    """What became of one row: for undoing, and for the list of refused rows."""

    run = BigIntegerField()
    line = IntegerField()
    verdict = CharField(max_length=10)
    subject = BigIntegerField(null=True)
    detail = JsonField(null=True)

    class Meta:
        primary_key = CompositeKey("run", "line")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. The remarks are those of the last block, the counts of all rows."""

    run: int | None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    warned: int = 0
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    is_done: bool = False

    @property
    def accepted(self) -> int:
        """Rows that are in the store now, or would be."""
        return self.new + self.changed + self.unchanged


# --- running


def run_import(session: Session, plan: Plan, *, dry_run: bool = False) -> Steps[Progress]:
    """Import a sheet; each step does one block and says how far it is. The last one is done.

    The same file read in the same way goes on where it was broken off. A dry run stores nothing. A
    run that a mistake of the program ends is marked as failed. Refuses: NeedsOverride,
    SheetUnreadable, and what storing refuses.
    """
    progress = Progress(None)
    records, earlier = read_records(plan), Earlier()
    if dry_run:
        while block := list(islice(records, BLOCK)):
            _compare(plan.kind, block, earlier, earlier.taken)
            _note_subjects(block, earlier)
            progress = _counted(progress, block)
            yield progress
        yield replace(progress, problems=(), warnings=(), is_done=True)
        return

    run = _taken_up(plan) or begin_import(
        session, plan.kind.name, file=plan.sheet.name[:120], digest=_digest(plan),
        options=plan.options, uid=new_uid(),
    )  # fmt: skip
    try:
        yield from _stored(session, plan, run, records)
    except Refusal:
        raise
    except Exception:
        with suppress(Refusal):
            fail_import(session, run.key, uid=new_uid())
        raise


def _stored(
    session: Session, plan: Plan, run: ImportRun, records: Iterator[Record]
) -> Steps[Progress]:
    """Store the blocks that a run does not have yet, and end it."""
    told = Progress(
        run.key, run.new + run.changed + run.unchanged + run.refused,
        run.new, run.changed, run.unchanged, run.refused, run.warnings,
    )  # fmt: skip
    number, earlier = 0, Earlier()
    while block := list(islice(records, BLOCK)):
        number += 1
        if number <= run.blocks:
            for subject, line in _SUBJECTS.rows(run.key, block[0].line, block[-1].line):
                earlier.note(subject, line)
        else:
            given = RowBlock(number, f"{_digest(plan)}:{number}", block, earlier)
            import_block(session, run.key, given, uid=_uid(run, number))
            _note_subjects(block, earlier)
            told = _counted(told, block)
            yield told
        told = replace(told, problems=(), warnings=())
        for _ in plan.kind.after(False):
            yield told
    for _ in plan.kind.after(True):
        yield told
    end_import(session, run.key, uid=_uid(run, 0))
    yield replace(told, is_done=True)


def _counted(progress: Progress, block: list[Record]) -> Progress:
    verdicts = [record.verdict for record in block]
    return replace(
        progress,
        rows=progress.rows + len(block),
        new=progress.new + verdicts.count(Verdict.NEW),
        changed=progress.changed + verdicts.count(Verdict.CHANGED),
        unchanged=progress.unchanged + verdicts.count(Verdict.UNCHANGED),
        refused=progress.refused + verdicts.count(Verdict.REFUSED),
        warned=progress.warned + sum(bool(record.warnings) for record in block),
        problems=tuple(remark for record in block for remark in record.problems),
        warnings=tuple(remark for record in block for remark in record.warnings),
    )


def _digest(plan: Plan) -> str:
    return uuid5(_NAMES, f"{plan.kind.name} {plan.sheet.digest} {to_json(plan.options)}").hex


_NAMES = UUID("6b1f0a4e-6c55-4c0e-9b52-6f1b7d0c9a11")


def _uid(run: ImportRun, block: int) -> UUID:
    return uuid5(_NAMES, f"{run.key}:{block}")


def _taken_up(plan: Plan) -> ImportRun | None:
    """The run of this very work that was broken off."""
    return ImportRun.get_or_none(
        ImportRun.digest == _digest(plan), ImportRun.kind == plan.kind.name,
        ImportRun.state.in_((RUNNING, FAILED)),
    )  # fmt: skip


@operation(right="import")
def begin_import(
    job: Job, kind: str, *, file: str, digest: str, options: dict[str, Any]
) -> ImportRun:
    """Begin a run. Refuses: NeedsOverride for the right of the kind."""
    job.require(kind_named(kind).right)
    job.note(kind=kind, file=file)
    return ImportRun.create(
        key=new_key(), kind=kind, file=file, digest=digest, options=options, state=RUNNING,
        user=job.user, begun_at=job.now,
    )  # fmt: skip


_ROW = insert(ImportedRow, "store run line verdict subject detail")


@operation(right="import")
def import_block(job: Job, run: int, block: RowBlock) -> dict[str, int]:
    """Compare and store one block of a run; the rows in it become what was done with them."""
    found = ImportRun.get_by_id(run)
    kind = kind_named(found.kind)
    job.require(kind.right)
    records: list[Record] = block.rows
    for record in records:
        record.reset()
    _compare(kind, records, block.earlier, Counter())
    made = kind.store(job, [r for r in records if r.verdict in (Verdict.NEW, Verdict.CHANGED)])
    if made:
        _keep_made(found, made)
    counts = _keep(found, block.number, records)
    job.note(file=found.file, block=block.number, **counts)
    return counts


@operation(right="import")
def end_import(job: Job, run: int) -> ImportRun:
    """Mark a run as done. Refuses: NeedsOverride for the right of the kind."""
    found = ImportRun.get_by_id(run)
    job.require(kind_named(found.kind).right)
    if found.state != UNDONE:
        ImportRun.update(state=DONE, ended_at=job.now).where(ImportRun.key == run).execute()
    job.note(file=found.file, new=found.new, changed=found.changed, refused=found.refused)
    return ImportRun.get_by_id(run)


@operation(right="import")
def fail_import(job: Job, run: int) -> None:
    """Mark a run as failed; a block that is stored later ends that."""
    found = ImportRun.get_by_id(run)
    ImportRun.update(state=FAILED).where(
        ImportRun.key == run, ImportRun.state == RUNNING
    ).execute()  # fmt: skip
    job.note(file=found.file, new=found.new, changed=found.changed, blocks=found.blocks)


def _compare(
    kind: ImportKind, records: list[Record], earlier: Earlier, taken: Counter[Hashable]
) -> None:
    """Compare rows with the store. Refused are those about what an earlier row made or changed:
    often it had no number and was given the one that stands here, and one of the two would be lost
    without a word.
    """
    kind.compare([record for record in records if not record.problems])
    lines: dict[int, int] = {}
    for record in records:
        if record.subject is None or record.problems:
            continue
        line = earlier.row(record.subject) or lines.setdefault(record.subject, record.line)
        if line != record.line:
            record.refuse("again_in_file", text=line)
    kind.weigh([record for record in records if not record.problems], taken)


def _note_subjects(records: list[Record], earlier: Earlier) -> None:
    for record in records:
        if record.subject is not None:
            earlier.note(record.subject, record.line)


_SUBJECTS = Statement(
    'SELECT "subject", "line" FROM "imported_row" '
    'WHERE "run" = ? AND "line" BETWEEN ? AND ? AND "subject" IS NOT NULL ORDER BY "line"'
)


def _keep_made(run: ImportRun, made: Made) -> None:
    """Note what a block made besides its rows: undoing the run takes it away."""
    whole: Made = {name: list(keys) for name, keys in run.made.items()}
    for name, keys in made.items():
        whole[name] = [*whole.get(name, []), *keys]
    ImportRun.update(made=whole).where(ImportRun.key == run.key).execute()


_COUNT = Statement(
    'UPDATE "import_run" SET "state" = ?, "blocks" = ?, "new" = "new" + ?, '
    '"changed" = "changed" + ?, "unchanged" = "unchanged" + ?, "refused" = "refused" + ?, '
    '"warnings" = "warnings" + ? '
    'WHERE "key" = ? AND "blocks" = ?'
)


def _keep(run: ImportRun, number: int, records: list[Record]) -> dict[str, int]:
    """Note what became of a block's rows, in the run and row by row."""
    told = _counted(Progress(run.key), records)
    counts = {
        "new": told.new, "changed": told.changed, "unchanged": told.unchanged,
        "refused": told.refused, "warnings": told.warned,
    }  # fmt: skip
    assert _COUNT.run(RUNNING, number, *counts.values(), run.key, number - 1) == 1
    _ROW.many(
        (run.store, run.key, record.line, record.verdict.value, record.subject, _detail(record))
        for record in records
        if record.verdict is not Verdict.UNCHANGED
    )
    return counts


def _detail(record: Record) -> str | None:
    if record.problems:
        return to_json([[p.reason, p.field, p.text] for p in record.problems])
    return to_json(record.before) if record.before is not None else None


# --- undoing


@dataclass(frozen=True, slots=True)
class UndoProgress:
    """How far undoing is: of so many rows, those taken back, and the last block's that stay."""

    rows: int
    undone: int = 0
    kept: tuple[Remark, ...] = ()
    is_done: bool = False


def undo_import(session: Session, run: int) -> Steps[UndoProgress]:
    """Take a run back, last rows first, a block at each step; it can be broken off and taken up.

    What was used since stays and is listed. Refuses: ImportRunUnknown, NeedsOverride.
    """
    progress = UndoProgress(begin_undo(session, run, uid=new_uid()))
    kind, below = kind_named(ImportRun.get_by_id(run).kind), _LAST
    while not progress.is_done:
        made = [row[0] for row in _MADE.rows(run, Verdict.NEW, below, UNDO_TOGETHER)]
        for _ in kind.before_undo(made):
            yield progress
        for _ in range(UNDO_TOGETHER // BLOCK):
            result = undo_block(session, run, below, uid=new_uid())
            below = result["below"]
            kept = tuple(Remark(*each) for each in result["kept"])
            progress = replace(
                progress, undone=progress.undone + result["undone"], kept=kept,
                is_done=result["is_done"],
            )  # fmt: skip
            if progress.is_done:
                break
            yield progress
        progress = replace(progress, kept=()) if not progress.is_done else progress
    for _ in kind.after(True):
        yield replace(progress, kept=(), is_done=False)
    yield progress


# Behind every row of a sheet.
_LAST = 2**31 - 1
_MADE = Statement(
    'SELECT "subject" FROM "imported_row" WHERE "run" = ? AND "verdict" = ? AND "line" < ? '
    'ORDER BY "line" DESC LIMIT ?'
)
_STORED = Statement('SELECT count(*) FROM "imported_row" WHERE "run" = ? AND "verdict" IN (?, ?)')


@operation(right="import")
def begin_undo(job: Job, run: int) -> int:
    """Begin taking a run back; how many rows it stored. Refuses: ImportRunUnknown."""
    found = ImportRun.get_or_none(ImportRun.key == run)
    if found is None or found.state == UNDONE:
        raise ImportRunUnknown(run=run)
    job.require(kind_named(found.kind).right)
    job.note(file=found.file)
    row = _STORED.row(run, Verdict.NEW, Verdict.CHANGED)
    return int(row[0]) if row else 0


@operation(right="import")
def undo_block(job: Job, run: int, below: int) -> dict[str, Any]:
    """Take back the last block of a run before the row `below`, the first of the block before:
    those that were taken back already are not read again.
    """
    found = ImportRun.get_by_id(run)
    kind = kind_named(found.kind)
    job.require(kind.right)
    stored = (ImportedRow.run == run) & ImportedRow.verdict.in_((Verdict.NEW, Verdict.CHANGED))
    stored &= ImportedRow.line < below
    rows = list(
        ImportedRow.select().where(stored).order_by(ImportedRow.line.desc()).limit(BLOCK)
    )  # fmt: skip
    kept = kind.undo(
        job, [Imported(row.line, Verdict(row.verdict), row.subject, row.detail) for row in rows]
    )
    _mark(run, rows, {remark.line for remark in kept})
    is_done = len(rows) < BLOCK
    if is_done:
        kind.sweep(job, found.made)
        ImportRun.update(state=UNDONE, ended_at=job.now).where(ImportRun.key == run).execute()
    job.note(file=found.file, undone=len(rows) - len(kept), kept=len(kept))
    return {
        "undone": len(rows) - len(kept),
        "kept": [[each.line, each.reason, each.field, each.text] for each in kept],
        "below": rows[-1].line if rows else 0,
        "is_done": is_done,
    }


_MARK = Statement('UPDATE "imported_row" SET "verdict" = ? WHERE "run" = ? AND "line" = ?')


def _mark(run: int, rows: Iterable[ImportedRow], kept: set[int]) -> None:
    _MARK.many(("kept" if row.line in kept else UNDONE, run, row.line) for row in rows)


def import_runs(limit: int = 50) -> list[ImportRun]:
    """The last runs, newest first."""
    return list(ImportRun.select().order_by(ImportRun.begun_at.desc()).limit(limit))


def refused_rows(run: int) -> list[Remark]:
    """Why the first ten thousand refused rows of a run were refused, in the order of the file."""
    rows = (
        ImportedRow.select()
        .where(ImportedRow.run == run, ImportedRow.verdict == Verdict.REFUSED)
        .order_by(ImportedRow.line)
        .limit(MOST_REMARKS)
    )  # fmt: skip
    return [Remark(row.line, *problem) for row in rows for problem in row.detail]
