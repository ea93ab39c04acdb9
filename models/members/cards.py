"""Cards (会员卡): sold, topped up, and what is on them. A card is a number with lots: each sale is
one, or one for each service of a course, and what is left of it is the sum of its moves.

What is paid for a card is owed until it is used; a bonus is never owed, and shows as a discount
when it is used. A discount card is earned when it is sold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row, store_number
from models.base.fields import DayField, KeyField, RateField, store_currency
from models.base.hot import RowStatement
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import Msgid, word
from models.ledger.accounts import CARD_FEES
from models.ledger.debts.account_payments import end_settlement, stored_with
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taken import DUES
from models.ledger.payments.taking import take_of, take_payments
from models.ledger.ways.tender_kinds import Paying
from models.members.card_kinds import (
    DISCOUNT,
    TIMES,
    VALUE,
    CardKind,
    bonus_for,
    parts_of,
    worths_of,
)
from models.members.kinds import CARD_SALE, COURSE, KINDS, VALUE_CARD
from models.members.lots import ISSUED, Lot, lots_of, move, new_lot, require_number, usable
from models.members.sellers import CardSold, sellers_named, tell_sold
from models.people.finding import find_people
from models.people.persons import USES, Person
from models.trust import drafts
from models.trust.drafts import Draft
from models.trust.operation import Job, Session, open_day, operation
from models.trust.print_queue import add_job
from models.trust.records import linked_row, put

CARDS = word("Cards")
GOOD, FROZEN, LOST, CLOSED = STATES = ("good", "frozen", "lost", "closed")
STATE_WORDS = {
    GOOD: Msgid(word("In use")), FROZEN: Msgid(word("Frozen")), LOST: Msgid(word("Lost card")),
    CLOSED: Msgid(word("No longer good")),
}  # fmt: skip
# Open work of this kind is a card that is paid in several steps.
WORK = "card"


class CardUnknown(Refusal):
    """No card has this number."""


class CardStopped(Refusal):
    """A card that is frozen, lost or closed is good for nothing: `state` says which."""


class CardOver(Refusal):
    """The last day of the card is over."""


class CardNumberTaken(Refusal):
    """Another card, or a voucher, has this number."""

    about = ("number",)


class CardAmountWrong(Refusal):
    """A card costs something, and the price of its kind unless a right says otherwise."""

    about = ("amount",)


class CardOwnerNeeded(Refusal):
    """A card of this kind is somebody's."""

    about = ("person",)


class CardForCard(Refusal):
    """A card is not paid with another one, nor with a voucher: its bonus would come twice."""


class Card(Row):
    """One card: its number, of which kind it was sold last, whose it is. `discount` goes off
    services through the day `expires`; None is for ever. `document` sold it.
    """

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    kind = ForeignKeyField(CardKind)
    person = BigIntegerField(null=True, index=True)
    # As it was.
    name = CharField(max_length=60, default="")
    state = CharField(max_length=8, default=GOOD)
    discount = RateField()
    day = DayField()
    expires = DayField(null=True)
    document = BigIntegerField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @property
    def said_state(self) -> Msgid:
        """Its state in words."""
        return STATE_WORDS[self.state]

    @property
    def told(self) -> str:
        """Its number and whose it is, as sentences name it."""
        return f"{self.number} {self.name}".strip()


USES.append(("card", "person"))
_OF_NUMBER = RowStatement(Card, '"number" = ?')


@operation(right="sell cards")
def sell_card(
    job: Job, kind: int, number: str, payings: Sequence[Paying], *, amount: Money,
    bonus: Money | None = None, person: int | None = None, sellers: str = "",
    draft: int | None = None, language: str = "",
) -> Document:  # fmt: skip
    """Sell a card of a kind, or put more onto one (its kind is this one from now on): `amount` is
    paid; `bonus` given on top, what the kind gives where it is not said. `sellers` are who of the
    staff sold it, as they are typed; nothing said: nobody.

    Refuses: what `require_card_sellable` refuses, who is no seller, CardForCard, DraftGone, and
    what `take_payments` refuses; NeedsOverride for a bonus or a price of one's own.
    """
    of = require_card_sellable(kind, number, amount, person)
    given = bonus_for(kind, amount) if bonus is None else bonus
    if of.form != VALUE and amount != of.price:
        job.require("override price")
    if (more := given.minor - bonus_for(kind, amount).minor) > 0:
        job.require("give bonus", more)
    hands = sellers_named(sellers)
    head = _head(kind, number, person, amount=amount, bonus=given, sellers=sellers)
    taken = stored_with(job, draft, head)
    if any(take.tender.kind in KINDS for take in (*taken, *map(take_of, payings))):
        raise CardForCard()
    taking = take_payments(job, amount, payings, taken=taken)

    # After this point the sale must succeed.
    end_settlement(job, draft)
    document = begin_document(job, CARD_SALE, total=taking.total, shift=taking.shift, note=number)
    card = _card_for(job, document, of, person=person)
    legs = taking.store(job, document) + fill(job, document, card, paid=amount, bonus=given)
    tell_sold(document, CardSold(of.key, amount, hands))
    add_job(job, "card", subject=document.key, language=language)
    return post_document(
        job, document, legs, card=number, paid=amount, bonus=given, owner=card.name,
        sold_by=[one.name for one in hands],
    )  # fmt: skip


def require_card_sellable(
    kind: int, number: str, amount: Money, person: int | None
) -> CardKind:  # fmt: skip
    """The kind of which a card can be sold under this number. Refuses: LinkUnknown,
    CardNumberTaken, CardStopped, CardAmountWrong, CardOwnerNeeded, LotNumberWrong,
    CardNumberRefused.
    """
    of, owner = linked_row(CardKind, "kind", kind), linked_row(Person, "person", person)
    card = find_card(number)
    if card is None:
        require_number(number)
        if lots_of(number):
            raise CardNumberTaken(number=number)
    elif card.state != GOOD:
        raise CardStopped(card=card.told, state=card.said_state)
    if of is None or amount.minor <= 0:
        raise CardAmountWrong(amount=amount)
    if of.is_named and owner is None and (card is None or card.person is None):
        raise CardOwnerNeeded(kind=of.name)
    return of


