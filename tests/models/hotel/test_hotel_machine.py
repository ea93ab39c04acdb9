"""Random weeks of a house: after every step, refused or not, all that `verify` proves holds, the
rooms are given once, and accounts come to what a small reckoning of its own says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    rule,
    run_state_machine_as_test,
)

from models import store
from models.base.hot import query
from models.hotel.audit import audit
from models.hotel.charges.windows import windows_of
from models.hotel.desk import departures
from models.hotel.folios.folio_payments import pay_folio, proposed_back
from models.hotel.rooms.rooms import Room
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.stays import Night, Stay
from models.ledger.accounts import GUEST_DEPOSIT, GUEST_LEDGER, RECEIVABLE
from models.ledger.daily import days, drawer
from models.ledger.folios import OPEN
from models.ledger.proving import proof
from models.reports.takings import day_view
from models.trust.operation import new_uid
from tests.databases import Stores
from tests.models.hotel.random_house import (
    ROOMS,
    Kept,
    RandomHouse,
    by_card,
    departed,
    in_house,
    money,
    places,
    price,
    reserved,
    sums,
)
from tests.stores import Shop

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class HouseWeek(RandomHouse):
    """The whole of it: they leave, come back, and the day turns."""

    # --- departure

    @rule(place=places, hour=st.sampled_from([1, 7, 12]), is_company=st.booleans())
    def check_out(self, place: int, hour: int, is_company: bool) -> None:
        """At nine, at three or at eight in the evening: a day's end costs half a night or one."""
        kept = self.one(place, in_house)
        if kept is None:
            return
        at = self.house.shop.clock.at
        self.house.shop.clock.at = max(at, at.replace(hour=hour, minute=0))
        nights = kept.pending(self.today)
        late = self._late_fee(kept)
        coming = sum(map(price, nights)) + late
        stay = self.row(kept)
        seen = departures.review(stay, self.today)
        open_ones = [folio for _, folio in windows_of(kept.key) if folio.status == OPEN]
        assert seen.balance.minor == sum(f.balance.minor for f in open_ones) + coming
        if not is_company:
            self._settle(stay, seen)
            seen = departures.review(stay, self.today)
        accounts = {due.letter: self.company for due in seen.dues} if is_company else {}
        work = lambda uid: departures.check_out(  # noqa: E731
            self.desk, stay, version=stay.version, shown=seen.balance, accounts=accounts, uid=uid
        )
        if self.done(work):
            self.owed += coming
            kept.posted |= set(nights)
            kept.late_on = self.today if late else kept.late_on
            kept.departure = min(kept.departure, self.today + timedelta(1))
            kept.state, kept.left_on = departed, self.today

    def _settle(self, stay: Stay, seen: departures.Review) -> None:
        """What each window owes is paid by card; what is over goes back the way it came."""
        for due in seen.dues:
            work: Any
            if due.due.minor > 0:
                work = partial(pay_folio, self.desk, due.folio, [by_card(due.due.minor)])
            elif back := proposed_back(due.folio.key, -due.due) if due.due else []:
                work = partial(
                    departures.refund_guest, self.desk, stay, due.folio, back, shown=due.due
                )
            else:
                continue
            if self.done(work):
                self.owed -= due.due.minor

    def _late_fee(self, kept: Kept) -> int:
        at = self.house.shop.clock.at + timedelta(hours=8)
        if kept.late_on == self.today or kept.departure != self.today or at.hour < 12:
            return 0
        night = price(kept.departure - timedelta(1))
        return night // 2 if at.hour < 18 else night

    @rule(place=places, room=st.sampled_from((None, *ROOMS)))
    def reinstate(self, place: int, room: str | None) -> None:
        kept = self.one(place, departed)
        if kept is None:
            return
        stay, into = self.row(kept), self.house.room(room) if room else None
        work = lambda uid: departures.reinstate_guest(  # noqa: E731
            self.desk, stay, version=stay.version, room=into, uid=uid
        )
        if self.done(work):
            assert kept.left_on == self.today
            kept.state = in_house

    @rule(place=places, minor=sums)
    def late_charge(self, place: int, minor: int) -> None:
        kept = self.one(place, departed)
        if kept is None:
            return
        stay, amount = self.row(kept), money(minor)
        work = departures.post_late_charge
        if self.done(lambda uid: work(self.desk, stay, "5000", amount, uid=uid)):
            self.owed += minor

    # --- the house

    @rule()
    def clean(self) -> None:
        keys = [room.key for room in Room.select(Room.key)]
        self.done(lambda uid: set_care(self.desk, keys, "clean", uid=uid))

    @rule(stay_on=st.booleans(), hands_over=st.booleans())
    def night(self, stay_on: bool, hands_over: bool) -> None:
        """The audit: who was to leave stays or goes, who has not come is a no-show, the nights. The
        desk's shift goes over, or is handed over at the close.
        """
        today = self.today
        for kept in self.stays:
            if kept.state == in_house and kept.departure <= today:
                if not stay_on:
                    self.check_out(self._place(kept), 1, True)
                if kept.state == in_house:
                    self._change(kept, kept.arrival, today + timedelta(1))
            elif kept.state == reserved and kept.arrival <= today:
                self._no_show(kept)
        if not any(k.state == in_house and k.departure <= today for k in self.stays):
            self._turn(today, hands_over)

    def _turn(self, today: date, hands_over: bool) -> None:
        shop = self.house.shop
        shop.clock.at = shop.clock.at.replace(
            year=today.year, month=today.month, day=today.day, hour=15
        )
        while block := audit.next_block(today):
            audit.post_nights(self.desk, block, uid=new_uid())
        for kept in self.stays:
            if kept.state == in_house and today in kept.pending(today):
                self.owed += price(today)
                kept.posted.add(today)
        if hands_over:
            shop.close_shift(self.desk)
        drawers = [drawer.expected_cash(shift.key) for shift in days.open_shifts()]
        self.over[today] = [drawer.minor for drawer in drawers]
        days.close_day(shop.owner, next_day=today + timedelta(1), uid=new_uid())
        if hands_over:
            shop.open_shift(session=self.desk)
        shop.clock.move(hours=9)

    def _place(self, kept: Kept) -> int:
        return [each for each in self.stays if each.state == in_house].index(kept)

    # --- what always holds

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert not [str(found) for found in proof.verify(full=False)]

    @invariant()
    def accounts_come_to_the_reckoning(self) -> None:
        rows = query(
            'SELECT coalesce(sum("balance"), 0) FROM "folio" WHERE "account" IN (?, ?, ?)',
            GUEST_LEDGER, RECEIVABLE, GUEST_DEPOSIT,
        )  # fmt: skip
        assert int(rows[0][0]) == self.owed

    @invariant()
    def stays_are_where_they_should_be(self) -> None:
        rows = {stay.key: stay for stay in Stay.select()}
        for kept in self.stays:
            stay = rows[kept.key]
            assert (stay.state, stay.arrival, stay.departure) == (
                kept.state, kept.arrival, kept.departure,
            )  # fmt: skip
            nights = Night.select().where(Night.stay == stay, Night.document.is_null(False))
            assert {night.day for night in nights} == kept.posted
        lived = [stay.room_id for stay in rows.values() if stay.state == in_house]
        assert len(lived) == len(set(lived))

    def teardown(self) -> None:
        try:
            for day, drawers in self.over.items():
                assert [each.drawer.minor for each in day_view(day).shifts_over] == drawers
            assert not [str(found) for found in proof.verify()]
        finally:
            store.close_store()
            self.clean_up()


def run(
    shop_on: Callable[[str], Shop], stores: Stores, engine: str, *, weeks: int, steps: int,
    phases: tuple[Phase, ...] = tuple(Phase),
) -> None:  # fmt: skip
    run_state_machine_as_test(
        lambda: HouseWeek(shop_on(engine), stores.drop_made),  # type: ignore[arg-type]
        settings=settings(
            max_examples=weeks, stateful_step_count=steps, suppress_health_check=QUIET,
            deadline=None, print_blob=True, phases=phases,
        ),
    )  # fmt: skip


@pytest.mark.row("HTL-05", "HTL-07", "HTL-09", "HTL-27")
@pytest.mark.search
@pytest.mark.timeout(600)
def test_a_random_week(shop_on: Callable[[str], Shop], stores: Stores, engine: str) -> None:
    run(shop_on, stores, engine, weeks={"sqlite": 2, "postgres": 1}[engine], steps=20)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_random_weeks(shop_on: Callable[[str], Shop], stores: Stores, engine: str) -> None:
    run(shop_on, stores, engine, weeks={"sqlite": 60, "postgres": 10}[engine], steps=40)
