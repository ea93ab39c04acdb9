"""Which card pays: scanned, typed, or found by whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.base.database import store_number
from models.ledger.ways.tenders import Tender
from models.members.card_tenders import STROKE
from models.members.cards import Card, balance_of, find_card
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.members.asking import AskNumber
from tui.money.ways import tender_name
from tui.records.picker import Picker
from tui.widgets.panel import Ask, Message, Panel

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen

_TITLE = word("{tender}: scan the card, or type its number, a phone or a name")


async def ask_card(screen: FrameScreen, tender: Tender, *, is_out: bool) -> str | None:
    """The number of the card that pays, or that takes back what it paid."""
    return await _card(screen.desk, tender_name(tender))


async def ask_times(screen: FrameScreen, tender: Tender, *, is_out: bool) -> str | None:
    """The number of the card, and the code of the service that its times are for."""
    number = await _card(screen.desk, tender_name(tender))
    if not number:
        return None
    code = await screen.desk.ask(Ask(word("Times of which service? Type its code")))
    return f"{number}{STROKE}{code.strip()}" if code else None


async def look_up_card(app: Any) -> None:
    """From the menu: what is left on a card."""
    number = await _card(app, t("Member card"))
    if number:
        card, text = await app.in_books(_told, number)
        title = word("{kind} {number} {owner}")
        await app.ask(Message(title, text, kind=card.kind.name, number=number, owner=card.name))


async def _card(app: Any, what: str) -> str | None:
    given = await in_turn(app, partial(_question, app, what))
    if given is None:
        return None
    return str(given[1].text) if len(given) > 1 else str(given[0]).strip()


async def _question(app: Any, what: str, given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """A number, or what the card is found by."""
    from tui.members.cards_listing import LISTING

    if not given:
        return AskNumber(_TITLE, value=was or "", tender=what)
    typed = str(given[0]).strip()
    if len(given) == 1 and await app.in_books(find_card, typed) is None:
        return Picker(LISTING, text=typed)
    return None


def _told(number: str) -> tuple[Card, str]:
    from models.reports.cards import card_view

    card = find_card(number)
    assert card is not None, number
    seen, today = card_view(card), open_day(store_number())
    lines = [t(card.said_state)]
    if seen.holds_money:
        rest = balance_of(number, today)
        lines.append(t("{rest} to pay with, of it bonus {bonus}", rest=rest, bonus=seen.bonus))
    lines += [t("{times} times {service}", times=one.left, service=one.name) for one in seen.times]
    if seen.discount:
        lines.append(t("{rate}% off services", rate=seen.discount.percent_text))
    return card, "\n".join(lines)