def _card_for(job: Job, document: Document, kind: CardKind, *, person: int | None) -> Card:
    number = document.note
    owner = linked_row(Person, "person", person)
    expires = job.day + timedelta(days=kind.days) if kind.days else None
    card = find_card(number)
    if card is None:
        return Card.create(
            key=new_key(), number=number, kind=kind, person=person,
            name=owner.name if owner else "", discount=kind.discount, day=job.day,
            expires=expires, document=document.key,
        )  # fmt: skip
    values: dict[str, Any] = {"kind": kind, "discount": kind.discount, "expires": expires}
    if owner is not None:
        values |= {"person": owner.key, "name": owner.name}
    put(card, **values)
    return card


def fill(job: Job, document: Document, card: Card, *, paid: Money, bonus: Money) -> list[Leg]:
    """What a kind gives for so much, onto its card; the entries of what is owed."""
    kind, money = card.kind, paid.currency
    if kind.form == DISCOUNT:
        return [Leg(CARD_FEES, -paid)]
    owner = {"number": card.number, "person": card.person, "name": card.name}
    ends = job.day + timedelta(days=kind.days) if kind.days else None
    if kind.form == VALUE:
        days = kind.bonus_days
        lot = new_lot(
            job, document, VALUE_CARD, value=paid + bonus, bonus=bonus, expires=None,
            bonus_expires=job.day + timedelta(days=days) if days and bonus else None, **owner,
        )  # fmt: skip
        return [move(job, document, lot, paid + bonus, why=ISSUED, bonus=bonus)]
    assert kind.form == TIMES, kind.form
    parts = parts_of(kind.key)
    legs = []
    for part, value in zip(parts, worths_of(paid, parts), strict=True):
        lot = new_lot(
            job, document, COURSE, value=value, expires=ends, goods=part.goods_id,
            pieces=part.pieces, bonus=Money.zero(money), **owner,
        )  # fmt: skip
        legs.append(move(job, document, lot, value, why=ISSUED, pieces=part.pieces))
    return legs


# --- paid in several steps


def begin_card(
    session: Session, kind: int, number: str, *, amount: Money, bonus: Money,
    person: int | None, sellers: str = "",
) -> int:  # fmt: skip
    """The draft of a card that is being sold, to which `take_for` adds."""
    head = _head(kind, number, person, amount=amount, bonus=bonus, sellers=sellers)
    return int(drafts.begin_draft(session.register, session.user, WORK, head).key)


def open_card(register: int) -> Draft | None:
    """What a register left unfinished."""
    found: Draft | None = (
        Draft.select()
        .where(Draft.kind == WORK, Draft.state == drafts.OPEN, Draft.register == register)
        .first()
    )
    return found


def _head(
    kind: int, number: str, person: int | None, *, amount: Money, bonus: Money, sellers: str
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": kind, "number": number, "amount": amount.minor, "bonus": bonus.minor,
        "person": person, "sellers": sellers,
    }  # fmt: skip


DUES[WORK] = lambda draft: Money(drafts.read(draft).head["amount"], store_currency())


# --- looking


def find_card(number: str) -> Card | None:
    """The card with a number."""
    found: list[Card] = _OF_NUMBER.found(number.strip()) if number else []
    return found[0] if found else None


def require_card(number: str, day: date) -> Card:
    """A card that is good on a day. Refuses: CardUnknown, CardStopped, CardOver."""
    card = find_card(number)
    if card is None:
        raise CardUnknown(number=number)
    _require_good(card, day)
    return card


def card_of_owner(number: str) -> Card | None:
    """The card of a member by its number, good today; None for what is nobody's card.

    Refuses: CardStopped, CardOver.
    """
    card = find_card(number)
    if card is None or card.person is None:
        return None
    _require_good(card, open_day(store_number()))
    return card


def _require_good(card: Card, day: date) -> None:
    if card.state != GOOD:
        raise CardStopped(card=card.told, state=card.said_state)
    if card.expires is not None and card.expires < day and not lots_of(card.number):
        raise CardOver(card=card.told, day=card.expires)


def card_lots(number: str, kind: str) -> list[Lot]:
    """The lots of one kind on a card, the first to be used first."""
    return [lot for lot in lots_of(number) if lot.kind == kind]


def balance_of(number: str, day: date) -> Money:
    """The stored value that a card pays with on a day."""
    lots = card_lots(number, VALUE_CARD)
    return Money.total((usable(lot, day) for lot in lots), store_currency())


def discount_of(card: Card, day: date) -> Rate:
    """What goes off services for a card on a day."""
    is_good = card.state == GOOD and (card.expires is None or card.expires >= day)
    return card.discount if is_good else Rate(0)


def cards_meant(text: str, limit: int) -> list[Card]:
    """At most so many cards by their number, its end, or whose they are: a phone, its end, a name,
    initials; those of the number first.
    """
    typed = text.strip()
    by_number = Card.select().where((Card.number == typed) | (Card.number.endswith(typed)))
    found = {card.key: card for card in by_number.limit(limit)}
    found |= {card.key: card for card in cards_of(find_people(typed, limit))}
    return list(found.values())[:limit]


def cards_of(people: Sequence[int]) -> list[Card]:
    """The cards of a person, with all records that stand for him; the newest last."""
    return list(Card.select().where(Card.person << list(people)).order_by(Card.key))
