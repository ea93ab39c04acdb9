"""A report on the screen: typing narrows it, F4 sorts it, F5 takes other days, Ctrl+E keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from models.base.refusals import Refusal
from models.reports.report import (
    NAMES,
    WORD,
    Period,
    Report,
    ReportKind,
    Rows,
    all_days,
    found_in,
    kind_named,
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
from tui.desk.books import BACKGROUND
from tui.desk.frame import FrameScreen
from tui.desk.key_rows import Command
from tui.desk.scan import Code
from tui.desk.words import language, t
from tui.records import sheets
from tui.records.asking import Options
from tui.records.report_files import content_of, store_of_report
from tui.records.views import DateWindow
from tui.widgets import rows as drawn
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

# Nobody reads on behind this many rows; they are asked for by fewer days, or as a file.
MOST = 20_000
WIDEST = 30
FORMS = (
    ("xlsx", word("XLSX, for a spreadsheet")),
    ("csv", word("CSV, for other programs")),
    ("pdf", word("PDF, to print or to send")),
)
NOTHING = word("Nothing in this time.")
CUT = word("The first {count} rows. Type to find, or export the rest.")


class ReportHead(drawn.Rows):
    """What the report is of, and its order."""

    def render_line(self, y: int) -> Strip:
        if y:
            return self.blank()
        left, right = self.screen.head_pieces()  # type: ignore[attr-defined]
        return self.strip_of(drawn.between(left, right, self.size.width))


class ReportScreen(FrameScreen):
    """One report. The rows are read page by page, so that selling goes on meanwhile."""

    kind = "report"

    def __init__(self, of: ReportKind) -> None:
        super().__init__()
        self.of, self.right = of, of.right
        self.period: Period | None = None
        self.rights: Rights | None = None
        self.order: tuple[int, bool] | None = None
        self.is_cut = False
        # All that was read, and of it what is shown: what fits the typed text, in order.
        self.rows: Rows = []
        self.report: Report | None = None
        # What an index found in all of it, when not all was read.
        self.found: Rows | None = None
        self.lines = LineList((), can_focus=False, empty=NOTHING)
        self.roll = self.lines

    @property
    def title_msgid(self) -> str:  # type: ignore[override]
        return self.of.title

    def may_be_seen(self, rights: Rights) -> bool:
        return super().may_be_seen(rights) and Scope.of(rights).reaches(self.of.least)

    def body(self) -> Iterable[Any]:
        yield ReportHead()
        yield self.lines
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        self.desk.jobs.start(self.begin)

    def words_changed(self) -> None:
        self.entry.hint(t("Type to find"))
        self._show()

    async def begin(self) -> None:
        """Look who this is, and read. Refuses: RightMissing."""
        try:
            self.rights = await self.in_books(looked_at, self.desk.session, self.of)
        except Refusal:
            self.leave()
            raise
        self.period = await self.in_books(this_month)
        await self._read()

    async def user_changed(self) -> None:
        """Rows of his scope, of the same days."""
        self.rights = await self.in_books(looked_at, self.desk.session, self.of)
        self.found = None
        await self._read()

    # Reading and showing.

    async def _read(self) -> None:
        assert self.period is not None and self.desk.books is not None
        self.rows, self.is_cut = [], False
        pages = pages_of(self.desk.session, self.of, self.period)
        while not self.is_cut:
            page = await self.desk.books.run(next, pages, None, urgency=BACKGROUND)
            if page is None:
                break
            self.rows += page
            self.is_cut = len(self.rows) >= MOST
        self._show(cursor=0)

    @property
    def shown(self) -> Rows:
        """The rows that are shown."""
        return self.report.rows if self.report is not None else []

    def _show(self, cursor: int | None = None) -> None:
        if self.period is None:
            return
        rows = self._sorted(self._fitting(self.entry.value))
        self.report = report = Report(self.of, self.period, rows, totals_of(self.of, rows))
        lang = language()
        texts, heads = report_forms.text_rows(report, lang), report_forms.heads(report, lang)
        self.lines.set_columns(columns_of(self.of, heads, texts))
        totals = texts.pop() if report.totals and texts else None
        self.lines.set_rows(texts, cursor=cursor)
        self.lines.totals(totals)
        self.query_one(ReportHead).refresh()
        self.strip_changed()

    def _fitting(self, typed: str) -> Rows:
        if self.found is not None:
            return self.found
        words = typed.lower().split()
        if not words:
            return list(self.rows)
        kinds = [column.kind for column in self.of.columns]
        lang = language()

        def text(row: tuple[Any, ...]) -> str:
            pairs = list(zip(row, kinds, strict=True))
            forms = (report_forms.cell_text, report_forms.read_text)
            return " ".join(form(*pair, lang) for pair in pairs for form in forms).lower()

        return [row for row in self.rows if all(each in text(row) for each in words)]

    def _sorted(self, rows: Rows) -> Rows:
        if self.order is None:
            return rows
        place, is_down = self.order
        kind, lang = self.of.columns[place].kind, language()

        def key(row: tuple[Any, ...]) -> Any:
            is_said = kind in (NAMES, WORD)
            return report_forms.cell_text(row[place], kind, lang) if is_said else row[place]

        with_value = [row for row in rows if row[place] is not None]
        without = [row for row in rows if row[place] is None]
        return sorted(with_value, key=key, reverse=is_down) + without

    def head_pieces(self) -> tuple[list[drawn.Piece], list[drawn.Piece]]:
        """What the row above the report says."""
        if self.report is None:
            return [], []
        left: list[drawn.Piece] = [
            (" ", ""),
            (report_forms.period_text(self.report, language()), "accent"),
        ]
        if self.is_cut:
            left += [("  ", ""), (t(CUT, count=f"{MOST:,}"), "warn")]
        right: list[drawn.Piece] = []
        if self.order is not None:
            place, is_down = self.order
            column = t(self.of.columns[place].title)
            right.append((f"{t('by {column}', column=column)} {'↓' if is_down else '↑'} ", "muted"))
        return left, right

    # Keys.

    def has(self, command: Command) -> bool:
        offered = {
            "date_window": not self.of.is_now,
            "export_rows": self.rights is not None and self.rights.holds("export"),
        }
        return offered.get(command.id, True)

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        """What is typed narrows the rows at each key."""
        event.stop()
        if event.line is not self.entry or self.entry.is_asking:
            return
        if self.is_cut and self.of.search is not None:
            self.desk.jobs.start(self._find, event.value)
        else:
            self._show(cursor=0)

    async def _find(self, text: str) -> None:
        found = None
        if text.strip():
            found = await self.in_books(found_in, self.desk.session, self.of, text)
        if text == self.entry.value:
            self.found = found
            self._show(cursor=0)

    def on_entry(self, text: str) -> None:
        """Enter changes nothing: what was typed stays."""
        self.entry.set_value(text)

    def on_scan(self, code: Code) -> None:
        """A scan is a quick find."""
        self.entry.set_value(str(code))

    async def do_refresh_rows(self) -> None:
        """F7: the figures as they are now."""
        if self.period is not None:
            await self._read()

    async def do_date_window(self) -> None:
        """F5: from one business day to another."""
        assert self.period is not None
        today = self.desk.frame.business_day or self.period.last
        since, until = self.period.iso
        days = await self.desk.ask(DateWindow(today, since=since, until=until))
        if days is not None:
            self.period = await self._period(*days)
            await self._read()

    async def _period(self, since: str, until: str) -> Period:
        whole = await self.in_books(all_days)
        first = date.fromisoformat(since) if since else whole.first
        last = date.fromisoformat(until) if until else max(whole.last, first)
        return Period(first, last)

    async def do_sort_rows(self) -> None:
        """F4: by a column, numbers downwards; the same column again turns the order round."""
        columns = [(n, t(column.title)) for n, column in enumerate(self.of.columns)]
        place = await self.desk.ask(Options(word("Sort by which column?"), columns))
        if place is None:
            return
        is_same = self.order is not None and self.order[0] == place
        is_down = not self.order[1] if is_same and self.order else self.of.columns[place].is_number
        self.order = (place, is_down)
        self._show(cursor=0)

    async def do_export_rows(self) -> None:
        """Ctrl+E: what is shown, as a file."""
        forms = [(form, t(label)) for form, label in FORMS]
        form = await self.desk.ask(Options(word("Export what the list shows"), forms))
        if form is None:
            return
        target = await sheets.ask_target(self.desk, self.of.name, form)
        if target is None:
            return
        report, lang = self.report, language()
        assert report is not None
        store = await self.in_books(store_of_report)
        await sheets.keep(
            self.desk, target, lambda: content_of(report, form, lang, store),
            book=self.of.name, rows=len(report.rows),
        )  # fmt: skip

    def can_step_back(self) -> bool:
        return self.order is not None

    def step_back(self) -> None:
        """F12: the order."""
        self.order = None
        self._show(cursor=0)


def columns_of(
    of: ReportKind, heads: Sequence[str], texts: Sequence[Sequence[str]]
) -> list[Column]:
    """As wide as what stands in them; the widest text takes the rest. On a narrow screen the texts
    that are not first leave before the numbers, the last one first.
    """
    widths = [
        min(WIDEST, max(cells(row[place]) for row in (heads, *texts)))
        for place in range(len(of.columns))
    ]
    texts_at = [place for place, column in enumerate(of.columns) if not column.is_number]
    wide = max(texts_at, key=lambda place: widths[place])
    return [
        Column(
            column.title,
            0 if place == wide else widths[place],
            "right" if column.is_number else "left",
            drop=0 if place in (0, wide) else place + (0 if column.is_number else len(widths)),
            least=min(widths[place], 16),
        )
        for place, column in enumerate(of.columns)
    ]


async def open_report(app: CounterApp, name: str) -> None:
    """Show the report of this name."""
    await app.go(ReportScreen(await app.in_books(kind_named, name)))
