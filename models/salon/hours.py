"""Hours of the board: minutes since midnight of its day, by the wall clock of the store.

A salon that is open past midnight goes on counting: 25:15 of a day is 01:15 of the next one, and
stands on the board of the day that it began. Between minutes and instants stands the store's zone,
so a service takes as long as it takes when clocks are changed in between.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.base.refusals import Refusal
from models.base.texts import narrow
from models.trust.company import store_zone

DAY = 24 * 60
# The board of a day ends at midnight of the day after next at the latest.
MOST = 2 * DAY
_TYPED = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")


class HourUnreadable(Refusal):
    """An hour is written 9, 930 or 9:30, up to 47:59 for the night after."""


def minute_from(text: str, *, field: str = "at") -> int:
    """The minute that was typed: 9, 930, 9:30, 25:15. Refuses: HourUnreadable."""
    found = _TYPED.fullmatch(narrow(text).strip())
    hour, rest = (int(found[1]), int(found[2] or 0)) if found else (MOST, 0)
    if rest > 59 or hour * 60 + rest >= MOST:
        raise HourUnreadable(text=text, field=field)
    return hour * 60 + rest


def hour_text(minute: int) -> str:
    """The minute as the wall clock shows it: 09:30; 25:15 is 01:15."""
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def instant_at(day: date, minute: int) -> datetime:
    """The instant of a minute of a board."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=store_zone()).astimezone(UTC)


def minute_at(day: date, instant: datetime, zone: ZoneInfo | None = None) -> int:
    """The minute of a board at which an instant lies. Who asks often gives the store's `zone`."""
    local = instant.astimezone(zone or store_zone())
    return (local.date() - day).days * DAY + local.hour * 60 + local.minute
