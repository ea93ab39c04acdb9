"""Receiving (收货): a delivery while it is scanned. Each line is stored as it is scanned, so that a
power cut loses none.

It is a draft, like a bill: scanning is no operation, nothing is posted. Posting it is one
(goods_in.py, goods_back.py). All codes of an item are one line, unless batch or day differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from models.base.database import in_one_transaction, store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.words import word
from models.buying.delivery_lines import KIND, PARKED, DeliveryHead, Parked, TakenLine
from models.buying.orders import COMING, Ordered, PurchaseOrder, moved, ordered
from models.buying.plausible import Asked, require_plausible
from models.buying.prices import LineCost, asked_back, asked_for, costs_of_lines, rates_of
from models.buying.receipts import BACK, CASUAL, HOWS, OF_ORDERS, PICKUP, is_stranger, known_serial
from models.buying.suppliers import retail_supplier, supplier_folio
from models.goods.goods import Goods, full_name
from models.goods.gs1_labels import Label, label_of, refuse_run_together
from models.ledger.daily.handover import LeftOpen
from models.ledger.store_card import local
from models.selling.items import CodeUnknown, Item, Scanned, WeightWanted, find_scanned
from models.stock.stock import NotStocked
from models.trust import drafts
from models.trust.drafts import Draft, WorkLine
from models.trust.operation import Job, Session, open_day, operation

_NONE, _UNTAXED = Quantity(0), Rate(0)
# A scanned quantity beyond this is a code in the wrong place.
MOST = Quantity.of(999_999)


class LineMissing(Refusal):
    """There is no such line on the delivery."""


class CountWrong(Refusal):
    """A quantity is from nothing to 999,999, in the decimals of the item's unit."""


class SerialTwice(Refusal):
    """A thing with a number of its own counts once, and was scanned on this delivery."""


class SerialKnown(Refusal):
    """A thing with a number of its own came before, with another delivery."""


class BatchOver(Refusal):
    """The day until which the batch is good is over."""


class SupplierFixed(Refusal):
    """What is bought in any shop has no other supplier, and goods that go back have no order."""


class FreightWrong(Refusal):
    """Freight is not below zero, and goods that go back bring none."""


class NotFromSupplier(Refusal):
    """Goods go back to a supplier from whom they never came, and who has no price of them."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One item on the screen: a line, or what was ordered and has not been scanned. `here` came on
    this line, refused pieces among them; `in_all` was accepted on all of the item's, which is what
    stands against the order.
    """

    line: TakenLine | None
    goods: int
    name: str
    due: Quantity | None
    here: Quantity
    in_all: Quantity

    @property
    def difference(self) -> Quantity | None:
        """Above zero is over, below it is short; None where nothing was ordered at all."""
        return None if self.due is None else self.in_all - self.due


@dataclass(slots=True)
class Receiving:
    """An open delivery as the screen holds it; what is stored is the same."""

    draft: int
    register: int
    head: DeliveryHead
    lines: list[TakenLine] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    orders: list[Ordered] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    next_number: int = 1
    left_out: list[int] = field(default_factory=list)

    def line_at(self, number: int) -> TakenLine:
        """The line with this number. Refuses: LineMissing."""
        for line in self.lines:
            if line.number == number:
                return line
        raise LineMissing(line=number)

    def accepted(self, goods: int) -> Quantity:
        """How many of an item were accepted, over all its batches."""
        return Quantity(sum(one.quantity.thousandths for one in self.lines if one.goods == goods))

    def rows(self) -> list[DeliveryRow]:
        """What was scanned, in its order, and behind it what was ordered and is not here."""
        due = {one.goods: one.left for one in self.orders}
        has_order = self.head.order is not None
        rows, seen, here = [], set[int](), Counter[int]()
        for line in self.lines:
            here[line.goods] += line.quantity.thousandths
        for line in self.lines:
            # Of several batches the first one stands against the order.
            is_first = line.goods not in seen
            seen.add(line.goods)
            wanted = due.get(line.goods, _NONE) if has_order and is_first else None
            in_all = Quantity(here[line.goods])
            rows.append(DeliveryRow(line, line.goods, line.name, wanted, line.came, in_all))
        rows += [
            DeliveryRow(None, one.goods, self.names[one.goods], one.left, _NONE, _NONE)
            for one in self.orders
            if one.goods not in seen and one.left
        ]
        return rows

    def costs(self) -> list[LineCost]:
        """What each line comes to."""
        rates = rates_of(sorted({line.goods for line in self.lines}))
        return costs_of_lines(
            (one.asked, one.quantity, rates.get(one.goods, _UNTAXED)) for one in self.lines
        )

    @property
    def freight(self) -> Money:
        """What the supplier asks for bringing it."""
        return Money(self.head.freight, store_currency())

    def total(self, costs: Sequence[LineCost] | None = None) -> Money:
        """What is owed for all of it; `costs` where they are known already."""
        lines = self.costs() if costs is None else costs
        return Money.total((one.gross for one in lines), store_currency()) + self.freight

    def put(self, line: TakenLine) -> int:
        """Take up a new or changed line; its place."""
        self.next_number = max(self.next_number, line.number + 1)
        return drafts.put(self.lines, line)


