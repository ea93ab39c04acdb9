"""Import of goods with all checks and the search index: `python -m bench.import_goods [100000]`.

Prints the seconds for a dry run, the import, the same again (nothing changes) and the undoing, how
much of it the processor worked (the rest waits for the disk), and how long the longest block held
the database thread.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench import goods_made
from models import store
from models.imports.import_plan import plan_import
from models.imports.imports import run_import, undo_import
from models.sheets.sheets import read_sheet, write_sheet
from models.stock.goods_import import GOODS
from models.trust.founding import Founding
from models.trust.operation import Session
from models.trust.users import User


def timed(what: str, steps: Iterator[Any]) -> Any:
    """Run all steps; the last one. Prints how long they took, and the longest of them."""
    started, worked = time.perf_counter(), time.process_time()
    blocks, last = [], None
    while True:
        before = time.perf_counter()
        step = next(steps, None)
        blocks.append((time.perf_counter() - before) * 1000)
        if step is None:
            break
        last = step
    took, worked = time.perf_counter() - started, time.process_time() - worked
    blocks.sort()
    high = blocks[int(len(blocks) * 0.99) - 1]
    print(
        f"{what:10} {took:7.2f} s, processor {worked:6.2f} s   "
        f"block p99 {high:5.1f} ms, longest {blocks[-1]:5.1f} ms"
    )
    return last


def main() -> None:
    """Measure once and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", nargs="?", type=int, default=100_000)
    arguments.add_argument("--postgres", metavar="URL", help="an empty database to fill")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "goods.csv"
        heads = ("商品编码", "条码", "商品名称", "单位", "分类名称", "售价", "进价")
        rows = (
            (code, barcode, name, "瓶", f"食品 > {name[:2]}", "9.90", "6.5")
            for code, barcode, name in goods_made.goods(asked.count)
        )
        write_sheet(file, heads, rows)
        founding = Founding(
            name="Bench", owner_login="1", owner_name="Owner", owner_password="a long password",
            first_day=date(2026, 3, 2),
        )  # fmt: skip
        url = asked.postgres or f"sqlite:///{folder}/store.db"
        store.found_store(url, Path(folder) / "keys", founding)
        session = Session(User.get().key, 1)
        started = time.perf_counter()
        plan = plan_import(GOODS, read_sheet(file))
        print(f"{'reading':10} {time.perf_counter() - started:7.2f} s")
        timed("dry run", run_import(session, plan, dry_run=True))
        done = timed("import", run_import(session, plan))
        print(f"{'':10} new {done.new}, refused {done.refused}")
        again = timed("again", run_import(session, plan))
        print(f"{'':10} unchanged {again.unchanged}")
        timed("undo", undo_import(session, done.run))
        store.close_store()


if __name__ == "__main__":
    main()
