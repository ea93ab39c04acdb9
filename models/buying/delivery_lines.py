"""The lines and the head of a delivery as its draft stores them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.quantity import Quantity
from models.buying.plausible import Asked
from models.trust.drafts import READERS

KIND, PARKED = "goods in", "parked"


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One line as it is stored: `quantity` in base units is accepted, `rejected` is not."""

    number: int
    goods: int
    code: str
    name: str
    unit: str
    decimals: int
    quantity: Quantity
    rejected: Quantity
    asked: Asked
    batch: str = ""
    expiry: date | None = None
    serials: tuple[str, ...] = ()

    @property
    def came(self) -> Quantity:
        """What stood at the door: accepted and refused."""
        return self.quantity + self.rejected

    def body(self) -> list[Any]:
        """As stored in a draft."""
        return [
            self.goods, self.code, self.name, self.unit, self.decimals, self.quantity.thousandths,
            self.rejected.thousandths, self.asked.price.millionths, self.asked.pack.thousandths,
            self.batch, self.expiry and self.expiry.isoformat(), list(self.serials),
        ]  # fmt: skip


def _taken_from(number: int, body: list[Any]) -> TakenLine:
    goods, code, name, unit, decimals, quantity, rejected, price, pack, batch, expiry, some = body
    return TakenLine(
        number, goods, code, name, unit, decimals, Quantity(quantity), Quantity(rejected),
        Asked(UnitCost(price, store_currency()), Quantity(pack)), batch,
        date.fromisoformat(expiry) if expiry else None, tuple(some),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parked:
    """A code that no item has, put aside with so many of it."""

    number: int
    code: str
    quantity: Quantity


READERS[KIND] = _taken_from
READERS[PARKED] = lambda number, body: Parked(number, body[0], Quantity(body[1]))


@dataclass(frozen=True, slots=True)
class DeliveryHead:
    """What belongs to a whole delivery."""

    how: str
    supplier: int | None
    order: int | None = None
    pickup: date | None = None
    freight: int = 0

    def body(self) -> dict[str, Any]:
        """As stored in a draft."""
        pickup = self.pickup.isoformat() if self.pickup else None
        return {
            "how": self.how, "supplier": self.supplier, "order": self.order, "pickup": pickup,
            "freight": self.freight,
        }  # fmt: skip

    @classmethod
    def of(cls, body: Any) -> DeliveryHead:
        """The head that `body` stored."""
        pickup = body.get("pickup")
        return cls(
            body["how"], body["supplier"], body.get("order"),
            date.fromisoformat(pickup) if pickup else None, int(body.get("freight") or 0),
        )  # fmt: skip
