"""What a list shows, as a page before it goes out: which rows, which columns, as text or as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.reports.report import Report
from receipts.words import word
from tui.desk.words import language, t
from tui.records.asking import Options
from tui.records.report_files import report_of, text_page
from tui.records.source import all_lines
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tui.records.list import ListScreen

TEXT, PDF, COLUMNS = "txt", "pdf", "columns"
_ROW = (Column("", 0, read=str),)
# Rows of the screen around the page.
FRAME = 9


class PagePreview(Panel[str]):
    """Roll with the arrows; Enter writes the page as text, F9 as PDF, * chooses its columns."""

    def __init__(self, title: str, page: str) -> None:
        super().__init__(title)
        self.list = LineList(
            _ROW, page.splitlines(), head=False, is_still=True, can_focus=False, id="page"
        )

    def wanted_width(self) -> int:
        """All that the screen has."""
        return max(self.width, self.app.size.width - 4)

    def content(self) -> Iterable[Any]:
        self.list.styles.height = max(5, self.app.size.height - FRAME)
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [
            ("Enter", word("As text")), ("F9", word("As PDF")), ("*", word("Columns")),
            ("↑↓", word("Roll")), ("F12", word("Back")),
        ]  # fmt: skip

    def on_key(self, event: Any) -> None:
        answers = {"enter": TEXT, "f9": PDF}
        if event.key in answers or event.character == "*":
            event.stop()
            self.answer(answers.get(event.key, COLUMNS))
        elif self.list.take_key(event):
            event.stop()


async def set_up(screen: ListScreen) -> tuple[Report, str] | None:
    """The rows and columns that somebody chose, as he saw them, and the form of the file; None when
    he went back.
    """
    whole = await _rows(screen)
    if whole is None:
        return None
    left_out = set[int]()
    while True:
        report = without(whole, left_out)
        page = text_page(report, language())
        answer = await screen.desk.ask(PagePreview(screen.listing.title, page))
        if answer == COLUMNS:
            await _choose(screen, whole, left_out)
        else:
            return None if answer is None else (report, answer)


async def _rows(screen: ListScreen) -> Report | None:
    """All that the list shows, or the marked rows where some are marked."""
    marks = {anchor.key for anchor in screen.lines.marks}
    if not marks:
        return await screen.source.report(screen.desk)
    choices = [(True, t("The marked rows: {count}", count=len(marks))), (False, t("All rows"))]
    is_marked = await screen.desk.ask(Options(word("Which rows?"), choices))
    if is_marked is None:
        return None
    if not is_marked:
        return await screen.source.report(screen.desk)
    lines = [line for line in await all_lines(screen.desk, screen.source) if line.key in marks]
    return report_of(screen.listing, screen.source.fields, lines)


async def _choose(screen: ListScreen, whole: Report, left_out: set[int]) -> None:
    """One column after the other goes out of the page, or comes back; one stays."""
    while True:
        choices = [
            (n, f"{'  ' if n in left_out else '● '}{t(column.title)}")
            for n, column in enumerate(whole.columns)
        ]
        place = await screen.desk.ask(Options(word("Which columns? F12: these"), choices))
        if place is None:
            return
        if place in left_out:
            left_out.discard(place)
        elif len(left_out) + 1 < len(whole.columns):
            left_out.add(place)


def without(report: Report, left_out: set[int]) -> Report:
    """The report without some of its columns."""

    def kept(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value for n, value in enumerate(values) if n not in left_out)

    if not left_out:
        return report
    kind = replace(report.kind, columns=kept(report.columns))
    totals = kept(report.totals) if report.totals else report.totals
    return replace(report, kind=kind, rows=[kept(row) for row in report.rows], totals=totals)
