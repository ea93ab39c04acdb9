"""docs/engineer/ways.md says how a sale, a charge and a payment run: each name is there, and each
function still calls what the page says.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import models.store  # noqa: F401 - lists the trades
import tui.trades  # noqa: F401 - lists the rooms
from models.trust.operation import Operation

PAGE = "docs/engineer/ways.md"
ROW = re.compile(r"^\| `([\w.]+):([\w.]+)` \| `(\w+)` \|", re.MULTILINE)
WAYS = re.compile(r"^## (.+)$", re.MULTILINE)


def source_of(module: str, name: str) -> str:
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return inspect.getsource(found.function if isinstance(found, Operation) else found)


def test_each_function_calls_what_the_page_says(root: Path) -> None:
    text = (root / PAGE).read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) == sum(line.startswith("| `") for line in text.splitlines()) > 25
    for module, name, callee in rows:
        said = source_of(module, name).partition("\n")[2]
        assert re.search(rf"\b{callee}\b", said), f"{module}:{name} does not name {callee}"
    assert len(WAYS.findall(text)) == 4


def test_a_name_that_is_gone_is_seen() -> None:
    with pytest.raises(AttributeError):
        source_of("models.shop.sales", "sold")
