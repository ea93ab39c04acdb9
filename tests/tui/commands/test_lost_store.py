"""A store that is damaged or gone: true sentences, the newest proved copy offered, nothing new made
over it.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.base import database
from models.trust.backup import copies
from tests.terminal import Terminal
from tests.tui.commands.conftest import Run
from tests.tui.commands.test_in_a_terminal import COMMAND, environment
from tui.commands import rescue
from tui.commands.place import Place

OWNER = ("--user", "1", "--password-stdin")
FAULT = "inside the program"


@pytest.fixture
def copied(run: Run, shop: Path, finished_shops: Path) -> Path:
    """A shop with a proved copy."""
    made = finished_shops / "copied"
    if not made.exists():
        assert run("--store", shop, "backup", *OWNER, typed="correct horse\n").status == 0
        shutil.copytree(shop, made)
        return shop
    shutil.rmtree(shop)
    shutil.copytree(made, shop)
    return shop


def copy_of(folder: Path) -> Path:
    return copies(folder / "backups")[0].path


def zeros(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def garbage(path: Path) -> None:
    path.write_bytes(b"\0garbage" * 4000)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def spoil(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def no_table(path: Path) -> None:
    """The name of a table in the file's description of itself."""
    content = path.read_bytes()
    assert b"CREATE TABLE" in content
    path.write_bytes(
        content.replace(b'CREATE TABLE "business_day"', b'CREATE TABLE "business_dax"')
    )


def no_column(path: Path) -> None:
    spoil(path, b'"needs_reference"', b'"needs_referencf"')


def spoilt_mark(path: Path) -> None:
    spoil(path, b"schema_mark", b"schema_marx")


def spoilt_word(path: Path) -> None:
    spoil(path, b"CREATE TABLE", b"CREATE TABLF")


def gone(path: Path) -> None:
    path.unlink()


DAMAGES = (zeros, garbage, emptied, cut, no_table, no_column, spoilt_mark, spoilt_word, gone)


@pytest.mark.row("NFR-09")
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_newest_proved_copy_is_named(
    run: Run, copied: Path, damage: Callable[[Path], None]
) -> None:
    damage(copied / "store.db")
    others = [("report", "trial-balance"), ("queue",)] if damage is zeros else []
    for words in (("verify",), *others):
        said = run("--store", copied, *words)
        assert said.status == 1
        assert f"deskbell restore {copy_of(copied)}" in said.err, said.err
        assert FAULT not in said.err and "Traceback" not in said.err
    doctor = {each["name"]: each for each in run("--store", copied, "doctor", "--json").json}
    assert doctor["Store"]["state"] == "bad"
    assert str(copy_of(copied)) in doctor["Store"]["advice"]
    if damage is not gone:
        assert (copied / "store.db").exists()
    if damage not in (zeros, gone):
        return
    restored = ("restore", copy_of(copied), "--yes", *OWNER)
    assert run("--store", copied, *restored, typed="correct horse\n").status == 0
    assert run("--store", copied, "verify").status == 0


def test_a_copy_that_was_spoilt_is_passed_over(run: Run, copied: Path) -> None:
    older, aside = copy_of(copied), copied.parent / "aside"
    shutil.copytree(copied / "backups", aside)
    assert run("--store", copied, "backup", *OWNER, typed="correct horse\n").status == 0
    newer = copy_of(copied)
    # Of one hour only the newest is kept.
    shutil.copytree(aside, copied / "backups", dirs_exist_ok=True)
    assert newer != older
    content = bytearray(newer.read_bytes())
    content[9_000] ^= 1
    newer.write_bytes(content)
    zeros(copied / "store.db")
    said = run("--store", copied, "verify")
    assert str(older) in said.err and str(newer) not in said.err
    refused = run("--store", copied, "restore", newer, "--yes", *OWNER, typed="correct horse\n")
    assert refused.status == 1 and "is damaged" in refused.err
    assert FAULT not in refused.err


def test_without_a_copy_nothing_is_offered_to_be_made(run: Run, shop: Path) -> None:
    (shop / "store.db").unlink()
    said = run("--store", shop, "verify")
    assert said.status == 1
    assert "no sound copy" in said.err and "deskbell init" not in said.err
    answers = shop.parent / "answers.toml"
    before = sorted((shop / "keys").iterdir())
    keys = [path.read_bytes() for path in before]
    refused = run("--store", shop, "init", "--answers", answers)
    assert refused.status == 1 and "its keys or its copies" not in refused.out
    assert not (shop / "store.db").exists()
    assert [path.read_bytes() for path in before] == keys


