"""A spooler with a fake queue and printers on the network, for the tests of all ways to fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from receipts.slip import Slip, Text
from receipts.spool_worker import Events, Pace, PrinterState
from receipts.spooler import Spooler
from tests.peers.printers import RunningPeer
from tests.receipts.queues import FakeQueue, Row

QUICK = Pace(back_off_s=(0.05, 0.1), poll_s=0.05, idle_check_s=0.1)
TIMES = {
    "answer_timeout_s": 0.4,
    "stall_timeout_s": 0.3,
    "confirm_timeout_s": 0.6,
    "connect_timeout_s": 0.3,
    "pulse_timeout_s": 0.4,
}


def build(job: Any, language: str) -> Slip:
    text = f"slip {job.key} copy {job.copy_no} in {language}"
    return Slip(job.kind, f"R1-{job.key}", (Text(text),))


class Shop:
    """A spooler with a fake queue, and all that it told."""

    def __init__(self, tables: dict[str, dict[str, object]], folder: Path, **changes: Any) -> None:
        self.queue = FakeQueue()
        self.states: list[PrinterState] = []
        self.unknown: list[tuple[int, str]] = []
        self.shown: list[str] = []
        self.lost: list[str] = []
        self.interrupted: list[int] = []
        self.failed: list[int] = []
        self.drawer_faults: list[str] = []
        events = Events(
            on_state=self.states.append,
            on_unknown=lambda job, fault: self.unknown.append(
                (job.key, fault.code if fault else "")
            ),
            on_screen=lambda delivery, sheet: self.shown.append(delivery.slip.number),
            on_lost_characters=lambda job, lost: self.lost.append(lost),
            on_interrupted=self.interrupted.append,
            on_failed=lambda job: self.failed.append(job.key),
            on_drawer_fault=lambda fault: self.drawer_faults.append(fault.code),
        )
        self.spooler = Spooler(
            tables,
            register=1,
            run=self.queue.run,
            build=changes.pop("build", build),
            folder=folder,
            events=events,
            pace=QUICK,
            queue=self.queue,
            **changes,
        )

    def add(self, **values: Any) -> Row:
        row = self.queue.add(**values)
        self.spooler.wake()
        return row

    def codes(self) -> list[str]:
        return [state.code for state in self.states]


def soon(is_true: Callable[[], object], timeout_s: float = 2.5) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def make_shop(tmp_path: Path) -> Iterator[Callable[..., Shop]]:
    shops: list[Shop] = []

    def make(tables: dict[str, dict[str, object]], **changes: Any) -> Shop:
        shops.append(Shop(tables, tmp_path, **changes))
        return shops[-1]

    yield make
    for shop in shops:
        shop.spooler.stop()


@pytest.fixture
def peers() -> Iterator[Callable[..., RunningPeer]]:
    running: list[RunningPeer] = []

    def start(**options: object) -> RunningPeer:
        running.append(RunningPeer("tcp", **options))
        return running[-1]

    yield start
    for peer in running:
        peer.stop()


def tcp(peer: RunningPeer, **more: object) -> dict[str, object]:
    return {"connect": "tcp", "host": "127.0.0.1", "port": int(peer.address), **TIMES, **more}


MakeShop = Callable[..., Shop]
StartPeer = Callable[..., RunningPeer]
