"""The salon on the screen: services, and who does them."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report

_SALON = 10

SALON = TradeScreens(
    "salon",
    groups={_SALON: word("Salon")},
    menu=(
        MenuEntry(441, word("Salon services"), listing("salon_services"), "keep services",
                  group=_SALON),
        MenuEntry(442, word("Stylists"), listing("stylists"), "keep services", group=_SALON),
        MenuEntry(443, word("Grades"), listing("grades"), "keep services", group=_SALON),
        MenuEntry(444, word("Commission rules"), listing("commission_rules"), "keep commission",
                  group=_SALON),
        MenuEntry(445, word("Work of the stylists"), report("stylists"), "see commission",
                  group=_SALON),
        MenuEntry(446, word("Commission, line by line"), report("staff-commission"),
                  "see commission", group=_SALON),
    ),
    hands=("tui.salon.hands:ask_hands",),
    listings={
        "salon_services": "tui.salon.services_listing:LISTING",
        "stylists": "tui.salon.stylists_listings:STYLISTS",
        "commission_rules": "tui.salon.commission_listing:LISTING",
        "grades": "tui.salon.stylists_listings:GRADES",
    },
)  # fmt: skip
