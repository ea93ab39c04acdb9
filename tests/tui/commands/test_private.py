"""What belongs to the store is nobody else's: files, copies on other disks, the memory of a program
that falls down.

From outside: other processes with an open umask and no bound on core dumps, looked at afterwards.
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from models.base.private import FOLDER_MODE
from tests.tui.commands.conftest import Run

pytestmark = [pytest.mark.row("SYS-39"), pytest.mark.skipif(os.name != "posix", reason="modes")]

PASSWORD = "correct horse"
OWNER = ("--user", "1", "--password-stdin")
ROOT = Path(__file__).parents[3]
DESKBELL = "import sys; from tui.commands.main import main; sys.exit(main(sys.argv[1:]))"

# The work is ended by the system in the moment in which the copy lies plain on the disk.
KILLED = f"""\
import os, pyrage
pyrage.encrypt_file = lambda *_: os.kill(os.getpid(), 9)
{DESKBELL}"""

# The program falls down with what was typed in its memory; where it would leave a dump is said.
FALLEN = """\
import ctypes, os
from tui.commands.main import main
main(["help"])
print("DUMPABLE", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.abort()
"""


def outside(program: str, *words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """A process of a careless system: files are for all, dumps as large as they come."""

    def careless() -> None:
        import resource

        os.umask(0)
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], input=f"{PASSWORD}\n", text=True,
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_GB.UTF-8"},
        capture_output=True, check=False, preexec_fn=careless,
    )  # fmt: skip


def seen_by_others(*folders: Path) -> list[str]:
    """What others may read or write in these folders, named."""
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return [str(path) for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]


def with_backup(shop: Path, line: str) -> None:
    """Set the table [backup] of the store's config.toml."""
    with (shop / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[backup]\n{line}\n")


def plain(folder: Path) -> list[Path]:
    """Files in which the store stands unencrypted, alone or packed."""
    return [p for p in folder.rglob("*") if p.is_file() and b"SQLite format 3" in p.read_bytes()]


def test_files_and_copies_are_closed_also_on_other_disks(shop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    older = stick / "deskbell-2026-01-01-20260101T000000000000.db"
    for path, mode in ((shop, 0o755), (shop / "store.db", 0o644), (shop / "keys", 0o755)):
        path.chmod(mode)
    older.touch()
    older.chmod(0o644)
    said = outside(DESKBELL, "--store", shop, "backup", stick, *OWNER, folder=tmp_path)
    assert said.returncode == 0, said.stderr
    assert len(list(stick.glob("*.json"))) == 1
    assert seen_by_others(shop) == []
    # The stick is somebody's; what was put on it, now and earlier, is closed.
    assert [each for each in seen_by_others(stick) if each != str(stick)] == []
    (copy,) = [path for path in stick.glob("*.db") if path != older]
    words = ("--store", shop, "restore", copy, "--yes", *OWNER)
    said = outside(DESKBELL, *words, folder=tmp_path)
    assert said.returncode == 0, said.stderr
    assert seen_by_others(shop) == []


def test_a_kill_leaves_no_plain_copy_beside_the_encrypted_ones(shop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with_backup(shop, f'age_key = "{pyrage.x25519.Identity.generate().to_public()}"')
    words = ("--store", shop, "backup", stick, *OWNER)
    killed = outside(KILLED, *words, folder=tmp_path)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert plain(stick) == []
    # In the store's own folder it is no plainer than the store and its log, and closed; the next
    # one clears up.
    left = [path for path in plain(shop) if path.name not in ("store.db", "store.db-wal")]
    assert {path.parent.name for path in left} == {".copying"}
    assert seen_by_others(shop, stick) == []
    done = outside(DESKBELL, *words, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert plain(stick) == []
    assert [path.name for path in plain(shop)] == ["store.db"]
    assert {path.suffix for path in stick.iterdir()} == {".age", ".json"}
    assert stat.S_IMODE(stick.stat().st_mode) == FOLDER_MODE


def test_a_program_that_falls_down_leaves_no_dump(tmp_path: Path) -> None:
    said = outside(FALLEN, folder=tmp_path)
    assert said.returncode == -signal.SIGABRT, said.stderr
    if sys.platform == "linux":
        # Also a program of the system that collects dumps gets none.
        assert "DUMPABLE 0" in said.stdout
    assert list(tmp_path.iterdir()) == []


def closed_says(run: Run, shop: Path) -> tuple[str, str]:
    """What doctor finds about files that others may read, as (state, text)."""
    said = run("--store", shop, "doctor", "--json")
    (one,) = [each for each in said.json if each["name"] == "Closed to others"]
    assert (said.status == 1) == (one["state"] == "bad")
    return one["state"], one["found"]


def test_doctor_names_what_others_may_read(run: Run, shop: Path) -> None:
    assert closed_says(run, shop)[0] == "good"
    (shop / "config.toml").chmod(0o644)
    state, text = closed_says(run, shop)
    assert (state, str(shop / "config.toml") in text) == ("advice", True)
    # Opening the store closes its folder; keys that lay open are said, once.
    (shop / "keys" / "signing").chmod(0o644)
    state, text = closed_says(run, shop)
    assert (state, str(shop / "keys" / "signing") in text) == ("bad", True)
    assert closed_says(run, shop)[0] == "good"


def test_doctor_looks_at_keys_behind_a_link_and_at_copies_elsewhere(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    safe, stick = tmp_path / "safe", tmp_path / "stick"
    (shop / "keys").rename(safe)
    (shop / "keys").symlink_to(safe)
    (safe / "pepper").chmod(0o640)
    state, text = closed_says(run, shop)
    assert (state, str(safe / "pepper") in text) == ("bad", True)
    (safe / "pepper").chmod(0o600)
    stick.mkdir()
    older = stick / "deskbell-2026-01-01-20260101T000000000000.db"
    older.touch()
    older.chmod(0o644)
    with_backup(shop, f'folder = "{stick}"')
    state, text = closed_says(run, shop)
    assert (state, str(stick) in text) == ("advice", True)
