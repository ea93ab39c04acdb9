"""Store folders and counters for whole flows at a real terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from receipts.words import Language
from tests.flows.counter_program import configure, copy_floor, make_floor
from tests.flows.till import Till
from tests.peers.printers import RunningPeer

Floor = Callable[..., Path]
Counter = Callable[..., Till]


@pytest.fixture(scope="session")
def made_floors(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Path]:
    """The folder of a small shop in a language, made once."""
    made: dict[Language, Path] = {}

    def floor(language: Language) -> Path:
        if language not in made:
            folder = tmp_path_factory.mktemp("floors") / language
            make_floor(folder, language=language)
            made[language] = folder
        return made[language]

    return floor


@pytest.fixture
def floor(made_floors: Callable[[Language], Path], tmp_path: Path) -> Floor:
    """A folder of this test's own: `floor("en", printer=..., more=...)` configures it."""

    def make(language: Language = "zh", **options: str) -> Path:
        folder = tmp_path / "store"
        copy_floor(made_floors(language), folder)
        configure(folder, language=language, **options)  # type: ignore[arg-type]
        return folder

    return make


@pytest.fixture
def till() -> Iterator[Counter]:
    """Open a counter over a folder; all are ended with the test."""
    started: list[Till] = []

    def start(folder: Path, **options: object) -> Till:
        one = Till(folder, **options)  # type: ignore[arg-type]
        started.append(one)
        return one

    yield start
    for one in started:
        if not one.has_ended:
            one.close()


@pytest.fixture
def selling(floor: Floor, till: Counter) -> Till:
    """A counter that sells, its cashier signed in."""
    one: Till = till(floor())
    one.begin()
    return one


@pytest.fixture
def peer() -> Iterator[Callable[..., RunningPeer]]:
    """Start printer peers: `peer(mode="mute")`."""
    running: list[RunningPeer] = []

    def start(**options: object) -> RunningPeer:
        one = RunningPeer("tcp", **options)
        running.append(one)
        return one

    yield start
    for one in running:
        one.stop()


def printer_table(peer: RunningPeer, *, more: str = "") -> str:
    """The table of config.toml for a peer."""
    quick = "answer_timeout_s = 0.4\nstall_timeout_s = 0.6\nconfirm_timeout_s = 1.0"
    port = f'connect = "tcp"\nhost = "127.0.0.1"\nport = {peer.address}\nprofile = "80mm"'
    return f"{port}\n{quick}\n{more}"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes; skips where it cannot be made."""
    import subprocess

    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
