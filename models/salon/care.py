"""What the salon keeps of a client for his skin and his hair: patch tests (皮试), and the
formulas (配方) of colour as they were mixed, which fill a ticket again.

Both are facts of a person that few may see; a test is good for some months.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, JsonField, KeyField
from models.base.keys import new_key
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.goods.goods import Goods
from models.people.merging import keys_of, root_of
from models.people.persons import USES, Person
from models.salon.services import SalonService
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, linked_row, put, row_at, text_of
from models.trust.settings import setting

PATCH_TESTS, FORMULAS = word("Patch tests"), word("Formulas")
patch_test_months = setting("salon.patch_test_months", 6, check=lambda months: 1 <= months <= 120)


class PatchTestWanted(Refusal):
    """A service wants a patch test, and there is none, or it is too old."""


class PatchTestBad(Refusal):
    """A service wants a patch test, and the skin did not bear the last one."""


class PatchTestWrong(Refusal):
    """A patch test is somebody's, of a day that is not to come."""

    about = ("day",)


class FormulaWrong(Refusal):
    """A formula is for a service of somebody, and says what was mixed, in words or in goods."""


class PatchTest(Row):
    """One test: of whom, when, with what (`text`); `is_bad` when the skin did not bear it."""

    key = KeyField(primary_key=True)
    person = ForeignKeyField(Person)
    day = DayField()
    text = CharField(max_length=40, default="")
    is_bad = BooleanField(default=False)
    note = CharField(max_length=100, default="")
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class Formula(Row):
    """What was mixed for a `goods`, a service, of somebody: `text` as it is said (6/0 40 ml, 6% 60
    ml, 35 minutes), `lines` the keys of goods with thousandths of their base units.
    """

    key = KeyField(primary_key=True)
    person = ForeignKeyField(Person)
    goods = ForeignKeyField(Goods, index=False)
    day = DayField()
    text = CharField(max_length=200, default="")
    lines = JsonField()
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


USES.extend((("patch_test", "person_id"), ("formula", "person_id")))


@operation(right="keep care")
def save_patch_test(
    job: Job, key: int | None, *, version: int = 0, person: int, day: date | None = None,
    text: str = "", is_bad: bool = False, note: str = "",
) -> PatchTest:  # fmt: skip
    """Write down a test (key None), today's where no day is said, or put one right.

    Refuses: RecordChanged, LinkUnknown, PatchTestWrong, TextTooLong.
    """
    found = None if key is None else row_at(PatchTest, key, version, PATCH_TESTS)
    of = linked_row(Person, "person", person)
    when = day or job.day
    if of is None:
        raise LinkUnknown(field="person")
    if when > job.day:
        raise PatchTestWrong(day=when)
    values = {
        "person": of, "day": when, "text": text_of("text", text, 40), "is_bad": is_bad,
        "note": text_of("note", note, 100),
    }  # fmt: skip

    job.note(person=of.number, day=when, is_bad=is_bad)
    if found is None:
        return PatchTest.create(key=new_key(), **values)
    put(found, **values)
    return found


@operation(right="keep care")
def save_formula(
    job: Job, key: int | None, *, version: int = 0, person: int, goods: int, text: str = "",
    day: date | None = None, is_active: bool = True, lines: Iterable[Mapping[str, Any]] = (),
) -> Formula:  # fmt: skip
    """Write down what was mixed (key None), or put it right; `lines` are mappings of goods and
    quantity. Refuses: RecordChanged, LinkUnknown, FormulaWrong, TextTooLong.
    """
    found = None if key is None else row_at(Formula, key, version, FORMULAS)
    of, item = linked_row(Person, "person", person), linked_row(Goods, "goods", goods)
    said, mixed = text_of("text", text, 200), [_mixed(line) for line in lines]
    if of is None or item is None or SalonService.get_or_none(SalonService.key == item.key) is None:
        raise FormulaWrong(field="goods")
    if not said and not mixed:
        raise FormulaWrong(field="text")
    values = {
        "person": of, "goods": item, "day": day or job.day, "text": said, "lines": mixed,
        "is_active": is_active,
    }  # fmt: skip

    job.note(person=of.number, service=item.name)
    if found is None:
        return Formula.create(key=new_key(), **values)
    put(found, **values)
    return found


def _mixed(line: Mapping[str, Any]) -> list[int]:
    goods, quantity = linked_row(Goods, "goods", line.get("goods")), line.get("quantity")
    if goods is None or not goods.is_stocked or not quantity or quantity <= Quantity(0):
        raise FormulaWrong(field="lines")
    return [goods.key, quantity.thousandths]


# --- looking


def last_test(person: int) -> PatchTest | None:
    """The last test of a person; one that was bad stays the last."""
    found = PatchTest.select().where(PatchTest.person << keys_of(root_of(person)))
    return max(found, key=lambda test: (test.is_bad, test.day, test.key), default=None)


def require_tested(person: int | None, service: int, day: date) -> None:
    """Refuse a service that wants a test for whoever has none that is good on a day. Refuses:
    PatchTestWanted, PatchTestBad.
    """
    found = SalonService.get_or_none(SalonService.key == service)
    if found is None or not found.needs_test:
        return
    test = last_test(person) if person is not None else None
    item = Goods.get_by_id(service).name
    if test is not None and test.is_bad:
        raise PatchTestBad(item=item, day=test.day, what=test.text)
    if test is None or test.day < _months_before(day, patch_test_months.value()):
        raise PatchTestWanted(item=item, day=test.day if test else "-")


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_formula(person: int, service: int) -> Formula | None:
    """What was mixed last for a service of a person."""
    found: Formula | None = (
        Formula.select()
        .where(
            Formula.person << keys_of(root_of(person)), Formula.goods == service, Formula.is_active
        )
        .order_by(Formula.day.desc(), Formula.key.desc())
        .first()
    )
    return found


def care_of(person: int) -> tuple[list[PatchTest], list[Formula]]:
    """All tests and formulas of a person, the newest first."""
    keys = keys_of(person)
    tests = PatchTest.select().where(PatchTest.person << keys).order_by(PatchTest.day.desc())
    formulas = Formula.select().where(Formula.person << keys).order_by(Formula.day.desc())
    return list(tests), list(formulas)
