"""Whether what is rung may be meant: a label out of date is not sold, and a typed quantity far off
what the item usually sells at is asked once.

A slipped point or a code typed for a number is off by ten and more; a large customer now and then
takes a case. So a quantity is unusual above eight times the usual and twice the largest of late,
and a weight also below a twentieth of the usual and half the smallest.
"""

from __future__ import annotations

from models.base.database import store_number
from models.base.hot import Statement
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.goods.gs1_labels import label_of
from models.selling.items import Item, Scanned, find_scanned
from models.trust.operation import open_day

# Of so many that left the stock last; fewer than FEW say nothing.
LAST, FEW = 40, 5
# Without a history: more than this is asked about. Up to EVERYDAY nothing is, whatever sells.
MOST_PIECES, MOST_WEIGHT = 60_000, 20_000
EVERYDAY_PIECES, EVERYDAY_WEIGHT = 12_000, 2_000


class QuantityUnusual(Refusal):
    """The quantity is far off what the item usually sells at: it must be meant."""


class OutOfDate(Refusal):
    """The label says that the goods were good until a day that is over: they are not sold."""


def find_sellable(code: str) -> Scanned:
    """What a code rings at the till; goods are good through the printed day.

    Refuses: OutOfDate, CodeUnknown, NotForSale, LabelDamaged.
    """
    found = find_scanned(code)
    if found.scan is not None and found.scan.elements:
        said = label_of(found.scan)
        if said.expiry is not None and said.expiry < open_day(store_number()):
            raise OutOfDate(goods=found.item.name, batch=said.batch, day=said.expiry)
    return found


_LEFT = Statement(
    'SELECT -"quantity" FROM "stock_move" WHERE "goods_id" = ? AND "quantity" < 0 '
    'ORDER BY "document_id" DESC LIMIT ?'
)


def check_plausible(item: Item, quantity: Quantity) -> None:
    """Refuses: QuantityUnusual."""
    units = quantity.packs_of(item.pack).thousandths
    everyday = EVERYDAY_WEIGHT if item.is_weighed else EVERYDAY_PIECES
    if units <= everyday and not (item.is_weighed and units < 100):
        return
    sold = [int(row[0]) for row in _LEFT.rows(item.goods, LAST)]
    if _is_unusual(units, sold, is_weighed=item.is_weighed):
        usual = Quantity(sum(sold) // len(sold)) if sold else Quantity.of(1)
        raise QuantityUnusual(
            goods=item.name, quantity=quantity, unit=item.unit, usual=_rounded(usual, item)
        )


def _is_unusual(units: int, sold: list[int], *, is_weighed: bool) -> bool:
    if len(sold) < FEW:
        return units > (MOST_WEIGHT if is_weighed else MOST_PIECES)
    usual = sum(sold) // len(sold)
    if units > 8 * usual and units > 2 * max(sold):
        return True
    return is_weighed and 20 * units < usual and 2 * units < min(sold)


def _rounded(usual: Quantity, item: Item) -> Quantity:
    """As a person says it: whole pieces, and tenths of a kilogram."""
    step = 100 if item.is_weighed else 1000
    return Quantity(max(step, (usual.thousandths + step // 2) // step * step))
