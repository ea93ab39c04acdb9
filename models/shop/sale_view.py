"""What a slip or a screen shows of one bill.

Every amount is already computed and stored; nobody adds anything up again from these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.base.quantity import Quantity
from models.ledger.daily.shift_view import TaxView as TaxView
from models.ledger.kinds import SALE
from models.ledger.payments.payment_view import PaymentView as PaymentView

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.base.money import Money
    from models.ledger.store_card import StoreCard


ONE = Quantity.of(1)


@dataclass(frozen=True, slots=True)
class SaleLineView:
    """One line: `price` of one unit, `discount` taken off this line (zero or more).

    `amount` is what the line costs after its discount, so the amounts of all lines add up to the
    subtotal. `offs` say of the discount what each promotion took, by its name; the rest was given
    by hand. `pack` is how many base units one of the quantity is, `hands` who did the work. In a
    return the quantity, the discount and the amount are below zero.
    """

    code: str
    name: str
    quantity: Quantity
    unit: str
    price: Money
    discount: Money
    amount: Money
    is_weighed: bool
    pack: Quantity = ONE
    offs: tuple[tuple[str, Money], ...] = ()
    hands: tuple[str, ...] = ()

    @property
    def by_hand(self) -> Money:
        """What no promotion took of the discount."""
        given = self.discount
        for _, off in self.offs:
            given -= off
        return given


@dataclass(frozen=True, slots=True)
class PointsView:
    """What a bill did with points: `brought`, below zero taken back; `used`, below zero given back;
    all that are left then.
    """

    brought: int
    used: int
    rest: int


@dataclass(frozen=True, slots=True)
class SaleView:
    """One bill: subtotal (sum of the lines) less discount (of the whole bill, zero or more)
    plus rounding (either sign) is the total. A return has a total and a discount below zero and
    names the bill it returns in `original_number`, as does an exchange, a sale with goods that came
    back on it; `reason` is a message id. A held bill has no payments. `at` is local.
    """

    store: StoreCard
    number: str
    barcode: str
    register: str
    cashier: str
    salesperson: str | None
    customer: str
    day: date
    at: datetime
    lines: tuple[SaleLineView, ...]
    subtotal: Money
    discount: Money
    rounding: Money
    total: Money
    item_count: Quantity
    taxes: tuple[TaxView, ...]
    payments: tuple[PaymentView, ...]
    change: Money
    note: str
    original_number: str = ""
    kind: str = SALE
    reason: str = ""
    # By which way it was paid in truth, where another one was booked first.
    paid_instead: tuple[PaymentView, ...] = ()
    points: PointsView | None = None
