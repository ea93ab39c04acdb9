"""Several counters on one PostgreSQL database, set up by the steps of the manual."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.databases import Stores
from tests.tui.commands.conftest import Run, write_answers
from tui.commands.place import Place, opened


@pytest.fixture
def shared(run: Run, stores: Stores, tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two counters of one store."""
    url = stores.empty("postgres")
    folders = (tmp_path / "one", tmp_path / "two")
    for number, folder in enumerate(folders, 1):
        folder.mkdir()
        text = f'[database]\nurl = "{url}"\n[register]\nnumber = {number}\n'
        (folder / "config.toml").write_text(text, encoding="utf-8")
    path = write_answers(tmp_path)
    text = path.read_text(encoding="utf-8").replace("[owner]", "registers = 2\n[owner]")
    path.write_text(text, encoding="utf-8")
    said = run("--store", folders[0], "init", "--answers", path)
    assert said.status == 0, said.err
    shutil.copytree(folders[0] / "keys", folders[1] / "keys")
    return folders


def test_a_command_beside_the_open_counter(run: Run, shared: tuple[Path, Path]) -> None:
    first, second = shared
    assert not (first / "store.db").exists()
    assert run("--store", second, "verify").out == "Everything holds.\n"
    words = ("--store", second, "report", "trial-balance", "--user", "1", "--password-stdin")
    assert run(*words, typed="correct horse\n").status == 0
    said = run("--store", first, "doctor")
    assert "Corner shop" in said.out


def test_a_register_is_run_once(run: Run, shared: tuple[Path, Path]) -> None:
    import subprocess
    import sys

    first, second = shared
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
            str(first),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert held.stdout is not None
        assert held.stdout.readline() == "open\n"
        said = run("--store", first, "verify")
        assert said.status == 1
        assert said.err.count("\n") == 1
        assert run("--store", second, "verify").status == 0
    finally:
        held.kill()
        held.wait()


def test_copies_are_made_on_the_server(run: Run, shared: tuple[Path, Path]) -> None:
    for command in (["backup"], ["restore", "x.db", "--yes"]):
        words = ("--store", shared[0], *command, "--user", "1", "--password-stdin")
        said = run(*words, typed="correct horse\n")
        assert said.status == 1
        assert "PostgreSQL" in said.err


def test_a_server_that_is_away(run: Run, tmp_path: Path) -> None:
    text = '[database]\nurl = "postgresql://nobody@127.0.0.1:1/none"\nconnect_timeout_s = 1\n'
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    said = run("--store", tmp_path, "verify")
    assert said.status == 1
    assert said.err.count("\n") == 1
    with pytest.raises(Exception, match="StoreLost"), opened(Place(tmp_path)):
        pass
