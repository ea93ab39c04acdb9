"""Stores for the tests of commands, and a way to run one in this process."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models import store
from models.base import private
from tui.commands.main import main
from tui.commands.terminal import speech
from tui.demo import build

ANSWERS = """\
[store]
language = "{language}"
name = "{name}"
address = "南京路 1 号"
tax_percent = 13

[owner]
login = "1"
name = "Li"
password = "correct horse"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command line here; `typed` is standard input."""
    # What a program's start does to its process is not done to that of the tests.
    monkeypatch.setattr(private, "stay_out_of_dumps", lambda: None)
    mask = os.umask(0o022)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def run(*words: object, typed: str = "", lang: str = "") -> Said:
        if lang:
            monkeypatch.setenv("LANG", lang)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capfd.readouterr()
        status = main([str(word) for word in words])
        said = capfd.readouterr()
        return Said(status, said.out, said.err)

    yield run
    os.umask(mask)
    store.close_store()
    speech.speak("zh")


def write_answers(folder: Path, *, language: str = "en", name: str = "Corner shop") -> Path:
    path = folder / "answers.toml"
    path.write_text(ANSWERS.format(language=language, name=name), encoding="utf-8")
    return path


@pytest.fixture
def shop(tmp_path: Path, run: Run, finished_shops: Path) -> Path:
    """The folder of a new store, made by `init`."""
    folder, made = tmp_path / "shop", finished_shops / "shop"
    answers = write_answers(tmp_path)
    if not made.exists():
        said = run("--store", made, "init", "--answers", answers)
        assert said.status == 0, said.err
    shutil.copytree(made, folder)
    return folder


@pytest.fixture(scope="session")
def finished_shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store that `init` made lies: copy it, never open it."""
    return tmp_path_factory.mktemp("shops")


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A demonstration store, made once for all tests of all workers: copy it, never open it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "finished demo"
    # Whoever makes the folder makes the store; the others wait until it has its name.
    try:
        shared.mkdir()
    except FileExistsError:
        until = time.monotonic() + 120
        while not (shared / "demo").exists() and time.monotonic() < until:
            time.sleep(0.05)
    else:
        build.make(shared / "making")
        (shared / "making").rename(shared / "demo")
    return shared / "demo"


@pytest.fixture
def demo(finished_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration store of one test, where `--demo` finds it."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "share")
    folder = tmp_path / "share" / "demo"
    shutil.copytree(finished_demo, folder)
    return folder
