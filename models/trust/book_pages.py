"""Books by page: a million rows open as fast as ten.

Rows come in the order of one column and the key, behind an anchor, never by OFFSET. A filter is put
on a block of rows at a time, so that no call holds the database longer than `SLICE_S`, however few
rows fit: whoever asks calls again from `resume` until it is None.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from models.base import clock
from models.base.fields import DayField
from models.base.hot import query
from models.trust.books import SUMMED, Book, Condition, Field, Linked, Record, View

SLICE_S = 0.02
BLOCK = 4000
_SIGNS = {"=": "=", "<>": "<>", ">=": ">=", "<=": "<="}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row's place: what it is sorted by, and its key. Two anchors of one row are equal."""

    order: Any = field(compare=False)
    key: Any = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: its place, and its values by field name."""

    anchor: Anchor
    values: dict[str, Any]

    @property
    def key(self) -> Any:
        return self.anchor.key


@dataclass(frozen=True, slots=True)
class Slice:
    """What one call found; `resume` is where the next goes on, None at the end."""

    lines: list[Line]
    resume: Anchor | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows fit, and the sums of the summed fields by name, as far as it was counted."""

    count: int
    sums: dict[str, int]
    resume: Anchor | None


def page(
    book: Book, view: View, anchor: Anchor | None, *, forward: bool = True, limit: int = 200
) -> Slice:
    """At most `limit` rows behind (or, not forward, before) the anchor, nearest first."""
    reader = _Reader(book, view, forward=forward)
    until = time.perf_counter() + SLICE_S
    lines: list[Line] = []
    while True:
        wanted = limit - len(lines)
        found, anchor = reader.block(anchor, wanted)
        lines += found
        if anchor is None or len(lines) >= limit or time.perf_counter() > until:
            # A page that is full goes on behind its last row, not behind the block's.
            full = len(lines) >= limit
            return Slice(lines, lines[-1].anchor if full else anchor)


def tally(book: Book, view: View, after: Tally | None = None) -> Tally:
    """Count the rows and sum them, a slice at a time: call again with what it gave."""
    reader = _Reader(book, view, forward=True)
    so_far = after or Tally(0, {each.name: 0 for each in summed(book)}, None)
    count, sums, anchor = so_far.count, dict(so_far.sums), so_far.resume
    until = time.perf_counter() + SLICE_S
    while True:
        more, added, anchor = reader.count_block(anchor)
        count += more
        for name, value in added.items():
            sums[name] += value
        if anchor is None or time.perf_counter() > until:
            return Tally(count, sums, anchor)


def summed(book: Book) -> list[Field]:
    """The fields whose sum the list shows."""
    return [each for each in book.listed() if each.is_summed and each.kind in SUMMED]


def sum_value(book: Book, name: str, total: int) -> Any:
    """A sum as a value of the field: Money, Quantity, or a number."""
    return _column(book, name).python_value(total)


def found(book: Book, view: View, limit: int = 200) -> list[Line]:
    """The rows that the book's own search means, best first."""
    assert book.search is not None
    keys = book.search(view.text, limit)
    if not keys:
        return []
    reader = _Reader(book, View(conditions=view.conditions), forward=True)
    lines = {line.key: line for line in reader.keyed(keys)}
    return [lines[key] for key in keys if key in lines]


def line_of(book: Book, key: Any, view: View | None = None) -> Line | None:
    """The row of one record as the list shows it, also when the filter leaves it out."""
    bare = View(order=view.order, is_reversed=view.is_reversed) if view else View()
    rows = _Reader(book, bare, forward=True).keyed([key])
    return rows[0] if rows else None


def record(book: Book, key: Any) -> Record | None:
    """One record for its form, or None when it is gone."""
    if book.read is not None:
        return book.read(key)
    line = _Reader(book, View(), forward=True, is_whole=True).keyed([key])
    if not line:
        return None
    values = line[0].values
    lines = book.grid.load(key) if book.grid else []
    return Record(key, values.pop("version", 0), values, lines)


def named(book: Book, text: str, limit: int = 3) -> list[Linked]:
    """The records that a typed text means: those with this code or name, else those that begin
    with it.
    """
    text = text.strip()
    exact = [Condition(name, "=", text) for name in _texts(book)]
    begins = [Condition(name, "starts", text) for name in _texts(book)]
    for conditions in (exact, begins):
        reader = _Reader(book, View(), forward=True, any_of=conditions)
        lines, _ = reader.block(None, limit)
        if lines:
            return [Linked(line.key, shown_name(book, line)) for line in lines]
    return []


def shown_name(book: Book, line: Line) -> str:
    """What names a record in sentences and link fields."""
    return str(line.values.get(book.named) or "")


def _texts(book: Book) -> list[str]:
    return [name for name in book.find if name in book.by_name or _has_column(book, name)]


def has_column(book: Book, each: Field) -> bool:
    """Whether a field can be filtered by: it is a column of the table that can be read there."""
    return each.kind not in ("secret", "private") and _has_column(book, each.column or each.name)


