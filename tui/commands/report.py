"""`deskbell report`: a report on the terminal or as a file."""

from __future__ import annotations

import argparse
import sys

from models.reports.report import Period, Report, ReportKind
from models.trust.operation import Session
from receipts import report_forms
from tui.commands import speech
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.speech import out, t, tell
from tui.commands.table import print_table
from tui.records.files import write_whole

# Forms that belong into a file; the others go to standard output unless a file is named.
FILES = ("xlsx", "pdf")


def run(place: Place, options: argparse.Namespace) -> int:
    """Print or write the report; without a name list those of the trades in use.

    Refuses: ReportUnknown, PeriodWrong, RightMissing, ScopeTooNarrow, FileUnusable.
    """
    with opened(place):
        from models.reports.report import kind_named, kinds_in_use

        if options.name is None:
            return _list(kinds_in_use())
        kind = kind_named(options.name)
        session = signed_in(place, options)
        report = _made(session, kind, options)
        if options.format == "text" and options.output is None:
            _print(report)
        else:
            _write(place, session, report, options)
    return 0


def _list(kinds: list[ReportKind]) -> int:
    print_table([t("Report"), t("Shows")], [[kind.name, t(kind.title)] for kind in kinds])
    return 0


def _made(session: Session, kind: ReportKind, options: argparse.Namespace) -> Report:
    from models.reports.report import make

    return make(session, kind, _period(options))


def _period(options: argparse.Namespace) -> Period:
    """The days asked for; else the present month up to the present business day."""
    from models.reports.report import this_month

    month = this_month()
    last = options.until or max(month.last, options.since or month.last)
    return Period(options.since or last.replace(day=1), last)


def _print(report: Report) -> None:
    lang = speech.language()
    out(f"{t(report.kind.title)}  {report_forms.period_text(report, lang)}")
    out()
    print_table(
        report_forms.heads(report, lang),
        report_forms.text_rows(report, lang),
        right=[column.is_number for column in report.columns],
    )
    if not report.rows:
        out(t("Nothing in this time."))


def _write(place: Place, session: Session, report: Report, options: argparse.Namespace) -> None:
    from models.trust.books import record_export
    from models.trust.operation import new_uid

    first, last = report.period.first, report.period.last
    name = f"{report.kind.name}-{first}-{last}.{options.format}"
    path = options.output or (place.exports / name if options.format in FILES else None)
    from tui.records.report_files import content_of, store_of_report

    content = content_of(report, options.format, speech.language(), store_of_report())
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(path, content)
        tell(t("Written: {file}", file=path))
    record_export(
        session, report.kind.name, rows=len(report.rows), file=path.name if path else name,
        uid=new_uid(),
    )  # fmt: skip
