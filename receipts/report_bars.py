"""A report as bars, where a person would rather look: a row each, by its last amount. The screen,
the page of text, PDF and spreadsheet all draw these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from models.base.money import Money
from models.base.quantity import Quantity
from receipts.report_forms import cell_text, read_text
from receipts.words import Language

if TYPE_CHECKING:
    from models.reports.report import Column, Report, Rows

# More bars than this are no picture; the rows above them say the rest.
MOST: Final = 40


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its name, its figure as it is read, and how large it is."""

    name: str
    text: str
    size: int


def measured(columns: Sequence[Column]) -> int | None:
    """The column that is drawn: the one that says so, the last amount that has a sum, or the last
    figure; None where there is no figure at all.
    """
    chosen = [n for n, each in enumerate(columns) if each.is_drawn]
    summed = [n for n, each in enumerate(columns) if each.is_summed and each.kind == "money"]
    figures = [n for n, each in enumerate(columns) if each.is_number]
    found = chosen or summed or figures
    return found[-1] if found else None


def named_by(columns: Sequence[Column]) -> range:
    """The columns that name a row: the texts that stand first."""
    first = next(n for n, each in enumerate(columns) if each.is_number)
    return range(max(1, first))


def bars_of(columns: Sequence[Column], rows: Rows, lang: Language) -> list[BarRow]:
    """The rows as bars. There must be a column to measure."""
    place = measured(columns)
    assert place is not None
    found = []
    for row in rows:
        texts = [cell_text(row[n], columns[n].kind, lang) for n in named_by(columns)]
        text = read_text(row[place], columns[place].kind, lang)
        found.append(BarRow(" ".join(text for text in texts if text), text, _size(row[place])))
    return found


def drawn(report: Report, lang: Language) -> list[BarRow]:
    """The bars of a report that is drawn in its files; none of one that is not, or that has more
    rows than a picture holds.
    """
    is_small = 1 < len(report.rows) <= MOST
    if not report.kind.is_drawn or not is_small or measured(report.columns) is None:
        return []
    return bars_of(report.columns, report.rows, lang)


def part_of(bar: BarRow, bars: Sequence[BarRow], room: int) -> int:
    """How much of the room a bar takes beside the largest, which fills it; never less than one of
    what is not nothing.
    """
    most = max(abs(each.size) for each in bars) or 1
    return -(-abs(bar.size) * room // most)


def _size(value: Any) -> int:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, str):
        return int(value.replace("%", "").replace(".", ""))
    return value.thousandths if isinstance(value, Quantity) else int(value or 0)
