"""Which test let its process, or one that it started, grow: told at the end of each run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

LEAST_MIB = 100
_KEY = "deskbell_growth"
_grown: dict[str, int] = {}


def _peaks_mib() -> list[float]:
    """The most that this process, and the largest of those that it waited for, ever held."""
    if sys.platform == "win32":
        return [0.0]
    import resource

    sides = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return [resource.getrusage(side).ru_maxrss / 1024 for side in sides]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    before = _peaks_mib()
    done = yield
    grown = max(now - then for now, then in zip(_peaks_mib(), before, strict=True))
    if grown >= LEAST_MIB:
        _grown[item.nodeid] = round(grown)
    return done


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several processes has ended: take what it saw."""
    _grown.update(getattr(node, "workeroutput", {}).get(_KEY, {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = _grown


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name, grown in sorted(_grown.items(), key=lambda each: -each[1]):
        terminalreporter.write_line(f"{grown} MiB more than before: {name}")
