"""Batches (批次) and the day until which each is good: what is left of them, out of the moves.

Nobody says at the till which batch he sells. Soonest good-until day first, of two with one day the
one that came first, those without a day last; what is out of date is not sold while there is other.
Goods are good through the printed day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.base.hot import Statement
from models.base.quantity import Quantity

_NONE = Quantity(0)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is left of a batch; `came` is the business day of its delivery."""

    name: str
    expiry: date | None
    came: date
    quantity: Quantity

    def is_over(self, day: date) -> bool:
        """Is it out of date on a day?"""
        return self.expiry is not None and self.expiry < day

    def turn(self, day: date) -> tuple[bool, bool, date, date]:
        """The order in which batches leave on a day."""
        return self.is_over(day), self.expiry is None, self.expiry or self.came, self.came


def without(batches: Iterable[Batch], quantity: Quantity, day: date) -> list[Batch]:
    """What is left of batches when so much of them was sold on a day; more than there is of them
    came from no batch.
    """
    found = []
    for batch in sorted(batches, key=lambda one: one.turn(day)):
        taken = min(batch.quantity, quantity)
        quantity -= taken
        if taken < batch.quantity:
            found.append(replace(batch, quantity=batch.quantity - taken))
    return found


_MOVES = Statement(
    'SELECT d."day", sum(m."quantity"), coalesce(l."batch", \'\'), l."expiry" FROM "stock_move" m '
    'JOIN "document" d ON d."key" = m."document_id" LEFT JOIN "receipt_line" l '
    'ON l."document_id" = m."document_id" AND l."line" = m."line" WHERE m."goods_id" = ? '
    'GROUP BY d."key", d."day", d."at", m."line", l."batch", l."expiry" '
    'ORDER BY d."day", d."at", d."key", m."line"'
)


def batches_of(goods: int) -> list[Batch]:
    """What is left of an item by batch, the one first that leaves first; also what came without
    batch and day.
    """
    left: list[Batch] = []
    last = date.min
    for day, moved, name, expiry in _MOVES.rows(goods):
        last, quantity = date.fromisoformat(str(day)), Quantity(int(moved))
        until = date.fromisoformat(str(expiry)) if expiry else None
        if quantity > _NONE:
            left.append(Batch(name, until, last, quantity))
        elif name or until:
            left = _back(left, name, until, -quantity)
        else:
            left = without(left, -quantity, last)
    return sorted(left, key=lambda one: one.turn(last))


def _back(left: Sequence[Batch], name: str, until: date | None, quantity: Quantity) -> list[Batch]:
    """Without what went back of one batch."""
    found = []
    for batch in left:
        taken = (
            min(batch.quantity, quantity) if (batch.name, batch.expiry) == (name, until) else _NONE
        )
        quantity -= taken
        if taken < batch.quantity:
            found.append(replace(batch, quantity=batch.quantity - taken))
    return found


_DATED = Statement(
    'SELECT DISTINCT "goods_id" FROM "receipt_line" WHERE "expiry" BETWEEN ? AND ? '
    'ORDER BY "goods_id"'
)


def dated(first: date, last: date) -> Iterator[tuple[int, Batch]]:
    """The batches that are left and good until a day of these, item by item."""
    for (goods,) in _DATED.rows(first.isoformat(), last.isoformat()):
        for batch in batches_of(int(goods)):
            if batch.expiry is not None and first <= batch.expiry <= last:
                yield int(goods), batch


# So many days before its last day a batch is spoken of, and so long after it.
AHEAD, BEHIND = timedelta(days=7), timedelta(days=60)


def soon_over(day: date) -> int:
    """How many batches are out of date, or will be within the week."""
    return sum(1 for _ in dated(day - BEHIND, day + AHEAD))
