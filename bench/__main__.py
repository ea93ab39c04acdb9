"""Measure, print the table, keep it in build/bench.json.

python -m bench                 everything that ends within ten minutes
python -m bench --full          also a million sales, and 5,000 sales by keys
python -m bench scan start      only these parts
python -m bench --tiny          each part once on small stores: whether it works, no figures
python -m bench trade --sales 1000000 --goods 20000    with so many sales before, and so many goods
python -m bench commit --cpu    CPU time instead of the clock: on a machine on which others work
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench import (
    board,
    cards,
    counters,
    house,
    importing,
    people,
    reporting,
    scanning,
    selling,
    starting,
    stocking,
    stores,
    trade,
)  # fmt: skip
from bench.figures import Line, keep, table, use_cpu_time
from models.base.late_driver import OLDEST_SQLITE

RESULTS = Path(__file__).parent.parent / "build" / "bench.json"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each."""

    small: int = 1_000
    goods: int = 100_000
    people: int = 100_000
    rooms: int = 1_000
    history: tuple[int, ...] = (1_000, 100_000)
    scans: int = 200
    payments: int = 40
    long_sale: int = 1_000
    commits: int = 500
    starts: int = 7
    memory_sales: int = 500
    day_sales: int = 5_000
    searches: int = 30
    moved: int = 100_000
    counted: int = 20_000
    rules: int = 500
    bill: int = 100
    staff: int = 30
    moves: int = 100_000
    server_seconds: float = 10.0


FULL = Sizes(
    history=(1_000, 100_000, 1_000_000), memory_sales=5_000, moved=1_000_000, moves=1_000_000
)
TINY = Sizes(
    small=50, goods=200, people=200, rooms=20, history=(20, 40), scans=25, payments=1, long_sale=12,
    commits=4, starts=1, memory_sales=4, day_sales=20, searches=3, staff=2, server_seconds=1.0,
    moved=40, counted=30, rules=10, bill=20, moves=80,
)  # fmt: skip


def parts(sizes: Sizes) -> dict[str, Callable[[], Iterator[Line]]]:
    """The parts by name, in the order in which they run."""
    small, large = (lambda: stores.place(sizes.small)), (lambda: stores.place(sizes.goods))
    return {
        "scan": lambda: scanning.scan_lines(small(), large(), sizes.scans),
        "long": lambda: scanning.long_sale_lines(large(), sizes.long_sale),
        "flood": lambda: scanning.flood_lines(large()),
        "pay": lambda: scanning.payment_lines(large(), sizes.payments),
        "commit": lambda: _commits(sizes),
        "search": lambda: reporting.search_lines(large(), sizes.searches),
        "day": lambda: reporting.day_lines(sizes.goods, sizes.day_sales),
        "trade": lambda: trade.trade_lines(
            sizes.goods, sizes.history[-1], rules=sizes.rules, lines=sizes.bill, count=sizes.commits
        ),
        "import": lambda: importing.import_lines(sizes.goods),
        "people": lambda: people.people_lines(sizes.people, sizes.searches),
        "stock": lambda: stocking.stock_lines(
            sizes.goods, sizes.moved, sizes.counted, max(sizes.long_sale, 100)
        ),
        "house": lambda: house.house_lines(sizes.rooms),
        "board": lambda: board.board_lines(sizes.staff),
        "cards": lambda: cards.card_lines(sizes.moves),
        "start": lambda: starting.start_lines(small(), large(), sizes.starts),
        "memory": lambda: starting.memory_lines(large(), sizes.memory_sales),
        "postgres": lambda: counters.postgres_lines(4, sizes.server_seconds),
    }


def _commits(sizes: Sizes) -> Iterator[Line]:
    yield selling.disk_line()
    yield selling.statement_line(sizes.small, sizes.commits)
    yield from selling.commit_lines(sizes.goods, list(sizes.history), sizes.commits)
    yield from selling.long_commit_lines(sizes.goods, sizes.long_sale)


def main() -> int:
    """Run the parts that were asked for."""
    asked = _arguments()
    if asked.cpu:
        use_cpu_time()
    sizes = TINY if asked.tiny else FULL if asked.full else Sizes()
    sizes = replace(sizes, goods=asked.goods or sizes.goods)
    if asked.sales:
        sizes = replace(sizes, history=(sizes.history[0], asked.sales))
    found = parts(sizes)
    lines: list[Line] = []
    failed = 0
    start = time.perf_counter()
    for name in asked.parts or list(found):
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            lines += found[name]()
        except Exception as error:  # noqa: BLE001 - told; the other parts still run
            failed += 1
            kind = type(error).__name__
            print(f"{name} did not work: {kind}: {error}", file=sys.stderr)
    print(table(lines))
    about = _machine() | {"seconds": round(time.perf_counter() - start)}
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    keep(asked.json, lines, about)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    lines = str(__doc__).splitlines()
    reading = argparse.ArgumentParser(
        prog="python -m bench", description=lines[0], epilog="\n".join(lines[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    reading.add_argument("parts", nargs="*", metavar="part", help=", ".join(parts(TINY)))
    reading.add_argument("--full", action="store_true", help="a million sales; takes half an hour")
    reading.add_argument("--tiny", action="store_true", help="small sizes: does it work at all")
    reading.add_argument("--sales", type=int, help="sales in the books of the largest store")
    reading.add_argument("--goods", type=int, help="goods in it")
    reading.add_argument("--cpu", action="store_true", help="CPU time of what runs in one process")
    reading.add_argument("--json", type=Path, default=RESULTS, help="where the results are kept")
    asked = reading.parse_args()
    if wrong := set(asked.parts) - set(parts(TINY)):
        reading.error(f"no part is called {', '.join(sorted(wrong))}")
    return asked


def _machine() -> dict[str, object]:
    from pysqlite3 import dbapi2 as sqlite

    assert sqlite.sqlite_version_info >= OLDEST_SQLITE
    return {
        "python": platform.python_version(),
        "sqlite": sqlite.sqlite_version,
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
