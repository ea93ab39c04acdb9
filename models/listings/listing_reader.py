"""The SQL of a view of a listing, for one person: the fields that he may see, the rows that his
scope shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base.hot import query
from models.listings.listing_columns import bound, column, is_column, is_loose, is_summed
from models.listings.listings import (
    Condition,
    Field,
    FieldHidden,
    Link,
    Linked,
    Listing,
    View,
    opened,
)
from models.trust.operation import Session
from models.trust.scopes import Scope

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


class Reader:
    """Builds the SQL of one view, and reads blocks of rows with it."""

    def __init__(
        self,
        session: Session,
        listing: Listing,
        view: View,
        *,
        forward: bool,
        is_whole: bool = False,
        any_of: Sequence[Condition] = (),
        also: Sequence[str] = (),
    ) -> None:
        """`also` are columns that are read though no list shows them."""
        assert listing.row is not None, f"{listing.name} has no table"
        rights = opened(session, listing)
        seen = {each.name for each in listing.seen(rights)}
        _refuse_hidden(listing, view, seen)
        self.listing, self.forward, self.seen = listing, forward, seen
        self.scope = Scope.of(rights)
        self.table = listing.row._meta.table_name
        self.order = view.order or listing.order
        is_descending = listing.is_newest_first != view.is_reversed
        self.sign, self.direction = (">", "ASC") if is_descending != forward else ("<", "DESC")
        fields = listing.in_form() if is_whole else listing.listed()
        self.fields = [
            each
            for each in fields
            if each.kind != "secret" and each.name in seen and not is_loose(listing, each)
        ]
        self.summed = [each for each in self.fields if each.is_listed and is_summed(each)]
        for name in (listing.named, *filter(None, [listing.apart]), *also):
            is_known = name in {each.name for each in self.fields} or not is_column(listing, name)
            is_hidden = name != listing.named and name in listing.by_name and name not in seen
            if not is_known and not is_hidden:
                self.fields.append(Field(name, ""))
        self.is_whole = is_whole
        self.places = [self._sql(self.order), *(self._sql(name) for name in listing.key)]
        self.bounds, self.bound_values = self._window(view, inside=True)
        self.filter, self.filter_values = self._filters(view, any_of)

    # The parts of the text.

    def _sql(self, name: str) -> str:
        given = self.listing.by_name.get(name)
        if given and given.beside:
            return f"({given.beside})"
        return f't."{column(self.listing, name).column_name}"'

    def _columns(self) -> tuple[list[str], str]:
        shown, joins = [], ""
        for index, each in enumerate(self.fields):
            shown.append(self._sql(each.name))
            if each.link:
                other, table = f"l{index}", each.link.row._meta.table_name
                shown.append(_name_in(each.link, other))
                joins += f' LEFT JOIN "{table}" {other} ON {other}."key" = {self._sql(each.name)}'
        return shown, joins

    def _filters(self, view: View, any_of: Sequence[Condition]) -> tuple[str, list[Any]]:
        parts, values = self._window(view, inside=False)
        for condition in (*self.listing.where, *view.conditions):
            self._add(parts, values, self._condition(condition))
        for words in view.text.split():
            either = [self._condition(Condition(name, "has", words)) for name in self.listing.find]
            self._add(parts, values, _any(either))
        if any_of:
            self._add(parts, values, _any([self._condition(each) for each in any_of]))
        if self.listing.owners:
            for owned in self._owned():
                self._add(parts, values, owned)
        return " AND ".join(parts), values

    def _owned(self) -> Iterator[tuple[str, list[Any]]]:
        """Which rows the scope shows: by their own owners, or by those of what they point at."""
        if not self.listing.through:
            who = [self._sql(name) for name in self.listing.owners]
            yield from self._in_scope("t", who)
        for name in self.listing.through:
            link = self.listing[name].link
            assert link is not None, name
            columns = link.row._meta.fields
            who = [f'o."{columns[each].column_name}"' for each in self.listing.owners]
            for text, given in self._in_scope("o", who):
                found = f'SELECT 1 FROM "{link.row._meta.table_name}" o WHERE o."key" ='
                yield f"EXISTS ({found} {self._sql(name)} AND {text})", given

    def _in_scope(self, table: str, who: list[str]) -> Iterator[tuple[str, list[Any]]]:
        text, given = self.scope.where(who, f'{table}."store"')
        if text:
            text = text.removeprefix(" AND ")
            either = f"({who[0]} IS NULL OR {text})" if self.listing.shows_unowned else text
            yield either, list(given)

    @staticmethod
    def _add(parts: list[str], values: list[Any], more: tuple[str, list[Any]]) -> None:
        parts.append(more[0])
        values.extend(more[1])

    def _condition(self, condition: Condition) -> tuple[str, list[Any]]:
        column, value = self._sql(condition.name), condition.value
        if condition.sign == "any":
            return self._any_of(value)
        if condition.sign in ("has", "starts", "like") or _is_text(value):
            return self._text_condition(condition)
        if condition.sign == "in":
            marks = ", ".join("?" * len(value))
            return (f"{column} IN ({marks})", list(value)) if value else ("1 = 0", [])
        if value is None:
            return f"{column} IS {'NOT ' if condition.sign == '<>' else ''}NULL", []
        return f"{column} {_SIGNS[condition.sign]} ?", [value]

    def _any_of(self, some: Sequence[Sequence[Condition]]) -> tuple[str, list[Any]]:
        alternatives = []
        for each in some:
            parts = [self._condition(one) for one in each]
            text = " AND ".join(part for part, _ in parts)
            alternatives.append((f"({text})", [value for _, own in parts for value in own]))
        return _any(alternatives)

    def _text_condition(self, condition: Condition) -> tuple[str, list[Any]]:
        column = f"lower(CAST({self._sql(condition.name)} AS TEXT))"
        text = str(condition.value).lower()
        if condition.sign in _SIGNS:
            if condition.sign in ("=", "<>"):
                return f"{column} {condition.sign} ?", [text]
            return f"{self._sql(condition.name)} {condition.sign} ?", [condition.value]
        if condition.sign == "like":
            return f"{column} LIKE ? ESCAPE '\\'", [whole_pattern(text)]
        for sign in "\\%_":
            text = text.replace(sign, f"\\{sign}")
        start = "" if condition.sign == "starts" else "%"
        return f"{column} LIKE ? ESCAPE '\\'", [f"{start}{text}%"]

    def _window(self, view: View, *, inside: bool) -> tuple[list[str], list[Any]]:
        """The date window; inside the block when the rows are sorted by that date."""
        name = self.listing.dates
        if not name or inside != (self.order == name):
            return [], []
        parts, values = [], []
        for text, sign, is_end in ((view.since, ">=", False), (view.until, "<", True)):
            if text:
                parts.append(f"{self._sql(name)} {sign} ?")
                values.append(bound(self.listing, name, text, is_end=is_end))
        return parts, values

    def _inner(self, anchor: Anchor | None, limit: int) -> tuple[str, list[Any]]:
        """The next rows of the table in order, before the filter."""
        parts, values = list(self.bounds), list(self.bound_values)
        if anchor is not None:
            places = ", ".join(self.places)
            parts.append(f"({places}) {self.sign} ({', '.join('?' * len(self.places))})")
            values += [anchor.order, *_key_parts(anchor.key)]
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
        names = [each.name for each in self.summed]
        sums = "".join(f", coalesce(sum({self._sql(name)}), 0)" for name in names)
        inner, values = self._inner(anchor, size)
        where = f" WHERE {self.filter}" if self.filter else ""
        text = f"SELECT count(*){sums} FROM (SELECT * {inner}) t{where}"
        row = query(text, *values, *self.filter_values)[0]
        added = {name: int(total) for name, total in zip(names, row[1:], strict=True)}
        return row[0], added, self._end(anchor, size)

    def group_block(
        self, name: str, anchor: Anchor | None
    ) -> tuple[list[Sequence[Any]], Anchor | None]:
        """The next block by the values of a field: each as it is stored, with the number of its
        rows and their sums; and where the next block begins.
        """
        size = BLOCK * 4
        sums = "".join(f", coalesce(sum({self._sql(each.name)}), 0)" for each in self.summed)
        inner, values = self._inner(anchor, size)
        where = f" WHERE {self.filter}" if self.filter else ""
        text = f"SELECT {self._sql(name)}, count(*){sums} FROM (SELECT * {inner}) t{where}"
        rows = query(f"{text} GROUP BY 1", *values, *self.filter_values)
        return list(rows), self._end(anchor, size)

    def keyed(self, keys: Sequence[Any]) -> list[Line]:
        """The rows with these keys."""
        names = [self._sql(name) for name in self.listing.key]
        one = f"({', '.join('?' * len(names))})"
        where = f" WHERE ({', '.join(names)}) IN ({', '.join([one] * len(keys))})"
        if len(names) == 1:
            where = f" WHERE {names[0]} IN ({', '.join('?' * len(keys))})"
        where += f" AND {self.filter}" if self.filter else ""
        values = [part for key in keys for part in _key_parts(key)]
        return self._lines(f'"{self.table}" t', where, [*values, *self.filter_values])

    def _end(self, anchor: Anchor | None, size: int) -> Anchor | None:
        inner, values = self._inner(anchor, 1)
        rows = query(f"SELECT {', '.join(self.places)} {inner} OFFSET {size - 1}", *values)
        return _anchor(rows[0]) if rows else None

    def _lines(
        self, source: str, where: str, values: list[Any], *, limit: int | None = None
    ) -> list[Line]:
        shown, joins = self._columns()
        version = ', t."version"' if self.is_whole and is_column(self.listing, "version") else ""
        columns = ", ".join([*self.places, *shown])
        most = f" LIMIT {limit}" if limit is not None else ""
        text = f"SELECT {columns}{version} FROM {source}{joins}{where}{self._ordered()}{most}"
        return [self._line(row, bool(version)) for row in query(text, *values)]

    def _line(self, row: Sequence[Any], has_version: bool) -> Line:
        start = len(self.places)
        at, values = start, {}
        for each in self.fields:
            value = self._value(each, row[at])
            at += 1
            if each.link:
                value = _linked(each, each.link, value, row[at])
                at += 1
            values[each.name] = value
        if has_version:
            values["version"] = row[at]
        return Line(_anchor(row[:start]), values)

    def _value(self, each: Field, raw: Any) -> Any:
        return column(self.listing, each.name).python_value(raw)


def _name_in(link: Link, other: str) -> str:
    """What a row of this alias is called, as `with_more` says it (models/base/texts.py)."""
    name, more = (
        f'{other}."{link.row._meta.fields[each].column_name}"'
        for each in (link.shown, link.apart or link.shown)
    )
    if not link.apart:
        return name
    is_said = f"{more} = '' OR replace({name}, {more}, '') <> {name}"
    return f"{name} || CASE WHEN {is_said} THEN '' ELSE ' ' || {more} END"


def _linked(each: Field, link: Link, key: Any, shown: Any) -> Any:
    """What a field shows of the other record: its name, or a value of it that is kept sealed."""
    if each.kind == "private":
        return link.row._meta.fields[link.shown].python_value(shown)
    return None if key is None else Linked(key, str(shown or ""))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _any(parts: Sequence[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    text = " OR ".join(part for part, _ in parts)
    return f"({text})", [value for _, values in parts for value in values]


def _anchor(row: Sequence[Any]) -> Anchor:
    order, *key = row
    return Anchor(order, key[0] if len(key) == 1 else tuple(key))


def _key_parts(key: Any) -> tuple[Any, ...]:
    return tuple(key) if isinstance(key, tuple | list) else (key,)


def _refuse_hidden(listing: Listing, view: View, seen: set[str]) -> None:
    """Nobody learns by a filter or an order what he may not see."""
    asked = set(_names_in(view.conditions)) | ({view.order} if view.order else set())
    if hidden := sorted(name for name in asked if name in listing.by_name and name not in seen):
        raise FieldHidden(field=hidden[0])


def _names_in(conditions: Sequence[Condition]) -> Iterator[str]:
    for each in conditions:
        yield each.name
        if each.sign == "any":
            yield from _names_in([one for some in each.value for one in some])


def whole_pattern(text: str) -> str:
    """A pattern as LIKE reads it: a backslash that stands before no sign of the pattern is one."""
    return re.sub(r"\\(.?)", lambda m: m[0] if m[1] and m[1] in "%_\\" else rf"\\{m[1]}", text)
