"""A card is sold or topped up: which, of which kind, for how much, whose; and the money for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.documents import Document
from models.ledger.payments.taken import taken_of
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import CardKind, Caution, bonus_for, cautions
from models.members.cards import (
    CLOSED,
    balance_of,
    begin_card,
    cards_meant,
    find_card,
    open_card,
    require_card_sellable,
    sell_card,
)
from models.members.kinds import KINDS
from models.members.lots import new_number, require_number
from models.members.sellers import seller_proposed, sellers_named
from models.people.persons import Person
from models.reports.cards import card_view
from models.trust import drafts
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.members.asking import AskNumber
from tui.members.card_telling import beside_money
from tui.money.at_the_desk import LINES, AtTheDesk, Owed
from tui.people.people_listing import LISTING as PEOPLE
from tui.records.forms.form import new_record
from tui.records.picker import Picker
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Confirm, Message, Panel, Pick

# So many cards stand in one panel to choose from.
_MOST = 9
WHOSE = word("Whose card is it? The end of a phone, a name, initials")


class CardPayable(AtTheDesk):
    """A card of so much, with what is given on top."""

    columns = LINES[1:]

    def __init__(self, app: Any, head: dict[str, Any], draft: int | None) -> None:
        super().__init__(app, Money(head["amount"], store_currency()), draft)
        self.head = head
        self.bonus = Money(head["bonus"], store_currency())

    @property
    def rows(self) -> Sequence[Owed]:
        name = f"{self.head['number']} {self.head.get('owner', '')}".strip()
        rows = [Owed(f"{t('Member card')} {name}", self.amount)]
        if self.bonus:
            rows.append(Owed(t("Bonus on top: {bonus}", bonus=self.bonus), self.bonus - self.bonus))
        return rows

    def takes(self, tender: Tender) -> bool:
        return super().takes(tender) and tender.kind not in KINDS

    async def work(self) -> int:
        if self.draft is None:
            self.draft = await self.screen.in_books(self._begin)
        return self.draft

    def _begin(self) -> int:
        head = self.head
        return begin_card(
            self.counter.session, head["kind"], head["number"], amount=self.amount,
            bonus=self.bonus, person=head["person"], sellers=head["sellers"],
        )  # fmt: skip

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        head = self.head
        return await self.screen.operate(
            sell_card, head["kind"], head["number"], tuple(payings), amount=self.amount,
            bonus=self.bonus, person=head["person"], sellers=head["sellers"], draft=self.draft,
            language=language,
        )  # fmt: skip


async def sell_one(app: Any, number: str = "") -> None:
    """From the menu, or onto the card of this number. What was begun, and has payments, goes on."""
    found = await app.in_books(_begun, app.session.register)
    if found is not None:
        head, draft = found
        app.inform(
            word("A payment for card {number} was begun: it goes on."), number=head["number"]
        )
    else:
        head, draft = await _asked(app, number), None
        if head is None:
            return
    if await CardPayable(app, head, draft).taken() is None:
        return
    rest = await app.in_books(_on_it, head["number"])
    app.inform(word("Card {number}: {rest} on it now."), number=head["number"], rest=rest)


async def _asked(app: Any, onto: str) -> dict[str, Any] | None:
    """Which card, where none is meant already (`onto`), of which kind, for how much, whose; None
    when it was left.
    """
    kinds = await app.in_books(_kinds)
    if not kinds:
        await app.ask(Message(word("There is no kind of card yet: menu 403 makes one.")))
        return None
    number: str | None = onto or new_number()
    given = None
    while given is None:
        number = onto or await _number(app, number or "")
        if number is None:
            return None
        given = await in_turn(app, partial(_question, app, kinds, number=number))
        if given is None and onto:
            return None
    assert number is not None
    kind, amount = given[0], money_of(given[1])
    person = given[2].key if len(given) > 2 else None
    for caution in await app.in_books(_cautions, kind.key, number, amount, person):
        text = t(caution.text, **caution.fields)
        if not await app.ask(Confirm(word("Sell it all the same?"), text, is_grave=True)):
            return None
    sellers = await _sellers(app)
    if sellers is None:
        return None
    bonus = await app.in_books(bonus_for, kind.key, amount)
    return {
        "kind": kind.key, "number": number, "amount": amount.minor, "bonus": bonus.minor,
        "person": person, "sellers": sellers,
        "owner": given[2].text if person else await app.in_books(_owner, number),
    }  # fmt: skip


def _owner(number: str) -> str:
    card = find_card(number)
    return card.name if card else ""


async def _sellers(app: Any) -> str | None:
    """Who of the staff sold it, where somebody gets something for it; None when it was left."""
    typed = await app.in_books(seller_proposed, app.session.user)
    while typed is not None:
        typed = await app.ask(Ask(word("Who sold it? 8, or 8:60 21:40; nothing: nobody"),
                                  value=typed))  # fmt: skip
        if typed is None:
            return None
        try:
            await app.in_books(sellers_named, typed)
        except Refusal as refusal:
            app.tell(refusal)
            continue
        return str(typed)
    return ""


async def _number(app: Any, number: str) -> str | None:
    """A new card, or one that somebody has, by its number or whose it is; None when it was left."""
    given = await in_turn(app, partial(_which, app, number))
    return str(given[-1]).strip() if given else None


async def _which(app: Any, number: str, given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Where what was typed is the number of no card but means some, which; or it is a new one.

    Refuses: LotNumberWrong, CardNumberRefused.
    """
    if not given:
        title = word("Scan the card, or type its number, a phone or a name; Enter alone: a new one")
        return AskNumber(title, value=was or number)
    typed = str(given[0]).strip()
    if len(given) > 1 or typed == number:
        return None
    rows = await app.in_books(_meant, typed)
    return Pick(word("Which card?"), _CARDS, rows) if rows else None


