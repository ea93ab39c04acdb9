"""Rows as they stand on the screen, so that a scan draws two of them and not forty.

Textual asks each widget that overlaps the area of change for all of its rows, looks up the filters
of each, and puts borders and padding around each new one. Our rows have neither: they are drawn,
filtered and kept until they change.
"""

from __future__ import annotations

from textual.color import TRANSPARENT
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.desk.textual_inside import StylesCache


class Drawn(StylesCache):
    """Textual's cache of one widget's rows, with a short way for a widget that is nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._filters: list[LineFilter] = []
        self._is_bare: bool | None = None
        self._ground = TRANSPARENT

    def clear(self) -> None:
        """Forget every row."""
        super().clear()
        self._is_bare = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The rows inside `crop`, drawn where they are dirty."""
        width, filters = widget.region.width, widget.get_line_filters()
        if width != self._width or filters != self._filters:
            self.clear()
            if kept := getattr(widget, "kept", None):
                kept.clear()
            self._width, self._filters = width, list(filters)
        if self._is_bare is None:
            self._is_bare, self._ground = is_bare(widget), widget.background_colors[1]
        if not self._is_bare:
            return super().render_widget(widget, crop)
        drawn, dirty = self._cache, self._dirty_lines
        for y in crop.line_range:
            if y in dirty or y not in drawn:
                drawn[y] = self._draw(widget, y)
        dirty.difference_update(crop.line_range)
        strips = [drawn[y] for y in crop.line_range]
        if crop.column_span != (0, width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _draw(self, widget: Widget, y: int) -> Strip:
        strip = widget.render_line(y)
        if strip.cell_length != self._width:
            strip = strip.adjust_cell_length(self._width, widget.rich_style)
        for one in self._filters:
            strip = strip.apply_filter(one, self._ground)
        return strip


def is_bare(widget: Widget) -> bool:
    """Whether the styles of a widget put nothing around or over its rows."""
    styles = widget.styles
    sides = ("outline_top", "outline_right", "outline_bottom", "outline_left")
    if styles.has_any_rules(*sides, "tint", "hatch", "text_opacity"):
        return False
    return styles.gutter.totals == (0, 0) and widget.opacity == 1.0
