"""What leaves the program as a file: never over a file of a store, with its own ending, and over
an older file only when somebody said so. Every way that writes a file is walked.
"""

from __future__ import annotations

import ast
import hashlib
import os
import stat
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.sources import parsed
from tests.tui.commands.conftest import Run
from tui.records.files import (
    ExportEnding,
    ExportIntoStore,
    ExportNoFolder,
    ExportThere,
    FileUnusable,
    Target,
    export_file,
    target_of,
)

ROOT = Path(__file__).parents[3]
MANAGER = ("--user", "1", "--password-stdin")
# Files of a store, those that other forms would be called by too.
OF_A_STORE = (
    "store.db", "store.db-wal", "store.db-last", "store.csv", "config.toml", "config.csv",
    "printers.json", "keys/pepper", "keys/signing", "keys/signing.csv", "keys/new.xlsx",
    "backups/deskbell-2026-01-01-1.json", "backups/new.csv", "logs/deskbell.log", "logs/x.txt",
    "slips/x.csv", "imports/x.csv",
)  # fmt: skip
COMMANDS = (
    ("export", "goods"),
    ("report", "trial-balance", "--format", "csv", "--output"),
    ("report", "trial-balance", "--format", "xlsx", "--output"),
    ("report", "trial-balance", "--format", "pdf", "--output"),
    ("report", "trial-balance", "--format", "json", "--output"),
    ("report", "trial-balance", "--format", "text", "--output"),
)


