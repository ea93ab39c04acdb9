"""What the staff of the salon get (提成): for a line, by item, grade, asked for or not, member or
not; for a card sold, by its kind and grade.

Of the rules that fit the most special one pays: one of the item before one of its category before
one of all, then one of a grade, then one of asked or turn, then one of members or others.

A rule of work may rise with what somebody brought in the month (`steps`), and says how much of what
a card pays counts (`cards`): who pays at the sale of a card and again at its use pays twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, MoneyField, RateField
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watched_rows import KeptRows, stamp_of
from models.base.watching import MarkField
from models.base.words import word
from models.goods.goods import Category, Goods
from models.members.card_kinds import CardKind
from models.salon.commission_steps import read_steps
from models.salon.stylists import Grade
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, linked_row, put, row_at, text_of
from models.trust.settings import setting

RULES = word("Commission rules")
# Of what a share is paid.
LIST, PAID, NET, MARGIN = "list", "paid", "net", "margin"
BASE_WORDS = {
    LIST: word("list price"), PAID: word("what was paid"), NET: word("without tax"),
    MARGIN: word("less goods used"),
}  # fmt: skip
# What it pays for: work on a bill, or a card sold or topped up.
WORK, CARD = "work", "card"
# What counts of that which a card pays: all of it, what was paid for the card, nothing.
ALL, PRINCIPAL, NONE = "all", "principal", "none"
EVENT_WORDS = {WORK: word("work on a bill"), CARD: word("card sold or topped up")}
CARD_WORDS = {
    ALL: word("counts whole"), PRINCIPAL: word("without the bonus"), NONE: word("does not count"),
}  # fmt: skip
# Whom the customer asked for, or whose turn it was.
ASKED, TURN = "asked", "turn"
# Whose bill it is.
MEMBER, OTHER = "member", "other"


# Whether the staff get something at the sale of a card and again when it pays for their work.
both_ends = setting("salon.both_ends", False)
# Whether somebody gets his part of a deposit of a client who did not come.
kept_deposit_pays = setting("salon.kept_deposit_pays", False)


class CommissionRuleWrong(Refusal):
    """A rule pays up to the whole of its base, or a sum above nothing for each; not both. One of
    cards says no item and no customer, and only one of work has steps.
    """


class CommissionTwice(Refusal):
    """A card is paid for when it is sold: work that is paid with it would be paid for again."""

    about = ("cards",)


class CommissionRule(Row):
    """One rule. It pays `rate` of its `base`: the price of the list, what was `paid` (discounts
    off), what is `net` of tax, or the `margin` above the goods that were used; or `each` for one,
    whatever it brought. A column that says nothing (null, "") fits all. `number` tells it apart.

    Of a card sold its base is what was paid; `card` is its kind. `steps` say above which takings of
    the month another rate pays (commission_steps.py), `is_whole` that it pays for all of them then.
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
    event = CharField(max_length=8, default=WORK)
    card = ForeignKeyField(CardKind, null=True)
    cards = CharField(max_length=10, default=ALL)
    steps = CharField(max_length=100, default="")
    is_whole = BooleanField(default=False)
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
            self.event, self.card_id, self.goods_id, self.category_id, self.grade_id, self.way,
            self.buyer,
        )  # fmt: skip

    @property
    def rank(self) -> tuple[bool, ...]:
        """How special it is; more is more."""
        return (
            self.goods_id is not None or self.card_id is not None, self.category_id is not None,
            self.grade_id is not None, bool(self.way), bool(self.buyer),
        )  # fmt: skip

    @property
    def counts_cards(self) -> bool:
        """Does what a card pays count for it, at least in part?"""
        return self.event == WORK and self.cards != NONE


