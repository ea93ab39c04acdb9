"""Till events (收银台事件): lines removed, bills cancelled, drawers opened; only to be read."""

from __future__ import annotations

from models.ledger.daily.till_events import TillEvent
from models.listings.listings import Field, Link, Listing
from models.shop.return_reasons import REASON_WORDS
from models.trust.trades import declared
from models.trust.users import User
from receipts.words import word
from tui.records.looks import HOUR_WIDTH, Look

# Who approved the work that the event is of, as its audit row says.
APPROVED = (
    'SELECT max(a."override_name") FROM "audit" a WHERE a."register" = t."register" '
    'AND a."at" = t."at" AND a."user" = t."user"'
)
KINDS = tuple(declared("events"))

LISTING = Listing(
    "till_events",
    word("Till events"),
    TillEvent,
    order="day",
    is_newest_first=True,
    fields=(
        Field("day", word("Day"), "date", is_computed=True, is_sorted=True),
        Field("at", word("Time"), "instant", look=Look(HOUR_WIDTH, drop=3), is_computed=True),
        Field("kind", word("Event"), "choice", choices=KINDS, is_computed=True),
        Field("user", word("Who"), "link", look=Look(10), link=Link("users", User),
              is_computed=True),
        # Counts, returns and removals are no sum of anything.
        Field("amount", word("Amount"), "money", is_computed=True),
        Field("reason", word("Reason"), "choice", look=Look(16, box=60, drop=2),
              choices=tuple(REASON_WORDS.items()), is_computed=True),
        Field("approved", word("Approved by"), look=Look(10, drop=2), is_computed=True,
              beside=APPROVED),
        Field("what", word("Details"), look=Look(0, box=60), is_computed=True),
        Field("register", word("Till"), "number", look=Look(4, drop=4), is_computed=True),
    ),
    find=("reason", "what"),
    named="what",
    dates="day",
    owners=("user",),
    right="see takings",
)  # fmt: skip
