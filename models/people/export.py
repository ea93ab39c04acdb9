"""Export of people: the columns that an import reads, so that a round trip changes nothing.

Whole phones and numbers of papers, and personal facts, each only with its right: without it the
columns are left out, so that an import of the file empties nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.imports.import_kind import Field
from models.listings.listings import record_export
from models.people.columns import CHOICES, FIELDS, KIND_WORDS, PAPER_WORDS, SEX_WORDS
from models.people.lists import PersonChoice, PersonGroup
from models.people.persons import PHONES, PRIVATE, Person
from models.sheets.sheets import Cell, write_sheet
from models.trust.guard import require_right
from models.trust.operation import Session, new_uid
from models.trust.users import Rights

PAGE = 400
_NUMBERS = (*PHONES, "paper", "paper_number")
_STEP = " > "
_YES, _NO = "是", "否"


def shown_fields(rights: Rights) -> list[Field]:
    """The columns that somebody with these rights may take out."""
    hidden: set[str] = set()
    if not rights.holds("see private numbers"):
        hidden |= set(_NUMBERS)
    if not rights.holds("see private facts"):
        hidden |= set(PRIVATE)
    return [each for each in FIELDS if each.name not in hidden]


def people_pages(fields: list[Field]) -> Iterator[list[list[Cell]]]:
    """All people by number, a page at each step: each step is one short look at the store. Merged
    records are left out.
    """
    names = {row.key: row.name for row in PersonChoice.select()}
    groups = {row.key: row for row in PersonGroup.select()}
    after = ""
    while rows := list(
        Person.select()
        .where(Person.number > after, Person.merged_into.is_null())
        .order_by(Person.number)
        .limit(PAGE)
    ):
        yield [[_cell(each.name, row, names, groups) for each in fields] for row in rows]
        after = rows[-1].number


def export_people(session: Session, path: Path, *, said: Callable[[str], str] = str) -> int:
    """Write all people to a CSV or XLSX file, by its ending; how many. `said` gives the words of a
    heading.

    Refuses: SignedOut, RightMissing.
    """
    require_right(session, "see people", what="export")
    rights = require_right(session, "export", what="people")
    fields = shown_fields(rights)
    heads = [said(each.title) for each in fields]
    rows = (row for page in people_pages(fields) for row in page)
    count = write_sheet(path, heads, rows)
    record_export(session, "people", rows=count, file=path.name, uid=new_uid())
    return count


def _cell(name: str, person: Person, names: dict[int, str], groups: dict[int, PersonGroup]) -> Cell:
    if name in CHOICES:
        return names.get(getattr(person, f"{name}_id"))
    if name == "group":
        return _path(person.group_id, groups)
    value: Any = getattr(person, name)
    if name in ("phone", "phone2", "phone3", "paper_number"):
        return str(value.text)
    if name in _WORDS:
        return _WORDS[name].get(value, value)
    if isinstance(value, bool):
        return _YES if value else _NO
    return value.isoformat() if name == "birthday" and value else value


_WORDS = {"kind": KIND_WORDS, "sex": SEX_WORDS, "paper": PAPER_WORDS}


def _path(key: int | None, groups: dict[int, PersonGroup]) -> str | None:
    steps: list[str] = []
    while key is not None and key in groups:
        steps.insert(0, groups[key].name)
        key = groups[key].parent_id
    return _STEP.join(steps) or None
