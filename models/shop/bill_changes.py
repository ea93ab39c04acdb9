"""Changes of a bill that take something away or make it cheaper: operations, each audited.

What makes a line or the bill cheaper needs the right to it (bill_limits.py) at once. What only
takes goods away needs no more than its own right: a discount that the rest does not bear goes with
them, and the answer says so.
"""

from __future__ import annotations

from typing import Any

from models.base.money import MOST_MINOR, Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.ledger.daily.shifts import current_shift
from models.ledger.daily.till_events import record_event
from models.ledger.payments.taken import require_nothing_taken
from models.selling.items import Item
from models.selling.lines import LineDiscount, NewPrice
from models.selling.tax_settings import price_rules
from models.shop.asked import (
    bill_asked,
    bill_discount_asked,
    line_discount_asked,
    price_asked,
    quantity_asked,
    removed_asked,
    short_asked,
)
from models.shop.basket import (
    DISCOUNT,
    QuantityWrong,
    check_quantity,
    line_at,
    load,
    ring_code,
)
from models.shop.basket_lines import (
    BasketLine,
    DiscountWrong,
    Grant,
    discount_body,
    grant_body,
    save_rung,
)
from models.shop.bill_limits import (
    bill_giver,
    is_bill_given,
    is_covered,
    line_giver,
    may_give_bill,
    may_give_line,
)
from models.shop.bill_stock import is_refused_below_zero, who_lets_go, with_let_go
from models.shop.plausible import check_plausible, find_sellable
from models.shop.stored_bills import BillEmpty, accept_bill, bill_discount, require_unaltered
from models.shop.unfinished_returns import COMING
from models.trust import drafts
from models.trust.operation import Job, operation

# In the head of a bill that was printed before it was paid.
SHOWN = "shown"


def is_shown(head: Any) -> bool:
    """Whether the customer has the bill on paper."""
    return isinstance(head, dict) and head.get(SHOWN) is True


class LineNeedsReason(Refusal):
    """What stands on a paper of the customer goes only with a reason."""


def require_reason(draft: int, item: str, reason: str) -> None:
    """Nothing that the customer has on paper goes without a word. Refuses: LineNeedsReason."""
    if is_shown(drafts.read(draft).head) and not has_words(reason):
        raise LineNeedsReason(item=item)


class PriceWrong(Refusal):
    """A price is not below zero."""


@operation(right="sell", asked=quantity_asked)
def set_quantity(
    job: Job, draft: int, number: int, quantity: Quantity, *, is_sure: bool = False,
    reason: str = "",
) -> bool:  # fmt: skip
    """Change the quantity of a line; whether a discount went with what was taken off.

    Less needs the right to it, and a `reason` as a line does that goes, and is kept as an event.
    More of a line that was made cheaper needs the right to that; a quantity far off the usual must
    be meant (`is_sure`). Refuses: LineGone, QuantityWrong, QuantityUnusual, OutOfStock, DraftGone,
    LineNeedsReason, NeedsOverride.
    """
    line = stored_line(job, draft, number)
    check_quantity(line.item, quantity)
    if line.printed is not None or quantity == line.quantity:
        raise QuantityWrong(goods=line.item.name, quantity=quantity)
    if quantity < line.quantity:
        return _lower(job, draft, line, quantity, reason=reason)

    if not is_sure:
        check_plausible(line.item, quantity)
    changed = line.changed(price_rules(), quantity=quantity)
    changed = granted_line(job, changed, *on_bill(draft, changed))
    _let_go(job, draft, line.item, changed.stock_quantity - line.stock_quantity)
    save_rung(draft, job.register, changed)
    job.note(goods=line.item.name, quantity=[line.quantity, quantity])
    return False


def _lower(job: Job, draft: int, line: BasketLine, quantity: Quantity, *, reason: str) -> bool:
    job.require("void line")
    require_reason(draft, line.item.name, reason)
    changed = _fewer(job, draft, line, quantity)

    save_rung(draft, job.register, changed)
    gone = line.quantity - quantity
    _void(job, f"{gone} {line.item.name}", line.priced.amount - changed.priced.amount, reason)
    is_dropped = changed.discount != line.discount
    return keep_what_is_borne(job, draft) or is_dropped


