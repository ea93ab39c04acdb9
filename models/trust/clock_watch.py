"""Changes of the clock, in the audit log: while the counter runs, and since it ran last.

Nothing that is posted depends on the clock; whoever reads the log later must know what its times
are worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.base import clock
from models.base.database import in_one_transaction
from models.base.hot import Statement
from models.trust import audit
from models.trust.company import store_zone
from models.trust.operation import open_day_or_none
from models.trust.users import rights_of

# A clock that is kept right by a time server moves by less.
STEP = timedelta(seconds=5)


@dataclass(slots=True)
class Watch:
    """The wall clock beside one that only goes on."""

    wall: datetime = field(default_factory=clock.now)
    steady: float = field(default_factory=clock.steady)

    def jump(self) -> tuple[datetime, datetime] | None:
        """What the clock would say by itself, and what it says, when it was changed since."""
        now, steady = clock.now(), clock.steady()
        expected = self.wall + timedelta(seconds=steady - self.steady)
        if abs(now - expected) <= STEP:
            return None
        self.wall, self.steady = now, steady
        return expected, now


_NEWEST = Statement('SELECT "at" FROM "audit" WHERE "register" = ? ORDER BY "seq" DESC LIMIT 1')


def look_back(register: int) -> None:
    """At the start: a clock before the newest row of the register was put back meanwhile."""
    row = _NEWEST.row(register)
    newest = clock.from_micros(int(row[0])) if row else None
    if newest is not None and clock.now() + STEP < newest:
        record(register, None, newest, clock.now())


@in_one_transaction
def record(register: int, user: int | None, before: datetime, after: datetime) -> None:
    """Write a change down; `user` is who is signed in, which is not who did it."""
    rights = rights_of(user) if user is not None else None
    told = [each.astimezone(store_zone()).isoformat(" ", "seconds") for each in (before, after)]
    audit.append(
        register,
        "clock changed",
        user=user,
        user_name=rights.name if rights else "",
        day=open_day_or_none(),
        detail={"clock": told},
    )
