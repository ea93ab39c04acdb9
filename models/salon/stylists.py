"""Who serves in the salon (发型师、技师): members of staff with a grade and what they can do."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField
from models.base.keys import new_key
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.trust.founding import Founding
from models.trust.operation import Job, operation
from models.trust.records import (
    LinkUnknown,
    NameMissing,
    RecordInUse,
    RecordTaken,
    first_wrong,
    linked_row,
    put,
    row_at,
    text_of,
)
from models.trust.shipped_names import shipped
from models.trust.users import User

GRADES, STYLISTS = word("Grades"), word("Stylists")
PRICE_LEVELS = (1, 2, 3, 4)
_SHIPPED = ("大工 Senior", "中工 Junior", "小工 Assistant")


class GradeWrong(Refusal):
    """A grade charges one of the four prices of an item."""

    about = ("price_level",)


class StylistWrong(Refusal):
    """A stylist has a number from 1 to 999, and a grade."""


class Grade(Row):
    """A grade of stylists (大工 中工 小工); each has a turn of its own. `price_level`, 1 to 4, says
    which price of a service is charged for their work; one without it costs its first price.
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=20, unique=True)
    position = IntegerField(default=0)
    price_level = IntegerField(default=1)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class Stylist(Row):
    """Somebody who serves: a `user`, found by his `number` (工号). `skills` are what he can do,
    apart by blanks; empty: everything.
    """

    key = KeyField(primary_key=True)
    number = IntegerField(unique=True)
    user = ForeignKeyField(User, unique=True)
    grade = ForeignKeyField(Grade)
    skills = CharField(max_length=200, default="")
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @property
    def name(self) -> str:
        return str(self.user.name)


@operation(right="keep services")
def save_grade(
    job: Job, key: int | None, *, version: int = 0, name: str, position: int = 0,
    price_level: int = 1, is_active: bool = True,
) -> Grade:  # fmt: skip
    """Make a grade (key None) or change one.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken, GradeWrong.
    """
    found = None if key is None else row_at(Grade, key, version, GRADES, name=name)
    title = text_of("name", name, 20)
    if not title:
        raise NameMissing()
    if price_level not in PRICE_LEVELS:
        raise GradeWrong(most=PRICE_LEVELS[-1])
    if Grade.get_or_none(Grade.name == title, Grade.key != (key or 0)) is not None:
        raise RecordTaken(listing=GRADES, name=title, field="name")

    values = {
        "name": title, "position": position, "price_level": price_level, "is_active": is_active,
    }  # fmt: skip
    if found is None:
        job.note(grade=title, price_level=price_level)
        return Grade.create(key=new_key(), **values)
    job.note(grade=title, changes=put(found, **values))
    return found


@operation(right="keep services")
def drop_grade(job: Job, key: int, *, version: int) -> None:
    """Delete a grade that nobody has. Refuses: RecordChanged, RecordInUse."""
    found = row_at(Grade, key, version, GRADES)
    if Stylist.select().where(Stylist.grade == found).exists():
        raise RecordInUse(listing=GRADES, name=found.name)

    found.delete_instance()
    job.note(grade=found.name)


@operation(right="keep services")
def save_stylist(
    job: Job, key: int | None, *, version: int = 0, number: int, user: int, grade: int,
    skills: str = "", is_active: bool = True,
) -> Stylist:  # fmt: skip
    """Let a member of staff serve (key None), or change how. Whose row it is stays.

    Refuses: RecordChanged, StylistWrong, RecordTaken, TextTooLong, LinkUnknown.
    """
    found = None if key is None else row_at(Stylist, key, version, STYLISTS)
    person = found.user if found else linked_row(User, "user", user)
    rank = linked_row(Grade, "grade", grade)
    if person is None:
        raise LinkUnknown(field="user")
    wrong = first_wrong(number=1 <= number <= 999, grade=rank is not None)
    if wrong or rank is None:
        raise StylistWrong(most=999, field=wrong)
    for field, column, value in (
        ("number", Stylist.number, number), ("user", Stylist.user, person.key),
    ):  # fmt: skip
        if Stylist.get_or_none(column == value, Stylist.key != (key or 0)) is not None:
            raise RecordTaken(listing=STYLISTS, name=f"{number} {person.name}", field=field)

    values = {
        "number": number, "user": person, "grade": rank, "is_active": is_active,
        "skills": " ".join(text_of("skills", skills, 200).split()),
    }  # fmt: skip
    if found is None:
        job.note(stylist=person.name, number=number, grade=rank.name)
        return Stylist.create(key=new_key(), **values)
    job.note(stylist=person.name, changes=put(found, **values))
    return found


@operation(right="keep services")
def switch_stylist(job: Job, key: int, *, version: int) -> Stylist:
    """Take somebody off the board, or put him back on. Refuses: RecordChanged."""
    found = row_at(Stylist, key, version, STYLISTS)

    job.note(stylist=found.name, changes=put(found, is_active=not found.is_active))
    return found


# --- looking


def stylist_said(said: str, *, is_active: bool = True) -> Stylist | None:
    """Who is meant by a number, a name or its initials; of several names that begin so, or hold it,
    nobody is meant.
    """
    if said.isdecimal():
        wanted = Stylist.number == int(said)
        return Stylist.get_or_none(wanted, Stylist.is_active) if is_active else (
            Stylist.get_or_none(wanted)
        )  # fmt: skip
    text = said.casefold()
    people = [
        (one, one.name.casefold(), one.user.pinyin or initials(one.name, 40))
        for one in Stylist.select().where(Stylist.is_active).order_by(Stylist.number)
    ]
    for is_meant in (
        lambda name, letters: text in (name, letters),
        lambda name, letters: name.startswith(text) or letters.startswith(text),
        lambda name, letters: text in name,
    ):
        if meant := [one for one, name, letters in people if is_meant(name, letters)]:
            return meant[0] if len(meant) == 1 else None
    return None


def ship(_: Founding | None) -> None:
    """The three usual grades, in a store that has none."""
    if not Grade.select().exists():
        for position, name in enumerate(_SHIPPED, 1):
            Grade.create(key=new_key(), name=shipped(name), position=position)
