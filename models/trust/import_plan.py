"""Import plans: what can be imported, and how a sheet of another program is read as that.

Nothing here touches the database: a plan may be made in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice, zip_longest
from typing import Any

from models.base.named import load
from models.base.refusals import Refusal
from models.base.sheets import Sheet
from models.base.texts import narrow, one_line
from models.trust.operation import Job
from models.trust.sealed import Sealed
from models.trust.trades import declared
from models.trust.trades_used import used

# Real exports begin with a title or two; the headings come in one of the first rows.
_HEAD_ROWS = 10
# So many rows may begin with empty cells of a column before it counts as empty.
_FIRST_ROWS = 20
_TOTALS = ("合计", "总计", "小计", "total", "grand total", "subtotal")


class ImportHeadingMissing(Refusal):
    """The sheet lacks a column without which nothing can be imported."""


class ImportFieldUnknown(Refusal):
    """A mapping or a default names a field that this import does not have."""


class ImportHeadingUnknown(Refusal):
    """A mapping names a heading that the sheet does not have."""


class BadCell(ValueError):
    """A cell cannot be read; the argument is the reason code."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an import. `read` turns a cell that is not empty into a value, or raises
    BadCell; `headings` are what other programs call it, besides its own name. What stands in a
    private one is told masked.
    """

    name: str
    headings: tuple[str, ...]
    read: Callable[[str], Any]
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (the row is refused) or doubtful (it is taken) in one row."""

    line: int
    reason: str
    field: str = ""
    text: str = ""


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Record:
    """One row: `values` by field, None for an empty cell; columns that are not there are absent.

    `subject` is the key of the stored record, `before` what undoing a change needs.
    """

    line: int
    values: dict[str, Any]
    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    verdict: Verdict = Verdict.NEW
    subject: int | None = None
    before: dict[str, Any] | None = None
    # What comparing worked out for storing.
    work: Any = None
    _alone: tuple[int, int] = (0, 0)

    def checked(self) -> None:
        """What is said up to now was found in the row alone."""
        self._alone = len(self.problems), len(self.warnings)

    def reset(self) -> None:
        """Forget what comparing with the store said: it is compared again after a conflict."""
        problems, warnings = self._alone
        del self.problems[problems:], self.warnings[warnings:]
        self.verdict = Verdict.REFUSED if self.problems else Verdict.NEW
        self.subject = self.before = self.work = None

    def refuse(self, reason: str, field: str = "", text: object = "") -> None:
        """Say what is wrong; the row is not taken."""
        self.problems.append(Remark(self.line, reason, field, str(text)[:60]))
        self.verdict = Verdict.REFUSED

    def warn(self, reason: str, field: str = "", text: object = "") -> None:
        """Say what is doubtful; the row is taken."""
        self.warnings.append(Remark(self.line, reason, field, str(text)[:60]))


@dataclass(frozen=True, slots=True)
class Imported:
    """A stored row of a run that is to be taken back: `before` as the kind noted it."""

    line: int
    verdict: Verdict
    subject: int
    before: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What can be imported. `right` is the verb needed besides "import", `title` a message id.

    `check(record, seen)` looks at a row alone and at what the rows before it left in `seen`;
    `compare(records)` reads the store and sets verdict, subject and before; `store(job, records)`
    writes those that are new or changed; `undo(job, rows)` takes stored ones back and gives those
    that it had to leave, with the reason. `needs`: the sheet must have one field of each group.
    """

    name: str
    right: str
    title: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    check: Callable[[Record, dict[str, Any]], None]
    compare: Callable[[list[Record]], None]
    store: Callable[[Job, list[Record]], None]
    undo: Callable[[Job, list[Imported]], list[Remark]]
    # Short steps of further work after a block, or (True) at the end: an index, for example.
    after: Callable[[bool], Iterator[None]] = lambda is_last: iter(())
    # The same before rows of these subjects, which the run made, are taken back.
    before_undo: Callable[[list[int]], Iterator[None]] = lambda subjects: iter(())
    # Loads what the first row would wait for; called where nobody waits.
    load: Callable[[], None] = lambda: None
    # Names the function that writes all of it to a file: `export(session, path, language=...)`.
    export: str = ""

    def field(self, name: str) -> Field:
        """The field of this name. Refuses: ImportFieldUnknown."""
        for each in self.fields:
            if each.name == name:
                return each
        near = get_close_matches(name, [each.name for each in self.fields], 1)
        raise ImportFieldUnknown(field=name, near="".join(near), kind=self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet is read: which column is which field, and where its headings stand."""

    kind: ImportKind
    sheet: Sheet
    columns: dict[int, str]
    head_line: int
    heads: tuple[str, ...]
    defaults: Mapping[str, str]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings of columns that are left out."""
        return tuple(head for at, head in enumerate(self.heads) if at not in self.columns and head)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields of which the sheet must have one and has none; empty when it can be imported."""
        here = {*self.columns.values(), *self.defaults}
        return next((group for group in self.kind.needs if not set(group) & here), ())

    def refuse_lacking(self) -> None:
        """Refuses: ImportHeadingMissing."""
        if group := self.lacking:
            raise ImportHeadingMissing(
                field=" / ".join(group),
                heading=" / ".join(self.kind.field(name).headings[0] for name in group),
                found=", ".join(filter(None, self.heads)),
            )

    @property
    def options(self) -> dict[str, Any]:
        columns = {str(at): name for at, name in self.columns.items()}
        return {"columns": columns, "defaults": dict(self.defaults)}