def day_edge(book: Book, name: str, day: date, *, is_end: bool) -> Any:
    """Where a day begins, or the next one, as the column stores it."""
    return _bound(book, name, day.isoformat(), is_end=is_end)


def _has_column(book: Book, name: str) -> bool:
    return book.row is not None and name in book.row._meta.fields


def _column(book: Book, name: str) -> Any:
    """The peewee field behind a field of the book."""
    assert book.row is not None, f"{book.name} has no table"
    given = book.by_name.get(name)
    return book.row._meta.fields[(given.column if given else "") or name]


def stored(book: Book, name: str, value: Any) -> Any:
    """A value of ours as the column stores it: what a Condition holds."""
    if isinstance(value, Linked):
        return value.key
    return _column(book, name).db_value(value)


class _Reader:
    """Builds the SQL of one view, and reads blocks of rows with it."""

    def __init__(
        self,
        book: Book,
        view: View,
        *,
        forward: bool,
        is_whole: bool = False,
        any_of: Sequence[Condition] = (),
    ) -> None:
        assert book.row is not None, f"{book.name} has no table"
        self.book, self.forward = book, forward
        self.table = book.row._meta.table_name
        self.order = view.order or book.order
        is_descending = book.is_newest_first != view.is_reversed
        self.sign, self.direction = (">", "ASC") if is_descending != forward else ("<", "DESC")
        fields = book.in_form() if is_whole else book.listed()
        self.fields = [
            each for each in fields if each.kind != "secret" and not _is_loose(book, each)
        ]
        if book.named not in {each.name for each in self.fields} and _has_column(book, book.named):
            self.fields.append(Field(book.named, ""))
        self.is_whole = is_whole
        self.places = [self._sql(self.order), *(self._sql(name) for name in book.key)]
        self.bounds, self.bound_values = self._window(view, inside=True)
        self.filter, self.filter_values = self._filters(view, any_of)

    # The parts of the text.

    def _sql(self, name: str) -> str:
        return f't."{_column(self.book, name).column_name}"'

    def _columns(self) -> tuple[list[str], str]:
        shown, joins = [], ""
        for index, each in enumerate(self.fields):
            shown.append(self._sql(each.name))
            if each.link:
                other, column = f"l{index}", each.link.row._meta.fields[each.link.shown].column_name
                table = each.link.row._meta.table_name
                shown.append(f'{other}."{column}"')
                key = each.link.row._meta.fields[each.link.key].column_name
                joins += f' LEFT JOIN "{table}" {other} ON {other}."{key}" = {self._sql(each.name)}'
        return shown, joins

    def _filters(self, view: View, any_of: Sequence[Condition]) -> tuple[str, list[Any]]:
        parts, values = self._window(view, inside=False)
        for condition in (*self.book.where, *view.conditions):
            self._add(parts, values, self._condition(condition))
        for words in view.text.split():
            either = [self._condition(Condition(name, "has", words)) for name in self.book.find]
            self._add(parts, values, _any(either))
        if any_of:
            self._add(parts, values, _any([self._condition(each) for each in any_of]))
        return " AND ".join(parts), values

    @staticmethod
    def _add(parts: list[str], values: list[Any], more: tuple[str, list[Any]]) -> None:
        parts.append(more[0])
        values.extend(more[1])

    def _condition(self, condition: Condition) -> tuple[str, list[Any]]:
        column, value = self._sql(condition.name), condition.value
        if condition.sign in ("has", "starts") or _is_text(value):
            return self._text_condition(condition)
        if condition.sign == "in":
            marks = ", ".join("?" * len(value))
            return (f"{column} IN ({marks})", list(value)) if value else ("1 = 0", [])
        if value is None:
            return f"{column} IS {'NOT ' if condition.sign == '<>' else ''}NULL", []
        return f"{column} {_SIGNS[condition.sign]} ?", [value]

    def _text_condition(self, condition: Condition) -> tuple[str, list[Any]]:
        column = f"lower(CAST({self._sql(condition.name)} AS TEXT))"
        text = str(condition.value).lower()
        if condition.sign in _SIGNS:
            if condition.sign in ("=", "<>"):
                return f"{column} {condition.sign} ?", [text]
            return f"{self._sql(condition.name)} {condition.sign} ?", [condition.value]
        for sign in "\\%_":
            text = text.replace(sign, f"\\{sign}")
        start = "" if condition.sign == "starts" else "%"
        return f"{column} LIKE ? ESCAPE '\\'", [f"{start}{text}%"]

    def _window(self, view: View, *, inside: bool) -> tuple[list[str], list[Any]]:
        """The date window; inside the block when the rows are sorted by that date."""
        name = self.book.dates
        if not name or inside != (self.order == name):
            return [], []
        parts, values = [], []
        for text, sign, is_end in ((view.since, ">=", False), (view.until, "<", True)):
            if text:
                parts.append(f"{self._sql(name)} {sign} ?")
                values.append(_bound(self.book, name, text, is_end=is_end))
        return parts, values

    def _inner(self, anchor: Anchor | None, limit: int) -> tuple[str, list[Any]]:
        """The next rows of the table in order, before the filter."""
        parts, values = list(self.bounds), list(self.bound_values)
        if anchor is not None:
            places = ", ".join(self.places)
            parts.append(f"({places}) {self.sign} ({', '.join('?' * len(self.places))})")
            values += [anchor.order, *_tuple(anchor.key)]
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        return f'FROM "{self.table}" t{where}{self._ordered()} LIMIT {limit}', values

    def _ordered(self) -> str:
        return " ORDER BY " + ", ".join(f"{place} {self.direction}" for place in self.places)

    # Reading.

    def block(self, anchor: Anchor | None, limit: int) -> tuple[list[Line], Anchor | None]:
        """The rows of the next block that fit, and where the next block begins."""
        size = BLOCK if self.filter else limit
        inner, values = self._inner(anchor, size)
        where = f" WHERE {self.filter}" if self.filter else ""
        lines = self._lines(
            f"(SELECT * {inner}) t", where, [*values, *self.filter_values], limit=limit
        )
        if not self.filter:
            return lines, lines[-1].anchor if len(lines) == size else None
        return lines, self._end(anchor, size)

    def count_block(self, anchor: Anchor | None) -> tuple[int, dict[str, int], Anchor | None]:
        """How many rows of the next block fit, their sums, and where the next block begins."""
        size = BLOCK * 4
        names = [each.name for each in summed(self.book)]
        sums = "".join(f", coalesce(sum({self._sql(name)}), 0)" for name in names)
        inner, values = self._inner(anchor, size)
        where = f" WHERE {self.filter}" if self.filter else ""
        text = f"SELECT count(*){sums} FROM (SELECT * {inner}) t{where}"
        row = query(text, *values, *self.filter_values)[0]
        added = {name: int(total) for name, total in zip(names, row[1:], strict=True)}
        return row[0], added, self._end(anchor, size)

    def keyed(self, keys: Sequence[Any]) -> list[Line]:
        """The rows with these keys."""
        names = [self._sql(name) for name in self.book.key]
        one = f"({', '.join('?' * len(names))})"
        where = f" WHERE ({', '.join(names)}) IN ({', '.join([one] * len(keys))})"
        if len(names) == 1:
            where = f" WHERE {names[0]} IN ({', '.join('?' * len(keys))})"
        where += f" AND {self.filter}" if self.filter else ""
        values = [part for key in keys for part in _tuple(key)]
        return self._lines(f'"{self.table}" t', where, [*values, *self.filter_values])

    def _end(self, anchor: Anchor | None, size: int) -> Anchor | None:
        inner, values = self._inner(anchor, 1)
        rows = query(f"SELECT {', '.join(self.places)} {inner} OFFSET {size - 1}", *values)
        return _anchor(rows[0]) if rows else None

    def _lines(
        self, source: str, where: str, values: list[Any], *, limit: int | None = None
    ) -> list[Line]:
        shown, joins = self._columns()
        version = ', t."version"' if self.is_whole and _has_column(self.book, "version") else ""
        columns = ", ".join([*self.places, *shown])
        most = f" LIMIT {limit}" if limit is not None else ""
        text = f"SELECT {columns}{version} FROM {source}{joins}{where}{self._ordered()}{most}"
        return [self._line(row, bool(version)) for row in query(text, *values)]

    def _line(self, row: Sequence[Any], has_version: bool) -> Line:
        start = len(self.places)
        at, values = start, {}
        for each in self.fields:
            value = _column(self.book, each.name).python_value(row[at])
            at += 1
            if each.link:
                value = None if value is None else Linked(value, str(row[at] or ""))
                at += 1
            values[each.name] = value
        if has_version:
            values["version"] = row[at]
        return Line(_anchor(row[:start]), values)


def _is_loose(book: Book, each: Field) -> bool:
    """A field of the form without a column: a password."""
    return not _has_column(book, each.column or each.name)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _any(parts: Sequence[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    text = " OR ".join(part for part, _ in parts)
    return f"({text})", [value for _, values in parts for value in values]


def _anchor(row: Sequence[Any]) -> Anchor:
    order, *key = row
    return Anchor(order, key[0] if len(key) == 1 else tuple(key))


def _tuple(key: Any) -> tuple[Any, ...]:
    return tuple(key) if isinstance(key, tuple | list) else (key,)


def _bound(book: Book, name: str, text: str, *, is_end: bool) -> Any:
    """The first value of a day, or of the day after it, as the column stores it."""
    from models.trust.company import store_zone

    day = date.fromisoformat(text) + timedelta(days=is_end)
    if isinstance(_column(book, name), DayField):
        return day.isoformat()
    return clock.micros(datetime.combine(day, clock_time(), store_zone()))
