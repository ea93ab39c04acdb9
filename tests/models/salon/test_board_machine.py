"""Random days at the board: after every step, refused or not, nobody and nothing is taken twice but
a person over whom somebody was squeezed in, and all that `verify` proves holds.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from models import store
from models.base.refusals import Refusal
from models.ledger.proving.proof import verify
from models.salon.absences import save_absence
from models.salon.appointments import Appointment, Hold
from models.salon.booking import Client, cancel_appointment, move_appointment
from models.salon.rotation import HERE, PRESENCE_WORDS, presences, set_presence
from models.salon.services import SalonService
from models.salon.walk_ins import add_walk_in
from models.trust.operation import new_uid
from tests.databases import Stores
from tests.models.salon.booked import book, step, thing, who
from tests.models.salon.salon import COLOUR, CUT, WASH, open_salon
from tests.stores import FIRST_DAY, Shop

NUMBERS = (8, 9, 21)
hours = st.sampled_from([f"{hour}:{minute:02}" for hour in range(9, 21) for minute in (0, 20, 45)])
codes = st.sampled_from([CUT, COLOUR, WASH])
numbers = st.sampled_from([*NUMBERS, None])
places = st.integers(0, 30)
STATES = ("arrived", "serving", "done", "no-show", "booked")


class BoardDay(RuleBasedStateMachine):
    """One day of three people and two chairs."""

    def __init__(self, shop: Shop, clean_up: Callable[[], None]) -> None:
        super().__init__()
        self.shop, self.clean_up = shop, clean_up
        open_salon(shop)
        for name in ("1号椅", "2号椅"):
            thing(shop, name, "椅")
        SalonService.update(needs="椅").execute()

    def one(self, place: int) -> Appointment | None:
        rows = list(Appointment.select().order_by(Appointment.key))
        return rows[place % len(rows)] if rows else None

    @rule(hour=hours, first=codes, second=st.none() | codes, number=numbers, over=st.booleans())
    def book(
        self, hour: str, first: str, second: str | None, number: int | None, over: bool
    ) -> None:
        asked = [(first, number)] + ([(second, None)] if second else [])
        with suppress(Refusal):
            book(
                self.shop, hour, *asked, session=self.shop.manager,
                squeeze="老客" if over else "",
            )  # fmt: skip

    @rule(place=places, minute=st.integers(540, 1300), number=numbers, over=st.booleans())
    def move(self, place: int, minute: int, number: int | None, over: bool) -> None:
        found = self.one(place)
        if found is None:
            return
        with suppress(Refusal):
            move_appointment(
                self.shop.manager, found.key, version=found.version, day=FIRST_DAY, minute=minute,
                stylist=who(number).key if number else None, squeeze="老客" if over else "",
                uid=new_uid(),
            )  # fmt: skip

    @rule(place=places)
    def cancel(self, place: int) -> None:
        found = self.one(place)
        if found is not None:
            with suppress(Refusal):
                cancel_appointment(
                    self.shop.manager, found.key, version=found.version, reason="改天",
                    uid=new_uid(),
                )  # fmt: skip

    @rule(place=places, state=st.sampled_from(STATES))
    def step(self, place: int, state: str) -> None:
        found = self.one(place)
        if found is not None:
            with suppress(Refusal):
                step(self.shop, found, state)

    @rule(number=st.sampled_from(NUMBERS), hour=st.integers(9, 18), length=st.integers(1, 3))
    def away(self, number: int, hour: int, length: int) -> None:
        """Never refused for what is booked."""
        before = Appointment.select().count()
        save_absence(
            self.shop.manager, None, stylist=who(number).key, day=FIRST_DAY, since=f"{hour}",
            until=f"{hour + length}", uid=new_uid(),
        )  # fmt: skip
        assert Appointment.select().count() == before

    @rule(number=st.sampled_from(NUMBERS), state=st.sampled_from([HERE, *PRESENCE_WORDS]))
    def come_or_go(self, number: int, state: str) -> None:
        with suppress(Refusal):
            set_presence(self.shop.manager, who(number).key, state, uid=new_uid())

    @rule(said=st.sampled_from([CUT, WASH, f"{WASH} 9*", f"{COLOUR} 8*"]))
    def walk_in(self, said: str) -> None:
        add_walk_in(self.shop.manager, Client("散客"), said, uid=new_uid())

    @rule(minutes=st.integers(1, 50))
    def wait(self, minutes: int) -> None:
        self.shop.clock.move(minutes=minutes)

    @invariant()
    def nothing_is_taken_twice(self) -> None:
        rows: list[Any] = list(Hold.select().order_by(Hold.since))
        for n, one in enumerate(rows):
            assert one.since < one.until <= one.since + timedelta(days=1)
            for other in rows[n + 1 :]:
                if other.since >= one.until:
                    break
                if one.thing_id is not None:
                    assert other.thing_id != one.thing_id
                elif other.stylist_id == one.stylist_id:
                    assert one.is_squeezed or other.is_squeezed

    @invariant()
    def places_are_of_one_each(self) -> None:
        found = [one.place for one in presences(FIRST_DAY)]
        assert len(found) == len(set(found))

    def teardown(self) -> None:
        try:
            assert not [str(found) for found in verify()]
        finally:
            store.close_store()
            self.clean_up()


@pytest.mark.row("B-3")
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_random_days_at_the_board(
    shop_on: Callable[[str], Shop], stores: Stores, engine: str
) -> None:
    run_state_machine_as_test(
        lambda: BoardDay(shop_on(engine), stores.drop_made),  # type: ignore[arg-type]
        settings=settings(
            max_examples={"sqlite": 40, "postgres": 6}[engine], stateful_step_count=40,
            suppress_health_check=list(HealthCheck), deadline=None, print_blob=True,
        ),
    )  # fmt: skip
