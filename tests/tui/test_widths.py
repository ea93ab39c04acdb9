"""What stands on 80 columns is whole, in both languages; what stands on 200 is near together.

Heads of columns, labels of forms and their boxes, over all that is declared: no screen is opened.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import tui.trades  # noqa: F401 - lists the rooms
from models.listings.listings import Listing
from receipts.terminal import cells
from receipts.words import LANGUAGES, say
from tests.sources import parsed
from tui.desk.words import speak, t
from tui.records.columns import columns_of
from tui.records.forms.sheet_plan import Plan
from tui.records.listings import listing_names
from tui.widgets.laid_out import laid_out

# On so many columns everything must be complete.
NARROW, WIDE = 80, 200
# The cursor before a row, and the thumb behind it.
MARGIN = 2
# No column before another is wider than this, whatever the screen.
FARTHEST = 48


def listings(root: Path) -> list[Listing]:
    """All listings that stand in the rooms of the screen, declared for the menu or not."""
    found: dict[int, Listing] = {}
    for path in sorted((root / "tui").rglob("*.py")):
        if "Listing(" in path.read_text(encoding="utf-8"):
            module = import_module(".".join(path.relative_to(root).with_suffix("").parts))
            for value in vars(module).values():
                each = value.values() if isinstance(value, Mapping) else (value,)
                found |= {id(one): one for one in each if isinstance(one, Listing)}
    return list(found.values())


def fixed_columns(root: Path) -> Iterator[tuple[str, str, int]]:
    """File, message id of the head, and width of each column that is written with its width."""
    for path in (root / "tui").rglob("*.py"):
        for call in ast.walk(parsed(path)):
            match call:
                case ast.Call(
                    func=ast.Name(id="Column"),
                    args=[
                        ast.Call(args=[ast.Constant(value=str(head))]),
                        ast.Constant(value=int(width)),
                        *_,
                    ],
                ) if width:
                    yield path.name, head, width


def test_no_head_of_a_column_is_cut(root: Path) -> None:
    found = list(fixed_columns(root))
    assert len(found) > 40
    cut = [
        (file, say(head, lang), width)
        for lang in LANGUAGES
        for file, head, width in found
        if cells(say(head, lang)) > width
    ]
    assert not cut


def plans(root: Path) -> Iterator[tuple[Listing, Plan]]:
    """Every form at the least width, in each language."""
    for lang in LANGUAGES:
        speak(lang)
        for each in listings(root):
            yield each, Plan(each.in_form(), each.grid, 0, NARROW)


def test_no_label_and_no_head_of_a_form_is_cut(root: Path) -> None:
    cut = []
    for of, plan in plans(root):
        room = plan.label_width - 2
        cut += [(of.name, t(each.label)) for each in plan.fields if cells(t(each.label)) > room]
        for each in of.grid.fields if of.grid else ():
            width = plan.grid_boxes()[each.name][1]
            if cells(t(each.label)) > width:
                cut.append((of.name, t(each.label)))
    assert not cut


def test_boxes_beside_stand_below_each_other_and_on_the_screen(root: Path) -> None:
    ragged, outside = [], []
    for of, plan in plans(root):
        rows = [row for row in plan.rows if len(row.fields) > 1]
        if len({plan.start(row, 1) for row in rows}) > 1:
            ragged.append(of.name)
        for row in rows:
            end = plan.start(row, 1) + plan.label_width + plan.box(row.fields[1])
            if end > NARROW:
                outside.append((of.name, t(row.fields[1].label), end))
    assert not ragged
    assert not outside


def test_heads_of_lists_are_whole_and_rows_are_read_in_one_glance(root: Path) -> None:
    cut, far, crowded = [], [], []
    for lang in LANGUAGES:
        speak(lang)
        for of in listings(root):
            if of.name not in listing_names() or of.row is None:
                # A form and no list.
                continue
            columns = columns_of(of, of.listed())
            cut += [
                (of.name, t(each.label), each.width)
                for each in columns
                if each.width and cells(t(each.label)) > each.width
            ]
            narrow = sum(width + 1 for _, width in laid_out(columns, NARROW - MARGIN))
            crowded += [of.name] if narrow > NARROW - MARGIN + 1 else []
            laid = laid_out(columns, WIDE)
            far += [(of.name, width) for at, width in laid[:-1] if width > FARTHEST]
    assert not cut
    assert not crowded
    assert not far
