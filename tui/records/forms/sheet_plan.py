"""Where everything stands on the sheet of a form: rows, labels, boxes, and the boxes of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.listings.listings import Field, Grid
from receipts.terminal import cells
from tui.desk.words import t
from tui.records.looks import box_of, is_beside, width_of

LABEL_MOST = 18
MARGIN = 2
GRID_MARGIN = 4
# Between a box and the label beside it.
GAP = 2
# No box is narrower than this for the sake of another.
LEAST_BOX = 12
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
            if is_beside(each) and len(before) == 1:
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
        """How wide the box of a field is: what stands beside another ends with the screen."""
        start = MARGIN
        for row in self.rows:
            if len(row.fields) > 1 and row.fields[1] is field:
                start = self.start(row, 1)
        return max(1, min(self._wanted(field), self.width - start - self.label_width - MARGIN))

    def _wanted(self, field: Field) -> int:
        room = self.width - self.label_width - 3 * MARGIN
        return min(box_of(field) or room, room)

    def start(self, row: PlanRow, place: int) -> int:
        """Where the label of the first or the second field of a row begins: those beside stand
        below each other, as near to the first ones as the widest of these lets them.
        """
        if place == 0:
            return MARGIN
        shared = max(self._end(each.fields[0]) for each in self.rows if len(each.fields) > 1)
        if shared + self.label_width + LEAST_BOX <= self.width:
            return shared
        return max(self._end(row.fields[0]), self.width // 2)

    def _end(self, first: Field) -> int:
        """Where what stands beside the first field of a row may begin."""
        unit = cells(t(first.unit)) + 1 if first.unit else 0
        return MARGIN + self.label_width + self._wanted(first) + unit + GAP

    def grid_boxes(self) -> dict[str, tuple[int, int]]:
        """First cell and width of each column of the grid, by name."""
        assert self.grid is not None
        fields = self.grid.fields
        taken = sum(width_of(each) + 1 for each in fields)
        shared = max(1, sum(not width_of(each) for each in fields))
        spare = max(8, (self.width - GRID_MARGIN - MARGIN - taken) // shared)
        boxes, x = {}, GRID_MARGIN
        for each in fields:
            width = width_of(each) or min(spare, WIDE_MOST)
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
