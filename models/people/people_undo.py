"""Undoing an import of people: what it made is deleted, what it changed gets its old values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base import clock
from models.base.database import Row
from models.base.hot import Statement, pointed_at, rows_in
from models.imports.import_kind import Imported, Remark, Verdict
from models.people.index import PEOPLE_INDEX, indexed, indexed_of
from models.people.lists import CHOICE_USES, GROUP_USES, PersonChoice, PersonGroup, is_in_use
from models.people.persons import PHONES, USES, Person
from models.people.records import index_phones
from models.search.index import keep_index
from models.search.waiting import wait_for_index, wait_no_longer, waiting
from models.trust.operation import Job

_DELETE = Statement('DELETE FROM "person" WHERE "key" = ?')
_DELETE_PHONES = Statement('DELETE FROM "person_phone" WHERE "person" = ?')


def undo(job: Job, rows: list[Imported]) -> list[Remark]:
    """Take the rows back, last first; those that had to stay, with the reason."""
    made = [row for row in rows if row.verdict is Verdict.NEW]
    used = _used(row.subject for row in made)
    changed = _changed_since(row.subject for row in made)
    kept = [
        Remark(row.line, "person_in_use" if row.subject in used else "changed_since", "",
               _name(row.subject))
        for row in made
        if row.subject in used | changed
    ]  # fmt: skip
    free = [row.subject for row in made if row.subject not in used | changed]
    out = waiting(PEOPLE_INDEX, free)
    keep_index(PEOPLE_INDEX, indexed([key for key in free if key not in out]), ())
    wait_no_longer(PEOPLE_INDEX, free)
    # `unindex` took them out before it was known that they stay.
    wait_for_index(PEOPLE_INDEX, used | changed)
    _DELETE_PHONES.many((key,) for key in free)
    _DELETE.many((key,) for key in free)
    for row in rows:
        if row.verdict is Verdict.CHANGED:
            kept += _undo_change(job, row)
    for row in rows:
        _take_links_away((row.before or {}).get("made", ()))
    return kept


def _used(keys: Iterable[int]) -> set[int]:
    """To which of these people something points."""
    return pointed_at(USES, keys)


def _changed_since(keys: Iterable[int]) -> set[int]:
    sql = 'SELECT "key" FROM "person" WHERE "version" > 1 AND "key" IN (...)'
    return {row[0] for row in rows_in(sql, list(keys))}


def _undo_change(job: Job, row: Imported) -> list[Remark]:
    """Old values back, unless somebody changed the person since."""
    note: dict[str, Any] = row.before or {}
    found = Person.get_or_none(Person.key == row.subject)
    if found is None or found.version != note["version"]:
        return [Remark(row.line, "changed_since", "", _name(row.subject))]
    before, fields = indexed_of(found), Person._meta.fields
    sets = ", ".join(f'"{fields[name].column_name}" = ?' for name in (*note["old"], "changed_at"))
    Statement(f'UPDATE "person" SET {sets}, "version" = "version" + 1 WHERE "key" = ?').run(
        *note["old"].values(), clock.micros(job.now), row.subject
    )
    if set(PHONES) & set(note["old"]):
        index_phones(Person.get_by_id(row.subject))
    keep_index(PEOPLE_INDEX, [before], indexed([found.key]))
    return []


def _take_links_away(made: Iterable[list[Any]]) -> None:
    """Groups and entries of lists that the run made go when nobody has them."""
    for kind, key in made:
        table: type[Row] = PersonChoice if kind == "choice" else PersonGroup
        groups: list[tuple[type[Row], str]] = [*GROUP_USES, (PersonGroup, "parent")]
        uses = CHOICE_USES if kind == "choice" else groups
        if not is_in_use(uses, key):
            table.delete().where(table._meta.primary_key == key).execute()


def _name(key: int) -> str:
    found = Person.get_or_none(Person.key == key)
    return f"{found.number} {found.name}"[:60] if found else ""
