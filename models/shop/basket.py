"""The basket: a bill while it grows. Every line is saved as it is rung, so that a power cut loses
none.

The basket is a draft (models/trust/drafts.py). Adding goods is no operation: nothing is posted and
nothing can go wrong but the disk. What takes something away, or makes it cheaper, is an operation
and audited: bill_changes.py for lines and discounts, bill_life.py for the bill as a whole.

Every change leaves a bill that prices, and whatever is stored can be shown: what another version or
another hand left behind is left out and told (`Basket.left_out`), never in the way of the counter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.payments.taken import taken_of, total_of
from models.selling.charges import SALESPERSON
from models.selling.items import Item, WeightWanted
from models.selling.lines import Discount, PriceRules
from models.selling.pricing import Bill, RunningTotal
from models.selling.promotions import RuleBook
from models.selling.tax_settings import price_rules
from models.shop.basket_lines import (
    BasketLine,
    DiscountWrong,
    Grant,
    LineUnreadable,
    RungLine,
    grant_from,
    line_from,
    make_line,
    save_rung,
)
from models.shop.bill_promotions import begin_book, promote, renew_book, rung_at
from models.shop.bill_stock import know_stock, look_at_stock
from models.shop.plausible import check_plausible, find_sellable
from models.shop.stored_bills import bill_discount, is_altered, whole_bill
from models.shop.unfinished_returns import unslipped_of
from models.stock.stock import on_floor
from models.trust import drafts
from models.trust.drafts import UNREADABLE, Draft
from models.trust.operation import Session
from models.trust.records import linked_row
from models.trust.users import User

KIND = "sale"
MOST_PIECES = Quantity(99_999_000)


class LineGone(Refusal):
    """There is no such line on the bill."""


class QuantityWrong(Refusal):
    """A quantity is above zero, at most 99,999, and in the decimals of the item's unit."""


class QuantityOnLabel(Refusal):
    """A label that carries its own weight, amount or count was rung with a quantity before it."""


@dataclass(slots=True)
class Basket:
    """An open bill as the screen holds it; what is stored is the same.

    `left_out` are the numbers of lines that could not be read, and of those whose discount could
    not be priced; 0 is the discount of the bill.
    """

    draft: int
    register: int
    user: int
    rules: PriceRules
    total: RunningTotal
    lines: list[BasketLine] = field(default_factory=list)
    discount: Discount | None = None
    granted: Grant | None = None
    head: dict[str, Any] = field(default_factory=dict)
    next_number: int = 1
    left_out: list[int] = field(default_factory=list)
    # Changed beside the program, as it was taken up (stored_bills.py).
    is_altered: bool = False
    # Base units of each item on the bill, and what was here of it when it was last looked at.
    counts: dict[int, int] = field(default_factory=dict)
    stock: dict[int, int] = field(default_factory=dict)
    # What was paid of it already (models/ledger/payments/taken.py).
    paid: Money | None = None
    # The promotions that it may have; None where there were none when it was begun.
    book: RuleBook | None = None
    _due: Money | None = None

    def place_of(self, number: int) -> int:
        """Where the line with this number stands. Refuses: LineGone."""
        place = self._place_for(number)
        if place == len(self.lines) or self.lines[place].number != number:
            raise LineGone(line=number)
        return place

    def _place_for(self, number: int) -> int:
        return bisect_left(self.lines, number, key=lambda line: line.number)

    @property
    def amount_due(self) -> Money:
        """What the bill comes to now, its own discount taken off."""
        if self.discount is None:
            return self.total.total
        if self._due is None:
            # Priced once for each change, however often it is drawn.
            self._due = self.bill().total
        return self._due

    def bill(self) -> Bill:
        """The whole bill, its own discount spread over the lines and taxed.

        Refuses: DiscountWrong.
        """
        return whole_bill(self.lines, self.rules, self.discount)

    @property
    def pieces(self) -> Quantity:
        """How many things the customer carries away: a pack as what is in it, a weight as one."""
        return pieces_of(self.lines)

    @property
    def left_to_pay(self) -> Money:
        """What is due without what was paid already; below zero goes out, where it comes back."""
        due = -self.amount_due if self.is_unslipped else self.amount_due
        return due - self.paid if self.paid else due

    @property
    def is_unslipped(self) -> bool:
        """Whether all of it comes back without a slip."""
        return unslipped_of(self.head) is not None

    @property
    def saved_amount(self) -> Money:
        """What promotions and discounts of lines save the customer."""
        saved = (line.priced.promotion.minor + line.priced.discount.minor for line in self.lines)
        return Money(sum(saved), self.rules.currency)

    def put(self, line: BasketLine) -> int:
        """Take up a new or changed line as it is stored; its place."""
        place = self._place_for(line.number)
        if place < len(self.lines) and self.lines[place].number == line.number:
            self._count_out(self.lines[place])
            self.lines[place] = line
        else:
            self.lines.insert(place, line)
            self.next_number = max(self.next_number, line.number + 1)
        self.total.add(line.as_line())
        goods = line.item.goods
        self.counts[goods] = self.counts.get(goods, 0) + line.stock_quantity.thousandths
        self._due = None
        if self.book is not None:
            promote(self)
        return place

    def replace_at(self, place: int, line: BasketLine) -> None:
        """Show a line otherwise: so many of the same, and what comes off it is another amount."""
        self.total.remove(self.lines[place].as_line())
        self.lines[place] = line
        self.total.add(line.as_line())
        self._due = None

    def _count_out(self, line: BasketLine) -> None:
        self.total.remove(line.as_line())
        self.counts[line.item.goods] -= line.stock_quantity.thousandths

    def drop(self, number: int) -> None:
        """Take out a line that is stored no more. Refuses: LineGone."""
        self._count_out(self.lines.pop(self.place_of(number)))
        self._due = None
        renew_book(self)

    def take_head(self, head: dict[str, Any]) -> None:
        """Take up what is stored for the whole bill."""
        self.head, self._due = dict(head), None
        self.discount = bill_discount(head)
        self.granted = grant_from(head.get("granted")) if self.discount is not None else None
        renew_book(self)


