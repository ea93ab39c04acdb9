"""Import of many goods from a file, with every check and the search index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench import goods_made, stores
from bench.figures import Line, figure
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.sheets.sheets import read_sheet, write_sheet
from models.stock.goods_import import GOODS

HEADS = ("商品编码", "条码", "商品名称", "单位", "分类名称", "售价", "进价")


def import_lines(count: int) -> Iterator[Line]:
    """Seconds from the file to the last block, and how long a block holds the database thread."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "goods.csv"
        rows = (
            (code, bars, name, "瓶", f"食品 > {name[:2]}", "9.90", "6.5")
            for code, bars, name in goods_made.goods(count)
        )
        write_sheet(file, HEADS, rows)
        place = stores.place(0).copied("import")
        with place.opened() as session:
            start = perf_counter()
            steps = run_import(session, plan_import(GOODS, read_sheet(file)))
            blocks, last = [], None
            while True:
                before = perf_counter()
                step = next(steps, None)
                blocks.append((perf_counter() - before) * 1000)
                if step is None:
                    break
                last = step
            took = perf_counter() - start
        assert last is not None and last.new == count, last
        found = figure(blocks)
        yield Line(
            f"import of {count:,} goods from a file", took, unit="s", target="<= 15", met=took <= 15
        )
        yield Line(
            "one block of an import (holds the database)", found.p50, p95=found.p95,
            target="p95 <= 50", met=found.p95 <= 50, count=found.count,
        )  # fmt: skip
