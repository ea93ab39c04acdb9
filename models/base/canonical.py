"""Plain values as text: equal values are equal text, so that it can be hashed and compared."""

from __future__ import annotations

import json
from typing import Any

_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, readable characters."""
    return str(_ENCODE(value))