# --- beginning


def begin(session: Session, head: DeliveryHead) -> Receiving:
    """A fresh delivery. Refuses: what `checked_head` refuses."""
    ready = checked_head(head)
    draft = drafts.begin_draft(session.register, session.user, KIND, ready.body())
    return load(draft)


def checked_head(head: DeliveryHead) -> DeliveryHead:
    """A head whose parts fit each other: the supplier of an order is the order's, what is bought in
    any shop has none but that. Refuses: SupplierFixed, SupplierUnknown, FreightWrong, OrderMoved.
    """
    if head.freight < 0 or (head.freight and head.how == BACK):
        raise FreightWrong(amount=Money(head.freight, store_currency()))
    if head.how not in HOWS or (head.order is not None and head.how not in OF_ORDERS):
        raise SupplierFixed()
    if head.how == CASUAL:
        if head.supplier not in (None, getattr(retail_supplier(), "key", None)):
            raise SupplierFixed()
        return replace(head, supplier=None)
    if head.order is not None:
        order = PurchaseOrder.get_by_id(head.order)
        if order.state not in COMING:
            raise moved(order)
        pickup = (head.pickup or order.wanted) if head.how == PICKUP else None
        return replace(head, supplier=order.supplier, pickup=pickup)
    if head.supplier is not None:
        supplier_folio(head.supplier)
    return head


def load(draft: Draft) -> Receiving:
    """A stored delivery as it was left, in its parts that can be read."""
    head = DeliveryHead.of(draft.head)
    found = Receiving(draft.key, draft.register, head)
    for stored in drafts.lines_of(draft.key):
        _take_up(found, stored)
    look_at_order(found)
    return found


def load_key(draft: int) -> Receiving:
    """The same by its key. Refuses: DraftGone."""
    return load(drafts.read(draft))


def _take_up(receiving: Receiving, stored: WorkLine) -> None:
    receiving.next_number = stored.number + 1
    if isinstance(stored.value, TakenLine):
        receiving.lines.append(stored.value)
    elif isinstance(stored.value, Parked):
        receiving.parked.append(stored.value)
    else:
        receiving.left_out.append(stored.number)


def look_at_order(receiving: Receiving) -> None:
    """What is still to come now, after all that others took in."""
    order = receiving.head.order
    receiving.orders = [] if order is None else ordered(order)
    keys = [one.goods for one in receiving.orders]
    receiving.names = {
        row.key: full_name(row.name, row.spec) for row in Goods.select().where(Goods.key.in_(keys))
    }


def save_head(receiving: Receiving, head: DeliveryHead) -> None:
    """Change what belongs to the whole delivery. Refuses: DraftGone, and `checked_head`."""
    ready = checked_head(head)
    drafts.save_head(receiving.draft, receiving.register, ready.body())
    receiving.head = ready
    look_at_order(receiving)


def waiting(register: int) -> list[Draft]:
    """The deliveries that a register has not finished, the one that was touched last first."""
    return [one for one in drafts.aside(KIND, drafts.OPEN) if one.register == register]


