"""What is typed on the board: the number of somebody who serves, an hour, or one behind the other:
8, 930, 1430, and 81430 is half past two in the column of 8.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from models.salon.hours import DAY, HourUnreadable, minute_from


class BoardPlace(NamedTuple):
    """A column, a row, or both; what is None stays."""

    person: int | None
    minute: int | None


@dataclass(frozen=True, slots=True)
class BoardPlaces:
    """The numbers of those who serve, and the minutes of the board."""

    people: Collection[int]
    minutes: range

    def of(self, typed: str) -> BoardPlace | None:
        """Where it leads; an hour goes before a number and an hour."""
        if len(typed) < 3 or not typed.isdecimal():
            return self._person(typed) or self._hour(typed)
        return self._hour(typed) or self._both(typed) or self._person(typed)

    def begins_anew(self, typed: str) -> bool:
        """Has what stood there before the last digit led somewhere, and can it go on no more? Then
        this digit is the first of something else.
        """
        if not typed.isdecimal() or len(typed) < 4 or self.of(typed) or not self.of(typed[:-1]):
            return False
        tails = [str(digit) for digit in range(10)] + [f"{minute:02}" for minute in range(60)]
        return not any(self.of(typed + tail) for tail in tails)

    def _person(self, typed: str) -> BoardPlace | None:
        is_one = typed.isdecimal() and int(typed) in self.people
        return BoardPlace(int(typed), None) if is_one else None

    def _hour(self, typed: str) -> BoardPlace | None:
        try:
            minute = minute_from(typed) if len(typed) > 2 else -1
        except HourUnreadable:
            return None
        # Past midnight the board says 00:15, and it is typed so.
        found = next((each for each in (minute, minute + DAY) if each in self.minutes), None)
        return None if found is None or minute < 0 else BoardPlace(None, found)

    def _both(self, typed: str) -> BoardPlace | None:
        for cut in (len(typed) - 4, len(typed) - 3):
            who, when = self._person(typed[: max(cut, 0)]), self._hour(typed[max(cut, 0) :])
            if who and when:
                return BoardPlace(who.person, when.minute)
        return None
