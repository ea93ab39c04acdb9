"""The basket: a bill while it grows. Every line is saved as it is rung, so that a power cut loses
none.

The basket is a draft (models/trust/drafts.py). Adding goods is no operation: nothing is posted and
nothing can go wrong but the disk. What takes something away, or makes it cheaper, is an operation:
it is audited.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base.money import MOST_MINOR, Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.ledger.shifts import current_shift
from models.ledger.taken import require_cash_here, require_nothing_taken
from models.ledger.till_events import record_event
from models.selling.items import Item, find_scanned
from models.selling.lines import Discount, NewPrice, PriceRules
from models.selling.pricing import Bill, RunningTotal, price_bill
from models.selling.tax_settings import price_rules
from models.shop.basket_lines import (
    BasketLine,
    DiscountWrong,
    RungLine,
    discount_body,
    discount_from,
    line_body,
    line_from,
    make_line,
    rung_from,
)
from models.trust import drafts
from models.trust.drafts import Draft
from models.trust.operation import Job, Session, operation

KIND = "sale"
MOST_PIECES = Quantity(99_999_000)


class LineGone(Refusal):
    """There is no such line on the bill."""


class QuantityWrong(Refusal):
    """A quantity is above zero, at most 99,999, and in the decimals of the item's unit."""


class WeightWanted(Refusal):
    """An item that is sold by weight was rung without its weight."""


class BillEmpty(Refusal):
    """There is nothing on the bill."""


class PriceWrong(Refusal):
    """A price is not below zero."""


@dataclass(slots=True)
class Basket:
    """An open bill as the screen holds it; what is stored is the same."""

    draft: int
    register: int
    user: int
    rules: PriceRules
    total: RunningTotal
    lines: list[BasketLine] = field(default_factory=list)
    discount: Discount | None = None
    head: dict[str, Any] = field(default_factory=dict)
    next_number: int = 1

    def place_of(self, number: int) -> int:
        """Where the line with this number stands. Refuses: LineGone."""
        for place in range(len(self.lines) - 1, -1, -1):
            if self.lines[place].number == number:
                return place
        raise LineGone(line=number)

    @property
    def amount_due(self) -> Money:
        """What the bill comes to now, its own discount taken off."""
        if self.discount is None:
            return self.total.total
        return self.bill().total

    def bill(self) -> Bill:
        """The whole bill, its own discount spread over the lines and taxed.

        Refuses: DiscountWrong.
        """
        return _bill(self.lines, self.rules, self.discount)

    @property
    def saved_amount(self) -> Money:
        """What discounts of lines save the customer."""
        return Money(sum(line.priced.discount.minor for line in self.lines), self.rules.currency)


@dataclass(frozen=True, slots=True)
class StoredBill:
    """A bill as it is stored, its lines not priced one by one: what a sale is made from."""

    draft: Draft
    lines: list[RungLine]

    def bill(self) -> Bill:
        """The whole bill, priced once. Refuses: DiscountWrong."""
        discount = discount_from(self.draft.head.get("discount"))
        return _bill(self.lines, price_rules(), discount)


def stored_bill(draft: int) -> StoredBill:
    """The bill that a draft holds now. Refuses: DraftGone."""
    stored = drafts.read(draft)
    lines = drafts.lines_of(draft)
    bodies = json.loads(f"[{','.join(text for _, text in lines)}]")
    rung = [rung_from(number, body) for (number, _), body in zip(lines, bodies, strict=True)]
    return StoredBill(stored, rung)


def _bill(lines: Sequence[RungLine], rules: PriceRules, discount: Discount | None) -> Bill:
    try:
        return price_bill([line.as_line() for line in lines], rules, discount)
    except ValueError as error:
        raise DiscountWrong(amount=discount) from error


def open_basket(session: Session) -> Basket:
    """The bill that this register left behind, or a new one."""
    draft = drafts.unfinished(KIND, session.register)
    if draft is None:
        return new_basket(session)
    if draft.user != session.user:
        drafts.save_head(draft.key, session.register, draft.head, session.user)
    return load(draft)


def new_basket(session: Session) -> Basket:
    """A fresh, empty bill."""
    draft = drafts.begin_draft(session.register, session.user, KIND, {})
    rules = price_rules()
    return Basket(draft.key, session.register, session.user, rules, RunningTotal(rules))


def load(draft: Draft) -> Basket:
    """A stored bill as it was left."""
    rules, head = price_rules(), dict(draft.head)
    total = RunningTotal(rules)
    basket = Basket(draft.key, draft.register, draft.user, rules, total, head=head)
    basket.discount = discount_from(draft.head.get("discount"))
    for number, text in drafts.lines_of(draft.key):
        line = line_from(rules, number, json.loads(text))
        basket.lines.append(line)
        basket.total.add(line.as_line())
        basket.next_number = number + 1
    return basket


