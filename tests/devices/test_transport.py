"""Files, faults of the ways, tables, profiles, and the check of a device."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devices.channel import send_all
from devices.check import check_device
from devices.drawer import SerialDrawer, drawer_from_table
from devices.faults import BadDeviceTable, DeviceFault, SendStalled, SpoolerUnavailable, Unreachable
from devices.printer import Ending, Printer
from devices.profiles import profile_from_table
from devices.serial_port import Serial
from devices.transport import make_transport
from tests.devices.conftest import StartPeer

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def test_a_file_takes_job_after_job(tmp_path: Path) -> None:
    path = tmp_path / "paper.bin"
    printer = Printer.from_table("receipt", {"connect": "file", "path": str(path)})

    assert printer.send(b"one").ending is Ending.PRINTED
    assert printer.send(b"two").ending is Ending.PRINTED
    assert path.read_bytes() == b"onetwo"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_fault() -> None:
    outcome = Printer.from_table("receipt", {"connect": "file", "path": "/dev/full"}).send(b"one")

    assert outcome.ending is Ending.NOT_SENT
    assert outcome.fault and outcome.fault.code == "ConnectionBroken"


@posix_only
def test_a_device_file_is_read_and_written(start_peer: StartPeer) -> None:
    peer = start_peer("pty")
    table = {"connect": "device", "path": peer.address, "answer_timeout_s": 0.3}

    outcome = Printer.from_table("receipt", table).send(b"\x1b@hello\n")

    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "gs_r")
    assert peer.wait_for(b"hello")


@posix_only
def test_a_device_file_that_is_gone_or_stuck(tmp_path: Path) -> None:
    gone = make_transport({"connect": "device", "path": str(tmp_path / "lp0")})
    with pytest.raises(Unreachable):
        gone.open()

    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    channel = make_transport({"connect": "device", "path": str(tmp_path / "pipe")}).open()
    with pytest.raises(SendStalled) as stalled:
        send_all(channel, b"x" * 1_000_000, stall_s=0.1)
    assert int(str(stalled.value.fields["sent"])) > 0
    channel.close()
    os.close(reader)


@pytest.mark.skipif(os.name == "nt", reason="there is a spooler here")
def test_the_windows_spooler_is_refused_elsewhere() -> None:
    with pytest.raises(SpoolerUnavailable) as refused:
        make_transport({"connect": "spooler", "printer": "POS-80"}).open()
    assert refused.value.fields["printer"] == "POS-80"


def test_a_black_hole_is_given_up_in_time() -> None:
    """A full backlog: the connection is neither taken nor refused."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        table = {"connect": "tcp", "host": address[0], "port": address[1], "connect_timeout_s": 0.3}
        began = time.monotonic()
        with pytest.raises(Unreachable):
            make_transport(table).open()
        assert time.monotonic() - began < 1.0
        for filler in fillers:
            filler.close()


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({}, "connect"),
        ({"connect": "carrier pigeon"}, "connect"),
        ({"connect": "tcp"}, "host"),
        ({"connect": "tcp", "host": "h", "port": "9100"}, "port"),
        ({"connect": "memory", "profile": "90mm"}, "profile"),
        ({"connect": "memory", "columns": 5}, "columns"),
        ({"connect": "memory", "confirm": "perhaps"}, "confirm"),
        ({"connect": "memory", "codepage": "big5"}, "codepage"),
        ({"connect": "memory", "escpos_profile": "no such"}, "escpos_profile"),
        ({"connect": "memory", "stall_timeout_s": -1}, "stall_timeout_s"),
    ],
)
def test_a_wrong_table_names_its_key(table: dict[str, object], key: str) -> None:
    with pytest.raises(BadDeviceTable) as refused:
        Printer.from_table("receipt", table)
    assert refused.value.fields["key"] == key


def test_a_profile_of_python_escpos_gives_columns_and_abilities() -> None:
    small = profile_from_table({"escpos_profile": "POS-5890"})
    large = profile_from_table({"escpos_profile": "TM-T20II", "cut": False})

    assert (small.columns, small.has_cut, small.has_qr) == (32, False, False)
    assert (large.columns, large.dots, large.has_cut, large.has_qr) == (48, 576, False, True)


def test_no_library_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, devices.printer, devices.scanner, devices.check, receipts.spooler\n"
        "from devices.profiles import profile_from_table\n"
        "profile_from_table({'escpos_profile': 'TM-T20II'})\n"
        "print([m for m in ('escpos', 'serial', 'reportlab', 'PIL', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


# --- drawers and checks --------------------------------------------------------------------------


@posix_only
def test_a_serial_drawer_opens_with_its_bytes() -> None:
    master, slave = os.openpty()
    drawer = SerialDrawer(Serial(os.ttyname(slave)), b"\x07\x07")

    drawer.kick()

    assert os.read(master, 10) == b"\x07\x07"
    assert drawer.is_open() is None
    os.close(master)
    os.close(slave)


def test_drawer_tables() -> None:
    printers = {"receipt": Printer.from_table("receipt", {"connect": "memory"})}

    assert drawer_from_table({"connect": "none"}, printers) is None
    assert drawer_from_table({}, printers) is not None
    for table, key in (
        ({"printer": "bar"}, "printer"),
        ({"pin": 3}, "pin"),
        ({"connect": "serial"}, "port"),
        ({"connect": "serial", "port": "COM1", "pulse_bytes": "xy"}, "pulse_bytes"),
        ({"open_level": "up"}, "open_level"),
    ):
        with pytest.raises(BadDeviceTable) as refused:
            drawer_from_table(table, printers)
        assert refused.value.fields["key"] == key


def codes(*found: object) -> list[str]:
    return [getattr(one, "code", "") for one in found]


def test_checks_of_devices(start_peer: StartPeer, tmp_path: Path) -> None:
    peer = start_peer("tcp", paper="low")
    table: dict[str, object] = {"connect": "tcp", "host": "127.0.0.1", "port": int(peer.address)}

    assert codes(*check_device("printer", "receipt", table)) == ["PrinterShape", "PaperLow"]
    drawer = {"open_level": "high"}
    assert codes(*check_device("drawer", "", drawer, {"receipt": table})) == ["DrawerShut"]
    assert codes(*check_device("drawer", "", {"connect": "none"})) == ["DrawerAbsent"]
    peer.tell("cover open")
    assert codes(*check_device("printer", "receipt", table))[-1] == "CoverOpen"
    gone = str(tmp_path / "none")
    assert codes(*check_device("scanner", "", {"port": gone})) == ["Unreachable"]
    assert codes(*check_device("printer", "x", {"connect": "x"})) == ["BadDeviceTable"]
    assert peer.printed == b"" and peer.pulses == 0, "a check prints and opens nothing"


def test_a_fault_says_its_code_and_fields_in_a_log() -> None:
    assert str(Unreachable(device="tcp h:1", reason="refused")) == (
        "Unreachable device=tcp h:1, reason=refused"
    )
    assert isinstance(Unreachable(), DeviceFault)
