"""Names of the salon that its declarations give, without loading what works with them."""

from __future__ import annotations

TIP, TIPS_PAID = "tip", "tips"
