"""Every refusal is raised by some test: counted while the tests run, looked at when all have run.

Only a whole run can tell: one without names of files or tests, without -k, on both engines.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from models.base.refusals import Refusal

_raised: set[str] = set()
_KEY = "deskbell_refusals"

# A base of others is raised as one of them.
ONLY_BASES = {"ConfigRefusal", "KeyMapRefusal"}


def pytest_configure(config: pytest.Config) -> None:
    plain = Refusal.__init__

    def counted(self: Refusal, **fields: Any) -> None:
        _raised.add(type(self).__name__)
        plain(self, **fields)

    Refusal.__init__ = counted  # type: ignore[method-assign]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several processes has ended: take what it saw."""
    _raised.update(getattr(node, "workeroutput", {}).get(_KEY, ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = sorted(_raised)
        return
    if session.exitstatus == pytest.ExitCode.OK and _is_whole(session.config):
        missing = sorted(set(all_refusals()) - _raised - ONLY_BASES)
        if missing:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            print(f"\nrefusals that no test raises: {', '.join(missing)}")


def _is_whole(config: pytest.Config) -> bool:
    option = config.option
    narrowed = option.keyword or config.getoption("--engine") or option.collectonly
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return not (narrowed or named or option.lf or "not terminal" not in (option.markexpr or ""))


def all_refusals() -> Iterator[str]:
    """The names of all refusals of the program."""
    for package in ("models", "receipts", "tui"):
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            # Drivers of another system cannot be loaded on this one, and hold no refusals.
            if not module.name.endswith(("__main__", "_windows", "_linux")):
                importlib.import_module(module.name)
    for each in _below(Refusal):
        # What a test took out of a page, and away again, is no part of the program.
        if not each.__module__.startswith("tests") and each.__module__ in sys.modules:
            yield each.__name__


def _below(refusal: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in refusal.__subclasses__():
        yield each
        yield from _below(each)
