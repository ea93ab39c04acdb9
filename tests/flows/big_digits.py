"""Reads the big figures of the total back from their blocks."""

from __future__ import annotations

from tui.widgets.total import big_rows

WIDEST = 40
SHAPES = {tuple(big_rows(sign, WIDEST)): sign for sign in "0123456789.-"}


def read_big(rows: list[str]) -> str:
    """The first figure in the last 40 columns of equally long rows of cells; empty without one."""
    right = [row[-WIDEST:] for row in rows]
    for place in range(len(right) - 2):
        if figure := _figure(right[place : place + 3]):
            return figure
    return ""


def _figure(rows: list[str]) -> str:
    if any(set(row) - set(" ▀▄█") for row in rows) or not any(row.strip() for row in rows):
        return ""
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    found, sign = [], list[str]()
    for column in [*columns, "   "]:
        if column.strip():
            sign.append(column)
        elif sign:
            shape = tuple("".join(row) for row in zip(*sign, strict=True))
            found.append(SHAPES.get(shape, "?"))
            sign = []
    return "".join(found)
