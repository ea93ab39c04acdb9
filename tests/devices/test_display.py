"""The customer's display: what it is sent, and its thread over real pseudo-terminals."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import display as display_module
from devices.channel import Channel
from devices.check import check_device
from devices.display import BLANK, CODEPAGES, PROTOCOLS, CustomerDisplay, Line, Panel, clean
from devices.faults import BadDeviceTable, ConnectionBroken, DeviceFault
from devices.files import Memory
from devices.serial_port import Serial
from tests.peers.ports import Port

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are needed", allow_module_level=True)

TEA = (Line("绿茶 Tea 500ml", "3.50", plain="1001"), Line("合计", "12.50", plain="Total"))
MILK = (Line("Milk", "7.00"), Line("Total", "19.50"))
CD5220 = b"\x1bQA%b\r\x1bQB%b\r"


def upper_and_lower(sent: bytes) -> tuple[bytes, bytes]:
    """Both lines of the last frame of a CD5220."""
    frame = sent[sent.rindex(b"\x1bQA") :]
    upper, lower, rest = frame.split(b"\r")
    assert (upper[:3], lower[:3], rest) == (b"\x1bQA", b"\x1bQB", b"")
    return upper[3:], lower[3:]


# --- what it is sent


def test_the_bytes_of_a_cd5220() -> None:
    panel = Panel("cd5220", 20, "ascii")
    assert panel.opening == b"\x0c\x1b@"
    assert panel.frame(MILK) == CD5220 % (b"Milk            7.00", b"Total          19.50")
    assert panel.frame(BLANK) == CD5220 % (b" " * 20, b" " * 20)


def test_the_bytes_of_an_escpos_display() -> None:
    panel = Panel("escpos", 20, "ascii")
    assert panel.opening == b"\x1b=\x02\x1b@\x0c"
    assert panel.frame(MILK) == b"\x0bMilk            7.00Total          19.50"


def test_chinese_where_the_display_has_it_and_codes_where_not() -> None:
    upper, lower = upper_and_lower(Panel(codepage="gb18030").frame(TEA))
    assert upper == "绿茶 Tea 500ml".encode("gb18030") + b"  3.50"
    assert lower.decode("gb18030").split() == ["合计", "12.50"]
    upper, lower = upper_and_lower(Panel().frame(TEA))
    assert (upper.split(), lower.split()) == ([b"1001", b"3.50"], [b"Total", b"12.50"])


def test_a_long_name_gives_way_to_the_price_and_is_never_cut_in_half() -> None:
    panel = Panel(codepage="gb18030")
    drawn = panel.drawn(Line("超级无敌长的商品名称啊", "12345.60"))
    assert drawn.decode("gb18030").split() == ["超级无敌长", "12345.60"] and len(drawn) == 20
    assert Panel(columns=8).drawn(Line("", "1234567.50")) == b"########"


@pytest.mark.parametrize(
    ("text", "codepage", "shown"),
    [
        ("a\x0c\x1b@b", "ascii", "a @b"),
        ("rtl\u202eevil\u2066x", "gb18030", "rtlevilx"),
        ("Café  ＡＢ１２", "ascii", "Cafe AB12"),
        ("𠮷野家😀牛", "gb18030", "野家牛"),
        ("\ue000\ufeff\x85茶", "gb18030", "茶"),
        ("[/oops]\t\n", "ascii", "[/oops]"),
    ],
)
def test_hostile_names_are_made_harmless(text: str, codepage: str, shown: str) -> None:
    assert clean(text, codepage) == shown


@given(
    st.text(max_size=60), st.text(max_size=60), st.text(max_size=30), st.integers(8, 40),
    st.sampled_from(CODEPAGES), st.sampled_from(PROTOCOLS),
)  # fmt: skip
def test_a_line_is_always_exactly_as_wide_as_the_display(
    left: str, right: str, plain: str, columns: int, codepage: str, protocol: str
) -> None:
    panel = Panel(protocol, columns, codepage)
    drawn = panel.drawn(Line(left, right, plain))
    assert len(drawn) == columns
    assert min(drawn) >= 0x20
    drawn.decode(codepage)
    others = {"cd5220": 8, "escpos": 1}[protocol]
    assert len(panel.frame((Line(left, right, plain), Line()))) == 2 * columns + others


@pytest.mark.parametrize(
    "table", [{"protocol": "x"}, {"columns": "20"}, {"codepage": "gbk"}, {"connect": "usb"}]
)
def test_a_wrong_table_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(BadDeviceTable):
        CustomerDisplay.from_table({"connect": "memory", **table})


def test_none_is_none() -> None:
    assert CustomerDisplay.from_table({"connect": "none"}) is None
    assert check_device("display", "display", {"connect": "none"})[0].code == "DisplayAbsent"


# --- its thread


class Pole:
    """A display at the end of a pseudo-terminal, and what the program says of it."""

    def __init__(self, path: Path, **table: object) -> None:
        self.states: Queue[DeviceFault | None] = Queue()
        made = CustomerDisplay.from_table(
            {"connect": "serial", "port": str(path), "retry_s": 0.05, **table},
            on_state=self.states.put,
        )
        assert made is not None
        self.display = made

    def state(self) -> str:
        fault = self.states.get(timeout=3)
        return fault.code if fault else "there"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path / "display")
    yield port
    port.pull_out()


@pytest.fixture
def pole(port: Port) -> Iterator[Pole]:
    pole = Pole(port.path, idle_text="Welcome\nto us")
    yield pole
    pole.display.stop()


@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_lines_arrive_whole_however_they_are_split(port: Port, pole: Pole, piece: int) -> None:
    port.plug_in()
    pole.display.start()
    assert port.heard(b"to us               \r", piece=piece).startswith(b"\x0c\x1b@\x1bQAWelcome ")
    assert pole.state() == "there"

    begun = time.perf_counter()
    pole.display.show(MILK)
    assert upper_and_lower(port.heard(b"19.50\r", piece=piece))[0] == b"Milk            7.00"
    assert time.perf_counter() - begun < 0.3

    pole.display.show(MILK)
    assert port.is_silent(0.2), "the same lines are not sent twice"


def test_absent_at_start_then_plugged_pulled_and_plugged_again(port: Port, pole: Pole) -> None:
    pole.display.start()
    assert pole.state() == "DisplayLost"
    for lines, end in ((MILK, b"19.50\r"), (TEA, b"12.50\r")):
        pole.display.show(lines)
        port.plug_in()
        sent = port.heard(end)
        assert sent.startswith(b"\x0c\x1b@\x1bQA"), "it is made ready anew"
        assert b"Welcome" not in sent, "what counts now, not what was shown before"
        assert pole.state() == "there"
        port.pull_out()
        assert pole.state() == "DisplayLost"
    time.sleep(0.2)
    assert pole.states.empty(), "lost is told once, not at every try"


def test_a_port_that_was_pulled_out_holds_nothing_back(port: Port) -> None:
    port.plug_in()
    channel = Serial(str(port.path)).open()
    channel.write_some(b"half a job", 1.0)
    port.pull_out()
    channel.discard()
    with pytest.raises(ConnectionBroken):
        channel.unsent()
    channel.close()


def test_an_idle_display_that_is_pulled_out_is_noticed(port: Port, pole: Pole) -> None:
    port.plug_in()
    pole.display.start()
    assert pole.state() == "there"
    port.pull_out()
    assert pole.state() == "DisplayLost"


def test_a_display_that_takes_nothing_stops_nobody(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A serial line whose other end never reads: its buffer fills, and showing still returns."""
    monkeypatch.setattr(display_module, "STALL_S", 0.2)
    port.plug_in()
    pole = Pole(port.path)
    pole.display.start()
    longest, until = 0.0, time.monotonic() + 5
    number = 0
    while pole.states.empty() or pole.states.get() is None:
        assert time.monotonic() < until, "nobody told that the display takes nothing"
        for _ in range(50):
            number += 1
            begun = time.perf_counter()
            pole.display.show((Line("Item", f"{number}.00"), Line()))
            longest = max(longest, time.perf_counter() - begun)
            time.sleep(0.0005)
    assert longest < 0.1
    # It reads again: what counts now is shown.
    pole.display.show(MILK)
    port.heard(b"19.50\r", timeout_s=5)
    pole.display.stop()