def ring(basket: Basket, item: Item, quantity: Quantity, *, printed: Money | None = None) -> int:
    """Add goods to the bill; the place of the line. The same item twice in a row makes one line.

    Refuses: QuantityWrong, DraftGone.
    """
    check_quantity(item, quantity)
    last = basket.lines[-1] if basket.lines else None
    if (
        last is not None
        and printed is None
        and last.printed is None
        and last.discount is None
        and not item.is_weighed
        and (last.item.goods, last.item.code, last.price) == (item.goods, item.code, item.price)
    ):
        together = last.quantity + quantity
        check_quantity(item, together)
        return _put(basket, len(basket.lines) - 1, last.changed(basket.rules, quantity=together))
    line = make_line(
        basket.rules,
        basket.next_number,
        item=item,
        quantity=quantity,
        price=item.price,
        printed=printed,
    )
    return _put(basket, len(basket.lines), line)


def set_quantity(basket: Basket, number: int, quantity: Quantity) -> int:
    """Raise the quantity of a line; `lower_quantity` is for less.

    Refuses: LineGone, QuantityWrong, DraftGone.
    """
    place = basket.place_of(number)
    line = basket.lines[place]
    check_quantity(line.item, quantity)
    if quantity < line.quantity or line.printed is not None:
        raise QuantityWrong(goods=line.item.name, quantity=quantity)
    return _put(basket, place, line.changed(basket.rules, quantity=quantity))


def check_quantity(item: Item, quantity: Quantity) -> None:
    """Refuses: QuantityWrong."""
    step = 10 ** (3 - item.decimals)
    if not Quantity(0) < quantity <= MOST_PIECES or quantity.thousandths % step:
        raise QuantityWrong(goods=item.name, quantity=quantity)


def _put(basket: Basket, place: int, line: BasketLine) -> int:
    """Store a line, then show it: the order in which a crash loses nothing."""
    drafts.save_line(basket.draft, basket.register, line.number, line_body(line))
    if place < len(basket.lines):
        basket.total.remove(basket.lines[place].as_line())
        basket.lines[place] = line
    else:
        basket.lines.append(line)
        basket.next_number = line.number + 1
    basket.total.add(line.as_line())
    return place


def refresh(basket: Basket) -> Basket:
    """The bill as it is stored now: after an operation changed it."""
    return load(drafts.read(basket.draft))


@operation(right="void line")
def lower_quantity(job: Job, draft: int, number: int, quantity: Quantity) -> None:
    """Take pieces off a line; what goes is kept as an event.

    Refuses: LineGone, QuantityWrong, DraftGone.
    """
    line = _stored_line(job, draft, number)
    if not Quantity(0) < quantity < line.quantity or line.printed is not None:
        raise QuantityWrong(goods=line.item.name, quantity=quantity)
    changed = line.changed(price_rules(), quantity=quantity)

    drafts.save_line(draft, job.register, number, line_body(changed))
    gone = line.quantity - quantity
    _void(job, f"{gone} {line.item.name}", line.priced.amount - changed.priced.amount)


@operation(right="void line")
def remove_line(job: Job, draft: int, number: int, *, reason: str = "") -> None:
    """Take a line off the bill; kept as an event. The last line of a bill with payments stays.

    Refuses: LineGone, DraftGone, PaymentsTaken.
    """
    basket = _stored(job, draft)
    line = basket.lines[basket.place_of(number)]
    if len(basket.lines) == 1:
        require_nothing_taken(draft)

    drafts.delete_line(draft, number)
    _void(job, f"{line.quantity} {line.item.name}", line.priced.amount, reason)


