"""Where everything stands on the sheet of a form: rows, labels, boxes, and the boxes of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.trust.books import Field, Grid
from receipts.terminal import cells
from tui.desk.words import t

LABEL_MOST = 18
MARGIN = 2
GRID_MARGIN = 4
# A text in a grid is not shown wider than this.
WIDE_MOST = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A box that can be typed in: a field of the record, or of one of its lines."""

    field: Field
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the sheet: fields side by side, a heading, the grid's head, or a grid line."""

    fields: tuple[Field, ...] = ()
    heading: str = ""
    is_head: bool = False
    line: int | None = None


class Plan:
    """The plan of a sheet of so many cells; `width` may change with the window."""

    def __init__(
        self, fields: Sequence[Field] = (), grid: Grid | None = None, lines: int = 0, width: int = 0
    ) -> None:
        self.fields, self.grid, self.width = list(fields), grid, width
        self.rows: list[PlanRow] = []
        for each in fields:
            before = self.rows[-1].fields if self.rows else ()
            if each.is_beside and len(before) == 1:
                self.rows[-1] = PlanRow((*before, each))
            else:
                self.rows.append(PlanRow((each,)))
        if grid:
            self.rows += [PlanRow(heading=grid.label), PlanRow(is_head=True)]
            self.rows += [PlanRow(line=line) for line in range(lines)]

    @property
    def label_width(self) -> int:
        """As wide as the longest label in the language of now."""
        widths = [min(LABEL_MOST, cells(t(each.label)) + 2) for each in self.fields]
        return max(widths, default=LABEL_MOST)

    def box(self, field: Field) -> int:
        """How wide the box of a field is."""
        room = self.width - self.label_width - 3 * MARGIN
        return max(1, min(field.box or field.width or room, room))

    def start(self, row: PlanRow, place: int) -> int:
        """Where the label of the first or the second field of a row begins."""
        if place == 0:
            return MARGIN
        first = row.fields[0]
        unit = cells(t(first.unit)) if first.unit else 0
        end = MARGIN + self.label_width + self.box(first) + 3 + unit
        return max(end, self.width // 2)

    def grid_boxes(self) -> dict[str, tuple[int, int]]:
        """First cell and width of each column of the grid, by name."""
        assert self.grid is not None
        fields = self.grid.fields
        taken = sum(each.width + 1 for each in fields)
        shared = max(1, sum(not each.width for each in fields))
        spare = max(8, (self.width - GRID_MARGIN - MARGIN - taken) // shared)
        boxes, x = {}, GRID_MARGIN
        for each in fields:
            width = each.width or min(spare, WIDE_MOST)
            boxes[each.name] = (x, width)
            x += width + 1
        return boxes

    def place(self, spot: Spot) -> tuple[int, int, int]:
        """Row, first cell and width of a box."""
        for y, row in enumerate(self.rows):
            if spot.line is None and spot.field in row.fields:
                x = self.start(row, row.fields.index(spot.field)) + self.label_width
                return y, x, self.box(spot.field)
            if spot.line is not None and row.line == spot.line:
                x, width = self.grid_boxes()[spot.field.name]
                return y, x, width
        return 0, 0, 1

    def at(self, x: int, y: int) -> tuple[str, int | None] | None:
        """The field, and its line, that a cell of the sheet belongs to."""
        row = self.rows[y] if 0 <= y < len(self.rows) else PlanRow()
        if row.line is not None:
            for name, (start, width) in self.grid_boxes().items():
                if start <= x <= start + width:
                    return name, row.line
        if row.fields:
            is_second = len(row.fields) > 1 and x >= self.start(row, 1)
            return row.fields[int(is_second)].name, None
        return None
