"""What the salon knows of a client, among what is known of him: who serves him, his patch tests and
formulas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time

from models.base.hot import rows_in
from models.base.words import word
from models.people.history import Event, Figure, Source
from models.salon.care import care_of
from models.selling.charges import STYLIST, Served, said_of, served_of
from models.trust.scopes import Scope

_BY = (
    'SELECT c."name", count(*) FROM "sale" s JOIN "charge_staff" c '
    f'ON c."document_id" = s."document_id" AND c."role" = \'{STYLIST}\' '
    'WHERE s."person" IN (...) GROUP BY c."name"'
)
_PUT_RIGHT = (
    'SELECT DISTINCT s."document_id" FROM "sale" s '
    'JOIN "staff_change" x ON x."of_document" = s."document_id" WHERE s."person" IN (...)'
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
    served = Counter(dict(rows_in(_BY, list(keys))))
    for (sale,) in rows_in(_PUT_RIGHT, list(keys)):
        served.subtract(_stylists(said_of(sale)))
        served.update(_stylists(served_of(sale)))
    names = ", ".join(f"{name} {count}" for name, count in _ranked(served))
    return [Figure(word("Served by"), names)] if names else []


def _stylists(served: dict[int, list[Served]]) -> list[str]:
    return [one.name for hands in served.values() for one in hands if one.role == STYLIST]


def _ranked(served: Counter[str]) -> list[tuple[str, int]]:
    ranked = sorted(served.items(), key=lambda one: (-one[1], one[0]))
    return [(name, count) for name, count in ranked if count > 0][:_MOST]


SERVED = Source(_events, _figures)
