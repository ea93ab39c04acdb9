"""Names of the salon that its declarations give, without loading what works with them."""

from __future__ import annotations

TIP, TIPS_PAID = "tip", "tips"
# Somebody else did the work of a sale: no money moves.
HANDS_CHANGE = "done anew"
# The document of what a month adds to commission, and the slip of a month of somebody.
MONTH_END, MONTH_SLIP = "staff month", "commission"
