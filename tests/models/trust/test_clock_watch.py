"""Changes of the clock stand in the audit log."""

from __future__ import annotations

import pytest

from models.base import clock
from models.trust import clock_watch
from models.trust.audit import Audit
from models.trust.clock_watch import Watch
from tests.stores import Shop

pytestmark = pytest.mark.row("SYS-11")


def rows() -> list[Audit]:
    return list(Audit.select().where(Audit.verb == "clock changed"))


def test_a_jump_is_seen_once_and_time_itself_is_none(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady = [100.0]
    monkeypatch.setattr(clock, "steady", lambda: steady[0])
    watch = Watch(steady=steady[0])
    for seconds in (1, 3600, 86_400 * 7):
        shop.clock.move(seconds=seconds)
        steady[0] += seconds
        assert watch.jump() is None
    # Many small steps are a large one.
    shop.clock.move(seconds=3)
    assert watch.jump() is None
    shop.clock.move(seconds=3)
    before, after = watch.jump() or pytest.fail("not seen")
    assert 5.9 < (after - before).total_seconds() < 6.1
    assert watch.jump() is None
    shop.clock.move(days=-365)
    before, after = watch.jump() or pytest.fail("not seen")
    clock_watch.record(1, shop.users["cashier"], before, after)
    row = rows()[0]
    assert row.user_name == "张收银"
    assert row.detail == {"clock": ["2026-03-09 10:00:07+08:00", "2025-03-09 10:00:07+08:00"]}


def test_a_clock_that_went_back_while_nobody_worked_is_seen_at_the_start(shop: Shop) -> None:
    shop.open_shift()
    clock_watch.look_back(1)
    assert not rows()
    shop.clock.move(hours=-3)
    for _ in range(2):
        clock_watch.look_back(1)
    assert len(rows()) == 1, "and once"
    # Another register has no rows that it could be before.
    clock_watch.look_back(2)
    assert len(rows()) == 1


def test_the_steady_clock_goes_on() -> None:
    first = clock.steady()
    assert clock.steady() >= first > 0
