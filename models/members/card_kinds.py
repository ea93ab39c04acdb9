"""Kinds of card (卡种): stored value with a bonus, times paid ahead (次卡、疗程卡), discounts; and
what the law says of selling them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, MoneyField, RateField, store_currency
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.goods.goods import Goods
from models.ledger.ways.tender_kinds import CASH, Take
from models.members.shares import ORDERS, RATIO
from models.members.tenders import OF_CARDS, ship_tenders
from models.people.persons import Person
from models.trust.operation import Job, operation
from models.trust.records import (
    NameMissing,
    RecordTaken,
    first_wrong,
    linked_row,
    put,
    row_at,
    text_of,
)
from models.trust.settings import setting

CARD_KINDS = word("Kinds of card")
VALUE, TIMES, DISCOUNT = FORMS = ("value", "times", "discount")
MOST_DAYS = 36_500

# What of a use is paid for and what was given: in proportion, or one of them first.
bonus_order = setting("members.bonus_order", RATIO, check=lambda order: order in ORDERS)
# From which amounts on the law asks for something, in minor units (单用途商业预付卡管理办法):
# a named card holds at most, one of nobody at most, papers are shown from, no cash from.
named_most = setting("members.named_most", 500_000, check=lambda minor: minor >= 0)
anonymous_most = setting("members.anonymous_most", 100_000, check=lambda minor: minor >= 0)
papers_from = setting("members.papers_from", 1_000_000, check=lambda minor: minor >= 0)
no_cash_from = setting("members.no_cash_from", 5_000_000, check=lambda minor: minor >= 0)

OVER_NAMED = word("A named card holds at most {most} by law: this one would hold {amount}.")
OVER_ANONYMOUS = word("A card of nobody holds at most {most} by law: this one would hold {amount}.")
PAPERS_WANTED = word("The law wants papers of whoever buys a named card: none are on the record.")
NO_CASH = word("From {most} on the law wants a transfer or a card, no cash.")


class CardKindWrong(Refusal):
    """What a kind of card says does not fit: a price, times of services, a discount."""


class CardKind(Row):
    """One kind of card. `price` is what it costs by itself, for times and discounts; of stored
    value it is the usual amount. `discount` is what goes off services while it is good. `days` it
    is good after the sale, `bonus_days` the bonus; 0: for ever. Stored value never ends.
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=20, unique=True)
    form = CharField(max_length=8, default=VALUE)
    price = MoneyField()
    discount = RateField()
    days = IntegerField(default=0)
    bonus_days = IntegerField(default=0)
    # Is it always somebody's?
    is_named = BooleanField(default=True)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class CardPart(Row):
    """What a kind gives: from an `amount` on so much `bonus`, or so many `pieces` of an item."""

    key = KeyField(primary_key=True)
    kind = ForeignKeyField(CardKind)
    amount = MoneyField(null=True)
    bonus = MoneyField(null=True)
    goods = ForeignKeyField(Goods, null=True, index=False)
    pieces = IntegerField(default=0)
    mark = MarkField()


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that the law asks for: a message id and its fields."""

    text: str
    fields: Mapping[str, Any]


@operation(right="keep cards")
def save_card_kind(
    job: Job, key: int | None, *, version: int = 0, name: str, form: str,
    price: Money | None = None, discount: Rate | None = None, days: int = 0, bonus_days: int = 0,
    is_named: bool = True, is_active: bool = True, parts: Iterable[Mapping[str, Any]] = (),
) -> CardKind:  # fmt: skip
    """Make a kind of card (key None) or change one; what was sold stays as it was sold. `parts` are
    all that it gives: `amount` and `bonus`, or `goods` and `pieces`.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken, LinkUnknown, CardKindWrong.
    """
    found = None if key is None else row_at(CardKind, key, version, CARD_KINDS, name=name)
    title = text_of("name", name, 20)
    if not title:
        raise NameMissing()
    if CardKind.get_or_none(CardKind.name == title, CardKind.key != (key or 0)) is not None:
        raise RecordTaken(listing=CARD_KINDS, name=title, field="name")
    asked, off = price or Money.zero(store_currency()), discount or Rate(0)
    lines = [_part(line) for line in parts]
    wrong = first_wrong(
        form=form in FORMS and _fits(form, off, lines), price=_is_price(form, asked, lines),
        discount=Rate(0) <= off < ONE, days=0 <= days <= MOST_DAYS,
        bonus_days=0 <= bonus_days <= MOST_DAYS,
    )  # fmt: skip
    if wrong:
        raise CardKindWrong(name=title, field=wrong)

    values = {
        "name": title, "form": form, "price": asked, "discount": off, "days": days,
        "bonus_days": bonus_days, "is_named": is_named, "is_active": is_active,
    }  # fmt: skip
    if found is None:
        ship_tenders(kinds=OF_CARDS)
        found = CardKind.create(key=new_key(), **values)
        job.note(card_kind=title, form=form, price=asked)
    else:
        job.note(card_kind=title, changes=put(found, **values))
    for row in parts_of(found.key):
        row.delete_instance()
    for line in lines:
        CardPart.create(key=new_key(), kind=found, **line)
    job.note(parts=[[each["amount"], each["bonus"], each["pieces"]] for each in lines])
    return found


def _part(line: Mapping[str, Any]) -> dict[str, Any]:
    goods = linked_row(Goods, "goods", line.get("goods"))
    return {
        "amount": line.get("amount"), "bonus": line.get("bonus"), "goods": goods,
        "pieces": line.get("pieces") or 0,
    }  # fmt: skip


def _is_price(form: str, price: Money, lines: Sequence[Mapping[str, Any]]) -> bool:
    # Each time is worth something, or its use could not be told from nothing.
    least = sum(line["pieces"] for line in lines) if form == TIMES else 0
    return least <= price.minor < MOST_MINOR


def _fits(form: str, discount: Rate, lines: Sequence[Mapping[str, Any]]) -> bool:
    if form == VALUE:
        return all(
            line["amount"] and line["bonus"] and min(line["amount"], line["bonus"]).minor > 0
            for line in lines
        )
    if form == TIMES:
        return bool(lines) and all(line["goods"] and line["pieces"] > 0 for line in lines)
    return bool(discount) and not lines


# --- looking


def parts_of(kind: int | None) -> list[CardPart]:
    """What a kind gives, in the order in which it was written."""
    return list(CardPart.select().where(CardPart.kind == (kind or 0)).order_by(CardPart.key))


def worths_of(price: Money, parts: Sequence[CardPart]) -> list[Money]:
    """What each of several services is worth of a price: in proportion to its own price."""
    weights = [max(part.goods.price.minor, 1) * part.pieces for part in parts]
    return price.split(weights) if parts else []


def bonus_for(kind: int, amount: Money) -> Money:
    """What a kind gives on top of so much: the best that it reaches."""
    offers = [part for part in parts_of(kind) if part.amount and part.amount <= amount]
    best = max(offers, key=lambda part: part.amount.minor, default=None)
    return best.bonus if best else Money.zero(amount.currency)


def cautions(
    person: Person | None, *, holds: Money, takes: Sequence[Take] = ()
) -> list[Caution]:  # fmt: skip
    """What the law asks of a sale after which a card `holds` so much."""
    found = []
    most = Money((named_most if person else anonymous_most).value(), holds.currency)
    if most and holds > most:
        found.append(
            Caution(OVER_NAMED if person else OVER_ANONYMOUS, {"most": most, "amount": holds})
        )
    limit = Money(papers_from.value(), holds.currency)
    if person is not None and limit and holds >= limit and not person.paper_number.text:
        found.append(Caution(PAPERS_WANTED, {}))
    cash = Money.total(
        (take.paying.given for take in takes if take.tender.kind == CASH), holds.currency
    )
    limit = Money(no_cash_from.value(), holds.currency)
    if limit and cash >= limit:
        found.append(Caution(NO_CASH, {"most": limit}))
    return found
