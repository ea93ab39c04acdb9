"""Merging: two records of one person become one, and come apart again.

Nothing that points at a record is moved: posted documents never change. The record that goes names
the one that stands for it, and whatever is asked of a person is asked of all his records
(`keys_of`). So undoing is exact: the name is taken out, and what was filled in is emptied again.
"""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField

from models.base.database import Row
from models.base.fields import InstantField, JsonField, KeyField
from models.base.hot import Statement, rows_in
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.people.index import keep_person
from models.people.persons import CHOICE_FIELDS, PHONES, Person
from models.people.reach import require_seen_in
from models.people.records import copy_of, index_phones, person_at
from models.people.rules import tags_of
from models.trust.operation import Job, operation
from models.trust.records import put

MERGED, UNDONE = "merged", "undone"
_LINKED = (*CHOICE_FIELDS, "group", "responsible", "shared_with", "user", "referrer")
# What the record that stays takes over where it has nothing.
_FILLED = (
    "other_name", "sex", "email", "wechat", "city", "address", "tax_number", "wants",
    "product_kinds", "product_used", "notes", "birthday", "family", "income", "likes", "health",
    *_LINKED,
)  # fmt: skip


class MergeWrong(Refusal):
    """A record is merged with another one, and once only."""


class PersonMerge(Row):
    """One merging: `filled` are the fields that the record that stays took over."""

    key = KeyField(primary_key=True)
    kept = ForeignKeyField(Person)
    gone = ForeignKeyField(Person)
    filled = JsonField()
    state = CharField(max_length=8, default=MERGED)
    user = BigIntegerField()
    at = InstantField()
    undone_at = InstantField(null=True)


@operation(right="merge people")
def merge_people(
    job: Job, kept: int, gone: int, *, kept_version: int, gone_version: int
) -> PersonMerge:
    """Let one record stand for another one too; what it lacks it takes from there.

    Refuses: RecordChanged, OutOfScope, MergeWrong.
    """
    stays, goes = person_at(kept, kept_version), person_at(gone, gone_version)
    for each in (stays, goes):
        require_seen_in(job, each)
    if kept == gone or stays.merged_into_id or goes.merged_into_id:
        raise MergeWrong(kept=stays.name, gone=goes.name)

    before = copy_of(stays), copy_of(goes)
    filled, tags = _filled(stays, goes), _more_tags(stays, goes)
    put(stays, changed_at=job.now, tags=" ".join([*tags_of(stays.tags), *tags]), **filled)
    put(goes, merged_into=stays, changed_at=job.now)
    _keep(before, (stays, goes))
    names = sorted(filled)
    job.note(kept=[stays.number, stays.name], gone=[goes.number, goes.name], filled=names)
    return PersonMerge.create(
        key=new_key(), kept=stays, gone=goes, filled={"fields": names, "tags": tags},
        user=job.user, at=job.now,
    )  # fmt: skip


@operation(right="merge people")
def undo_merge(job: Job, merge: int) -> Person:
    """Take a merging back: both records stand for themselves. What was changed since on the one
    that stayed is left. Refuses: MergeWrong, OutOfScope.
    """
    found = PersonMerge.get_or_none(PersonMerge.key == merge)
    if found is None or found.state != MERGED or found.gone.merged_into_id != found.kept_id:
        raise MergeWrong(kept="", gone="")

    stays, goes = found.kept, found.gone
    for each in (stays, goes):
        require_seen_in(job, each)
    before = copy_of(stays), copy_of(goes)
    put(stays, changed_at=job.now, **_emptied(found))
    put(goes, merged_into=None, changed_at=job.now)
    _keep(before, (stays, goes))
    PersonMerge.update(state=UNDONE, undone_at=job.now).where(PersonMerge.key == merge).execute()
    job.note(kept=[stays.number, stays.name], back=[goes.number, goes.name])
    return goes


def _filled(stays: Person, goes: Person) -> dict[str, Any]:
    """What the record that stays takes over, by field."""
    filled = {n: getattr(goes, n) for n in _FILLED if _lacks(stays, n) and not _lacks(goes, n)}
    if goes.paper_number and not stays.paper_number:
        filled |= {n: getattr(goes, n) for n in ("paper", "paper_number", "paper_hash")}
    own = [getattr(stays, name) for name in PHONES]
    more = [phone for name in PHONES if (phone := getattr(goes, name)) and phone not in own]
    free = [name for name in PHONES if not getattr(stays, name)]
    return filled | dict(zip(free, more, strict=False))


def _lacks(person: Person, name: str) -> bool:
    return getattr(person, f"{name}_id" if name in _LINKED else name) in (None, "")


def _more_tags(stays: Person, goes: Person) -> list[str]:
    own = tags_of(stays.tags)
    return [each for each in tags_of(goes.tags) if each not in own]


def _emptied(merge: PersonMerge) -> dict[str, Any]:
    """The fields that were filled and still hold what was taken, emptied."""
    stays, goes, blank = merge.kept, merge.gone, Person()
    taken = [getattr(goes, name) for name in PHONES]
    values = {}
    for name in merge.filled["fields"]:
        held = getattr(stays, name)
        if held in taken if name in PHONES else held == getattr(goes, name):
            values[name] = getattr(blank, name)
    left = [each for each in tags_of(stays.tags) if each not in merge.filled["tags"]]
    return values | {"tags": " ".join(left)}


def _keep(before: tuple[Person, Person], after: tuple[Person, Person]) -> None:
    """Bring the look-ups to what the two records say now."""
    for old, new in zip(before, after, strict=True):
        index_phones(new)
        keep_person(old, new)


# --- who stands for whom

_INTO = Statement('SELECT "merged_into_id" FROM "person" WHERE "key" = ?')
_MOST_STEPS = 50


def root_of(key: int) -> int:
    """The record that stands for this one, itself when it stands for itself."""
    for _ in range(_MOST_STEPS):
        row = _INTO.row(key)
        if row is None or row[0] is None:
            return key
        key = int(row[0])
    return key


def keys_of(key: int) -> list[int]:
    """All records of the person that this record stands for, itself first."""
    found = layer = [key]
    for _ in range(_MOST_STEPS):
        sql = 'SELECT "key" FROM "person" WHERE "merged_into_id" IN (...)'
        layer = sorted({row[0] for row in rows_in(sql, layer)} - set(found))
        if not layer:
            break
        found = found + layer
    return found


def merges_of(key: int) -> list[PersonMerge]:
    """The mergings of a record that can be taken back, newest first."""
    rows = PersonMerge.select().where(PersonMerge.kept == key, PersonMerge.state == MERGED)
    return list(rows.order_by(PersonMerge.key.desc()))
