"""What a member may pay his bill with, in the order in which it is proposed: times of a course, the
discount of a card, stored value, points. Each can be left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.daily.days import store_day
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_prices import PLAIN, TIMES, discount_card
from models.members.card_tenders import STROKE, times_lots, worth_of_times
from models.members.cards import GOOD, Card, balance_of, cards_of
from models.members.kinds import COURSE, POINTS, VALUE_CARD
from models.members.points_lots import points_code, points_of, worth_of_points
from models.people.merging import keys_of, root_of
from models.selling.lines import NewPrice
from models.selling.tax_settings import price_rules
from models.shop.basket import Basket
from models.shop.basket_lines import RungLine
from models.shop.bill_promotions import ONE, with_offs
from models.shop.customers import customer_of
from models.shop.stored_bills import stored_bill, whole_bill
from models.trust import drafts

DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class MemberOffer:
    """One thing that can pay, or take something off: its `kind`, the tender and code that pay with
    it, `name` of the card, what it is for (`what`), how many times or points it takes of how many,
    and at most how much it comes to.
    """

    kind: str
    tender: int
    code: str
    name: str
    most: Money
    what: str = ""
    goods: int = 0
    count: int = 0
    of: int = 0

    @property
    def is_usual(self) -> bool:
        """Whether it is taken unless somebody says otherwise: points are kept until asked for."""
        return self.kind != POINTS


@dataclass(frozen=True, slots=True)
class PayPlan:
    """What a bill comes to with some of the offers, and what each of all offers pays or saves."""

    due: Money
    amounts: tuple[Money, ...]
    payings: tuple[Paying, ...]

    @property
    def left(self) -> Money:
        return self.due - Money.total((each.given for each in self.payings), self.due.currency)


def offers_for(basket: Basket) -> list[MemberOffer]:
    """What the member on a bill may use for it; nothing for who has nothing, or where the bill is
    paid in part.
    """
    person, _ = customer_of(basket.head)
    if person is None or basket.paid or not basket.lines or basket.is_unslipped:
        return []
    day, keys = store_day(), keys_of(root_of(person))
    cards = [card for card in cards_of(keys) if card.state == GOOD]
    found = [*_times(basket, cards, day)] if basket.discount is None else []
    found += [*_discount(person, day), *_value(cards, day), *_points(person, day)]
    return found


def plan(basket: Basket, offers: Sequence[MemberOffer], marked: Collection[int]) -> PayPlan:
    """What a bill comes to with the marked ones of the offers, by their places."""
    head = head_with(basket.head, offers, marked)
    due, without = _due(basket, head), _due(basket, {**head, PLAIN: True})
    left, amounts, payings = due, list[Money](), list[Paying]()
    zero = Money.zero(due.currency)
    for place, offer in enumerate(offers):
        if offer.kind == DISCOUNT:
            amounts.append(without - due if place in marked else zero)
            continue
        part = min(offer.most, left) if place in marked else zero
        if offer.kind == COURSE and part != offer.most:
            part = zero
        amounts.append(part)
        if part.minor > 0:
            payings.append(Paying(offer.tender, part, code=offer.code))
            left -= part
    return PayPlan(due, tuple(amounts), tuple(payings))


def head_with(
    head: dict[str, Any], offers: Sequence[MemberOffer], marked: Collection[int]
) -> dict[str, Any]:  # fmt: skip
    """The head of a bill with the marked offers."""
    kept = {name: value for name, value in head.items() if name not in (TIMES, PLAIN)}
    chosen = [offer for place, offer in enumerate(offers) if place in marked]
    times = [
        [offer.code.partition(STROKE)[0], offer.goods, offer.count]
        for offer in chosen if offer.kind == COURSE
    ]  # fmt: skip
    if times:
        kept[TIMES] = times
    if any(offer.kind == DISCOUNT for offer in offers if offer not in chosen):
        kept[PLAIN] = True
    return kept


def choose_offers(
    basket: Basket, offers: Sequence[MemberOffer], marked: Collection[int]
) -> PayPlan:
    """Store what was chosen with the bill, priced accordingly; what pays for it is still to be
    taken. Refuses: DraftGone.
    """
    head = head_with(basket.head, offers, marked)
    if head != basket.head:
        drafts.save_head(basket.draft, basket.register, head)
        basket.take_head(head)
    return plan(basket, offers, marked)


def _due(basket: Basket, head: dict[str, Any]) -> Money:
    lines = [replace(line, offs=()) for line in stored_bill(basket.draft).lines]
    if any(line.at is not None for line in lines):
        lines = with_offs(lines, head)
    return whole_bill(lines, price_rules(), basket.discount).total


def _tender(kind: str) -> int | None:
    found = Tender.get_or_none(Tender.kind == kind, Tender.is_active)
    return None if found is None else int(found.number)


def _times(basket: Basket, cards: Sequence[Card], day: date) -> Iterable[MemberOffer]:
    """Of each service on the bill as many times as there are, those that end first first."""
    tender = _tender(COURSE)
    if tender is None:
        return
    wanted: dict[int, tuple[RungLine, int]] = {}
    for line in basket.lines:
        pieces, odd = divmod(line.quantity.thousandths, 1000)
        is_whole = not odd and line.item.pack == ONE and line.printed is None
        if not line.item.is_stocked and is_whole and not isinstance(line.discount, NewPrice):
            wanted[line.item.goods] = (line, wanted.get(line.item.goods, (line, 0))[1] + pieces)
    for goods, (wish, count) in wanted.items():
        left, item = count, wish.item
        own = [(card, times_lots(card.number, goods, day)) for card in cards]
        ends = [(lots[0].expires or date.max, card, lots) for card, lots in own if lots]
        for _, card, lots in sorted(ends, key=lambda each: (each[0], each[1].key)):
            of = sum(lot.pieces_rest for lot in lots)
            if part := min(left, of):
                yield MemberOffer(
                    COURSE, tender, f"{card.number}{STROKE}{item.code}", card.kind.name,
                    worth_of_times(card.number, goods, day, part), what=item.name,
                    goods=goods, count=part, of=of,
                )  # fmt: skip
                left -= part


def _discount(person: int, day: date) -> Iterable[MemberOffer]:
    card = discount_card(person, day)
    if card is not None:
        yield MemberOffer(DISCOUNT, 0, card.number, card.kind.name, Money.zero(store_currency()))


def _value(cards: Sequence[Card], day: date) -> Iterable[MemberOffer]:
    tender = _tender(VALUE_CARD)
    for card in cards if tender is not None else ():
        if balance := balance_of(card.number, day):
            yield MemberOffer(VALUE_CARD, tender or 0, card.number, card.kind.name, balance)


def _points(person: int, day: date) -> Iterable[MemberOffer]:
    tender, points = _tender(POINTS), points_of(person, day)
    if tender is not None and (worth := worth_of_points(points)):
        yield MemberOffer(POINTS, tender, points_code(person), "", worth, of=points)
