"""Taxes of a line: what each takes of an amount, and the price with and without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from models.base import exact
from models.base.cost import UnitCost
from models.base.money import Currency, Money
from models.base.rates import ONE, Rate
from models.ledger.accounts import OUTPUT_TAX

NO_RATE = Rate(0)

Price = Money | UnitCost


class TaxRounding(Enum):
    """Where a tax becomes whole fen: a setting of the shop, stored on the sale.

    `PER_LINE` rounds each tax of each line. `PER_DOCUMENT` rounds each tax once over the lines
    of a bill, which are whole fen already. `PER_DOCUMENT_EXACT` keeps even the lines unrounded
    and rounds the document's total and each tax once (certified invoicing in Portugal).
    """

    PER_LINE = "per_line"
    PER_DOCUMENT = "per_document"
    PER_DOCUMENT_EXACT = "per_document_exact"


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax: a rate of the base, or a fixed amount a piece.

    `is_included`: the price holds it. `adds_to_base`: the taxes after it are taken of it too,
    except those that are not `is_base_affected`. `account` is where it goes in the books.
    """

    code: str
    rate: Rate = NO_RATE
    is_included: bool = False
    each: Money | None = None
    adds_to_base: bool = False
    is_base_affected: bool = True
    account: int = OUTPUT_TAX

    def __hash__(self) -> int:
        # Looked up for each line of a bill; equal are only those that agree in all fields.
        return hash((self.code, self.rate.millionths))


Taxes = tuple[Tax, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A tax as a part of the amount that the line shows.

    In minor units it is (by_amount * amount + by_quantity * thousandths) / divisor, exactly:
    however taxes stack, each is linear in the amount and the quantity.
    """

    by_amount: int
    by_quantity: int
    divisor: int

    def of(self, amount: int, thousandths: int) -> int:
        """The tax in minor units, rounded."""
        whole = self.by_amount * amount + self.by_quantity * thousandths
        return exact.divide(whole, self.divisor)

    def exactly(self, amount: int | Fraction, thousandths: int) -> Fraction:
        """The tax in minor units, not rounded."""
        return (self.by_amount * amount + self.by_quantity * thousandths) / Fraction(self.divisor)


@lru_cache(maxsize=1024)
def slices(taxes: Taxes) -> tuple[Slice, ...]:
    """How each of the taxes is found from the amount of a line; kept, as goods share few."""
    stacked = _stacked(taxes)
    included = [part for tax, part in zip(taxes, stacked, strict=True) if tax.is_included]
    gross_by_net = 1 + sum((by_net for by_net, _ in included), Fraction(0))
    gross_by_piece = sum((by_piece for _, by_piece in included), Fraction(0))
    found = []
    for by_net, by_piece in stacked:
        by_amount = by_net / gross_by_net
        by_thousandth = (by_piece - by_amount * gross_by_piece) / 1000
        divisor = by_amount.denominator * by_thousandth.denominator
        found.append(Slice(int(by_amount * divisor), int(by_thousandth * divisor), divisor))
    return tuple(found)


def _stacked(taxes: Taxes) -> list[tuple[Fraction, Fraction]]:
    """Each tax by the net amount, and by the piece."""
    stacked = []
    added_by_net = added_by_piece = Fraction(0)
    for tax in taxes:
        by_net, by_piece = Fraction(0), Fraction(0)
        if tax.each is not None:
            by_piece = Fraction(tax.each.minor)
        else:
            rate = Fraction(tax.rate.millionths, ONE.millionths)
            by_net = rate * (1 + added_by_net * tax.is_base_affected)
            by_piece = rate * added_by_piece * tax.is_base_affected
        if tax.adds_to_base:
            added_by_net += by_net
            added_by_piece += by_piece
        stacked.append((by_net, by_piece))
    return stacked


def bases(taxes: Taxes, net: int, amounts: Sequence[int]) -> list[int]:
    """What each tax is taken of: the net amount and the taxes that were added to it."""
    found = []
    added = 0
    for tax, amount in zip(taxes, amounts, strict=True):
        found.append(net + added * tax.is_base_affected)
        if tax.adds_to_base:
            added += amount
    return found


def gross_price(net: Price, taxes: Taxes) -> UnitCost:
    """The price for one with all of these taxes, from the price without any."""
    by_net, by_piece = _whole(taxes)
    price = _as_cost(net)
    millionths = price.millionths * by_net + _millionths(by_piece, price.currency)
    return UnitCost(exact.half_away(millionths), price.currency)


def net_price(gross: Price, taxes: Taxes) -> UnitCost:
    """The price for one without any of these taxes, from the price with all of them.

    For reading and for setting a price by it; a line with included taxes keeps its gross price
    and is never priced from this.
    """
    by_net, by_piece = _whole(taxes)
    price = _as_cost(gross)
    millionths = (price.millionths - _millionths(by_piece, price.currency)) / by_net
    return UnitCost(exact.half_away(millionths), price.currency)


def included(taxes: Taxes) -> Taxes:
    """Those of the taxes that the price holds."""
    return tuple(tax for tax in taxes if tax.is_included)


def _whole(taxes: Taxes) -> tuple[Fraction, Fraction]:
    """The gross price by the net price, and the minor units a piece that come on top."""
    stacked = _stacked(taxes)
    by_net = sum((by_net for by_net, _ in stacked), Fraction(1))
    return by_net, sum((by_piece for _, by_piece in stacked), Fraction(0))


def _as_cost(price: Price) -> UnitCost:
    return UnitCost.of(price) if isinstance(price, Money) else price


def _millionths(minor: Fraction, currency: Currency) -> Fraction:
    return minor * UnitCost.of(Money(1, currency)).millionths
