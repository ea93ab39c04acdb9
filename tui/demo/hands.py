"""What moves the demonstration's past: its hour, its dice, its door."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from models.base import clock
from models.trust import company
from tui.demo.door import Door


class Hands:
    """The hour and the dice of the past."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.now = clock.now()
        self.door = Door()

    def go_to(self, day: date, hour: int, minute: int = 0) -> None:
        """It is this time of a day, on the store's wall."""
        local = datetime.combine(day, time(hour, minute), company.store_zone())
        self.now = local.astimezone(clock.now().tzinfo)

    def wait(self, least_s: int, most_s: int) -> None:
        self.now += timedelta(seconds=self.dice.randint(least_s, most_s))

    def uid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)
