"""The bench itself: it runs on small stores and prints its table. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import same_rows, stores
from bench.against import best_of, worse
from bench.figures import Line, figure, keep, line_of, table
from models.base.hot import query
from models.ledger.daily import shift_life
from models.trust.operation import new_uid

ROOT = Path(__file__).parent.parent


def test_a_figure_is_made_of_samples_that_were_seen() -> None:
    found = figure([5.0, 1.0, 3.0, 2.0, 4.0])
    assert (found.p50, found.p95, found.count) == (3.0, 5.0, 5)
    assert figure([7.0]).p95 == 7.0


def test_the_table_says_ratio_and_verdict(tmp_path: Path) -> None:
    limit = figure([2.0])
    lines = [
        line_of("scan", figure([3.0]), limit, target="<= 1.5 x limit", met=True),
        Line("收款 sale", 1234.0, met=False, target="<= 80"),
    ]
    head, scan, sale = table(lines).split("\n")
    assert head.split() == ["action", "p50", "p95", "limit", "ratio", "target"]
    assert scan.split()[-1] == "met" and "1.50" in scan
    assert sale.split()[-1] == "MISSED" and "1234 ms" in sale
    keep(tmp_path / "build" / "bench.json", lines, {"cores": 2})
    kept = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert kept["about"] == {"cores": 2}
    assert [line["ratio"] for line in kept["lines"]] == [1.5, None]


def test_what_is_worse_than_another_commit_is_named() -> None:
    now = best_of([{"start": 104.0, "sale": 9.0, "new": 1.0}, {"start": 103.1, "sale": 30.0}])
    before = best_of([{"start": 100.0, "sale": 9.5}, {"start": 120.0, "sale": 9.2}])
    assert (now, before) == ({"start": 103.1, "sale": 9.0}, {"start": 100.0, "sale": 9.2})
    assert worse(now, before, 3) == ["start"]
    assert worse(now, before, 4) == []


def test_the_limit_of_a_sale_leaves_the_very_rows_that_the_sale_leaves(tmp_path: Path) -> None:
    place = stores.found_on(f"sqlite:///{tmp_path / 'store.db'}", tmp_path, 6, registers=1)
    with place.opened() as session:
        shift_life.open_shift(session, {10_000: 5}, uid=new_uid())
        with same_rows.copied(tmp_path / "copy.db") as copy:
            with same_rows.recorded() as kept:
                stores.sell_many(session, 6, 2)
            copy.write(kept)
            read = copy.connection.execute
            names = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE T%'"
            for (name,) in query(names):
                assert (
                    query(f'SELECT * FROM "{name}"') == read(f'SELECT * FROM "{name}"').fetchall()
                )
            assert query('SELECT count(*) FROM "charge_tax"') == [(10,)]
            assert len(query(names)) > 60


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_part_runs_on_small_stores(tmp_path: Path) -> None:
    kept = tmp_path / "bench.json"
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--tiny", "--json", str(kept)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    lines = json.loads(kept.read_text())["lines"]
    assert len(lines) > 25
    lost = [
        line for line in lines if "none lost" in line["action"] or "numbers lost" in line["action"]
    ]
    assert len(lost) >= 2 and all(line["met"] for line in lost)
    assert ran.stdout.startswith("action")
