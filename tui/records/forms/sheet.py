"""The sheet of a form: labels, boxes and grid lines, drawn by one widget; one box is edited.

A form of thirty fields is one widget and not thirty: it opens at once, and a key repaints one row.
The sheet knows where the caret is and what was typed; what leaving a box means is the form's part
(`Sheet.Leaving`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from models.listings.listings import Field, Grid
from receipts.terminal import cells
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.safe import cut, fit
from tui.desk.words import t
from tui.records.forms.sheet_plan import Plan, PlanRow, Spot
from tui.records.values import (
    NO,
    NO_TYPED,
    SIGNS,
    YES,
    YES_TYPED,
    next_choice,
    shown,
    takes,
    wanted,
)
from tui.widgets.edit import EditLine, Mark
from tui.widgets.rows import Piece

STEPS = {"enter": 1, "tab": 1, "down": 1, "shift+tab": -1, "up": -1}


class Sheet(EditLine):
    """See the docstring of this file."""

    class Leaving(Message):
        """Enter, Tab or an arrow: the caret wants to go on by `step` boxes. `run`: what came before
        the key at a scanner's pace.
        """

        def __init__(self, key: str, step: int, run: str = "") -> None:
            super().__init__()
            self.key, self.step, self.run = key, step, run

    def __init__(self, fields: Sequence[Field], grid: Grid | None = None) -> None:
        super().__init__(id="sheet")
        self.fields, self.grid = list(fields), grid
        self.values: dict[str, Any] = {}
        self.lines: list[dict[str, Any]] = []
        self.closed_fields: frozenset[str] = frozenset()
        self.spots: list[Spot] = []
        self.at = self._top = 0
        self._plan = Plan()

    # What it shows.

    def show(
        self,
        values: Mapping[str, Any],
        lines: Sequence[Mapping[str, Any]] = (),
        *,
        closed: frozenset[str] | None = None,
        at: int | None = None,
    ) -> None:
        """Show a record; `closed` fields are shown and not typed in."""
        self.values, self.lines = dict(values), [dict(line) for line in lines]
        if closed is not None:
            self.closed_fields = closed
        self._settle()
        self.go(self.at if at is None else at)

    def _settle(self) -> None:
        self.spots = [Spot(each) for each in self.fields if self._is_open(each)]
        if self.grid:
            self.spots += [
                Spot(each, line)
                for line in range(len(self.lines))
                for each in self.grid.fields
                if self._is_open(each)
            ]
        self._plan = Plan(self.fields, self.grid, len(self.lines), self.size.width)

    def _is_open(self, field: Field) -> bool:
        return not field.is_computed and field.name not in self.closed_fields

    @property
    def spot(self) -> Spot | None:
        """The box with the caret; None in a sheet that is only read."""
        return self.spots[self.at] if self.at < len(self.spots) else None

    @property
    def is_last(self) -> bool:
        return self.at >= len(self.spots) - 1

    def value_at(self, spot: Spot) -> Any:
        """What is kept for a box."""
        home = self.values if spot.line is None else self.lines[spot.line]
        return home.get(spot.field.name)

    def keep(self, value: Any) -> None:
        """Keep a value for the box with the caret, and show it as people read it."""
        spot = self.spot
        assert spot is not None
        home = self.values if spot.line is None else self.lines[spot.line]
        home[spot.field.name] = value
        text = shown(spot.field, value)
        if text != self.value:
            self.set_value(text, is_fresh=True)

    @property
    def is_touched(self) -> bool:
        """Whether the text in the box is another than that of the kept value."""
        spot = self.spot
        return spot is not None and self.value != shown(spot.field, self.value_at(spot))

    def go(self, at: int) -> None:
        """Put the caret into a box."""
        self.at = max(0, min(at, len(self.spots) - 1))
        spot = self.spot
        if spot is not None:
            self.is_secret, self.limit = spot.field.kind == "secret", spot.field.limit
            text = shown(spot.field, self.value_at(spot))
            super()._put(Mark(text, len(text), bool(text)))
        self._scroll()
        self.refresh()

    def find(self, name: str, line: int | None = None) -> int:
        """The number of a box."""
        return next(
            (n for n, s in enumerate(self.spots) if (s.field.name, s.line) == (name, line)), 0
        )

    # The lines of the grid.

    def insert_line(self, at: int | None = None) -> None:
        """A new line behind the one with the caret, or at the end."""
        assert self.grid is not None
        spot = self.spot
        if at is None:
            at = len(self.lines) if spot is None or spot.line is None else spot.line + 1
        self.lines.insert(at, {each.name: each.default for each in self.grid.fields})
        self._settle()
        self.go(self.find(self.grid.fields[0].name, at))

    def delete_line(self) -> bool:
        """Take out the line with the caret; whether there was one."""
        spot = self.spot
        if self.grid is None or spot is None or spot.line is None:
            return False
        line = spot.line
        del self.lines[line]
        self._settle()
        if self.lines:
            self.go(self.find(self.grid.fields[0].name, min(line, len(self.lines) - 1)))
        else:
            self.go(len(self.spots) - 1)
        return True

    def is_line_blank(self, line: int) -> bool:
        """Whether nothing was put into a line yet."""
        assert self.grid is not None
        held = self.lines[line]
        return all(held.get(each.name) in (None, "", each.default) for each in self.grid.fields)

    # Keys.

    @property
    def takes_signs(self) -> bool:
        spot = self.spot
        return spot is not None and spot.field.kind in SIGNS

    @property
    def refuses_codes(self) -> bool:
        """Whether no code of a scanner can stand in the box with the caret."""
        spot = self.spot
        return spot is not None and (spot.field.is_number or spot.field.is_typed)

    def on_edit_key(self, event: events.Key) -> bool:
        if step := STEPS.get(event.key):
            if self.spot is None:
                self._roll(step)
            else:
                self.post_message(self.Leaving(event.key, step, getattr(event, "run", "")))
            return True
        if event.key in ("pageup", "pagedown"):
            self._page(1 if event.key == "pagedown" else -1)
            return True
        return self.spot is not None and super().on_edit_key(event)

    def take_back(self, run: str) -> None:
        """The box as it was before these keys."""
        before = self.value.removesuffix(run)
        if before and before != self.value:
            self.set_value(before)
        else:
            self.go(self.at)

    def insert(self, text: str) -> None:
        spot = self.spot
        if spot is None:
            return
        if spot.field.kind in ("choice", "yes-no"):
            self._insert_choice(spot.field, text)
            return
        head, tail = ("", "") if self._is_fresh else self._halves()
        after = head + text + tail
        if len(after) > spot.field.limit:
            self._refuse(LONG, spot.field)
            return
        if takes(spot.field, head + tail) and not takes(spot.field, after):
            # It stands there, and leaving the box refuses it: left out, 3o0 would be 30.
            self._refuse(ONLY, spot.field)
        super().insert(text)

    def _insert_choice(self, field: Field, text: str) -> None:
        spot = self.spot
        assert spot is not None
        if text == " " and not self.is_touched:
            self.keep(next_choice(field, self.value_at(spot)))
        elif field.kind == "yes-no":
            low = text.casefold()
            if low in YES_TYPED or low in NO_TYPED:
                self.keep(low in YES_TYPED)
            else:
                self._refuse(ONLY_YES_NO, field)
        else:
            super().insert(text)

    def _refuse(self, msgid: str, field: Field) -> None:
        desk: Any = self.app
        desk.alarm(
            msgid,
            field=t(field.label),
            wanted=wanted(field),
            most=field.limit,
            yes=t(YES),
            no=t(NO),
        )

    def _page(self, step: int) -> None:
        rows = max(1, self.size.height - 1)
        if self.spot is None:
            self._roll(step * rows)
        else:
            self.post_message(self.Leaving("page", step * rows))

    def _roll(self, step: int) -> None:
        self._top = max(0, min(self._top + step, len(self._plan.rows) - self.size.height))
        self.refresh()

    def target(self, key: str, step: int) -> int:
        """The box that a key leads to: along the order, or up and down a column of the grid."""
        spot = self.spot
        if spot is None or spot.line is None or key in ("enter", "tab", "shift+tab"):
            return self.at + step
        line = spot.line + step
        if 0 <= line < len(self.lines):
            return self.find(spot.field.name, line)
        if line < 0:
            return self.find(self.spots[self.at].field.name, 0) - self._column(spot) - 1
        return self.find(spot.field.name, len(self.lines) - 1)

    def _column(self, spot: Spot) -> int:
        assert self.grid is not None
        return [each.name for each in self.grid.fields if self._is_open(each)].index(
            spot.field.name
        )

    # Drawing.

    def _scroll(self) -> None:
        """Bring the box with the caret into sight; when that moves, all is drawn again."""
        height = self.size.height
        if not height or self.spot is None:
            return
        y, _, _ = self._plan.place(self.spot)
        # With a row of what comes next in sight.
        if y >= self._top + height - 1:
            self._top = y - height + 2
        if y <= self._top:
            self._top = max(0, y - 1)
        self._top = max(0, min(self._top, len(self._plan.rows) - height))

    def _put(self, mark: Mark) -> None:
        changed = mark.value != self._value
        self._value, self._is_fresh = mark.value, mark.is_fresh
        self._caret = max(0, min(mark.caret, len(mark.value)))
        if self.is_attached and self.spot is not None:
            self.refresh_row(self._plan.place(self.spot)[0] - self._top)
            self._place_cursor()
            if changed:
                self.post_message(self.Changed(self))

    def render_line(self, y: int) -> Strip:
        # The window's new width is known here first.
        self._plan.width = self.size.width
        index = y + self._top
        if index >= len(self._plan.rows) or not self.size.width:
            return self.blank()
        strip = self.strip_of(self._pieces(self._plan.rows[index]))
        if thumb := self._thumb(y):
            width = self.size.width
            strip = Strip([*strip.crop(0, width - 1), Segment(thumb, self.tone("faint"))], width)
        return strip

    def _pieces(self, row: PlanRow) -> list[Piece]:
        if row.heading:
            return [(f"  {t(row.heading)}", "accent")]
        if row.is_head:
            return self._head_pieces()
        if row.line is not None:
            return self._line_pieces(row.line)
        return self._field_pieces(row)

    def _thumb(self, y: int) -> str:
        """The sign in the last column that says where in a long form this is."""
        count, height = len(self._plan.rows), self.size.height
        if count <= height:
            return ""
        size = max(1, height * height // count)
        start = (height - size) * self._top // (count - height)
        return glyphs().thumb if start <= y < start + size else glyphs().track

    def _field_pieces(self, row: PlanRow) -> list[Piece]:
        pieces: list[Piece] = []
        used = 0
        for n, field in enumerate(row.fields):
            start = self._plan.start(row, n)
            here = self.spot is not None and self.spot.line is None and self.spot.field is field
            pieces.append((" " * (start - used - 2), ""))
            pieces.append((f"{glyphs().cursor} " if here else "  ", "accent"))
            pieces.append(self._label(field, here))
            width = self._plan.box(field)
            pieces += self._box_pieces(Spot(field), width, here=here)
            used = start + self._plan.label_width + width
            if field.unit:
                unit = f" {t(field.unit)}"
                pieces.append((unit, "muted"))
                used += cells(unit)
        if len(row.fields) == 1 and row.fields[0].example and self._is_open(row.fields[0]):
            # The thumb of a long form stands in the last cell.
            room = self.size.width - 1 - used
            example = f"  {t('e.g.')} {row.fields[0].example}"
            pieces.append((cut(example, room, glyphs().ellipsis), "muted"))
        return pieces

    def _label(self, field: Field, here: bool) -> Piece:
        sign = "*" if field.is_required and not field.is_automatic else ""
        width = self._plan.label_width
        text = cut(t(field.label), width - 1 - len(sign), glyphs().ellipsis) + sign
        return fit(text, width), "strong" if here else "muted"

    def _box_pieces(self, spot: Spot, width: int, *, here: bool) -> list[Piece]:
        if here:
            return self._edited(width)
        text = shown(spot.field, self.value_at(spot))
        if spot.field.kind == "secret":
            text = "*" * len(text)
        is_open = self._is_open(spot.field)
        align = "right" if spot.field.is_number and (spot.line is not None) else "left"
        text = cut(text, width, glyphs().ellipsis)
        if is_open and self._is_colourless and spot.line is None:
            # Without colours a box is drawn as a line to write on.
            return [(text + "_" * (width - cells(text)), "")]
        return [(fit(text, width, align), "cursor-off" if is_open else "")]

    @property
    def _is_colourless(self) -> bool:
        return str(self.app.theme).endswith("mono")

    def _edited(self, width: int) -> list[Piece]:
        """The box with the caret: the part of the text that is seen, and the block."""
        text, caret = self._seen(width)
        under = text[caret : caret + 1] or " "
        if self._is_fresh and text:
            return [(text, "block"), (" " * max(0, width - cells(text)), "cursor")]
        rest = text[caret + 1 :]
        used = cells(text[:caret]) + cells(under) + cells(rest)
        return [
            (text[:caret], "cursor"),
            (under, "block"),
            (rest + " " * max(0, width - used), "cursor"),
        ]

    def _seen(self, width: int) -> tuple[str, int]:
        text, start = self._shown, 0
        while cells(text[start : self._caret]) >= width:
            start += 1
        end = len(text)
        while cells(text[start:end]) > width:
            end -= 1
        return text[start:end], self._caret - start

    def _head_pieces(self) -> list[Piece]:
        assert self.grid is not None
        pieces: list[Piece] = [("    ", "")]
        for each in self.grid.fields:
            _, width = self._plan.grid_boxes()[each.name]
            align = "right" if each.is_number else "left"
            label = fit(cut(t(each.label), width, glyphs().ellipsis), width, align)
            pieces.append((f"{label} ", "muted"))
        return pieces

    def _line_pieces(self, line: int) -> list[Piece]:
        assert self.grid is not None
        spot = self.spot
        is_here = spot is not None and spot.line == line
        sign = glyphs().cursor if is_here else " "
        pieces: list[Piece] = [(f"  {sign} ", "accent")]
        for each in self.grid.fields:
            _, width = self._plan.grid_boxes()[each.name]
            here = is_here and spot is not None and spot.field is each
            pieces += self._box_pieces(Spot(each, line), width, here=here)
            pieces.append((" ", ""))
        return pieces

    def _place_cursor(self) -> None:
        if self.is_attached and self.has_focus and self.spot is not None and self.size.width:
            y, x, width = self._plan.place(self.spot)
            text, caret = self._seen(width)
            at = Offset(x + cells(text[:caret]), y - self._top)
            self.app.cursor_position = self.content_region.offset + at

    def _on_resize(self, event: events.Resize) -> None:
        self._plan.width = event.size.width
        self._scroll()
        self._place_cursor()

    def on_click(self, event: events.Click) -> None:
        """A click goes to the box under it, as Tab would."""
        found = self._plan.at(event.x, event.y + self._top)
        if found is not None and (at := self.find(*found)) != self.at:
            self.post_message(self.Leaving("tab", at - self.at))


ONLY = word("{field}: here stands {wanted}.")
ONLY_YES_NO = word("{field}: press Space, or type Y for {yes} and N for {no}.")
LONG = word("{field}: at most {most} characters fit here.")
