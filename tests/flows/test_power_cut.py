"""The counter is killed, the clock goes wrong, the disk fills up: the books stay right."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from models.ledger.documents import Document
from models.ledger.proving.proof import verify
from models.shop.trade import SALE
from models.stock.stock import stock_of
from models.trust.print_queue import PrintJob
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import COLA, NOODLES, TISSUES, WATER, configure, make_floor
from tests.flows.slips_read import slips_of
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120), pytest.mark.row("NFR-03")]


def sign_in_again(term: Till) -> None:
    """After a crash: the cashier's PIN still works, the day is the same."""
    term.sign_in("2", "271828")
    term.see("Home")


def test_a_killed_counter_brings_the_basket_back(floor: Floor, till: Counter) -> None:
    folder = floor()
    term: Till = till(folder)
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.type("3*")
    term.scan(NOODLES)
    term.wait_total("19.00")
    term.kill()

    again: Till = till(folder)
    sign_in_again(again)
    again.see("An unfinished bill waits in Selling (lines: {lines}).", lines=3)
    again.enter("11")
    again.wait_total("19.00")
    for piece in (WATER, COLA, NOODLES):
        assert piece.name in again.text()
    again.pay_exact()
    again.kill()
    with books_of(folder):
        assert verify() == []
        (sale,) = Document.select().where(Document.kind == SALE)
        assert str(sale.total) == "19.00"


@pytest.mark.parametrize("after_s", [0.0, 0.02, 0.06])
def test_killed_right_after_paying_the_sale_is_there_once_or_still_open(
    floor: Floor, till: Counter, peer: object, after_s: float
) -> None:
    """Either the bill is still a bill, or it is sold and its slip waits or is in doubt."""
    printer: RunningPeer = peer(delay=0.02)  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    term: Till = till(folder)
    term.begin()
    term.scan(TISSUES)
    term.wait_total("9.90")
    term.pump(0.15)
    term.key("enter")
    term.see("Ways to pay")
    term.send("\r")
    term.pump(after_s)
    seen = term.w("Paid: {number}", number="") in term.text()
    term.kill()

    with books_of(folder):
        assert verify() == []
        sales = list(Document.select().where(Document.kind == SALE))
        assert sales or not seen, "what was shown as paid is gone"
        for sale in sales:
            (job,) = PrintJob.select().where(PrintJob.subject == sale.key)
            assert job.state in ("queued", "sending", "unknown", "printed")
    again: Till = till(folder)
    sign_in_again(again)
    again.enter("11")
    if sales:
        again.wait(again.w("Next customer, please."))
    else:
        again.wait_total("9.90")
        again.pay_exact()
    again.kill()
    with books_of(folder):
        assert verify() == []
        assert Document.select().where(Document.kind == SALE).count() == 1
        goods = TISSUES.code
        assert str(_stock(goods)) == "499"
    assert len([s for s in slips_of(_whole(printer)) if s.lines]) <= 2


def _stock(code: str) -> object:
    from models.selling.items import find_item

    return stock_of(find_item(code).goods).quantity


def _whole(printer: RunningPeer) -> bytes:
    """What was printed up to the last cut: a killed program leaves half a slip."""
    printed = printer.printed
    return printed[: printed.rfind(b"\x1dV") + 4] if b"\x1dV" in printed else b""


@pytest.mark.parametrize("by_s", [-3 * 86400, 2 * 86400])
def test_a_wrong_clock_moves_neither_business_date_nor_order(
    floor: Floor, till: Counter, by_s: int
) -> None:
    folder = floor()
    term: Till = till(folder)
    term.begin()
    today = term.day
    for piece, total in ((WATER, "2.00"), (COLA, "3.50")):
        term.scan(piece)
        term.wait_total(total)
        term.pay_exact()
        (folder / "clock").write_text(str(by_s), encoding="ascii")
    term.scan(NOODLES)
    term.wait_total("4.50")
    term.pay_exact()
    assert today.isoformat() in term.lines()[0]
    term.kill()
    with books_of(folder):
        assert verify() == []
        rows = list(Document.select().where(Document.kind == SALE).order_by(Document.number))
        assert [row.number for row in rows] == [1, 2, 3]
        assert {row.day for row in rows} == {today}
        assert [row.key for row in rows] == sorted(row.key for row in rows)
        moved = (rows[2].at - rows[0].at).total_seconds()
        assert abs(moved - by_s) < 120, "the instant is the clock's, as it was"


def test_a_full_disk_refuses_in_words_and_the_counter_lives_on(
    small_disk: Path, till: Counter
) -> None:
    folder = small_disk / "store"
    make_floor(folder)
    configure(folder)
    term: Till = till(folder)
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")

    filler = _fill(small_disk)
    refused = _scan_until_refused(term)
    assert refused, "the disk never became full"
    assert term.bells
    shown = term.total
    term.pump(0.2)
    assert term.total == shown, "what was refused is not on the bill"

    filler.unlink()
    before = float(term.total)
    term.scan(COLA)
    term.wait_total(f"{before + 3.5:.2f}")
    term.pay_exact()
    term.kill()
    with books_of(folder):
        assert verify() == []
        (sale,) = Document.select().where(Document.kind == SALE)
        assert str(sale.total) == f"{before + 3.5:.2f}"


def _fill(disk: Path) -> Path:
    """Write until nothing more fits."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    return filler


def _scan_until_refused(term: Till) -> bool:
    """The database's files have a little room of their own left; then the disk is full."""
    told = "".join(term.w("refusal.StoreFull").split())[:12]
    until = time.perf_counter() + 60
    while time.perf_counter() < until and not term.has_ended:
        term.scan(TISSUES, NOODLES)
        term.pump(0.15)
        if told in term.flat():
            return True
    return False
