"""What the house declares in its modules is the same after a file of tests as before it.

A test that takes something out of a list such as `READERS` and does not put it back lets another
test fail, when it happens to run after it in the same process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

FLOORS = ("models", "devices", "receipts", "tui")


def _own() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] in FLOORS]


def declared() -> dict[str, dict[Any, Any]]:
    """Each dict, list and set with a public name of capitals, by module and name: what is in it."""
    found: dict[str, dict[Any, Any]] = {}
    for module in _own():
        for name, held in vars(sys.modules[module]).items():
            if (
                not name.isupper()
                or name.startswith("_")
                or not isinstance(held, dict | list | set)
            ):
                continue
            rows = held if isinstance(held, dict) else {id(each): each for each in held}
            found[f"{module}.{name}"] = dict(rows)
    return found


def changes(before: dict[str, dict[Any, Any]], *, may_grow: bool) -> list[str]:
    """What is no longer as it was; `may_grow`: a module that was loaded may have declared more."""
    after = declared()
    return [
        f"{name}: {rows.get(key, after[name].get(key))!r} of {key!r}"
        for name, rows in before.items() if name in after
        for key in {**rows, **after[name]}
        if (key in rows or not may_grow)
        and (key not in after[name] or key not in rows or rows[key] is not after[name][key])
    ]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def registries_as_before() -> Iterator[None]:
    """Fails the last test of a file that leaves another state of what the house declares."""
    modules, before = set(_own()), declared()
    yield
    left = changes(before, may_grow=not set(_own()) <= modules)
    assert not left, f"tests of this file changed, and did not put back: {', '.join(left)}"
