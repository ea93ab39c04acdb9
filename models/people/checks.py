"""What must hold of people: sealed fields open, look-ups say what the records say, and who stands
for whom has an end. Numbers 70 to 73.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.base.findings import Check, Found, sql_check
from models.base.hot import rows_in
from models.people.merging import MERGED
from models.people.papers import paper_text
from models.people.persons import PHONES, Person
from models.trust.sealed import blind, phone_digits, phone_tail

_PAGE = 400


def _records(quick: bool) -> Iterator[Iterable[Found]]:
    """The newest records only, when it is quick."""
    newest = Person.select().order_by(Person.key.desc()).limit(_PAGE)
    if quick:
        yield list(_look(list(newest)))
        return
    after = 0
    while rows := list(Person.select().where(Person.key > after).order_by(Person.key).limit(_PAGE)):
        after = rows[-1].key
        yield list(_look(rows))


def _look(rows: Sequence[Person]) -> Iterator[Found]:
    sql = (
        'SELECT "person", "line", "tail", "whole" FROM "person_phone" WHERE "person" IN (...) '
        'ORDER BY "person", "line"'
    )
    kept: dict[int, list[tuple[int, str, str]]] = {}
    for person, *found in rows_in(sql, [row.key for row in rows]):
        kept.setdefault(person, []).append(tuple(found))
    for row in rows:
        lost = [name for name in (*PHONES, "paper_number") if getattr(row, name).is_lost]
        if lost:
            yield Found(row.number, {"fields": ", ".join(lost)}, "SealedLost")
            continue
        if kept.get(row.key, []) != _phones(row):
            yield Found(row.number, {}, "PhonesUnfindable")
        if (row.paper_hash or "") != blind("paper", paper_text(row.paper_number.text)):
            yield Found(row.number, {}, "PaperUnfindable")


def _phones(person: Person) -> list[tuple[int, str, str]]:
    phones = [(line, getattr(person, name).text) for line, name in enumerate(PHONES, 1)]
    return [
        (line, tail, blind("phone", phone_digits(text)))
        for line, text in phones
        if (tail := phone_tail(text))
    ]


_STRAY = sql_check(
    71,
    "PhonesUnfindable",
    'SELECT p."person" FROM "person_phone" p WHERE NOT EXISTS '
    '(SELECT 1 FROM "person" q WHERE q."key" = p."person")',
    is_quick=False,
)

_MERGED = sql_check(
    73,
    "MergeBroken",
    'SELECT p."number" FROM "person" p WHERE p."merged_into_id" IS NOT NULL AND NOT EXISTS ('
    'SELECT 1 FROM "person_merge" m WHERE m."gone_id" = p."key" '
    f'AND m."kept_id" = p."merged_into_id" AND m."state" = \'{MERGED}\') '
    'UNION ALL SELECT p."number" FROM "person_merge" m JOIN "person" p ON p."key" = m."gone_id" '
    f'WHERE m."state" = \'{MERGED}\' AND p."merged_into_id" IS DISTINCT FROM m."kept_id" '
    'UNION ALL SELECT p."number" FROM "person" p WHERE p."merged_into_id" = p."key"',
)

PEOPLE_CHECKS = [Check(70, "SealedLost", _records), _STRAY, _MERGED]
