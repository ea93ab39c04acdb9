"""What the salon knows of a client, among what is known of him: who serves him, his patch tests and
formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from models.base.hot import rows_in
from models.base.words import word
from models.people.history import Event, Figure, Source
from models.salon.care import care_of
from models.selling.charges import STYLIST
from models.trust.scopes import Scope

_BY = (
    'SELECT c."name", count(*) FROM "sale" s JOIN "charge_staff" c '
    f'ON c."document_id" = s."document_id" AND c."role" = \'{STYLIST}\' '
    'WHERE s."person" IN (...) GROUP BY c."name" ORDER BY count(*) DESC, c."name"'
)
_MOST = 3


def _events(
    scope: Scope, keys: Sequence[int], before: datetime | None, limit: int
) -> list[Event]:  # fmt: skip
    tests, formulas = care_of(keys[0])
    rows = [(one.day, word("Patch test"), one.text, one.is_bad) for one in tests]
    rows += [(one.day, word("Formula"), one.text, False) for one in formulas]
    found = []
    for day, kind, text, is_bad in rows:
        at = datetime.combine(day, time(), UTC)
        if before is None or at < before:
            found.append(Event(day, at, kind, "!" if is_bad else "", text))
    return found[:limit]


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    served = rows_in(_BY, list(keys))
    names = ", ".join(f"{name} {count}" for name, count in served[:_MOST])
    return [Figure(word("Served by"), names)] if names else []


SERVED = Source(_events, _figures)
