"""What is decided in one place stands in one place: the next copy of it is named here."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.sources import parsed

FOLDERS = ("models", "receipts", "devices", "tui")
LINES_OF_A_FUNCTION = 3


@pytest.mark.parametrize(
    ("what", "places"),
    [
        # Full-width digits and signs as narrow ones; the total is drawn the other way round.
        (r"FEE0|FF01|FF10", {"models/base/texts.py", "tui/widgets/total.py"}),
        # Z01-00007: what a register numbers.
        (r":02d\}-\{[^}]*:0\dd\}", {
            "models/trust/registers.py",
            # Documents have six digits, as has the audit log.
            "models/ledger/kinds.py", "models/reports/books_lists.py",
        }),
        # Notes and coins of a currency.
        (r'"JPY": \(10000', {"models/base/coins.py"}),
        # Cells of a terminal.
        (r"import cell_len|east_asian_width", {"receipts/terminal.py"}),
    ],
)  # fmt: skip
def test_it_stands_there_alone(root: Path, what: str, places: set[str]) -> None:
    found = {
        path.relative_to(root).as_posix()
        for folder in FOLDERS
        for path in (root / folder).rglob("*.py")
        if re.search(what, path.read_text(encoding="utf-8"))
    }
    assert found == places


def test_no_function_of_the_tests_stands_there_twice(root: Path) -> None:
    """What two files of tests need is a fixture, or lies beside them: stores.py, till.py, ..."""
    places = defaultdict(list)
    for path in sorted((root / "tests").rglob("*.py")):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[ast.get_docstring(node) is not None :]
                text = "\n".join(map(ast.unparse, (node.args, *body)))
                if len(text.splitlines()) >= LINES_OF_A_FUNCTION:
                    places[text].append(f"{path.relative_to(root)}: {node.name}")
    assert len(places) > 2000
    assert not [twice for twice in places.values() if len(twice) > 1]
