"""Trades: shop, hotel, salon. Each declares itself once, beside its tables; models/store.py lists
them and knows nothing else of them.

    HOTEL = Trade("hotel", tables=TABLES, checks=HOTEL_CHECKS, verbs={"check in": ""}, ...)

A store works in the trades that were switched on for it; what belongs to none of them is in no
menu and in no list of rights. The tables of all trades are there always, so that switching one on
changes no schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from models.base.database import Row
from models.base.findings import Check
from models.trust import roles
from models.trust.operation import Job
from models.trust.settings import setting


def _begins_with_nothing() -> None:
    """Most trades need no rows to begin with."""


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade. `verbs` are rights with the measure of their limit, `given` those that shipped
    roles hold. `closing_steps` run when the day closes. `begin` makes the rows that a store needs
    to work in it; every new store has them, so that a trade is switched on by its setting alone.
    """

    name: str
    tables: tuple[type[Row], ...] = ()
    checks: Sequence[Check] = ()
    verbs: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Sequence[roles.Given]] = field(default_factory=dict)
    closing_steps: Sequence[Callable[[Job], None]] = ()
    begin: Callable[[], None] = _begins_with_nothing


TRADES: dict[str, Trade] = {}


def declare(trade: Trade) -> None:
    """Make a trade known: its rights from now on, its tables to whoever makes a store."""
    assert trade.name not in TRADES, trade.name
    TRADES[trade.name] = trade
    roles.VERBS.update(trade.verbs)
    for role, given in trade.given.items():
        roles.GIVEN.setdefault(role, []).extend(given)


def are_trades(text: object) -> bool:
    """Is this a setting of trades: at least one, each known, none twice?"""
    names = text.split() if isinstance(text, str) else []
    return bool(names) and len(set(names)) == len(names) and set(names) <= set(TRADES)


trades_in_use = setting("store.trades", "shop", check=are_trades)


def in_use() -> tuple[str, ...]:
    """The names of the trades that this store works in."""
    return tuple(trades_in_use.value().split())


def verbs_in_use() -> dict[str, str]:
    """The rights that mean something in this store: all but those of trades that it has not."""
    others = {
        verb for trade in TRADES.values() if trade.name not in in_use() for verb in trade.verbs
    }
    return {verb: measure for verb, measure in roles.VERBS.items() if verb not in others}
