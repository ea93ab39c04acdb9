"""Goods back to a supplier, posted: he owes what was paid, the stock loses what they are worth."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.buying.goods_in import (
    DeliveryChanged,
    PostedLine,
    SupplierMissing,
    add_head,
    line_row,
    require_lines,
)
from models.buying.receipts import BACK, LINES, is_stranger
from models.buying.receiving import Receiving, load_key
from models.buying.suppliers import supplier_folio
from models.buying.trade import CAME_SLIP, GOODS_BACK
from models.ledger.accounts import INPUT_TAX, PRICE_DIFFERENCE, STOCK
from models.ledger.debts.dues import allocate_oldest
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.folios import OPEN, FolioNotOpen
from models.stock.stock import SHOP_FLOOR, arrives_at, lying_at
from models.stock.value_moves import ValueMoves
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import text_of


@operation(right="return to supplier")
def send_goods_back(
    job: Job, draft: int, *, shown: Money, note: str = "", language: str = ""
) -> Document:
    """Send goods back that were scanned for it: the supplier owes their price, the stock loses it
    while what is left is worth no less than nothing, else the average; the rest is a difference of
    prices. It settles the oldest of what he is owed. `shown` is the total that was seen, `note`
    says why.

    Refuses: DraftGone, DeliveryEmpty, SupplierMissing, FolioNotOpen, DeliveryChanged, OutOfStock,
    TextTooLong, NeedsOverride above the value that the right allows.
    """
    drafts.hold(draft, job.register)
    found = load_key(draft)
    require_lines(found)
    if found.head.how != BACK or found.head.supplier is None:
        raise SupplierMissing()
    folio = supplier_folio(found.head.supplier)
    if folio.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    if found.total() != shown:
        raise DeliveryChanged(shown=shown, total=found.total())
    job.require("return to supplier", shown.minor)
    why = text_of("note", note, 60)

    # After this point only the stock may still refuse.
    money = store_currency()
    lines = [
        PostedLine(line.goods, line, None, cost, Money.zero(money), None)
        for line, cost in zip(found.lines, found.costs(), strict=True)
    ]
    document = begin_document(job, GOODS_BACK, total=shown, note=why)
    moves, left = ValueMoves(document, [one.goods for one in lines]), Money.zero(money)
    for number, one in enumerate(lines, 1):
        if one.taken is not None and one.taken.quantity:
            quantity, place = one.taken.quantity, _place_of(one.goods, one.taken.quantity)
            left += moves.give_back(number, one.goods, quantity, one.cost.net, location=place)
    moves.insert()
    add_head(document, found.head, folio, lines, note=why, is_billed=True, sign=-1)
    add_parts(document, LINES, [line_row(n, one, found, -1) for n, one in enumerate(lines, 1)])
    drafts.finish(job, draft)
    net = Money.total((one.cost.net for one in lines), money)
    tax = Money.total((one.cost.tax for one in lines), money)
    legs = [
        Leg(STOCK, -left), Leg(PRICE_DIFFERENCE, left - net), Leg(INPUT_TAX, -tax),
        Leg(folio.account, net + tax, folio.key),
    ]  # fmt: skip
    add_job(job, CAME_SLIP, subject=document.key, language=language)
    post_document(job, document, legs, supplier=folio.name)
    if shown:
        allocate_oldest(job, folio, document)
    return document


def strangers(receiving: Receiving) -> list[str]:
    """What goes back on it and never came from its supplier, by name: also where the supplier was
    changed when it was scanned.
    """
    supplier = receiving.head.supplier
    if supplier is None:
        return []
    return [line.name for line in receiving.lines if is_stranger(supplier, line.goods)]


def _place_of(goods: int, quantity: Quantity) -> int:
    """Where they leave: the place of deliveries if enough lies there, else the shop floor."""
    place = arrives_at()
    if place == SHOP_FLOOR or lying_at(goods, place) >= quantity:
        return place
    return SHOP_FLOOR
