"""Rules of points (积分规则): for what, paid how, by whom, on which days somebody gets how many.

Of the rules that fit what was paid the most special one gives: one of the item before one of its
category before one of all, then one of a way to pay, then one of a level, then one of some days. A
rule without an amount gives nothing by itself: it multiplies what the others give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, KeyField, MoneyField
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.goods.basics import below
from models.goods.goods import Category, Goods
from models.ledger.ways.tender_kinds import FOLIO
from models.ledger.ways.tenders import Tender
from models.members.kinds import KINDS, POINTS
from models.members.tenders import ship_tenders
from models.people.lists import PersonChoice
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, linked_row, put, row_at, text_of
from models.trust.settings import setting

POINTS_RULES = word("Points rules")
EVERY_DAY, MOST_POINTS, MOST_TIMES = 0b1111111, 1_000_000, 20

# What 100 points pay, in minor units; 0: points pay nothing.
points_worth = setting("members.points_worth", 100, check=lambda minor: 0 <= minor < MOST_MINOR)
# Points are good to the end of the month so many months after they were earned; 0: for ever.
points_months = setting("members.points_months", 24, check=lambda months: 0 <= months <= 240)

# After how many days a customer is expected again, before three visits say it.
recall_days = setting("members.recall_days", 60, check=lambda days: 1 <= days <= 3_650)


class PointsRuleWrong(Refusal):
    """A rule gives some points for an amount, or multiplies by 2 to 20; not both."""


class PointsRule(Row):
    """One rule: `points` for each full `per` that was paid, or without it `times` as many as the
    others give. A column that says nothing fits all: `weekdays` are bits, Monday the first;
    `month_day` is that day of each month. `number` tells it apart.
    """

    key = KeyField(primary_key=True)
    number = IntegerField(unique=True)
    goods = ForeignKeyField(Goods, null=True)
    category = ForeignKeyField(Category, null=True)
    tender = ForeignKeyField(Tender, null=True)
    level = ForeignKeyField(PersonChoice, null=True)
    per = MoneyField(null=True)
    points = IntegerField(default=0)
    times = IntegerField(default=1)
    weekdays = IntegerField(default=EVERY_DAY)
    month_day = IntegerField(null=True)
    since = DayField(null=True)
    until = DayField(null=True)
    note = CharField(max_length=60, default="")
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @property
    def of(self) -> tuple[object, ...]:
        """What it is a rule of: two of the same would contradict each other."""
        return (
            self.goods_id, self.category_id, self.tender_id, self.level_id, self.per is None,
            self.weekdays, self.month_day, self.since, self.until,
        )  # fmt: skip

    @property
    def rank(self) -> tuple[bool, ...]:
        """How special it is; more is more."""
        days = (self.since, self.until, self.month_day)
        return (
            self.goods_id is not None, self.category_id is not None, self.tender_id is not None,
            self.level_id is not None, self.weekdays != EVERY_DAY or any(days),
        )  # fmt: skip


@operation(right="keep points")
def save_points_rule(
    job: Job, key: int | None, *, version: int = 0, goods: int | None = None,
    category: int | None = None, tender: int | None = None, level: int | None = None,
    per: Money | None = None, points: int = 0, times: int = 1, weekdays: int = EVERY_DAY,
    month_day: int | None = None, since: date | None = None, until: date | None = None,
    note: str = "", is_active: bool = True,
) -> PointsRule:  # fmt: skip
    """Make a rule (key None) or change one; what was given by it stays. The first one makes points
    a way to pay.

    Refuses: RecordChanged, PointsRuleWrong, RecordTaken, LinkUnknown, TextTooLong.
    """
    found = None if key is None else row_at(PointsRule, key, version, POINTS_RULES)
    amount = per if per else None
    wrong = first_wrong(
        per=not points if amount is None else 0 < amount.minor < MOST_MINOR,
        points=0 <= points <= MOST_POINTS,
        times=times == 1 if amount else 2 <= times <= MOST_TIMES,
        category=goods is None or category is None, weekdays=0 < weekdays <= EVERY_DAY,
        month_day=month_day is None or 1 <= month_day <= 31,
        until=since is None or until is None or since <= until,
    )  # fmt: skip
    if wrong:
        raise PointsRuleWrong(field=wrong, most=MOST_TIMES)
    values = {
        "goods": linked_row(Goods, "goods", goods), "tender": linked_row(Tender, "tender", tender),
        "category": linked_row(Category, "category", category),
        "level": linked_row(PersonChoice, "level", level), "per": amount, "points": points,
        "times": times, "weekdays": weekdays, "month_day": month_day, "since": since,
        "until": until, "note": text_of("note", note, 60), "is_active": is_active,
    }  # fmt: skip
    asked = PointsRule(**values)
    for other in PointsRule.select().where(PointsRule.key != (key or 0)):
        if other.of == asked.of:
            raise RecordTaken(listing=POINTS_RULES, name=str(other.number), field="goods")

    if found is None:
        ship_tenders(kinds=(POINTS,))
        last = PointsRule.select().order_by(PointsRule.number.desc()).first()
        number = 1 if last is None else last.number + 1
        job.note(points_rule=number, per=amount, points=points, times=times)
        return PointsRule.create(key=new_key(), number=number, **values)
    job.note(points_rule=found.number, changes=put(found, **values))
    return found


@operation(right="keep points")
def switch_points_rule(job: Job, key: int, *, version: int) -> PointsRule:
    """Let a rule give no more, or again. Refuses: RecordChanged."""
    found = row_at(PointsRule, key, version, POINTS_RULES)

    job.note(points_rule=found.number, changes=put(found, is_active=not found.is_active))
    return found


# --- looking


@dataclass(frozen=True, slots=True)
class PaidFor:
    """What a rule is looked up for: goods, by which way they were paid (None: by goods that came
    back for them), by whom and when.
    """

    goods: int | None
    category: int | None
    tender: int | None
    level: int | None
    day: date


class RulesInForce:
    """All rules that give something, with the categories below each."""

    def __init__(self) -> None:
        self.rules = list(PointsRule.select().where(PointsRule.is_active))
        self._below = {
            rule.category_id: frozenset(below(rule.category_id))
            for rule in self.rules if rule.category_id is not None
        }  # fmt: skip

    def giving(self, paid: PaidFor, *, is_earning: bool) -> PointsRule | None:
        """The most special rule that gives points; what pays with something that was paid ahead or
        is not paid yet (not `is_earning`) has those of rules that name it alone.
        """
        fitting = [
            rule for rule in self._fitting(paid)
            if rule.per is not None and (is_earning or rule.tender_id is not None)
        ]  # fmt: skip
        return max(fitting, key=lambda rule: (rule.rank, -rule.number), default=None)

    def times(self, paid: PaidFor) -> int:
        """The most by which one of the others multiplies it."""
        return max((rule.times for rule in self._fitting(paid) if rule.per is None), default=1)

    def _fitting(self, paid: PaidFor) -> Iterable[PointsRule]:
        return [rule for rule in self.rules if self._fits(rule, paid)]

    def _fits(self, rule: PointsRule, paid: PaidFor) -> bool:
        day = paid.day
        return (
            rule.goods_id in (None, paid.goods)
            and (rule.category_id is None or paid.category in self._below[rule.category_id])
            and rule.tender_id in (None, paid.tender)
            and rule.level_id in (None, paid.level)
            and bool(rule.weekdays >> day.weekday() & 1)
            and rule.month_day in (None, day.day)
            and (rule.since is None or rule.since <= day)
            and (rule.until is None or day <= rule.until)
        )


def earns(tender: Tender) -> bool:
    """Whether a way to pay brings points by rules for all: what was paid ahead, was given, or is
    owed on an account does not.
    """
    return tender.kind not in KINDS and FOLIO not in tender.what.needs
