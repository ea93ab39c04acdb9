"""What the slips and screens of a shift, a cash move and a closed day show.

Every amount is already computed and stored; nobody adds anything up again from these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.base.money import Money
    from models.base.quantity import Quantity
    from models.base.rates import Rate
    from models.ledger.store_card import StoreCard


@dataclass(frozen=True, slots=True)
class TaxView:
    """One tax rate of a document or a period: the amount without tax, and the tax."""

    name: str
    rate: Rate
    net: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """What came in by one tender, change and refunds already taken off."""

    name_zh: str
    name_en: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ShiftDayView:
    """What one business date has of a shift: its net sales, and what came in by all tenders."""

    day: date
    net_total: Money
    taken: Money


@dataclass(frozen=True, slots=True)
class ForeignView:
    """Cash of one other currency in a counted drawer, in its own money."""

    code: str
    expected: Money
    counted: Money


@dataclass(frozen=True, slots=True)
class ShiftView:
    """An X report (the shift so far) or a Z report (the closed shift); local times.

    `cashier` is everybody who sold in it, whoever opened it first.

    It is of the shift, not of a date: from `day` to `until` where it goes over the close of a day,
    and `days` says what each date has of it.

    `returns_total`, `undone_total` (sales undone as a whole), `discounts`, `cash_out` and `drops`
    are amounts of zero or more: the slip prints the minus. What came back in an exchange is among
    the returns, what was taken instead among the sales. `expected_cash` is None in a blind count;
    the counted amounts are None in an X report. `over_short` is counted less expected: below zero
    is short, for a `reason`. `counts` is how often the drawer was counted, `counted_by` who closed
    the shift where another one opened it. `beside` is the money of this shift that no sale brought,
    by what it was for (a message id); `bags` are the drops.
    """

    store: StoreCard
    kind: str  # X or Z of models/ledger/kinds.py
    number: str
    register: str
    cashier: str
    opened_at: datetime
    closed_at: datetime | None
    day: date
    until: date
    days: tuple[ShiftDayView, ...]
    sales_count: int
    sales_total: Money
    returns_count: int
    returns_total: Money
    undone_count: int
    undone_total: Money
    rounding: Money
    discounts: Money
    voids_count: int
    no_sale_count: int
    tenders: tuple[TenderTotal, ...]
    beside: tuple[tuple[str, Money], ...]
    float_amount: Money
    cash_in: Money
    cash_out: Money
    drops: Money
    bags: tuple[tuple[str, Money], ...]
    expected_cash: Money | None
    counted_cash: Money | None
    over_short: Money | None
    reason: str
    counted_by: str
    denominations: tuple[tuple[Money, int], ...]
    foreign: tuple[ForeignView, ...]
    counts: int
    taxes: tuple[TaxView, ...]
    categories: tuple[tuple[str, Quantity, Money], ...]
    first_number: str
    last_number: str
    chain_head: str


@dataclass(frozen=True, slots=True)
class CashMoveView:
    """Money put into or taken out of a drawer outside a sale; `amount` is zero or more. `kind` is
    that of its document.
    """

    store: StoreCard
    kind: str
    number: str
    register: str
    cashier: str
    at: datetime
    amount: Money
    reason: str
    bag: str


@dataclass(frozen=True, slots=True)
class LeftView:
    """Work of one kind that a shift leaves open: how much it is, and the first pieces by name, each
    with what it comes to where that is an amount.
    """

    title: str
    count: int
    pieces: tuple[tuple[str, Money | None], ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What a closed shift leaves to the next one. `next_float` is what shifts of this register
    usually begin with; `over_short` is below zero when short.
    """

    store: StoreCard
    number: str
    register: str
    cashier: str
    opened_at: datetime
    closed_at: datetime
    counted: Money
    foreign: tuple[ForeignView, ...]
    over_short: Money
    reason: str
    next_float: Money
    left: tuple[LeftView, ...]

    @property
    def to_safe(self) -> Money:
        """What goes to the safe when the usual float stays in the drawer, never below zero."""
        over = self.counted - self.next_float
        return over if over.minor > 0 else over - over


@dataclass(frozen=True, slots=True)
class RegisterDayView:
    """One register's part of a closed day."""

    register: str
    sales_count: int
    sales_total: Money
    first_number: str
    last_number: str
    chain_head: str


@dataclass(frozen=True, slots=True)
class ShiftOverView:
    """A shift that went on over the close of a day, and what its drawer should have held then."""

    register: str
    cashier: str
    opened_at: datetime
    drawer: Money


@dataclass(frozen=True, slots=True)
class DayView:
    """A closed business day over all registers: the documents of the date, whatever their shift;
    signs as in ShiftView. `shifts_over` are counted on a later date. `earned` is what it earned
    beside what it took, and what is owed for cards and vouchers, each figure with its message id.
    """

    store: StoreCard
    day: date
    closed_at: datetime
    closed_by: str
    registers: tuple[RegisterDayView, ...]
    sales_count: int
    sales_total: Money
    returns_count: int
    returns_total: Money
    undone_count: int
    undone_total: Money
    rounding: Money
    discounts: Money
    net_total: Money
    tenders: tuple[TenderTotal, ...]
    beside: tuple[tuple[str, Money], ...]
    taxes: tuple[TaxView, ...]
    over_short: Money
    shifts_over: tuple[ShiftOverView, ...]
    head_short: str
    earned: tuple[tuple[str, Money], ...] = ()
