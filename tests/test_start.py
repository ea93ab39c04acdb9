"""What a start loads: only what the first screen needs, and not more memory than a small PC has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import prepare
from tests.terminal import Terminal

pytestmark = pytest.mark.alone

# Notes what is loaded when the first screen stands, then goes on as the command does.
PROGRAM = """
import sys
from pathlib import Path
from tui.desk import memory

begin = memory.begin

def note_and_begin():
    begin()
    Path(sys.argv[1]).write_text("\\n".join(sorted(sys.modules)))

memory.begin = note_and_begin
from tui.commands.main import main

sys.exit(main(["--store", sys.argv[2]]))
"""
# Read when the first report, slip, import, form or code of that kind needs them.
LATE = {
    "biip", "escpos", "openpyxl", "reportlab", "pypinyin", "serial", "PIL", "pyrage", "qrcode",
    "psycopg", "cryptography", "pygments", "markdown_it",
    # The tables of a trade are loaded by who works with them: the file says that it is whole.
    "models.hotel.stays", "models.salon.services", "models.members.cards", "models.shop.sales",
    "models.reports", "receipts.pdf", "receipts.slips", "tui.records", "tui.demo",
    "tui.shop.selling", "tui.money.payment", "tui.money.count", "tui.shop.find_goods",
}  # fmt: skip
MOST_MIB = 80


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    """A small store in a folder of its own."""
    folder = tmp_path / "store"
    folder.mkdir()
    prepare(f"sqlite:///{folder / 'store.db'}", folder / "keys")
    return folder


def test_a_start_loads_what_the_first_screen_needs(store_folder: Path, tmp_path: Path) -> None:
    noted = tmp_path / "modules"
    command = [sys.executable, "-c", PROGRAM, str(noted), str(store_folder)]
    with Terminal(command) as term:
        term.wait("部门", timeout_s=30)
        term.settle(still_s=0.3)
        modules = set(noted.read_text().split("\n"))
        memory = _resident_mib(term.pid)
    assert "tui.people.sign_in" in modules
    early = {
        name for name in modules if any(name == one or name.startswith(f"{one}.") for one in LATE)
    }
    # The keys of a room are declared before it is entered.
    assert not early - {"tui.records", "tui.records.keys"}
    assert memory < MOST_MIB


def test_the_first_proof_loads_no_trade_that_the_store_does_not_use(store_folder: Path) -> None:
    program = """
import sys
from pathlib import Path
from models import store
from models.ledger.proving import proof

folder = Path(sys.argv[1])
store.open_store(f"sqlite:///{folder / 'store.db'}", folder / "keys", register=1)
assert proof.verify(full=False) == []
print(*sorted(sys.modules))
"""
    command = [sys.executable, "-c", program, str(store_folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("models.")}
    assert "models.goods.goods" in loaded
    foreign = {name for name in loaded if name.startswith(("models.hotel.", "models.salon."))}
    # What a trade declares of itself is read of each.
    assert {name.rpartition(".")[2] for name in foreign} <= {"trade", "kinds", "names", "charges"}


def _resident_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    pytest.skip("this system does not tell the memory of a process")
