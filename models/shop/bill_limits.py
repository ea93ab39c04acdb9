"""How cheap a bill may be: what the right of who sells it allows, and what was given by name.

A limit is in per cent of what the goods cost without discounts and other prices by hand; a
promotion or a customer's price is no discount. It holds for each line, and for the bill with its
own discount on top. What somebody gave who had the right to it is stored with the line and with the
bill: for how much, and by whom. It covers no more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.money import Money
from models.base.rates import ONE, Rate
from models.selling.lines import Discount, NewPrice, PriceRules, figures, left_after
from models.selling.pricing import price_bill
from models.selling.tax_settings import price_rules
from models.shop.basket import Basket
from models.shop.basket_lines import Grant, RungLine
from models.shop.stored_bills import StoredBill
from models.trust.operation import Job, NeedsOverride, Session
from models.trust.users import Rights, rights_of

GIVING = "give discount"


class LineTooCheap(NeedsOverride):
    """A line is sold for less than the user may give it for, and nobody else gave it so cheap."""


class BillTooCheap(NeedsOverride):
    """With its discount the bill is sold for less than the user may give it for."""


def most_off(rights: Rights) -> Rate:
    """The largest part that somebody may take off."""
    if not rights.holds(GIVING):
        return Rate(0)
    most = rights.most(GIVING)
    # A limit is in thousandths of a per cent.
    return ONE if most is None else min(Rate(most * 10), ONE)


def may_give_line(
    line: RungLine, plain: RungLine, rights: Rights, rules: PriceRules
) -> bool:  # fmt: skip
    """Whether somebody may give the line its discount or its other price on his own: `plain` is
    what it would be without.
    """
    discount, limit = line.discount, most_off(rights)
    if isinstance(discount, NewPrice) and not rights.holds("override price"):
        return False
    if isinstance(discount, Rate) and discount > limit:
        # By itself: what so few goods cost may hide it in the rounding.
        return False
    return _amount(line, rules) >= _least(plain, limit, rules)


def may_give_bill(
    lines: Sequence[RungLine], discount: Discount, rights: Rights, rules: PriceRules
) -> bool:
    """Whether somebody may give the bill its discount on his own, on top of those of its lines."""
    limit = most_off(rights)
    if isinstance(discount, Rate) and discount > limit:
        return False
    bill = price_bill([line.as_line() for line in lines], rules, discount)
    given = plain = least = 0
    for line in lines:
        lowest = _least(line, limit, rules)
        if is_covered(line):
            given += min(_amount(line, rules), lowest)
        else:
            least += lowest
            plain += figures(replace(line.as_line(), discount=None), rules.currency).amount
    # A per cent of the whole is rounded once, those of the lines each.
    return (bill.amount - bill.discount).minor >= given + min(
        least, left_after(plain, limit, rules.currency)
    )


def is_covered(line: RungLine) -> bool:
    """Whether the line's discount or price was given for as much as is on it now.

    A part or a price is given for so many and not for more; an amount for so many and not for
    fewer.
    """
    if line.granted is None or line.discount is None:
        return False
    upto = line.granted.upto
    if isinstance(line.discount, Money):
        return line.quantity.thousandths >= upto
    return line.quantity.thousandths <= upto


def is_bill_covered(amount: Money, discount: Discount, granted: Grant | None) -> bool:
    """The same for the discount of a bill whose lines come to so much."""
    if granted is None:
        return False
    if isinstance(discount, Money):
        return amount.minor >= granted.upto
    return amount.minor <= granted.upto


def is_bill_given(
    lines: Sequence[RungLine], discount: Discount, granted: Grant | None, rules: PriceRules,
    *, amount: Money,
) -> bool:  # fmt: skip
    """Whether the bill has its discount from somebody who may give it on the lines that are there:
    without the goods that were taken off, those with a discount of their own weigh more.
    """
    if granted is None or not is_bill_covered(amount, discount, granted):
        return False
    rights = rights_of(granted.user)
    return rights is not None and may_give_bill(lines, discount, rights, rules)


def line_giver(job: Job, line: RungLine, plain: RungLine, rules: PriceRules) -> int:
    """By whose right the line is so cheap, beside what it would be: the user's, or of who approves.

    Refuses: LineTooCheap, OverrideRefused.
    """
    by = job.given_by(GIVING, lambda rights: may_give_line(line, plain, rights, rules))
    if by is None:
        full = figures(replace(plain.as_line(), discount=None), rules.currency).amount
        raise LineTooCheap(
            right=GIVING, goods=line.item.name, quantity=line.quantity,
            full=Money(full, rules.currency), left=Money(_amount(line, rules), rules.currency),
            most=_most(job),
        )  # fmt: skip
    return by


def bill_giver(job: Job, lines: Sequence[RungLine], discount: Discount, rules: PriceRules) -> int:
    """By whose right the bill has its discount.

    Refuses: BillTooCheap, OverrideRefused.
    """
    by = job.given_by(GIVING, lambda rights: may_give_bill(lines, discount, rights, rules))
    if by is None:
        bill = price_bill([line.as_line() for line in lines], rules, discount)
        left = bill.amount - bill.discount
        raise BillTooCheap(right=GIVING, full=bill.full, left=left, most=_most(job))
    return by


def require_allowed(job: Job, stored: StoredBill, amount: Money) -> None:
    """The last look, inside the sale: no line and no bill is cheaper than the right of who sells it
    allows, or than what was given on it. `amount` is what the lines come to.

    Refuses: LineTooCheap, BillTooCheap, OverrideRefused.
    """
    discount, rules = stored.discount, price_rules()
    for line in stored.lines:
        if line.discount is not None and not is_covered(line):
            line_giver(job, line, line, rules)
    lines, granted = stored.lines, stored.granted
    if discount is not None and not is_bill_given(lines, discount, granted, rules, amount=amount):
        bill_giver(job, lines, discount, rules)


def is_beyond(basket: Basket, session: Session) -> bool:
    """Whether something on the bill is cheaper than its user may sell it for, or was changed beside
    the program: for the screen, which asks for the approval before the money is counted.
    """
    rights, discount = rights_of(session.user), basket.discount
    if rights is None:
        return False
    if basket.is_altered:
        return True
    given = [line for line in basket.lines if line.discount is not None and not is_covered(line)]
    if not all(may_give_line(line, line, rights, basket.rules) for line in given):
        return True
    if discount is None:
        return False
    lines, amount, rules = basket.lines, basket.total.amount, basket.rules
    return not (
        is_bill_given(lines, discount, basket.granted, rules, amount=amount)
        or may_give_bill(lines, discount, rights, rules)
    )


def _most(job: Job) -> str:
    """What the user may take off, in per cent."""
    return f"{most_off(job.rights).percent_text}%"


def _amount(line: RungLine, rules: PriceRules) -> int:
    return figures(line.as_line(), rules.currency).amount


def _least(line: RungLine, limit: Rate, rules: PriceRules) -> int:
    """What the line comes to with the largest discount that is allowed, rounded as any other."""
    return figures(replace(line.as_line(), discount=limit), rules.currency).amount
