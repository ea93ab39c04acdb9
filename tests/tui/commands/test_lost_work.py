"""Acknowledged work that is no longer in the store's file is seen at its start: a log that was
damaged, cut or taken away, an older file put in the place of the newer one.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.ledger.documents import Document
from tests.flows.counter_program import MANAGER, MANAGER_PASSWORD, make_floor
from tests.terminal import Terminal
from tests.tui.commands.conftest import Run
from tests.tui.commands.test_in_a_terminal import COMMAND, environment
from tui.commands.place import Place, opened

pytestmark = pytest.mark.row("NFR-09")

OWNER = ("--user", MANAGER, "--password-stdin")


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lost") / "store"
    make_floor(folder, language="en")
    return folder


def killed_while_selling(folder: Path, bills: int) -> list[str]:
    """Sell in another process, kill it after so many bills; those that it acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.tui.commands.selling_child", str(folder)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(bills)]
    child.kill()
    told += child.stdout.read().split()
    child.wait()
    return told


@pytest.fixture(scope="module")
def killed(floor: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A store whose counter was killed with some bills in its log, and what was acknowledged."""
    folder = tmp_path_factory.mktemp("killed") / "store"
    shutil.copytree(floor, folder)
    return folder, killed_while_selling(folder, 14)


def bills_in(folder: Path) -> list[str]:
    with opened(Place(folder)):
        return [each.label for each in Document.select().where(Document.kind == "sale")]


def flip(log: Path, chance: random.Random) -> None:
    content = bytearray(log.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    log.write_bytes(content)


def blank(log: Path, chance: random.Random) -> None:
    content = bytearray(log.read_bytes())
    at = chance.randrange(len(content)) & ~4095
    content[at : at + 4096] = bytes(len(content[at : at + 4096]))
    log.write_bytes(content)


def shorten(log: Path, chance: random.Random) -> None:
    content = log.read_bytes()
    log.write_bytes(content[: chance.randrange(len(content))])


def take_away(log: Path, chance: random.Random) -> None:
    log.unlink()


DAMAGES = (flip, blank, shorten, take_away)


def put(killed: Path, folder: Path) -> Path:
    shutil.copytree(killed, folder)
    return folder


def judged(run: Run, folder: Path, told: list[str], where: object) -> bool:
    """Whether anything was lost; then it must have been said, else the store must be whole."""
    said = run("--store", folder, "verify")
    if said.status == 0:
        assert set(told) <= set(bills_in(folder)), f"{where}: lost without a word"
        return False
    assert "inside the program" not in said.err and "Traceback" not in said.err
    assert f"deskbell restore {folder / 'store.db'}" in said.err, said.err
    return True


@pytest.mark.timeout(900)
@pytest.mark.parametrize("tries", [6, pytest.param(60, marks=pytest.mark.long)])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_log_is_seen(
    run: Run, killed: tuple[Path, list[str]], tmp_path: Path, tries: int,
    damage: Callable[[Path, random.Random], None],
) -> None:  # fmt: skip
    made, told = killed
    chance, lost = random.Random(tries), 0
    for number in range(tries):
        folder = put(made, tmp_path / f"{number}")
        damage(folder / "store.db-wal", chance)
        lost += judged(run, folder, told, f"{damage.__name__} {number}")
        shutil.rmtree(folder)
    assert lost > tries // 2


@pytest.mark.parametrize("at", [3, 30, 200])
def test_a_broken_frame_with_work_behind_it_is_seen_by_itself(
    run: Run, killed: tuple[Path, list[str]], tmp_path: Path, at: int
) -> None:
    """Also without the file that keeps what was done last."""
    made, _ = killed
    folder = put(made, tmp_path / "store")
    (folder / "store.db-last").unlink()
    log = folder / "store.db-wal"
    content = bytearray(log.read_bytes())
    assert len(content) > 32 + (at + 100) * 4120, "the log holds enough"
    content[32 + at * 4120 + 1000] ^= 1
    log.write_bytes(content)
    said = run("--store", folder, "verify")
    assert said.status == 1 and "work that was done is missing" in said.err


def test_a_broken_head_of_the_log_is_seen_by_itself(
    run: Run, killed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    made, _ = killed
    folder = put(made, tmp_path / "store")
    (folder / "store.db-last").unlink()
    content = bytearray((folder / "store.db-wal").read_bytes())
    content[17] ^= 1
    (folder / "store.db-wal").write_bytes(content)
    assert "work that was done is missing" in run("--store", folder, "verify").err


def test_a_torn_end_is_no_loss(run: Run, killed: tuple[Path, list[str]], tmp_path: Path) -> None:
    """What a power cut tore was never acknowledged: nobody is alarmed."""
    made, told = killed
    folder = put(made, tmp_path / "store")
    with (folder / "store.db-wal").open("ab") as log:
        content = (folder / "store.db-wal").read_bytes()
        # One more transaction whose first page never reached the disk, and whose end did.
        log.write(bytes(4120) + content[-4120:])
    assert run("--store", folder, "verify").status == 0
    assert set(told) <= set(bills_in(folder))


def test_nothing_is_said_after_a_kill_alone(run: Run, floor: Path, tmp_path: Path) -> None:
    """Killed again and again, at whatever moment: what was acknowledged is there, and no alarm."""
    folder = put(floor, tmp_path / "store")
    told = []
    for bills in (1, 4, 2):
        told += killed_while_selling(folder, bills)
        assert run("--store", folder, "verify").status == 0
    assert len(told) == len(set(told)) and set(told) <= set(bills_in(folder))


def test_going_on_takes_another_register(
    run: Run, killed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """No number comes twice: what is on paper and no longer in the books keeps its number."""
    made, told = killed
    folder = put(made, tmp_path / "store")
    shorten(folder / "store.db-wal", random.Random(3))
    words = ("restore", folder / "store.db", "--yes", *OWNER)
    said = run("--store", folder, *words, typed=f"{MANAGER_PASSWORD}\n")
    assert said.status == 0, said.err
    kept = bills_in(folder)
    assert 0 < len(kept) < len(told), "what the log still held is there"
    assert killed_while_selling(folder, 1)[0] == "S02-000001"
    assert run("--store", folder, "verify").status == 0


def test_an_older_file_in_the_place_of_the_newer_one(run: Run, floor: Path, tmp_path: Path) -> None:
    folder = put(floor, tmp_path / "store")
    older = (folder / "store.db").read_bytes()
    told = killed_while_selling(folder, 3)
    assert run("--store", folder, "verify").status == 0
    (folder / "store.db").write_bytes(older)
    said = run("--store", folder, "verify")
    assert said.status == 1 and told[-1] in said.err


@pytest.mark.terminal
def test_the_counter_offers_to_go_on(killed: tuple[Path, list[str]], tmp_path: Path) -> None:
    made, told = killed
    folder = put(made, tmp_path / "store")
    (folder / "store.db-wal").unlink()
    line = [*COMMAND, "--store", str(folder)]
    with Terminal(line, env=environment(tmp_path), columns=400) as term:
        term.wait(told[-1], timeout_s=20)
        term.wait("under a new register number?")
        term.send("y\r")
        term.wait("User:")
        term.send(f"{MANAGER}\r")
        term.wait("Password:")
        term.send(f"{MANAGER_PASSWORD}\r")
        term.wait("This machine goes on as register 2", timeout_s=40)


def test_the_whole_folder_put_back_but_its_copies(run: Run, floor: Path, tmp_path: Path) -> None:
    """The file and what is kept beside it agree; the newest manifest knows of more."""
    folder = put(floor, tmp_path / "store")
    older = put(floor, tmp_path / "older")
    killed_while_selling(folder, 3)
    typed = f"{MANAGER_PASSWORD}\n"
    assert run("--store", folder, "backup", *OWNER, typed=typed).status == 0
    for name in ("store.db-wal", "store.db-last"):
        (folder / name).unlink(missing_ok=True)
    shutil.copyfile(older / "store.db", folder / "store.db")
    said = run("--store", folder, "verify", "--json")
    assert said.status == 1
    assert "HeadLost" in said.out
