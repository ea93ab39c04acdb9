"""A report in words: headings, rows and totals as text, as cells of a sheet, and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.base.texts import plain_json
from models.base.words import Msgid
from receipts.words import Language, say

if TYPE_CHECKING:
    from models.reports.report import Report
    from models.sheets.sheets import Cell


def cell_text(value: Any, kind: str, lang: Language) -> str:
    """A value in plain figures: what a program or a search takes."""
    if value is None:
        return ""
    if kind == "names":
        return str(value.zh if lang == "zh" else value.en)
    if kind == "word" or isinstance(value, Msgid):
        return say(str(value), lang)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value)


def read_text(value: Any, kind: str, lang: Language) -> str:
    """A value as a person reads it on a screen or on paper: 1,234,567.80."""
    text = cell_text(value, kind, lang)
    return _grouped(text) if text and kind in ("money", "quantity", "count", "cost") else text


def _grouped(text: str) -> str:
    sign, figures = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, decimals = figures.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"


def heads(report: Report, lang: Language) -> list[str]:
    """The headings in a language."""
    return [say(column.title, lang) for column in report.columns]


def period_text(report: Report, lang: Language) -> str:
    """What time the report is of."""
    first, last = report.period.first, report.period.last
    if report.kind.is_now:
        return say("as it is now", lang)
    if first == last:
        return first.isoformat()
    return say("{first} to {last}", lang, first=first, last=last)


def text_rows(report: Report, lang: Language) -> list[list[str]]:
    """All rows as people read them, the totals below: large numbers in groups of three."""
    kinds = [column.kind for column in report.columns]
    return [
        [read_text(value, kind, lang) for value, kind in zip(row, kinds, strict=True)]
        for row in _with_totals(report, lang)
    ]


def sheet_rows(report: Report, lang: Language) -> list[list[Cell]]:
    """The same for a spreadsheet: amounts, quantities and dates stay what they are."""
    kinds = [column.kind for column in report.columns]
    return [
        [_cell(value, kind, lang) for value, kind in zip(row, kinds, strict=True)]
        for row in _with_totals(report, lang)
    ]


def _with_totals(report: Report, lang: Language) -> list[tuple[Any, ...]]:
    if not report.totals:
        return report.rows
    # The first column of a report names its rows; it is never summed.
    first = report.kind.columns[0]
    head = say("Total", lang)
    named = _Named(head, head) if first.kind == "names" else head
    return [*report.rows, (named, *report.totals[1:])]


class _Named:
    """The word for the totals where a column holds names in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en


def _cell(value: Any, kind: str, lang: Language) -> Cell:
    if kind in ("names", "word") or isinstance(value, datetime | Msgid):
        return cell_text(value, kind, lang)
    return value


def json_text(report: Report, lang: Language) -> str:
    """For programs: columns by their English names, amounts as text to the fen."""
    plain = {
        "report": report.kind.name,
        "title": say(report.kind.title, lang),
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "columns": [{"name": column.title, "kind": column.kind} for column in report.columns],
        "rows": [_plain_row(report, row, lang) for row in report.rows],
        "totals": _plain_row(report, report.totals, lang) if report.totals else None,
    }
    return plain_json(plain, indent=1)


def _plain_row(report: Report, row: tuple[Any, ...], lang: Language) -> list[Any]:
    kinds = (column.kind for column in report.columns)
    return [_plain(value, kind, lang) for value, kind in zip(row, kinds, strict=True)]


def _plain(value: Any, kind: str, lang: Language) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    return cell_text(value, kind, lang)
