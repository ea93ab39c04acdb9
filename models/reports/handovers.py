"""The hand-over of a shift as its slip shows it."""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.daily.shift_view import HandoverView, LeftView
from models.ledger.daily.shifts import Shift
from models.ledger.kinds import z_label
from models.ledger.store_card import local, register_name, store_card, user_name
from models.reports.takings import foreign_of


def handover_view(body: dict[str, Any]) -> HandoverView:
    """What stands on the slip of a closed shift."""
    shift = Shift.get_by_id(body["shift"])
    return HandoverView(
        store=store_card(),
        number=z_label(shift.register, shift.number),
        register=register_name(shift.register),
        cashier=user_name(shift.closed_by),
        opened_at=local(shift.opened_at),
        closed_at=local(shift.closed_at),
        counted=shift.counted,
        foreign=foreign_of(shift),
        over_short=shift.difference,
        reason=shift.reason,
        next_float=Money(body["float"], store_currency()),
        left=tuple(_seen(*work) for work in body["left"]),
    )


def _seen(title: str, count: int, some: list[tuple[str, int | None]]) -> LeftView:
    money = store_currency()
    pieces = ((name, None if minor is None else Money(minor, money)) for name, minor in some)
    return LeftView(title, count, tuple(pieces))
