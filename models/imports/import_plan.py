"""Import plans: how a sheet of another program is read as fields of ours.

Nothing here touches the database: a plan may be made in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from models.base.fields import store_currency
from models.base.refusals import Refusal
from models.imports.import_kind import ImportKind, heading
from models.imports.import_numbers import COMMA, POINT, Signs, Style, style_of
from models.imports.import_survey import Survey, is_sum, surveyed
from models.sheets.sheets import Sheet, read_sheet

# Real exports begin with a title or two; the headings come in one of the first rows.
_HEAD_ROWS = 10
# So many rows may begin with empty cells of a column before it counts as empty.
_FIRST_ROWS = 20


class ImportHeadingMissing(Refusal):
    """The sheet lacks a column without which nothing can be imported."""


class ImportHeadingUnknown(Refusal):
    """A mapping names a heading that the sheet does not have."""


class DecimalUnknown(Refusal):
    """The decimal sign is a point or a comma."""


class HeadRowUnknown(Refusal):
    """The row that was named as that of the headings is not there, or is empty."""


@dataclass(frozen=True, slots=True)
class How:
    """How a sheet is read, as somebody said it: fields by the heading of their column ("" leaves a
    column out), values for empty cells by field, the decimal sign, the row of the headings. What is
    not said is found out.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""
    head_line: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet is read: which column is which field, and where its headings stand."""

    kind: ImportKind
    sheet: Sheet
    how: How
    columns: dict[int, str]
    head_line: int
    heads: tuple[str, ...]
    survey: Survey
    styles: dict[int, Style]

    @property
    def defaults(self) -> Mapping[str, str]:
        return self.how.defaults

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings of columns that are left out."""
        return tuple(head for at, head in enumerate(self.heads) if at not in self.columns and head)

    @property
    def sums(self) -> list[int]:
        """The rows that are sums of a list: no column of them names a record."""
        keys = {at for at, name in self.columns.items() if self.kind.field(name).is_key}
        return [line for line, cells in self.survey.sums.items() if is_sum(cells, keys)]

    @property
    def rows(self) -> int:
        """How many rows there are to be read."""
        return self.survey.rows - len(self.sums)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields of which the sheet must have one and has none; empty when it can be imported."""
        here = {*self.columns.values(), *self.defaults}
        return next((group for group in self.kind.needs if not set(group) & here), ())

    def refuse_lacking(self) -> None:
        """Refuses: ImportHeadingMissing."""
        if group := self.lacking:
            raise ImportHeadingMissing(
                columns=self.kind.titles(group), found=", ".join(filter(None, self.heads))
            )

    @property
    def options(self) -> dict[str, Any]:
        """What makes reading the same file in another way other work."""
        return {
            "columns": {str(at): name for at, name in self.columns.items()},
            "defaults": dict(self.defaults),
            "read": [self.sheet.encoding, self.sheet.separator, self.sheet.page, self.head_line],
            "decimal": {str(at): style.sign for at, style in self.styles.items()},
        }


def plan_import(kind: ImportKind, sheet: Sheet, how: How | None = None, **said: Any) -> Plan:
    """Find out which column is which field, without the database. What `How` has may be `said`.

    Refuses: ImportHeadingMissing, and what `draft_plan` refuses.
    """
    plan = draft_plan(kind, sheet, how or How(**said))
    plan.refuse_lacking()
    return plan


def draft_plan(
    kind: ImportKind,
    sheet: Sheet,
    how: How | None = None,
    *,
    survey: Survey | None = None,
    watch: Callable[[int], None] | None = None,
) -> Plan:
    """The same for a sheet whose columns are still to be named: it may lack what is needed. A
    `survey` of the same sheet and headings is not made again; `watch` is told of each that is.

    Refuses: ImportFieldUnknown, ImportHeadingUnknown, DecimalUnknown, HeadRowUnknown.
    """
    kind.load()
    how = _named(kind, how or How())
    known = headings_of(kind)
    head_line, heads = _find_heads(sheet, known, how.head_line)
    columns = _columns(heads, known, how.mapping)
    found = survey or surveyed(sheet, head_line, watch)
    styles = _styles(kind, columns, found, how.decimal)
    return Plan(kind, sheet, how, columns, head_line, tuple(heads), found, styles)


def best_page(kind: ImportKind, sheet: Sheet) -> Sheet:
    """Of a spreadsheet with several sheets the one whose headings are known best."""
    known = headings_of(kind)
    pages = [sheet.turned_to(page) for page in sheet.pages]
    return max(pages, key=lambda page: _best_head(page, known)[0], default=sheet)


def open_sheet(kind: ImportKind, path: Path, **told: str) -> Sheet:
    """Open a file as `read_sheet` does; of a spreadsheet, where no `page` is told, the sheet that
    looks like a list of this kind.
    """
    sheet = read_sheet(path, **told)
    return sheet if told.get("page") else best_page(kind, sheet)


def first_cells(plan: Plan) -> list[str]:
    """Under each heading the first cell that holds anything, among the first rows."""
    found = [""] * len(plan.heads)
    rows = (row.cells for row in plan.sheet.rows() if row.number > plan.head_line)
    for cells in islice(rows, _FIRST_ROWS):
        found = [old or new for old, new in zip_longest(found, cells, fillvalue="")]
    return found[: len(plan.heads)]


# --- headings


def _named(kind: ImportKind, how: How) -> How:
    """The same with our own names for the fields. Refuses: ImportFieldUnknown, DecimalUnknown."""
    if how.decimal not in ("", POINT, COMMA):
        raise DecimalUnknown(decimal=how.decimal)
    mapping = {head: name and kind.field(name).name for head, name in how.mapping.items()}
    defaults = {kind.field(name).name: value for name, value in how.defaults.items()}
    return How(mapping, defaults, how.decimal, how.head_line)


def headings_of(kind: ImportKind) -> dict[str, tuple[str, int]]:
    """Every known heading: its field and its place among those of the field."""
    found: dict[str, tuple[str, int]] = {}
    for each in kind.fields:
        for name, place in each.words():
            if name not in found or place < found[name][1]:
                found[name] = (each.name, place)
    return found


def _find_heads(
    sheet: Sheet, known: Mapping[str, tuple[str, int]], head_line: int
) -> tuple[int, list[str]]:
    if not head_line:
        _, line, cells = _best_head(sheet, known)
        return line, cells
    for row in sheet.rows():
        if row.number == head_line:
            return head_line, row.cells
    raise HeadRowUnknown(row=head_line)


def _best_head(
    sheet: Sheet, known: Mapping[str, tuple[str, int]]
) -> tuple[tuple[int, int], int, list[str]]:
    """The row that holds most known headings, among the first ones; the widest when none does."""
    best: tuple[tuple[int, int], int, list[str]] = ((0, 0), 0, [])
    for line, cells, _ in islice(sheet.rows(), _HEAD_ROWS):
        count = len({known[name][0] for name in map(heading, cells) if name in known})
        score = (count, 0 if count else sum(map(bool, cells)))
        if score > best[0]:
            best = (score, line, cells)
    return best


def _columns(
    heads: list[str], known: Mapping[str, tuple[str, int]], mapping: Mapping[str, str]
) -> dict[int, str]:
    """Column number -> field. The mapping goes first; of two columns for one field the surer one,
    of two with the same heading the first. Refuses: ImportHeadingUnknown.
    """
    plain = list(map(heading, heads))
    wanted: dict[int, str] = {}
    for head, name in mapping.items():
        at = _place(head, heads, plain)
        if at is None:
            raise ImportHeadingUnknown(
                heading=head, found=", ".join(filter(None, heads)), closest=_closest(head, heads)
            )
        wanted[at] = name
    columns = {at: name for at, name in wanted.items() if name}
    rest = [
        (known[name][1], at, known[name][0])
        for at, name in enumerate(plain)
        if name in known and at not in wanted
    ]
    for _, at, name in sorted(rest):
        if name not in columns.values():
            columns[at] = name
    return dict(sorted(columns.items()))


def _place(head: str, heads: list[str], plain: list[str]) -> int | None:
    if head in heads:
        return heads.index(head)
    return plain.index(heading(head)) if heading(head) in plain else None


def _closest(head: str, heads: list[str]) -> str:
    return "".join(get_close_matches(head, filter(None, heads), 1, cutoff=0.0))


# --- decimal signs


def _styles(
    kind: ImportKind, columns: Mapping[int, str], survey: Survey, decimal: str
) -> dict[int, Style]:
    """The decimal sign of each column of numbers."""
    numbers = {at: kind.field(name).number for at, name in columns.items()}
    numbers = {at: number for at, number in numbers.items() if number}
    if decimal:
        return {at: Style(decimal) for at in numbers}
    most = {"money": store_currency().exponent}
    sure = {
        at: style_of(survey.signs.get(at, Signs()), decimals=most.get(number))
        for at, number in numbers.items()
    }
    said = {style.sign for at, style in sure.items() if at in survey.signs and not style.is_guess}
    others = said.pop() if len(said) == 1 else ""
    return {
        at: style_of(survey.signs.get(at, Signs()), decimals=most.get(numbers[at]), others=others)
        for at in numbers
    }
