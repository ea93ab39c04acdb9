"""Rows that are watched: what is written of them beside their values, by whoever saves them.

A *marked* row decides something (a right, a price, a bill that is open): it carries a short keyed
hash over its values in its column `mark`. A *told* row is part of no document: its values stand as
a digest in the audit row of the work that wrote it. Both are done where rows are saved, by peewee
(`Row` in database.py) and by hot statements (`insert` in hot.py), and nowhere else:

    class Tender(Row):
        ...
        mark = MarkField()          # all other columns but those of Meta.unmarked

    EVENTS = Told(TillEvent, "kind register ...")

How many marked rows there are, and the sum of their marks, is counted as well (tallies.py): a row
that was taken away leaves no mark behind.

`mark_checks.py`, `tally_checks.py` and `told_checks.py` (models/trust) prove them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    Field,
    Model,
    ModelDelete,
    ModelInsert,
    ModelUpdate,
)

from models.base.canonical import to_json
from models.base.columns import Columns

Raw = Sequence[Any]
# Rows, and the sum of their marks.
Counted = tuple[int, int]


class MarkField(BigIntegerField):
    """The keyed mark of its row, 64 bits. Nobody sets it but the code that saves rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, default=0, **kwargs)


class _Key:
    value = b""


def use_key(key: bytes) -> None:
    """Set the key of the opened store's marks."""
    _Key.value = key


class Watch:
    """What is done for the rows of one table. `fields` are all its columns; rows are given and read
    as the database stores them, in this order.
    """

    def __init__(self, table: type[Model]) -> None:
        meta = table._meta
        self.table, self.name = table, str(meta.table_name)
        self.fields: list[Field] = list(meta.sorted_fields)
        places = {field.name: place for place, field in enumerate(self.fields)}
        self.keys = [places[field.name] for field in meta.get_primary_keys()]
        self.mark_place = next(
            (n for n, field in enumerate(self.fields) if isinstance(field, MarkField)), None
        )
        self.mark = None if self.mark_place is None else self.fields[self.mark_place]
        unmarked = {"mark", *getattr(meta, "unmarked", "").split()}
        self.marked = sorted(places[name] for name in places.keys() - unmarked)
        flags = [n for n, at in enumerate(self.marked) if isinstance(self.fields[at], BooleanField)]
        self._flags = flags
        # The mark covers the names of its columns too: no value passes for another's.
        names = [self.name, *(self.fields[place].column_name for place in self.marked)]
        self._prefix = to_json(names).encode()
        # The tallies do not count themselves.
        self.is_counted = self.mark_place is not None and not getattr(meta, "is_tally", False)
        self._hashed = {field.name for field in self.fields} - unmarked
        self.told = TOLD.get(table)
        self.told_places = [places[name] for name in self.told.columns.names] if self.told else []
        pick = " AND ".join(f'"{self.fields[place].column_name}" = ?' for place in self.keys)
        self.set_mark = f'UPDATE "{self.name}" SET "mark" = ? WHERE {pick}'

    def key_of(self, row: Raw) -> Any:
        """The row's key, a list when it has several columns."""
        found = [row[place] for place in self.keys]
        return found[0] if len(found) == 1 else found

    def mark_of(self, row: Raw) -> int:
        """The mark of a row with these values."""
        values = [row[place] for place in self.marked]
        for place in self._flags:
            values[place] = plain(values[place])
        # Python's own text in ASCII is the quickest that is the same for equal values only; each
        # line of a bill is marked and looked at some times.
        text = ascii(values)
        hashed = hashlib.blake2b(self._prefix + text.encode(), key=_Key.value, digest_size=8)
        return int.from_bytes(hashed.digest(), signed=True)

    def is_right(self, row: Raw) -> bool:
        """Is the row what the program saved?"""
        assert self.mark_place is not None
        return bool(row[self.mark_place] == self.mark_of(row))

    def is_moved_by(self, changed: set[str]) -> bool:
        """Does a change of these columns need a new mark, or telling?"""
        is_marked = self.mark_place is not None and bool(changed & self._hashed)
        return is_marked or (self.told is not None and bool(changed & set(self.told.columns.names)))

    def count(self, rows: int, marks: int) -> None:
        """So many rows more, and so much more in the sum of their marks, for the tallies."""
        if self.is_counted:
            if _Work.open is None:
                raise RowUncounted(self.name)
            before = _counted.get(self.name, (0, 0))
            _counted[self.name] = (before[0] + rows, before[1] + marks)

    def count_gone(self, rows: Iterable[int]) -> None:
        """Rows with these marks are gone."""
        marks = list(rows)
        self.count(-len(marks), -sum(marks))

    def tell(self, row: Raw) -> None:
        """Keep the row for the audit row that comes."""
        if self.told is not None:
            values = [row[place] for place in self.told_places]
            _waiting[self.name, to_json(self.key_of(row))] = digest_of(self.name, values)

    def written(self, row: Raw) -> list[Any]:
        """The row with its mark, told."""
        ready = list(row)
        if self.mark_place is not None:
            ready[self.mark_place] = self.mark_of(ready)
        self.tell(ready)
        return ready


