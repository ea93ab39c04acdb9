"""What slips and screens show of a lot, and of the money for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.base.money import Money
    from models.ledger.payments.payment_view import PaymentView
    from models.ledger.store_card import StoreCard


@dataclass(frozen=True, slots=True)
class LotView:
    """The paper that is worth something: `rest` is what is left on its number as it is printed,
    `expires` None for ever. `title` is a message id.
    """

    store: StoreCard
    title: str
    number: str
    document: str
    cashier: str
    at: datetime
    value: Money
    rest: Money
    expires: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class LotMoneyView:
    """The receipt of a voucher that was sold, or paid back (`is_out`); no amount is below zero."""

    store: StoreCard
    is_out: bool
    number: str
    register: str
    cashier: str
    at: datetime
    lot: str
    owner: str
    total: Money
    payments: tuple[PaymentView, ...]
    change: Money
    # It holds what somebody paid ahead of an appointment.
    is_deposit: bool = False
