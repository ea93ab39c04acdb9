"""`deskbell export`: the same rows out again, in the columns of the import."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from models.base.named import load
from tui.commands.guard import ask, signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal.speech import is_asking_possible, t, tell
from tui.records.files import ExportThere, Target, export_file, target_of, written_by


def run(place: Place, options: argparse.Namespace) -> int:
    """Write the rows into a file. Refuses: KindUnknown, NeedsOverride, and what `asked_target` and
    `export_file` refuse.
    """
    from models.imports.import_kind import KindUnknown, exported_kinds, kind_named

    target = asked_target(place, options.file, ("csv", "xlsx"), options)
    with opened(place):
        kind = kind_named(options.kind)
        if not kind.export:
            raise KindUnknown(kind=kind.name, known=", ".join(exported_kinds()))
        export = load(kind.export)
        session = signed_in(place, options)
        content = written_by(lambda file: export(session, file, said=t), target.path.name)
    export_file(target, content)
    tell(t("Written: {file}", file=target.path))
    return 0


def asked_target(
    place: Place, named: Path, forms: Sequence[str], options: argparse.Namespace
) -> Target:
    """Where a command writes; over an older file when `--overwrite` or a person says so.

    Refuses: ExportThere, and what `target_of` refuses.
    """
    target = target_of(named, forms=forms, exports=place.exports, base=Path.cwd())
    if target.is_there and not options.overwrite:
        if not is_asking_possible():
            raise ExportThere(file=str(target.path))
        question = t("{file} is there already. Replace it? (y/n)", file=target.path)
        if ask(question, "n").lower() not in ("y", "yes", "是"):
            raise ExportThere(file=str(target.path))
    return Target(target.path, may_replace=target.is_there)
