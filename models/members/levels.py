"""Levels of members (会员等级): who has which by what he spent, how often he came, how many points
he got; graded anew at the close of the day, and what he had before is kept.

Up at once, at the close of the day on which he reaches it. Down when the time is over for which he
has it. What a level costs less is a promotion for it (selling/promotion_rows.py). A level without a
rule is given by hand, and never graded.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement, rows_in
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.ledger.kinds import SALE
from models.people.index import keep_person
from models.people.lists import LEVEL, PersonChoice
from models.people.merging import keys_of, root_of
from models.people.persons import USES, Person
from models.people.records import copy_of
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, RecordTaken, first_wrong, linked_row, put, row_at
from models.trust.settings import setting

LEVEL_RULES = word("Rules of levels")
GRADED, BY_HAND = "graded", "hand"
# What is spent counts so many months back, and a level is kept so many before it may fall; 0: what
# was ever spent counts, and no level falls.
level_months = setting("members.level_months", 12, check=lambda months: 0 <= months <= 120)
_EVER = date(1900, 1, 1)
_BLOCK = 200
# The day of a sale `d`, or of that which it takes back, `r`.
SOLD_ON = f'CASE WHEN d."kind" <> \'{SALE}\' AND r."day" IS NOT NULL THEN r."day" ELSE d."day" END'


class LevelRuleWrong(Refusal):
    """A rule of a level asks for an amount, visits or points: at least one of them."""


class LevelRule(Row):
    """What a level asks for: any one of what it says is enough. `rank`, the higher the better."""

    key = KeyField(primary_key=True)
    level = ForeignKeyField(PersonChoice, unique=True)
    rank = IntegerField(default=1)
    spent = MoneyField(null=True)
    visits = IntegerField(null=True)
    points = IntegerField(null=True)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class LevelStep(Row):
    """One change of a level: of whom, on which day, from what to what, `spent`, `visits` and
    `points` behind the day `since` up to then, and until when it is kept. `why` says whether it was
    graded or found changed by hand.
    """

    key = KeyField(primary_key=True)
    person = BigIntegerField(index=True)
    day = DayField()
    at = InstantField()
    before = BigIntegerField(null=True)
    after = BigIntegerField(null=True)
    # As it was.
    name = CharField(max_length=40, default="")
    why = CharField(max_length=8, default=GRADED)
    since = DayField()
    spent = MoneyField()
    visits = IntegerField()
    points = IntegerField()
    kept_until = DayField(null=True)
    mark = MarkField()


LevelStep.add_index(LevelStep.kept_until)
USES.append(("level_step", "person"))


@operation(right="keep points")
def save_level_rule(
    job: Job, key: int | None, *, version: int = 0, level: int, rank: int = 1,
    spent: Money | None = None, visits: int | None = None, points: int | None = None,
    is_active: bool = True,
) -> LevelRule:  # fmt: skip
    """Say what a level asks for (key None), or something else. Nobody is graded by it before the
    next close, or `grade_block`.

    Refuses: RecordChanged, LinkUnknown, LevelRuleWrong, RecordTaken.
    """
    found = None if key is None else row_at(LevelRule, key, version, LEVEL_RULES)
    of = linked_row(PersonChoice, "level", level)
    if of is None or of.kind != LEVEL:
        raise LinkUnknown(field="level")
    wrong = first_wrong(
        spent=spent is None or 0 <= spent.minor < MOST_MINOR,
        visits=visits is None or 0 < visits < 100_000,
        points=points is None or 0 < points < 1_000_000_000, rank=1 <= rank <= 99,
    )  # fmt: skip
    if wrong or (spent, visits, points) == (None, None, None):
        raise LevelRuleWrong(field=wrong or "spent")
    same = LevelRule.select().where(
        (LevelRule.level == of) | (LevelRule.rank == rank), LevelRule.key != (key or 0)
    )
    if other := same.first():
        field = "level" if other.level_id == of.key else "rank"
        raise RecordTaken(listing=LEVEL_RULES, name=other.level.name, field=field)

    values = {
        "level": of, "rank": rank, "spent": spent, "visits": visits, "points": points,
        "is_active": is_active,
    }  # fmt: skip
    if found is None:
        job.note(level=of.name, spent=spent, visits=visits, points=points)
        return LevelRule.create(key=new_key(), **values)
    job.note(level=of.name, changes=put(found, **values))
    return found


@operation(right="keep points")
def switch_level_rule(job: Job, key: int, *, version: int) -> LevelRule:
    """Grade nobody to a level any more, or again. Refuses: RecordChanged."""
    found = row_at(LevelRule, key, version, LEVEL_RULES)

    job.note(level=found.level.name, changes=put(found, is_active=not found.is_active))
    return found


@operation(right="keep points")
def grade_block(job: Job, after: int) -> int:
    """Grade the next members behind this record (0: the first): after a rule has changed. The last
    one that was looked at, 0 when there are no more.
    """
    people = [
        row.key for row in Person.select(Person.key)
        .where(Person.key > after, Person.merged_into.is_null(), Person.is_active)
        .order_by(Person.key).limit(_BLOCK)
    ]  # fmt: skip
    _grade(job, people)
    return people[-1] if len(people) == _BLOCK else 0


# --- the day's close

_BOUGHT = Statement(
    'SELECT DISTINCT s."person" FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    'WHERE s."person" IS NOT NULL AND d."day" = ?'
)

# What ends with this day, or ended since the last one that was closed.
_OVER = Statement(
    'SELECT DISTINCT "person" FROM "level_step" WHERE "kept_until" <= ? AND "kept_until" > '
    'coalesce((SELECT max("date") FROM "business_day" WHERE "date" < ?), \'1900-01-01\') '
    'AND "day" < ?'
)


def grade_members(job: Job) -> None:
    """The day's close: whoever bought something today, or whose level is kept no longer."""
    if not LevelRule.select().where(LevelRule.is_active).exists():
        return
    day = job.day.isoformat()
    bought = {root_of(int(key)) for (key,) in _BOUGHT.rows(day)}
    over = {root_of(int(key)) for (key,) in _OVER.rows(day, day, day)}
    _grade(job, sorted(bought | over))


