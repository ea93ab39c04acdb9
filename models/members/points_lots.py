"""The points that somebody has (积分): lots of pieces, one for each last day, the soonest first.

Nothing is owed for points. What was given for goods that come back goes off again; what he has no
more of by then goes off the next that he gets.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from models.base.fields import store_currency
from models.base.hot import rows_in
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.ledger.accounts import POINTS_USED
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.members.kinds import LOT_EXPIRED, POINTS, POINTS_CHANGE
from models.members.lots import EXPIRED, ISSUED, Lot, is_over, move, new_lot
from models.members.points_rules import MOST_POINTS, points_months, points_worth
from models.people.merging import keys_of, root_of
from models.people.persons import USES, Person
from models.trust.operation import Job, operation
from models.trust.records import linked_row, put, text_of

# Goods for which they were given came back.
TAKEN = "taken"
_PREFIX = "P"
USES.append(("lot", "person"))


class PointsTooFew(Refusal):
    """He has fewer points than this takes."""


class PointsWrong(Refusal):
    """Points are given or taken in whole numbers, with a reason."""

    about = ("points",)


# --- looking


def points_code(person: int) -> str:
    """What stands for a person's points where a code pays: P and the key of his record."""
    return f"{_PREFIX}{root_of(person)}"


def person_of_code(code: str) -> int | None:
    """Whose points a code stands for; None when it is no such code."""
    digits = code.strip().upper().removeprefix(_PREFIX)
    if not code.strip().upper().startswith(_PREFIX) or not (digits.isascii() and digits.isdigit()):
        return None
    found: Person | None = Person.get_or_none(Person.key == int(digits))
    return None if found is None else root_of(found.key)


def points_lots(person: int) -> list[Lot]:
    """The lots of points of a person, with all records that stand for him; the soonest to end
    first.
    """
    found = list(
        Lot.select().where(Lot.kind == POINTS, Lot.person << keys_of(root_of(person)))
    )  # fmt: skip
    return sorted(found, key=lambda lot: (lot.expires or date.max, lot.key))


def points_of(person: int, day: date) -> int:
    """How many points somebody can use on a day."""
    return sum(lot.pieces_rest for lot in points_lots(person) if not is_over(lot, day))


_OWED = 'SELECT coalesce(sum("points" - "moved"), 0) FROM "points_bill" WHERE "person" IN (...)'


def points_owed(person: int) -> int:
    """How many points were to go off for goods that came back, and were not there; at most 0."""
    return min(0, int(rows_in(_OWED, keys_of(root_of(person)))[0][0]))


def worth_of_points(points: int) -> Money:
    """What so many points pay; no part of a minor unit."""
    return Money(points * points_worth.value() // 100, store_currency())


def points_for(amount: Money) -> int:
    """How many points pay an amount: what is begun is whole. Refuses: PointsTooFew, where points
    pay nothing.
    """
    worth = points_worth.value()
    if not worth:
        raise PointsTooFew(points=0, wanted=0)
    return int(-(-amount.minor * 100 // worth))


# --- moving: inside an operation


def add_points(job: Job, document: Document, person: Person, points: int) -> list[Leg]:
    """So many, above zero, onto a person; good as long as they are given for now."""
    expires = _last_day(job.day)
    number = f"{_PREFIX}{person.key}"
    lot: Lot | None = (
        Lot.select()
        .where(Lot.kind == POINTS, Lot.number == number, _ends_on(expires), Lot.is_active)
        .first()
    )
    if lot is None:
        zero = Money.zero(store_currency())
        lot = new_lot(
            job, document, POINTS, number=number, person=person.key, name=person.name, value=zero,
            expires=expires, pieces=points,
        )  # fmt: skip
    else:
        put(lot, pieces=lot.pieces + points)
    return [move(job, document, lot, Money.zero(store_currency()), why=ISSUED, pieces=points)]


def _ends_on(expires: date | None) -> object:
    return Lot.expires.is_null() if expires is None else Lot.expires == expires


def _last_day(day: date) -> date | None:
    months = points_months.value()
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def take_points(
    job: Job, document: Document, lots: Sequence[Lot], points: int, *, why: str
) -> list[Leg]:  # fmt: skip
    """So many, above zero, off these lots in their order. Refuses: PointsTooFew."""
    legs, left = list[Leg](), points
    for lot in lots:
        if part := min(left, lot.pieces_rest):
            zero = Money.zero(store_currency())
            legs.append(move(job, document, lot, zero, why=why, pieces=-part))
            left -= part
    if left:
        raise PointsTooFew(points=points - left, wanted=points)
    return legs


@operation(right="give points")
def change_points(job: Job, person: int, points: int, *, reason: str) -> Document:
    """Give somebody so many points, below zero take them off: a gift, a balance of before, a wrong
    one put right. Refuses: LinkUnknown, PointsWrong, PointsTooFew, TextTooLong.
    """
    why = text_of("reason", reason, 60)
    found = linked_row(Person, "person", root_of(person))
    if found is None or not has_words(why):
        raise PointsWrong(points=points, most=MOST_POINTS)
    require_points(found.key, points, job.day)

    zero = Money.zero(store_currency())
    document = begin_document(job, POINTS_CHANGE, total=zero, note=why)
    if points > 0:
        legs = add_points(job, document, found, points)
    else:
        lots = [lot for lot in points_lots(found.key) if not is_over(lot, job.day)]
        legs = take_points(job, document, lots, -points, why=TAKEN)
    return post_document(
        job, document, [*legs, Leg(POINTS_USED, zero)], person=found.name, points=points
    )


def require_points(person: int, points: int, day: date) -> None:
    """May so many be given to somebody, or below zero taken off? Refuses: PointsWrong,
    PointsTooFew.
    """
    if not points or abs(points) > MOST_POINTS:
        raise PointsWrong(points=points, most=MOST_POINTS)
    if (there := points_of(person, day)) + points < 0:
        raise PointsTooFew(points=there, wanted=-points)


def expire_points(job: Job) -> None:
    """The day's close: points that were good through this day go."""
    over = list(
        Lot.select()
        .where(Lot.kind == POINTS, Lot.expires <= job.day, Lot.pieces_rest > 0)
        .order_by(Lot.key)
    )
    if not over:
        return
    zero = Money.zero(store_currency())
    document = begin_document(job, LOT_EXPIRED, total=zero, note=POINTS)
    legs = [
        move(job, document, lot, zero, why=EXPIRED, pieces=-lot.pieces_rest) for lot in over
    ]  # fmt: skip
    post_document(job, document, [*legs, Leg(POINTS_USED, zero)])
