"""Selling at the storage: the commit of a sale against plain SQL, in turn in one run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import raw_sale, same_rows, stores
from bench.figures import Figure, Line, figure, line_of, timed
from bench.raw_sale import Raw
from bench.same_rows import Write, recorded
from bench.stores import Place
from models.base import database
from models.base.hot import Statement
from models.trust.operation import Session
from tui.desk import memory

ROUND = 50


def disk_line() -> Line:
    """The disk's own limit: append 4 KiB and have it on the disk."""
    stores.ROOT.mkdir(parents=True, exist_ok=True)
    path = stores.ROOT / "flush"
    block = b"x" * 4096
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)

    def append() -> None:
        os.write(descriptor, block)
        os.fdatasync(descriptor)

    took = [timed(append)[0] for _ in range(200)]
    os.close(descriptor)
    path.unlink()
    return line_of("append 4 KiB and flush (the disk)", figure(took))


def raw_path(goods: int, sales: int) -> Path:
    """Where the plain SQL store of this size is kept."""
    return stores.ROOT / f"raw-{stores.SHAPE}-{goods}-{sales}.db"


@dataclass(frozen=True, slots=True)
class Compared:
    """A sale of ours, its lines rung, the same rows in plain SQL, and the least of any sale."""

    ours: Figure
    rings: Figure
    rows: Figure
    least: Figure

    def lines(self, named: str, *, with_p95: bool) -> Iterator[Line]:
        """The sale against both limits; its target is on the rows that it writes."""
        ours, rows = self.ours, self.rows
        met = ours.p50 <= 3 * rows.p50 and (not with_p95 or ours.p95 <= 3 * rows.p95)
        target = "<= 3 x limit, p95 too" if with_p95 else "<= 3 x limit"
        yield line_of(named, ours, rows, target=target, met=met)
        yield line_of(f"{named}: its rows in plain SQL", rows)
        yield line_of(f"{named}: over the least sale in plain SQL", ours, self.least)


def compared(place: Place, raw: Raw, count: int, lines: int = 5) -> Compared:
    """Commit of our sale, ring of a line, and both limits, in turns."""
    ours: list[float] = []
    rings: list[float] = []
    rows: list[float] = []
    least: list[float] = []
    path = stores.ROOT / "run" / "same-rows.db"
    with place.opened() as session, same_rows.copied(path) as copy:
        # Garbage is looked for as it is at the counter.
        memory.begin()
        kept = _recorded(session, place.goods, count, lines)
        _ours(session, place.goods, 10, lines, seed=1)
        size = min(ROUND, count)
        for done in range(0, count, size):
            least += [timed(lambda: raw.sale(raw.codes(lines)))[0] for _ in range(size)]
            for rung, sold in kept[done : done + size]:
                copy.write(rung)
                rows.append(timed(partial(copy.write, sold))[0])
            took, rang = _ours(session, place.goods, size, lines, seed=done + 2)
            ours += took
            rings += rang
    return Compared(figure(ours), figure(rings), figure(rows), figure(least))


def _recorded(
    session: Session, goods: int, count: int, lines: int
) -> list[tuple[list[Write], list[Write]]]:
    """What so many sales write, each while it is rung and when it is sold."""
    codes, found = stores.codes(goods, count * lines, seed=0), []
    for start in range(0, len(codes), lines):
        with recorded() as rung:
            bill = stores.fill_basket(session, codes[start : start + lines])
        with recorded() as sold:
            stores.pay(session, bill)
        found.append((rung, sold))
    return found


def _ours(
    session: Session, goods: int, count: int, lines: int, *, seed: int
) -> tuple[list[float], list[float]]:
    codes = stores.codes(goods, count * lines, seed)
    took, rang = [], []
    for start in range(0, len(codes), lines):
        ringing, bill = timed(partial(stores.fill_basket, session, codes[start : start + lines]))
        rang.append(ringing / (lines + 1))
        took.append(timed(partial(stores.pay, session, bill))[0])
    return took, rang


def commit_lines(goods: int, sizes: list[int], count: int) -> Iterator[Line]:
    """The commit of a sale of five lines, in a store of a thousand sales and in larger ones."""
    first: Compared | None = None
    for size in sizes:
        # A copy: one that is kept would have more sales before each run than the last time.
        place = stores.place(goods, size).copied("commit")
        with raw_sale.raw_store(raw_path(goods, size), goods, size) as raw:
            found = compared(place, raw, count)
        yield from found.lines(f"sale of 5 lines committed, {size:,} sales before", with_p95=True)
        if first is None:
            yield line_of("ring a line (found, priced, stored)", found.rings)
            first = found
        else:
            yield _growth(size, sizes[0], found, first)


def _growth(size: int, small: int, now: Compared, then: Compared) -> Line:
    ours, rows = now.ours.p50 / then.ours.p50, now.rows.p50 / then.rows.p50
    return Line(
        f"commit at {size:,} sales over {small:,}", ours, unit="x", limit=rows,
        target="<= 2.5, <= 1.25 x limit", met=ours <= 2.5 and ours <= 1.25 * rows,
    )  # fmt: skip


def long_commit_lines(goods: int, lines: int = 1_000, count: int = 5) -> Iterator[Line]:
    """The commit of one sale of a thousand lines."""
    place = stores.place(goods, stores.DAY_SALES).copied("commit")
    path = raw_path(goods, stores.DAY_SALES)
    with raw_sale.raw_store(path, goods, stores.DAY_SALES) as raw:
        found = compared(place, raw, count, lines)
    yield from found.lines(f"sale of {lines:,} lines committed", with_p95=False)


def statement_line(goods: int, count: int) -> Line:
    """The plain sale through our statements and transactions, against the driver alone."""
    path = stores.ROOT / "run" / "statements.db"
    path.unlink(missing_ok=True)
    with raw_sale.raw_store(path, goods, 0):
        pass
    database.connect(f"sqlite:///{path}")
    raw = Raw(database.database.connection(), goods)
    kept: dict[str, Statement] = {}

    def statement(sql: str) -> Statement:
        if sql not in kept:
            kept[sql] = Statement(sql)
        return kept[sql]

    def through(codes: list[str]) -> None:
        with database.transaction():
            raw_sale.sell(
                lambda sql, values: statement(sql).rows(*values),
                lambda sql, rows: statement(sql).many(rows),
                codes,
            )

    plain, ours = [], []
    for _ in range(count):
        codes = raw.codes(5)
        plain.append(timed(partial(raw.sale, codes))[0])
        ours.append(timed(partial(through, codes))[0])
    database.close()
    found, limit = figure(ours), figure(plain)
    return line_of(
        "plain SQL sale through our statements (peewee)", found, limit,
        target="<= 1.5 x limit", met=found.p50 <= 1.5 * limit.p50,
    )  # fmt: skip
