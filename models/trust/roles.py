"""Rights and roles: the verbs that operations name, and the roles that a store begins with.

Trades declare both; a verb's words are in the catalogues under the verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from models.base.keys import new_key
from models.trust.shipped_names import is_called, shipped
from models.trust.trades import Grant, Measure, Trade, declared
from models.trust.users import Role, RoleRight

OWNER: Final = "店主 Owner"
MANAGER: Final = "经理 Manager"
CASHIER: Final = "收银员 Cashier"
FRONT_DESK: Final = "前台 Front desk"
STYLIST: Final = "发型师 Stylist"
STOCK_CLERK: Final = "库管员 Stock clerk"
AUDITOR: Final = "审计员 Auditor"

# What a manager holds not: everything else he does.
_NOT_OF_MANAGERS = frozenset({"grant rights"})


def verbs() -> dict[str, Measure]:
    """Every verb of the program -> what a limit of it measures."""
    return dict(declared("verbs"))


def ship(used: Iterable[Trade], new: Iterable[Trade]) -> dict[str, Role]:
    """Make the roles that the trades which are `new` bring and the store lacks, with what all that
    are in use grant them; others that are there get what the new ones grant. The roles made, by
    name. Inside the caller's transaction.
    """
    made = {
        shipped(name): Role.create(key=new_key(), name=shipped(name), scope=scope)
        for trade in new
        for name, scope in trade.roles.items()
        if not any(is_called(role.name, name) for role in Role.select(Role.name))
    }
    for role in Role.select().where(~Role.holds_all):
        for verb, most in _granted(role.name, used if role.name in made else new).items():
            RoleRight.get_or_create(role=role, verb=verb, defaults={"key": new_key(), "most": most})
    return made


def ship_owner() -> Role:
    """Make the role that holds every verb, also those of later versions."""
    return Role.create(key=new_key(), name=shipped(OWNER), holds_all=True, scope="all")


def _granted(role: str, trades: Iterable[Trade]) -> dict[str, int | None]:
    given: dict[str, int | None] = {}
    for trade in trades:
        if is_called(role, MANAGER):
            given |= dict.fromkeys(trade.verbs.keys() - _NOT_OF_MANAGERS)
        for name, grants in trade.grants.items():
            if is_called(role, name):
                given |= dict(_limited(grants))
    return given


def _limited(grants: Iterable[Grant]) -> Iterator[tuple[str, int | None]]:
    yield from ((each, None) if isinstance(each, str) else each for each in grants)
