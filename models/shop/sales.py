"""Sales: a paid bill becomes a posted document, with its lines, payments and stock moves, in one
operation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from peewee import BigIntegerField, CharField, ForeignKeyField

from models.base import clock
from models.base.database import Row, store_number
from models.base.fields import InstantField, MoneyField, QuantityField, iso, store_currency
from models.base.hot import insert
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.values import value
from models.goods.goods import GoodsMonth
from models.ledger.accounts import COST_OF_SALES, SALES, STOCK
from models.ledger.daily.shifts import open_shift_key
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.parts import Part
from models.ledger.payments.taken import DUES, clear_taken, taken_to_finish
from models.ledger.payments.taking import take_payments
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import TakenPayment
from models.members.card_prices import require_times
from models.members.points import book_points
from models.selling.charges import GOODS, Charge, Served, TaxCharged, add_charges
from models.selling.lines import PricedLine
from models.selling.pricing import Bill
from models.selling.promotion_effect import add_offs
from models.selling.tax_settings import discount_basis, tax_rounding
from models.shop.asked import bill_asked
from models.shop.basket import KIND, salesperson_of
from models.shop.basket_lines import RungLine
from models.shop.bill_limits import require_allowed
from models.shop.bill_promotions import off_lines, require_coupons
from models.shop.bill_stock import below_zero_allowed
from models.shop.customers import customer_of
from models.shop.stored_bills import BillEmpty, StoredBill, bill_to_finish, stored_bill
from models.shop.trade import SALE
from models.shop.unfinished_returns import require_no_return, unslipped_of
from models.stock.stock import Moves
from models.trust import drafts
from models.trust.drafts import DraftLine
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.trades_used import loaded_in_use


class TotalChanged(Refusal):
    """The bill no longer comes to the total that was shown."""


class Sale(Row):
    """What belongs to a whole bill.

    subtotal - discount + rounding = total; all as computed at the sale.
    """

    document = ForeignKeyField(Document, primary_key=True)
    subtotal = MoneyField()
    discount = MoneyField()
    rounding = MoneyField()
    total = MoneyField()
    net = MoneyField()
    tax = MoneyField()
    cost = MoneyField()
    change = MoneyField()
    currency = CharField(max_length=3)
    pieces = QuantityField()
    tax_rounding = CharField(max_length=20)
    salesperson = CharField(max_length=40, default="")
    # The record of whoever bought, and his name as it was.
    person = BigIntegerField(null=True)
    customer = CharField(max_length=60, default="")
    discount_basis = CharField(max_length=20)
    draft = BigIntegerField()
    started_at = InstantField()

    class Meta:
        part_of = Document


# Few bills say whose they are.
Sale.add_index(Sale.index(Sale.person, where=Sale.person.is_null(False)))

_SALE = Part(
    Sale,
    "subtotal discount rounding total net tax cost change currency pieces "
    "tax_rounding salesperson draft started_at",
    {2: "person customer discount_basis"},
)
_MONTH = insert(
    GoodsMonth,
    "store month goods register quantity amount cost",
    more='ON CONFLICT ("month", "goods", "register") DO UPDATE SET '
    '"quantity" = "goods_month"."quantity" + excluded."quantity", '
    '"amount" = "goods_month"."amount" + excluded."amount", '
    '"cost" = "goods_month"."cost" + excluded."cost"',
)


@operation(right="sell", asked=bill_asked)
def sell(
    job: Job, draft: int, payings: Sequence[Paying], *, shown: Money, language: str = ""
) -> Document:
    """Turn a paid bill into a sale. `shown` is the total that the cashier saw, `payings` come
    behind what was stored with the bill (taken.py).

    Refuses: NoOpenShift, ShiftIsCounted, DraftGone, BillEmpty, ReturnUnfinished, BillAltered,
    TotalChanged, LineTooCheap, BillTooCheap, CouponUsed, PayCodeOpen, what `take_payments` refuses,
    TimesNotPaid, OutOfStock, NeedsOverride.
    """
    shift = open_shift_key(job.register)
    stored = bill_to_finish(job, draft)
    require_no_return(stored.draft.head)
    bill = stored.bill()
    if bill.total != shown:
        raise TotalChanged(shown=shown, total=bill.total)
    require_allowed(job, stored, bill.amount)
    require_coupons(stored.lines)
    taken = taken_to_finish(draft, is_any=bool(stored.rows[TakenPayment]))
    taking = take_payments(job, bill.total, payings, taken=taken, shift=shift)
    require_times(stored.draft.head, taking.takes, job.day)
    allowed = below_zero_allowed(job, stored)

    # After this point only the stock may still refuse.
    document = begin_document(job, SALE, total=taking.total, shift=shift)
    # First: what cards pay of a line says what who did it gets.
    legs = taking.store(job, document)
    costs, moves = issue(document, stored, allowed)
    charges = sale_charges(job, stored, bill, costs)
    income = add_charges(document, charges)
    add_offs(document, off_lines(stored.lines))
    add_sale(
        document, bill.lines, charges, head=head_of(stored), rounding=taking.settled.rounding,
        change=taking.settled.change,
    )  # fmt: skip
    add_months(job, charges)
    legs += book_points(job, document, charges, taking)
    moves.insert()
    if taken:
        clear_taken(draft)
    drafts.finish_read(job, stored.draft, stored.rows[DraftLine])
    add_job(job, SALE, subject=document.key, language=language)
    return post_document(job, document, legs + income + cost_legs(charges))


def _due(draft: int) -> Money:
    """What a bill comes to; what goes out for it when all of it comes back. Refuses: BillEmpty,
    DiscountWrong.
    """
    stored = stored_bill(draft)
    if not stored.lines:
        raise BillEmpty()
    total = stored.bill().total
    return -total if unslipped_of(stored.draft.head) else total


DUES[KIND] = _due


def issue(
    document: Document,
    stored: StoredBill,
    allowed: frozenset[int] | None,
    *,
    also: Sequence[int] = (),
) -> tuple[list[int], Moves]:
    """Take the goods out of stock, those that are `allowed` also below zero (None: all); what they
    cost, by line. The moves may go on with the goods in `also`.
    """
    stocked = [line.item.goods for line in stored.lines if line.item.is_stocked] + [*also]
    usual = used_up([line.item.goods for line in stored.lines if not line.item.is_stocked])
    uses = [_uses_of(line, usual.get(line.item.goods, ())) for line in stored.lines]
    stocked += [goods for each in uses for goods, _ in each]
    moves, costs = Moves(document, stocked), [0] * len(stored.lines)
    for place, line in enumerate(stored.lines):
        if line.item.is_stocked:
            quantity, goods = line.stock_quantity, line.item.goods
            may_go_below = allowed is None or goods in allowed
            cost = moves.issue(place + 1, goods, quantity, may_go_below=may_go_below, is_sale=True)
            costs[place] = cost.minor
        for goods, quantity in uses[place]:
            # What is in the bowl is used, whatever the books say there is.
            costs[place] += moves.issue(place + 1, goods, quantity, may_go_below=True).minor
    return costs, moves


def _uses_of(
    line: RungLine, usual: Sequence[tuple[int, Quantity]]
) -> list[tuple[int, Quantity]]:  # fmt: skip
    """What a line used up: what was said of it, or the usual of each time."""
    if line.uses is not None:
        return [(goods, Quantity(thousandths)) for goods, thousandths in line.uses]
    return [(goods, each.packs_of(line.stock_quantity)) for goods, each in usual]


def used_up(goods: Sequence[int]) -> dict[int, list[tuple[int, Quantity]]]:
    """Which items the work of these takes out of stock, and how many base units each time."""
    found: dict[int, list[tuple[int, Quantity]]] = {}
    if goods:
        for find in loaded_in_use("used_up"):
            found |= find(goods)
    return found


def sale_charges(job: Job, stored: StoredBill, bill: Bill, costs: Sequence[int]) -> list[Charge]:
    """The charge lines of a bill."""
    user, name = salesperson_of(stored.draft.head)
    person, _ = customer_of(stored.draft.head)
    staff = (Served(user, name),) if user is not None else ()
    money = bill.total.currency
    return [
        Charge(
            kind=GOODS, name=line.item.name, day=job.day, net=priced.net, account=SALES,
            code=line.item.code, goods=line.item.goods, category=line.item.category,
            unit=line.item.unit, quantity=line.quantity, pack=line.item.pack, price=line.price,
            full=priced.full, amount=priced.amount, share=priced.share, taxes=line_taxes(priced),
            cost=Money(cost, money), is_weighed=line.item.is_weighed,
            is_printed=line.printed is not None, staff=line.hands or staff,
            person=person,
        )
        for line, priced, cost in zip(stored.lines, bill.lines, costs, strict=True)
    ]  # fmt: skip


def line_taxes(priced: PricedLine) -> list[TaxCharged]:
    """The taxes of a priced line, to be charged."""
    return [
        TaxCharged(
            one.tax.code, one.tax.rate, one.base, one.amount, one.tax.is_included, one.tax.account
        )
        for one in priced.taxes
    ]


@value()
class Head:
    """What a bill says besides its figures, as the row of a sale has it."""

    tax_rounding: str
    salesperson: str
    draft: int
    started_at: datetime
    person: int | None
    customer: str
    discount_basis: str


def head_of(stored: StoredBill) -> Head:
    """The head of a bill that is being sold."""
    draft = stored.draft
    return Head(
        tax_rounding.value(), salesperson_of(draft.head)[1], draft.key, draft.created_at,
        *customer_of(draft.head), discount_basis.value(),
    )  # fmt: skip


def add_sale(
    document: Document,
    priced: Sequence[PricedLine],
    charges: Sequence[Charge],
    *,
    head: Head,
    rounding: Money,
    change: Money,
) -> None:
    """Store what belongs to the whole bill: every figure is the sum over its lines."""
    money = document.total.currency
    amount, share = sum(one.amount.minor for one in priced), sum(one.share.minor for one in priced)
    net = sum(one.net.minor for one in priced)
    tax = sum(each.amount.minor for one in priced for each in one.taxes)
    cost = sum(one.cost.minor for one in charges if one.cost)
    row = (
        amount, share, rounding.minor, document.total.minor, net, tax, cost, change.minor,
        money.code, _pieces_of(charges), head.tax_rounding, head.salesperson, head.draft,
        clock.micros(head.started_at), head.person, head.customer, head.discount_basis,
    )  # fmt: skip
    add_parts(document, _SALE, [row])


def add_months(job: Job, charges: Sequence[Charge]) -> None:
    """Add the goods of these lines to the kept sums of the month: base units, net and cost."""
    sums: dict[int, list[int]] = {}
    for one in charges:
        if one.goods is not None and one.cost is not None:
            kept = sums.setdefault(one.goods, [0, 0, 0])
            kept[0] += one.quantity.packs_of(one.pack).thousandths
            kept[1] += one.net.minor
            kept[2] += one.cost.minor
    month = iso(job.day)[:7]
    _MONTH.many(
        (store_number(), month, goods, job.register, *kept) for goods, kept in sorted(sums.items())
    )


def _pieces_of(charges: Sequence[Charge]) -> int:
    """How many things there are, in thousandths: a pack as what is in it, goods by weight as one;
    below zero they came back.
    """
    return sum(_pieces(one) for one in charges)


def _pieces(one: Charge) -> int:
    if one.is_weighed:
        return 1000 if one.quantity > Quantity(0) else -1000
    return one.quantity.packs_of(one.pack).thousandths


def cost_legs(charges: Sequence[Charge]) -> list[Leg]:
    """The entries of the cost of goods: above zero left the stock."""
    cost = Money.total((one.cost for one in charges if one.cost), store_currency())
    return [Leg(COST_OF_SALES, cost), Leg(STOCK, -cost)]
