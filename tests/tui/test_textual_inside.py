"""Private parts of Textual stand in one file, each with a reason."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import tui
from tui.desk.textual_inside import OVERRIDDEN

INSIDE = "tui/desk/textual_inside.py"
# Made by Textual itself for every class.
MADE = re.compile(
    r"_abc_impl|_computes|_css_type_names?|_decorated_handlers|_inherit_\w+|_merged_bindings|"
    r"_reactives"
)


def test_no_other_file_imports_a_private_module(root: Path) -> None:
    private = re.compile(r"(from|import) textual\._|from textual import _")
    naming = [
        path.relative_to(root).as_posix()
        for path in sorted((root / "tui").rglob("*.py"))
        if private.search(path.read_text(encoding="utf-8"))
    ]
    assert naming == [INSIDE]


def test_every_private_method_that_is_replaced_has_a_reason() -> None:
    found: set[str] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.endswith(("__main__", "_windows")):
            continue
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and one.__module__ == module.name:
                theirs = [base for base in one.__mro__ if base.__module__.startswith("textual.")]
                found |= {
                    name
                    for name in vars(one)
                    if re.match("_[a-z]", name)
                    and not MADE.fullmatch(name)
                    and any(name in vars(base) for base in theirs)
                }
    assert found == OVERRIDDEN.keys()