def _grade(job: Job, people: Sequence[int]) -> None:
    rules = list(
        LevelRule.select().where(LevelRule.is_active).order_by(LevelRule.rank.desc())
    )  # fmt: skip
    since, graded = _since(job.day), 0
    for key in people:
        person: Person | None = Person.get_or_none(Person.key == key)
        if person is not None and rules:
            graded += _grade_one(job, person, rules, since)
    job.note(graded=graded)


def _since(day: date) -> date:
    months = level_months.value()
    if not months:
        return _EVER
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _grade_one(job: Job, person: Person, rules: Sequence[LevelRule], since: date) -> bool:
    last = last_step(person.key)
    known = last.after if last is not None else None
    if known != person.level_id:
        # Somebody chose another one since: he has it for as long as one that was graded.
        last = _step(job, person, before=known, why=BY_HAND, did=did_of(person.key, since))
    ranks = {rule.level_id: rule.rank for rule in rules}
    if person.level_id is not None and person.level_id not in ranks:
        return False
    did = did_of(person.key, since)
    due = next((rule for rule in rules if reaches(rule, did)), None)
    level = due.level_id if due else None
    rises = ranks.get(level, 0) > ranks.get(person.level_id, 0)
    is_kept = last is not None and (last.kept_until is None or last.kept_until > job.day)
    if level == person.level_id:
        if last is not None and not is_kept:
            # Reached again: he has it for as long as at first.
            _step(job, person, before=level, why=GRADED, did=did)
        return False
    if not rises and is_kept:
        return False
    before, old = copy_of(person), person.level_id
    put(person, level=level, changed_at=job.now)
    keep_person(before, person)
    _step(job, person, before=old, why=GRADED, did=did)
    return True


Did = tuple[date, int, int, int]
# What comes back counts on the day on which it was sold.
_SPENT = (
    'SELECT coalesce(sum(d."total"), 0), '
    f'count(DISTINCT CASE WHEN d."kind" = \'{SALE}\' THEN d."day" END) FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" '
    'LEFT JOIN "document" r ON r."key" = d."reverses_id" '
    f'WHERE {SOLD_ON} > ? AND s."person" IN (...)'
)
_POINTS = (
    'SELECT coalesce(sum(p."points"), 0) FROM "points_bill" p JOIN "document" d '
    'ON d."key" = p."document_id" WHERE d."day" > ? AND p."person" IN (...)'
)


def did_of(person: int, since: date) -> Did:
    """What somebody spent behind a day in minor units, on how many days he bought something, how
    many points his bills brought.
    """
    keys, day = keys_of(person), since.isoformat()
    spent, visits = rows_in(_SPENT, keys, day)[0]
    points = rows_in(_POINTS, keys, day)[0][0]
    return since, int(spent), int(visits), int(points)


def reaches(rule: LevelRule, did: Did) -> bool:
    """Whether any one of what a level asks for is reached."""
    _, spent, visits, points = did
    return (
        (rule.spent is not None and spent >= rule.spent.minor)
        or (rule.visits is not None and visits >= rule.visits)
        or (rule.points is not None and points >= rule.points)
    )


def _step(job: Job, person: Person, *, before: int | None, why: str, did: Did) -> LevelStep:
    since, spent, visits, points = did
    months = level_months.value()
    year, month = divmod(job.day.year * 12 + job.day.month - 1 + months, 12)
    until = date(year, month + 1, min(job.day.day, monthrange(year, month + 1)[1]))
    is_kept = months and person.level_id is not None
    return LevelStep.create(
        key=new_key(), person=person.key, day=job.day, at=job.now, before=before,
        after=person.level_id,
        name=person.level.name if person.level_id else "", why=why, since=since,
        spent=Money(spent, store_currency()), visits=visits, points=points,
        kept_until=until if is_kept else None,
    )  # fmt: skip


# --- looking


def last_step(person: int) -> LevelStep | None:
    """The last change of a level of a person."""
    found: LevelStep | None = (
        LevelStep.select().where(LevelStep.person == person)
        .order_by(LevelStep.day.desc(), LevelStep.key.desc()).first()
    )  # fmt: skip
    return found


def steps_of(person: int) -> list[LevelStep]:
    """All of them, with those of records that he stands for, the newest first."""
    rows = LevelStep.select().where(LevelStep.person << keys_of(person))
    return list(rows.order_by(LevelStep.day.desc(), LevelStep.key.desc()))


def levels_named(keys: Iterable[int | None]) -> dict[int, str]:
    """What levels are called."""
    found: Any = PersonChoice.select().where(PersonChoice.key << [key for key in keys if key])
    return {row.key: row.name for row in found}
