"""F2 at the till: whose bill it is, by name, pinyin or the end of a phone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.members.cards import card_of_owner
from models.shop.customers import customer_of, set_customer
from receipts.words import word
from tui.records.asking import Options
from tui.records.forms.form import new_record
from tui.records.picker import Picker

if TYPE_CHECKING:
    from tui.shop.selling import Selling

_HISTORY, _OTHER, _NOBODY = "history", "other", "nobody"
_CHOICES = (
    (_HISTORY, word("What happened with this customer")),
    (_OTHER, word("Another customer")),
    (_NOBODY, word("No customer on this bill")),
)


async def choose_customer(screen: Selling) -> None:
    """Ask whose bill it is; when it is somebody's already, what to do about that."""
    from tui.desk.words import t
    from tui.people.people_listing import LISTING

    key, name = customer_of(screen.basket.head)
    chosen: str | None = _OTHER
    if key is not None:
        choices = [(choice, t(label)) for choice, label in _CHOICES]
        chosen = await screen.desk.ask(Options(word("Customer: {name}"), choices, name=name))
        if chosen is None:
            return
    if chosen == _HISTORY:
        from tui.people.history import PersonHistory

        assert key is not None
        await screen.desk.go(PersonHistory(key))
        return
    person = None
    if chosen == _OTHER:
        typed, makes = screen.entry.value.strip(), partial(new_record, screen.desk)
        picked = await screen.desk.ask(Picker(LISTING, text=typed, makes=makes))
        if picked is None:
            return
        person = picked[0]
        screen.entry.set_value("")
    await screen.in_books(set_customer, screen.counter.session, screen.basket, person)
    screen.show_bill(screen.lines.cursor)


async def name_by_card(screen: Selling, code: str) -> bool:
    """A member's card that was scanned names its owner; False for what is nobody's card.

    Refuses: CardStopped, CardOver.
    """
    card = await screen.in_books(card_of_owner, code)
    if card is None:
        return False
    await screen.in_books(set_customer, screen.counter.session, screen.basket, card.person)
    screen.show_bill(screen.lines.cursor)
    screen.desk.inform(word("Customer: {name}"), name=card.name)
    return True