@operation(right="keep commission")
def save_commission_rule(
    job: Job, key: int | None, *, version: int = 0, goods: int | None = None,
    category: int | None = None, grade: int | None = None, way: str = "", buyer: str = "",
    base: str = PAID, rate: Rate | None = None, each: Money | None = None, event: str = WORK,
    card: int | None = None, cards: str = ALL, steps: str = "", is_whole: bool = False,
    note: str = "", is_active: bool = True,
) -> CommissionRule:  # fmt: skip
    """Make a rule (key None) or change one; what was paid by it stays as it is.

    Refuses: RecordChanged, CommissionRuleWrong, StepsUnreadable, CommissionTwice, RecordTaken,
    LinkUnknown, TextTooLong.
    """
    found = None if key is None else row_at(CommissionRule, key, version, RULES)
    part, sum_each = rate or Rate(0), each if each else None
    of_work = event == WORK
    wrong = first_wrong(
        way=way in ("", ASKED, TURN) and (of_work or not way),
        buyer=buyer in ("", MEMBER, OTHER) and (of_work or not buyer), base=base in BASE_WORDS,
        each=sum_each is None or (0 < sum_each.minor < MOST_MINOR and not part.millionths),
        rate=bool(sum_each) or 0 < part.millionths <= ONE.millionths,
        category=goods is None or category is None, event=event in EVENT_WORDS,
        goods=of_work or (goods is None and category is None), card=card is None or not of_work,
        cards=cards in CARD_WORDS, steps=not steps.strip() or (of_work and not sum_each),
        is_whole=bool(steps.strip()) or not is_whole,
    )  # fmt: skip
    if wrong:
        raise CommissionRuleWrong(field=wrong)
    values = {
        "goods": linked_row(Goods, "goods", goods), "grade": linked_row(Grade, "grade", grade),
        "category": linked_row(Category, "category", category), "way": way, "buyer": buyer,
        "base": base, "rate": part, "each": sum_each, "note": text_of("note", note, 60),
        "is_active": is_active, "event": event, "card": linked_row(CardKind, "card", card),
        "cards": cards, "steps": read_steps(steps).text, "is_whole": is_whole,
    }  # fmt: skip
    asked = CommissionRule(**values)
    for other in CommissionRule.select().where(CommissionRule.key != (key or 0)):
        if other.of == asked.of:
            raise RecordTaken(listing=RULES, name=str(other.number), field="goods")
    _refuse_twice(asked, key)

    if found is None:
        last = CommissionRule.select().order_by(CommissionRule.number.desc()).first()
        number = 1 if last is None else last.number + 1
        job.note(rule=number, event=event, base=base, rate=part, each=sum_each)
        return CommissionRule.create(key=new_key(), number=number, **values)
    job.note(rule=found.number, changes=put(found, **values))
    return found


@operation(right="keep commission")
def switch_commission_rule(job: Job, key: int, *, version: int) -> CommissionRule:
    """Let a rule pay no more, or again. Refuses: RecordChanged, CommissionTwice."""
    found = row_at(CommissionRule, key, version, RULES)
    if not found.is_active:
        _refuse_twice(found, key, is_active=True)

    job.note(rule=found.number, changes=put(found, is_active=not found.is_active))
    return found


def _refuse_twice(asked: CommissionRule, key: int | None, *, is_active: bool = False) -> None:
    """Refuse a rule by which a card is paid for at its sale and at its use, where the owner does
    not want both. Refuses: CommissionTwice.
    """
    if both_ends.value() or not (asked.is_active or is_active):
        return
    for other in CommissionRule.select().where(
        CommissionRule.key != (key or 0), CommissionRule.is_active
    ):
        if {asked.event, other.event} == {WORK, CARD} and (
            asked.counts_cards or other.counts_cards
        ):
            raise CommissionTwice(number=other.number)


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
    return _first([rule for rule in rules if rule.event == WORK and _fits(rule, work)])


def rule_for_card(
    rules: Iterable[CommissionRule], kind: int, grade: str
) -> CommissionRule | None:  # fmt: skip
    """The most special rule for a card of a kind that somebody of a grade sold, or None."""
    return _first([
        rule for rule in rules
        if rule.event == CARD and rule.card_id in (None, kind) and _is_of(rule, grade)
    ])  # fmt: skip


def _first(fitting: list[CommissionRule]) -> CommissionRule | None:
    return max(fitting, key=lambda rule: (rule.rank, -rule.number), default=None)


def _is_of(rule: CommissionRule, grade: str) -> bool:
    return rule.grade_id is None or rule.grade.name == grade


def _fits(rule: CommissionRule, work: WorkDone) -> bool:
    way = ASKED if work.is_asked else TURN
    buyer = MEMBER if work.is_member else OTHER
    return (
        rule.goods_id in (None, work.goods)
        and rule.category_id in (None, work.category)
        and _is_of(rule, work.grade)
        and rule.way in ("", way)
        and rule.buyer in ("", buyer)
    )


def _read() -> tuple[CommissionRule, ...]:
    grades = {grade.key: grade for grade in Grade.select()}
    rules = tuple(CommissionRule.select().where(CommissionRule.is_active))
    for rule in rules:
        if rule.grade_id is not None:
            rule.grade = grades[rule.grade_id]
    return rules


# All grades: a rule stays that of one which nobody has any more.
_IN_FORCE = KeptRows(_read, stamp_of(CommissionRule, '"is_active"'), stamp_of(Grade, "1 = 1"))


def rules_in_force() -> Sequence[CommissionRule]:
    """All rules that pay, each with its grade."""
    return _IN_FORCE.found()
