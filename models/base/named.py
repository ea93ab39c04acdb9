"""Things named by where they stand, "module:name": their module is loaded when they are asked for.

So that a declaration may name what would make every start slower, and what lies on a floor above.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(named: str) -> Any:
    """What "module:name" names."""
    module, _, name = named.partition(":")
    return getattr(import_module(module), name)
