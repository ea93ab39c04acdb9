"""The salon on the screen: services, and who does them."""

from __future__ import annotations

from models.salon.names import TIP
from models.shop.return_reasons import WRONG_HANDS
from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report
from tui.salon import keys

_SALON = 10

SALON = TradeScreens(
    "salon",
    groups={_SALON: word("Salon")},
    menu=(
        MenuEntry(440, word("Appointment board"), "tui.salon.board:open_board",
                  "keep appointments", group=_SALON),
        MenuEntry(458, word("Appointments"), listing("appointments"), "keep appointments",
                  group=_SALON),
        MenuEntry(459, word("Rotation"), "tui.salon.rotation:open_rotation", "keep appointments",
                  group=_SALON),
        MenuEntry(450, word("Roster"), listing("roster"), "keep appointments", group=_SALON),
        MenuEntry(451, word("Absences"), listing("absences"), "keep appointments", group=_SALON),
        MenuEntry(452, word("Chairs, beds, rooms"), listing("things"), "keep services",
                  group=_SALON),
        MenuEntry(453, word("Whom to remind"), report("to-remind"), "keep appointments", group=4),
        MenuEntry(454, word("Who did not come or called off"), report("clients-missed"),
                  "keep appointments", group=4),
        MenuEntry(455, word("How much of the roster was booked"), report("utilisation"),
                  "keep appointments", group=4),
        MenuEntry(456, word("Attendance and overtime"), report("attendance"), "keep appointments",
                  group=4),
        MenuEntry(457, word("Heads on the roster, by day"), report("roster-heads"), "keep roster",
                  group=4),
        MenuEntry(441, word("Salon services"), listing("salon_services"), "keep services",
                  group=_SALON),
        MenuEntry(442, word("Stylists"), listing("stylists"), "keep services", group=_SALON),
        MenuEntry(443, word("Grades"), listing("grades"), "keep services", group=_SALON),
        MenuEntry(444, word("Commission rules"), listing("commission_rules"), "keep commission",
                  group=_SALON),
        MenuEntry(445, word("Work of the stylists"), report("stylists"), "see commission",
                  group=4),
        MenuEntry(446, word("Commission, line by line"), report("staff-commission"),
                  "see commission", group=4),
        MenuEntry(409, word("Patch tests"), listing("patch_tests"), "keep care", group=11),
        MenuEntry(410, word("Formulas"), listing("formulas"), "keep care", group=11),
        MenuEntry(449, word("What services bring"), report("salon-services"), "see takings",
                  group=4),
        MenuEntry(447, word("Pay out tips"), "tui.salon.tips:pay_out", "pay tips", group=_SALON),
        MenuEntry(460, word("Print a month's commission"), "tui.salon.month:print_one",
                  "see commission", group=4),
        MenuEntry(448, word("Tips of the staff"), report("tips"), "see commission", group=4),
    ),
    settings=("tui.salon.care_listings:SETTINGS", "tui.salon.settings_fields:FIELDS"),
    takes={TIP: "tui.salon.tips:take_tip"},
    hands=("tui.salon.hands:ask_hands",),
    puts_right={WRONG_HANDS: "tui.salon.hands_change:hands_anew"},
    keys=(keys.KEYS,),
    reminders=("tui.salon.reminders:due_today",),
    listings={
        "appointments": "tui.salon.appointments_listing:LISTING",
        "roster": "tui.salon.roster_listings:ROSTERS",
        "absences": "tui.salon.roster_listings:ABSENCE_LISTING",
        "things": "tui.salon.roster_listings:THING_LISTING",
        "salon_services": "tui.salon.services_listing:LISTING",
        "stylists": "tui.salon.stylists_listings:STYLISTS",
        "commission_rules": "tui.salon.commission_listing:LISTING",
        "patch_tests": "tui.salon.care_listings:TESTS",
        "formulas": "tui.salon.care_listings:FORMULA_LIST",
        "grades": "tui.salon.stylists_listings:GRADES",
    },
)  # fmt: skip
