"""What slips and screens show of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.base.money import Money
    from models.base.rates import Rate
    from models.ledger.payments.payment_view import PaymentView
    from models.ledger.store_card import StoreCard


@dataclass(frozen=True, slots=True)
class TimesView:
    """So many times of a service that are left, `expires` None for ever."""

    name: str
    left: int
    expires: date | None


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as it is now: what was paid for, what was given, times, and what goes off services.
    One that never held money says none (not `holds_money`); times that are used up are 0.
    """

    number: str
    kind: str
    owner: str
    principal: Money
    bonus: Money
    bonus_expires: date | None
    times: tuple[TimesView, ...]
    discount: Rate
    expires: date | None
    holds_money: bool = True


@dataclass(frozen=True, slots=True)
class CardSlipView:
    """What happened with a card: `title` is a message id; `paid` and `bonus` came onto it or went
    off it (`is_out`); no amount is below zero. `old` is the number or the owner of before.
    """

    store: StoreCard
    title: str
    card: CardView
    number: str
    register: str
    cashier: str
    at: datetime
    is_out: bool = False
    paid: Money | None = None
    bonus: Money | None = None
    payments: tuple[PaymentView, ...] = ()
    change: Money | None = None
    old: str = ""
    reason: str = ""
    sellers: tuple[str, ...] = ()
