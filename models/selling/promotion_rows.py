"""Promotions of the house as they are stored: what, on which goods, when, for whom, how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import (
    DayField,
    JsonField,
    KeyField,
    MoneyField,
    RateField,
    store_currency,
)
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watched_rows import KeptRows, stamp_of
from models.base.watching import MarkField
from models.base.words import word
from models.goods.basics import below
from models.goods.goods import CODE_LENGTH, Category, Goods
from models.people.lists import PersonChoice
from models.selling.price_lists import PRICE_LISTS
from models.selling.promotion_kinds import (
    BUNDLE,
    GIFT,
    KINDS,
    PRICE,
    SPEND,
    TOGETHER,
    PromotionRule,
    SomeGoods,
)
from models.selling.promotions import RuleBook
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordTaken, linked_row, put, row_at, text_of

_PROMOTIONS = word("Promotions")
EVERY_DAY, MIDNIGHT = 0b1111111, 24 * 60
MOST_TIMES = 9_999
MOST_BIRTHDAY_DAYS = 60

GoodsLines = Sequence[Mapping[str, Any]]

# What goods of a promotion are in it.
NEEDED, REWARD, EXCEPTED = ROLES = ("needed", "reward", "excepted")


class PromotionLacks(Refusal):
    """A kind of promotion cannot do without some field."""


class PromotionWrong(Refusal):
    """A figure, a day or an hour of a promotion is none that it can have."""


class Promotion(Row):
    """One promotion; its figures are those of a `PromotionRule`. `goods` are lists of role, goods,
    category and pieces.

    It counts from `since` to `until` on its `weekdays` (bit 0 is Monday) from minute `begins` of
    the day to before `ends`, over midnight where that is earlier: for who has the `level`, or is
    named on the bill at all (`for_named`). One with a `code` is a coupon; `uses` is on how many
    bills it is given in all.
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=40)
    kind = CharField(max_length=12)
    goods = JsonField()
    buy = IntegerField(default=0)
    more = IntegerField(default=0)
    rate = RateField(null=True)
    amount = MoneyField(null=True)
    from_amount = MoneyField(null=True)
    currency = CharField(max_length=3)
    price_list = CharField(max_length=12, default="")
    most = IntegerField(null=True)
    uses = IntegerField(null=True)
    since = DayField(null=True)
    until = DayField(null=True)
    weekdays = IntegerField(default=EVERY_DAY)
    begins = IntegerField(default=0)
    ends = IntegerField(default=MIDNIGHT)
    level = ForeignKeyField(PersonChoice, null=True, index=False)
    for_named = BooleanField(default=False)
    # Only so many days before or after his birthday, once a year; 0: on that day.
    birthday_days = IntegerField(null=True)
    code = CharField(max_length=CODE_LENGTH, default="")
    is_combined = BooleanField(default=False)
    rank = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


@operation(right="keep promotions")
def save_promotion(
    job: Job,
    /,
    key: int | None,
    *,
    version: int = 0,
    name: str,
    kind: str,
    goods: GoodsLines = (),
    level: int | None = None,
    code: str = "",
    **values: Any,
) -> Promotion:
    """Make a promotion (key None) or change one. `goods` are mappings of role, goods or category,
    and pieces; the other values are columns of the row. Sales keep what they were given.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken (its code), LinkUnknown,
    PromotionLacks, PromotionWrong.
    """
    found = None if key is None else row_at(Promotion, key, version, _PROMOTIONS, name=name)
    title = text_of("name", name, 40)
    if not title:
        raise NameMissing()
    plain = text_of("code", code, CODE_LENGTH).upper()
    if plain and Promotion.select().where(Promotion.code == plain, Promotion.key != key).exists():
        raise RecordTaken(listing=_PROMOTIONS, name=plain)
    lines = [_line(each) for each in goods]
    ready = {name: value for name, value in values.items() if value is not None}
    _check(kind, lines, ready)

    ready = dict.fromkeys(_BLANK) | ready
    ready |= {
        "name": title, "kind": kind, "goods": lines, "code": plain,
        "level": linked_row(PersonChoice, "level", level),
    }  # fmt: skip
    if found is None:
        job.note(promotion=title, kind=kind)
        return Promotion.create(key=new_key(), currency=store_currency().code, **ready)
    job.note(promotion=title, changes=put(found, **ready))
    return found


