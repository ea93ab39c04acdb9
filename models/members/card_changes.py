"""What becomes of a card besides being used: frozen, lost and replaced, somebody else's, put
together with another, good for longer. Lots stay as they are, with their shares and last days,
so that what is owed is the same before and after; each change is told on paper.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from models.base import clock
from models.base.fields import store_currency
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.ledger.documents import Leg, begin_document, post_document
from models.members.cards import CARDS, CLOSED, FROZEN, GOOD, LOST, Card, CardNumberTaken, find_card
from models.members.kinds import KINDS, LOT_EXPIRED, VALUE_CARD
from models.members.lots import EXPIRED, Lot, lots_of, move, require_number
from models.people.persons import Person
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import LinkUnknown, linked_row, put, row_at

# State -> which it may become by hand; a card that was replaced or given up stays closed.
TRANSITIONS: Final = {GOOD: (FROZEN, LOST), FROZEN: (GOOD, LOST), LOST: (GOOD,), CLOSED: ()}
DONE = {
    GOOD: word("CARD IN USE AGAIN"), FROZEN: word("CARD FROZEN"), LOST: word("CARD REPORTED LOST"),
}  # fmt: skip
REPLACED, TRANSFERRED, MERGED, EXTENDED = (
    word("CARD REPLACED"), word("CARD TRANSFERRED"), word("CARDS PUT TOGETHER"),
    word("CARD EXTENDED"),
)  # fmt: skip


class CardStateWrong(Refusal):
    """A card in this state cannot become what was asked for."""


class CardSame(Refusal):
    """A card is not put together with itself, nor with one of somebody else."""


class CardEndWrong(Refusal):
    """A card is extended to a day that is not over, and later than it ends now."""

    about = ("until",)


@operation(right="keep cards")
def set_card_state(job: Job, key: int, state: str, *, version: int, reason: str = "") -> Card:
    """Freeze a card, report it lost, or let it be used again. Refuses: RecordChanged,
    CardStateWrong.
    """
    card = row_at(Card, key, version, CARDS)
    require_state(card, state)

    put(card, state=state)
    _tell(job, card, DONE[state], reason=reason)
    return card


@operation(right="keep cards")
def replace_card(job: Job, key: int, number: str, *, version: int, reason: str = "") -> Card:
    """Give the owner of a card, lost or worn out, another one with all that is on it.

    Refuses: RecordChanged, CardStateWrong (it is closed), CardNumberTaken, LotNumberWrong.
    """
    card = row_at(Card, key, version, CARDS)
    require_replaceable(card, number)

    made = Card.create(
        key=new_key(), number=number, kind=card.kind, person=card.person, name=card.name,
        discount=card.discount, day=card.day, expires=card.expires, document=card.document,
    )  # fmt: skip
    _carry(card, number)
    put(card, state=CLOSED)
    _tell(job, made, REPLACED, reason=reason, old=card.number)
    return made


@operation(right="keep cards")
def transfer_card(job: Job, key: int, person: int, *, version: int, reason: str = "") -> Card:
    """Make a card somebody else's. Refuses: RecordChanged, CardStateWrong (unless it is in use),
    LinkUnknown.
    """
    card, owner = row_at(Card, key, version, CARDS), linked_row(Person, "person", person)
    if owner is None:
        raise LinkUnknown(field="person")
    require_in_use(card)

    before = card.name
    put(card, person=owner.key, name=owner.name)
    for lot in lots_of(card.number):
        put(lot, person=owner.key, name=owner.name)
    _tell(job, card, TRANSFERRED, reason=reason, old=before)
    return card


@operation(right="keep cards")
def merge_cards(job: Job, key: int, number: str, *, version: int, reason: str = "") -> Card:
    """Put all that is on a card onto another of the same owner, the one with this number; each lot
    keeps its shares and its last day.

    Refuses: RecordChanged, CardStateWrong (either is not in use), CardSame.
    """
    card = row_at(Card, key, version, CARDS)
    kept = card_to_keep(card, number)

    _carry(card, kept.number)
    put(card, state=CLOSED)
    _tell(job, kept, MERGED, reason=reason, old=card.number)
    return kept


@operation(right="keep cards")
def extend_card(job: Job, key: int, until: date, *, version: int, reason: str = "") -> Card:
    """Let a card, its times and its bonus be good through a later day; a bonus that is over and
    came back may be used again. Refuses: RecordChanged, CardEndWrong.
    """
    card = row_at(Card, key, version, CARDS)
    require_later_end(card, until, job.day)

    for lot in lots_of(card.number):
        changes: dict[str, Any] = {
            name: until for name in ("expires", "bonus_expires")
            if (end := getattr(lot, name)) and end < until
        }  # fmt: skip
        if changes:
            put(lot, **changes, is_bonus_over=False)
    put(card, expires=max(card.expires, until) if card.expires else None)
    _tell(job, card, EXTENDED, reason=reason)
    return card


# --- what each refuses: a screen looks before it asks why


def require_state(card: Card, state: str) -> None:
    """Refuses: CardStateWrong."""
    if state not in TRANSITIONS[card.state]:
        raise CardStateWrong(number=card.number, state=card.said_state)


def require_in_use(card: Card) -> None:
    """Refuses: CardStateWrong."""
    if card.state != GOOD:
        raise CardStateWrong(number=card.number, state=card.said_state)


def require_replaceable(card: Card, number: str) -> None:
    """Refuses: CardStateWrong, CardNumberTaken, LotNumberWrong, CardNumberRefused."""
    if card.state == CLOSED:
        raise CardStateWrong(number=card.number, state=card.said_state)
    if find_card(number) is not None or lots_of(number):
        raise CardNumberTaken(number=number)
    require_number(number)


def card_to_keep(card: Card, number: str) -> Card:
    """The other card of the same owner. Refuses: CardSame, CardStateWrong."""
    kept = find_card(number)
    if kept is None or kept.key == card.key or kept.person != card.person:
        raise CardSame(number=number)
    for one in (card, kept):
        require_in_use(one)
    return kept


def require_later_end(card: Card, until: date, day: date) -> None:
    """Refuses: CardEndWrong."""
    ends = [each for lot in lots_of(card.number) for each in (lot.expires, lot.bonus_expires)]
    known = [each for each in (*ends, card.expires) if each]
    if until < day or not known or until <= min(known):
        raise CardEndWrong(number=card.number, until=until)


def expire_bonus(job: Job) -> None:
    """The day's close: a bonus that was good through this day goes; nothing is earned by it, as
    nothing was owed.
    """
    over = list(
        Lot.select()
        .where(Lot.bonus_expires <= job.day, ~Lot.is_bonus_over, Lot.kind == VALUE_CARD)
        .order_by(Lot.key)
    )
    if not over:
        return
    money = store_currency()
    total = Money.total((lot.bonus_rest for lot in over), money)
    document = begin_document(job, LOT_EXPIRED, total=total, note="bonus")
    account = KINDS[VALUE_CARD].account
    for lot in over:
        if lot.bonus_rest:
            move(job, document, lot, -lot.bonus_rest, why=EXPIRED, bonus=-lot.bonus_rest)
        # As it is now: the move has changed it.
        put(Lot.get_by_id(lot.key), is_bonus_over=True)
    zero = Money.zero(money)
    post_document(job, document, [Leg(account, zero), Leg(KINDS[VALUE_CARD].profit, zero)])


def _carry(card: Card, number: str) -> None:
    """The lots of a card onto another number, behind those that it has."""
    place = len(lots_of(number))
    for lot in lots_of(card.number):
        place += 1
        put(lot, number=number, place=place)


def _tell(job: Job, card: Card, title: str, *, reason: str, old: str = "") -> None:
    add_job(
        job, "card_note",
        body={
            "card": card.key, "title": title, "reason": reason.strip(), "old": old,
            "register": job.register, "user": job.user, "at": clock.micros(job.now),
        },
    )  # fmt: skip
    job.note(card=card.number, owner=card.name, done=title, old=old, why=reason.strip())
