"""What the title row and the status row show, and what was last said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo

# Columns and rows that every screen is complete in.
SMALLEST = (80, 24)
# Of a larger terminal so much is drawn, from its upper left corner.
LARGEST = (500, 200)


@dataclass(frozen=True, slots=True)
class Chip:
    """A device in the status row. `state` is good, off or bad; the words carry it too."""

    name: str
    text: str = ""
    state: str = "good"


@dataclass(frozen=True, slots=True)
class FrameState:
    """What the title row and the status row show. Names of people and stores are data, not ids."""

    store: str = ""
    business_day: date | None = None
    register: str = ""
    user: str = ""
    is_demo: bool = False
    chips: tuple[Chip, ...] = ()
    queue: int | None = None
    backup: str = ""
    is_backup_old: bool = False
    zone: tzinfo | None = None


@dataclass(slots=True)
class Notices:
    """What was last said. `alarm` stays until a key is pressed; `message` goes after 5 seconds."""

    alarm: str = ""
    alarms: int = 0
    alarmed_at: float = 0.0
    message: str = ""
    # What was done has a tick before it; a hint has none.
    is_done: bool = True
    busy: str = ""
    serial: int = field(default=0)