@operation(right="keep promotions")
def switch_promotion(job: Job, key: int, *, version: int) -> None:
    """Switch a promotion off, or on again. Refuses: RecordChanged."""
    found = row_at(Promotion, key, version, _PROMOTIONS)

    changes = put(found, is_active=not found.is_active)
    job.note(promotion=found.name, changes=changes)


_BLANK = (
    "rate", "amount", "from_amount", "most", "uses", "since", "until", "birthday_days",
)  # fmt: skip
_MONEY = ("amount", "from_amount")
_COUNTS = ("buy", "more", "most", "uses")


def _line(given: Mapping[str, Any]) -> list[Any]:
    """One line of goods as it is stored. Refuses: PromotionLacks, PromotionWrong, LinkUnknown."""
    goods = linked_row(Goods, "goods", given.get("goods"))
    category = linked_row(Category, "category", given.get("category"))
    role, pieces = given.get("role") or NEEDED, given.get("pieces") or 1
    if (goods is None) == (category is None):
        raise PromotionLacks(field="goods")
    if role not in ROLES:
        raise ValueError(role)
    if not 0 < pieces <= MOST_TIMES:
        raise PromotionWrong(field="goods")
    return [role, goods and goods.key, category and category.key, pieces]


def _check(kind: str, lines: Sequence[Sequence[Any]], values: Mapping[str, Any]) -> None:
    """Refuses: PromotionLacks, PromotionWrong."""
    for field in _COUNTS:
        least = 1 if field in _BLANK else 0
        if not least <= values.get(field, 1) <= MOST_TIMES:
            raise PromotionWrong(field=field)
    for field in _MONEY:
        if (money := values.get(field)) is not None and money.minor < 0:
            raise PromotionWrong(field=field)
    rate = values.get("rate", ONE)
    if not Rate(0) < rate <= ONE:
        raise PromotionWrong(field="rate")
    if values.get("until", date.max) < values.get("since", date.min):
        raise PromotionWrong(field="until")
    if not 0 < values.get("weekdays", EVERY_DAY) <= EVERY_DAY:
        raise PromotionWrong(field="weekdays")
    for field, usual, most in (
        ("begins", 0, MIDNIGHT), ("ends", MIDNIGHT, MIDNIGHT),
        ("birthday_days", 0, MOST_BIRTHDAY_DAYS),
    ):  # fmt: skip
        if not 0 <= values.get(field, usual) <= most:
            raise PromotionWrong(field=field)
    _check_kind(kind, {role for role, *_ in lines}, values)


# A goods that costs nothing is a price as well; anything else of nothing is nothing.
_MAY_BE_NOTHING = {(PRICE, "amount"), (BUNDLE, "amount"), (TOGETHER, "amount")}
_IN_GOODS = {"needs": NEEDED, "rewards": REWARD}


def _check_kind(kind: str, roles: set[str], values: Mapping[str, Any]) -> None:
    """Refuses: PromotionLacks."""
    if values.get("price_list", "") not in ("", *PRICE_LISTS):
        raise ValueError(values)

    def has(field: str) -> bool:
        if field in _IN_GOODS:
            return _IN_GOODS[field] in roles
        if (kind, field) in _MAY_BE_NOTHING:
            return values.get(field) is not None
        return bool(values.get(field))

    for field in KINDS[kind].wants:
        if not has(field):
            raise PromotionLacks(field="goods" if field in _IN_GOODS else field)
    if kind == SPEND and has("amount") == has("rate"):
        raise PromotionLacks(field="amount")
    if kind == GIFT and has("buy") == has("from_amount"):
        raise PromotionLacks(field="buy")


