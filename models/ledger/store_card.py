"""Who the store is, and whose work something was, as slips and screens name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.base.fields import store_currency
from models.base.money import Currency
from models.trust import company
from models.trust.registers import Register
from models.trust.users import User


@dataclass(frozen=True, slots=True)
class StoreCard:
    """The head and foot of every slip. An empty text is left out on paper."""

    name: str
    branch: str
    address: str
    phone: str
    tax_number: str
    footer: str
    currency: Currency
    is_demo: bool


def store_card() -> StoreCard:
    """Who the store is, as its settings say now."""
    return StoreCard(
        name=company.name.value(),
        branch=company.branch.value(),
        address=company.address.value(),
        phone=company.phone.value(),
        tax_number=company.tax_number.value(),
        footer=company.footer.value(),
        currency=store_currency(),
        is_demo=company.is_demo.value(),
    )


def user_name(key: int | None) -> str:
    """The name of a user as it is now; empty for nobody."""
    found = User.get_or_none(User.key == key) if key else None
    return found.name if found else ""


def register_name(number: int) -> str:
    """The name of a register."""
    found = Register.get_or_none(Register.number == number)
    return found.name if found else str(number)


def local(instant: datetime) -> datetime:
    """An instant on the store's wall clock."""
    return instant.astimezone(company.store_zone())
