"""Who the store is, as slips and screens name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.base.money import Currency


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