# --- scanning


def take_in(
    receiving: Receiving, code: str, quantity: Quantity | None = None, *, is_sure: bool = False
) -> int:
    """Take in what a scanned or typed code names, once or so many times (packs of a pack's code);
    the place of its line. `is_sure`: an old batch or a known number is meant.

    Refuses: CodeUnknown, NotForSale, LabelDamaged, SeparatorMissing, WeightWanted, NotStocked,
    SerialTwice, SerialKnown, BatchOver, NotFromSupplier, CountWrong, DraftGone.
    """
    found = _found(code)
    item = found.item
    if not item.is_stocked:
        raise NotStocked(goods=item.name)
    said = label_of(found.scan) if found.scan is not None else Label()
    if found.needs_weight and quantity is None:
        raise WeightWanted(goods=item.name, unit=item.unit)
    times = Quantity.of(1) if quantity is None else quantity
    if times <= _NONE:
        raise CountWrong(goods=item.name, quantity=times)
    _check_label(receiving, item, said, is_sure=is_sure)
    if not is_sure:
        _check_origin(receiving, item)
    each = found.quantity.packs_of(item.pack)
    return _add(receiving, item, each.packs_of(times), said)


def _found(code: str) -> Scanned:
    """Refuses: CodeUnknown, NotForSale, LabelDamaged, SeparatorMissing."""
    try:
        found = find_scanned(code)
    except CodeUnknown:
        refuse_run_together(code)
        raise
    if found.scan is not None:
        # An item's own code is that, whatever it looks like.
        refuse_run_together(code)
    return found


def _check_label(receiving: Receiving, item: Item, said: Label, *, is_sure: bool) -> None:
    if said.single and any(said.single in line.serials for line in receiving.lines):
        raise SerialTwice(serial=said.single)
    if is_sure or receiving.head.how == BACK:
        return
    if said.single and (before := known_serial(said.single)):
        raise SerialKnown(serial=said.single, document=before.label, day=before.day)
    _check_day(receiving, item.name, said.batch, said.expiry)


def _check_origin(receiving: Receiving, item: Item) -> None:
    """Refuses: NotFromSupplier, of goods that go back and are on no line of it yet."""
    supplier = receiving.head.supplier
    if receiving.head.how != BACK or supplier is None:
        return
    if any(line.goods == item.goods for line in receiving.lines):
        return
    if is_stranger(supplier, item.goods):
        raise NotFromSupplier(goods=item.name, supplier=supplier_folio(supplier).name)


def _check_day(receiving: Receiving, name: str, batch: str, expiry: date | None) -> None:
    """Refuses: BatchOver, but of goods that go back."""
    if receiving.head.how == BACK or expiry is None:
        return
    if expiry < open_day(store_number()):
        raise BatchOver(goods=name, batch=batch, day=expiry)


def keeps_days(goods: int) -> int | None:
    """For how many days an item keeps, where that is known."""
    days: int | None = Goods.get_by_id(goods).shelf_life_days
    return days


def good_until(day: date, keeps: int | None) -> date:
    """The good-until day that a printed day means: of goods that keep so many days, one that is not
    ahead is the day on which they were made.
    """
    if keeps and day <= open_day(store_number()):
        return day + timedelta(days=keeps)
    return day


def _add(receiving: Receiving, item: Item, quantity: Quantity, said: Label) -> int:
    same = (item.goods, said.batch, said.expiry)
    for line in receiving.lines:
        if (line.goods, line.batch, line.expiry) == same:
            serials = (*line.serials, *([said.single] if said.single else []))
            together = line.quantity + quantity
            return _store(receiving, replace(line, quantity=together, serials=serials))
    line = TakenLine(
        receiving.next_number, item.goods, item.code, item.name, item.unit, item.decimals, quantity,
        _NONE, _asked(receiving, item.goods), said.batch, said.expiry,
        (said.single,) if said.single else (),
    )  # fmt: skip
    return _store(receiving, line)


