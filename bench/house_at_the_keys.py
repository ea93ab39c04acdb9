"""A house of many rooms at the keys: the chart, a walk-in, and the start to its rack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.figures import Line, figure, line_of
from bench.screen import HOME, SIGN_IN, Counter, Shown, counter, keys, shows
from bench.stores import LOGIN, PASSWORD

RACK, WALK_IN = "房态图", "散客入住"
_STARTS, _COMING = 5, 31


def painted_lines(folder: Path, rooms: int, free: int) -> Iterator[Line]:
    """Milliseconds from a key to the picture; from room number `free` on nobody lives there."""
    with counter(folder) as opened:
        opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.4)
        first = []
        for _ in range(5):
            first.append(opened.until("89\r", shows("1001", "T00")))
            opened.settle(still_s=0.4)
            opened.send(keys("f3"))
            opened.settle(still_s=0.4)
        yield line_of(f"chart of {rooms:,} rooms opened and painted", figure(first))
        opened.send("89\r")
        opened.settle(still_s=0.4)
        weeks = [opened.until(keys(key), _week(n)) for n, key in enumerate(("f9", "f8") * 8)]
        moved = figure(weeks)
        yield line_of(
            f"chart of {rooms:,} rooms, a week on, painted", moved, target="p95 <= 60",
            met=moved.p95 <= 60,
        )  # fmt: skip
        opened.send(keys("f3"))
        opened.settle(still_s=0.4)
        first_one, *others = _walk_ins(opened, free, min(_COMING, 1001 + rooms - free))
    yield line_of(f"first check-in after the start painted, {rooms:,} rooms", figure([first_one]))
    came = figure(others)
    yield line_of(
        f"check-in of a walk-in painted, {rooms:,} rooms", came, target="p95 <= 100",
        met=came.p95 <= 100,
    )  # fmt: skip


def _walk_ins(opened: Counter, free: int, count: int) -> Iterator[float]:
    """From the key that saves the form to the rack that says he is in."""
    opened.until("70\r", shows(RACK, "1001"))
    for number in range(free, free + count):
        opened.settle(still_s=0.3)
        opened.send(f"{number}+")
        opened.settle(still_s=0.4)
        opened.send(keys("tab"))
        opened.send(f"Guest {number}")
        opened.settle(still_s=0.3)
        yield opened.until(keys("f4"), shows(RACK, f"已入住：{number}"))


def rack_start_lines(empty: Path, house: Path, rooms: int) -> Iterator[Line]:
    """From the command to the painted rack, of a house beside a store without rooms; signing in,
    which is long by design and the same, is not in it.
    """
    none, all_ = list[float](), list[float]()
    for _ in range(_STARTS):
        none.append(_start(empty, shows(RACK)))
        all_.append(_start(house, shows(RACK, "1001")))
    found, limit = figure(all_), figure(none)
    yield line_of(
        f"start to the rack painted, {rooms:,} rooms", found, limit,
        target="<= 1.3 x empty store", met=found.p50 <= 1.3 * limit.p50,
    )  # fmt: skip


def _start(folder: Path, rack: Shown) -> float:
    with counter(folder) as opened:
        painted = opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.4)
        return painted + opened.until("70\r", rack)


def _week(n: int) -> Any:
    days = 7 if n % 2 == 0 else 0

    def is_shown(opened: Any) -> bool:
        return str(_today() + timedelta(days=days)) in opened.text()

    return is_shown


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
