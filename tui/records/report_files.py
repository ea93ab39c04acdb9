"""A report as a file, for the command and the screen: CSV, XLSX, PDF, JSON, text with tabs, or a
page of text. What a list shows goes out as a report, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from models.base.clock import now
from models.listings.listing_reader import Line
from models.listings.listings import Field, Listing
from models.reports import report as reports
from models.reports.report import Report, ReportKind
from receipts import report_forms
from receipts.report_bars import drawn, measured, named_by, part_of
from receipts.terminal import cells
from receipts.words import Language
from tui.commands.terminal.speech import harmless
from tui.desk.safe import clean, fit
from tui.records.files import written_by
from tui.records.values import shown

if TYPE_CHECKING:
    from models.sheets.sheets import Bars

# What stays a figure in a spreadsheet; everything else goes as people read it.
FIGURES: Final = {
    "money": reports.MONEY, "quantity": reports.QUANTITY, "number": reports.COUNT,
    "cost": reports.COST, "date": reports.DAY,
}  # fmt: skip
WIDEST_TEXT, WIDEST_LINE = 60, 200
# Of the bars below a page of text: the longest name, and cells of the longest bar.
WIDEST_NAME, BAR = 24, 40


def content_of(report: Report, form: str, lang: Language, store: tuple[str, bool]) -> bytes:
    """The whole file. `store` is the store's name, and whether it is a demonstration."""
    if form in ("csv", "xlsx"):
        from models.sheets.sheets import write_sheet

        heads, rows = report_forms.heads(report, lang), report_forms.sheet_rows(report, lang)
        bars = _bars_of_sheet(report, lang)
        return written_by(lambda path: write_sheet(path, heads, rows, bars=bars), f"report.{form}")
    if form == "json":
        return report_forms.json_text(report, lang).encode() + b"\n"
    if form == "pdf":
        from receipts.report_pdf import Heading, pdf_bytes

        return pdf_bytes(report, lang, Heading(*store))
    if form == "txt":
        return text_page(report, lang).encode()
    rows_as_text = [report_forms.heads(report, lang), *report_forms.text_rows(report, lang)]
    lines = ("\t".join(harmless(cell) for cell in row) for row in rows_as_text)
    return ("\n".join(lines) + "\n").encode()


def _bars_of_sheet(report: Report, lang: Language) -> Bars | None:
    """The bars of a report that is drawn, named by the last of the texts that name its rows."""
    from models.sheets.sheets import Bars

    bars, place = drawn(report, lang), measured(report.columns)
    if not bars or place is None:
        return None
    return Bars(named_by(report.columns)[-1], place, len(bars))


def text_page(report: Report, lang: Language) -> str:
    """Columns side by side, as wide as what stands in them; below them the bars of a report that
    is drawn.
    """
    table = [report_forms.heads(report, lang)]
    table += [[clean(cell) for cell in row] for row in report_forms.text_rows(report, lang)]
    widths = [min(WIDEST_TEXT, max(map(cells, texts))) for texts in zip(*table, strict=True)]
    sides = ["right" if column.is_number else "left" for column in report.columns]
    lines = [
        "  ".join(
            fit(cell, width, side) for cell, width, side in zip(row, widths, sides, strict=True)
        )
        for row in table
    ]
    lines.insert(1, "-" * min(WIDEST_LINE, sum(widths) + 2 * len(widths)))
    lines += _bar_lines(report, lang)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _bar_lines(report: Report, lang: Language) -> list[str]:
    bars = drawn(report, lang)
    if not bars:
        return []
    names = [clean(bar.name) for bar in bars]
    wide = min(WIDEST_NAME, max(map(cells, names)))
    figure = max(cells(bar.text) for bar in bars)
    return ["", *(
        f"{fit(name, wide)}  {fit(bar.text, figure, 'right')}  {'█' * part_of(bar, bars, BAR)}"
        for name, bar in zip(names, bars, strict=True)
    )]  # fmt: skip


def report_of(listing: Listing, fields: Sequence[Field], lines: Sequence[Line]) -> Report:
    """The rows of a listing as a report of this moment."""
    columns = tuple(
        reports.Column(each.label, FIGURES.get(each.kind, reports.TEXT)) for each in fields
    )
    rows = [tuple(_cell(each, line.values.get(each.name)) for each in fields) for line in lines]
    kind = ReportKind(
        listing.name,
        listing.title,
        listing.right,
        columns,
        lambda period, scope: iter(()),
        is_now=True,
    )
    today = now().date()
    return Report(kind, reports.Period(today, today), rows)


def _cell(field: Field, value: Any) -> Any:
    return value if field.kind in FIGURES else clean(shown(field, value))


def store_of_report() -> tuple[str, bool]:
    """The store's name, and whether it is a demonstration: what a report's page says on top."""
    from models.trust import company

    return company.name.value(), company.is_demo.value()
