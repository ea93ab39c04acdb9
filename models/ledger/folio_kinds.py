"""Kinds of folio: whose account it is, and what follows from that.

The seven of a hotel, and those of suppliers, deposits, cards and packages. A trade that needs
another declares it beside its tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.base.words import word
from models.ledger.accounts import (
    CARD_LIABILITY,
    GUEST_DEPOSIT,
    GUEST_LEDGER,
    PACKAGE,
    PAYABLE,
    RECEIVABLE,
)

# Where a kind is shown: a listing names the kinds that it lists by one of these.
COMPANIES, SUPPLIERS, STAYS, CARDS = "companies", "suppliers", "stays", "cards"


@dataclass(frozen=True, slots=True)
class FolioKind:
    """What holds for all folios of one kind.

    `title` is its word: a message id. `account` is the control account that a new folio becomes
    part of. `closes_at_zero`: it may be closed once nothing is owed; others are never closed.
    `has_limit`: a charge is held against the folio's own limit. `shown` is the listing that shows
    them.
    """

    name: str
    title: str
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


COMPANY = declare(FolioKind("company", word("Company"), RECEIVABLE))
OUTSIDE = declare(FolioKind("outside", word("Outside guest"), RECEIVABLE))
EMPLOYEE = declare(FolioKind("employee", word("Member of staff"), RECEIVABLE))
CONTROL = declare(FolioKind("control", word("Department"), RECEIVABLE))
LONG_STAY = declare(FolioKind("long stay", word("Long stay"), RECEIVABLE))
PERMANENT = declare(
    FolioKind("permanent", word("Standing account"), RECEIVABLE, closes_at_zero=False)
)
# What a guest who has left disputes: owed, and kept apart from what nobody doubts.
DISPUTED = declare(FolioKind("disputed", word("Disputed"), RECEIVABLE, has_limit=False))
GUEST = declare(FolioKind("guest", word("Guest"), GUEST_LEDGER, shown=STAYS))
MASTER = declare(FolioKind("master", word("Group"), GUEST_LEDGER, shown=STAYS))
DEPOSIT = declare(
    FolioKind("deposit", word("Deposit"), GUEST_DEPOSIT, has_limit=False, shown=STAYS)
)
SUPPLIER = declare(
    FolioKind("supplier", word("Supplier"), PAYABLE, has_limit=False, shown=SUPPLIERS)
)
CARD = declare(FolioKind("card", word("Card"), CARD_LIABILITY, has_limit=False, shown=CARDS))
# What guests paid for in a package and have not had yet: one folio for each stay.
PACKAGED = declare(
    FolioKind(
        "package", word("Package"), PACKAGE, closes_at_zero=False, has_limit=False, shown=STAYS
    )
)
