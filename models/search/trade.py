"""Searching, for every trade that keeps records."""

from __future__ import annotations

from models.trust.trades import Trade

SEARCH = Trade(
    "search",
    is_always=True,
    tables=("models.search.index",),
    checks=("models.search.checks:SEARCH_CHECKS",),
)