@operation(right="sell", asked=short_asked)
def ring_below_zero(
    job: Job, draft: int, code: str, quantity: Quantity | None = None, *, is_sure: bool = False
) -> int:
    """Ring what a code names though it is not there: whoever may sell below zero lets it go, so
    much of it on this bill. The number of the line.

    Refuses: what `ring_code` refuses, OverrideRefused.
    """
    drafts.hold(draft, job.register)
    found = find_sellable(code)
    more = (found.quantity if quantity is None else quantity).packs_of(found.item.pack)
    _let_go(job, draft, found.item, more)
    basket = load(drafts.read(draft))
    place = ring_code(basket, code, quantity, is_sure=is_sure)
    line = basket.lines[place]
    job.note(goods=line.item.name, quantity=line.quantity)
    return line.number


def _let_go(job: Job, draft: int, item: Item, more: Quantity) -> None:
    """More of an item comes on the bill than there is: keep who let it go. Refuses: OutOfStock."""
    if not is_refused_below_zero(item):
        return
    basket = load(drafts.read(draft))
    wanted = Quantity(basket.counts.get(item.goods, 0)) + more
    by = who_lets_go(job, item, wanted)
    if by is not None:
        drafts.save_head(draft, job.register, with_let_go(basket.head, item, wanted, by))


@operation(right="void line", asked=removed_asked)
def remove_line(job: Job, draft: int, number: int, *, reason: str = "") -> bool:
    """Take a line off the bill, kept as an event; whether the bill's discount went with it.

    With the last line goes all that belonged to the bill; of a bill with payments it stays.
    Refuses: LineGone, DraftGone, PaymentsTaken, LineNeedsReason (the customer has it on paper).
    """
    line = stored_line(job, draft, number)
    require_reason(draft, line.item.name, reason)
    is_last = drafts.count_lines(draft) == 1
    if is_last:
        require_nothing_taken(draft)

    drafts.delete_line(draft, number)
    _void(job, f"{line.quantity} {line.item.name}", line.priced.amount, reason)
    if is_last:
        # What comes back for a bill stays, and waits for other goods.
        head = drafts.read(draft).head
        kept = {name: head[name] for name in head if name == COMING}
        drafts.save_head(draft, job.register, kept)
        return False
    return keep_what_is_borne(job, draft)


@operation(right="sell", asked=line_discount_asked)
def discount_line(
    job: Job,
    draft: int,
    number: int,
    discount: Rate | Money | None,
    *,
    pieces: Quantity | None = None,
) -> int:
    """Give a line a discount in per cent or money, or take it away; above the user's limit a
    manager approves. With `pieces` only so many of it, as a line of their own.

    The number of the line that was changed. Refuses: LineGone, DiscountWrong, QuantityWrong,
    DraftGone, NeedsOverride.
    """
    line = stored_line(job, draft, number)
    changed, rest = _given(job, draft, line, discount, pieces=pieces)

    _save_parts(job, draft, changed, rest)
    job.note(goods=line.item.name, off=changed.priced.full - changed.priced.amount)
    return changed.number


@operation(right="override price", asked=price_asked)
def override_price(
    job: Job, draft: int, number: int, price: Money, *, pieces: Quantity | None = None
) -> int:
    """Sell a line at another price, kept as an event. With `pieces` only so many of it, as a line
    of their own. A lower price counts as a discount against the user's limit.

    The number of the line that was changed. Refuses: LineGone, PriceWrong, QuantityWrong,
    DraftGone, NeedsOverride.
    """
    line = stored_line(job, draft, number)
    if not 0 <= price.minor < MOST_MINOR or line.printed is not None:
        raise PriceWrong(price=price)
    changed, rest = _given(job, draft, line, NewPrice(price), pieces=pieces)

    _save_parts(job, draft, changed, rest)
    job.note(goods=line.item.name, price=[line.price, price])
    difference = changed.priced.amount - line.priced.amount
    if rest is not None:
        difference += rest.priced.amount
    event(job, "override price", difference, what=f"{line.item.name} {line.price} > {price}")
    return changed.number


