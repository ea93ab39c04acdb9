"""Where a list of any size has its rows from: a page at a time, and a window of them is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

PAGE = 200
WINDOW = 600
# Another page is fetched when the cursor comes this near to the edge of the window.
NEAR = 60


@dataclass(frozen=True, slots=True)
class Pages:
    """Rows by page. `fetch(anchor, forward, limit)` gives at most `limit` rows in list order:

    those behind (or, not forward, before) the row with the key `anchor`; the first or the last rows
    when it is None. `key_of(row)` gives a row's key. A query by index, never OFFSET.
    """

    fetch: Callable[[Any, bool, int], Awaitable[Sequence[Any]]]
    key_of: Callable[[Any], Any]