def _asked(receiving: Receiving, goods: int) -> Asked:
    """The price of the order or supplier, or what it cost last; what was paid, if it goes back."""
    for one in receiving.orders:
        if one.goods == goods:
            return one.asked
    asked = asked_back if receiving.head.how == BACK else asked_for
    return asked(goods, receiving.head.supplier)


def _store(receiving: Receiving, line: TakenLine) -> int:
    """Store a line, then show it. Refuses: CountWrong, DraftGone."""
    step = 10 ** (3 - line.decimals)
    for some in (line.quantity, line.rejected):
        if not _NONE <= some <= MOST or some.thousandths % step:
            raise CountWrong(goods=line.name, quantity=some)
    drafts.save_line(receiving.draft, receiving.register, line.number, line.body(), kind=KIND)
    return receiving.put(line)


def change_line(receiving: Receiving, number: int, *, is_sure: bool = False, **values: Any) -> int:
    """Set quantity (accepted), rejected, asked, batch or expiry of a line; its place. `is_sure`: a
    day that is over, or an odd price, is meant. Refuses: LineMissing, CountWrong, BatchOver,
    PriceBelowZero, PriceOdd, DraftGone.
    """
    line = replace(receiving.line_at(number), **values)
    if not is_sure and values.get("expiry") is not None:
        _check_day(receiving, line.name, line.batch, line.expiry)
    if "asked" in values:
        usual = _asked(receiving, line.goods)
        require_plausible([(line.name, line.asked, usual)], is_sure=is_sure)
    return _store(receiving, line)


def set_came(receiving: Receiving, number: int, came: Quantity) -> int:
    """So many of a line came in all; what was refused of them stays refused. Refuses: LineMissing,
    CountWrong, DraftGone.
    """
    return change_line(receiving, number, quantity=came - receiving.line_at(number).rejected)


def reject(receiving: Receiving, number: int, rejected: Quantity) -> int:
    """So many of what came on a line are refused at the door: they are no longer accepted. More
    than were scanned came unscanned. Refuses: LineMissing, CountWrong, DraftGone.
    """
    accepted = max(receiving.line_at(number).came - rejected, _NONE)
    return change_line(receiving, number, quantity=accepted, rejected=rejected)


def take_expected(receiving: Receiving, goods: int, came: Quantity) -> int:
    """So many came of what was ordered and not scanned. Refuses: what `take_in` does."""
    return take_in(receiving, Goods.get_by_id(goods).code, came)


@in_one_transaction
def remove_line(receiving: Receiving, number: int) -> None:
    """Take a line out of the delivery. Refuses: LineMissing, DraftGone."""
    line = receiving.line_at(number)
    drafts.hold(receiving.draft, receiving.register)
    drafts.delete_line(receiving.draft, number)
    receiving.lines.remove(line)


def park(receiving: Receiving, code: str, quantity: Quantity) -> None:
    """Put a code that no item has aside: on the paper, in no stock. Refuses: CountWrong,
    DraftGone.
    """
    if quantity <= _NONE:
        raise CountWrong(goods=code, quantity=quantity)
    number = receiving.next_number
    drafts.save_line(
        receiving.draft, receiving.register, number, [code[:80], quantity.thousandths], kind=PARKED
    )
    receiving.next_number += 1
    receiving.parked.append(Parked(number, code[:80], quantity))


@operation(right="receive goods")
def drop_delivery(job: Job, draft: int) -> None:
    """Throw a delivery away that was a mistake; the log says what was on it. Refuses: DraftGone."""
    found = load_key(draft)
    job.note(lines=[[line.name, str(line.quantity)] for line in found.lines])
    drafts.finish(job, draft)


def unfinished(register: int, day: date) -> LeftOpen:
    """What the next shift finds: deliveries that were begun here, and what each comes to."""
    pieces = [
        (_title(draft), load(draft).total())
        for draft in waiting(register)
        if drafts.count_lines(draft.key)
    ]
    return LeftOpen(word("Deliveries not finished"), pieces)


def _title(draft: Draft) -> str:
    supplier = DeliveryHead.of(draft.head).supplier
    return supplier_folio(supplier).name if supplier else local(draft.changed_at).strftime("%H:%M")