@operation(right="sell", asked=bill_discount_asked)
def discount_bill(job: Job, draft: int, discount: Rate | Money | None) -> None:
    """Give the whole bill a discount in per cent or money, or take it away.

    Refuses: BillEmpty, DiscountWrong, DraftGone, NeedsOverride.
    """
    drafts.hold(draft, job.register)
    basket = load(drafts.read(draft))
    if not basket.lines:
        raise BillEmpty()
    before = basket.total.total
    basket.discount = discount
    after = basket.amount_due
    granted = None
    if discount is not None:
        by = bill_giver(job, basket.lines, discount, basket.rules)
        granted = Grant(basket.total.amount.minor, by)

    _save_discount(job, draft, basket.head, discount_body(discount), granted=granted)
    job.note(off=before - after)


@operation(right="sell", asked=bill_asked)
def approve_bill(job: Job, draft: int) -> None:
    """Look at a bill that is to be paid: what is cheaper than the user may sell it for is given by
    whoever approves, as much as there is of it now; one that was changed beside the program is
    taken as it stands.

    Refuses: DraftGone, NeedsOverride, BillAltered.
    """
    drafts.hold(draft, job.register)
    is_sound = require_unaltered(job, draft)
    basket = load(drafts.read(draft))
    lines = [granted_line(job, line, *on_bill(draft, line)) for line in basket.lines]
    granted, discount, amount = basket.granted, basket.discount, basket.total.amount
    if discount is not None and not is_bill_given(
        lines, discount, granted, basket.rules, amount=amount
    ):
        by = bill_giver(job, lines, discount, basket.rules)
        granted = Grant(amount.minor, by)

    for now, was in zip(lines, basket.lines, strict=True):
        if now != was:
            save_rung(draft, job.register, now)
    if discount is not None:
        _save_discount(job, draft, basket.head, basket.head["discount"], granted=granted)
    if not is_sound:
        accept_bill(draft)
    job.note(total=basket.amount_due)


# --- one line


def stored_line(job: Job, draft: int, number: int) -> BasketLine:
    """The line of a bill of this register. Refuses: DraftGone, LineGone, LineUnreadable,
    DiscountWrong.
    """
    drafts.hold(draft, job.register)
    return line_at(draft, number)


def _given(
    job: Job,
    draft: int,
    line: BasketLine,
    discount: LineDiscount | None,
    *,
    pieces: Quantity | None,
) -> tuple[BasketLine, BasketLine | None]:
    """The line with its discount or price, and what stays as it was of it."""
    rules, rest = price_rules(), None
    if pieces is not None and pieces != line.quantity:
        line, rest = _taken_apart(job, draft, line, pieces)
    changed = line.changed(rules, discount=discount, granted=None)
    if discount is not None:
        changed = granted_line(job, changed, *on_bill(draft, changed, rest))
        _require_bill(job, draft, changed, rest)
    return changed, rest


def on_bill(
    draft: int, line: BasketLine, rest: BasketLine | None = None
) -> tuple[BasketLine, BasketLine]:
    """The line as its bill has it, with what promotions take off it; and as it would be without
    its discount or other price, of which the limit of a right is taken.
    """
    plain = line.changed(price_rules(), discount=None, granted=None)
    if line.at is None:
        return line, plain
    basket, found = load(drafts.read(draft)), list[BasketLine]()
    if rest is not None:
        basket.put(rest)
    for each in (line, plain):
        basket.put(each)
        found.append(basket.lines[basket.place_of(each.number)])
    return found[0], found[1]


def _taken_apart(
    job: Job, draft: int, line: BasketLine, pieces: Quantity
) -> tuple[BasketLine, BasketLine]:
    """So many of a line as a line of their own, and the rest. Refuses: QuantityWrong."""
    check_quantity(line.item, pieces)
    if line.printed is not None or pieces > line.quantity:
        raise QuantityWrong(goods=line.item.name, quantity=pieces)
    rest = _fewer(job, draft, line, line.quantity - pieces)
    plain = line.changed(price_rules(), quantity=pieces, discount=None, granted=None)
    return plain.numbered(drafts.last_line(draft) + 1), rest


