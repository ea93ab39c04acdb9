"""The search index of people: names, initials, full pinyin.

Phones, papers and numbers are no part of it: they are looked up whole (finding.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.hot import rows_in
from models.people.persons import Person
from models.search.index import Indexed, SearchIndex, keep_index

_READ = (
    'SELECT "key", "number", "name", "other_name", "pinyin", "full_pinyin", "is_active", '
    '"merged_into_id" FROM "person" WHERE "key" IN (...)'
)


def indexed(keys: Sequence[int]) -> list[Indexed]:
    """What of these people the index is made of; those that are gone are left out."""
    return [_indexed(row) for row in rows_in(_READ, keys)]


def indexed_of(person: Person) -> Indexed:
    """The same of one row."""
    return _indexed(
        (
            person.key, person.number, person.name, person.other_name, person.pinyin,
            person.full_pinyin, person.is_active, person.merged_into_id,
        )
    )  # fmt: skip


def _indexed(row: Sequence[Any]) -> Indexed:
    key, number, name, other_name, initials, full, is_active, merged_into = row
    # A record that was merged leads to the one that stands for it, which says whether it is shown.
    is_found = bool(is_active) or merged_into is not None
    return Indexed(key, f"{name} {other_name}", initials, full, "", is_found, number)


# 2: stored with each row of the index.
PEOPLE_INDEX = SearchIndex(2, Person, indexed)


def keep_person(before: Person | None, after: Person | None) -> None:
    """Bring the index from what a person was (None: new) to what he is (None: gone)."""
    old, new = ([] if each is None else [indexed_of(each)] for each in (before, after))
    keep_index(PEOPLE_INDEX, old, new)
