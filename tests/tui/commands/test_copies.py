"""`deskbell backup` and `deskbell restore` on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models.base.database import store_number
from models.config.config import read_config
from models.ledger.documents import Document
from models.shop.trade import SALE
from models.trust.operation import open_day
from tests.tui.commands.conftest import Run, Said
from tui.commands.place import Place, opened
from tui.commands.restore import set_register

MANAGER = ("--user", "1", "--password-stdin")


def backed_up(run: Run, *words: object) -> Said:
    return run("--demo", "backup", *words, *MANAGER, typed="demo-manager\n")


def restored(run: Run, *words: object) -> Said:
    return run("--demo", "restore", *words, "--yes", *MANAGER, typed="demo-manager\n")


def the_copy(folder: Path) -> Path:
    (copy,) = [path for path in folder.iterdir() if path.suffix in (".db", ".age")]
    return copy


@pytest.mark.row("SYS-07")
def test_a_copy_is_made_and_proved(run: Run, demo: Path) -> None:
    said = backed_up(run)
    assert said.status == 0, said.err
    copy = the_copy(demo / "backups")
    assert str(copy) in said.out
    assert copy.stat().st_size > 100_000
    found = {each["name"]: each["state"] for each in run("--demo", "doctor", "--json").json}
    assert found["Backup"] == "good"
    denied = run("--demo", "backup", "--user", "2", "--password-stdin", typed="demo-cashier\n")
    assert denied.status == 1


@pytest.mark.row("SYS-08")
def test_a_copy_takes_the_place_of_a_damaged_store(run: Run, demo: Path, tmp_path: Path) -> None:
    with opened(Place(demo)):
        sold = Document.select().where(Document.kind == SALE).count()
        day = open_day(store_number())
    assert backed_up(run, tmp_path / "usb").status == 0
    (demo / "store.db").write_bytes(b"\0" * 40_000)
    assert run("--demo", "verify").status == 1
    said = restored(run, the_copy(tmp_path / "usb"))
    assert said.status == 0, said.err
    assert read_config(demo).register.number == 2
    assert "register 2" in said.out
    assert read_config(demo).printers["receipt"]["connect"] == "folder", "the rest of it stays"
    assert run("--demo", "verify").status == 0
    with opened(Place(demo)):
        assert Document.select().where(Document.kind == SALE).count() == sold
        assert open_day(store_number()) == day
    assert list(demo.glob("store.db.before-*")), "what was there is kept"


def test_what_is_no_copy_changes_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    before = (demo / "store.db").read_bytes()
    (tmp_path / "no.db").write_bytes(b"nothing")
    for path in (tmp_path / "no.db", tmp_path / "none.db"):
        said = restored(run, path)
        assert said.status == 1
        assert said.err.count("\n") == 1
    assert (demo / "store.db").read_bytes() == before


def test_a_wrong_password_restores_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    backed_up(run, tmp_path / "usb")
    before = (demo / "store.db").read_bytes()
    words = ("--demo", "restore", the_copy(tmp_path / "usb"), "--yes", *MANAGER)
    assert run(*words, typed="wrong\n").status == 1
    assert (demo / "store.db").read_bytes() == before


def test_somebody_must_say_yes(run: Run, demo: Path, tmp_path: Path) -> None:
    backed_up(run, tmp_path / "usb")
    words = ("--demo", "restore", the_copy(tmp_path / "usb"), *MANAGER)
    assert run(*words, typed="demo-manager\n").status == 3


def test_an_open_store_is_not_replaced(run: Run, demo: Path, tmp_path: Path) -> None:
    backed_up(run, tmp_path / "usb")
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\n"
            "from pathlib import Path\n"
            "from tui.commands.place import Place\n"
            "Place(Path(sys.argv[1])).open()\n"
            "print('open', flush=True)\n"
            "time.sleep(30)\n",
            str(demo),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert held.stdout is not None
        assert held.stdout.readline() == "open\n"
        assert restored(run, the_copy(tmp_path / "usb")).status == 1
    finally:
        held.kill()
        held.wait()
    assert not list(demo.glob("store.db.before-*"))


def test_an_encrypted_copy_on_a_bare_machine(run: Run, demo: Path, tmp_path: Path) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    with (demo / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[backup]\nage_key = "{identity.to_public()}"\n')
    assert backed_up(run, tmp_path / "usb").status == 0
    key = tmp_path / "key.txt"
    key.write_text(f"# public key: {identity.to_public()}\n{identity}\n", encoding="utf-8")
    copy = the_copy(tmp_path / "usb")
    assert copy.suffix == ".age"
    words = ("restore", copy, "--identity", key, *MANAGER)
    bare = tmp_path / "bare"
    said = run("--store", bare, *words, typed="demo-manager\n")
    assert said.status == 0, said.err
    assert run("--store", bare, "verify").status == 0
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(f"{pyrage.x25519.Identity.generate()}\n", encoding="utf-8")
    words = ("restore", copy, "--identity", wrong, *MANAGER)
    said = run("--store", tmp_path / "bare2", *words, typed="demo-manager\n")
    assert said.status == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "[register]\nnumber = 7\n"),
        ("[ui]\nsound = true\n", "[ui]\nsound = true\n\n[register]\nnumber = 7\n"),
        ("[register]\nnumber = 1 # mine\n", "[register]\nnumber = 7 # mine\n"),
        ("[register]\ntrades = []\n[ui]\n", "[register]\nnumber = 7\ntrades = []\n[ui]\n"),
        ("[store]\nnumber = 3\n[register]\n", "[store]\nnumber = 3\n[register]\nnumber = 7\n"),
        ("[register]\n[store]\nnumber = 3\n", "[register]\nnumber = 7\n[store]\nnumber = 3\n"),
    ],
)
def test_only_the_number_of_the_register_changes(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before, encoding="utf-8")
    set_register(path, 7)
    assert path.read_text(encoding="utf-8") == after
