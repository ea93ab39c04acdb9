"""Stored value and times paid ahead as ways to pay. What was paid from a lot goes back onto it, in
the shares in which it was taken, with the last day that it had: bonus never becomes money.

Stored value pays by the number of the card; times by the number of the card, a stroke and the code
of the service: `880012/101`. What times come to is what so many of them are worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.goods.goods import Goods
from models.ledger.accounts import CARD_BONUS, COURSE_LIABILITY, VALUE_CARD_LIABILITY
from models.ledger.documents import Document, Leg
from models.ledger.ways.tender_kinds import CODE, Take, TenderKind
from models.members.card_kinds import bonus_order
from models.members.cards import balance_of, card_lots, find_card, require_card
from models.members.kinds import COURSE, VALUE_CARD
from models.members.lots import (
    BACK,
    USED,
    Lot,
    LotMove,
    LotTooLittle,
    LotTooMuch,
    is_over,
    move,
    usable,
)
from models.members.shares import bonus_of_use, share_back, value_of_times
from models.trust.operation import Job, open_day

# Between the number of a card and the code of the service that its times are for.
STROKE = "/"


class TimesWrong(Refusal):
    """An amount is not what some of the times left are worth."""


class NoTimesLeft(Refusal):
    """No times of this service are left on the card."""


# --- stored value


def _check_value(job: Job, takes: Sequence[Take]) -> None:
    """Refuses: CardUnknown, CardStopped, CardOver, LotTooLittle."""
    for number, amount in _sums(takes).items():
        # What goes back is taken by each card, also one that is stopped.
        if amount.minor > 0:
            require_card(number, job.day)
            if (rest := balance_of(number, job.day)) < amount:
                raise LotTooLittle(number=number, rest=rest)


def _look_value(take: Take) -> None:
    if take.paying.given.minor > 0:
        today = open_day(store_number())
        require_card(take.paying.code, today)
        if (rest := balance_of(take.paying.code, today)) < take.paying.given:
            raise LotTooLittle(number=take.paying.code, rest=rest)


def _sums(takes: Sequence[Take]) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for take in takes:
        code, given = take.paying.code, take.paying.given
        sums[code] = sums[code] + given if code in sums else given
    return sums


def _value_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    number = take.paying.code
    if amount.minor < 0:
        return _back(job, document, number, -amount, kind=VALUE_CARD)
    legs, left = list[Leg](), amount
    for lot in card_lots(number, VALUE_CARD):
        part = min(left, usable(lot, job.day))
        if part.minor > 0:
            legs += use_lot(job, document, lot, part)
            left -= part
    if left:
        raise LotTooLittle(number=number, rest=amount - left)
    return legs


def use_lot(job: Job, document: Document, lot: Lot, amount: Money) -> list[Leg]:
    """So much of a lot of stored value, its bonus as a discount. Refuses: LotTooLittle."""
    is_late = usable(lot, job.day) < lot.rest
    bonus = 0 if is_late else bonus_of_use(
        amount.minor, rest=lot.rest.minor, bonus_rest=lot.bonus_rest.minor, base=lot.base.minor,
        base_bonus=lot.base_bonus.minor, order=bonus_order.value(),
    )  # fmt: skip
    free = Money(bonus, amount.currency)
    return [move(job, document, lot, -amount, why=USED, bonus=-free), Leg(CARD_BONUS, free)]


# --- times


def item_of_code(code: str) -> tuple[str, int | None]:
    """The number of the card and the item for which its times pay; None where there is none."""
    number, _, item = code.partition(STROKE)
    goods = Goods.get_or_none(Goods.code == item)
    return number, goods.key if goods else None


def times_lots(number: str, goods: int | None, day: date) -> list[Lot]:
    """The lots of a card that times of an item are taken from, in their order."""
    found = card_lots(number, COURSE)
    good = [lot for lot in found if lot.pieces_rest and not is_over(lot, day)]
    return [lot for lot in good if lot.goods == goods]


def worth_of_times(number: str, goods: int, day: date, times: int) -> Money:
    """What the next so many times of an item are worth. Refuses: NoTimesLeft."""
    total, left = 0, times
    for lot in times_lots(number, goods, day):
        part = min(left, lot.pieces_rest)
        total += value_of_times(lot.value.minor, lot.pieces, rest=lot.pieces_rest, times=part)
        left -= part
    if left or not times:
        raise NoTimesLeft(number=number, left=times - left)
    return Money(total, store_currency())


def _times_for(number: str, goods: int, day: date, amount: Money) -> int:
    """How many times come to an amount. Refuses: NoTimesLeft, TimesWrong."""
    times = 1
    while (worth := worth_of_times(number, goods, day, times)) < amount:
        times += 1
    if worth != amount:
        raise TimesWrong(number=number, amount=amount)
    return times


def _check_times(job: Job, takes: Sequence[Take]) -> None:
    """Refuses: CardUnknown, CardStopped, CardOver, NoTimesLeft, TimesWrong."""
    for code, amount in _sums(takes).items():
        number, goods = item_of_code(code)
        if goods is None:
            raise NoTimesLeft(number=number, left=0)
        if amount.minor > 0:
            require_card(number, job.day)
            _times_for(number, goods, job.day, amount)


def _times_legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    number, goods = item_of_code(take.paying.code)
    assert goods is not None, take.paying.code
    if amount.minor < 0:
        return _back(job, document, number, -amount, kind=COURSE, goods=goods)
    legs, left = [], _times_for(number, goods, job.day, amount)
    for lot in times_lots(number, goods, job.day):
        if part := min(left, lot.pieces_rest):
            worth = value_of_times(lot.value.minor, lot.pieces, rest=lot.pieces_rest, times=part)
            value = Money(worth, amount.currency)
            legs.append(move(job, document, lot, -value, why=USED, pieces=-part))
            left -= part
    return legs


# --- back


def _back(
    job: Job, document: Document, number: str, amount: Money, *, kind: str, goods: int | None = None
) -> list[Leg]:  # fmt: skip
    """So much, above zero, onto the lots from which the reversed document took it, the last first.

    Refuses: LotTooMuch.
    """
    legs, left = list[Leg](), amount
    for taken, back in _taken_by(document.reverses_id, number):
        lot: Lot = Lot.get_by_id(taken.lot)
        part = min(left, -taken.amount - back)
        if lot.kind != kind or (goods and lot.goods != goods) or part.minor <= 0:
            continue
        share = {"of": part.minor, "whole": -taken.amount.minor, "before": back.minor}
        bonus = Money(share_back(-taken.bonus.minor, **share), amount.currency)
        pieces = share_back(-taken.pieces, **share)
        legs.append(move(job, document, lot, part, why=BACK, bonus=bonus, pieces=pieces))
        legs.append(Leg(CARD_BONUS, -bonus))
        left -= part
    if left:
        raise LotTooMuch(number=number, room=amount - left)
    return legs


def _taken_by(document: int | None, number: str) -> list[tuple[LotMove, Money]]:
    """What a document took from a card, each with what came back of it: what it took under this
    number first, then from a card whose lots this one has by now; the last first.
    """
    if document is None:
        return []
    later = Document.select(Document.key).where(Document.reverses == document)
    back = LotMove.select().where(LotMove.document << later, LotMove.why == BACK)
    sums: dict[int, Money] = {}
    for one in back:
        sums[one.lot] = sums.get(one.lot, Money.zero(store_currency())) + one.amount
    found = []
    taken = LotMove.select().where(LotMove.document == document, LotMove.why == USED)
    for one in taken.order_by(LotMove.line.desc()):
        if _stands_on(one, number):
            had = min(sums.get(one.lot, Money.zero(store_currency())), -one.amount)
            sums[one.lot] = sums.get(one.lot, had) - had
            found.append((one, had))
    # Two cards that paid, and are one by now, each get their own back.
    return sorted(found, key=lambda each: each[0].number != number)


def _stands_on(taken: LotMove, number: str) -> bool:
    """Was it taken from this card, or from one whose lots it has by now?"""
    return taken.number == number or Lot.get_by_id(taken.lot).number == number


def _holds_value(code: str) -> Money | None:
    return balance_of(code, open_day(store_number())) if find_card(code) else None


def _whose(code: str) -> tuple[int, str] | None:
    card = find_card(code.partition(STROKE)[0])
    return (card.person, card.name) if card and card.person else None


CARD_TENDERS = (
    TenderKind(
        VALUE_CARD, word("Stored value"), VALUE_CARD_LIABILITY, is_outside=False, needs=(CODE,),
        check=_check_value, look=_look_value, legs=_value_legs, holds=_holds_value,
        whose=_whose,
    ),
    TenderKind(
        COURSE, word("Times paid ahead"), COURSE_LIABILITY, is_outside=False, needs=(CODE,),
        check=_check_times, legs=_times_legs, whose=_whose,
    ),
)  # fmt: skip
