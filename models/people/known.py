"""What the store knows of the people in some rows of a sheet, read with a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.base.hot import Statement, rows_in
from models.imports.import_kind import Record
from models.people.merging import root_of
from models.people.persons import CHOICE_FIELDS, PHONES, Person
from models.trust.sealed import Sealed, blind, phone_digits

_STEP = ">"
_CHOICES = Statement('SELECT "kind", "name", "key" FROM "person_choice"')
_GROUPS = Statement('SELECT "key", "name", "parent_id" FROM "person_group"')


# Two are enough to know that a name alone says nothing.
_OF_NAME = Statement(
    'SELECT "key" FROM "person" WHERE "name" = ? AND "merged_into_id" IS NULL LIMIT 2'
)


@dataclass(slots=True)
class Known:
    """People by number, by hash of phone and papers, and by name where a row has nothing else; the
    records themselves; and what they may be linked to.

    A merged record is none of them: the one that stands for it is found by what it took over.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    phones: dict[str, set[int]] = field(default_factory=dict)
    papers: dict[str, set[int]] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    choices: dict[tuple[str, str], int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    def link(self, name: str, text: str) -> int | None:
        """The entry of a list by its name, or the group by its path from the top."""
        if name != "group":
            return self.choices.get((CHOICE_FIELDS[name], text))
        return self.groups.get(_STEP.join(steps_of(text)))

    def of_phones(self, phones: Iterable[Sealed]) -> set[int]:
        """Who has one of these phones."""
        return {key for each in phones for key in self.phones.get(whole_hash(each), ())}

    def of_name(self, name: str, among: set[int]) -> set[int]:
        """Those of some people who have this name."""
        return {key for key in among if self.people[key].name == name}


def phones_of(values: Mapping[str, Any]) -> list[Sealed]:
    """The phones of a row."""
    return [values[name] for name in PHONES if values.get(name)]


def whole_hash(phone: Sealed) -> str:
    """The hash that the whole of a phone is found by."""
    return blind("phone", phone_digits(phone.text))


def look_up(records: list[Record]) -> Known:
    """What the store knows of these rows."""
    known = Known()
    known.choices = {(kind, name): key for kind, name, key in _CHOICES.rows()}
    known.groups = _groups()
    values = [record.values for record in records]
    numbers = sorted({str(each["number"]) for each in values if each.get("number")})
    # The number of a record that was merged means the one that stands for it.
    sql = 'SELECT "number", "key" FROM "person" WHERE "number" IN (...)'
    known.numbers = {row[0]: root_of(row[1]) for row in rows_in(sql, numbers)}
    phones = sorted({whole_hash(phone) for each in values for phone in phones_of(each)})
    _gather(known.phones, 'SELECT "whole", "person" FROM "person_phone" WHERE "whole"', phones)
    papers = {blind("paper", e["paper_number"].text) for e in values if e.get("paper_number")}
    sql = 'SELECT "paper_hash", "key" FROM "person" WHERE "paper_hash"'
    _gather(known.papers, sql, sorted(papers))
    for each in values:
        name = each.get("name")
        if name and not (each.get("number") or each.get("paper_number") or phones_of(each)):
            known.names[name] = {row[0] for row in _OF_NAME.rows(name)}
    _read(known)
    return known


def _gather(sets: dict[str, set[int]], sql: str, values: list[str]) -> None:
    for value, key in rows_in(f"{sql} IN (...)", values):
        sets.setdefault(value, set()).add(key)


def _read(known: Known) -> None:
    """The records themselves; one that was merged is left out everywhere."""
    tables = (known.phones, known.papers, known.names)
    keys = {key for sets in tables for some in sets.values() for key in some}
    asked = sorted(keys | set(known.numbers.values()))
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        for row in Person.select().where(Person.key.in_(part), Person.merged_into.is_null()):
            known.people[row.key] = row
    for sets in tables:
        for value in sets:
            sets[value] &= known.people.keys()


def _groups() -> dict[str, int]:
    rows = {row[0]: row[1:] for row in _GROUPS.rows()}

    def path(key: int) -> list[str]:
        name, parent = rows[key]
        return [name] if parent is None else [*path(parent), name]

    return {_STEP.join(path(key)): key for key in rows}


def steps_of(path: str) -> list[str]:
    """The names in the path of a group, from the top down."""
    return [step.strip() for step in path.split(_STEP) if step.strip()]
