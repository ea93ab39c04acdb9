"""One name, one thing: a class that is called like another one needs a reason here."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.sources import parsed

# Name -> what each class of this name is: the plain word of its own room.
NAMESAKES: dict[str, str] = {
    "Account": "an account of the books; the screen of a customer's account",
    "Bar": "a stay on the chart of rooms; how far the command line is",
    "Barcode": "a bar code of goods; one printed on a slip",
    "Card": "a card of a member; the head of somebody's history on the screen",
    "Column": "of a report; of a slip; of a list on the screen",
    "Command": "what a key does; what the command line does",
    "CounterDriver": "the terminal driver of Linux; that of Windows",
    "Entry": "half of a posting; the line at the foot of a screen where one types",
    "Field": "of a listing; of a kind of import",
    "Figures": "of a line before its taxes; of a count; of the home screen",
    "Finding": "what a test of a device found; what `verify` found",
    "Found": "goods that a search found; what a check found",
    "Hint": "beside a field of a form; under the door",
    "House": "the hotel's figures of a day; the house of the demonstration",
    "Item": "what is owed or paid on an account; what a scan rings",
    "Job": "the work of one operation; a running work of the screen",
    "Known": "what the store knows of imported goods; of imported people",
    "Line": "of a bill; of a list; of a layout on paper; of a customer display",
    "Names": "a rule of config.toml; a name that a report shows in either language",
    "Pair": "two records of one person; label and value on a slip",
    "Palette": "the colours of a theme; the list of all commands",
    "Panel": "the customer display; a question on the screen",
    "Paper": "the size of a page; printer, drawer and scanner of a counter",
    "Payment": "a stored payment; the screen that takes it",
    "Person": "a stored person; somebody of the demonstration",
    "Place": "a folder with files to import; where a store lies",
    "Plan": "how a file is read; where backups go; how fields are laid out in a form",
    "Question": "of the payment screen; of `deskbell init`",
    "Record": "one row of a file; one record of a listing",
    "Row": "of the database; of a slip",
    "Rule": "of a value of config.toml; a line on a slip; one on the screen",
    "Scan": "the bytes of a scanner; the parts of a code; an event of the screen",
    "Scanned": "what a code rings; digits that came at a scanner's pace",
    "Sheet": "of a file; a slip that is laid out; the fields of a record on the screen",
    "Slice": "a tax as a part of an amount; what one look at an index found",
    "Source": "where a part of a person's history comes from; a listing as a list looks at it",
    "StockMove": "what comes of a move; a stored move",
    "Tender": "a stored way to pay; what was handed over",
    "Text": "a rule of config.toml; a line of a slip",
    "Told": "a table whose rows the audit log tells of; the rows over a list of imports",
    "Watch": "over the rows of a table; over the clock",
    "Work": "what is to be stored for a row of goods; for a row of people",
}


def classes(root: Path) -> dict[str, list[str]]:
    """The public classes of the four folders, by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("devices", "models", "receipts", "tui"):
        for path in sorted((root / folder).rglob("*.py")):
            for node in parsed(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(path.relative_to(root).as_posix())
    return found


def test_one_name_is_one_class(root: Path) -> None:
    found = classes(root)
    assert len(found) > 600
    twice = {name: where for name, where in found.items() if len(where) > 1}
    told = {name: len(each.split(";")) for name, each in NAMESAKES.items()}
    new = {name: where for name, where in twice.items() if told.get(name) != len(where)}
    assert not new, f"called alike; rename one, or say what each is in NAMESAKES: {new}"
    assert not NAMESAKES.keys() - twice.keys(), "no longer twice"


# A state written out in a statement: "state" = 'open', s."status" IN ('a', 'b').
_STATE = re.compile(r"""(state|status)\\?" *(=|<>|IN|NOT IN) *\(?\\?'[a-z]""")


def test_a_state_has_one_constant_and_statements_name_it(root: Path) -> None:
    """One who wrote 'cancelled' where the rows say 'dropped' found nothing, and nothing said so."""
    written = [
        f"{path.name}: {line.strip()}"
        for folder in ("models", "receipts", "tui")
        for path in sorted((root / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if _STATE.search(line)
    ]
    assert written == []
