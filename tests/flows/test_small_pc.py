"""The cheap PC: little memory, and a system without Unix's own modules."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from models.ledger.documents import Document
from models.shop.trade import SALE
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import COLA, WATER
from tests.flows.till import Till, books_of

BUDGET = 128 * 1024 * 1024


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.row("NFR-09")
def test_a_hundred_sales_fit_into_the_memory_of_a_small_pc(
    floor: Floor, till: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = floor()
    term: Till = till(folder)
    term.see("Your number")
    at_start = term.resident_bytes()
    term.begin()
    most = 0
    for number in range(1, 101):
        term.scan(WATER, COLA)
        term.wait_total("5.50")
        term.pump(0.12)
        term.key("+")
        term.wait(term.w("Ways to pay"))
        term.pump(0.05)
        # A note, so that the amount may be typed before the screen stands.
        term.send("6")
        term.pump(0.05)
        term.send("\r")
        term.wait(f"S01-{number:06d}")
        most = max(most, term.resident_bytes())
    with capsys.disabled():
        print(f"\n  memory: {at_start >> 20} MB at the door, {most >> 20} MB in 100 sales", end="")
    assert most < BUDGET
    term.kill()
    with books_of(folder):
        assert Document.select().where(Document.kind == SALE).count() == 100


# What Windows has not. Textual itself asks for some of them only where they are.
UNIX_ONLY = ("termios", "tty", "pty", "fcntl", "resource", "pwd", "grp", "readline", "curses")

WITHOUT = """
    import sys

    class Nothing:
        def find_spec(self, name, path=None, target=None):
            if name.split(".")[0] in {unix!r}:
                raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
            return None

    for name in {unix!r}:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Nothing())

    import importlib, pkgutil
    import devices, models, receipts, tui
    import models.store, tui.desk.counter, tui.desk.counter_app, tui.desk.paper, tui.commands.main

    skipped = {{"tui.desk.gate.driver_linux", "tui.desk.gate.driver_windows"}}
    seen = 0
    for package in (devices, models, receipts, tui):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if found.name not in skipped:
                importlib.import_module(found.name)
                seen += 1
    print(seen)
"""


@pytest.mark.row("NFR-14")
def test_nothing_that_only_unix_has_is_imported(root: Path) -> None:
    """Every module but the terminal driver of Linux loads where Unix's own modules are not."""
    program = textwrap.dedent(WITHOUT).format(unix=UNIX_ONLY)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 150
