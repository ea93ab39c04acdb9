"""The database thread: order by urgency, exceptions, and its end."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from tui.desk.books import BACKGROUND, COUNTER, Books, BooksClosed


@pytest.fixture
def books() -> Iterator[Books]:
    one = Books()
    yield one
    one.close()


def test_everything_runs_on_one_other_thread(books: Books) -> None:
    async def both() -> list[str]:
        return [await books.run(lambda: threading.current_thread().name) for _ in range(2)]

    assert asyncio.run(both()) == ["books", "books"]
    assert books.call(lambda: threading.current_thread().name) == "books"


def test_an_exception_travels_back_and_the_thread_goes_on(books: Books) -> None:
    async def wrong() -> None:
        await books.run(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(wrong())
    with pytest.raises(ZeroDivisionError):
        books.call(lambda: 1 // 0)
    assert books.call(lambda x, *, y: x + y, 1, y=2) == 3


def test_the_counter_goes_before_the_background(books: Books) -> None:
    done: list[str] = []
    gate = threading.Event()

    async def ask() -> None:
        first = asyncio.ensure_future(books.run(gate.wait))
        await asyncio.sleep(0.01)
        later = [books.run(done.append, f"back {n}", urgency=BACKGROUND) for n in range(3)]
        tasks = [asyncio.ensure_future(one) for one in later]
        await asyncio.sleep(0.01)
        tasks += [
            asyncio.ensure_future(books.run(done.append, f"counter {n}", urgency=COUNTER))
            for n in range(3)
        ]
        await asyncio.sleep(0.01)
        gate.set()
        await asyncio.gather(first, *tasks)

    asyncio.run(ask())
    assert done == ["counter 0", "counter 1", "counter 2", "back 0", "back 1", "back 2"]


def test_a_long_job_in_slices_delays_the_counter_by_one_slice_at_most(books: Books) -> None:
    slice_s = 0.02

    async def long_job() -> int:
        for n in range(100):
            await books.run(time.sleep, slice_s, urgency=BACKGROUND)
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
            await books.run(lambda: None)
            waits.append(time.perf_counter() - start)
        long.cancel()
        other.cancel()
        return waits

    waits = sorted(asyncio.run(counter()))
    assert waits[len(waits) // 2] < 2 * slice_s, waits
    assert waits[-3] < 4 * slice_s, waits


def test_close_finishes_the_counters_work_and_refuses_the_rest() -> None:
    closed: list[str] = []
    books = Books(opening=lambda: closed.append("open"), closing=lambda: closed.append("shut"))
    books.opened.result(2)
    gate = threading.Event()
    done: list[object] = []

    async def ask() -> list[object]:
        first = asyncio.ensure_future(books.run(gate.wait))
        await asyncio.sleep(0.01)
        counter = asyncio.ensure_future(books.run(done.append, "counter"))
        back = asyncio.ensure_future(books.run(done.append, "back", urgency=BACKGROUND))
        await asyncio.sleep(0.01)
        threading.Timer(0.05, gate.set).start()
        await asyncio.to_thread(books.close)
        return list(await asyncio.gather(first, counter, back, return_exceptions=True))

    result = asyncio.run(ask())
    assert done == ["counter"]
    assert isinstance(result[2], BooksClosed)
    assert closed == ["open", "shut"]
    with pytest.raises(BooksClosed):
        books.call(lambda: 1)
    books.close()


def test_a_store_that_does_not_open_says_so() -> None:
    def opening() -> None:
        raise OSError("no such store")

    books = Books(opening=opening)
    with pytest.raises(OSError, match="no such store"):
        books.opened.result(2)
    with pytest.raises(BooksClosed):
        books.call(lambda: 1)