class Told:
    """A table whose rows are told in the audit log; `names` are the columns that are, `later` those
    that came with a later schema. Rows of a table that `changes` are told each time; others once.
    """

    def __init__(
        self,
        table: type[Model],
        names: str,
        later: Mapping[int, str] | None = None,
        *,
        changes: bool = False,
    ) -> None:
        self.table, self.columns, self.changes = table, Columns(names, later), changes
        self.name = str(table._meta.table_name)
        TOLD[table] = self


TOLD: dict[type[Model], Told] = {}
_watches: dict[type[Model], Watch | None] = {}
# Rows written since the last audit row: table and key -> digest, empty for one that is gone.
_waiting: dict[tuple[str, str], str] = {}
# In this transaction: table -> how many marked rows more, and the change of the sum of marks.
_counted: dict[str, Counted] = {}


class _Work:
    # The transaction that stores what is counted; None outside of one.
    open: object | None = None


class RowUncounted(AssertionError):
    """A marked row was written outside of a transaction: a mistake of the program."""


class RowUntold(AssertionError):
    """Work wrote a told row and no audit row behind it: a mistake of the program."""


def watch_of(table: type[Model]) -> Watch | None:
    """What is done for rows of this table; None for nothing."""
    if table not in _watches:
        is_marked = any(isinstance(field, MarkField) for field in table._meta.sorted_fields)
        _watches[table] = Watch(table) if is_marked or table in TOLD else None
    return _watches[table]


def plain(value: Any) -> Any:
    """SQLite stores true and false as 1 and 0."""
    return int(value) if isinstance(value, bool) else value


def digest_of(table: str, values: Iterable[Any]) -> str:
    """The digest of a told row."""
    text = to_json([table, [plain(value) for value in values]])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def told() -> dict[str, list[list[Any]]]:
    """The rows written since the last audit row, by table, as (key as JSON, digest): for the next
    one. They are told once.
    """
    found: dict[str, list[list[Any]]] = {}
    for (table, key), digest in _waiting.items():
        found.setdefault(table, []).append([key, digest])
    _waiting.clear()
    return found


Written = tuple[dict[tuple[str, str], str], dict[str, Counted]]


def begin() -> None:
    """A transaction begins: what one that was rolled back would have told is forgotten."""
    _waiting.clear()
    _counted.clear()
    _Work.open = object()


def end() -> None:
    """A transaction ended: what was counted is in the tallies now, or was rolled back."""
    _counted.clear()
    _Work.open = None


def open_work() -> object | None:
    """The open transaction, each another object; None outside of one. What was read in it may be
    kept as long as it is the same.
    """
    return _Work.open


def written_so_far() -> Written:
    """What the transaction wrote until now, for `back_to`."""
    return dict(_waiting), dict(_counted)


