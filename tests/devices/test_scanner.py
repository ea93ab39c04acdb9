"""The scanner's thread over real pseudo-terminals: it comes, goes, and comes back."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from devices.faults import BadDeviceTable, DeviceFault
from devices.framing import Noise, Scan
from devices.scanner import SerialScanner
from tests.peers.ports import Port

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are needed", allow_module_level=True)


class Counter:
    """Collects what a scanner says."""

    def __init__(self, path: Path, **table: object) -> None:
        self.scans: Queue[Scan] = Queue()
        self.states: Queue[DeviceFault | None] = Queue()
        self.noise: Queue[Noise] = Queue()
        self.scanner = SerialScanner.from_table(
            {"port": str(path), "retry_s": 0.05, "pause_ms": 80, **table},
            on_scan=self.scans.put,
            on_state=self.states.put,
            on_noise=self.noise.put,
        )

    def state(self) -> str:
        fault = self.states.get(timeout=1.5)
        return fault.code if fault else "there"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path / "scanner")
    yield port
    port.pull_out()


@pytest.fixture
def counter(port: Port) -> Iterator[Counter]:
    counter = Counter(port.path)
    yield counter
    counter.scanner.stop()


def test_scans_in_pieces(port: Port, counter: Counter) -> None:
    port.plug_in()
    counter.scanner.start()
    assert counter.state() == "there"

    for piece in (b"]E0690", b"12345", b"67892\r", b"ABC-1\r\nABC-1\r"):
        port.type(piece)

    assert counter.scans.get(timeout=1) == Scan("6901234567892", "]E0")
    assert counter.scans.get(timeout=1) == Scan("ABC-1")
    assert counter.scans.get(timeout=1) == Scan("ABC-1"), "two equal items are two items"


def test_absent_at_start_then_plugged_pulled_and_plugged_again(
    port: Port, counter: Counter
) -> None:
    counter.scanner.start()
    assert counter.state() == "ScannerLost"

    for code in ("111111", "222222"):
        port.plug_in()
        assert counter.state() == "there"
        port.type(code.encode() + b"\r")
        assert counter.scans.get(timeout=1) == Scan(code)

        port.type(b"half a co")
        port.pull_out()
        assert counter.state() == "ScannerLost"

    time.sleep(0.2)  # Some tries go by.
    assert counter.scans.empty()
    assert counter.states.empty(), "lost is told once, not at every try"


def test_noise_is_reported_and_not_sold(port: Port, counter: Counter) -> None:
    port.plug_in()
    counter.scanner.start()
    assert counter.state() == "there"

    port.type(b"\x00\x07\xfe\r69")
    assert counter.noise.get(timeout=1).why == "encoding"
    assert counter.noise.get(timeout=1) == Noise(b"69", "unfinished")
    port.type(b"6901234567892\r")

    assert counter.scans.get(timeout=1) == Scan("6901234567892")


def test_a_bouncing_trigger_counts_once_where_it_is_set(port: Port) -> None:
    port.plug_in()
    counter = Counter(port.path, bounce_ms=300)
    counter.scanner.start()
    assert counter.state() == "there"

    port.type(b"690123\r690123\r690124\r")

    assert counter.scans.get(timeout=1) == Scan("690123")
    assert counter.scans.get(timeout=1) == Scan("690124")
    with pytest.raises(Empty):
        counter.scans.get(timeout=0.1)
    counter.scanner.stop()


@pytest.mark.parametrize(
    ("key", "value"),
    [("suffix", "enter"), ("baud", "fast"), ("bits", True), ("pause_ms", 0.5), ("flow", "maybe")],
)
def test_a_wrong_table_names_its_key(key: str, value: object) -> None:
    with pytest.raises(BadDeviceTable) as refused:
        Counter(Path("/dev/none"), **{key: value})
    assert refused.value.fields["key"] == key
