"""Scanner and printer that fail while the counter sells: no sale is lost, nothing waits."""

from __future__ import annotations

import os
import pty
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.ledger.documents import Document
from models.ledger.proving.proof import verify
from models.shop.trade import SALE
from models.trust.print_queue import PrintJob
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import COLA, NOODLES, TISSUES, WATER
from tests.flows.slips_read import slips_of
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]
WAITS = '\n[paper]\nfallback = "none"'


class Gun:
    """A serial scanner: a pseudo-terminal behind a name that stays the same."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self.plug_in()

    def plug_in(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(slave))
        self._slave = slave

    def unplug(self) -> None:
        self.name.unlink()
        os.close(self._slave)
        os.close(self.master)

    def read(self, code: str) -> None:
        os.write(self.master, code.encode() + b"\r\n")


@pytest.fixture
def gun(tmp_path: Path) -> Iterator[Gun]:
    one = Gun(tmp_path / "scanner")
    yield one
    if one.name.is_symlink():
        one.unplug()


def scanner_table(gun: Gun) -> str:
    return f'[scanner]\nconnect = "serial"\nport = "{gun.name}"\nbaud = 9600\nretry_s = 0.2'


def test_a_serial_scanner_is_unplugged_and_plugged_in_again(
    floor: Floor, till: Counter, gun: Gun
) -> None:
    term: Till = till(floor(more=scanner_table(gun)))
    term.begin()
    gun.read(WATER.barcode)
    term.wait_total("2.00")

    gun.unplug()
    term.see("unplugged")
    term.enter(COLA.code)
    term.wait_total("5.50")

    gun.plug_in()
    term.see("unplugged", gone=True)
    gun.read(f"]E0{NOODLES.barcode}")
    term.wait_total("10.00")


def test_a_serial_scan_during_a_question_is_refused_aloud(
    floor: Floor, till: Counter, gun: Gun
) -> None:
    term: Till = till(floor(more=scanner_table(gun)))
    term.begin()
    gun.read(WATER.barcode)
    term.wait_total("2.00")
    term.key("*")
    term.see("Quantity of {item}", item=WATER.name)
    bells = term.bells
    gun.read(COLA.barcode)
    term.wait(COLA.barcode)
    assert term.bells == bells + 1
    term.enter("3")
    term.wait_total("6.00")


def test_noise_on_the_line_is_told_and_sells_nothing(floor: Floor, till: Counter, gun: Gun) -> None:
    term: Till = till(floor(more=scanner_table(gun)))
    term.begin()
    gun.read(WATER.barcode)
    term.wait_total("2.00")
    os.write(gun.master, bytes((0xFF, 0xFE, 0x80, 0x1B, 0x5B, 0x41, 0x00, 0x07, 0x0D)))
    term.see("The scanner sent what is no code. Scan it again.")
    gun.read(COLA.barcode)
    term.wait_total("5.50")


def sell(term: Till, piece: object, total: str) -> None:
    term.scan(piece)  # type: ignore[arg-type]
    term.wait_total(total)
    term.pay_exact()


@pytest.mark.parametrize(
    ("how", "options"),
    [
        ("dies after 60 bytes", {"mode": "reset", "after": 60}),
        ("closes after 300 bytes", {"mode": "close", "after": 300}),
        ("takes all and says nothing", {"mode": "mute"}),
        ("stops taking", {"mode": "stall", "after": 100}),
        ("has no paper", {"paper": "out"}),
    ],
)
def test_a_dead_printer_loses_no_sale_and_stops_nothing(
    floor: Floor, till: Counter, peer: object, how: str, options: dict[str, object]
) -> None:
    printer: RunningPeer = peer(**options)  # type: ignore[operator]
    folder = floor(printer=printer_table(printer), more=WAITS)
    term: Till = till(folder)
    term.begin()
    slowest = 0.0
    for piece, total in ((WATER, "2.00"), (COLA, "3.50"), (NOODLES, "4.50")):
        begun = time.perf_counter()
        sell(term, piece, total)
        slowest = max(slowest, time.perf_counter() - begun)
    assert slowest < 3.0, f"the counter waited for a printer that {how}"
    _is_told(term, how)
    term.kill()

    with books_of(folder):
        assert verify() == []
        sales = Document.select().where(Document.kind == SALE)
        assert [sale.number for sale in sales] == [1, 2, 3]
        jobs = PrintJob.select().where(PrintJob.kind == "sale")
        assert len(jobs) == 3
        assert not [job.state for job in jobs if job.state in ("dropped", "failed", "printed")]


def _is_told(term: Till, how: str) -> None:
    """A chip or an alarm says it in words."""
    told = ("paper out", "offline", "no answer", "cover open", "trouble")
    unclear = "A slip may not have printed. Look at the paper, then answer in Print jobs."
    until = time.perf_counter() + 10
    while time.perf_counter() < until:
        term.pump(0.1)
        if any(term.w(word) in term.lines()[-1] for word in told):
            return
        if "".join(term.w(unclear).split()) in term.flat():
            return
    pytest.fail(f"nothing tells that the printer {how}:\n{term.text()}")


def test_a_printer_that_comes_back_prints_what_waited(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer(paper="out")  # type: ignore[operator]
    term: Till = till(floor(printer=printer_table(printer), more=WAITS))
    term.begin()
    sell(term, TISSUES, "9.90")
    term.see("paper out")
    term.see("To print {count}", count=1)
    printer.tell("paper ok")
    term.see("To print {count}", count=0, timeout_s=20)
    slips = slips_of(printer.printed)
    assert len(slips) == 1
    assert slips[0].beside(term.w("Total")) == "9.90"


@pytest.mark.parametrize("was_printed", [True, False])
def test_a_slip_in_doubt_is_answered_by_whoever_looked(
    floor: Floor, till: Counter, peer: object, was_printed: bool
) -> None:
    """The printer's line broke in the middle of a slip: nothing is printed twice by itself."""
    printer: RunningPeer = peer(mode="reset", after=200)  # type: ignore[operator]
    folder = floor(printer=printer_table(printer, more='confirm = "gs_r"'), more=WAITS)
    term: Till = till(folder)
    term.begin()
    sell(term, WATER, "2.00")
    unclear = "A slip may not have printed. Look at the paper, then answer in Print jobs."
    term.see_flat(term.w(unclear))
    printer.tell("mode normal")
    term.key("f3")
    term.see("Home")
    term.enter("83")
    term.see("unclear")
    assert b"\x1dV" not in printer.printed, "it was cut, so it was printed"
    term.key("f8")
    term.see("Say whether an unclear one was printed")
    term.key("enter")
    term.see("Did this slip come out whole?")
    if not was_printed:
        term.key("down")
    term.key("enter")
    term.see("To print {count}", count=0, timeout_s=20)
    term.kill()
    with books_of(folder):
        states = sorted(job.state for job in PrintJob.select())
        assert states == (["printed"] if was_printed else ["dropped", "printed"])
        assert verify() == []
    text = printer.printed.decode("gb18030", errors="ignore")
    assert ("COPY 1" in text) is not was_printed
