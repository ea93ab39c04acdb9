"""Contacts (联系人): who speaks for a company. Each is a person of its own; the row says what to
whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.people.persons import Person
from models.people.reach import require_seen_in
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, linked_row, put, row_at, text_of

CONTACTS = word("Contacts")


class ContactOfItself(Refusal):
    """Nobody is a contact of himself."""

    about = ("person",)


class Contact(Row):
    """One person who speaks for one company: in what place, and whether for everything first."""

    key = KeyField(primary_key=True)
    company = ForeignKeyField(Person)
    person = ForeignKeyField(Person)
    title = CharField(max_length=40, default="")
    is_main = BooleanField(default=False)
    note = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("company", "person"), True),)


@operation(right="keep contacts")
def save_contact(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    company: int,
    person: int,
    title: str = "",
    is_main: bool = False,
    note: str = "",
) -> Contact:
    """Name a contact of a company (key None), or change what is said of one. The same person once:
    naming him again changes the row that is there.

    Refuses: RecordChanged, LinkUnknown, OutOfScope, ContactOfItself, TextTooLong.
    """
    found = None
    if key is not None:
        found = row_at(Contact, key, version, CONTACTS, name=title)
    return _put(job, found, company=company, person=person, title=title, is_main=is_main, note=note)


def _put(
    job: Job, found: Contact | None, *, company: int, person: int, **said: Any
) -> Contact:  # fmt: skip
    of, who = linked_row(Person, "company", company), linked_row(Person, "person", person)
    if of is None or who is None:
        raise LinkUnknown(field="company" if of is None else "person")
    for each in (of, who):
        require_seen_in(job, each)
    if of.key == who.key:
        raise ContactOfItself(name=of.name)
    values = {
        "company": of, "person": who, "title": text_of("title", said["title"], 40),
        "is_main": bool(said["is_main"]), "note": text_of("note", said["note"], 200),
    }  # fmt: skip

    if values["is_main"]:
        Contact.update(is_main=False).where(Contact.company == of).execute()
    same = Contact.get_or_none(Contact.company == of, Contact.person == who)
    job.note(company=of.name, contact=who.name, title=values["title"])
    if same is None and found is None:
        return Contact.create(key=new_key(), **values)
    if same is not None and found is not None and same.key != found.key:
        found.delete_instance()
    made = same or found
    assert made is not None
    put(made, **values)
    return made


@operation(right="remove contacts")
def drop_contact(job: Job, key: int, *, version: int) -> None:
    """A person speaks no longer for a company; his own record stays. Refuses: RecordChanged,
    OutOfScope.
    """
    found = row_at(Contact, key, version, CONTACTS)
    for each in (found.company, found.person):
        require_seen_in(job, each)

    found.delete_instance()
    job.note(company=found.company.name, contact=found.person.name)


def contacts_of(company: int | None) -> list[dict[str, Any]]:
    """The contacts of a company, the main one first, as lines of its form."""
    rows = (
        Contact.select(Contact, Person)
        .join(Person, on=Contact.person)
        .where(Contact.company == (company or 0))
        .order_by(Contact.is_main.desc(), Contact.key)
    )
    return [
        {"person": (row.person.key, row.person.name), "title": row.title,
         "is_main": row.is_main, "note": row.note}
        for row in rows
    ]  # fmt: skip


def replace_contacts(job: Job, company: Person, lines: Iterable[Mapping[str, Any]]) -> None:
    """Inside an operation: these are all the contacts of a company. Refuses: NeedsOverride, and
    what `save_contact` refuses.
    """
    before = {row.person_id: row for row in Contact.select().where(Contact.company == company)}
    wanted = {line["person"]: line for line in lines if line.get("person")}
    gone = [row for person, row in before.items() if person not in wanted]
    changed = [
        line for person, line in wanted.items() if not _says(before.get(person), line)
    ]  # fmt: skip
    if gone:
        job.require("remove contacts")
    if changed:
        job.require("keep contacts")
    for row in gone:
        row.delete_instance()
    for line in changed:
        _put(
            job, before.get(line["person"]), company=company.key, person=line["person"],
            title=line.get("title") or "", is_main=bool(line.get("is_main")),
            note=line.get("note") or "",
        )  # fmt: skip
    if gone or changed:
        job.note(contacts=len(wanted), contacts_gone=len(gone))


def _says(row: Contact | None, line: Mapping[str, Any]) -> bool:
    if row is None:
        return False
    given = (line.get("title") or "", bool(line.get("is_main")), line.get("note") or "")
    return given == (row.title, row.is_main, row.note)