@operation(right="cancel bill")
def cancel_bill(job: Job, draft: int, *, reason: str = "") -> None:
    """Throw a whole bill away; kept as an event with its amount.

    Refuses: DraftGone, BillEmpty, PaymentsTaken.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()
    require_nothing_taken(draft)

    drafts.finish(job, draft)
    what = ", ".join(f"{line.quantity} {line.item.name}" for line in basket.lines)
    _event(job, "cancel bill", basket.amount_due, reason=reason, what=what)


@operation(right="sell")
def hold_bill(job: Job, draft: int, *, title: str) -> None:
    """Put a bill aside. Refuses: DraftGone, BillEmpty."""
    if not _stored(job, draft).lines:
        raise BillEmpty()

    drafts.hold_aside(job, draft, title)
    job.note(held=title)


@operation(right="sell")
def fetch_bill(job: Job, draft: int) -> None:
    """Take a held bill with its payments, at any register; of two who try, one gets it.

    Refuses: DraftGone, CashElsewhere.
    """
    require_cash_here(job, draft)

    drafts.fetch(job, draft)
    job.note(fetched=drafts.read(draft).title)


@operation(right="sell")
def discount_line(job: Job, draft: int, number: int, discount: Rate | Money | None) -> None:
    """Give a line a discount in per cent or money, or take it away; above the user's limit a
    manager approves.

    Refuses: LineGone, DiscountWrong, DraftGone, NeedsOverride.
    """
    basket = _stored(job, draft)
    place = basket.place_of(number)
    line = basket.lines[place].changed(price_rules(), discount=discount)
    priced = line.priced
    if discount is not None:
        job.require("give discount", _per_cent_off(priced.full, priced.amount))
        basket.lines[place] = line
        _require_whole(job, basket)

    drafts.save_line(draft, job.register, number, line_body(line))
    job.note(goods=line.item.name, off=priced.full - priced.amount)


@operation(right="sell")
def discount_bill(job: Job, draft: int, discount: Rate | Money | None) -> None:
    """Give the whole bill a discount in per cent or money, or take it away.

    Refuses: BillEmpty, DiscountWrong, DraftGone, NeedsOverride.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()
    before = basket.total.total
    basket.discount = discount
    after = basket.amount_due
    if discount is not None:
        job.require("give discount", _per_cent_off(before, after))
        _require_whole(job, basket)

    head = {**basket.head, "discount": discount_body(discount)}
    drafts.save_head(draft, job.register, head)
    job.note(off=before - after)


@operation(right="override price")
def override_price(job: Job, draft: int, number: int, price: Money) -> None:
    """Sell a line at another price; kept as an event. Refuses: LineGone, PriceWrong, DraftGone."""
    line = _stored_line(job, draft, number)
    if not 0 <= price.minor < MOST_MINOR or line.printed is not None:
        raise PriceWrong(price=price)

    changed = line.changed(price_rules(), discount=NewPrice(price))
    drafts.save_line(draft, job.register, number, line_body(changed))
    job.note(goods=line.item.name, price=[str(line.price), str(price)])
    what = f"{line.item.name} {line.price} > {price}"
    shift = current_shift(job.register)
    difference = changed.priced.amount - line.priced.amount
    record_event(
        job, "override price", shift=shift.key if shift else None, amount=difference, what=what
    )


def _stored(job: Job, draft: int) -> Basket:
    drafts.hold(draft, job.register)
    return load(drafts.read(draft))


def _stored_line(job: Job, draft: int, number: int) -> BasketLine:
    basket = _stored(job, draft)
    return basket.lines[basket.place_of(number)]


def _require_whole(job: Job, basket: Basket) -> None:
    """A discount of the bill on top of those of its lines: the limit is for both together."""
    if basket.discount is not None:
        bill = basket.bill()
        job.require("give discount", _per_cent_off(bill.full, bill.amount - bill.discount))


def _per_cent_off(full: Money, left: Money) -> int:
    """How much is taken off, in thousandths of a per cent, rounded up: a limit is never passed by
    rounding.
    """
    if not full:
        return 0
    return -(-(full.minor - left.minor) * 100_000 // full.minor)


def _void(job: Job, what: str, amount: Money, reason: str = "") -> None:
    _event(job, "void line", amount, reason=reason, what=what)


def _event(job: Job, kind: str, amount: Money, *, reason: str, what: str) -> None:
    shift = current_shift(job.register)
    key = shift.key if shift else None
    record_event(job, kind, shift=key, amount=amount, reason=reason.strip(), what=what)
    job.note(what=what, amount=amount, why=reason.strip())


def ring_code(basket: Basket, code: str, quantity: Quantity | None = None) -> int:
    """Ring what a typed or scanned code names; the place of its line.

    `quantity` goes before what a scale's label says. Refuses: CodeUnknown, NotForSale,
    LabelDamaged, WeightWanted, QuantityWrong, DraftGone.
    """
    found = find_scanned(code)
    if quantity is not None:
        return ring(basket, found.item, quantity)
    if found.needs_weight:
        raise WeightWanted(goods=found.item.name, unit=found.item.unit)
    return ring(basket, found.item, found.quantity, printed=found.printed)


def load_key(draft: int) -> Basket:
    """A stored bill by its key. Refuses: DraftGone."""
    return load(drafts.read(draft))


def drop_empty(basket: Basket) -> None:
    """Forget a bill on which nothing was ever rung, when another takes its place."""
    drafts.drop_empty(basket.draft, basket.register)


def set_salesperson(basket: Basket, name: str) -> None:
    """Name who served the customer; empty takes it away. Refuses: DraftGone."""
    head = {**basket.head, "salesperson": name}
    drafts.save_head(basket.draft, basket.register, head)
    basket.head = head
