"""The keys of imports."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {
        "imports": word("Import from a file"),
        "import_plan": word("Columns of the file"),
        "import_rows": word("Rows of an import"),
        "import_runs": word("Earlier imports"),
    },
    (
        row("open_import", "Enter", "imports", word("Open"), rank=10,
            help=word(
                "Opens the file under the cursor, or the file or folder whose path was "
                "typed."
            )),
        row("earlier_imports", "F8", "imports", word("Earlier"), menu=181, rank=11,
            help=word("Shows the imports up to now; each can be taken back.")),
        row("map_column", "Enter", "import_plan", word("Read as"), rank=10,
            help=word("Changes what the column under the cursor is read as, or leaves it out.")),
        row("read_as", "F5", "import_plan", word("Read otherwise"), menu=182, rank=11,
            help=word(
                "Reads the file in another way: encoding, separator, sheet, decimal sign, row of "
                "the headings, a value for empty cells."
            )),
        row("try_import", "F9", "import_plan", word("Try"), menu=183, rank=12,
            help=word(
                "Tries the import and counts what would be new, changed or refused. "
                "Nothing is stored."
            )),
        row("run_import", "F9", "import_rows", word("Import"), menu=184, rank=10,
            help=word("Stores the rows that are not refused. Selling goes on meanwhile.")),
        row("save_problems", "Ctrl+E", "import_rows", word("Save"), menu=185, rank=11,
            help=word(
                "Writes the rows with something wrong into a file: put them right there "
                "and import that."
            )),
        row("open_run", "Enter", "import_runs", word("Rows"), rank=10,
            help=word("Shows the rows of this import that were refused, and why.")),
        row("undo_import", "Delete", "import_runs import_rows", word("Take back"),
            menu=186, rank=12,
            help=word(
                "Takes an import back: what it made goes, what it changed gets its old "
                "values. What was used since stays and is listed."
            )),
    ),
)  # fmt: skip
