"""The salon on the screen: services, and who does them."""

from __future__ import annotations

from models.salon.names import TIP
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
        MenuEntry(409, word("Patch tests"), listing("patch_tests"), "keep care", group=11),
        MenuEntry(410, word("Formulas"), listing("formulas"), "keep care", group=11),
        MenuEntry(449, word("What services bring"), report("salon-services"), "see takings",
                  group=_SALON),
        MenuEntry(447, word("Pay out tips"), "tui.salon.tips:pay_out", "pay tips", group=_SALON),
        MenuEntry(448, word("Tips of the staff"), report("tips"), "see commission", group=_SALON),
    ),
    settings=("tui.salon.care_listings:SETTINGS",),
    takes={TIP: "tui.salon.tips:take_tip"},
    hands=("tui.salon.hands:ask_hands",),
    listings={
        "salon_services": "tui.salon.services_listing:LISTING",
        "stylists": "tui.salon.stylists_listings:STYLISTS",
        "commission_rules": "tui.salon.commission_listing:LISTING",
        "patch_tests": "tui.salon.care_listings:TESTS",
        "formulas": "tui.salon.care_listings:FORMULA_LIST",
        "grades": "tui.salon.stylists_listings:GRADES",
    },
)  # fmt: skip
