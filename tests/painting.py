"""Pictures of an emulated terminal: each cell drawn where it stands, lines and blocks by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyte
from PIL import Image, ImageDraw, ImageFont
from wcwidth import wcwidth

CELL_W, CELL_H = 9, 20
NARROW = ("DejaVuSansMono.ttf", 15)
NARROW_BOLD = ("DejaVuSansMono-Bold.ttf", 15)
WIDE = ("wqy-zenhei.ttc", 17)
FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/wqy")
GROUND, INK = "#14181d", "#d7dde3"
ANSI = {
    "black": "#000000", "red": "#cd3131", "green": "#0dbc79", "brown": "#e5e510",
    "blue": "#2472c8", "magenta": "#bc3fbc", "cyan": "#11a8cd", "white": "#e5e5e5",
}  # fmt: skip
COLOURS = 128
Box = tuple[int, int, int, int]


class FontMissing(RuntimeError):
    """Pictures need the packages fonts-dejavu-core and fonts-wqy-zenhei."""


@lru_cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    for folder in FOLDERS:
        if (Path(folder) / name).exists():
            return ImageFont.truetype(f"{folder}/{name}", size)
    raise FontMissing(f"{name}: install fonts-dejavu-core and fonts-wqy-zenhei")


def paint(screen: pyte.Screen, file: Path) -> None:
    """Draw the screen and write it as a small PNG."""
    size = (screen.columns * CELL_W, screen.lines * CELL_H)
    image = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(image)
    for x, y, width, cell in _cells(screen):
        _paint_cell(draw, cell, (x * CELL_W, y * CELL_H, (x + width) * CELL_W, (y + 1) * CELL_H))
    # The octree keeps the few points of a rare colour, which the median cut gives away.
    small = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def _cells(screen: pyte.Screen) -> Iterator[tuple[int, int, int, Any]]:
    for y in range(screen.lines):
        row, x = screen.buffer[y], 0
        while x < screen.columns:
            cell = row[x]
            width = 2 if wcwidth((cell.data or " ")[0]) == 2 else 1
            yield x, y, width, cell
            x += width


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return ANSI.get(name.removeprefix("bright"), f"#{name}")


def _paint_cell(draw: ImageDraw.ImageDraw, cell: Any, box: Box) -> None:
    ink, ground = _colour(cell.fg, INK), _colour(cell.bg, GROUND)
    if cell.reverse:
        ink, ground = ground, ink
    left, top, right, bottom = box
    draw.rectangle((left, top, right - 1, bottom - 1), fill=ground)
    text = cell.data or " "
    if shape := SHAPES.get(text):
        shape(draw, box, ink)
    elif not text.isspace():
        _write(draw, text, box, ink, is_bold=cell.bold)
    if cell.underscore:
        draw.line((left, bottom - 2, right - 1, bottom - 2), fill=ink)


def _write(draw: ImageDraw.ImageDraw, text: str, box: Box, ink: str, *, is_bold: bool) -> None:
    left, top, right, _ = box
    is_wide = right - left > CELL_W
    name, size = WIDE if is_wide else NARROW_BOLD if is_bold else NARROW
    face = font(name, size)
    middle = left + (right - left - face.getlength(text)) / 2
    # WenQuanYi has no bold face: drawn twice, half a point apart, it looks like one.
    base = top + 15
    draw.text((middle, base), text, font=face, fill=ink, anchor="ls")
    if is_bold and is_wide:
        draw.text((middle + 0.6, base), text, font=face, fill=ink, anchor="ls")


# Signs whose lines must meet those of the next cell.


def _lines(*ways: str, weight: int = 1) -> Callable[[ImageDraw.ImageDraw, Box, str], None]:
    def draw_them(draw: ImageDraw.ImageDraw, box: Box, ink: str) -> None:
        left, top, right, bottom = box
        x, y = (left + right) // 2, (top + bottom) // 2
        ends = {"l": (left, y), "r": (right - 1, y), "u": (x, top), "d": (x, bottom - 1)}
        for way in ways:
            draw.line(((x, y), ends[way]), fill=ink, width=weight)

    return draw_them


def _block(x0: float, y0: float, x1: float, y1: float) -> Any:
    def draw_it(draw: ImageDraw.ImageDraw, box: Box, ink: str) -> None:
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        area = (left + x0 * width, top + y0 * height, left + x1 * width - 1, top + y1 * height - 1)
        draw.rectangle(area, fill=ink)

    return draw_it


SHAPES: dict[str, Callable[[ImageDraw.ImageDraw, Box, str], None]] = {
    "─": _lines("l", "r"), "│": _lines("u", "d"), "┃": _lines("u", "d", weight=3),
    "╭": _lines("r", "d"), "╮": _lines("l", "d"), "╰": _lines("r", "u"), "╯": _lines("l", "u"),
    "┌": _lines("r", "d"), "┐": _lines("l", "d"), "└": _lines("r", "u"), "┘": _lines("l", "u"),
    "├": _lines("u", "d", "r"), "┤": _lines("u", "d", "l"), "┬": _lines("l", "r", "d"),
    "┴": _lines("l", "r", "u"), "┼": _lines("l", "r", "u", "d"),
    "█": _block(0, 0, 1, 1), "▀": _block(0, 0, 1, 0.5), "▄": _block(0, 0.5, 1, 1),
    "▌": _block(0, 0, 0.5, 1), "▐": _block(0.5, 0, 1, 1),
}  # fmt: skip
