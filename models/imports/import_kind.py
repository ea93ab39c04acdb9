"""What can be imported: kinds with their fields, and the rows that they read, compare and store.

A kind is declared beside its tables and named by its trade; CONTRIBUTING.md shows one.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from models.base.named import load
from models.base.refusals import Refusal
from models.base.texts import narrow, one_line
from models.trust.operation import Job
from models.trust.trades import declared
from models.trust.trades_used import used


class ImportFieldUnknown(Refusal):
    """A mapping or a default names a column that this import does not have."""


class KindUnknown(Refusal):
    """Nothing of this kind can be imported or exported."""


class BadCell(ValueError):
    """A cell cannot be read; the argument is the reason code."""


def text_cell(longest: int) -> Callable[[str], str]:
    """Reads a text on one line, not longer than it may be."""

    def read(cell: str) -> str:
        text = one_line(cell)
        if len(text) > longest:
            raise BadCell("too_long")
        return text

    return read


def count_cell(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between these two."""

    def read(cell: str) -> int:
        plain = narrow(cell).strip()
        if not (plain.isascii() and plain.isdigit()) or not least <= int(plain[:9]) <= most:
            raise BadCell("bad_number")
        return int(plain)

    return read


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an import. `title` is the message id of what the screen calls it; `headings`
    are what other programs call it, and the screen in Chinese, the surest first. `read` turns a
    cell that is not empty into a value, or raises BadCell.

    `number` says how its numbers are read: "money" has the decimals of the currency, "plain" any;
    empty is no number. `is_key`: it names one record. What stands in an `is_private` one is told
    masked.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    read: Callable[[str], Any]
    number: str = ""
    is_key: bool = False
    is_private: bool = False

    def words(self) -> Iterator[tuple[str, int]]:
        """Every heading that means this field, and its place: of two columns the lower one is it.
        Its own name and title are the surest, unless the headings name them further down.
        """
        listed = list(map(heading, self.headings))
        for own in map(heading, (self.name, self.title)):
            if own not in listed:
                yield own, 0
        yield from ((each, at) for at, each in enumerate(listed))


def field_of(
    name: str, title: str, read: Callable[[str], Any], headings: str, **more: Any
) -> Field:  # fmt: skip
    """A field whose headings stand in one text, with blanks between them."""
    return Field(name, title, tuple(headings.split()), read, **more)


