"""`deskbell import`: rows of a CSV or XLSX file become records; a run can be tried and undone."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from receipts.import_words import field_text, note_text, reason_text
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal import speech
from tui.commands.terminal.progress import Bar
from tui.commands.terminal.speech import out, out_json, t, tell

if TYPE_CHECKING:
    from models.imports.import_kind import ImportKind, Remark, Remarks
    from models.imports.import_plan import Plan
    from models.imports.imports import Progress
    from models.trust.operation import Session

# What no shell types easily.
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";"}
# More refused rows than this are counted by their reason only; --json has the first ten thousand.
MOST_SHOWN = 50


class FileMissing(Refusal):
    """An import needs a file, or the number of a run to take back."""


class MapWrong(Refusal):
    """A mapping is written as their heading, an equals sign, our field; a default as our field, an
    equals sign, the value.
    """


def run(place: Place, options: argparse.Namespace) -> int:
    """Import, try, or take back; 1 when rows were refused. Refuses: what importing refuses."""
    if options.undo is None and options.file is None:
        raise FileMissing()
    with opened(place):
        from models.imports.import_kind import kind_named

        kind = kind_named(options.kind)
        session = signed_in(place, options)
        if options.undo is not None:
            return _undo(session, kind, options)
        return _import(session, _plan(kind, options), options)


def _pair(text: str) -> tuple[str, str]:
    heading, equals, field = text.rpartition("=")
    if not equals or not heading.strip():
        raise MapWrong(text=text)
    return heading.strip(), field.strip()


def _plan(kind: ImportKind, options: argparse.Namespace) -> Plan:
    from models.imports.import_plan import How, open_sheet, plan_import

    how = How(
        mapping=dict(map(_pair, options.map)), defaults=dict(map(_pair, options.default)),
        decimal=options.decimal, head_line=options.head_row,
    )  # fmt: skip
    separator = SEPARATORS.get(options.separator, options.separator)
    sheet = open_sheet(
        kind, options.file, encoding=options.encoding, separator=separator, page=options.sheet
    )
    return plan_import(kind, sheet, how)


def _import(session: Session, plan: Plan, options: argparse.Namespace) -> int:
    from models.imports.imports import run_import

    notes = _told(plan, options)
    steps = run_import(session, plan, dry_run=options.dry_run)
    last, problems, warnings = _watched(steps, plan)
    if options.json:
        out_json({**_plain(last, problems, warnings), "notes": notes})
    else:
        _print(plan, last, problems, warnings, is_dry=options.dry_run)
    return 1 if last.refused else 0


def _told(plan: Plan, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Say what was found out about the file, before anything of it is stored."""
    from models.imports.import_notes import notes_of

    notes = notes_of(plan)
    for note in notes if not options.json else ():
        said = note_text(note, speech.language())
        out(t("Look at it: {said}", said=said) if note.is_doubt else said)
    return [{"note": note.code, "is_doubt": note.is_doubt, **note.fields} for note in notes]


def _watched(steps: Iterator[Progress], plan: Plan) -> tuple[Progress, Remarks, Remarks]:
    from models.imports.import_kind import Remarks

    problems, warnings = Remarks(), Remarks()
    last = None
    try:
        with Bar(speech.harmless(plan.sheet.name), sys.stderr) as bar:
            for last in steps:
                problems.add(last.problems)
                warnings.add(last.warnings)
                bar.at(last.rows, plan.rows)
    except (Exception, KeyboardInterrupt):
        if last is not None and last.run is not None:
            tell(
                t(
                    "Broken off after {count} rows. The same command goes on; to take back what "
                    "is stored: {command}",
                    count=last.rows,
                    command=_undo_command(plan, last.run),
                )
            )
        raise
    assert last is not None
    return last, problems, warnings


def _undo_command(plan: Plan, run: int) -> str:
    return f"deskbell import {plan.kind.name} --undo {run}"


def _print(
    plan: Plan,
    last: Progress,
    problems: Remarks,
    warnings: Remarks,
    *,
    is_dry: bool,
) -> None:
    for remark in problems.kept[:MOST_SHOWN]:
        out(t("Row {row} refused: {why}", row=remark.line, why=remark_text(plan.kind, remark)))
    _print_rest(problems)
    for remark in warnings.kept[:MOST_SHOWN]:
        out(t("Row {row}, look at it: {why}", row=remark.line, why=remark_text(plan.kind, remark)))
    _print_rest(warnings)
    counts = {"new": last.new, "changed": last.changed, "same": last.unchanged}
    out(
        t(
            "{new} new, {changed} changed, {same} as they were, {refused} refused.",
            refused=last.refused,
            **counts,
        )
    )
    if is_dry:
        out(t("Nothing was stored: this was a dry run."))
    elif last.run is not None:
        out(t("To take it back: {command}", command=_undo_command(plan, last.run)))


def _print_rest(remarks: Remarks) -> None:
    for reason, count in remarks.rest(MOST_SHOWN).most_common():
        out(
            t(
                "... and {count} more rows: {why}",
                count=count,
                why=reason_text(reason, speech.language()),
            )
        )


def remark_text(kind: ImportKind, remark: Remark) -> str:
    """What is wrong in a row, with the column and what stands there."""
    column = remark.field and field_text(kind.field(remark.field), speech.language())
    where = ": ".join(part for part in (column, remark.text) if part)
    said = reason_text(remark.reason, speech.language())
    return f"{said} ({where})" if where else said


def _plain(last: Progress, problems: Remarks, warnings: Remarks) -> dict[str, Any]:
    return {
        "run": last.run,
        "rows": last.rows,
        "new": last.new,
        "changed": last.changed,
        "unchanged": last.unchanged,
        "refused": last.refused,
        "problems": [_plain_remark(remark) for remark in problems.kept],
        "problem_reasons": dict(problems.reasons),
        "warnings": [_plain_remark(remark) for remark in warnings.kept],
        "warning_reasons": dict(warnings.reasons),
    }


def _plain_remark(remark: Remark) -> dict[str, Any]:
    return {
        "row": remark.line,
        "reason": remark.reason,
        "field": remark.field,
        "text": remark.text,
    }


def _undo(session: Session, kind: ImportKind, options: argparse.Namespace) -> int:
    from models.imports.imports import ImportRunUnknown, undo_import

    if not options.undo.isdecimal():
        raise ImportRunUnknown(run=options.undo)
    undone, kept = 0, 0
    for progress in undo_import(session, int(options.undo)):
        undone, kept = progress.undone, kept + len(progress.kept)
        for remark in progress.kept:
            tell(t("Row {row} stays: {why}", row=remark.line, why=remark_text(kind, remark)))
    if options.json:
        out_json({"undone": undone, "kept": kept})
    else:
        out(
            t(
                "{undone} rows taken back; {kept} stay because they were used or changed since.",
                undone=undone,
                kept=kept,
            )
        )
    return 1 if kept else 0
