"""What a person has on vouchers and credit, among what is known of him."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.base.fields import store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.words import word
from models.people.history import Event, Figure, Source
from models.trust.scopes import Scope


def _events(
    scope: Scope, keys: Sequence[int], before: datetime | None, limit: int
) -> list[Event]:  # fmt: skip
    """Uses stand with the bills that they paid."""
    return []


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    marks = ", ".join("?" * len(keys))
    sql = f'SELECT coalesce(sum("rest"), 0) FROM "lot" WHERE "is_active" AND "person" IN ({marks})'
    rest = Money(int(query(sql, *keys)[0][0]), store_currency())
    return [Figure(word("On vouchers and credit"), rest)] if rest else []


HELD = Source(_events, _figures)
