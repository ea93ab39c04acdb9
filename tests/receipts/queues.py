"""A print queue in memory, with the functions of models.trust.print_queue and their rules."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Row:
    key: int
    printer: str = "receipt"
    kind: str = "sale"
    copy_no: int = 0
    language: str = "both"
    is_stale: bool = False
    state: str = "queued"
    error: str = ""
    history: list[str] = field(default_factory=lambda: ["queued"])


class FakeQueue:
    """Moves rows only along the allowed ways; anything else is an error of the spooler."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self._lock = threading.Lock()

    def run(self, fn: Callable[..., Any], *args: Any) -> Any:
        """The database thread: one function at a time."""
        with self._lock:
            return fn(*args)

    def add(self, **values: Any) -> Row:
        row = Row(key=len(self.rows) + 1, **values)
        self.rows[row.key] = row
        return row

    def next_job(self, printer: str, register: int, after: int = 0) -> Row | None:
        waiting = (
            row
            for row in self.rows.values()
            if row.printer == printer and row.state == "queued" and row.key > after
        )
        return next(waiting, None)

    def mark_sending(self, key: int) -> None:
        self._move(key, "queued", "sending")

    def mark_printed(self, key: int) -> None:
        self._move(key, "sending", "printed")

    def mark_unknown(self, key: int, error: str) -> None:
        self._move(key, "sending", "unknown", error)

    def mark_queued(self, key: int, error: str) -> None:
        self._move(key, "sending", "queued", error)

    def mark_failed(self, key: int, error: str) -> None:
        self._move(key, "sending", "failed", error)

    def settle_interrupted(self, register: int) -> int:
        left = [row for row in self.rows.values() if row.state == "sending"]
        for row in left:
            self._move(row.key, "sending", "unknown", "interrupted")
        return len(left)

    def waiting(self, register: int) -> int:
        return sum(row.state in ("queued", "sending", "unknown") for row in self.rows.values())

    def _move(self, key: int, before: str, after: str, error: str = "") -> None:
        row = self.rows[key]
        assert row.state == before, f"job {key}: {row.state} -> {after}"
        row.state, row.error = after, error
        row.history.append(after)
