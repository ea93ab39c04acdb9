"""A report as a file, for the command and the screen: CSV, XLSX, PDF, JSON, or text with tabs."""

from __future__ import annotations

from models.reports.report import Report
from receipts import report_forms
from receipts.words import Language
from tui.commands.speech import harmless
from tui.records.files import written_by


def content_of(report: Report, form: str, lang: Language, store: tuple[str, bool]) -> bytes:
    """The whole file. `store` is the store's name, and whether it is a demonstration."""
    if form in ("csv", "xlsx"):
        from models.base.sheets import write_sheet

        heads, rows = report_forms.heads(report, lang), report_forms.sheet_rows(report, lang)
        return written_by(lambda path: write_sheet(path, heads, rows), f"report.{form}")
    if form == "json":
        return report_forms.json_text(report, lang).encode() + b"\n"
    if form == "pdf":
        from receipts.report_pdf import Heading, pdf_bytes

        return pdf_bytes(report, lang, Heading(*store))
    rows_as_text = [report_forms.heads(report, lang), *report_forms.text_rows(report, lang)]
    lines = ("\t".join(harmless(cell) for cell in row) for row in rows_as_text)
    return ("\n".join(lines) + "\n").encode()


def store_of_report() -> tuple[str, bool]:
    """The store's name, and whether it is a demonstration: what a report's page says on top."""
    from models.trust import company

    return company.name.value(), company.is_demo.value()
