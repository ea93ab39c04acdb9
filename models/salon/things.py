"""Things that a service needs beside hands (位置): chairs, beds, rooms, machines. Each is one of a
kind, and is never in use twice.
"""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField
from models.base.keys import new_key
from models.base.words import word
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordTaken, first_wrong, put, row_at, text_of

THINGS = word("Chairs, beds, rooms")


class Thing(Row):
    """One chair, bed, room or machine. `sort` is its kind, in one word; a service names the kinds
    that it needs (models/salon/services.py).
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=20, unique=True)
    sort = CharField(max_length=20)
    position = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)


@operation(right="keep services")
def save_thing(
    job: Job, key: int | None, *, version: int = 0, name: str, sort: str, position: int = 0,
    is_active: bool = True,
) -> Thing:  # fmt: skip
    """Make a thing (key None) or change one; what is booked stays.

    Refuses: NameMissing, TextTooLong, RecordTaken, RecordChanged.
    """
    found = None if key is None else row_at(Thing, key, version, THINGS)
    title, kind = text_of("name", name, 20), "".join(text_of("sort", sort, 20).split())
    missing = first_wrong(name=bool(title), sort=bool(kind))
    if missing:
        raise NameMissing(field=missing)
    if Thing.get_or_none(Thing.name == title, Thing.key != (key or 0)) is not None:
        raise RecordTaken(listing=THINGS, name=title, field="name")

    values = {"name": title, "sort": kind, "position": position, "is_active": is_active}
    job.note(thing=title, sort=kind, is_active=is_active)
    if found is None:
        return Thing.create(key=new_key(), **values)
    put(found, **values)
    return found


@operation(right="keep services")
def switch_thing(job: Job, key: int, *, version: int) -> Thing:
    """Take a thing out of use, or back into it. Refuses: RecordChanged."""
    found = row_at(Thing, key, version, THINGS)

    job.note(thing=found.name, changes=put(found, is_active=not found.is_active))
    return found
