"""Kinds of folio: whose account it is, and what follows from that.

The seven of a hotel, and those of suppliers, deposits, cards and packages. A trade that needs
another declares it beside its tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.ledger.accounts import (
    CARD_LIABILITY,
    GUEST_DEPOSIT,
    GUEST_LEDGER,
    PACKAGE,
    PAYABLE,
    RECEIVABLE,
)

# Where a kind is shown: a book of records names the kinds that it lists by one of these.
COMPANIES, SUPPLIERS, STAYS, CARDS = "companies", "suppliers", "stays", "cards"


@dataclass(frozen=True, slots=True)
class FolioKind:
    """What holds for all folios of one kind.

    `account` is the control account that a new folio becomes part of. `closes_at_zero`: it may be
    closed once nothing is owed; others are never closed. `has_limit`: a charge is held against the
    folio's own limit. `shown` is the book that lists them.
    """

    name: str
    account: int
    closes_at_zero: bool = True
    has_limit: bool = True
    shown: str = COMPANIES


KINDS: dict[str, FolioKind] = {}


def declare(kind: FolioKind) -> str:
    """Make a kind known; its name, which is what a folio stores."""
    if kind.name in KINDS:
        raise ValueError(f"the kind of folio {kind.name} is declared twice")
    KINDS[kind.name] = kind
    return kind.name


def kinds_in(shown: str) -> tuple[str, ...]:
    """The names of the kinds that a book shows, in the order of their declaration."""
    return tuple(kind.name for kind in KINDS.values() if kind.shown == shown)


def kinds_on(account: int) -> tuple[str, ...]:
    """The names of the kinds whose folios are part of a control account."""
    return tuple(kind.name for kind in KINDS.values() if kind.account == account)


COMPANY = declare(FolioKind("company", RECEIVABLE))
OUTSIDE = declare(FolioKind("outside", RECEIVABLE))
EMPLOYEE = declare(FolioKind("employee", RECEIVABLE))
CONTROL = declare(FolioKind("control", RECEIVABLE))
LONG_STAY = declare(FolioKind("long stay", RECEIVABLE))
PERMANENT = declare(FolioKind("permanent", RECEIVABLE, closes_at_zero=False))
GUEST = declare(FolioKind("guest", GUEST_LEDGER, shown=STAYS))
MASTER = declare(FolioKind("master", GUEST_LEDGER, shown=STAYS))
DEPOSIT = declare(FolioKind("deposit", GUEST_DEPOSIT, has_limit=False, shown=STAYS))
SUPPLIER = declare(FolioKind("supplier", PAYABLE, has_limit=False, shown=SUPPLIERS))
CARD = declare(FolioKind("card", CARD_LIABILITY, has_limit=False, shown=CARDS))
# What guests paid for in a package and have not had yet: one folio for each department that serves.
PACKAGED = declare(
    FolioKind("package", PACKAGE, closes_at_zero=False, has_limit=False, shown=STAYS)
)