class Meant(NamedTuple):
    """A card that may be meant; of a new one only its number is known."""

    number: str
    owner: str = ""
    kind: str = ""

    def __str__(self) -> str:
        return self.number


_CARDS = (
    Column(word("No."), 14, read=lambda row: row.number),
    Column(word("Owner"), 0, read=lambda row: row.owner or (t("a new card"), "muted")),
    Column(word("Kind"), 14, read=lambda row: row.kind),
)


def _meant(typed: str) -> list[Meant]:
    """Refuses: LotNumberWrong, CardNumberRefused, where no card is meant either."""
    if find_card(typed) is not None:
        return []
    found = [card for card in cards_meant(typed, _MOST) if card.state != CLOSED]
    rows = [Meant(card.number, card.name or "-", card.kind.name) for card in found]
    try:
        require_number(typed)
    except Refusal:
        if not rows:
            raise
        return rows
    return [*rows, Meant(typed)] if rows else []


async def _question(
    app: Any, kinds: list[CardKind], given: Sequence[Any], was: Any, *, number: str
) -> Panel[Any] | None:  # fmt: skip
    """Refuses: NotANumber, and what `require_card_sellable` refuses."""
    card = await app.in_books(find_card, number)
    if not given:
        own = [kind for kind in kinds if card is not None and kind.key == card.kind_id]
        rows = own + [kind for kind in kinds if kind not in own]
        return Pick(word("Which kind of card?"), _KINDS, rows)
    kind: CardKind = given[0]
    if len(given) == 1:
        title = word("{kind}: how much is paid?")
        return Ask(title, value=was or _usual(kind), kind=kind.name)
    amount = money_of(given[1])
    if len(given) == 2 and kind.is_named and (card is None or card.person is None):
        return Picker(PEOPLE, makes=partial(new_record, app), title=WHOSE, is_undecided=True)
    person = given[2].key if len(given) > 2 else None
    await app.in_books(require_card_sellable, kind.key, number, amount, person)
    return None


_KINDS = (
    Column(word("Kind of card"), 0, read=lambda row: row.name),
    Column(word("Sale price"), 11, "right", read=lambda row: str(row.price)),
)


def _usual(kind: CardKind) -> str:
    return str(kind.price) if kind.price else ""


def _kinds() -> list[CardKind]:
    return list(CardKind.select().where(CardKind.is_active).order_by(CardKind.key))


def _cautions(kind: int, number: str, amount: Money, person: int | None) -> list[Caution]:
    card = find_card(number)
    whose = person or (card.person if card else None)
    holds = amount + _balance(number) + bonus_for(kind, amount)
    return cautions(Person.get_or_none(Person.key == whose) if whose else None, holds=holds)


def _balance(number: str) -> Money:
    return balance_of(number, open_day(store_number()))


def _on_it(number: str) -> str:
    """Money, times, or what goes off: what there is of them."""
    card = find_card(number)
    assert card is not None, number
    seen = card_view(card)
    found = beside_money(seen)
    return ", ".join([str(_balance(number)), *found] if seen.holds_money else found)


def _begun(register: int) -> tuple[dict[str, Any], int] | None:
    """What was left at this register, with its draft; without a payment it is forgotten."""
    found = open_card(register)
    if found is None:
        return None
    if not taken_of(found.key):
        drafts.drop_empty(found.key, register)
        return None
    return found.head, int(found.key)
