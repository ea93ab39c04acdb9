"""A printer is connected and tried at the screen; what it cannot tell is asked of whoever looks."""

from __future__ import annotations

import time
import tomllib

import pytest

from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import (
    CASHIER,
    CASHIER_PIN,
    MANAGER,
    MANAGER_PASSWORD,
    WATER,
)
from tests.flows.till import Till
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180), pytest.mark.row("SYS-22")]

DEVICES = "91"


def at_devices(term: Till) -> None:
    term.begin()
    term.switch_user(MANAGER, MANAGER_PASSWORD)
    term.key("f3")
    term.see("Home")
    term.enter(DEVICES)
    term.see("Devices")


def connect_to(term: Till, peer: RunningPeer) -> None:
    """F2: network, address, port, the first kind of printer."""
    term.key("f2")
    term.see("How is the printer connected?")
    term.key("1")
    term.see("The printer's address on the network")
    term.enter("127.0.0.1")
    term.see("Its port")
    term.enter(str(peer.address))
    term.see("What kind of printer is it?")
    term.key("1")
    term.see_flat(term.w("Printer {name} is set up. F5 prints a test page.", name="receipt"))


def test_a_printer_is_set_up_and_says_that_it_printed(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    more = "# kept as it is\n[ui]\nsound = false"
    folder = floor("en", more=more)
    term: Till = till(folder, lang="en")
    at_devices(term)
    term.see("trial")
    connect_to(term, printer)
    term.see("ready", timeout_s=15)
    term.key("f5")
    term.see_flat(term.w("Printer {name} says that it printed the test page.", name="receipt"))
    page = printer.printed.decode("gb18030", errors="ignore")
    assert "TEST PAGE" in page and "中文" in page and "1234567890" * 4 in page
    text = (folder / "config.toml").read_text(encoding="utf-8")
    assert "# kept as it is" in text
    table = tomllib.loads(text)
    assert table["printer"]["receipt"] == {
        "connect": "tcp", "host": "127.0.0.1", "port": int(printer.address), "profile": "80mm",
    }  # fmt: skip
    assert table["ui"] == {"sound": False} and table["register"] == {"number": 1}
    # What is sold now prints there.
    term.key("f3")
    term.see("Home")
    term.enter("11")
    term.see("Selling")
    term.scan(WATER)
    term.wait_total("2.00")
    term.pay_exact()
    until = time.perf_counter() + 10
    while WATER.name.encode("gb18030")[:8] not in printer.printed:
        assert time.perf_counter() < until, "the slip went elsewhere"
        term.pump(0.1)


def test_a_printer_that_never_answers_is_learnt_by_its_page(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer(mode="mute")  # type: ignore[operator]
    folder = floor("en", more="[paper]\nask_after_minutes = 60")
    term: Till = till(folder, lang="en")
    at_devices(term)
    connect_to(term, printer)
    term.see("no answer", timeout_s=20)
    term.key("f5")
    term.see("Did the test page come out whole?", timeout_s=20)
    term.key("enter")
    told = "Printer {name} prints, and cannot say so: look at its slips."
    term.see_flat(term.w(told, name="receipt"))
    term.see("cannot tell", timeout_s=20)
    assert "answers" in (folder / "printers.json").read_text(encoding="utf-8")


def test_who_may_not_change_settings_connects_nothing(floor: Floor, till: Counter) -> None:
    folder = floor("en")
    before = (folder / "config.toml").read_bytes()
    term: Till = till(folder, lang="en")
    at_devices(term)
    term.switch_user(CASHIER, CASHIER_PIN)
    if "Devices" not in term.text():
        return
    term.key("f2")
    term.see_flat(term.w("change settings"))
    assert (folder / "config.toml").read_bytes() == before


def test_a_drawer_that_stays_shut_says_what_opens_it(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    address = printer.address
    printer.stop()
    table = f'connect = "tcp"\nhost = "127.0.0.1"\nport = {address}\nprofile = "80mm"'
    term: Till = till(floor("en", printer=table), lang="en")
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.pay_exact()
    term.see_flat("The drawer did not open: use its key.", timeout_s=15)