def pieces_of(lines: Iterable[RungLine]) -> Quantity:
    """How many things there are: a pack as what is in it, goods by weight as one."""
    return Quantity(
        sum(1000 if line.item.is_weighed else line.stock_quantity.thousandths for line in lines)
    )


def line_at(draft: int, number: int) -> BasketLine:
    """A line of a bill as it is stored. Refuses: LineGone, LineUnreadable, DiscountWrong."""
    stored = drafts.line_of(draft, number)
    if stored is None:
        raise LineGone(line=number)
    return line_from(price_rules(), stored)


def open_basket(session: Session) -> Basket:
    """The bill that this register left behind, or a new one."""
    draft = drafts.unfinished(KIND, session.register)
    if draft is None:
        return new_basket(session)
    if draft.user != session.user:
        drafts.save_head(draft.key, session.register, draft.head, session.user)
        draft.user = session.user
    return _with_stock(load(draft))


def new_basket(session: Session) -> Basket:
    """A fresh, empty bill."""
    draft = drafts.begin_draft(session.register, session.user, KIND, {})
    rules = price_rules()
    return Basket(draft.key, session.register, session.user, rules, RunningTotal(rules))


def load(draft: Draft) -> Basket:
    """A stored bill as it was left, in its parts that can be read and priced."""
    rules = price_rules()
    total = RunningTotal(rules)
    basket = Basket(draft.key, draft.register, draft.user, rules, total)
    for line in drafts.lines_of(draft.key):
        _take_up(basket, line)
    begin_book(basket, draft.head)
    _take_head_up(basket, draft.head)
    basket.paid = total_of(taken_of(draft.key).values())
    return basket


def _take_up(basket: Basket, stored: drafts.WorkLine) -> None:
    basket.next_number = stored.number + 1
    for without_discount in (False, True):
        try:
            line = line_from(basket.rules, stored, without_discount=without_discount)
        except LineUnreadable:
            break
        except DiscountWrong:
            continue
        basket.put(line)
        if not without_discount:
            return
    basket.left_out.append(stored.number)


def _take_head_up(basket: Basket, head: object) -> None:
    whole = head if isinstance(head, dict) else {}
    try:
        if whole is not head:
            raise TypeError(f"no head: {head!r}")
        basket.take_head(whole)
        if basket.discount is not None:
            basket.bill()
    except (DiscountWrong, *UNREADABLE):
        basket.left_out.append(0)
        basket.take_head({name: whole[name] for name in whole if name not in DISCOUNT})


# What of a bill's head belongs to its discount.
DISCOUNT = ("discount", "granted")


def load_key(draft: int) -> Basket:
    """A stored bill by its key, with what is in stock of it. Refuses: DraftGone."""
    return _with_stock(load(drafts.read(draft)))


