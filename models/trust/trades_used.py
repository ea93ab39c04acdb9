"""Which trades a store uses: a setting for each that the owner may choose, `trade.<name>`.

What belongs to no trade in use is in no menu, no palette, no report and no home tile. Its tables
are there, and what was posted with it stays proved.
"""

from __future__ import annotations

from functools import partial
from itertools import compress
from typing import Any

from models.base.database import Row
from models.base.named import load
from models.trust import roles
from models.trust.founding import Founding
from models.trust.settings import SETTINGS, differing, setting, store_value, values_of
from models.trust.trades import TRADES, Measure, Trade, TradeUnknown, declared, forget, kept, tables


def add(trade: Trade) -> None:
    """Make a trade known to the program; one that may be chosen gets its setting."""
    TRADES[trade.name] = trade
    _forget()
    if trade.title:
        setting(switch_of(trade.name), False, follow=partial(_follow, trade))


def remove(trade: Trade) -> None:
    """Take a trade away again: what nobody declares is not there."""
    del TRADES[trade.name]
    _forget()
    SETTINGS.pop(switch_of(trade.name), None)


def _forget() -> None:
    forget()
    _Chosen.seen = None


def switch_of(name: str) -> str:
    """The setting that says whether a trade is used."""
    return f"trade.{name}"


def chosen() -> tuple[Trade, ...]:
    """The trades that the owner may choose."""
    return tuple(trade for trade in TRADES.values() if trade.title)


def used() -> tuple[Trade, ...]:
    """The trades that the opened store uses, with the parts that they need."""
    return _with_needs(_switched_on())


class _Chosen:
    """Which trades are switched on, as long as the settings are the same."""

    seen: dict[str, str] | None = None
    names: frozenset[str] = frozenset()


def _switched_on() -> frozenset[str]:
    seen = differing()
    if seen is None or seen is not _Chosen.seen:
        names = [each.name for each in chosen()]
        switched = values_of(*(SETTINGS[switch_of(name)] for name in names))
        _Chosen.names, _Chosen.seen = frozenset(compress(names, switched)), seen
    return _Chosen.names


@kept
def _with_needs(names: frozenset[str]) -> tuple[Trade, ...]:
    wanted = [*names, *(trade.name for trade in TRADES.values() if trade.is_always)]
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += TRADES[name].needs
    return tuple(trade for trade in TRADES.values() if trade.name in found)


def used_names(offered: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The same by name, as a counter shows them: of those that may be chosen it may offer only some
    (none named: all).
    """
    titled = {trade.name for trade in chosen()}
    hidden = titled - set(offered) if offered else set()
    return tuple(trade.name for trade in used() if trade.name not in hidden)


def loaded_in_use(what: str) -> tuple[Any, ...]:
    """What the trades in use name under `what`, as `trades.loaded` gives that of all."""
    return _loaded(what, _switched_on())


@kept
def _loaded(what: str, names: frozenset[str]) -> tuple[Any, ...]:
    return tuple(load(name) for name in declared(what, _with_needs(names)))


def looked_at(quick: bool) -> tuple[type[Row], ...]:
    """The tables that a proof looks at: all, or with `quick` those of the trades in use. The others
    hold nothing new, and to load them takes a tenth of the start.
    """
    return tables(used() if quick else None)


def verbs_in_use() -> dict[str, Measure]:
    """The rights that mean something in this store, as `roles.verbs` gives them."""
    return dict(declared("verbs", used()))


def found_with(names: tuple[str, ...], answers: Founding) -> None:
    """Put into a new store what its trades begin with.

    Refuses: TradeUnknown.
    """
    if unknown := [name for name in names if name not in {trade.name for trade in chosen()}]:
        raise TradeUnknown(trade=unknown[0], known=", ".join(trade.name for trade in chosen()))
    for name in names:
        store_value(switch_of(name), True)
    ready = used()
    roles.ship(ready, ready)
    _ship(ready, answers)


def _follow(trade: Trade, is_used: bool) -> None:
    """A trade is switched on: the store gets what it begins with, roles and what they may."""
    before = used()
    if is_used:
        ready = _with_needs(frozenset({trade.name, *(each.name for each in before)}))
        new = tuple(each for each in ready if each not in before)
        roles.ship(ready, new)
        _ship(new, None)


def _ship(trades: tuple[Trade, ...], answers: Founding | None) -> None:
    for trade in trades:
        if trade.ships:
            load(trade.ships)(answers)
