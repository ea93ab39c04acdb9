"""The engine's own limit: a cash sale in plain SQL with the store's settings, one durable commit.

The least that a sale needs, in tables of its own without triggers or checks: look each item up,
draw the number, a document, its lines, eight entries, a tender, guarded stock and its moves, an
audit row, a print job. Each statement also runs through models/base/hot.py, which shows what our
own way to the database adds to it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models.base.database import _PRAGMAS

TABLES = """
CREATE TABLE item(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  price INTEGER NOT NULL, cost INTEGER NOT NULL);
CREATE TABLE shelf(item INTEGER PRIMARY KEY, pieces INTEGER NOT NULL);
CREATE TABLE numbers(kind TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE paper(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number INTEGER NOT NULL,
  day TEXT NOT NULL, at INTEGER NOT NULL, clerk INTEGER NOT NULL, total INTEGER NOT NULL);
CREATE TABLE part(paper INTEGER NOT NULL, line INTEGER NOT NULL, item INTEGER NOT NULL,
  pieces INTEGER NOT NULL, price INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (paper, line));
CREATE TABLE leg(paper INTEGER NOT NULL, line INTEGER NOT NULL, account INTEGER NOT NULL,
  amount INTEGER NOT NULL, PRIMARY KEY (paper, line));
CREATE TABLE tender(paper INTEGER NOT NULL, line INTEGER NOT NULL, kind TEXT NOT NULL,
  given INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (paper, line));
CREATE TABLE move(paper INTEGER NOT NULL, line INTEGER NOT NULL, item INTEGER NOT NULL,
  pieces INTEGER NOT NULL, cost INTEGER NOT NULL, PRIMARY KEY (paper, line));
CREATE TABLE log(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, clerk INTEGER NOT NULL,
  verb TEXT NOT NULL, paper INTEGER NOT NULL);
CREATE TABLE slip(id INTEGER PRIMARY KEY, paper INTEGER NOT NULL, state TEXT NOT NULL);
"""
INDEXES = """
CREATE UNIQUE INDEX paper_number ON paper(kind, number);
CREATE INDEX paper_day ON paper(day);
CREATE INDEX part_item ON part(item);
CREATE INDEX move_item ON move(item);
"""
FIND = "SELECT id, price, cost FROM item WHERE code = ?"
NUMBER = "UPDATE numbers SET last = last + 1 WHERE kind = 'sale' RETURNING last"
PAPER = "INSERT INTO paper VALUES (?, 'sale', ?, ?, ?, 1, ?)"
PART = "INSERT INTO part VALUES (?, ?, ?, 1, ?, ?)"
LEG = "INSERT INTO leg VALUES (?, ?, ?, ?)"
TENDER = "INSERT INTO tender VALUES (?, 1, 'cash', ?, ?)"
TAKE = "UPDATE shelf SET pieces = pieces - 1 WHERE item = ? AND pieces >= 1"
MOVE = "INSERT INTO move VALUES (?, ?, ?, -1, ?)"
LOG = "INSERT INTO log (at, clerk, verb, paper) VALUES (?, 1, 'sell', ?)"
SLIP = "INSERT INTO slip (paper, state) VALUES (?, 'queued')"
DAY, AT = "2026-11-23", 1_795_439_901_882_016

Rows = Callable[[str, Sequence[Any]], list[Any]]
Many = Callable[[str, Sequence[Sequence[Any]]], object]


def sell(rows: Rows, many: Many, codes: Sequence[str]) -> None:
    """One sale inside the caller's transaction."""
    items = [rows(FIND, (code,))[0] for code in codes]
    total, cost = sum(item[1] for item in items), sum(item[2] for item in items)
    paper = rows(NUMBER, ())[0][0]
    rows(PAPER, (paper, paper, DAY, AT, total))
    many(PART, [(paper, n, item[0], item[1], item[1]) for n, item in enumerate(items, 1)])
    many(LEG, [(paper, n, *leg) for n, leg in enumerate(_legs(total, cost), 1)])
    rows(TENDER, (paper, total + 500, total))
    for item in items:
        rows(TAKE, (item[0],))
    many(MOVE, [(paper, n, item[0], item[2]) for n, item in enumerate(items, 1)])
    rows(LOG, (AT, paper))
    rows(SLIP, (paper,))


def _legs(total: int, cost: int) -> list[tuple[int, int]]:
    tax, off = total * 13 // 113, total // 100
    return [
        (1001, total), (6001, tax - total), (2221, -tax), (6603, 0), (6401, cost), (1405, -cost),
        (6601, off), (2211, -off),
    ]  # fmt: skip


class Raw:
    """A store of nothing but these tables."""

    def __init__(self, connection: Any, goods: int) -> None:
        self.connection, self.goods = connection, goods
        self._chance = random.Random(7)

    def codes(self, lines: int) -> list[str]:
        """A random basket."""
        return [code_of(self._chance.randrange(self.goods)) for _ in range(lines)]

    def sale(self, codes: Sequence[str]) -> None:
        """One sale, committed."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        sell(
            lambda sql, values: execute(sql, values).fetchall(), self.connection.executemany, codes
        )
        execute("COMMIT")


def code_of(number: int) -> str:
    """The code of an item."""
    return f"69{number:011d}"


@contextmanager
def raw_store(path: Path, goods: int, sales: int) -> Iterator[Raw]:
    """The file at `path`, made when it is not there, with so many sales in it."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection: Any = sqlite.connect(str(path), isolation_level=None, cached_statements=256)
    try:
        for name, value in _PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
        if is_new:
            _fill(connection, goods, sales)
        yield Raw(connection, goods)
    finally:
        connection.close()


def _fill(connection: Any, goods: int, sales: int) -> None:
    connection.execute("PRAGMA synchronous = 0")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    many = connection.executemany
    items = ((n, code_of(n), f"item {n}", 100 + n % 900, 60 + n % 500) for n in range(goods))
    many("INSERT INTO item VALUES (?, ?, ?, ?, ?)", items)
    connection.execute("INSERT INTO shelf SELECT id, 1000000 FROM item")
    connection.execute("INSERT INTO numbers VALUES ('sale', ?)", (sales,))
    chance = random.Random(1)
    day = f"date('{DAY}', ((? - {sales}) / 1000) || ' days')"
    many(f"INSERT INTO paper VALUES (?, 'sale', ?, {day}, 0, 1, 2500)", _same(sales, 3))
    lines = [(n, line) for n in range(1, sales + 1) for line in range(1, 6)]
    many("INSERT INTO part VALUES (?, ?, ?, 1, 500, 500)", _with_goods(lines, goods, chance))
    many("INSERT INTO move VALUES (?, ?, ?, -1, 300)", _with_goods(lines, goods, chance))
    for line, (account, amount) in enumerate(_legs(2500, 1500), 1):
        many(f"INSERT INTO leg VALUES (?, {line}, {account}, {amount})", _same(sales, 1))
    many("INSERT INTO tender VALUES (?, 1, 'cash', 3000, 2500)", _same(sales, 1))
    many("INSERT INTO log VALUES (?, 0, 1, 'sell', ?)", _same(sales, 2))
    many("INSERT INTO slip VALUES (?, ?, 'printed')", _same(sales, 2))
    connection.execute("COMMIT")
    connection.executescript(f"{INDEXES} PRAGMA wal_checkpoint(TRUNCATE);")
    connection.execute("PRAGMA synchronous = FULL")


def _same(sales: int, marks: int) -> Iterator[tuple[int, ...]]:
    return ((number,) * marks for number in range(1, sales + 1))


def _with_goods(
    lines: Sequence[tuple[int, int]], goods: int, chance: random.Random
) -> Iterator[tuple[int, int, int]]:
    return ((paper, line, chance.randrange(goods)) for paper, line in lines)
