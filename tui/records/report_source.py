"""The rows of a report in the one list. They are worked out page by page, so that selling goes on
meanwhile, and kept: typing narrows them, filters and order are put on what was read.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from models.base.cost import UnitCost
from models.base.words import Msgid
from models.listings.listing_reader import Anchor, Line
from models.listings.listings import Condition, Field, Kind, Listing, View
from models.reports.report import (
    COST,
    COUNT,
    DAY,
    INSTANT,
    MONEY,
    NAMES,
    QUANTITY,
    WORD,
    Period,
    Report,
    ReportKind,
    Rows,
    all_days,
    found_in,
    looked_at,
    pages_of,
    this_month,
    totals_of,
)
from models.trust.scopes import Scope
from models.trust.users import Rights
from receipts import report_forms
from receipts.terminal import cells
from receipts.words import word
from tui.desk.database import BACKGROUND
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.records.columns import minor_of
from tui.records.source import NONE_FITS, Source, Totals
from tui.records.view_texts import condition_texts
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

# Nobody reads on behind this many rows; they are asked for by fewer days, or as a file.
MOST = 20_000
WIDEST = 30
NOTHING = word("Nothing in this time.")
CUT = word("The first {count} rows. Type to find, or export the rest.")
# How a person filters by a column; every other one is text.
KINDS: Final[dict[str, Kind]] = {
    MONEY: "money", QUANTITY: "quantity", COUNT: "number", COST: "cost",
    DAY: "date", INSTANT: "date",
}  # fmt: skip


def listing_of(of: ReportKind) -> Listing:
    """A report as a list sees it: fields without a table behind them, and nothing to open."""
    fields = tuple(
        Field(str(place), column.title, KINDS.get(column.kind, "text"), is_sorted=True,
              is_summed=column.is_summed, in_form=False)
        for place, column in enumerate(of.columns)
    )  # fmt: skip
    dates = "" if of.is_now else "day"
    return Listing(
        of.name, of.title, fields=fields, order="", dates=dates, right=of.right, empty=NOTHING
    )


class ReportSource(Source):
    """A report as it is looked at now."""

    is_live = False

    def __init__(self, of: ReportKind, view: View | None = None) -> None:
        super().__init__(listing_of(of), view)
        self.of, self._wide = of, 0
        # All that was read, of which days; and of it what is shown.
        self.rows: Rows = []
        self.shown: Rows = []
        self.period: Period | None = None
        self._days: tuple[str, str] | None = None
        self.is_cut = False

    async def open(self, desk: DeskbellApp) -> Rights:
        """See the base class. Refuses besides: ScopeTooNarrow."""
        rights = await desk.in_books(looked_at, desk.session, self.of)
        if self.home.since == "":
            since, until = (await desk.in_books(this_month)).iso
            since = until if self.of.is_of_day else since
            self.home = replace(self.home, since=since, until=until)
            self.view = replace(self.view, since=since, until=until)
        # Another person sees other rows.
        self._days = None
        return rights

    def may_be_seen(self, rights: Rights) -> bool:
        return Scope.of(rights).reaches(self.of.least)

    # What the list says.

    @property
    def named(self) -> str:
        return str(self._wide)

    def _measure(self) -> list[int]:
        """Cells of each column: its head, what stands in it, and its sum. The widest text is the
        one that takes the rest.
        """
        totals = totals_of(self.of, self.shown) if self.shown else ()
        rows = [*self.shown, *([totals] if totals else [])]
        widths = [
            min(WIDEST, max(map(cells, (t(field.label), *self._texts_of(field, rows)))))
            for field in self.fields
        ]
        texts_at = [place for place, column in enumerate(self.of.columns) if not column.is_number]
        self._wide = max(texts_at, key=lambda place: widths[place])
        return widths

    def columns(self) -> list[Column]:
        """As wide as what stands in them; the widest text takes the rest. On a narrow screen the
        spare ones leave first, then the texts that are not first, before the numbers, the last one
        first.
        """
        widths = self._measure()
        wide = self._wide
        return [
            Column(
                column.title,
                0 if place == wide else widths[place],
                "right" if column.is_number or column.is_drawn else "left",
                drop=0
                if place in (0, wide) or column.is_drawn
                else place + len(widths) * (2 * column.is_spare + (not column.is_number)),
                least=min(widths[place], 16),
                read=self._reading(self.fields[place]),
            )
            for place, column in enumerate(self.of.columns)
        ]

    def text(self, field: Field, value: Any) -> str:
        return report_forms.read_text(value, self._kind(field.name), language())

    def _reading(self, field: Field) -> Callable[[Line], str]:
        return lambda line: self.text(field, line.values[field.name])

    def _kind(self, name: str) -> str:
        return self.of.columns[int(name)].kind

    def _texts_of(self, field: Field, rows: Rows) -> list[str]:
        """What stands in a column; of amounts and counts only the least and the most, which are
        the longest: writing out all of 20,000 rows would hold the screen for a third of a second.
        """
        values = [row[int(field.name)] for row in rows]
        if self._kind(field.name) in (MONEY, COUNT):
            numbers = [value for value in values if value is not None]
            values = [min(numbers, key=minor_of), max(numbers, key=minor_of)] if numbers else []
        return [self.text(field, value) for value in values]

    def said(self) -> list[Piece]:
        if self.period is None:
            return []
        days = report_forms.period_text(Report(self.of, self.period, []), language())
        said = [(days, "accent")]
        said += [(clean(text), "accent") for text in condition_texts(self.listing, self.view)]
        return said + ([(t(CUT, count=f"{MOST:,}"), "warn")] if self.is_cut else [])

    def empty_text(self) -> str:
        return NONE_FITS if self.view.text or self.view.conditions else NOTHING

    # What a person asks for.

    @property
    def is_search(self) -> bool:
        return bool(self.view.text) and self.is_cut and self.of.search is not None

    def can_filter(self, field: Field) -> bool:
        return True

    def stored(self, field: Field, value: Any) -> Any:
        return _plain(value)

    def begins_down(self, field: Field) -> bool:
        return field.is_number

    # Rows.

    async def show(
        self, lines: LineList, desk: DeskbellApp, *, key: Any = None, place: Anchor | None = None
    ) -> None:
        self._put(lines, await self._asked(desk), cursor=0)

    async def read_again(self, desk: DeskbellApp) -> None:
        """The rows as they are now, where no list shows them."""
        self._days = None
        self.shown = self._narrowed(await self._asked(desk))

    async def _asked(self, desk: DeskbellApp) -> Rows:
        """The rows that the typed text finds among those of the days."""
        if self._days != (self.view.since, self.view.until):
            await self._read(desk)
        if self.is_search:
            return await desk.in_books(found_in, desk.session, self.of, self.view.text)
        return self._finding(self.view.text)

    async def look_again(self, lines: LineList, desk: DeskbellApp) -> None:
        """The figures as they are now."""
        at = lines.cursor
        self._days = None
        await self.show(lines, desk)
        lines.move_to(at)

    async def _read(self, desk: DeskbellApp) -> None:
        assert desk.database is not None
        days = (self.view.since, self.view.until)
        self.period = await desk.in_books(period_of, *days)
        self.rows, self.is_cut = [], False
        pages = pages_of(desk.session, self.of, self.period)
        while not self.is_cut:
            page = await desk.database.run(next, pages, None, urgency=BACKGROUND)
            if page is None:
                break
            self.rows += page
            self.is_cut = len(self.rows) >= MOST
        self._days = days

    def _put(self, lines: LineList, rows: Rows, *, cursor: int) -> None:
        self.shown = self._narrowed(rows)
        names = [each.name for each in self.fields]
        lines.set_columns(self.columns())
        lines.set_rows(
            [
                Line(Anchor(None, n), dict(zip(names, row, strict=True)))
                for n, row in enumerate(self.shown)
            ],
            cursor=cursor,
        )

    def _narrowed(self, rows: Rows) -> Rows:
        """Those that fulfil the conditions, in order."""
        conditions = self.view.conditions
        return self._sorted([r for r in rows if all(self._fits(r, each) for each in conditions)])

    def _finding(self, typed: str) -> Rows:
        words, lang = typed.lower().split(), language()
        if not words:
            return self.rows
        kinds = [column.kind for column in self.of.columns]

        def text(row: tuple[Any, ...]) -> str:
            pairs = list(zip(row, kinds, strict=True))
            forms = (report_forms.cell_text, report_forms.read_text)
            return " ".join(form(*pair, lang) for pair in pairs for form in forms).lower()

        return [row for row in self.rows if all(each in text(row) for each in words)]

    def said_value(self, row: tuple[Any, ...], name: str) -> Any:
        """A value of a row; words and names as they are read."""
        value, kind = row[int(name)], self._kind(name)
        if value is None or not (kind in (NAMES, WORD) or isinstance(value, Msgid)):
            return value
        return report_forms.cell_text(value, kind, language())

    def _fits(self, row: tuple[Any, ...], condition: Condition) -> bool:
        if condition.sign == "any":
            return any(all(self._fits(row, one) for one in each) for each in condition.value)
        value, wanted = _plain(self.said_value(row, condition.name)), condition.value
        if isinstance(wanted, str):
            value, wanted = str(value or "").lower(), wanted.lower()
        if condition.sign == "has":
            return wanted in value
        if condition.sign == "like":
            return _is_like(value, wanted)
        if value is None:
            return condition.sign == "<>"
        return bool(COMPARED[condition.sign](value, wanted))

    def _sorted(self, rows: Rows) -> Rows:
        name = self.view.order
        if not name:
            return list(rows)
        place = int(name)
        with_value = [row for row in rows if row[place] is not None]
        without = [row for row in rows if row[place] is None]
        is_down = self.view.is_reversed
        with_value.sort(key=lambda row: self.said_value(row, name), reverse=is_down)
        return with_value + without

    async def totals(self, desk: DeskbellApp, rows: Sequence[Line]) -> AsyncIterator[Totals]:
        sums = zip(self.fields, totals_of(self.of, self.shown), strict=False)
        kept = {field.name: total for field, total in sums if total is not None}
        yield Totals(len(self.shown), kept)

    async def report(self, desk: DeskbellApp) -> Report:
        assert self.period is not None
        return Report(self.of, self.period, self.shown, totals_of(self.of, self.shown))


COMPARED: Final = {
    "=": lambda value, wanted: value == wanted,
    "<>": lambda value, wanted: value != wanted,
    ">=": lambda value, wanted: value >= wanted,
    "<=": lambda value, wanted: value <= wanted,
}


def _is_like(text: str, pattern: str) -> bool:
    """LIKE of the whole text, as the database does it for records."""
    signs = re.findall(r"\\[%_\\]|.", pattern, re.DOTALL)
    parts = (
        ".*" if sign == "%" else "." if sign == "_"
        else re.escape(sign[1:] if len(sign) == 2 else sign)
        for sign in signs
    )  # fmt: skip
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _plain(value: Any) -> Any:
    """What is compared, and what a filter that is kept can hold: whole numbers, days and texts."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat()
    if isinstance(value, UnitCost):
        return value.millionths
    return value if value is None or isinstance(value, str) else minor_of(value)


def period_of(since: str, until: str) -> Period:
    """The days of a window whose ends may be open: from the store's first day to the open one."""
    whole = all_days()
    first = date.fromisoformat(since) if since else whole.first
    last = date.fromisoformat(until) if until else max(whole.last, first)
    return Period(first, last)
