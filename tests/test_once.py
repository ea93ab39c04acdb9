"""What is decided in one place stands in one place: the next copy of it is named here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDERS = ("models", "receipts", "devices", "tui")


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