def granted_line(job: Job, line: BasketLine, shown: BasketLine, plain: BasketLine) -> BasketLine:
    """The line with who gave it its discount or price, when nobody gave it for so much; as the bill
    has it, and as it would be without (`on_bill`).

    Refuses: LineTooCheap, OverrideRefused.
    """
    if line.discount is None or is_covered(line):
        return line
    rules = price_rules()
    by = line_giver(job, shown, plain, rules)
    return line.changed(rules, granted=Grant(line.quantity.thousandths, by))


def _fewer(
    job: Job, draft: int, line: BasketLine, quantity: Quantity
) -> BasketLine:  # fmt: skip
    """The line with fewer pieces; without its discount when so few do not bear it."""
    rules = price_rules()
    plain = line.changed(rules, quantity=quantity, discount=None, granted=None)
    if line.discount is None:
        return plain
    try:
        kept = line.changed(rules, quantity=quantity)
    except DiscountWrong:
        return plain
    if is_covered(kept):
        return kept
    given = kept.changed(rules, granted=Grant(quantity.thousandths, job.user))
    shown, alone = on_bill(draft, given)
    return given if may_give_line(shown, alone, job.rights, rules) else plain


def _save_parts(job: Job, draft: int, changed: BasketLine, rest: BasketLine | None) -> None:
    save_rung(draft, job.register, changed, part_of=rest)
    if rest is not None:
        save_rung(draft, job.register, rest)


# --- the discount of the bill, over all its lines


def _require_bill(job: Job, draft: int, *changed: BasketLine | None) -> None:
    """Lines are made cheaper under a discount of their bill: the limit is for both together.

    Who may give both gives the bill's discount anew. Refuses: BillTooCheap, DiscountWrong.
    """
    stored = drafts.read(draft)
    if bill_discount(stored.head) is None:
        return
    basket = load(stored)
    for line in changed:
        if line is not None:
            basket.put(line)
    if basket.discount is None:
        return
    basket.bill()
    by = bill_giver(job, basket.lines, basket.discount, basket.rules)
    granted = Grant(basket.total.amount.minor, by)
    _save_discount(job, draft, basket.head, basket.head["discount"], granted=granted)


def keep_what_is_borne(job: Job, draft: int) -> bool:
    """Goods were taken off: the bill's discount goes too when the rest does not bear it, or when it
    is more than the user may give on so little. Whether it went.
    """
    stored = drafts.read(draft)
    if not stored.head.get("discount"):
        return False
    basket = load(stored)
    discount, amount = basket.discount, basket.total.amount
    lines, rules = basket.lines, basket.rules
    if discount is not None and is_bill_given(
        lines, discount, basket.granted, rules, amount=amount
    ):
        return False
    body = stored.head["discount"]
    if discount is not None and may_give_bill(lines, discount, job.rights, rules):
        granted = Grant(amount.minor, job.user)
        _save_discount(job, draft, stored.head, body, granted=granted)
        return False
    _save_discount(job, draft, stored.head, None, granted=None)
    job.note(discount=[body, None])
    return True


def _save_discount(
    job: Job,
    draft: int,
    head: dict[str, Any],
    discount: list[Any] | None,
    *,
    granted: Grant | None,
) -> None:
    kept = {name: head[name] for name in head if name not in DISCOUNT}
    if discount is not None:
        kept |= {"discount": discount, "granted": grant_body(granted)}
    drafts.save_head(draft, job.register, kept)


def _void(job: Job, what: str, amount: Money, reason: str = "") -> None:
    event(job, "void line", amount, reason=reason, what=what)


def event(job: Job, kind: str, amount: Money, *, reason: str = "", what: str) -> None:
    """Keep an event of the bill, with the open shift of its register."""
    shift = current_shift(job.register)
    key = shift.key if shift else None
    record_event(job, kind, shift=key, amount=amount, reason=reason.strip(), what=what)
    job.note(what=what, amount=amount, why=reason.strip())
