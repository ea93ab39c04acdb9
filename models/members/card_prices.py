"""What a member's cards make of the prices of his bill: a discount card takes its part off work
done, and times that were chosen for the bill are charged at what they are worth.

Both are promotions of this bill alone, so that slip, return and the owner's figures have them as
they have any other; whoever is taken off the bill takes them along.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.ways.tender_kinds import Take
from models.members.card_tenders import NoTimesLeft, item_of_code, worth_of_times
from models.members.cards import Card, cards_of, discount_of, find_card
from models.members.kinds import COURSE
from models.people.merging import keys_of, root_of
from models.selling.promotion_kinds import PERCENT, TOGETHER, PromotionRule, SomeGoods

# On the head of a bill: number of the card, item and how many times; and no discount of a card.
TIMES, PLAIN = "times", "plain"


class TimesNotPaid(Refusal):
    """Services stand on the bill at the price of times that do not pay for them."""


_ANY_CARD = Statement('SELECT 1 FROM "card" LIMIT 1')


def has_cards() -> bool:
    """Whether this store ever sold a card: bills of others need not ask again."""
    return _ANY_CARD.row() is not None


def card_rules(head: Any, day: date) -> list[PromotionRule]:
    """What the cards of whoever a bill belongs to take off it."""
    named = head.get("customer") if isinstance(head, dict) else None
    if not named or not has_cards():
        return []
    rules = []
    card = None if head.get(PLAIN) else discount_card(int(named[0]), day)
    if card is not None:
        rules.append(
            PromotionRule(
                key=card.kind_id, name=card.kind.name, kind=PERCENT, rate=discount_of(card, day),
                is_of_services=True,
            )
        )  # fmt: skip
    for place, (number, goods, count) in enumerate(chosen_times(head), 1):
        found = find_card(number)
        try:
            worth = worth_of_times(number, goods, day, count)
        except NoTimesLeft:
            continue
        assert found is not None, number
        rules.append(
            PromotionRule(
                key=found.key + place, name=found.kind.name, kind=TOGETHER, buy=count, most=1,
                amount=worth.minor, needs=(SomeGoods(frozenset((goods,))),),
            )
        )  # fmt: skip
    return rules


def discount_card(person: int, day: date) -> Card | None:
    """The card of a person that takes most off services on a day."""
    cards = [card for card in cards_of(keys_of(root_of(person))) if discount_of(card, day)]
    return max(cards, key=lambda card: discount_of(card, day), default=None)


def chosen_times(head: Any) -> list[tuple[str, int, int]]:
    """The times that were chosen for a bill; none where its head was altered."""
    found = head.get(TIMES, []) if isinstance(head, dict) else []
    return [
        (number, goods, count)
        for each in found
        if isinstance(each, list) and len(each) == 3
        for number, goods, count in [each]
        if isinstance(number, str) and isinstance(goods, int) and isinstance(count, int)
    ]


def require_times(head: Any, takes: Sequence[Take], day: date) -> None:
    """Whatever is charged at what times are worth is paid with them. Refuses: TimesNotPaid."""
    for number, goods, count in chosen_times(head):
        worth = worth_of_times(number, goods, day, count)
        paid = Money.total(
            (
                take.paying.given for take in takes
                if take.tender.kind == COURSE
                and item_of_code(take.paying.code) == (number, goods)
            ),
            worth.currency,
        )  # fmt: skip
        if paid != worth:
            raise TimesNotPaid(number=number, worth=worth)
