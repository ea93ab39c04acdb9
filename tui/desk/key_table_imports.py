"""The rows of the key map for imports."""

from __future__ import annotations

from collections.abc import Callable

from tui.desk.keys import Command


def import_rows(_row: Callable[..., Command]) -> tuple[Command, ...]:
    """The rows, made by the key table's own maker."""
    return (
        _row(
            "open_import",
            "Enter",
            "imports",
            "Open",
            help="Opens the file under the cursor, or the file or folder whose path was typed.",
            rank=10,
        ),
        _row(
            "earlier_imports",
            "F8",
            "imports",
            "Earlier",
            help="Shows the imports up to now; each can be taken back.",
            menu=181,
            rank=11,
        ),
        _row(
            "map_column",
            "Enter",
            "import_plan",
            "Read as",
            help="Changes what the column under the cursor is read as, or leaves it out.",
            rank=10,
        ),
        _row(
            "read_as",
            "F5",
            "import_plan",
            "Encoding",
            help="Reads the text of the file in another encoding, when its words are garbled.",
            menu=182,
            rank=11,
        ),
        _row(
            "try_import",
            "F9",
            "import_plan",
            "Try",
            help="Tries the import and counts what would be new, changed or refused. "
            "Nothing is stored.",
            menu=183,
            rank=12,
        ),
        _row(
            "run_import",
            "F9",
            "import_rows",
            "Import",
            help="Stores the rows that are not refused. Selling goes on meanwhile.",
            menu=184,
            rank=10,
        ),
        _row(
            "save_problems",
            "Ctrl+E",
            "import_rows",
            "Save",
            help="Writes the rows with something wrong into a file: put them right there and "
            "import that.",
            menu=185,
            rank=11,
        ),
        _row(
            "open_run",
            "Enter",
            "import_runs",
            "Rows",
            help="Shows the rows of this import that were refused, and why.",
            rank=10,
        ),
        _row(
            "undo_import",
            "Delete",
            "import_runs import_rows",
            "Take back",
            help="Takes an import back: what it made goes, what it changed gets its old values. "
            "What was used since stays and is listed.",
            menu=186,
            rank=12,
        ),
    )
