"""What is on a card, told in words: money, times, what goes off services."""

from __future__ import annotations

from typing import Any

from models.base.database import store_number
from models.members.card_view import CardView
from models.members.cards import Card, balance_of, find_card
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.words import t
from tui.widgets.panel import Message


async def tell_card(app: Any, number: str) -> None:
    """Whether it is good, and what is on it."""
    card, text = await app.in_books(_told, number)
    title = word("{kind} {number} {owner}")
    await app.ask(Message(title, text, kind=card.kind.name, number=number, owner=card.name))


def _told(number: str) -> tuple[Card, str]:
    from models.reports.cards import card_view

    card = find_card(number)
    assert card is not None, number
    seen, today = card_view(card), open_day(store_number())
    lines = [t(card.said_state)]
    if seen.holds_money:
        rest = balance_of(number, today)
        lines.append(t("{rest} to pay with, of it bonus {bonus}", rest=rest, bonus=seen.bonus))
    return card, "\n".join([*lines, *beside_money(seen)])


def beside_money(seen: CardView) -> list[str]:
    """The times on a card, and what goes off services."""
    found = [t("{times} times {service}", times=one.left, service=one.name) for one in seen.times]
    if seen.discount:
        found.append(t("{rate}% off services", rate=seen.discount.percent_text))
    return found