def _with_stock(basket: Basket) -> Basket:
    know_stock(basket)
    basket.is_altered = is_altered(basket.draft)
    return basket


def refresh(basket: Basket) -> Basket:
    """The bill as it is stored now: after an operation changed it."""
    return load_key(basket.draft)


def catch_up(basket: Basket, *numbers: int) -> None:
    """Take up what an operation changed: the head, and the lines of these numbers. So a change
    costs the same on a long bill as on a short one.
    """
    for number in numbers:
        stored = drafts.line_of(basket.draft, number)
        if stored is not None:
            line = line_from(basket.rules, stored)
            basket.put(line)
            basket.stock |= on_floor([line.item.goods])
        else:
            basket.drop(number)
    basket.take_head(drafts.read(basket.draft).head)


# --- ringing


def ring(basket: Basket, item: Item, quantity: Quantity, *, printed: Money | None = None) -> int:
    """Add goods to the bill; the place of the line. The same item twice in a row makes one line.

    Refuses: QuantityWrong, OutOfStock, DraftGone.
    """
    check_quantity(item, quantity)
    look_at_stock(basket, item, quantity.packs_of(item.pack))
    last = basket.lines[-1] if basket.lines else None
    at = rung_at(basket)
    if (
        last is not None
        and printed is None
        and last.printed is None
        and last.discount is None
        and not (last.hands or last.uses)
        and not item.is_weighed
        and (last.item.goods, last.item.code, last.price) == (item.goods, item.code, item.price)
    ):
        together = last.quantity + quantity
        check_quantity(item, together)
        return _store(basket, last.changed(basket.rules, quantity=together))
    line = make_line(
        basket.rules,
        basket.next_number,
        item=item,
        quantity=quantity,
        price=item.price,
        printed=printed,
        at=at,
    )
    place = _store(basket, line)
    if at is not None and basket.book is None:
        begin_book(basket, basket.head)
    return place


def ring_code(
    basket: Basket, code: str, quantity: Quantity | None = None, *, is_sure: bool = False
) -> int:
    """Ring what a typed or scanned code names; the place of its line.

    A label that says itself how much it is takes no `quantity`; one far off the usual must be
    meant (`is_sure`). Refuses: CodeUnknown, NotForSale, LabelDamaged, WeightWanted,
    QuantityOnLabel, QuantityWrong, QuantityUnusual, OutOfDate, OutOfStock, DraftGone.
    """
    found = find_sellable(code)
    if quantity is not None and found.says_how_much:
        raise QuantityOnLabel(goods=found.item.name, quantity=quantity)
    if quantity is not None:
        check_quantity(found.item, quantity)
        if not is_sure:
            check_plausible(found.item, quantity)
        return ring(basket, found.item, quantity)
    if found.needs_weight:
        raise WeightWanted(goods=found.item.name, unit=found.item.unit)
    return ring(basket, found.item, found.quantity, printed=found.printed)


def check_quantity(item: Item, quantity: Quantity) -> None:
    """The one rule for what stands on a line. Refuses: QuantityWrong."""
    step = 10 ** (3 - item.decimals)
    if not Quantity(0) < quantity <= MOST_PIECES or quantity.thousandths % step:
        raise QuantityWrong(goods=item.name, quantity=quantity)


def _store(basket: Basket, line: BasketLine) -> int:
    """Store a line, then show it: the order in which a crash loses nothing."""
    is_new = line.number == basket.next_number
    save_rung(basket.draft, basket.register, line, is_new=is_new)
    return basket.put(line)


def drop_empty(basket: Basket) -> None:
    """Forget a bill on which nothing was ever rung, when another takes its place."""
    drafts.drop_empty(basket.draft, basket.register)


def set_salesperson(basket: Basket, user: int | None) -> None:
    """Name who of the staff served the customer; None takes it away. Refuses: DraftGone,
    LinkUnknown.
    """
    head = {name: value for name, value in basket.head.items() if name != SALESPERSON}
    found = linked_row(User, SALESPERSON, user)
    if found is not None:
        head[SALESPERSON] = [found.key, found.name]
    drafts.save_head(basket.draft, basket.register, head)
    basket.head = head


def salesperson_of(head: Any) -> tuple[int | None, str]:
    """Who served, by the head of a bill: the user and his name as it was; nobody where the head was
    altered.
    """
    match head:
        case {"salesperson": [int(key), str(name)]}:
            return key, name
    return None, ""
