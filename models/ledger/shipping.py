"""What a store begins with in its money: the chart of accounts and the ways to pay."""

from __future__ import annotations

from models.ledger import accounts
from models.ledger.ways import tenders
from models.trust.founding import Founding


def ship(answers: Founding | None) -> None:
    """Put them into a new store."""
    accounts.ship()
    tenders.ship()