def heading(text: str) -> str:
    """A heading without what differs between programs: case, width, blanks, unit in brackets."""
    return re.sub(r"[(\[【].*|[\s*:_]", "", narrow(one_line(text)).lower())


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (the row is refused) or doubtful (it is taken) in one row."""

    line: int
    reason: str
    field: str = ""
    text: str = ""


# So many remarks of one sort are kept whole: nobody reads more, and they would fill the memory.
MOST_REMARKS = 10_000


class Remarks:
    """What an import said of its rows: the first ten thousand whole, of all of them how many for
    each reason. A list may have a million rows, and each may be doubtful.
    """

    def __init__(self) -> None:
        self.kept: list[Remark] = []
        self.reasons: Counter[str] = Counter()

    def add(self, more: Iterable[Remark]) -> None:
        """Some more of them, in the order of the file."""
        for remark in more:
            self.reasons[remark.reason] += 1
            if len(self.kept) < MOST_REMARKS:
                self.kept.append(remark)

    def rest(self, shown: int) -> Counter[str]:
        """How many there are for each reason, but for the first so many."""
        return self.reasons - Counter(remark.reason for remark in self.kept[:shown])

    def __len__(self) -> int:
        return self.reasons.total()


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Earlier:
    """What the rows before one said, and in which row. By hashes, twelve bytes each: a list may
    have a million rows, and their names would fill the memory of a small counter.
    """

    def __init__(self) -> None:
        # Of a dry run, whose rows are not stored: what they take of something scarce.
        self.taken: Counter[Hashable] = Counter()
        self._count = 0
        self._empty(1 << 10)

    def _empty(self, places: int) -> None:
        """Places for hashes and their rows, a power of two of them; row 0 is a free place."""
        self._last = places - 1
        self._hashes = array("q", bytes(8 * places))
        self._rows = array("i", bytes(4 * places))

    def _place(self, hashed: int) -> int:
        """Where a hash is, or the free place where it belongs."""
        place = (hashed ^ hashed >> 29) & self._last
        while self._rows[place] and self._hashes[place] != hashed:
            place = (place + 1) & self._last
        return place

    def row(self, said: Hashable) -> int | None:
        """The first row that said it."""
        return self._rows[self._place(hash(said))] or None

    def note(self, said: Hashable, row: int) -> None:
        """A row says it; its number is 1 upwards."""
        self._put(hash(said), row)
        if self._count * 5 > self._last * 3:
            hashes, rows = self._hashes, self._rows
            self._count = 0
            self._empty(2 * len(rows))
            for hashed, each in zip(hashes, rows, strict=True):
                if each:
                    self._put(hashed, each)

    def _put(self, hashed: int, row: int) -> None:
        place = self._place(hashed)
        if not self._rows[place]:
            self._hashes[place], self._rows[place] = hashed, row
            self._count += 1


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
        self.problems.append(Remark(self.line, reason, field, one_line(str(text))[:60]))
        self.verdict = Verdict.REFUSED

    def warn(self, reason: str, field: str = "", text: object = "") -> None:
        """Say what is doubtful; the row is taken."""
        self.warnings.append(Remark(self.line, reason, field, one_line(str(text))[:60]))


@dataclass(frozen=True, slots=True)
class Imported:
    """A stored row of a run that is to be taken back: `before` as the kind noted it."""

    line: int
    verdict: Verdict
    subject: int
    before: dict[str, Any] | None


# What rows made besides themselves, units for example: keys by the name of their table.
Made = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What can be imported. `right` is the verb needed besides "import", `title` a message id.

    `check(record, seen)` looks at a row alone and at what the rows before it left in `seen`;
    `compare(records)` reads the store and sets verdict, subject and before; `store(job, records)`
    writes those that are new or changed, and gives what it made besides; `undo(job, rows)` takes
    stored ones back and gives those that it had to leave, with the reason. `needs`: the sheet must
    have one field of each group.
    """

    name: str
    right: str
    title: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    check: Callable[[Record, dict[str, Any]], None]
    compare: Callable[[list[Record]], None]
    store: Callable[[Job, list[Record]], Made | None]
    undo: Callable[[Job, list[Imported]], list[Remark]]
    # Refuses rows that find nothing left of something scarce, and adds to the counts what the
    # others take. The counts are what rows before these take and the store does not have yet.
    weigh: Callable[[list[Record], Counter[Hashable]], None] = lambda records, taken: None
    # Takes away what a run made besides its rows and nobody uses, when all of it was undone.
    sweep: Callable[[Job, Made], None] = lambda job, made: None
    # Short steps of further work after a block, or (True) at the end: an index, for example.
    after: Callable[[bool], Iterator[None]] = lambda is_last: iter(())
    # The same before rows of these subjects, which the run made, are taken back.
    before_undo: Callable[[list[int]], Iterator[None]] = lambda subjects: iter(())
    # Loads what the first row would wait for; called where nobody waits.
    load: Callable[[], None] = lambda: None
    # Names the function that writes all of it to a file: `export(session, path, said=...)`, which
    # is given the words of a title.
    export: str = ""

    def field(self, name: str) -> Field:
        """The field of this name, in the words of the screen of either language, or in those of
        another program. Refuses: ImportFieldUnknown.
        """
        known = {one: each for each in self.fields for one, _ in each.words()}
        own = {each.name: each for each in self.fields}
        if found := own.get(name) or known.get(heading(name)):
            return found
        near = get_close_matches(heading(name), known, 1, cutoff=0.0)
        raise ImportFieldUnknown(
            field=name, near=known[near[0]].title, listing=self.title, columns=titles(self.fields)
        )

    def titles(self, names: Iterable[str]) -> tuple[str, ...]:
        """What the screen calls these fields, as message ids."""
        return titles(self.field(name) for name in names)


def titles(fields: Iterable[Field]) -> tuple[str, ...]:
    """What the screen calls these fields, as message ids."""
    return tuple(each.title for each in fields)


def kind_named(name: str) -> ImportKind:
    """What can be imported under this name; the module that declares it is loaded now.

    Refuses: KindUnknown.
    """
    known: Mapping[str, str] = dict(declared("imports"))
    if name not in known:
        raise KindUnknown(kind=name, known=", ".join(known))
    found: ImportKind = load(known[name])
    return found


def kinds_in_use() -> list[str]:
    """The names of what can be imported into this store."""
    return [name for trade in used() for name in trade.imports]


def exported_kinds() -> list[str]:
    """The names of what can be written to a file by the columns of its import."""
    return [name for name, _ in declared("imports") if kind_named(name).export]