class Slow(Memory):
    """Takes a byte every two milliseconds, as a line of 4800 baud does."""

    def open(self) -> Channel:
        return _SlowChannel(self.jobs)


class _SlowChannel(Channel):
    can_read = False

    def __init__(self, jobs: list[bytes]) -> None:
        self._jobs = jobs

    def write_some(self, data: bytes, timeout_s: float) -> int:
        time.sleep(0.002)
        self._jobs.append(data[:1])
        return 1

    def close(self) -> None:
        return


def test_a_slow_display_shows_the_newest_and_leaves_out_the_rest() -> None:
    slow, there = Slow(), threading.Event()
    display = CustomerDisplay(slow, Panel(), on_state=lambda fault: there.set())
    display.start()
    assert there.wait(3)
    for number in range(200):
        display.show((Line("Item", f"{number}.00"), Line()))
    time.sleep(0.4)
    display.stop()
    sent = b"".join(slow.jobs)
    shown = sent.split(b"\x1bQA")
    assert b"Item          199.00" in sent
    assert len(shown) < 10


def test_the_idle_text_comes_back_by_itself(port: Port, pole: Pole) -> None:
    port.plug_in()
    pole.display.start()
    port.heard(b"to us               \r")
    pole.display.show(MILK, for_s=0.2)
    port.heard(b"19.50\r")
    assert upper_and_lower(port.heard(b"to us               \r"))[0].strip() == b"Welcome"
    # Somebody who is served in time is not sent away.
    pole.display.show(MILK, for_s=0.2)
    port.heard(b"19.50\r")
    pole.display.show(TEA)
    port.heard(b"12.50\r")
    assert port.is_silent(0.4)


def test_stopping_leaves_the_idle_text_and_frees_the_port(port: Port, pole: Pole) -> None:
    port.plug_in()
    pole.display.start()
    pole.display.show(MILK)
    port.heard(b"19.50\r")
    begun = time.perf_counter()
    pole.display.stop()
    assert time.perf_counter() - begun < 1
    assert b"Welcome" in port.heard(b"to us               \r")
    assert not [each for each in threading.enumerate() if each.name == "display"]


def test_stopping_without_a_display_takes_no_time(port: Port) -> None:
    pole = Pole(port.path, retry_s=30)
    pole.display.start()
    assert pole.state() == "DisplayLost"
    begun = time.perf_counter()
    pole.display.stop()
    assert time.perf_counter() - begun < 0.5


# --- the test of the device


def test_the_test_shows_something_to_look_at(port: Port) -> None:
    port.plug_in()
    found: list[str] = []
    table = {"connect": "serial", "port": str(port.path)}
    check = threading.Thread(
        target=lambda: found.extend(f.code for f in check_device("display", "display", table))
    )
    check.start()
    assert b"Deskbell" in port.heard(b"1234567890\r")
    check.join(3)
    assert found == ["DisplaySent"]
    port.pull_out()
    (finding,) = check_device("display", "display", table)
    assert (finding.code, finding.is_good) == ("Unreachable", False)
    assert port.path.name in str(finding.fields)
