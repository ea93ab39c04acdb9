"""Points as a way to pay: what they pay is a discount. What was paid with them comes back as
points, onto the lots from which they were taken and with the last day that those have.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.ledger.accounts import POINTS_USED
from models.ledger.documents import Document, Leg
from models.ledger.ways.tender_kinds import CODE, Take, TenderKind
from models.members.kinds import POINTS
from models.members.lots import BACK, USED, Lot, LotTooMuch, is_over, move
from models.members.points_lots import (
    PointsTooFew,
    person_of_code,
    points_for,
    points_lots,
    points_of,
    take_points,
    worth_of_points,
)
from models.members.shares import share_back
from models.trust.operation import Job, open_day


class PointsUnknown(Refusal):
    """Nobody's points have this code."""


def _owner(code: str) -> int:
    """Refuses: PointsUnknown."""
    person = person_of_code(code)
    if person is None:
        raise PointsUnknown(code=code)
    return person


def _check(job: Job, takes: Sequence[Take]) -> None:
    """The points of one person count together. Refuses: PointsUnknown, PointsTooFew."""
    wanted: dict[int, int] = {}
    for take in takes:
        person = _owner(take.paying.code)
        if take.paying.given.minor > 0:
            wanted[person] = wanted.get(person, 0) + points_for(take.paying.given)
    for person, points in wanted.items():
        if (there := points_of(person, job.day)) < points:
            raise PointsTooFew(points=there, wanted=points)


def _look(take: Take) -> None:
    if take.paying.given.minor > 0:
        person, points = _owner(take.paying.code), points_for(take.paying.given)
        if (there := points_of(person, open_day(store_number()))) < points:
            raise PointsTooFew(points=there, wanted=points)


def _legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    person = _owner(take.paying.code)
    if amount.minor < 0:
        moves = _back(job, document, take.paying.code, -amount)
    else:
        lots = [lot for lot in points_lots(person) if not is_over(lot, job.day)]
        moves = take_points(job, document, lots, points_for(amount), why=USED)
    return [*moves, Leg(POINTS_USED, amount)]


# What a bill took of somebody's points for how much, and what came back of both.
_PAID = Statement(
    'SELECT coalesce(sum(p."amount"), 0) FROM "payment" p JOIN "tender" t ON t."key" = '
    'p."tender_id" WHERE p."document_id" = ? AND p."code" = ? AND t."kind" = ?'
)
_PAID_BACK = Statement(
    'SELECT coalesce(-sum(p."amount"), 0) FROM "payment" p JOIN "document" d ON d."key" = '
    'p."document_id" JOIN "tender" t ON t."key" = p."tender_id" '
    'WHERE d."reverses_id" = ? AND d."key" <> ? AND p."code" = ? AND t."kind" = ? '
    'AND p."amount" < 0'
)
_TAKEN = Statement(
    'SELECT m."lot", -sum(m."pieces") FROM "lot_move" m JOIN "lot" l ON l."key" = m."lot" '
    'WHERE m."document_id" = ? AND m."why" = ? AND l."kind" = ? GROUP BY m."lot" ORDER BY m."lot"'
)
_GIVEN = Statement(
    'SELECT m."lot", sum(m."pieces") FROM "lot_move" m JOIN "lot" l ON l."key" = m."lot" '
    'JOIN "document" d ON d."key" = m."document_id" '
    'WHERE d."reverses_id" = ? AND m."why" = ? AND l."kind" = ? GROUP BY m."lot"'
)


def _back(job: Job, document: Document, code: str, amount: Money) -> list[Leg]:
    """The points that so much, above zero, of a bill was paid with. Refuses: LotTooMuch."""
    sold = document.reverses_id or 0
    paid = int(_PAID.rows(sold, code, POINTS)[0][0])
    before = int(_PAID_BACK.rows(sold, document.key, code, POINTS)[0][0])
    if not 0 < amount.minor <= paid - before:
        raise LotTooMuch(number=code, room=Money(paid - before, amount.currency))
    given = {int(lot): int(pieces) for lot, pieces in _GIVEN.rows(sold, BACK, POINTS)}
    taken = [(int(lot), int(pieces)) for lot, pieces in _TAKEN.rows(sold, USED, POINTS)]
    left = share_back(
        sum(pieces for _, pieces in taken), of=amount.minor, whole=paid, before=before
    )
    legs, zero = list[Leg](), Money.zero(store_currency())
    for key, pieces in reversed(taken):
        part = min(left, pieces - given.get(key, 0))
        if part > 0:
            lot: Lot = Lot.get_by_id(key)
            legs.append(move(job, document, lot, zero, why=BACK, pieces=part))
            left -= part
    return legs


_USED = Statement(
    'SELECT coalesce(-sum(m."pieces"), 0) FROM "lot_move" m JOIN "lot" l ON l."key" = m."lot" '
    'WHERE m."document_id" = ? AND l."kind" = ? AND m."why" IN (?, ?)'
)


def points_used(document: int) -> int:
    """How many points a document was paid with, below zero those that went back."""
    return int(_USED.rows(document, POINTS, USED, BACK)[0][0])


def _holds(code: str) -> Money | None:
    person = person_of_code(code)
    return worth_of_points(points_of(person, open_day(store_number()))) if person else None


POINTS_TENDERS = (
    TenderKind(
        POINTS, word("Points"), POINTS_USED, is_outside=False, needs=(CODE,), check=_check,
        look=_look, legs=_legs, holds=_holds,
    ),
)  # fmt: skip
