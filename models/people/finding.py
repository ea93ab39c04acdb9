"""Finding people: by number, phone tail, number of papers, name, full pinyin and initials.

A record that was merged is found as the one that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.base.hot import Statement, rows_in
from models.base.texts import narrow, one_line
from models.people.index import PEOPLE_INDEX
from models.people.merging import root_of
from models.people.papers import paper_text
from models.people.persons import PHONES, Person
from models.search.finding import find
from models.trust.sealed import TAIL, SealedField, blind, opened, phone_digits, phone_tail

_LEAST_PAPER = 6
_OF_NUMBER = Statement('SELECT "key" FROM "person" WHERE "number" = ?')
_OF_PAPER = Statement(
    'SELECT "key" FROM "person" WHERE "paper_hash" = ? AND "paper_hash" IS NOT NULL LIMIT ?'
)
_OF_TAIL = Statement('SELECT "person", "line" FROM "person_phone" WHERE "tail" = ?')


def find_people(text: str, limit: int = 50, *, with_switched_off: bool = False) -> list[int]:
    """The keys of the people that a typed text means, best first."""
    typed = narrow(one_line(text))
    if not typed:
        return []
    found = dict.fromkeys(row[0] for row in _OF_NUMBER.rows(typed))
    found |= dict.fromkeys(_by_phone(typed))
    found |= dict.fromkeys(_by_paper(typed, limit))
    keys = find(PEOPLE_INDEX, typed, limit, with_switched_off=with_switched_off, known=list(found))
    return _standing(keys, with_switched_off)[:limit]


def _by_phone(typed: str) -> list[int]:
    """The people one of whose phones ends with these digits."""
    digits = phone_digits(typed)
    if len(digits) < TAIL or any(one.isalpha() for one in typed):
        return []
    held = _OF_TAIL.rows(phone_tail(digits))
    if len(digits) == TAIL or not held:
        return [row[0] for row in held]
    sql = 'SELECT "key", "phone", "phone2", "phone3" FROM "person" WHERE "key" IN (...)'
    fields = [Person._meta.fields[name] for name in PHONES]
    return [
        key
        for key, *stored in rows_in(sql, sorted({row[0] for row in held}))
        if any(_ends(field, one, digits) for field, one in zip(fields, stored, strict=True))
    ]


def _ends(field: SealedField, stored: str, digits: str) -> bool:
    return phone_digits(opened(stored, field.place).text).endswith(digits)


def _by_paper(typed: str, limit: int) -> list[int]:
    plain = paper_text(typed)
    if len(plain) < _LEAST_PAPER:
        return []
    return [row[0] for row in _OF_PAPER.rows(blind("paper", plain), limit)]


def _standing(keys: Iterable[int], with_switched_off: bool) -> list[int]:
    """The records that stand for these, each once, in this order."""
    sql = 'SELECT "key", "merged_into_id", "is_active" FROM "person" WHERE "key" IN (...)'
    asked = list(keys)
    state = {row[0]: row[1:] for row in rows_in(sql, asked)}
    found: dict[int, None] = {}
    for key in asked:
        into, is_active = state[key]
        if into is not None:
            found[root_of(key)] = None
        elif is_active or with_switched_off:
            found[key] = None
    return list(found)
