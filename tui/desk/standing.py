"""What home asks of the rooms: what waits today, and the day in figures, for whoever stands there.

A room answers by functions that its declaration names; they run on the database thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.reports.report import Names
from models.trust.users import Rights


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands at which register, and what he may do."""

    user: int
    register: int
    rights: Rights


@dataclass(frozen=True)
class Reminder:
    """A message id with its fields. The lower its `rank`, the more it presses; `is_open_work` is
    told again before leaving.
    """

    msgid: str
    fields: dict[str, Any] = field(default_factory=dict)
    tone: str = ""
    is_open_work: bool = False
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the day: its words (a message id, or names that are data), and the figure as it
    is read. `bar` is how long its bar is, in per cent; such figures show where there is room.
    """

    label: str | Names
    text: str
    tone: str = ""
    bar: int | None = None
