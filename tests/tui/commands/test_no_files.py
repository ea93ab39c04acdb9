"""What is no file on a disk is not read: a pipe would be waited for, a device never ends. Every way
by which a person names a file is tried, and every place in the code that reads one is known.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.tui.commands.conftest import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and devices by name")

OWNER = ("--user", "1", "--password-stdin")
READS = re.compile(r"(?<!forms)\.(?:read_text|read_bytes)\((?!\"|value)|\.open\(\"rb\"\)")

# Files of the program and of the store itself, which nobody names; and the three that look first.
OWN = {
    "devices/abilities.py", "devices/practice_gateway.py", "devices/profiles.py",
    "models/base/copying.py",
    "models/base/log_damage.py", "models/ledger/daily/last_work.py", "models/trust/keyring.py",
    "receipts/catalogues.py", "tui/commands/place.py", "tui/demo/goods.py",
    "tui/records/files.py",
}  # fmt: skip
LOOK_FIRST = {
    "models/sheets/sheets.py": "read_sheet", "models/sheets/sheet_bytes.py": "read_sheet",
    "models/ledger/proving/restoring.py": "_look_at",
    "models/trust/backup.py": "copies and manifests",
}  # fmt: skip


@pytest.mark.parametrize("odd", ["pipe", "device", "folder"])
def test_no_command_waits_for_what_is_no_file(
    run: Run, shop: Path, tmp_path: Path, odd: str
) -> None:
    named = tmp_path / odd
    if odd == "pipe":
        os.mkfifo(named)
    elif odd == "device":
        named.symlink_to("/dev/zero")
    else:
        named.mkdir()
    copy = shop / "store.db"
    ways = {
        "sheet": ("--store", shop, "import", "goods", named, *OWNER),
        "answers": ("--store", tmp_path / "new", "init", "--answers", named),
        "copy": ("--store", shop, "restore", named, "--yes", *OWNER),
        "key": ("--store", shop, "restore", copy, "--identity", named, "--yes", *OWNER),
    }
    (shop / "config.toml").rename(shop / "kept.toml")
    for way, words in ways.items():
        said = run(*words, typed="correct horse\n")
        assert (said.status, said.err.count("\n")) == (1, 1), (way, said)
        assert "inside the program" not in said.err, (way, said)
    named.rename(shop / "config.toml")
    said = run("--store", shop, "verify")
    assert said.status == 1
    assert "Not a file on a disk" in said.err


def test_every_place_that_reads_a_file_is_known(root: Path) -> None:
    """One that comes next year reads by models/base/plain_files.py, or says here why not."""
    reading = {
        path.relative_to(root).as_posix()
        for folder in ("models", "receipts", "tui", "devices")
        for path in (root / folder).rglob("*.py")
        if READS.search(path.read_text(encoding="utf-8"))
    }
    assert reading == OWN | LOOK_FIRST.keys()
