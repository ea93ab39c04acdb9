"""What all rows of a sheet say before any is read: their number, decimal signs, broken text,
and the sums under a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from models.base.texts import narrow
from models.imports.import_numbers import Signs, bare
from models.sheets.sheets import Sheet

_TOTALS = ("合计", "总计", "小计", "总和", "total", "grand total", "subtotal", "sum")


@dataclass(slots=True)
class Survey:
    """What all rows under the headings say: how many there are, the signs in each column, rows with
    broken text, and the sums under a list.
    """

    rows: int = 0
    last_line: int = 0
    signs: dict[int, Signs] = field(default_factory=dict)
    faults: dict[str, list[int]] = field(default_factory=dict)
    sums: dict[int, list[str]] = field(default_factory=dict)


# Somebody is told so often how many rows were looked at.
_OFTEN = 5_000


def surveyed(sheet: Sheet, head_line: int, watch: Callable[[int], None] | None = None) -> Survey:
    """Look at all rows under the headings; `watch` is told how many now and then, and ends it by
    raising.
    """
    found = Survey()
    for row in sheet.rows():
        if watch is not None and row.number % _OFTEN == 0:
            watch(row.number)
        if row.number <= head_line:
            continue
        found.rows += 1
        found.last_line = row.number
        if row.fault:
            found.faults.setdefault(row.fault, []).append(row.number)
            continue
        if _names_sum(row.cells):
            found.sums[row.number] = row.cells
        for at, cell in enumerate(row.cells):
            if cell and ("." in cell or "," in cell or not cell.isascii()):
                if at not in found.signs:
                    found.signs[at] = Signs()
                found.signs[at].look(cell)
    return found


def _names_sum(cells: list[str]) -> bool:
    """Does the first cell say that this is the sum under a list, as many programs print it?"""
    first = next(filter(None, cells), "")
    return narrow(first).strip(":： ").lower() in _TOTALS


def is_sum(cells: list[str], keys: set[int]) -> bool:
    """Is this row, whose first cell names a sum, no record? `keys` are the columns that name
    records; without any its other cells are amounts.
    """
    first = next(at for at, cell in enumerate(cells) if cell)
    rest = [(at, cell) for at, cell in enumerate(cells) if cell and at != first]
    if keys:
        return not any(at in keys for at, _ in rest)
    return all(bare(cell).replace(",", "").replace(".", "").isdigit() for _, cell in rest)
