"""What stands beside documents must be what the audit logs tell of it: events, approvals, counts,
shifts, days, copies of slips, failed sign-ins (models/base/watching.py). Number 11.

A row that is told once is compared where its log tells it. Of one that changes, each log's last
word is kept to the end: the row must be one of them, for what several registers change has no order
among their logs but the clock's, which proves nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.base.canonical import to_json
from models.base.findings import Check, Found
from models.base.hot import Statement
from models.base.watched_rows import WatchedRows
from models.base.watching import TOLD, Raw, Told, digest_of
from models.trust.trades_used import looked_at

_REGISTERS = Statement('SELECT "register", "seq" FROM "chain_head" ORDER BY "register"')
_AUDIT = Statement(
    'SELECT "seq", "shape", "detail" FROM "audit" WHERE "register" = ? AND "seq" > ? '
    'AND "seq" <= ? ORDER BY "seq" LIMIT 200'
)
_NEWEST = 500


class _Word(NamedTuple):
    """What one audit row tells of one row; an empty digest says that it is gone."""

    digest: str
    schema: int
    place: str


class _Table(WatchedRows):
    """How the rows of one told table are read, as (key, values that are told)."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.table)
        self.told, self.name = told, told.name

    def with_keys(self, keys: Iterable[str]) -> dict[str, list[Any]]:
        """The rows with these keys, and others that begin with the same."""
        values = (json.loads(key) for key in keys)
        firsts = (value[0] if isinstance(value, list) else value for value in values)
        return self.by_key(self.beginning_with(firsts))

    def by_key(self, rows: Iterable[Raw]) -> dict[str, list[Any]]:
        """Rows by their key as the log tells it."""
        places = self.watch.told_places
        return {to_json(self.watch.key_of(row)): [row[n] for n in places] for row in rows}

    def is_same(self, values: list[Any], word: _Word) -> bool:
        """Is a row what was told of it?"""
        return digest_of(self.name, values[: self.told.columns.count(word.schema)]) == word.digest


# One audit row: its number, the schema, and what it tells: by table, pairs of key and digest.
Telling = tuple[int, int, dict[str, list[list[str]]]]


def _tellings(register: int, after: int, last: int) -> Iterator[list[Telling]]:
    """What the rows of a log tell, page after page."""
    while rows := _AUDIT.rows(register, after, last):
        after = int(rows[-1][0])
        yield [
            (seq, schema, json.loads(detail).get("told", {}) if '"told":' in detail else {})
            for seq, schema, detail in rows
        ]


@dataclass(slots=True)
class _Reading:
    """A walk along all logs."""

    is_quick: bool
    tables: dict[str, _Table]
    done: dict[int, int] = field(default_factory=dict)
    # Of tables that are told once: how many rows there were, when the logs ended there; how many of
    # those were told; and whether one of them is gone.
    stood: dict[str, tuple[int, dict[int, int]]] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    lacking: set[str] = field(default_factory=set)
    # Of the others: each log's last word.
    last: dict[tuple[str, str], dict[int, _Word]] = field(default_factory=dict)

    def count(self, table: _Table) -> None:
        """How many rows there are, and where the logs end, at one moment."""
        self.stood[table.name] = (table.count(), dict(_REGISTERS.rows()))

    def page(self, register: int, tellings: list[Telling]) -> Iterator[Found]:
        """Compare what some audit rows tell."""
        once: dict[str, dict[str, _Word]] = {}
        for seq, schema, rows in tellings:
            self.done[register] = seq
            for name in rows.keys() & self.tables.keys():
                words = {key: _Word(said, schema, f"{register}:{seq}") for key, said in rows[name]}
                if self.tables[name].told.changes:
                    for key, word in words.items():
                        self.last.setdefault((name, key), {})[register] = word
                    continue
                once.setdefault(name, {}).update(words)
                if name in self.stood and seq <= self.stood[name][1].get(register, 0):
                    self.counted[name] += len(words)
        for name, words in once.items():
            for found in _compared(self.tables[name], words):
                self.lacking |= {name} if found.code == "ToldMissing" else set()
                yield found

    def changing(self, table: _Table) -> Iterator[Found]:
        """Compare the rows of a table that changes with the last words, all at one moment."""
        for register, last in _REGISTERS.rows():
            for page in _tellings(register, self.done.get(register, 0), last):
                yield from self.page(register, page)
        words = {key: said for (name, key), said in self.last.items() if name == table.name}
        if self.is_quick:
            stored = table.with_keys(words)
        else:
            stored = table.by_key(row for page in table.pages() for row in page)
        for key, said in sorted(words.items()):
            latest = list(said.values())
            where, place = f"{table.name} {key}", {"row": latest[-1].place}
            if key in stored and not any(table.is_same(stored[key], word) for word in latest):
                yield Found(where, place, "ToldAltered")
            if key not in stored and all(word.digest for word in latest):
                yield Found(where, place, "ToldMissing")
        for key in () if self.is_quick else sorted(stored.keys() - words.keys()):
            yield Found(f"{table.name} {key}", {}, "ToldAdded")

    def added(self, table: _Table) -> Iterator[list[Found]]:
        """The rows that no log tells, where the numbers say that there are some."""
        count, _ = self.stood[table.name]
        if count == self.counted[table.name] and table.name not in self.lacking:
            return
        known: set[str] = set()
        done: dict[int, int] = {}
        for page in table.pages():
            # The rest of the logs as well: a row that came meanwhile is told there.
            for register, last in _REGISTERS.rows():
                for tellings in _tellings(register, done.get(register, 0), last):
                    known |= {key for _, _, rows in tellings for key, _ in rows.get(table.name, ())}
                done[register] = last
            yield [
                Found(f"{table.name} {key}", {}, "ToldAdded") for key in page if key not in known
            ]


def _compared(table: _Table, words: dict[str, _Word]) -> Iterator[Found]:
    stored = table.with_keys(words)
    for key, word in words.items():
        where, place = f"{table.name} {key}", {"row": word.place}
        if key not in stored:
            yield Found(where, place, "ToldMissing")
        elif not table.is_same(stored[key], word):
            yield Found(where, place, "ToldAltered")


def _told(quick: bool) -> Iterator[Iterable[Found]]:
    # By the tables of the store: a trade's are loaded when they are asked for.
    tables = [_Table(TOLD[table]) for table in looked_at(quick) if table in TOLD]
    reading = _Reading(quick, {table.name: table for table in tables})
    once = [table for table in tables if not table.told.changes]
    for table in () if quick else once:
        reading.count(table)
        yield []
    for register, last in _REGISTERS.rows():
        reading.done[register] = max(0, last - _NEWEST) if quick else 0
        for page in _tellings(register, reading.done[register], last):
            yield list(reading.page(register, page))
    for table in tables:
        if table.told.changes:
            yield list(reading.changing(table))
    for table in () if quick else once:
        yield from reading.added(table)


TOLD_CHECK = Check(11, "ToldWrong", _told)
