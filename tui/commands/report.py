"""`deskbell report`: a report on the terminal or as a file."""

from __future__ import annotations

import argparse
import sys

from models.reports.report import Period, Report, ReportKind
from models.trust.operation import Session
from receipts import report_forms
from tui.commands.exports import asked_target
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal import speech
from tui.commands.terminal.speech import out, t, tell
from tui.commands.terminal.table import print_table
from tui.records.files import Target, export_file

# Forms that belong into a file; the others go to standard output unless a file is named.
FILES = ("xlsx", "pdf")


def run(place: Place, options: argparse.Namespace) -> int:
    """Print or write the report; without a name list those of the trades in use.

    Refuses: ReportUnknown, PeriodWrong, RightMissing, ScopeTooNarrow, and what `asked_target`
    and `export_file` refuse.
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
    from models.listings.listings import record_export
    from models.trust.operation import new_uid

    first, last = report.period.first, report.period.last
    form = {"text": "txt"}.get(options.format, options.format)
    name = f"{report.kind.name}-{first}-{last}.{form}"
    target = None
    if options.output:
        target = asked_target(place, options.output, (form,), options)
    elif options.format in FILES:
        # Named by the program after report and time: made again it takes the place of the older.
        target = Target(place.exports / name, may_replace=True)
    from tui.records.report_files import content_of, store_of_report

    content = content_of(report, options.format, speech.language(), store_of_report())
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        export_file(target, content)
        tell(t("Written: {file}", file=target.path))
    record_export(
        session, report.kind.name, rows=len(report.rows), file=target.path.name if target else name,
        uid=new_uid(),
    )  # fmt: skip