def everything(folder: Path) -> dict[str, str]:
    """What each file of a folder holds, but the log and what each opening writes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "logs" and not path.name.startswith("store.db")
    }


@pytest.mark.timeout(300)
def test_no_command_writes_among_the_files_of_a_store(run: Run, demo: Path) -> None:
    link = demo.parent / "link.csv"
    link.symlink_to(demo / "keys" / "pepper")
    around = demo.parent / "around"
    around.symlink_to(demo)
    before = everything(demo)
    names = [demo / name for name in OF_A_STORE]
    names += [link, around / "keys" / "new.csv", demo / "exports" / ".." / "new.csv"]
    for words, overwrite, name in product(COMMANDS, ((), ("--overwrite",)), names):
        said = run("--demo", *words, name, *overwrite, *MANAGER, typed="demo-manager\n")
        assert said.status == 1, f"{words} {name}: {said}"
        assert "Traceback" not in said.err and "inside the program" not in said.err, said.err
        assert everything(demo) == before, f"{words} {name}"
    assert run("--demo", "verify").status == 0


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: "-".join(words[:4:3]))
def test_an_older_file_stays_until_somebody_says_so(
    run: Run, demo: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ending = {"text": "txt"}.get(words[-2], words[-2]) if len(words) > 2 else "csv"
    path = tmp_path / f"list.{ending}"
    path.write_text("mine")
    asked = (*words, path, *MANAGER)
    refused = run("--demo", *asked, typed="demo-manager\n")
    assert refused.status == 1 and "--overwrite" in refused.err
    assert path.read_text() == "mine"
    done = run("--demo", *words, path, "--overwrite", *MANAGER, typed="demo-manager\n")
    assert done.status == 0, done.err
    assert path.read_bytes() != b"mine"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_a_name_without_an_ending_gets_its_own(run: Run, demo: Path, tmp_path: Path) -> None:
    words = ("report", "trial-balance", "--format", "xlsx", "-o", tmp_path / "sums", *MANAGER)
    assert run("--demo", *words, typed="demo-manager\n").status == 0
    assert (tmp_path / "sums.xlsx").read_bytes()[:2] == b"PK"
    wrong = ("export", "goods", tmp_path / "goods.txt", *MANAGER)
    refused = run("--demo", *wrong, typed="demo-manager\n")
    assert refused.status == 1 and ".csv, .xlsx" in refused.err


def target(named: Path, folder: Path) -> Target:
    return target_of(named, forms=("csv",), exports=folder / "exports", base=folder / "exports")


def test_where_an_export_may_lie(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "shop", tmp_path / "elsewhere"
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "signing").write_bytes(b"x")
    elsewhere.mkdir()
    assert target(Path("a.csv"), folder).path == folder / "exports" / "a.csv"
    assert target(elsewhere / "a.csv", folder).path == elsewhere / "a.csv"
    with pytest.raises(ExportNoFolder):
        target(tmp_path / "none" / "a.csv", folder)
    with pytest.raises(ExportEnding):
        target(elsewhere / "a.db", folder)
    (elsewhere / "dir.csv").mkdir()
    os.mkfifo(elsewhere / "pipe.csv")
    for name in ("dir.csv", "pipe.csv"):
        with pytest.raises(FileUnusable):
            target(elsewhere / name, folder)
    with pytest.raises(ExportIntoStore):
        target(folder / "a.csv", folder)
    # Another store's files are no safer place.
    other = tmp_path / "other"
    other.mkdir()
    (other / "store.db").write_bytes(b"")
    with pytest.raises(ExportIntoStore):
        target(other / "a.csv", folder)


def test_a_file_that_came_in_between_is_not_written_over(tmp_path: Path) -> None:
    aim = Target(tmp_path / "a.csv")
    aim.path.write_text("came in between")
    with pytest.raises(ExportThere):
        export_file(aim, b"ours")
    assert aim.path.read_text() == "came in between"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


# --- every way that writes a file

# What writes for good reason by itself: the program's own files, and those of devices.
OWN_FILES = {
    "tui/records/files.py": "the one function",
    "tui/demo/build.py": "the demonstration's config.toml",
    "tui/demo/goods.py": "the demonstration's goods, read in at once",
    "tui/manual.py": "the manual's pages of keys",
    "tui/commands/init.py": "a new store's config.toml",
    "receipts/outputs.py": "slips in the folder that config.toml names",
    "receipts/catalogues.py": "the catalogues",
    "models/sheets/sheets.py": "gives a sheet its bytes",
    "models/base/log_damage.py": "",
    "models/ledger/daily/last_work.py": "beside the store's file",
    "models/ledger/proving/restoring.py": "a restore",
    "models/trust/backup.py": "copies",
    "models/trust/keyring.py": "keys",
    "devices/abilities.py": "what printers can tell",
    "devices/files.py": "a printer that is a file",
    "devices/practice_gateway.py": "what the practice gateway was asked",
}
# Who may write config.toml anew.
WRITES_OWN = {"tui/commands/restore.py", "tui/office/printers.py"}
WRITERS = {"write_bytes", "write_text", "hardlink_to", "symlink_to", "rename"}


def test_nothing_else_writes_files() -> None:
    """A new export that is added next year goes through `export_file` as well."""
    found = {path for path, name, _ in _calls() if name in WRITERS or name == "opened to write"}
    assert found <= OWN_FILES.keys(), found - OWN_FILES.keys()
    own = {path for path, name, _ in _calls() if name == "write_own"}
    assert own == WRITES_OWN


def test_every_sheet_is_made_in_a_folder_of_its_own() -> None:
    """`write_sheet` writes where it is told: only inside of `written_by` is that nobody's file."""
    users = {path for path, name, _ in _calls() if name == "write_sheet"}
    assert users == {
        "models/goods/export.py", "models/people/export.py", "tui/demo/goods.py",
        "tui/imports/rows.py", "tui/records/report_files.py",
    }  # fmt: skip
    told = {"models/goods/export.py", "models/people/export.py", "tui/demo/goods.py"}
    for path in users - told:
        assert "written_by(lambda" in (ROOT / path).read_text(encoding="utf-8"), path
    # Those two are told by the command, which gives them such a folder.
    assert "written_by(lambda" in (ROOT / "tui/commands/exports.py").read_text(encoding="utf-8")


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    for folder in ("models", "receipts", "devices", "tui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = parsed(path)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), _what(node), node


def _what(call: ast.Call) -> str:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "open":
        texts = [
            each.value
            for each in (*call.args, *(word.value for word in call.keywords))
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if any(set(text) <= set("rwaxbt+") and set(text) & set("wax+") for text in texts if text):
            return "opened to write"
    return name
