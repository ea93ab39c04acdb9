"""What is out of date goes to scrap (过期报废): one slip for a place, filled with what lies there.

Nothing is posted by that: whoever holds the slip counts what is really there, and finishes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from models.base.database import in_one_transaction
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.buying.batches import Batch, over_at
from models.goods.goods import Goods, full_name
from models.stock.goods_out import (
    OutLine,
    OutSlip,
    add_out,
    begin_out,
    load_out,
    lots_waiting,
    outs_waiting,
)
from models.stock.trade import SCRAP
from models.trust.operation import Session


class NothingOver(Refusal):
    """No lot that lies there is out of date."""


def lots_over(day: date) -> dict[int, int]:
    """How many lots are out of date on a day, by the place where they lie; not those that stand on
    a request already.
    """
    counted = {place: len(_left(place, some)) for place, some in sorted(over_at(day).items())}
    return {place: count for place, count in counted.items() if count}


def _left(place: int, found: Iterable[tuple[int, Batch]]) -> list[tuple[int, Batch]]:
    """Lots less what of them stands on requests."""
    asked, left = lots_waiting(place), []
    for goods, batch in found:
        until = batch.expiry.isoformat() if batch.expiry else ""
        rest = batch.quantity - asked.get((goods, batch.name, until), Quantity(0))
        if rest > Quantity(0):
            left.append((goods, replace(batch, quantity=rest)))
    return left


@in_one_transaction
def begin_scrap(session: Session, place: int, day: date) -> OutSlip:
    """A slip that scraps all lots of a place that are out of date on a day, also of goods that are
    switched off; one that this register has begun of them goes on. Refuses: NothingOver,
    PlaceWrong.
    """
    for draft in outs_waiting(session.register):
        begun = load_out(draft)
        if (begun.how, begun.origin) == (SCRAP, place) and any(line.lot for line in begun.lines):
            return begun
    found = _left(place, over_at(day).get(place, ()))
    if not found:
        raise NothingOver()
    slip = begin_out(session, SCRAP, origin=place)
    for goods, batch in found:
        add_out(slip, _line(slip.next_number, Goods.get_by_id(goods), batch))
    return slip


def _line(number: int, goods: Goods, batch: Batch) -> OutLine:
    unit, decimals = (goods.unit.name, goods.unit.decimals) if goods.unit else ("", 0)
    return OutLine(
        number, goods.key, goods.code, full_name(goods.name, goods.spec), unit,
        3 if goods.is_weighed else decimals, batch.quantity, batch.name, batch.expiry,
    )  # fmt: skip
