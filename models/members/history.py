"""What a person has on vouchers, credit and cards, his points, and which levels he had, among what
is known of him.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.words import word
from models.members.kinds import COURSE, CREDIT, KINDS, VALUE_CARD, VOUCHER
from models.members.levels import levels_named, steps_of
from models.members.points_lots import points_of, points_owed
from models.people.history import Event, Figure, Source
from models.trust.operation import open_day
from models.trust.scopes import Scope


def _events(
    scope: Scope, keys: Sequence[int], before: datetime | None, limit: int
) -> list[Event]:  # fmt: skip
    """His levels; uses stand with the bills that they paid."""
    steps = [step for step in steps_of(keys[0]) if before is None or step.at < before][:limit]
    names = levels_named(step.before for step in steps)
    return [
        Event(
            day=step.day, at=step.at, kind=word("Level"), label="",
            what=f"{names.get(step.before or 0, '-')} → {step.name or '-'}", amount=step.spent,
        )
        for step in steps
    ]  # fmt: skip


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    marks = ", ".join("?" * len(keys))
    sql = (
        'SELECT "kind", sum("rest"), sum("pieces_rest") FROM "lot" '
        f'WHERE "is_active" AND "person" IN ({marks}) GROUP BY "kind"'
    )
    held = {kind: (int(rest), int(pieces)) for kind, rest, pieces in query(sql, *keys)}
    on = {kind: Money(held[kind][0] if kind in held else 0, store_currency()) for kind in KINDS}
    figures = [
        Figure(word("On vouchers and credit"), on[VOUCHER] + on[CREDIT]),
        Figure(KINDS[VALUE_CARD].title, on[VALUE_CARD]),
        # Times are no money to whoever has them.
        Figure(KINDS[COURSE].title, held.get(COURSE, (0, 0))[1]),
    ]  # fmt: skip
    figures = [each for each in figures if each.value]
    if points := points_of(keys[0], open_day(store_number())) + points_owed(keys[0]):
        figures.append(Figure(word("Points"), points))
    return figures


HELD = Source(_events, _figures)
