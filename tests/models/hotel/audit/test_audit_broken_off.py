"""The night audit broken off at any point: nothing is half done, and taken up again it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.hotel.audit import audit
from models.hotel.audit.audit_steps import CLOSE, PROOF, audit_steps
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges import nights
from models.hotel.stays.stays import Night
from models.ledger.daily import day_seal, days
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, house_day


class PowerCut(Exception):
    """The lights go out."""


# Where it is broken off: in each thing that the audit and the close do, one after the other.
POINTS = (
    (nights, "charge_stay"), (audit, "prove_day"), (audit, "freeze"), (audit, "add_job"),
    (audit, "release_blocks"), (audit, "_end_options"), (days, "add_job"), (day_seal, "seal"),
)  # fmt: skip


def cut(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    """The lights go out behind what is called so."""
    plain: Callable[..., Any] = getattr(where, name)

    def cut(*given: Any, **more: Any) -> Any:
        plain(*given, **more)
        raise PowerCut

    monkeypatch.setattr(where, name, cut)


def _audit(house: House, today: Any) -> None:
    while block := audit.next_block(today):
        audit.post_nights(house.desk, block, uid=new_uid())
    days.close_day(house.shop.owner, next_day=today + timedelta(1), uid=days.close_uid(today))


def _stands() -> list[Any]:
    tables = (Document, DayFigures, PrintJob)
    posted = Night.select().where(Night.document.is_null(False)).count()
    return [posted, house_day(), *(table.select().count() for table in tables)]


@pytest.mark.row("HTL-27", "HTL-28")
def test_an_audit_broken_off_goes_on_where_it_was(
    open_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("201", "202"):
        arrive(open_house, nights=3, room=room)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15)
    open_house.shop.close_shift(open_house.desk)
    for where, name in POINTS:
        with monkeypatch.context() as patch:
            cut(patch, where, name)
            before = _stands()
            with pytest.raises(PowerCut):
                _audit(open_house, day(0))
        if name != "charge_stay":
            # The nights of a block that was through stand; nothing of the close does.
            before[0], before[2] = 2, before[2] + (2 - before[0])
        assert _stands() == before, name
    steps = {step.name: step for step in audit_steps(day(0))}
    assert steps[PROOF].is_done and [s.name for s in steps.values() if s.hinders] == [CLOSE]
    _audit(open_house, day(0))
    assert _stands()[:2] == [2, day(1)] and DayFigures.get().sold == 2
    assert not proof.verify()
