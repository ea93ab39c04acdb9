"""What the staff of the salon get for a line (提成): by item, grade, asked for or not, member or
not.

Of the rules that fit a line the most special one pays: one of the item before one of its category
before one of all, then one of a grade, then one of asked or turn, then one of members or others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, MoneyField, RateField
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.goods.goods import Category, Goods
from models.salon.stylists import Grade
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, linked_row, put, row_at, text_of

RULES = word("Commission rules")
# Of what a share is paid.
LIST, PAID, NET, MARGIN = "list", "paid", "net", "margin"
BASE_WORDS = {
    LIST: word("list price"), PAID: word("what was paid"), NET: word("without tax"),
    MARGIN: word("less goods used"),
}  # fmt: skip
# Whom the customer asked for, or whose turn it was.
ASKED, TURN = "asked", "turn"
# Whose bill it is.
MEMBER, OTHER = "member", "other"


class CommissionRuleWrong(Refusal):
    """A rule pays up to the whole of its base, or a sum above nothing for each; not both."""


class CommissionRule(Row):
    """One rule. It pays `rate` of its `base`: the price of the list, what was `paid` (discounts
    off), what is `net` of tax, or the `margin` above the goods that were used; or `each` for one,
    whatever it brought. A column that says nothing (null, "") fits all. `number` tells it apart.
    """

    key = KeyField(primary_key=True)
    number = IntegerField(unique=True)
    goods = ForeignKeyField(Goods, null=True)
    category = ForeignKeyField(Category, null=True)
    grade = ForeignKeyField(Grade, null=True)
    way = CharField(max_length=10, default="")
    buyer = CharField(max_length=10, default="")
    base = CharField(max_length=10, default=PAID)
    rate = RateField(default=Rate(0))
    each = MoneyField(null=True)
    note = CharField(max_length=60, default="")
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @property
    def of(self) -> tuple[object, ...]:
        """What it is a rule of: two of the same would contradict each other."""
        return self.goods_id, self.category_id, self.grade_id, self.way, self.buyer

    @property
    def rank(self) -> tuple[bool, ...]:
        """How special it is; more is more."""
        return (
            self.goods_id is not None, self.category_id is not None, self.grade_id is not None,
            bool(self.way), bool(self.buyer),
        )  # fmt: skip


@operation(right="keep commission")
def save_commission_rule(
    job: Job, key: int | None, *, version: int = 0, goods: int | None = None,
    category: int | None = None, grade: int | None = None, way: str = "", buyer: str = "",
    base: str = PAID, rate: Rate | None = None, each: Money | None = None, note: str = "",
    is_active: bool = True,
) -> CommissionRule:  # fmt: skip
    """Make a rule (key None) or change one; what was paid by it stays as it is.

    Refuses: RecordChanged, CommissionRuleWrong, RecordTaken, LinkUnknown, TextTooLong.
    """
    found = None if key is None else row_at(CommissionRule, key, version, RULES)
    part, sum_each = rate or Rate(0), each if each else None
    wrong = first_wrong(
        way=way in ("", ASKED, TURN), buyer=buyer in ("", MEMBER, OTHER), base=base in BASE_WORDS,
        each=sum_each is None or (0 < sum_each.minor < MOST_MINOR and not part.millionths),
        rate=bool(sum_each) or 0 < part.millionths <= ONE.millionths,
        category=goods is None or category is None,
    )  # fmt: skip
    if wrong:
        raise CommissionRuleWrong(field=wrong)
    values = {
        "goods": linked_row(Goods, "goods", goods), "grade": linked_row(Grade, "grade", grade),
        "category": linked_row(Category, "category", category), "way": way, "buyer": buyer,
        "base": base, "rate": part, "each": sum_each, "note": text_of("note", note, 60),
        "is_active": is_active,
    }  # fmt: skip
    asked = CommissionRule(**values)
    for other in CommissionRule.select().where(CommissionRule.key != (key or 0)):
        if other.of == asked.of:
            raise RecordTaken(listing=RULES, name=str(other.number), field="goods")

    if found is None:
        last = CommissionRule.select().order_by(CommissionRule.number.desc()).first()
        number = 1 if last is None else last.number + 1
        job.note(rule=number, base=base, rate=part, each=sum_each)
        return CommissionRule.create(key=new_key(), number=number, **values)
    job.note(rule=found.number, changes=put(found, **values))
    return found


@operation(right="keep commission")
def switch_commission_rule(job: Job, key: int, *, version: int) -> CommissionRule:
    """Let a rule pay no more, or again. Refuses: RecordChanged."""
    found = row_at(CommissionRule, key, version, RULES)

    job.note(rule=found.number, changes=put(found, is_active=not found.is_active))
    return found


# --- looking


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What a rule is looked up for: one who had a hand in one line."""

    goods: int | None
    category: int | None
    grade: str
    is_asked: bool
    is_member: bool


def rule_for(rules: Iterable[CommissionRule], work: WorkDone) -> CommissionRule | None:
    """The most special rule that fits, or None: nothing is paid."""
    fitting = [rule for rule in rules if _fits(rule, work)]
    return max(fitting, key=lambda rule: (rule.rank, -rule.number), default=None)


def _fits(rule: CommissionRule, work: WorkDone) -> bool:
    way = ASKED if work.is_asked else TURN
    buyer = MEMBER if work.is_member else OTHER
    return (
        rule.goods_id in (None, work.goods)
        and rule.category_id in (None, work.category)
        and (rule.grade_id is None or rule.grade.name == work.grade)
        and rule.way in ("", way)
        and rule.buyer in ("", buyer)
    )


def rules_in_force() -> list[CommissionRule]:
    """All rules that pay."""
    grades = {grade.key: grade for grade in Grade.select()}
    rules = list(CommissionRule.select().where(CommissionRule.is_active))
    for rule in rules:
        if rule.grade_id is not None:
            rule.grade = grades[rule.grade_id]
    return rules
