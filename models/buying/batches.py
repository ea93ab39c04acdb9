"""Batches (批次) and the day until which each is good: what is left of them and where it lies, out
of the moves.

Nobody says at the till which batch he sells. Soonest good-until day first, of two with one day the
one that came first, those without a day last; what is out of date is not sold while there is other.
Goods are good through the printed day. What is carried takes its batch along; a slip on which the
batch was scanned says which one left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from models.base.database import database
from models.base.hot import Statement, rows_in
from models.base.quantity import Quantity
from models.stock.stock import SHOP_FLOOR
from models.stock.trade import TRANSFER

_NONE = Quantity(0)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is left of a batch in a place; `came` is the business day of its delivery."""

    name: str
    expiry: date | None
    came: date
    quantity: Quantity
    place: int = SHOP_FLOOR

    @property
    def lot(self) -> tuple[str, date | None]:
        """What is printed on it."""
        return self.name, self.expiry

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
    return _taken(sorted(batches, key=lambda one: one.turn(day)), quantity)[0]


def _taken(batches: Iterable[Batch], quantity: Quantity) -> tuple[list[Batch], list[Batch]]:
    """What is left of batches in the order in which they leave, and what was taken of them."""
    left, gone = [], []
    for batch in batches:
        taken = min(batch.quantity, quantity)
        quantity -= taken
        if taken:
            gone.append(replace(batch, quantity=taken))
        if taken < batch.quantity:
            left.append(replace(batch, quantity=batch.quantity - taken))
    return left, gone


@dataclass(slots=True)
class _Place:
    """What lies in one place; `short` left it before it came."""

    left: list[Batch] = field(default_factory=list)
    short: Quantity = _NONE

    def put(self, batch: Batch) -> None:
        covered = min(self.short, batch.quantity)
        self.short -= covered
        if covered < batch.quantity:
            self.left.append(replace(batch, quantity=batch.quantity - covered))

    def take(
        self, quantity: Quantity, lot: tuple[str, date | None] | None, day: date
    ) -> list[Batch]:
        """Take so much out, of one batch as far as it is there, the rest in turn."""
        in_turn = sorted(self.left, key=lambda one: (one.lot != lot, *one.turn(day)))
        self.left, gone = _taken(in_turn, quantity)
        self.short += quantity - sum((one.quantity for one in gone), _NONE)
        return gone


# A line of a document has a batch where it was received or sent back, or left on a slip.
_MOVES = Statement(
    'SELECT d."day", d."kind", m."location", m."quantity", coalesce(l."batch", o."batch"), '
    'coalesce(l."expiry", o."expiry") FROM "stock_move" m '
    'JOIN "document" d ON d."key" = m."document_id" LEFT JOIN "receipt_line" l '
    'ON l."document_id" = m."document_id" AND l."line" = m."line" LEFT JOIN "goods_out_lot" o '
    'ON o."document_id" = m."document_id" AND o."line" = m."line" WHERE m."goods_id" = ? '
    'ORDER BY d."day", d."at", d."key", m."number"'
)


def batches_of(goods: int) -> list[Batch]:
    """What is left of an item by batch and place, the one first that leaves first; also what came
    without batch and day.
    """
    places, carried, last = dict[int, _Place](), list[Batch](), date.min
    for day, kind, place, moved, name, expiry in _MOVES.rows(goods):
        last, quantity = date.fromisoformat(str(day)), Quantity(int(moved))
        lot = (name or "", date.fromisoformat(str(expiry)) if expiry else None)
        here = places.setdefault(place, _Place())
        if quantity < _NONE:
            gone = here.take(-quantity, lot if any(lot) else None, last)
            carried = gone if kind == TRANSFER else []
        elif carried:
            # What was carried lies elsewhere now; what was short there came from no batch.
            for batch in carried:
                here.put(replace(batch, place=place))
            rest = quantity - sum((batch.quantity for batch in carried), _NONE)
            carried = []
            if rest:
                here.put(Batch("", None, last, rest, place))
        elif quantity:
            here.put(Batch(*lot, last, quantity, place))
    left = [batch for place in places.values() for batch in place.left]
    return sorted(_together(left), key=lambda one: one.turn(last))


def lots_at(goods: int, place: int) -> dict[tuple[str, date | None], Quantity]:
    """What is left of the lots of an item in a place, in base units."""
    found: dict[tuple[str, date | None], Quantity] = {}
    for batch in batches_of(goods):
        if batch.place == place:
            found[batch.lot] = found.get(batch.lot, _NONE) + batch.quantity
    return found


def _together(batches: Iterable[Batch]) -> list[Batch]:
    """Two deliveries of one day brought the same batch: it is one."""
    found: dict[Batch, Quantity] = {}
    for batch in batches:
        same = replace(batch, quantity=_NONE)
        found[same] = found.get(same, _NONE) + batch.quantity
    return [replace(batch, quantity=quantity) for batch, quantity in found.items()]


_DATED = Statement(
    'SELECT DISTINCT "goods_id" FROM "receipt_line" WHERE "expiry" BETWEEN ? AND ? '
    'ORDER BY "goods_id"'
)


_STAMPS = (
    'SELECT "goods_id", count(*), max("document_id") FROM "stock_move" '
    'WHERE "goods_id" IN (...) GROUP BY "goods_id"'
)


class _Kept:
    """What is left of items, kept until one of them moves: home asks again and again, and years of
    moves are long.
    """

    def __init__(self) -> None:
        self._store: Any = None
        self._found = dict[int, tuple[tuple[int, int], list[Batch]]]()

    def batches(self, goods: list[int]) -> Iterator[tuple[int, list[Batch]]]:
        """What is left of each item."""
        if self._store is not database.obj:
            self._store, self._found = database.obj, {}
        for key, count, newest in rows_in(_STAMPS, goods):
            stamp, kept = (int(count), int(newest)), self._found.get(key)
            if kept is None or kept[0] != stamp:
                kept = self._found[key] = stamp, batches_of(key)
            yield key, kept[1]


_kept = _Kept()


def dated(first: date, last: date) -> Iterator[tuple[int, Batch]]:
    """The batches that are left and good until a day of these, item by item."""
    keys = [int(goods) for (goods,) in _DATED.rows(first.isoformat(), last.isoformat())]
    for goods, left in sorted(_kept.batches(keys)):
        for batch in left:
            if batch.expiry is not None and first <= batch.expiry <= last:
                yield goods, batch


# So many days before its last day a batch is spoken of, and so long after it.
AHEAD, BEHIND = timedelta(days=7), timedelta(days=60)


def soon_over(day: date) -> tuple[int, int]:
    """How many batches are out of date, and how many will be within the week."""
    found = [batch.is_over(day) for _, batch in dated(day - BEHIND, day + AHEAD)]
    return sum(found), len(found) - sum(found)


def over_at(day: date) -> dict[int, list[tuple[int, Batch]]]:
    """The batches that are out of date, with their items, by the place where they lie."""
    found: dict[int, list[tuple[int, Batch]]] = {}
    for goods, batch in dated(day - BEHIND, day - timedelta(days=1)):
        found.setdefault(batch.place, []).append((goods, batch))
    return found
