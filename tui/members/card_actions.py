"""What can be done with a card from its list: on the counter of whoever may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.payments.refunds import proposed
from models.ledger.ways.tender_kinds import Paying
from models.listings.listings import Action
from models.members.card_changes import (
    CardEndWrong,
    card_to_keep,
    extend_card,
    merge_cards,
    replace_card,
    require_in_use,
    require_later_end,
    require_replaceable,
    require_state,
    set_card_state,
    transfer_card,
)
from models.members.card_refunds import (
    AGREED,
    BY_CUSTOMER,
    BY_STORE,
    CardEmpty,
    CardRefundTooMuch,
    Worth,
    refund_card,
    worth_of,
)
from models.members.cards import FROZEN, GOOD, LOST, Card
from models.members.lots import lots_of, new_number
from models.members.sellers import who_gives_card_back
from models.people.persons import Person
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.members.asking import AskNumber
from tui.members.goodwill import ask_goodwill
from tui.money.giving_back import ask_refund
from tui.records.picker import Picker
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Confirm, Panel, Pick

_WHY = word("Why? It stands on the paper and in the log.")
NOTHING = word("Nothing goes back. Take the card back all the same?")
_CAUSES = (
    (BY_STORE, word("The store's cause: what is left of what was paid")),
    (BY_CUSTOMER, word("The customer's: paid less what was had at list price")),
    (AGREED, word("Agreed on: another sum")),
)


async def _change(
    screen: Any, key: int, operation: Any, *more: Any, look: Callable[..., object],
    first: Callable[[Any], Panel[Any]] | None = None, read: Callable[[Any], Any] = str.strip,
) -> None:  # fmt: skip
    """One change of a card: into what, where that is asked (`first`), and why. What cannot be, as
    `look` says, is refused before the reason is asked.
    """
    app = screen.desk
    card = await app.in_books(Card.get_by_id, key)
    asked = int(first is not None)
    if not asked:
        await app.in_books(look, card)

    async def question(given: Sequence[Any], was: Any) -> Panel[Any] | None:
        if first is not None and not given:
            return first(was)
        if len(given) > asked:
            return None
        if asked:
            await app.in_books(look, card, read(given[0]))
        return Ask(_WHY, value=was or "", is_typed=True)

    given = await in_turn(app, question)
    if given is None:
        return
    made = await screen.operate(
        operation, key, *more, *map(read, given[:asked]), version=card.version, reason=given[-1]
    )  # fmt: skip
    app.wake_paper()
    app.inform(word("Card {number}: done, its paper is printed."), number=made.number)


def _state(state: str) -> Callable[[Any, Any], Any]:
    async def run(screen: Any, line: Any) -> None:
        await _change(
            screen, line.key, set_card_state, state, look=lambda card: require_state(card, state)
        )

    return run


async def _replace(screen: Any, line: Any) -> None:
    title = word("Scan the new card, or Enter alone: a new number")
    await _change(
        screen, line.key, replace_card, look=require_replaceable,
        first=lambda was: AskNumber(title, value=was or new_number()),
    )  # fmt: skip


async def _transfer(screen: Any, line: Any) -> None:
    from tui.people.people_listing import LISTING

    title = word("Whose is it from now on?")
    await _change(
        screen, line.key, transfer_card, look=lambda card, _: require_in_use(card),
        first=lambda was: Picker(LISTING, title=title, is_undecided=True),
        read=lambda chosen: chosen.key,
    )  # fmt: skip


async def _merge(screen: Any, line: Any) -> None:
    title = word("Onto which card of the same owner? Scan it")
    await _change(
        screen, line.key, merge_cards, look=card_to_keep,
        first=lambda was: AskNumber(title, value=was or ""),
    )  # fmt: skip


async def _extend(screen: Any, line: Any) -> None:
    today = await screen.desk.in_books(_today)
    year = (today + timedelta(days=365)).isoformat()
    await _change(
        screen, line.key, extend_card,
        look=lambda card, until: require_later_end(card, until, today),
        first=lambda was: Ask(word("Good through which day?"), value=was or year), read=_day,
    )  # fmt: skip


def _today() -> date:
    return open_day(store_number())


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise CardEndWrong(number="", until=typed) from wrong


async def _sell_onto(screen: Any, line: Any) -> None:
    """Money onto it: of its own kind, or of a better one, which it is from then on. Refuses: what
    `require_in_use` does.
    """
    from tui.members.card_selling import sell_one

    card = await screen.desk.in_books(Card.get_by_id, line.key)
    await screen.desk.in_books(require_in_use, card)
    await sell_one(screen.desk, card.number)


async def _give_up(screen: Any, line: Any) -> None:
    """The three sums, one of them or another, and the ways by which it goes back."""
    app = screen.desk
    card, worth = await app.in_books(_worth, line.key)
    if not worth.paid:
        raise CardEmpty(number=card.number)
    given = await in_turn(app, partial(_refund_question, card, worth))
    if given is None:
        return
    (cause, _, shown), amount, reason = given[0], money_of(given[1]), given[2]
    kept_by = await ask_goodwill(app, await app.in_books(who_gives_card_back, card.number, amount))
    if kept_by is None:
        return
    payings = await app.in_books(_ways, card.number, amount)
    if amount:
        ways, approval = await ask_refund(app, payings, refund_card, name=card.number)
    elif not await app.ask(Confirm(NOTHING, is_grave=True, yes=word("Take the card back"))):
        return
    else:
        ways, approval = [], {}
    if ways or not amount:
        await screen.operate(
            refund_card, card.key, tuple(ways), version=card.version, amount=amount, cause=cause,
            shown=shown, reason=reason, kept_by=kept_by, **approval,
        )  # fmt: skip
        app.wake_paper()
        app.inform(word("Given back: {amount}"), amount=amount)


_COLUMNS = (
    Column(word("Cause"), 0, read=lambda row: row[1]),
    Column(word("Amount"), 11, "right", read=lambda row: str(row[2])),
)


def _refund_question(
    card: Card, worth: Worth, given: Sequence[Any], was: Any
) -> Panel[Any] | None:  # fmt: skip
    """Which of the sums, how much of it, and why. Refuses: NotANumber, CardRefundTooMuch."""
    if not given:
        rows = [(cause, t(said), worth.for_cause(cause)) for cause, said in _CAUSES]
        title = word("{card}: paid {paid}, had {had} at list price. What goes back?")
        return Pick(title, _COLUMNS, rows, card=card.told, paid=worth.paid, had=worth.had)
    if len(given) == 1:
        return Ask(word("How much goes back?"), value=was or str(given[0][2]))
    if money_of(given[1]) > worth.paid:
        raise CardRefundTooMuch(most=worth.paid)
    return Ask(_WHY, value=was or "", is_typed=True) if len(given) == 2 else None


def _worth(key: int) -> tuple[Card, Worth]:
    card: Card = Card.get_by_id(key)
    return card, worth_of(card)


def _ways(number: str, amount: Money) -> list[Paying]:
    documents = dict.fromkeys(lot.document for lot in lots_of(number))
    return proposed(list(documents), amount) if amount > Money.zero(store_currency()) else []


async def _owner(screen: Any, line: Any) -> None:
    """All that is known of whoever it belongs to."""
    from tui.people.history import PersonHistory

    card = await screen.desk.in_books(Card.get_by_id, line.key)
    if card.person is not None:
        person = await screen.desk.in_books(Person.get_by_id, card.person)
        await screen.desk.go(PersonHistory(person.key))


ACTIONS = (
    Action(word("What is known of its owner"), _owner, "see people"),
    Action(word("Freeze"), _state(FROZEN), "keep cards"),
    Action(word("Report lost"), _state(LOST), "keep cards"),
    Action(word("Use again"), _state(GOOD), "keep cards"),
    Action(word("Replace with a new card"), _replace, "keep cards"),
    Action(word("Somebody else's from now on"), _transfer, "keep cards"),
    Action(word("Put together with another"), _merge, "keep cards"),
    Action(word("Good for longer"), _extend, "keep cards"),
    Action(word("Take the card back"), _give_up, "refund cards"),
    Action(word("Top it up, or make it another kind"), _sell_onto, "sell cards"),
)
