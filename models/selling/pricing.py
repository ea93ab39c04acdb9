"""The one pricing engine: lines in, priced lines out. Pure: it knows no database and no clock.

The order is: price, promotion, line discount, discount of the bill, tax. Cash rounding comes
with the payment and is no price (models/base/settling.py).

Everything rounds half away from zero, and a sum that is rounded once is carried from line to
line: each line gets what the rounded sum grew by. So the lines of a bill always sum to its
totals, a return is the mirror of its sale, and the totals need no second pass over the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from models.base import exact
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.values import value
from models.selling.lines import (
    Discount,
    DiscountBasis,
    Figures,
    Line,
    NewPrice,
    PricedLine,
    PriceRules,
    TaxAmount,
    figures,
    is_return,
    left_after,
    tax_amounts,
)
from models.selling.tax import Price, Tax, Taxes, TaxRounding, slices


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """One tax of a bill; what was sold and what came back are taxed apart."""

    tax: Tax
    is_return: bool
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """A whole bill: every figure is the sum over its lines."""

    lines: tuple[PricedLine, ...]
    full: Money
    promotion: Money
    line_discount: Money
    amount: Money
    discount: Money
    net: Money
    tax: Money
    total: Money
    groups: tuple[TaxGroup, ...]

    def taxes(self) -> tuple[TaxAmount, ...]:
        """Each tax once, sales and returns together: what a slip shows."""
        merged: dict[Tax, TaxAmount] = {}
        for group in self.groups:
            one = merged.get(group.tax)
            base, amount = (one.base, one.amount) if one else (Money.zero(self.net.currency),) * 2
            merged[group.tax] = TaxAmount(group.tax, base + group.base, amount + group.amount)
        return tuple(merged.values())


def price_line(line: Line, rules: PriceRules) -> PricedLine:
    """Price one line by itself, as the screen shows it while the bill grows."""
    return _Taxing(rules).priced(line, figures(line, rules.currency))


def price_bill(
    lines: Sequence[Line | PricedLine], rules: PriceRules, discount: Discount | None = None
) -> Bill:
    """Price a whole bill. Lines that are priced already (returns of a sale) stay as they are.

    The discount is spread over what is sold, by amount; returns take no part in it. ValueError
    when it is more than there is.
    """
    if discount is not None and rules.discount_basis is DiscountBasis.TOTAL:
        return total_up(_off_total(lines, rules, discount), rules)
    found = {
        place: figures(line, rules.currency)
        for place, line in enumerate(lines)
        if isinstance(line, Line)
    }
    shares = _shares(lines, found, discount, rules) if discount is not None else {}
    taxing = _Taxing(rules)
    priced = [
        taxing.priced(line, found[place], shares.get(place, 0)) if isinstance(line, Line) else line
        for place, line in enumerate(lines)
    ]
    return total_up(priced, rules)


def return_line(sold: PricedLine, quantity: Quantity, *, returned: Quantity) -> PricedLine:
    """Take back so many of a sold line, of which so many came back before.

    Every figure is copied from the sale, by quantity; the last piece takes what is left, so all
    the pieces together are the exact mirror of the sale. ValueError beyond what was sold.
    """
    before, after = returned.thousandths, (returned + quantity).thousandths
    if not 0 <= before < after <= sold.quantity.thousandths:
        raise ValueError(f"cannot take back {quantity} of {sold.quantity} after {returned}")

    def part(figure: Money) -> Money:
        of = sold.quantity.thousandths
        minor = exact.divide(figure.minor * after, of) - exact.divide(figure.minor * before, of)
        return Money(-minor, figure.currency)

    amount, share = part(sold.amount), part(sold.share)
    promotion, discount = part(sold.promotion), part(sold.discount)
    amounts = [part(tax.amount) for tax in sold.taxes]
    included = (a for a, t in zip(amounts, sold.taxes, strict=True) if t.tax.is_included)
    net = amount - share - Money.total(included, amount.currency)
    taxes = tuple(t.tax for t in sold.taxes)
    return PricedLine(
        quantity=-quantity,
        price=sold.price,
        full=amount + promotion + discount,
        promotion=promotion,
        discount=discount,
        amount=amount,
        share=share,
        net=net,
        taxes=tax_amounts(
            taxes, net.minor, [money.minor for money in amounts], currency=net.currency
        ),
    )


def total_up(lines: Iterable[PricedLine], rules: PriceRules) -> Bill:
    """The totals of priced lines, and their taxes by tax and side."""
    lines, currency = tuple(lines), rules.currency
    groups: dict[tuple[Tax, bool], list[int]] = {}
    full = promotion = off = amount = share = net = tax = 0
    for line in lines:
        full += line.full.minor
        promotion += line.promotion.minor
        off += line.discount.minor
        amount += line.amount.minor
        share += line.share.minor
        net += line.net.minor
        for found in line.taxes:
            sums = groups.setdefault((found.tax, line.is_return), [0, 0])
            sums[0] += found.base.minor
            sums[1] += found.amount.minor
            tax += found.amount.minor
    return Bill(
        lines=lines,
        full=Money(full, currency),
        promotion=Money(promotion, currency),
        line_discount=Money(off, currency),
        amount=Money(amount, currency),
        discount=Money(share, currency),
        net=Money(net, currency),
        tax=Money(tax, currency),
        total=Money(net + tax, currency),
        groups=tuple(
            TaxGroup(of, back, Money(base, currency), Money(of_tax, currency))
            for (of, back), (base, of_tax) in groups.items()
        ),
    )


class RunningTotal:
    """The totals of a growing bill, without pricing its lines again: what the screen shows.

    The same as `price_bill` without a discount of the bill, after every `add` and `remove`.
    """

    def __init__(self, rules: PriceRules) -> None:
        self._rules = rules
        self._taxing = _Taxing(rules)
        self._amount = self._tax = self._total = 0

    def add(self, line: Line | PricedLine) -> None:
        """Count a line in."""
        self._count(line, 1)

    def remove(self, line: Line | PricedLine) -> None:
        """Count a line out that was counted in before."""
        self._count(line, -1)

    @property
    def amount(self) -> Money:
        """The sum of what the lines show."""
        return Money(self._amount, self._rules.currency)

    @property
    def tax(self) -> Money:
        return Money(self._tax, self._rules.currency)

    @property
    def total(self) -> Money:
        """What is to be paid."""
        return Money(self._total, self._rules.currency)

    def _count(self, line: Line | PricedLine, times: int) -> None:
        if isinstance(line, PricedLine):
            amount, tax, total = line.amount.minor, line.tax.minor, line.total.minor
            self._amount += times * amount
            self._tax += times * tax
            self._total += times * total
            return
        taxed = self._taxing.taken(line, figures(line, self._rules.currency), times=times)
        self._amount += taxed.amount
        self._tax += sum(taxed.taxes)
        self._total += taxed.amount + _sum_of(line.taxes, taxed.taxes, included=False)


@value()
class _Taxed:
    """What a line adds to a bill: its amount and its taxes, in minor units."""

    amount: int
    taxes: list[int]


class _Taxing:
    """Takes the taxes of line after line, and carries what is rounded once for all of them."""

    def __init__(self, rules: PriceRules) -> None:
        self._rules = rules
        self._sums: dict[tuple[Tax | None, bool], Fraction] = {}

    def priced(self, line: Line, found: Figures, share: int = 0) -> PricedLine:
        """The line with its taxes, less its share of the discount of the bill."""
        currency = self._rules.currency
        taxed = self.taken(line, found, share=share)
        amount = taxed.amount + share
        net = taxed.amount - _sum_of(line.taxes, taxed.taxes, included=True)
        return PricedLine(
            quantity=line.quantity,
            price=_sold_at(line),
            full=Money(found.full, currency),
            promotion=Money(found.promotion, currency),
            discount=Money(found.full - found.promotion - amount, currency),
            amount=Money(amount, currency),
            share=Money(share, currency),
            net=Money(net, currency),
            taxes=tax_amounts(line.taxes, net, taxed.taxes, currency=currency),
        )

    def taken(self, line: Line, found: Figures, *, share: int = 0, times: int = 1) -> _Taxed:
        """Take the taxes of a line; times is -1 to take them out again."""
        shown = found.amount
        is_back = is_return(shown, line.quantity)
        amount = times * (shown - share)
        # A fixed tax follows the sign of the amount, and of the quantity when there is none.
        pieces = times * (-1 if is_back else 1) * abs(line.quantity.thousandths)
        if self._rules.tax_rounding is TaxRounding.PER_LINE:
            return _Taxed(amount, [part.of(amount, pieces) for part in slices(line.taxes)])

        exactly: int | Fraction = amount
        if self._rules.tax_rounding is TaxRounding.PER_DOCUMENT_EXACT:
            exactly = times * (Fraction(found.numerator, found.denominator) - share)
        raw = [part.exactly(exactly, pieces) for part in slices(line.taxes)]
        taxes = [
            self._carried((tax, is_back), tax_raw)
            for tax, tax_raw in zip(line.taxes, raw, strict=True)
        ]
        if self._rules.tax_rounding is TaxRounding.PER_DOCUMENT_EXACT:
            on_top = sum(
                (r for tax, r in zip(line.taxes, raw, strict=True) if not tax.is_included),
                Fraction(0),
            )
            total = self._carried((None, is_back), exactly + on_top)
            amount = total - _sum_of(line.taxes, taxes, included=False)
        return _Taxed(amount, taxes)

    def _carried(self, key: tuple[Tax | None, bool], raw: Fraction) -> int:
        """By how many whole minor units a sum grows that is rounded only as a whole."""
        before = self._sums.get(key, Fraction(0))
        self._sums[key] = after = before + raw
        return exact.half_away(after) - exact.half_away(before)


def _sold_at(line: Line) -> Price:
    return line.discount.price if isinstance(line.discount, NewPrice) else line.price


def _sum_of(taxes: Taxes, amounts: Sequence[int], *, included: bool) -> int:
    found = 0
    for tax, amount in zip(taxes, amounts, strict=True):
        if tax.is_included is included:
            found += amount
    return found


def _takes_discount(line: Line | PricedLine, amount: int) -> bool:
    return isinstance(line, Line) and line.shares_bill_discount and amount > 0


def _shares(
    lines: Sequence[Line | PricedLine],
    found: dict[int, Figures],
    discount: Discount,
    rules: PriceRules,
) -> dict[int, int]:
    """The share of each line, by its place, in a discount off the amounts."""
    amounts = {
        place: one.amount
        for place, one in found.items()
        if _takes_discount(lines[place], one.amount)
    }
    whole = sum(amounts.values())
    off = whole - left_after(whole, discount, rules.currency)
    if not off:
        return {}
    shared = exact.shares(off, list(amounts.values()))
    return dict(zip(amounts, shared, strict=True))


def _off_total(
    lines: Sequence[Line | PricedLine], rules: PriceRules, discount: Discount
) -> list[PricedLine]:
    """The lines with a discount off what is to be paid: of net and of each tax the same part."""
    priced = list(price_bill(lines, rules).lines)
    places = [
        place
        for place, line in enumerate(priced)
        if _takes_discount(lines[place], line.amount.minor)
    ]
    totals = [priced[place].total.minor for place in places]
    whole = sum(totals)
    left = left_after(whole, discount, rules.currency)
    if left == whole:
        return priced

    by_tax: dict[Tax, list[int]] = {}
    for place in places:
        for tax in priced[place].taxes:
            by_tax.setdefault(tax.tax, []).append(tax.amount.minor)
    kept = {tax: iter(exact.carried(found, left, whole)) for tax, found in by_tax.items()}
    for place, total in zip(places, exact.carried(totals, left, whole), strict=True):
        amounts = [next(kept[tax.tax]) for tax in priced[place].taxes]
        priced[place] = _retaxed(priced[place], total, amounts)
    return priced


def _retaxed(line: PricedLine, total: int, amounts: list[int]) -> PricedLine:
    """The line when so much is paid for it, with so much of each tax; its share is the rest."""
    taxes = tuple(tax.tax for tax in line.taxes)
    net = total - sum(amounts)
    share = line.amount.minor - net - _sum_of(taxes, amounts, included=True)
    currency = line.net.currency
    return replace(
        line,
        share=Money(share, currency),
        net=Money(net, currency),
        taxes=tax_amounts(taxes, net, amounts, currency=currency),
    )
