"""From the queue to the paper: nothing lost, nothing twice, and the counter always told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from devices.drawer import PrinterDrawer
from devices.faults import BadDeviceTable
from models.base.refusals import Refusal
from receipts.slip import Slip, Text
from tests.peers.printers import RunningPeer
from tests.receipts.queues import Row
from tests.receipts.spooling import (
    TIMES,
    MakeShop,
    Shop,
    StartPeer,
    build,
    make_shop,
    peers,
    soon,
    tcp,
)

__all__ = ["make_shop", "peers"]


def test_jobs_print_in_order_and_once(make_shop: MakeShop, peers: StartPeer) -> None:
    peer = peers()
    shop = make_shop({"receipt": tcp(peer)})
    rows = [shop.add() for _ in range(3)]
    shop.spooler.start()

    assert soon(lambda: all(row.state == "printed" for row in rows))
    assert [row.history for row in rows] == [["queued", "sending", "printed"]] * 3
    at = [peer.printed.index(b"slip %d" % row.key) for row in rows]
    assert at == sorted(at)
    assert peer.printed.count(b"slip ") == 3


def test_a_dead_printer_keeps_the_job_and_prints_it_when_it_is_back(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    peer = peers()
    peer.stop()
    shop = make_shop({"receipt": tcp(peer)})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: "offline" in shop.codes())
    assert shop.states[-1].waiting == 1
    assert row.history == ["queued"], "nothing was sent, so nothing is written down"

    again = peers(port=int(peer.address))
    assert soon(lambda: row.state == "printed")
    assert soon(lambda: shop.states[-1].code == "ready" and shop.states[-1].waiting == 0)
    assert again.printed.count(b"slip 1") == 1


@pytest.mark.parametrize(
    ("option", "code"), [({"paper": "out"}, "paper out"), ({"cover": "open"}, "cover open")]
)
def test_paper_and_cover_are_told_and_mended(
    make_shop: MakeShop, peers: StartPeer, option: dict[str, str], code: str
) -> None:
    peer = peers(**option)
    shop = make_shop({"receipt": tcp(peer)})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: code in shop.codes())
    assert row.state == "queued"
    peer.tell("paper ok")
    peer.tell("cover shut")
    assert soon(lambda: row.state == "printed")


def test_low_paper_is_told_before_it_is_out(make_shop: MakeShop, peers: StartPeer) -> None:
    shop = make_shop({"receipt": tcp(peers(paper="low"))})
    shop.spooler.start()

    assert soon(lambda: shop.codes()[-1:] == ["paper low"])


def test_an_unknown_job_is_never_sent_again_by_itself(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    peer = peers()
    shop = make_shop({"receipt": tcp(peer)})
    shop.spooler.start()
    printed = shop.add()
    assert soon(lambda: printed.state == "printed")

    peer.tell("mode noproof")
    row = shop.add()
    assert soon(lambda: row.state == "unknown")
    assert shop.unknown == [(row.key, "NotConfirmed")]
    peer.tell("mode normal")
    after = shop.add()
    assert soon(lambda: after.state == "printed")
    assert row.state == "unknown"
    assert peer.printed.count(b"slip %d " % row.key) == 1


def test_a_connection_lost_in_the_middle_is_unknown(make_shop: MakeShop, peers: StartPeer) -> None:
    peer = peers(mode="reset", after=30)
    shop = make_shop({"receipt": tcp(peer)})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "unknown")
    assert row.history == ["queued", "sending", "unknown"]


def test_an_old_job_asks_and_does_not_hold_up_the_new_one(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    peer = peers()
    shop = make_shop({"receipt": tcp(peer)})
    old, new = shop.add(is_stale=True), shop.add()
    shop.spooler.start()

    assert soon(lambda: new.state == "printed")
    assert soon(lambda: shop.states[-1].code == "asks" and shop.states[-1].stale == old.key)
    assert old.history == ["queued"]

    old.is_stale = False  # Somebody said that it shall print.
    shop.spooler.wake()
    assert soon(lambda: old.state == "printed")
    assert soon(lambda: shop.states[-1].code == "ready")


def test_what_was_being_sent_when_the_program_died_is_unknown(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    peer = peers()
    shop = make_shop({"receipt": tcp(peer)})
    row = shop.queue.add(state="sending")
    shop.spooler.start()

    assert row.state == "unknown" and shop.interrupted == [1]
    assert soon(lambda: shop.spooler.states["receipt"].code == "ready")
    assert peer.printed == b""


def test_a_slip_that_cannot_be_made_fails_alone(make_shop: MakeShop, peers: StartPeer) -> None:
    def broken_once(job: Any, language: str) -> Slip:
        if job.key == 1:
            raise LookupError("no such bill")
        return build(job, language)

    shop = make_shop({"receipt": tcp(peers())}, build=broken_once)
    bad, good = shop.add(), shop.add()
    shop.spooler.start()

    assert soon(lambda: good.state == "printed")
    assert (bad.state, bad.error) == ("failed", "LookupError: no such bill")
    assert shop.failed == [bad.key]


def test_a_printer_without_chinese_gets_english(make_shop: MakeShop, peers: StartPeer) -> None:
    chinese, latin = peers(), peers()
    shop = make_shop({"receipt": tcp(chinese), "bar": tcp(latin, profile="latin")})
    shop.spooler.start()
    rows = [shop.add(), shop.add(printer="bar")]

    assert soon(lambda: all(row.state == "printed" for row in rows))
    assert chinese.wait_for(b"in both") and latin.wait_for(b"in en")


def test_a_job_dropped_at_the_last_moment_is_not_printed(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    class Gone(Refusal):
        """As the queue refuses."""

    peer = peers()
    shop = make_shop({"receipt": tcp(peer)})

    def refuse(key: int) -> None:
        shop.queue.rows[key].state = "dropped"
        raise Gone(job=key)

    shop.queue.mark_sending = refuse  # type: ignore[method-assign]
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "dropped")
    time.sleep(0.1)
    assert b"slip" not in peer.printed
    assert "trouble" not in shop.codes(), "a dropped job is nothing to worry about"


def test_a_database_in_trouble_does_not_end_the_worker(
    make_shop: MakeShop, peers: StartPeer, caplog: pytest.LogCaptureFixture
) -> None:
    shop = make_shop({"receipt": tcp(peers())})
    healthy, calls = shop.queue.next_job, iter(range(3))

    def sick(printer: str, register: int, after: int = 0) -> Row | None:
        if next(calls, None) is not None:
            raise OSError("disk full")
        return healthy(printer, register, after)

    shop.queue.next_job = sick  # type: ignore[method-assign]
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "printed")
    assert "trouble" in shop.codes()
    assert "disk full" in caplog.text


def test_fallback_to_another_printer(make_shop: MakeShop, peers: StartPeer) -> None:
    dead, spare = peers(), peers()
    dead.stop()
    shop = make_shop({"receipt": tcp(dead, fallback="office"), "office": tcp(spare)})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "printed")
    assert spare.wait_for(b"slip 1")
    assert soon(lambda: shop.spooler.states["receipt"].code == "offline")


def test_fallback_to_the_screen(make_shop: MakeShop, peers: StartPeer) -> None:
    dead = peers()
    dead.stop()
    shop = make_shop({"receipt": tcp(dead, fallback="screen")})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "printed")
    assert shop.shown == ["R1-1"]


def test_a_fallback_never_gets_what_may_have_printed(make_shop: MakeShop, peers: StartPeer) -> None:
    broken, spare = peers(mode="reset", after=30), peers()
    shop = make_shop({"receipt": tcp(broken, fallback="office"), "office": tcp(spare)})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "unknown")
    time.sleep(0.1)
    assert b"slip" not in spare.printed
    assert "trouble" not in shop.codes()


def test_an_unknown_fallback_is_refused(make_shop: MakeShop) -> None:
    with pytest.raises(BadDeviceTable):
        make_shop({"receipt": {"connect": "memory", "fallback": "bar"}})


def test_each_printer_takes_its_own_jobs(make_shop: MakeShop, peers: StartPeer) -> None:
    till, kitchen = peers(), peers()
    shop = make_shop({"receipt": tcp(till), "kitchen": tcp(kitchen)})
    shop.spooler.start()
    rows = [shop.add(), shop.add(printer="kitchen")]

    assert soon(lambda: all(row.state == "printed" for row in rows))
    assert till.wait_for(b"slip 1") and kitchen.wait_for(b"slip 2")
    assert b"slip 2" not in till.printed


def test_a_folder_gets_bytes_and_text(make_shop: MakeShop, tmp_path: Path) -> None:
    def odd(job: Any, language: str) -> Slip:
        return Slip("sale", "../../R1/7 退", (Text("晨光 𠮷"),))

    shop = make_shop({"receipt": {"connect": "folder"}}, build=odd)
    shop.spooler.start()
    rows = [shop.add(), shop.add(copy_no=2)]

    assert soon(lambda: all(row.state == "printed" for row in rows))
    names = sorted(path.name for path in (tmp_path / "slips").iterdir())
    assert names == [
        "1-sale-.._.._R1_7_.bin",
        "1-sale-.._.._R1_7_.txt",
        "2-sale-.._.._R1_7_-copy2.bin",
        "2-sale-.._.._R1_7_-copy2.txt",
    ]
    assert (tmp_path / "slips" / names[1]).read_text(encoding="utf-8") == "晨光 □\n"
    assert (tmp_path / "slips" / names[0]).read_bytes().startswith(b"\x1b@")
    assert soon(lambda: shop.lost == ["𠮷", "𠮷"])


def test_a_file_lies_in_the_folder_of_the_store(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop({"receipt": {"connect": "file", "path": "slips/receipt.bin"}})
    shop.spooler.start()
    rows = [shop.add(), shop.add()]

    assert soon(lambda: all(row.state == "printed" for row in rows))
    assert (tmp_path / "slips" / "receipt.bin").read_bytes().count(b"\x1b@") == 2


def test_a_folder_that_cannot_be_written_keeps_the_job(make_shop: MakeShop, tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("in the way")
    shop = make_shop({"receipt": {"connect": "folder"}})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: "offline" in shop.codes())
    (tmp_path / "slips").unlink()
    assert soon(lambda: row.state == "printed")
    assert row.history[:3] == ["queued", "sending", "queued"]


def test_to_screen(make_shop: MakeShop) -> None:
    shop = make_shop({"receipt": {"connect": "screen"}})
    row = shop.add()
    shop.spooler.start()

    assert soon(lambda: row.state == "printed")
    assert shop.shown == ["R1-1"]


def test_the_drawer_opens_outside_the_queue(make_shop: MakeShop, peers: StartPeer) -> None:
    peer = peers(paper="out")
    shop = make_shop({"receipt": tcp(peer)})
    shop.add()
    shop.spooler.start()
    assert soon(lambda: "paper out" in shop.codes())

    shop.spooler.kick(PrinterDrawer(shop.spooler.printers["receipt"]))

    assert soon(lambda: peer.pulses == 1)
    assert shop.drawer_faults == []


def test_a_drawer_that_cannot_open_is_told_and_stays_shut(
    make_shop: MakeShop, peers: StartPeer
) -> None:
    peer = peers()
    peer.stop()
    shop = make_shop({"receipt": tcp(peer)})
    shop.spooler.kick(PrinterDrawer(shop.spooler.printers["receipt"]))
    assert soon(lambda: shop.drawer_faults == ["Unreachable"])

    again = peers(port=int(peer.address))
    shop.spooler.start()
    row = shop.add()
    assert soon(lambda: row.state == "printed")
    assert again.pulses == 0, "a pulse is never made up for later"


def test_selling_never_waits(make_shop: MakeShop) -> None:
    """A printer that swallows connections holds up neither wake, add nor the database."""
    with socket.create_server(("127.0.0.1", 0), backlog=5) as silent:
        port = silent.getsockname()[1]
        table = {"connect": "tcp", "host": "127.0.0.1", "port": port, **TIMES, "confirm": "gs_r"}
        shop = make_shop({"receipt": table})
        shop.spooler.start()
        began = time.monotonic()
        for _ in range(50):
            shop.add()
            shop.queue.run(lambda: None)
        assert time.monotonic() - began < 0.1
        assert threading.active_count() < 10
        shop.spooler.stop()
    assert {row.state for row in shop.queue.rows.values()} == {"queued"}


def test_a_mute_printer_prints_nothing_until_somebody_saw_it_print(
    make_shop: Callable[..., Shop], peers: Callable[..., RunningPeer]
) -> None:
    """Five slips on a printer that takes bytes and never answered: none of them is printed."""
    peer = peers(mode="mute")
    shop = make_shop({"receipt": tcp(peer)})
    rows = [shop.add() for _ in range(5)]
    shop.spooler.start()
    assert soon(lambda: "silent" in shop.codes(), 5.0)
    assert not {"ready", "offline"} & set(shop.codes())
    assert all(row.state == "queued" for row in rows)

    trial = shop.spooler.try_out("receipt", build(rows[0], "zh"))
    assert trial is not None and trial.fault is not None and trial.fault.code == "PrinterSilent"
    shop.spooler.seen("receipt")
    assert soon(lambda: all(row.state == "printed" for row in rows), 10.0)
    assert soon(lambda: shop.states[-1].code == "cannot tell")
    assert "ready" not in shop.codes()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"connect": "file", "path": "slips.bin"}, "files"),
        ({"connect": "folder", "path": "slips"}, "files"),
        ({"connect": "memory"}, "trying"),
        ({"connect": "screen"}, "on screen"),
    ],
)
def test_what_is_no_printer_never_says_ready(
    make_shop: Callable[..., Shop], table: dict[str, object], code: str
) -> None:
    shop = make_shop({"receipt": table})
    row = shop.add()
    shop.spooler.start()
    assert soon(lambda: row.state == "printed")
    assert soon(lambda: shop.states[-1].code == code)
    assert "ready" not in shop.codes()


def test_a_database_that_comes_back_is_no_trouble_any_more(
    make_shop: Callable[..., Shop], peers: Callable[..., RunningPeer]
) -> None:
    """The chip says what the printer says, as soon as it can be asked for again."""
    shop = make_shop({"receipt": tcp(peers())})
    shop.spooler.start()
    assert soon(lambda: shop.states and shop.states[-1].code == "ready")
    plain, shop.queue.next_job = shop.queue.next_job, None  # type: ignore[method-assign, assignment]
    shop.spooler.wake()
    assert soon(lambda: shop.states[-1].code == "trouble")
    shop.queue.next_job = plain  # type: ignore[method-assign]
    assert soon(lambda: shop.states[-1].code == "ready")