# --- what there is now


def _read() -> tuple[tuple[Promotion, PromotionRule], ...]:
    rows = Promotion.select().where(Promotion.is_active).order_by(Promotion.key)
    return tuple((each, rule_of(each)) for each in rows)


_IN_USE = KeptRows(
    _read, stamp_of(Promotion, '"is_active"'),
    # They have no marks.
    Statement('SELECT count(*), sum("version"), sum("key") FROM "category"'),
)  # fmt: skip


def promotions_in_use() -> tuple[tuple[Promotion, PromotionRule], ...]:
    """All that are switched on, each with its rule; one short look where there is none."""
    return _IN_USE.found()


@dataclass(frozen=True, slots=True)
class Whose:
    """What of a bill decides which promotions it has: when it was begun, on the store's clock, for
    whom, and with which coupons.
    """

    at: datetime
    is_named: bool = False
    level: int | None = None
    coupons: tuple[str, ...] = ()
    # How many days his birthday is away, and which birthday offers he had this year.
    birthday: int | None = None
    had: frozenset[int] = frozenset()


def book_for(whose: Whose) -> RuleBook:
    """The promotions that a bill may have."""
    return RuleBook([rule for row, rule in promotions_in_use() if counts(row, whose)])


def counts(row: Promotion, whose: Whose) -> bool:
    """Whether a promotion counts for such a bill."""
    if row.code and row.code not in whose.coupons:
        return False
    if row.level_id is not None and row.level_id != whose.level:
        return False
    if row.for_named and not whose.is_named:
        return False
    if row.birthday_days is not None and not _is_birthday(row, whose):
        return False
    return is_time(row, whose.at)


def _is_birthday(row: Promotion, whose: Whose) -> bool:
    away, most = whose.birthday, row.birthday_days
    return away is not None and away <= most and row.key not in whose.had


def is_time(row: Promotion, at: datetime) -> bool:
    """Whether it counts at a moment: the hours over midnight belong to the day they began on."""
    minute, day = at.hour * 60 + at.minute, at.date()
    is_over = row.ends < row.begins
    if is_over and minute < row.ends:
        day, minute = date.fromordinal(day.toordinal() - 1), minute + MIDNIGHT
    ends = row.ends + MIDNIGHT if is_over else row.ends
    return (
        row.begins <= minute < ends
        and (row.since is None or row.since <= day)
        and (row.until is None or day <= row.until)
        and bool(row.weekdays >> day.weekday() & 1)
    )


def coupon(code: str) -> Promotion | None:
    """The coupon with this code, switched off or not."""
    plain = code.strip().upper()
    return Promotion.get_or_none(Promotion.code == plain) if plain else None


def rule_of(row: Promotion) -> PromotionRule:
    """The rule that a stored promotion is; a category stands for all below it."""
    return PromotionRule(
        key=row.key, name=row.name, kind=row.kind, buy=row.buy, more=row.more,
        rate=ONE if row.rate is None else row.rate, amount=_minor(row.amount),
        from_amount=_minor(row.from_amount), price_list=row.price_list, most=row.most,
        is_combined=row.is_combined, rank=row.rank, needs=tuple(_scopes(row.goods, NEEDED)),
        rewards=tuple(_scopes(row.goods, REWARD)), excepted=tuple(_scopes(row.goods, EXCEPTED)),
    )  # fmt: skip


def _minor(money: Money | None) -> int:
    return 0 if money is None else money.minor


def _scopes(lines: Iterable[Sequence[Any]], wanted: str) -> Iterable[SomeGoods]:
    for role, goods, category, pieces in lines:
        if role == wanted:
            named = frozenset() if goods is None else frozenset((goods,))
            under = frozenset() if category is None else frozenset(below(category))
            yield SomeGoods(named, under, pieces)
