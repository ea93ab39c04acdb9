"""The salon on the screen: services, and who does them."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing

_SALON = 10

SALON = TradeScreens(
    "salon",
    groups={_SALON: word("Salon")},
    menu=(
        MenuEntry(441, word("Salon services"), listing("salon_services"), "keep services",
                  group=_SALON),
        MenuEntry(442, word("Stylists"), listing("stylists"), "keep services", group=_SALON),
        MenuEntry(443, word("Grades"), listing("grades"), "keep services", group=_SALON),
    ),
    listings={
        "salon_services": "tui.salon.services_listing:LISTING",
        "stylists": "tui.salon.stylists_listings:STYLISTS",
        "grades": "tui.salon.stylists_listings:GRADES",
    },
)  # fmt: skip
