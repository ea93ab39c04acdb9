"""What a new store needs to know: the answers of `deskbell init`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Founding:
    """The answers. `trades` are the names of those that the store uses."""

    name: str
    owner_login: str
    owner_name: str
    owner_password: str
    first_day: date
    trades: tuple[str, ...] = ("shop",)
    currency: str = "CNY"
    language: str = "zh"
    zone: str = "Asia/Shanghai"
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    prices_include_tax: bool = True
    tax_percent: str = "13"
    registers: int = 1
    store: int = 1
    is_demo: bool = False
