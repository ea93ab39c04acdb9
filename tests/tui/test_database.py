"""The database thread: order by urgency, exceptions, and its end."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from tui.desk.database import BACKGROUND, COUNTER, DatabaseClosed, DatabaseThread


@pytest.fixture
def database() -> Iterator[DatabaseThread]:
    one = DatabaseThread()
    yield one
    one.close()


def test_everything_runs_on_one_other_thread(database: DatabaseThread) -> None:
    async def both() -> list[str]:
        return [await database.run(lambda: threading.current_thread().name) for _ in range(2)]

    assert asyncio.run(both()) == ["database", "database"]
    assert database.call(lambda: threading.current_thread().name) == "database"


def test_an_exception_travels_back_and_the_thread_goes_on(database: DatabaseThread) -> None:
    async def wrong() -> None:
        await database.run(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(wrong())
    with pytest.raises(ZeroDivisionError):
        database.call(lambda: 1 // 0)
    assert database.call(lambda x, *, y: x + y, 1, y=2) == 3


def test_the_counter_goes_before_the_background(database: DatabaseThread) -> None:
    done: list[str] = []
    gate = threading.Event()

    async def ask() -> None:
        first = asyncio.ensure_future(database.run(gate.wait))
        await asyncio.sleep(0.01)
        later = [database.run(done.append, f"back {n}", urgency=BACKGROUND) for n in range(3)]
        tasks = [asyncio.ensure_future(one) for one in later]
        await asyncio.sleep(0.01)
        tasks += [
            asyncio.ensure_future(database.run(done.append, f"counter {n}", urgency=COUNTER))
            for n in range(3)
        ]
        await asyncio.sleep(0.01)
        gate.set()
        await asyncio.gather(first, *tasks)

    asyncio.run(ask())
    assert done == ["counter 0", "counter 1", "counter 2", "back 0", "back 1", "back 2"]


def test_a_long_job_in_slices_delays_the_counter_by_one_slice_at_most(
    database: DatabaseThread,
) -> None:
    slice_s = 0.02

    async def long_job() -> int:
        for n in range(100):
            await database.run(time.sleep, slice_s, urgency=BACKGROUND)
            if n % 10 == 0:
                await asyncio.sleep(0)
        return 100

    async def counter() -> list[float]:
        long = asyncio.ensure_future(long_job())
        # A second one, so that the queue is never empty.
        other = asyncio.ensure_future(long_job())
        waits = []
        for _ in range(20):
            await asyncio.sleep(0.03)
            start = time.perf_counter()
            await database.run(lambda: None)
            waits.append(time.perf_counter() - start)
        long.cancel()
        other.cancel()
        return waits

    waits = sorted(asyncio.run(counter()))
    assert waits[len(waits) // 2] < 2 * slice_s, waits
    assert waits[-3] < 4 * slice_s, waits


def test_close_finishes_the_counters_work_and_refuses_the_rest() -> None:
    closed: list[str] = []
    database = DatabaseThread(
        opening=lambda: closed.append("open"), closing=lambda: closed.append("shut")
    )
    database.opened.result(2)
    gate = threading.Event()
    done: list[object] = []

    async def ask() -> list[object]:
        first = asyncio.ensure_future(database.run(gate.wait))
        await asyncio.sleep(0.01)
        counter = asyncio.ensure_future(database.run(done.append, "counter"))
        back = asyncio.ensure_future(database.run(done.append, "back", urgency=BACKGROUND))
        await asyncio.sleep(0.01)
        threading.Timer(0.05, gate.set).start()
        await asyncio.to_thread(database.close)
        return list(await asyncio.gather(first, counter, back, return_exceptions=True))

    result = asyncio.run(ask())
    assert done == ["counter"]
    assert isinstance(result[2], DatabaseClosed)
    assert closed == ["open", "shut"]
    with pytest.raises(DatabaseClosed):
        database.call(lambda: 1)
    database.close()


def test_a_store_that_does_not_open_says_so() -> None:
    def opening() -> None:
        raise OSError("no such store")

    database = DatabaseThread(opening=opening)
    with pytest.raises(OSError, match="no such store"):
        database.opened.result(2)
    with pytest.raises(DatabaseClosed):
        database.call(lambda: 1)
