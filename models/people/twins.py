"""Twins: records that may be of the same person: told while somebody types, and looked for in all.

Sure is the same number of papers, or the same phone and name; the same phone alone, or name alone,
is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.base.hot import Statement, rows_in
from models.base.texts import one_line
from models.people.papers import paper_text
from models.people.persons import PHONES, Person
from models.trust.sealed import Sealed, blind, phone_digits

PAPER, PHONE, NAME = WHYS = ("paper", "phone", "name")
_FEW = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that is like another one, and what is the same."""

    key: int
    number: str
    name: str
    phone: Sealed
    whys: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        return PAPER in self.whys or {PHONE, NAME} <= set(self.whys)


_OF_PAPER = Statement(
    'SELECT "key" FROM "person" WHERE "paper_hash" = ? AND "paper_hash" IS NOT NULL LIMIT ?'
)
_OF_PHONE = Statement('SELECT "person" FROM "person_phone" WHERE "whole" = ? LIMIT ?')
_OF_NAME = Statement('SELECT "key" FROM "person" WHERE "name" = ? ORDER BY "key" LIMIT ?')


def twins_of(values: Mapping[str, Any], *, besides: int | None = None) -> list[Likeness]:
    """The records like a person with these values (name, phones, paper_number), surest first."""
    found: dict[int, list[str]] = {}
    for why, keys in _looked_up(values):
        for key in keys:
            if key != besides and why not in found.setdefault(key, []):
                found[key].append(why)
    rows = Person.select().where(Person.key.in_(list(found)), Person.merged_into.is_null())
    twins = [
        Likeness(row.key, row.number, row.name, row.phone, tuple(found[row.key]))
        for row in rows
        if besides is None or row.key != besides
    ]
    return sorted(twins, key=lambda each: (not each.is_sure, -len(each.whys), each.number))[:_FEW]


def _looked_up(values: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    paper = paper_text(_text(values.get("paper_number")))
    if len(paper) >= 4:
        yield PAPER, [row[0] for row in _OF_PAPER.rows(blind("paper", paper), _FEW)]
    for name in PHONES:
        digits = phone_digits(_text(values.get(name)))
        if len(digits) >= 5:
            yield PHONE, [row[0] for row in _OF_PHONE.rows(blind("phone", digits), 4 * _FEW)]
    if name := one_line(values.get("name") or ""):
        yield NAME, [row[0] for row in _OF_NAME.rows(name, 4 * _FEW)]


def _text(value: Sealed | str | None) -> str:
    return value.text if isinstance(value, Sealed) else value or ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    one: int
    other: int
    why: str


_ALIKE = {
    PAPER: Statement(
        'SELECT a."key", min(b."key") FROM "person" a JOIN "person" b '
        'ON b."paper_hash" = a."paper_hash" AND b."key" > a."key" '
        'WHERE a."paper_hash" IS NOT NULL AND b."paper_hash" IS NOT NULL AND a."key" > ? '
        'AND a."merged_into_id" IS NULL AND b."merged_into_id" IS NULL '
        'GROUP BY a."key" ORDER BY a."key" LIMIT ?'
    ),
    PHONE: Statement(
        'SELECT p."person", min(q."person") FROM "person_phone" p JOIN "person_phone" q '
        'ON q."whole" = p."whole" AND q."person" > p."person" '
        'JOIN "person" a ON a."key" = p."person" JOIN "person" b ON b."key" = q."person" '
        'WHERE p."person" > ? AND a."merged_into_id" IS NULL AND b."merged_into_id" IS NULL '
        'GROUP BY p."person" ORDER BY p."person" LIMIT ?'
    ),
    NAME: Statement(
        'SELECT a."key", min(b."key") FROM "person" a JOIN "person" b '
        'ON b."name" = a."name" AND b."key" > a."key" WHERE a."key" > ? '
        'AND a."merged_into_id" IS NULL AND b."merged_into_id" IS NULL '
        'GROUP BY a."key" ORDER BY a."key" LIMIT ?'
    ),
}


def pairs(why: str, *, after: int = 0, limit: int = 50) -> list[Pair]:
    """The next records that have a twin by one of the reasons, each with the first of them; `after`
    is the key of the record that the last answer ended with.
    """
    return [Pair(one, other, why) for one, other in _ALIKE[why].rows(after, limit)]


def names_of(keys: list[int]) -> dict[int, tuple[str, str]]:
    """Number and name of records, by key."""
    sql = 'SELECT "key", "number", "name" FROM "person" WHERE "key" IN (...)'
    return {row[0]: (row[1], row[2]) for row in rows_in(sql, keys)}
