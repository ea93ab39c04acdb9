"""The spooler with the real print queue and the real books, on both engines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from typing import Any

import pytest

from models.ledger.daily import drawer, prints
from models.trust import print_queue
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from receipts.slip_of_job import slip_of_job
from receipts.spool_worker import Events, Pace, PrinterState
from receipts.spooler import Spooler
from tests.peers.printers import RunningPeer
from tests.receipts.slips import LANGUAGES
from tests.stores import Shop, yuan

QUICK = Pace(back_off_s=(0.05,), poll_s=0.05, idle_check_s=0.1)


class Counter:
    """The test's own thread is the database thread, as the store is open there."""

    def __init__(self, folder: Path, peer: RunningPeer) -> None:
        self._calls: Queue[tuple[Callable[..., Any], tuple[Any, ...], Event, list[Any]]] = Queue()
        self.states: list[PrinterState] = []
        table: dict[str, object] = {
            "connect": "tcp",
            "host": "127.0.0.1",
            "port": int(peer.address),
        }
        quick: dict[str, object] = {"confirm_timeout_s": 0.6, "answer_timeout_s": 0.4}
        self.spooler = Spooler(
            {"receipt": table | quick},
            register=1,
            run=self._run,
            build=slip_of_job,
            folder=folder,
            events=Events(on_state=self.states.append),
            pace=QUICK,
        )

    def _run(self, fn: Callable[..., Any], *args: Any) -> Any:
        done, answer = Event(), list[Any]()
        self._calls.put((fn, args, done, answer))
        if not done.wait(5):
            raise TimeoutError("the test is over")
        if isinstance(answer[0], BaseException):
            raise answer[0]
        return answer[0]

    def until(self, is_true: Callable[[], object], timeout_s: float = 3.0) -> bool:
        """Serve the worker until this is true."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            if is_true():
                return True
            self._serve(0.02)
        return False

    def _serve(self, timeout_s: float) -> None:
        try:
            fn, args, done, answer = self._calls.get(timeout=timeout_s)
        except Empty:
            return
        try:
            answer.append(fn(*args))
        except Exception as error:  # noqa: BLE001 - the caller's thread gets it
            answer.append(error)
        done.set()

    def begin(self) -> None:
        """Only the workers: the test calls settle_interrupted itself."""
        for worker in self.spooler._workers.values():
            worker.start()


@pytest.fixture
def peer() -> Iterator[RunningPeer]:
    peer = RunningPeer("tcp")
    yield peer
    peer.stop()


@pytest.fixture
def counter(shop: Shop, peer: RunningPeer, tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(tmp_path, peer)
    yield counter
    worker = counter.spooler._workers["receipt"]
    worker._stopped.set()
    worker.wake()
    counter.until(lambda: not worker._thread.is_alive())


def states_of(*jobs: PrintJob) -> list[str]:
    return [PrintJob.get_by_id(job.key).state for job in jobs]


def newest() -> PrintJob:
    job = print_queue.last_job(1)
    assert job is not None
    return job


def test_a_sale_comes_out_on_paper(shop: Shop, counter: Counter, peer: RunningPeer) -> None:
    shop.open_shift()
    shop.sell("1001")
    before = newest()
    document = shop.sell("1001", "1002")
    job = newest()
    counter.begin()

    assert counter.until(lambda: states_of(before, job) == ["printed", "printed"])
    assert peer.wait_for("矿泉水".encode("gb18030"))
    assert document.label.encode() in peer.printed


def test_unknown_is_answered_and_prints_as_a_copy(
    shop: Shop, counter: Counter, peer: RunningPeer
) -> None:
    shop.open_shift()
    shop.sell("1002")
    counter.begin()
    assert counter.until(lambda: states_of(newest()) == ["printed"])
    peer.tell("mode noproof")
    shop.sell("1001")
    job = newest()
    counter.spooler.wake()
    assert counter.until(lambda: states_of(job) == ["unknown"])

    peer.tell("mode normal")
    prints.answer_unknown(shop.cashier, job.key, printed=False, uid=new_uid())
    copy = newest()
    counter.spooler.wake()

    assert copy.copy_no == 1
    assert counter.until(lambda: states_of(copy) == ["printed"])
    assert peer.wait_for("副本 COPY 1".encode("gb18030"))
    assert states_of(job) == ["dropped"]


def test_an_old_slip_asks_first(shop: Shop, counter: Counter, peer: RunningPeer) -> None:
    shop.open_shift()
    shop.sell("1002")
    old = newest()
    shop.clock.move(minutes=11)
    shop.sell("1001")
    new = newest()
    counter.begin()

    assert counter.until(lambda: states_of(new) == ["printed"])
    assert counter.until(lambda: counter.spooler.states["receipt"].stale == old.key)
    print_queue.confirm_job(shop.cashier, old.key, uid=new_uid())
    counter.spooler.wake()
    assert counter.until(lambda: states_of(old) == ["printed"])


def test_every_kind_of_slip_can_be_made(shop: Shop) -> None:
    """What the operations queued over a day all become slips, in every language."""
    shop.open_shift()
    document = shop.sell("1001")
    bill = shop.bill("1002")
    drawer.drop_to_safe(shop.manager, yuan("100"), bag="A-1", uid=new_uid())
    shift = shop.close_shift()
    jobs = list(PrintJob.select().order_by(PrintJob.key))
    kinds = {job.kind for job in jobs}

    assert {"sale", "z", "cash_move"} <= kinds
    for job in [
        *jobs,
        PrintJob(kind="x", subject=shift.key, copy_no=1),
        PrintJob(kind="held", subject=bill.draft, copy_no=0),
        PrintJob(kind="sale", subject=document.key, copy_no=2),
    ]:
        for language in LANGUAGES:
            assert slip_of_job(job, language).parts
