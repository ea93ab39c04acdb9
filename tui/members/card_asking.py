"""Which card pays: scanned, typed, or found by whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.ledger.ways.tenders import Tender
from models.members.card_tenders import STROKE
from models.members.cards import find_card
from receipts.words import word
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.members.asking import AskNumber
from tui.members.card_telling import tell_card
from tui.money.ways import tender_name
from tui.records.picker import Picker
from tui.widgets.panel import Ask, Panel

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
        await tell_card(app, number)


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
