"""What home asks of the rooms: what waits today, and the day in figures, for whoever stands there.

A room answers by functions that its declaration names; they run on the database thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

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
    """One figure of the day: its words (a message id), and the figure as it is read."""

    label: str
    text: str
    tone: str = ""
