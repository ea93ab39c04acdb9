"""`deskbell export`: the same rows out again, in the columns of the import."""

from __future__ import annotations

import argparse

from models.base.named import load
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.speech import t, tell
from tui.records.files import FileUnusable


def run(place: Place, options: argparse.Namespace) -> int:
    """Write the rows into a file. Refuses: KindUnknown, NeedsOverride, FileUnusable."""
    from models.trust.import_kind import kind_named

    path = options.file.absolute()
    with opened(place):
        export = load(kind_named(options.kind).export)
        session = signed_in(place, options)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            export(session, path, said=t)
        except OSError as error:
            raise FileUnusable(file=str(path), why=error.strerror or str(error)) from error
    tell(t("Written: {file}", file=path))
    return 0
