"""Who of the staff sold a card, and what follows from it where a trade pays for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.base.exact import shares
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.documents import Document
from models.members.lots import Lot, lots_of
from models.selling.charges import Served
from models.trust.trades_used import loaded_in_use


@dataclass(frozen=True, slots=True)
class CardSold:
    """A card of a kind was sold or topped up for so much, by these."""

    kind: int
    paid: Money
    sellers: Sequence[Served]


@dataclass(frozen=True, slots=True)
class SaleBack:
    """Of what a document sold `part` of `whole` went back, in minor units."""

    document: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Sellers:
    """How a trade knows who sold: `read` gives who is meant by what is typed, `proposed` what is
    typed for a user who may have sold it; None where nobody is asked for.
    """

    read: Callable[[str], tuple[Served, ...]]
    proposed: Callable[[int], str | None]


@dataclass(frozen=True, slots=True)
class GivesBack:
    """Who of the staff would give back how much of what he got."""

    user: int
    name: str
    amount: Money


def sellers_named(said: str) -> tuple[Served, ...]:
    """Who is meant; nobody where no trade pays for it. Refuses: what the trade refuses."""
    found: tuple[Served, ...] = ()
    for trade in loaded_in_use("sellers"):
        found = trade.read(said)
    return found


def seller_proposed(user: int) -> str | None:
    """Who is proposed where a card is sold; None where nobody is asked for."""
    return next((trade.proposed(user) for trade in loaded_in_use("sellers")), None)


def who_gives_back(sale: int, quantities: Mapping[int, Quantity]) -> list[GivesBack]:
    """Who would give back what, if so much of the lines of a sale came back."""
    return _summed(
        one for follow in loaded_in_use("gives_back") for one in follow(sale, quantities)
    )


def who_gives_card_back(number: str, amount: Money) -> list[GivesBack]:
    """Who would give back what, if so much went back for a card."""
    sales = sales_back(lots_of(number), amount.minor)
    return _summed(one for follow in loaded_in_use("card_gives_back") for one in follow(sales))


def _summed(found: Iterable[GivesBack]) -> list[GivesBack]:
    sums: dict[int, GivesBack] = {}
    for one in found:
        had = sums.get(one.user)
        sums[one.user] = replace(one, amount=had.amount + one.amount) if had else one
    return [one for one in sums.values() if one.amount.minor > 0]


def tell_sold(document: Document, sold: CardSold) -> None:
    """Inside an operation: what follows from the sale is added to its open document."""
    for follow in loaded_in_use("card_sold"):
        follow(document, sold)


def tell_back(
    document: Document, lots: Sequence[Lot], amount: Money, kept_by: Sequence[int]
) -> None:
    """Inside an operation, before the lots are emptied: so much goes back for them."""
    for follow in loaded_in_use("card_back"):
        follow(document, sales_back(lots, amount.minor), kept_by)


def sales_back(lots: Sequence[Lot], amount: int) -> list[SaleBack]:
    """For which sales so much goes back: what is left of each first, then what was used of it."""
    paid = [(lot.value - lot.bonus).minor for lot in lots]
    rest = [(lot.rest - lot.bonus_rest).minor for lot in lots]
    left = min(amount, sum(rest))
    parts = shares(left, rest) if left else [0] * len(lots)
    if amount > left:
        used = [had - now for had, now in zip(paid, rest, strict=True)]
        more = shares(amount - left, used)
        parts = [part + each for part, each in zip(parts, more, strict=True)]
    sums: dict[int, list[int]] = {}
    for lot, part, whole in zip(lots, parts, paid, strict=True):
        kept = sums.setdefault(lot.document, [0, 0])
        kept[0] += part
        kept[1] += whole
    return [SaleBack(document, *each) for document, each in sums.items() if each[0]]