def test_an_init_that_came_to_nothing_may_be_done_again(run: Run, tmp_path: Path) -> None:
    """Its keys are not those of a store that was lost."""
    folder, answers = tmp_path / "new", tmp_path / "answers.toml"
    good = "[store]\nname = 'A'\n[owner]\nlogin = '1'\nname = 'L'\npassword = 'correct horse'\n"
    answers.write_text(good, encoding="utf-8")
    folder.mkdir()
    # Killed in the middle: the unfinished file is there, and the keys of it.
    (folder / "keys").mkdir()
    (folder / "keys" / "pepper").write_bytes(b"x" * 32)
    (folder / "store.making").write_bytes(b"")
    assert run("--store", folder, "init", "--answers", answers).status == 0
    assert run("--store", folder, "verify").status == 0


@pytest.mark.terminal
def test_the_counter_offers_to_go_back(run: Run, copied: Path, tmp_path: Path) -> None:
    (copied / "store.db").unlink()
    line = [*COMMAND, "--store", str(copied)]
    with Terminal(line, env=environment(tmp_path), columns=200) as term:
        term.wait("Go back to it now?", timeout_s=20)
        assert "Make one now" not in term.text()
        term.send("y\r")
        term.wait("User:")
        term.send("1\r")
        term.wait("Password:")
        term.send("correct horse\r")
        term.wait("This machine goes on as register 2", timeout_s=40)
    assert run("--store", copied, "verify").status == 0


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("x = " + "[" * 20_000 + "]" * 20_000, "nested"),
        ('[printer.receipt]\nconnect = "memory"\nprofile = "90mm"', "printer.receipt.profile"),
        ('[drawer]\nconnect = "serial"\nport = "/dev/none"\npulse_bytes = "zz"', "pulse_bytes"),
    ],
)
def test_a_wrong_configuration_is_told_in_words(
    shop: Path, tmp_path: Path, lines: str, told: str
) -> None:
    with (shop / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines}\n")
    line = [*COMMAND, "--store", str(shop)]
    with Terminal(line, env=environment(tmp_path), columns=132) as term:
        term.wait(told, timeout_s=20)
        assert "Traceback" not in term.text() and FAULT not in term.text()


def test_nested_answers_are_told_in_words(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text("x = " + "[" * 20_000 + "]" * 20_000, encoding="utf-8")
    said = run("--store", tmp_path / "new", "init", "--answers", answers)
    assert said.status == 1 and "nested" in said.err


@pytest.mark.parametrize("flips", [40, pytest.param(600, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
def test_a_flipped_schema_is_damage_or_nothing(shop: Path, tmp_path: Path, flips: int) -> None:
    """Whatever byte of the file's description of itself is another one: the store opens whole, or
    it is refused as damaged.
    """
    whole = (shop / "store.db").read_bytes()
    texts = [found.span() for found in re.finditer(rb"CREATE TABLE [^\0]*", whole)]
    chance, refused = random.Random(7), 0
    for _ in range(flips):
        content = bytearray(whole)
        at = chance.choice((chance.randrange(100, 200), chance.randrange(*chance.choice(texts))))
        content[at] ^= 1 << chance.randrange(8)
        folder = tmp_path / "flipped"
        shutil.copytree(shop, folder)
        (folder / "store.db").write_bytes(content)
        place = Place(folder)
        try:
            place.open()
        except rescue.LOST:
            refused += 1
        except database.StoreUnreadable as told:
            assert told.fields["detail"].startswith("SQLITE_"), at
        finally:
            place.close()
            shutil.rmtree(folder)
    assert refused > flips // 4


def test_a_store_that_cannot_be_read_says_so(run: Run, shop: Path) -> None:
    if os.geteuid() == 0:
        (shop / "store.db").unlink()
        (shop / "store.db").mkdir()
    else:
        (shop / "store.db").chmod(0)
    said = run("--store", shop, "verify")
    assert said.status == 1
    assert "The disk refused to read or write the store" in said.err
