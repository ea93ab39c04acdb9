"""Import of people: what a row means for the store, and how a block of them is stored.

A row is the person who is there when his number is, or his number of papers, or his phone and name;
a row with neither phone nor papers also when his name is the only one. Else he is new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from models.base import clock, pinyin
from models.base.database import store_number
from models.base.hot import Statement, insert
from models.base.keys import new_key
from models.base.words import word
from models.imports.import_kind import Earlier, ImportKind, Record, Verdict
from models.people.columns import CHOICES, FIELDS
from models.people.index import PEOPLE_INDEX, indexed
from models.people.known import Known, look_up, phones_of, steps_of
from models.people.lists import PersonChoice, PersonGroup
from models.people.papers import is_paper, kind_of, paper_text
from models.people.people_undo import undo
from models.people.persons import PERSON, PHONES, PRIVATE, Person, PersonPhone
from models.people.records import letters_of, next_person_number, phone_rows
from models.people.rules import EARLIEST
from models.search.index import keep_index
from models.search.waiting import index_waiting, unindex, wait_for_index
from models.trust.operation import Job
from models.trust.sealed import Sealed, blind, phone_digits

_DEEPEST = 8
# The columns of a person that a sheet can set, but the number.
COLUMNS = (
    "kind", "name", "other_name", "full_pinyin", "pinyin", "sex", *PHONES, "paper", "paper_number",
    "paper_hash", "email", "wechat", "city", "address", "group", *CHOICES, "tags", "tax_number",
    "wants", "product_kinds", "product_used", "notes", "birthday", "is_lunar", "family", "income",
    "likes", "health", "photo", "may_write", "may_show", "is_active",
)  # fmt: skip
LINKED = ("group", *CHOICES)
# An empty cell of these leaves what is there; of the others it empties the field.
_KEEP_WHEN_EMPTY = {"number", "kind", "name", "pinyin", "is_active", "is_lunar", *PHONES}
_KEEP_WHEN_EMPTY |= {"paper", "paper_number", "may_write", "may_show"}


@dataclass(slots=True)
class Work:
    """What is to be stored for one row: values by field, links as keys, and links to be made."""

    values: dict[str, Any]
    old: Person | None = None
    number: str = ""
    links: dict[str, str] = field(default_factory=dict)


# --- the row alone


def _check(record: Record, seen: dict[str, Any]) -> None:
    values = record.values
    if not values.get("name") and not values.get("number"):
        if not record.problems:
            record.refuse("missing_name", "name")
        return
    _check_paper(record)
    born = values.get("birthday")
    if born is not None and not EARLIEST <= born <= clock.now().date():
        record.refuse("bad_date", "birthday", born)
    number = values.get("number")
    numbers: Earlier = seen.setdefault("numbers", Earlier())
    if number and (row := numbers.row(number)):
        record.refuse("duplicate_number_in_file", "number", f"{number}: {row}")
    elif number and not record.problems:
        numbers.note(number, record.line)
    _check_twice(record, seen.setdefault("people", Earlier()))


def _check_paper(record: Record) -> None:
    values = record.values
    number = values.get("paper_number")
    if not number:
        return
    plain = paper_text(number.text)
    kind = kind_of(values.get("paper") or "", plain)
    if not is_paper(kind, plain):
        record.refuse("bad_paper", "paper_number", number)
        return
    values["paper"], values["paper_number"] = kind, Sealed(plain)


def _check_twice(record: Record, people: Earlier) -> None:
    """The same phone and name in an earlier row is the same person."""
    values = record.values
    for phone in phones_of(values):
        if not record.problems and not values.get("number"):
            who = (phone_digits(phone.text), values.get("name") or "")
            if row := people.row(who):
                record.refuse("duplicate_person_in_file", "name", f"{who[1]}: {row}")
            people.note(who, record.line)


# --- the row and the store


def _compare(records: list[Record]) -> None:
    known = look_up(records)
    for record in records:
        _judge(record, known)


def _judge(record: Record, known: Known) -> None:
    key = _identity(record, known)
    if record.problems:
        return
    old = known.people.get(key) if key else None
    work = Work(_wanted(record, old), old, record.values.get("number") or "")
    _link(record, known, work)
    if old is None and not work.values.get("name"):
        record.refuse("missing_name", "name")
    if old is None and not record.problems:
        _warn_of_twin(record, known)
    if record.problems:
        return
    record.subject, record.work = key, work
    record.verdict = _verdict(work)


def _identity(record: Record, known: Known) -> int | None:
    """The key of the person whom the row is about, or None for somebody new."""
    values = record.values
    if number := values.get("number"):
        return known.numbers.get(number)
    name, phones = values.get("name") or "", phones_of(values)
    if paper := values.get("paper_number"):
        found = known.papers.get(blind("paper", paper.text), set())
    elif phones:
        found = known.of_name(name, known.of_phones(phones))
    else:
        found = known.names.get(name, set())
    if len(found) > 1:
        record.refuse("ambiguous_person", "name", name)
    return next(iter(found), None)


def _warn_of_twin(record: Record, known: Known) -> None:
    for phone in phones_of(record.values):
        if known.of_phones([phone]):
            record.warn("same_phone", "phone", phone)
            return


def _wanted(record: Record, old: Person | None) -> dict[str, Any]:
    """The fields as they shall be, those that the sheet has."""
    blank, wanted = Person(), {}
    for name, value in record.values.items():
        if name == "number" or name in LINKED:
            continue
        if value is None and (old is None or name in _KEEP_WHEN_EMPTY):
            continue
        wanted[name] = getattr(blank, name) if value is None else value
    if "paper_number" in wanted:
        wanted["paper_hash"] = blind("paper", wanted["paper_number"].text) or None
    if old is None:
        wanted.setdefault("kind", PERSON)
    if old is not None and "name" in wanted and wanted["name"] != old.name:
        letters, full = letters_of(wanted.get("kind", old.kind), wanted["name"])
        wanted["full_pinyin"] = full
        if old.pinyin in ("", letters_of(old.kind, old.name)[0]):
            wanted.setdefault("pinyin", letters)
    return wanted


def _link(record: Record, known: Known, work: Work) -> None:
    """Group and lists by their names; what is not there yet is made."""
    for name in LINKED:
        if name not in record.values:
            continue
        text = record.values[name]
        if text is None:
            if work.old is not None:
                work.values[name] = None
            continue
        found = known.link(name, text)
        work.values[name] = found
        if found is None:
            work.links[name] = text
    group = work.links.get("group", "")
    steps = steps_of(group)
    if group and not steps:
        record.refuse("missing_name", "group", group)
    if len(steps) > _DEEPEST or any(len(part) > 40 for part in steps):
        record.refuse("too_long", "group", group)


def _verdict(work: Work) -> Verdict:
    old = work.old
    if old is None:
        return Verdict.NEW
    has_changed = any(held(old, name) != value for name, value in work.values.items())
    return Verdict.CHANGED if has_changed or work.links else Verdict.UNCHANGED


def held(person: Person, name: str) -> Any:
    """What a person holds in a field, a link as its key."""
    return getattr(person, f"{name}_id" if name in LINKED else name)


# --- storing


_FIELDS = Person._meta.fields
_NEW = insert(Person, f"store key number {' '.join(COLUMNS)} created_at changed_at version")
_SETS = ", ".join(f'"{_FIELDS[name].column_name}" = ?' for name in COLUMNS)
_CHANGE = Statement(
    f'UPDATE "person" SET {_SETS}, "changed_at" = ?, "version" = "version" + 1 WHERE "key" = ?'
)
_PHONE = insert(PersonPhone, "store tail person line whole")
_OLD_PHONES = Statement('DELETE FROM "person_phone" WHERE "person" = ?')


def _store(job: Job, records: list[Record]) -> None:
    if any(record.work.values.get(name) for record in records for name in PRIVATE):
        job.require("see private facts")
    made = _make_links(records)
    now, store = clock.micros(job.now), store_number()
    new, changed, phones, gone = [], [], [], []
    said = {record.work.number for record in records}
    for record in records:
        work: Work = record.work
        if work.old is None:
            record.subject = new_key()
            number = work.number or _next_number(job, said)
            new.append((store, record.subject, number, *_new_row(work), now, now, 1))
        else:
            row = [_db_value(name, _now(work, name)) for name in COLUMNS]
            changed.append((*row, now, record.subject))
            gone.append((record.subject,))
        assert record.subject is not None
        sealed = [_now(work, name) for name in PHONES]
        phones += [(store, *each) for each in phone_rows(record.subject, sealed)]
        record.before = _before(work) | {"made": made.get(record.line, [])}
    _NEW.many(new)
    before = indexed(keys := [row[-1] for row in changed])
    _CHANGE.many(changed)
    keep_index(PEOPLE_INDEX, before, indexed(keys))
    wait_for_index(PEOPLE_INDEX, [row[1] for row in new])
    _OLD_PHONES.many(gone)
    _PHONE.many(phones)


def _next_number(job: Job, said: set[str]) -> str:
    """The next number that no row beside it says."""
    while (number := next_person_number(job)) in said:
        pass
    return number


_BLANK = Person()
# A new record of which nothing is said, as the columns store it.
_BLANK_ROW = [_FIELDS[name].db_value(held(_BLANK, name)) for name in COLUMNS]
_PLACES = {name: place for place, name in enumerate(COLUMNS)}


def _new_row(work: Work) -> list[Any]:
    values = work.values
    letters, values["full_pinyin"] = letters_of(values["kind"], values["name"])
    values["pinyin"] = (values.get("pinyin") or letters).lower()
    row = list(_BLANK_ROW)
    for name, value in values.items():
        row[_PLACES[name]] = _db_value(name, value)
    return row


def _db_value(name: str, value: Any) -> Any:
    return value if type(value) is str or value is None else _FIELDS[name].db_value(value)


def _now(work: Work, name: str) -> Any:
    """What a person is to hold in a field."""
    if name in work.values:
        return work.values[name]
    return held(work.old if work.old is not None else _BLANK, name)


def _before(work: Work) -> dict[str, Any]:
    """What undoing needs: the old values as the columns store them."""
    if work.old is None:
        return {}
    old = {
        name: _FIELDS[name].db_value(held(work.old, name))
        for name, value in work.values.items()
        if held(work.old, name) != value
    }
    return {"old": old, "version": work.old.version + 1}


def _make_links(records: list[Record]) -> dict[int, list[list[Any]]]:
    """Make the groups and entries of lists that these rows name first; what was made, by row."""
    known: dict[tuple[str, str], int] = {}
    made: dict[int, list[list[Any]]] = {}
    for record in records:
        for name, text in record.work.links.items():
            if (name, text) not in known:
                key, keys = _make_group(text) if name == "group" else _make_choice(name, text)
                known[name, text] = key
                made.setdefault(record.line, []).extend(keys)
            record.work.values[name] = known[name, text]
    return made


def _make_choice(name: str, text: str) -> tuple[int, list[list[Any]]]:
    from models.people.persons import CHOICE_FIELDS

    kind = CHOICE_FIELDS[name]
    made = PersonChoice.create(
        key=new_key(), kind=kind, name=text, pinyin=pinyin.initials(text, 40), position=99
    )
    return made.key, [["choice", made.key]]


def _make_group(path: str) -> tuple[int, list[list[Any]]]:
    """The group at a path, with what is missing above it."""
    parent: PersonGroup | None = None
    made: list[list[Any]] = []
    for name in steps_of(path):
        beside = PersonGroup.parent.is_null() if parent is None else PersonGroup.parent == parent
        found = PersonGroup.get_or_none(PersonGroup.name == name, beside)
        if found is None:
            letters = pinyin.initials(name, 40)
            found = PersonGroup.create(key=new_key(), name=name, pinyin=letters, parent=parent)
            made.insert(0, ["group", found.key])
        parent = found
    assert parent is not None
    return parent.key, made


PEOPLE = ImportKind(
    "people", "keep people", word("People"), FIELDS, (("number", "name"),),
    check=_check, compare=_compare, store=_store, undo=undo, load=pinyin.load,
    after=partial(index_waiting, PEOPLE_INDEX), before_undo=partial(unindex, PEOPLE_INDEX),
    export="models.people.export:export_people",
)  # fmt: skip
