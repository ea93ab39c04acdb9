"""Group and detail (分组): what a list shows, by the values of one of its columns, as a report
with counts and sums: sorted, filtered, drawn as bars and exported like any other. Enter opens the
rows of the group under the cursor in a list of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from models.base.refusals import Refusal
from models.base.words import Msgid
from models.listings.listing_groups import Group, groups_of
from models.listings.listing_reader import Line
from models.listings.listings import Condition, Field
from models.reports import report as reports
from models.reports.report import ReportKind, Rows
from models.trust.scopes import OWN
from models.trust.users import Rights
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.desk.words import t
from tui.records.list import ListScreen
from tui.records.report_files import FIGURES
from tui.records.report_source import ReportSource
from tui.records.source import Source
from tui.records.values import NO, YES, shown
from tui.records.views import may_filter
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

ROWS = word("Number of rows")
BLANK: Final = Msgid(word("(blank)"))
ENTER_OPENS = word("Enter shows the rows of a group; type to find one")
# The kind of column in which the values of a group stand.
KINDS: Final = {"choice": reports.WORD, "yes-no": reports.WORD, "date": reports.DAY}
GROUPED: Final = frozenset({"text", "choice", "yes-no", "link", "date"})


class NothingToGroup(Refusal):
    """No column of this list has values that several rows share."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One group: what its row shows, and the condition that its rows fulfil."""

    cells: tuple[Any, ...]
    condition: Condition


class _Row(tuple[Any, ...]):
    """A row that knows its group, wherever finding and order have put it."""

    part: Grouping


def may_group(screen: ListScreen, field: Field) -> bool:
    """What names one record is no group, and neither is an amount or a moment."""
    listing = screen.listing
    is_own = listing.row is not None and field.name in (listing.named, "code", "number", "login")
    return field.kind in GROUPED and not is_own and may_filter(screen, field)


async def show_groups(screen: ListScreen) -> None:
    """Ask for the column, and show its groups. Refuses: NothingToGroup, GroupsTooMany."""
    fields = [each for each in screen.listing.fields if may_group(screen, each)]
    if not fields:
        raise NothingToGroup()
    columns = [Column(word("Column"), 0, read=lambda each: t(each.label))]
    field: Field | None = await screen.desk.ask(
        Pick(word("Group by which column?"), columns, fields)
    )
    if field is not None:
        await screen.desk.go(GroupScreen(GroupSource(screen.source, field)))


async def of_records(desk: DeskbellApp, source: Source, field: Field) -> list[Grouping]:
    """The groups of records, counted by the database."""
    summed = [each for each in source.fields if each in summed_fields(source)]
    return [_part(field, each, summed) for each in await _counted(desk, source, field)]


async def _counted(desk: DeskbellApp, source: Source, field: Field) -> list[Group]:
    from models.listings.listing_groups import grouped
    from tui.desk.database import BACKGROUND

    assert desk.database is not None
    view = source.view
    if source.is_search:
        keys = tuple(line.key for line in await _found(desk, source))
        only = Condition(source.listing.key[0], "in", keys)
        view = replace(view, text="", conditions=(*view.conditions, only))
    so_far = None
    while so_far is None or so_far.resume is not None:
        read = partial(grouped, desk.session, source.listing, view, field.name, after=so_far)
        so_far = await desk.database.run(read, urgency=BACKGROUND)
    return list(await desk.in_books(groups_of, source.listing, field.name, so_far))


async def _found(desk: DeskbellApp, source: Source) -> list[Line]:
    from tui.records.source import all_lines

    return await all_lines(desk, source)


def _part(field: Field, group: Group, summed: Sequence[Field]) -> Grouping:
    cells = (_cell(field, group.value), group.count, *(group.sums[each.name] for each in summed))
    stored, said = group.stored, shown(field, group.value)
    # Exactly this value: "=" of a text does not tell A from a.
    sign_of = ("=", None) if stored is None else ("in", (stored,))
    return Grouping(cells, Condition(field.name, sign_of[0], sign_of[1], said))  # type: ignore[arg-type]


def _cell(field: Field, value: Any) -> Any:
    if field.kind == "yes-no" and value is not None:
        return Msgid(YES if value else NO)
    if field.kind == "choice":
        labels = [label for choice, label in field.choices if choice == value]
        return Msgid(labels[0]) if labels else (BLANK if value in (None, "") else str(value))
    if field.kind == "date":
        return value
    return shown(field, value) or BLANK


