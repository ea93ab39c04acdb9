"""What slips and screens show of payments.

Every amount is already computed and stored; nobody adds anything up again from these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from models.base.money import Money
    from models.ledger.store_card import StoreCard


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One tender: `amount` settles the bill; `given` is what the customer handed over.

    `change` is what went back. Tenders without change have given equal to amount. `owner` is whose
    account was charged, for a room with its number; empty where money was handed over. `code` is
    the number of the voucher, credit or card, on which `rest` was left, `bonus` of it given on top,
    or `times` of a service.
    """

    name_zh: str
    name_en: str
    amount: Money
    given: Money
    change: Money
    reference: str
    owner: str = ""
    code: str = ""
    rest: Money | None = None
    bonus: Money | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class AccountPaymentView:
    """Money for an account, or out to a supplier: `settled` is what the account is relieved of,
    `settled` plus `rounding` was paid. All but `rounding` are zero or more, also in payments.
    """

    store: StoreCard
    is_out: bool
    number: str
    register: str
    cashier: str
    at: datetime
    account: str
    name: str
    settled: Money
    rounding: Money
    total: Money
    payments: tuple[PaymentView, ...]
    change: Money
    note: str
