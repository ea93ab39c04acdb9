"""Till events (收银台事件): lines removed, bills cancelled, drawers opened; only to be read."""

from __future__ import annotations

from models.ledger.till_events import TillEvent
from models.trust.books import Book, Field, Link
from models.trust.trades import declared
from models.trust.users import User
from receipts.words import word

KINDS = tuple(declared("events"))

BOOK = Book(
    "till_events",
    word("Till events"),
    TillEvent,
    order="day",
    is_newest_first=True,
    fields=(
        Field("day", word("Day"), "date", width=10, is_computed=True, is_sorted=True),
        Field("at", word("Time"), "instant", width=16, is_computed=True, drop=3),
        Field("kind", word("Event"), "choice", width=14, choices=KINDS, is_computed=True),
        Field("user", word("Who"), "link", width=10, link=Link("users", User), is_computed=True),
        Field("amount", word("Amount"), "money", width=10, is_computed=True, is_summed=True),
        Field("reason", word("Reason"), width=20, box=60, is_computed=True, drop=2),
        Field("what", word("Details"), width=0, box=60, is_computed=True),
        Field("register", word("Till"), "number", width=4, is_computed=True, drop=4),
    ),
    find=("reason", "what"),
    named="what",
    dates="day",
    owners=("user",),
    right="see takings",
)  # fmt: skip