def summed_fields(source: Source) -> list[Field]:
    """The columns of a list that have a sum."""
    from models.listings.listing_columns import is_summed

    return [each for each in source.fields if is_summed(each)]


def of_report(source: ReportSource, field: Field) -> list[Grouping]:
    """The groups of the rows that a report shows, in their order."""
    place, columns = int(field.name), source.of.columns
    sums = [n for n, each in enumerate(columns) if each.is_summed]
    kept: dict[Any, Rows] = {}
    for row in source.shown:
        said = source.said_value(row, field.name)
        kept.setdefault(said.lower() if isinstance(said, str) else said, []).append(row)
    parts = []
    for rows in kept.values():
        totals = reports.totals_of(source.of, rows)
        value, said = rows[0][place], source.said_value(rows[0], field.name)
        text = source.text(field, value)
        cells = (value if text else BLANK, len(rows), *(totals[n] for n in sums))
        stored = "" if said is None else source.stored(field, said)
        parts.append(Grouping(cells, Condition(field.name, "=", stored, text)))
    return parts


class GroupSource(ReportSource):
    """The groups of what another list shows, worked out once, and again with F7."""

    def __init__(self, whole: Source, field: Field) -> None:
        self.whole, self.field = whole, field
        super().__init__(_kind_of(whole, field))

    async def open(self, desk: DeskbellApp) -> Rights:
        """See the base class; the list behind it is looked at with the same eyes."""
        await self.whole.open(desk)
        return await super().open(desk)

    async def _read(self, desk: DeskbellApp) -> None:
        from tui.records.report_source import period_of

        whole = self.whole
        days = (self.view.since, self.view.until)
        self.period = await desk.in_books(period_of, *days)
        if isinstance(whole, ReportSource):
            await whole.read_again(desk)
            parts = of_report(whole, self.field)
        else:
            parts = await of_records(desk, whole, self.field)
        self.rows = [_row(each) for each in parts]
        self._days = days

    def details(self, row: Any) -> Source:
        """The rows of one group."""
        part: Grouping = row.part
        view = replace(self.whole.view, conditions=(*self.whole.view.conditions, part.condition))
        if isinstance(self.whole, ReportSource):
            found: Source = ReportSource(self.whole.of, view)
        else:
            found = Source(self.whole.listing, view)
        found.home = self.whole.home
        return found

    def said(self) -> list[Any]:
        """What the list behind it shows, and by what it is grouped."""
        by = t("grouped by {column}", column=t(self.field.label))
        return [*self.whole.said(), (by, "strong")]


def _row(part: Grouping) -> _Row:
    row = _Row(part.cells)
    row.part = part
    return row


def _kind_of(whole: Source, field: Field) -> ReportKind:
    """The groups as a report: the value, how many rows, and the sums."""
    listing = whole.listing
    if isinstance(whole, ReportSource):
        own = whole.of.columns
        first = replace(own[int(field.name)], is_summed=False)
        sums = [each for each in own if each.is_summed]
        least = whole.of.least
    else:
        first = reports.Column(field.label, KINDS.get(field.kind, reports.TEXT))
        kinds = [(each.label, FIGURES[each.kind]) for each in summed_fields(whole)]
        sums = [reports.Column(label, kind, is_summed=True) for label, kind in kinds]
        least = OWN
    count = reports.Column(ROWS, reports.COUNT, is_summed=True)
    return ReportKind(
        listing.name, listing.title, listing.right, (first, count, *sums),
        lambda period, scope: iter(()), is_now=True, least=least, is_drawn=True,
    )  # fmt: skip


class GroupScreen(ListScreen):
    """The list of the groups; Enter goes to the detail."""

    source: GroupSource

    def words_changed(self) -> None:
        super().words_changed()
        self.entry.hint(t(ENTER_OPENS))

    def has(self, command: Command) -> bool:
        # A filter is kept for the list behind it, whose columns are others.
        offered = {"saved_filters": False, "more_actions": False, "open_record": True}
        return offered.get(command.id, super().has(command))

    async def do_open_record(self) -> None:
        """Enter: the rows of the group under the cursor."""
        await self.found()
        line = self.chosen()
        source = self.source.details(self.source.shown[line.key])
        await self.desk.go(ListScreen(source))
