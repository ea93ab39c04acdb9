"""The customer's display during a sale, over a pseudo-terminal: what it shows, and that it stops
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import COLA, WATER
from tests.flows.till import Till
from tests.peers.ports import Port

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


@pytest.fixture
def pole(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path / "pole")
    port.plug_in()
    yield port
    port.pull_out()


def display_table(pole: Port, codepage: str = "gb18030") -> str:
    return (
        f'[display]\nconnect = "serial"\nport = "{pole.path}"\ncodepage = "{codepage}"\n'
        'idle_text = "Welcome"\nretry_s = 0.2\n'
    )


def line(left: str, right: str) -> bytes:
    """A line of the display as bytes."""
    return left.encode("gb18030") + right.rjust(20 - len(left.encode("gb18030"))).encode() + b"\r"


def test_the_customer_sees_item_total_and_change(floor: Floor, till: Counter, pole: Port) -> None:
    term: Till = till(floor(more=display_table(pole)))
    pole.heard(b"Welcome             \r", timeout_s=15)
    term.begin()
    assert term.w("Display") in term.lines()[-1]
    term.scan(WATER)
    sent = pole.heard(line("合计", "2.00"))
    assert "农夫山泉天然水".encode("gb18030") in sent
    term.scan(COLA)
    sent = pole.heard(line("合计", "5.50"))
    assert COLA.name.split()[0].encode("gb18030") in sent and b" 3.50\r" in sent

    term.key("f9")
    term.see("Ways to pay")
    pole.heard(line("应收", "5.50"))
    term.enter("10")
    sent = pole.heard(line("找零", "4.50"))
    assert line("已付", "10.00") in sent


def test_a_display_that_is_pulled_out_stops_nothing(
    floor: Floor, till: Counter, pole: Port
) -> None:
    term: Till = till(floor("en", more=display_table(pole, "ascii")), lang="en")
    pole.heard(b"Welcome             \r", timeout_s=15)
    term.begin()
    term.scan(WATER)
    pole.heard(line("Total", "2.00"))
    pole.pull_out()
    term.see("unplugged")
    term.scan(COLA)
    term.wait_total("5.50")
    pole.plug_in()
    # No Chinese on this one: the code that was scanned.
    assert line(COLA.barcode, "3.50") in pole.heard(line("Total", "5.50"))
    term.see("unplugged", gone=True)
    term.pay_exact()
    pole.heard(line("Change given", "0.00"))


def test_a_signed_out_counter_shows_the_idle_text(floor: Floor, till: Counter, pole: Port) -> None:
    term: Till = till(floor(more=display_table(pole)))
    term.begin()
    term.scan(WATER)
    pole.heard(line("合计", "2.00"))
    term.key("f3")
    term.see("Home")
    term.key("f3")
    term.see("Sign out?")
    term.pump(0.15)
    term.key("enter")
    term.see("Your number")
    pole.heard(b"Welcome             \r")