class KindUnknown(Refusal):
    """Nothing of this kind can be imported or exported."""


def kind_named(name: str) -> ImportKind:
    """What can be imported under this name; the module that declares it is loaded now.

    Refuses: KindUnknown.
    """
    known: dict[str, str] = dict(declared("imports"))
    if name not in known:
        raise KindUnknown(kind=name, known=", ".join(known))
    found: ImportKind = load(known[name])
    return found


def kinds_in_use() -> list[str]:
    """The names of what can be imported into this store."""
    return [name for trade in used() for name in trade.imports]


def plan_import(
    kind: ImportKind,
    sheet: Sheet,
    *,
    mapping: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> Plan:
    """Find out which column is which field, without the database. `mapping` gives fields by their
    heading, and "" for a column to leave out; `defaults` fill empty cells.

    Refuses: ImportHeadingMissing, ImportFieldUnknown, ImportHeadingUnknown, SheetUnreadable.
    """
    plan = draft_plan(kind, sheet, mapping=mapping, defaults=defaults)
    plan.refuse_lacking()
    return plan


def draft_plan(
    kind: ImportKind,
    sheet: Sheet,
    *,
    mapping: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> Plan:
    """The same for a sheet whose columns are still to be named: it may lack what is needed."""
    kind.load()
    wanted = {_heading(name): field for name, field in (mapping or {}).items()}
    for name in (*wanted.values(), *(defaults or {})):
        if name:
            kind.field(name)
    known = _headings(kind) | wanted
    head_line, heads = _find_heads(sheet, known)
    if gone := [name for name in mapping or {} if _heading(name) not in map(_heading, heads)]:
        raise ImportHeadingUnknown(heading=gone[0], found=", ".join(filter(None, heads)))
    columns = _columns(heads, known, wanted)
    return Plan(kind, sheet, columns, head_line, tuple(heads), dict(defaults or {}))


def first_cells(plan: Plan) -> list[str]:
    """Under each heading the first cell that holds anything, among the first rows."""
    found = [""] * len(plan.heads)
    rows = (cells for line, cells in plan.sheet.rows() if line > plan.head_line)
    for cells in islice(rows, _FIRST_ROWS):
        found = [old or new for old, new in zip_longest(found, cells, fillvalue="")]
    return found[: len(plan.heads)]


def _heading(text: str) -> str:
    """A heading without what differs between programs: case, width, blanks, unit in brackets."""
    plain = narrow(one_line(text)).lower().replace("（", "(").replace(" ", "").replace("_", "")
    return plain.partition("(")[0].strip("*:")


def _headings(kind: ImportKind) -> dict[str, str]:
    names = ((name, each.name) for each in kind.fields for name in (each.name, *each.headings))
    return {_heading(name): field for name, field in names}


def _find_heads(sheet: Sheet, known: Mapping[str, str]) -> tuple[int, list[str]]:
    """The row that holds most known headings, among the first ones; the widest when none does."""
    best: tuple[tuple[int, int], int, list[str]] = ((0, 0), 0, [])
    for line, cells in islice(sheet.rows(), _HEAD_ROWS):
        count = len({known[name] for name in map(_heading, cells) if name in known})
        score = (count, 0 if count else sum(map(bool, cells)))
        if score > best[0]:
            best = (score, line, cells)
    return best[1], best[2]


def _columns(
    heads: list[str], known: Mapping[str, str], wanted: Mapping[str, str]
) -> dict[int, str]:
    """Column number -> field. The mapping goes first; of two columns for one field the first."""
    columns: dict[int, str] = {}
    for is_wanted in (True, False):
        for at, head in enumerate(heads):
            name = _heading(head)
            field_name = known.get(name, "")
            if (name in wanted) is is_wanted and field_name not in ("", *columns.values()):
                columns[at] = field_name
    return dict(sorted(columns.items()))


def read_records(plan: Plan) -> Iterator[Record]:
    """The rows under the headings, read and checked by themselves."""
    columns = [(at, _Column(plan.kind.field(name))) for at, name in plan.columns.items()]
    absent = [name for name in plan.defaults if name not in plan.columns.values()]
    columns += [(-1, _Column(plan.kind.field(name))) for name in absent]
    seen: dict[str, Any] = {}
    for line, cells in plan.sheet.rows():
        if line <= plan.head_line or _is_total(cells):
            continue
        record = Record(line, {})
        for at, column in columns:
            text = cells[at] if 0 <= at < len(cells) else ""
            column.read(record, text or plan.defaults.get(column.field.name, ""))
        plan.kind.check(record, seen)
        record.checked()
        yield record


class _Column:
    """Reads the cells of one column; what comes often (units, prices, classes) is read once."""

    MOST = 1_000

    def __init__(self, field: Field) -> None:
        self.field = field
        self._known: dict[str, Any] = {"": None}

    def read(self, record: Record, text: str) -> None:
        name = self.field.name
        if text in self._known:
            record.values[name] = self._known[text]
            return
        try:
            value = record.values[name] = self.field.read(text)
        except BadCell as bad:
            record.refuse(str(bad), name, Sealed(text) if self.field.is_private else text)
        else:
            if len(self._known) < self.MOST:
                self._known[text] = value


def _is_total(cells: list[str]) -> bool:
    """The sum under a list, as many programs print it."""
    first = next(filter(None, cells), "")
    return not first.isdigit() and narrow(first).strip(":： ").lower() in _TOTALS
