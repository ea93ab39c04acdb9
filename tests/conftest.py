"""Options, marks and the fixtures that every folder of tests shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.databases",
    "tests.stores",
    "tests.refusals",
    "tests.registries",
    "tests.growth",
]

# Neither the person's own store nor their zone may change what a test sees.
os.environ.pop("DESKBELL_STORE", None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"

# A busy machine is no reason to fail; a failure prints what reproduces it. The same examples each
# time, so that a build fails for what was changed; the long run searches for new ones.
settings.register_profile("search", deadline=None, print_blob=True)
settings.register_profile("deskbell", parent=settings.get_profile("search"), derandomize=True)
settings.load_profile("deskbell")

MARKS = (
    "case(*ids): the worked cases that this test is, such as 'HU-13'",
    "row(*ids): the requirement rows that this test proves, such as 'SAL-03'",
    "search: looks for counter-examples, so PostgreSQL sees it in the long run only",
    "engine: is about the database engine, so PostgreSQL sees it in every run",
    "long: takes over some seconds, runs in `make test-long` only",
    "terminal: holds a terminal, so few run beside it",
    "alone: measures time, so nothing runs beside it",
)


def pytest_configure(config: pytest.Config) -> None:
    for mark in MARKS:
        config.addinivalue_line("markers", mark)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the sources."""
    return Path(__file__).parents[1]


def _beside(root: Path, name: str) -> Path:
    folder = root.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"needs ../shared/{name}, which is not part of the project")
    return folder


@pytest.fixture(scope="session")
def real_data(root: Path) -> Path:
    """Records of real counters; the test skips where they are not beside the checkout."""
    return _beside(root, "data")


@pytest.fixture(scope="session")
def vectors(root: Path) -> Path:
    """Worked cases with known answers; the test skips where they are not beside the checkout."""
    return _beside(root, "vectors")