def back_to(before: Written) -> None:
    """What was written since then was rolled back."""
    waiting, counted_then = before
    _waiting.clear()
    _waiting.update(waiting)
    _counted.clear()
    _counted.update(counted_then)
    # What was read in that part is not there any more.
    _Work.open = object()


def require_told() -> None:
    """Before a transaction ends. Raises RowUntold."""
    if _waiting:
        raise RowUntold(", ".join(sorted({table for table, _ in _waiting})))


def counted() -> dict[str, Counted]:
    """What was counted and is in no tally yet, by table, as (rows, sum of marks)."""
    return dict(_counted)


def is_counted(table: type[Model]) -> bool:
    """Are the rows of this table counted?"""
    watch = watch_of(table)
    return watch is not None and watch.is_counted


def completed(watch: Watch, given: Mapping[Any, Any]) -> dict[Field, Any]:
    """All values of a row that is inserted by peewee, its mark among them."""
    values = {
        field: given.get(field, given.get(field.name, _default(field))) for field in watch.fields
    }
    row = watch.written([stored(field, values[field]) for field in watch.fields])
    if watch.mark_place is not None:
        values[watch.fields[watch.mark_place]] = row[watch.mark_place]
    return values


def _default(field: Field) -> Any:
    return field.default() if callable(field.default) else field.default


def stored(field: Field, value: Any) -> Any:
    """A value as the column stores it."""
    return field.db_value(value.get_id() if isinstance(value, Model) else value)


class WatchedInsert(ModelInsert):
    """An INSERT of one watched row, given with its mark."""

    def _execute(self, database: Any) -> Any:
        watch = watch_of(self.model)
        assert watch is not None
        assert self._on_conflict is None
        done = super()._execute(database)
        if watch.is_counted:
            assert watch.mark_place is not None
            watch.count(1, self._insert[watch.fields[watch.mark_place]])
        return done


class WatchedUpdate(ModelUpdate):
    """An UPDATE of watched rows: those it changed get their marks, and are told.

    A row whose mark was wrong keeps a wrong one: saving it must not make good what somebody did to
    it beside the program.
    """

    def _execute(self, database: Any) -> int:
        watch = watch_of(self.model)
        assert watch is not None and not self._returning
        changed = {getattr(field, "name", field) for field in self._update}
        if not watch.is_moved_by(changed):
            return int(super()._execute(database))
        wrong = [] if watch.mark_place is None else self._wrong(database, watch)
        rows = database.execute(self.returning(*watch.fields)).fetchall()
        is_told = watch.told is not None and bool(changed & set(watch.told.columns.names))
        for row in rows:
            if watch.mark_place is not None and watch.key_of(row) not in wrong:
                put_mark(database, watch, row)
            if is_told:
                watch.tell(row)
        return len(rows)

    def _wrong(self, database: Any, watch: Watch) -> list[Any]:
        """The keys of those to be changed whose mark is wrong already."""
        before = self.model.select(*watch.fields)
        if self._where is not None:
            before = before.where(self._where)
        return [watch.key_of(row) for row in database.execute(before) if not watch.is_right(row)]


def put_mark(database: Any, watch: Watch, row: Raw) -> None:
    """Store the mark that belongs to a row's values."""
    values = (watch.mark_of(row), *(row[place] for place in watch.keys))
    database.execute_sql(watch.set_mark.replace("?", database.param), values)
    assert watch.mark_place is not None
    watch.count(0, values[0] - row[watch.mark_place])


class WatchedDelete(ModelDelete):
    """A DELETE of watched rows: that they are gone is told, or counted."""

    def _execute(self, database: Any) -> int:
        watch = watch_of(self.model)
        assert watch is not None and not self._returning
        rows = database.execute(self.returning(*watch.fields)).fetchall()
        if watch.told is not None:
            _waiting.update(((watch.name, to_json(watch.key_of(row))), "") for row in rows)
        if watch.mark_place is not None:
            watch.count_gone(row[watch.mark_place] for row in rows)
        return len(rows)
