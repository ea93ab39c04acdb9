"""Opening stock (期初库存): what lay on the shelves when the books began, many items at once."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.documents import Document, add_parts, begin_document, post_document
from models.stock.stock import REASONS, Moves, adjustment_legs, stock_of
from models.stock.trade import ADJUSTMENT
from models.trust import company
from models.trust.operation import Job


def _reason() -> str:
    """Why it came, in the store's language: it stays on the document."""
    return "Opening stock" if company.language.value() == "en" else "期初库存"


def open_stock(job: Job, lines: Sequence[tuple[int, Quantity, int]]) -> Document:
    """Take goods in as opening stock, one document: item, quantity, unit cost in millionths.

    Inside the caller's operation. Refuses: NeedsOverride above the value that the right allows.
    """
    money = store_currency()
    values = [UnitCost(cost, money).times(quantity) for _, quantity, cost in lines]
    total = Money.total(values, money)
    job.require("adjust stock", total.minor)
    document = begin_document(job, ADJUSTMENT, total=total, note=_reason())
    add_parts(document, REASONS, [(_reason(),)])
    moves = Moves(document, [goods for goods, _, _ in lines])
    for line, ((goods, quantity, _), value) in enumerate(zip(lines, values, strict=True), 1):
        moves.receive(line, goods, quantity, value)
    moves.insert()
    return post_document(job, document, adjustment_legs(moves, is_opening=True))


def take_back(job: Job, goods: Sequence[int]) -> Document:
    """Take the whole stock of these goods out again: their opening was a mistake.

    Refuses: NeedsOverride above the value that the right allows.
    """
    money = store_currency()
    here = [(each, stock_of(each)) for each in goods]
    total = Money.total((stock.value for _, stock in here), money)
    job.require("adjust stock", total.minor)
    document = begin_document(job, ADJUSTMENT, total=total, note=_reason())
    add_parts(document, REASONS, [(_reason(),)])
    moves = Moves(document, goods)
    for line, (each, stock) in enumerate(here, 1):
        moves.issue(line, each, stock.quantity, may_go_below=False)
    moves.insert()
    return post_document(job, document, adjustment_legs(moves, is_opening=True))
