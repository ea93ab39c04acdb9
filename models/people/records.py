"""The records of people: making, changing, switching off. What must hold of them: rules.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.base import pinyin
from models.base.hot import Statement
from models.base.keys import new_key
from models.people.contacts import replace_contacts
from models.people.index import keep_person
from models.people.persons import (
    COMPANY,
    PEOPLE,
    PERSON,
    PHONES,
    PRIVATE,
    Person,
    PersonPhone,
)
from models.people.reach import require_seen_in
from models.people.rules import PersonTwice, checked
from models.people.twins import twins_of
from models.trust.operation import Job, operation
from models.trust.records import (
    NameMissing,
    RecordChanged,
    RecordTaken,
    put,
    row_at,
    text_of,
)
from models.trust.registers import next_number
from models.trust.sealed import Sealed, blind, phone_digits, phone_tail
from models.trust.trades_used import loaded_in_use

_SERIES = "person"
_LONGEST_PINYIN = 160


@operation(right="keep people")
def save_person(
    job: Job,
    /,
    key: int | None,
    *,
    version: int = 0,
    number: str | None = None,
    contacts: Iterable[Mapping[str, Any]] | None = None,
    is_twin_meant: bool = False,
    **values: Any,
) -> Person:
    """Make a record of a person or company (key None) or change one; fields that are not given
    stay as they are, a blank number draws the next one. `contacts`, when given, are all of them,
    each with person, and title, is_main and note where there is one.

    Refuses: RecordChanged, RecordTaken, PersonTwice (unless `is_twin_meant`), OutOfScope,
    NeedsOverride for private facts, and what `checked` of rules.py and `save_contact` refuse.
    """
    found = None if key is None else person_at(key, version, str(values.get("name", "")))
    if found is not None:
        require_seen_in(job, found)
    made = put_person(job, found, number=number, is_twin_meant=is_twin_meant, **values)
    if contacts is not None:
        replace_contacts(job, made, contacts)
    return made


def person_at(key: int, version: int, name: str = "") -> Person:
    """The person as somebody saw it. Refuses: RecordChanged."""
    return row_at(Person, key, version, PEOPLE, name=name)


def put_person(
    job: Job,
    found: Person | None,
    /,
    *,
    number: str | None = None,
    is_twin_meant: bool = False,
    **values: Any,
) -> Person:
    """The same inside an operation of another floor, which looked at the version."""
    ready = checked(values, found, today=job.day)
    if found is None:
        _complete(ready)
    if any(name in ready and ready[name] != _before(found, name) for name in PRIVATE):
        job.require("see private facts")
    plain = _number_of(job, found, number)
    if not is_twin_meant:
        _refuse_twin(found, ready)

    before = None if found is None else copy_of(found)
    _renew_letters(found, ready)
    if "paper_number" in ready:
        ready["paper_hash"] = blind("paper", ready["paper_number"].text) or None
    made = _stored(job, found, plain, ready)
    if set(PHONES) & set(ready):
        index_phones(made)
    keep_person(before, made)
    if before is not None and before.name != made.name:
        for follow in loaded_in_use("followers"):
            follow(before, made)
    return made


def _stored(job: Job, found: Person | None, number: str, ready: dict[str, Any]) -> Person:
    if found is None:
        made = Person.create(
            key=new_key(), number=number, created_at=job.now, changed_at=job.now, **ready
        )
        job.note(person=made.name, number=number)
        return made
    changes = put(found, number=number, changed_at=job.now, **ready)
    for name in ("changed_at", "paper_hash", "full_pinyin"):
        changes.pop(name, None)
    job.note(person=found.name, number=number, changes=changes)
    return found


def _complete(ready: dict[str, Any]) -> None:
    if not ready.get("name"):
        raise NameMissing()
    ready.setdefault("kind", PERSON)


def _before(found: Person | None, name: str) -> Any:
    return getattr(found if found is not None else Person(), name)


def copy_of(person: Person) -> Person:
    """The record as it is now, to compare with what it becomes."""
    return Person(**person.__data__)


def _number_of(job: Job, found: Person | None, number: str | None) -> str:
    plain = text_of("number", number, 20)
    if not plain:
        return found.number if found is not None else next_person_number(job)
    same = Person.get_or_none(Person.number == plain)
    if same is not None and (found is None or same.key != found.key):
        raise RecordTaken(listing=PEOPLE, name=plain, field="number")
    return plain


def next_person_number(job: Job) -> str:
    """The next free number: the register, then six digits."""
    while True:
        number = f"{job.register}{next_number(job.register, _SERIES):06d}"
        if _HAS_NUMBER.row(number) is None:
            return number


_HAS_NUMBER = Statement('SELECT 1 FROM "person" WHERE "number" = ?')


def _refuse_twin(found: Person | None, ready: dict[str, Any]) -> None:
    """Looked at when one of them changes: who was taken on purpose stays."""
    watched = ("name", "paper_number", *PHONES)
    if found is not None and not any(
        ready.get(n, _before(found, n)) != _before(found, n) for n in watched
    ):
        return
    values = {name: ready.get(name, getattr(found, name, None)) for name in watched}
    for twin in twins_of(values, besides=found.key if found else None):
        if twin.is_sure:
            raise PersonTwice(name=twin.name, number=twin.number, phone=twin.phone)


def _renew_letters(found: Person | None, ready: dict[str, Any]) -> None:
    """Pinyin follows the name; initials that somebody wrote stay until they are emptied."""
    name = ready.get("name", found.name if found else "")
    kind = ready.get("kind", found.kind if found else PERSON)
    letters, full = letters_of(kind, name)
    ready["full_pinyin"] = full
    given = ready.get("pinyin")
    if found is None:
        ready["pinyin"] = given or letters
        return
    is_kept = given is None or given == found.pinyin
    is_automatic = found.pinyin in ("", letters_of(found.kind, found.name)[0])
    if given == "" or (is_kept and is_automatic):
        ready["pinyin"] = letters


def letters_of(kind: str, name: str) -> tuple[str, str]:
    """The initials of a name and its full pinyin, with a blank between syllables; a person's first
    character is a surname.
    """
    if kind == COMPANY:
        return pinyin.initials(name), pinyin.syllables(name, _LONGEST_PINYIN)
    return pinyin.name_initials(name), pinyin.name_syllables(name, _LONGEST_PINYIN)


def index_phones(person: Person) -> None:
    """Bring the look-up of phones to what the record says."""
    PersonPhone.delete().where(PersonPhone.person == person.key).execute()
    for tail, key, line, whole in phone_rows(person.key, [getattr(person, n) for n in PHONES]):
        PersonPhone.create(tail=tail, person=key, line=line, whole=whole)


def phone_rows(key: int, phones: Sequence[Sealed]) -> list[tuple[str, int, int, str]]:
    """The rows of the look-up that these phones of a person have."""
    return [
        (tail, key, line, blind("phone", phone_digits(phone.text)))
        for line, phone in enumerate(phones, 1)
        if (tail := phone_tail(phone.text))
    ]


@operation(right="remove people")
def switch_person(job: Job, key: int, *, version: int) -> Person:
    """Take a person out of the lists, or back in: what points at a record keeps it.

    Refuses: RecordChanged, OutOfScope.
    """
    found = person_at(key, version)
    require_seen_in(job, found)
    before = copy_of(found)
    put(found, is_active=not found.is_active, changed_at=job.now)
    keep_person(before, found)
    job.note(person=found.name, number=found.number, is_active=found.is_active)
    return found


@operation(right="see private numbers")
def record_view(job: Job, key: int, field: str) -> None:
    """Write down that somebody looked at a whole phone or number of papers. Refuses: RecordChanged
    when the record is gone, OutOfScope.
    """
    found = Person.get_or_none(Person.key == key)
    if found is None:
        raise RecordChanged(listing=PEOPLE, name="")
    require_seen_in(job, found)
    job.note(person=found.name, number=found.number, seen=field, what=getattr(found, field))
