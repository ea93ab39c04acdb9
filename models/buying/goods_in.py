"""Goods in, posted: the stock takes them at cost, the supplier is owed or his bill awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.buying.delivery_lines import DeliveryHead, TakenLine
from models.buying.orders import (
    PART,
    RECEIVED,
    Ordered,
    PurchaseOrder,
    move_order,
    ordered,
    require_move,
)
from models.buying.prices import LineCost
from models.buying.receipts import ASIDE, BACK, CASUAL, HEAD, LINES, PICKUP, SERIALS, Receipt
from models.buying.receiving import Receiving, load_key
from models.buying.suppliers import retail_folio, supplier_folio, terms_of
from models.buying.trade import CAME_SLIP, GOODS_IN, SHORT_SLIP
from models.goods.records import set_costs
from models.ledger.accounts import COST_OF_SALES, INPUT_TAX, NOT_BILLED, STOCK
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.folios import OPEN, Folio, FolioNotOpen
from models.stock.stock import Moves, arrives_at
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import text_of

_NONE = Quantity(0)


class DeliveryEmpty(Refusal):
    """A delivery without lines is none (PUR-11)."""


class SupplierMissing(Refusal):
    """It is not said who brought it, or whom it goes back to."""


class PickupMissing(Refusal):
    """Goods that we fetch need the day of the pick-up."""


class OrderExceeded(Refusal):
    """More came than was ordered, with all deliveries of the order, beyond what is tolerated."""

    can_be_approved = True


class DeliveryChanged(Refusal):
    """The delivery no longer comes to what was shown."""


class PaperTwice(Refusal):
    """Goods came from this supplier with a paper of this number before."""


@dataclass(frozen=True, slots=True)
class PostedLine:
    """A line as it is posted; of one that was ordered and did not come `taken` is None."""

    goods: int
    taken: TakenLine | None
    due: Quantity | None
    cost: LineCost
    freight: Money
    order: Ordered | None


@operation(right="receive goods")
def receive_goods(
    job: Job,
    draft: int,
    *,
    shown: Money,
    note: str = "",
    is_sure: bool = False,
    language: str = "",
) -> Document:
    """Post a delivery that was scanned: stock, cost, and what is owed. `shown` is the total that
    was seen, `note` the supplier's number of it; one that came before must be meant (`is_sure`).
    What is short is printed at once.

    Refuses: DraftGone, DeliveryEmpty, SupplierMissing, PickupMissing, OrderMoved, OrderExceeded,
    FolioNotOpen, DeliveryChanged, TextTooLong, PaperTwice, NeedsOverride.
    """
    drafts.hold(draft, job.register)
    found = load_key(draft)
    require_lines(found)
    if found.head.how == BACK:
        raise SupplierMissing()
    if found.head.how == PICKUP and found.head.pickup is None:
        raise PickupMissing()
    order = None if found.head.order is None else PurchaseOrder.get_by_id(found.head.order)
    if order is not None:
        require_move(order, PART)
        _require_ordered(job, found)
    costs = found.costs()
    if found.total(costs) != shown:
        raise DeliveryChanged(shown=shown, total=found.total(costs))
    folio = _supplier(job, found.head)
    number = text_of("note", note, 60)
    if number and not is_sure:
        _require_new(folio, number)

    # After this point the delivery must succeed.
    lines = _lines(found, costs)
    document = begin_document(job, GOODS_IN, total=shown, note=number)
    moves = _move(document, lines)
    is_billed = not terms_of(folio.key).bills_later
    add_head(document, found.head, folio, lines, note=number, is_billed=is_billed)
    _add_parts(document, found, lines)
    if order is not None:
        _settle(order)
    drafts.finish(job, draft)
    set_costs(job, _unit_costs(lines))
    legs = _legs(moves, lines, folio, is_billed=is_billed)
    _print(job, document, found, language)
    return post_document(job, document, legs, supplier=folio.name, order=order and order.number)


def require_lines(found: Receiving) -> None:
    """Refuses: DeliveryEmpty, unless something was taken in or refused at the door."""
    if not any(line.quantity or line.rejected for line in found.lines):
        raise DeliveryEmpty()


def _require_ordered(job: Job, found: Receiving) -> None:
    """Each item over what is still to come is within the tolerance of its order, or by right."""
    assert found.head.supplier is not None
    more = terms_of(found.head.supplier).tolerance
    due = {one.goods: one for one in found.orders}
    for goods in dict.fromkeys(line.goods for line in found.lines):
        here, one = found.accepted(goods), due.get(goods)
        if here <= (may_come(one, more) if one else _NONE):
            continue
        if not (job.rights.holds("exceed order") or job.override):
            name = next(line.name for line in found.lines if line.goods == goods)
            left = one.left if one else _NONE
            raise OrderExceeded(goods=name, here=here, left=left, over=here - left)
        job.require("exceed order")


def may_come(one: Ordered, tolerance: Rate) -> Quantity:
    """How many of a line may still be taken in: the tolerance is of the order, over all its
    deliveries.
    """
    whole = ONE.millionths + tolerance.millionths
    most = one.quantity.thousandths * whole // ONE.millionths
    return max(Quantity(most) - one.came, _NONE)


def _supplier(job: Job, head: DeliveryHead) -> Folio:
    if head.how == CASUAL:
        return retail_folio(job)
    if head.supplier is None:
        raise SupplierMissing()
    folio = supplier_folio(head.supplier)
    if folio.status != OPEN or folio.is_posting_stopped:
        raise FolioNotOpen(folio=folio.number)
    return folio


def _require_new(folio: Folio, number: str) -> None:
    """Refuses: PaperTwice."""
    same = (Receipt.supplier == folio.key) & (Receipt.note == number) & (Receipt.how != BACK)
    before = Receipt.get_or_none(same)
    if before is not None:
        document = Document.get_by_id(before.document_id)
        raise PaperTwice(number=number, document=document.label, day=document.day)


def _lines(found: Receiving, costs: Sequence[LineCost]) -> list[PostedLine]:
    """The lines with their shares of the freight, by what they cost; and what did not come."""
    zero = Money.zero(store_currency())
    weights = [one.net.minor for one in costs]
    shares = found.freight.split(weights) if costs else []
    orders, seen, lines = {one.goods: one for one in found.orders}, set[int](), []
    for line, cost, share in zip(found.lines, costs, shares, strict=True):
        order = orders.get(line.goods)
        due = None
        if found.head.order is not None and line.goods not in seen:
            due = order.left if order else _NONE
        seen.add(line.goods)
        lines.append(PostedLine(line.goods, line, due, cost, share, order))
    nothing = LineCost(zero, zero)
    return lines + [
        PostedLine(one.goods, None, one.left, nothing, zero, one)
        for one in found.orders
        if one.goods not in seen and one.left
    ]


def _move(document: Document, lines: Sequence[PostedLine]) -> Moves:
    moves, place = Moves(document, [one.goods for one in lines]), arrives_at()
    for number, one in enumerate(lines, 1):
        if one.taken is not None and one.taken.quantity:
            value = one.cost.net + one.freight
            moves.receive(number, one.goods, one.taken.quantity, value, location=place)
    moves.insert()
    return moves


def _unit_costs(lines: Sequence[PostedLine]) -> dict[int, UnitCost]:
    """What one of each item cost now, with its share of the freight."""
    came: dict[int, tuple[Money, Quantity]] = {}
    for one in lines:
        if one.taken is not None and one.taken.quantity:
            value, quantity = came.get(one.goods, (Money.zero(store_currency()), _NONE))
            value += one.cost.net + one.freight
            came[one.goods] = value, quantity + one.taken.quantity
    # What came for nothing says not what the next one costs.
    return {goods: UnitCost.each(*both) for goods, both in came.items() if both[0]}


def add_head(
    document: Document,
    head: DeliveryHead,
    folio: Folio,
    lines: Sequence[PostedLine],
    *,
    note: str,
    is_billed: bool,
    sign: int = 1,
) -> None:
    """Store what belongs to the whole delivery; its figures are the sums of its lines."""
    money = store_currency()
    net, tax, freight = (
        sign * Money.total(some, money).minor
        for some in (
            [one.cost.net for one in lines], [one.cost.tax for one in lines],
            [one.freight for one in lines],
        )
    )  # fmt: skip
    pickup = head.pickup.isoformat() if head.pickup else None
    row = (
        head.how, folio.key, head.order, note, pickup, net, tax, freight, net + tax + freight,
        money.code, is_billed,
    )  # fmt: skip
    add_parts(document, HEAD, [row])


def _add_parts(document: Document, found: Receiving, lines: Sequence[PostedLine]) -> None:
    rows = [line_row(number, one, found) for number, one in enumerate(lines, 1)]
    add_parts(document, LINES, rows)
    singles = [
        (number, place, serial)
        for number, one in enumerate(lines, 1)
        for place, serial in enumerate(one.taken.serials if one.taken else (), 1)
    ]
    add_parts(document, SERIALS, singles)
    aside = [(n, one.code, one.quantity.thousandths) for n, one in enumerate(found.parked, 1)]
    add_parts(document, ASIDE, aside)


def line_row(number: int, one: PostedLine, found: Receiving, sign: int = 1) -> tuple[object, ...]:
    """A line as it is stored; below zero with the `sign` of goods that go back."""
    taken, due = one.taken, None if one.due is None else one.due.thousandths
    money, asked = store_currency().code, taken.asked if taken else None
    if asked is None:
        assert one.order is not None
        asked = one.order.asked
    return (
        number, one.goods, taken.code if taken else "",
        taken.name if taken else found.names[one.goods], taken.unit if taken else "",
        sign * taken.quantity.thousandths if taken else 0,
        taken.rejected.thousandths if taken else 0, due, asked.pack.thousandths,
        asked.price.millionths, sign * one.cost.net.minor, sign * one.cost.tax.minor,
        one.freight.minor, money, found.head.order, taken.batch if taken else "",
        taken.expiry.isoformat() if taken and taken.expiry else None,
    )  # fmt: skip


def _settle(order: PurchaseOrder) -> None:
    """How far the order is now. Another receiver at the same moment loses, and is told."""
    is_whole = all(not one.left for one in ordered(order.key))
    move_order(order, RECEIVED if is_whole else PART)


def _legs(moves: Moves, lines: Sequence[PostedLine], folio: Folio, *, is_billed: bool) -> list[Leg]:
    money = store_currency()
    legs = [
        Leg(STOCK, Money(moves.value, money)), Leg(COST_OF_SALES, Money(moves.correction, money)),
    ]  # fmt: skip
    net = Money.total((one.cost.net + one.freight for one in lines), money)
    tax = Money.total((one.cost.tax for one in lines), money)
    if not is_billed:
        # The tax comes back by the bill, and not before.
        return [*legs, Leg(NOT_BILLED, -net)]
    return [*legs, Leg(INPUT_TAX, tax), Leg(folio.account, -net - tax, folio.key)]


def _print(job: Job, document: Document, found: Receiving, language: str) -> None:
    add_job(job, CAME_SLIP, subject=document.key, language=language)
    differs = any(row.difference for row in found.rows())
    if differs or found.parked or any(line.rejected for line in found.lines):
        add_job(job, SHORT_SLIP, subject=document.key, language=language)
