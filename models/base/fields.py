"""Columns for our values: each stores a whole number or plain text and gives the value back.

A column refuses every other type with TypeError: a bare int is never money.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from peewee import BigIntegerField, CharField, TextField

from models.base import clock
from models.base.canonical import to_json as to_json
from models.base.cost import UnitCost
from models.base.database import is_sqlite
from models.base.money import Currency, Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate

_store_currency: Currency = currency("CNY")


def use_currency(value: Currency) -> None:
    """Set the one currency of the opened store; money columns give amounts of it."""
    global _store_currency
    _store_currency = value


def store_currency() -> Currency:
    """The one currency of the opened store."""
    return _store_currency


class _Typed:
    """For the type checker: on a row the column is its value, on the class it is a peewee field."""

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...


class _ValueField(_Typed, BigIntegerField):
    """A column of one value type, kept as a whole number."""

    value_type: type

    def db_value(self, value: Any) -> int | None:
        if value is None:
            return None
        if type(value) is not self.value_type:
            raise TypeError(f"{self.name} takes {self.value_type.__name__}, not {value!r}")
        return self.to_int(value)

    def python_value(self, value: int | None) -> Any:
        return None if value is None else self.from_int(int(value))

    def to_int(self, value: Any) -> int:
        raise NotImplementedError

    def from_int(self, value: int) -> Any:
        raise NotImplementedError


class MoneyField(_ValueField):
    """Money of the store's currency, in whole minor units (fen)."""

    value_type = Money

    def to_int(self, value: Money) -> int:
        if value.currency != _store_currency:
            raise TypeError(f"{self.name} takes {_store_currency.code}, not {value.currency.code}")
        return value.minor

    def from_int(self, value: int) -> Money:
        return Money(value, _store_currency)


class QuantityField(_ValueField):
    """A quantity, in whole thousandths."""

    value_type = Quantity

    def to_int(self, value: Quantity) -> int:
        return value.thousandths

    def from_int(self, value: int) -> Quantity:
        return Quantity(value)


class RateField(_ValueField):
    """A rate (tax, exchange, commission), in whole millionths."""

    value_type = Rate

    def to_int(self, value: Rate) -> int:
        return value.millionths

    def from_int(self, value: int) -> Rate:
        return Rate(value)


class CostField(_ValueField):
    """The cost of one unit, in millionths of the store's main currency unit."""

    value_type = UnitCost

    def to_int(self, value: UnitCost) -> int:
        return value.millionths

    def from_int(self, value: int) -> UnitCost:
        return UnitCost(value, _store_currency)


class InstantField(_ValueField):
    """An instant, in microseconds since 1970 UTC."""

    value_type = datetime

    def to_int(self, value: datetime) -> int:
        return clock.micros(value)

    def from_int(self, value: int) -> datetime:
        return clock.from_micros(value)


@lru_cache(maxsize=64)
def iso(day: date) -> str:
    """A date as it is stored. Kept: each row of a sale has its day."""
    return day.isoformat()


class DayField(_Typed, CharField):
    """A business date or a calendar date, as ISO text: it sorts as it reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=10, **kwargs)

    def db_value(self, value: date | str | None) -> str | None:
        return iso(value) if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class UidField(_Typed, CharField):
    """A caller's id of one piece of work, as 32 hexadecimal digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=32, **kwargs)

    def db_value(self, value: UUID | str | None) -> str | None:
        return value.hex if isinstance(value, UUID) else value

    def python_value(self, value: str | None) -> UUID | None:
        return None if value is None else UUID(value)


class JsonField(_Typed, TextField):
    """Plain values as JSON text, keys sorted, so that equal values are equal text."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else to_json(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


class CodeField(_Typed, CharField):
    """Text that is looked up by ranges: it sorts by code points on both engines.

    A database in the language of its country would sort "a10" before "A9" and Chinese by sound,
    and an index in that order finds no prefix.
    """

    def ddl(self, ctx: Any) -> Any:
        self.collation = None if is_sqlite() else '"C"'
        return super().ddl(ctx)


class KeyField(BigIntegerField):
    """A 64-bit key: register number x 2^40 + the register's own counter."""
