"""The hotel on the screen: the room rack and what is done from there, reservations, the night
audit, rooms and rates.
"""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import FirstScreen, MenuEntry, TradeScreens, listing, report
from tui.hotel import keys

_BASIC, _REPORTS = 5, 4

HOTEL = TradeScreens(
    "hotel",
    groups={7: word("Front desk")},
    menu=(
        MenuEntry(70, word("Room rack"), "tui.hotel.rack.rack:open_rack", "check in"),
        MenuEntry(89, word("Chart of rooms"), "tui.hotel.rack.chart:open_chart", "check in",
                  group=7),
        MenuEntry(71, word("New reservation"), "tui.hotel.stays.reserving:new_reservation",
                  "reserve"),
        MenuEntry(72, word("Reservations and stays"), listing("stays"), "reserve"),
        MenuEntry(73, word("Messages and wake-up calls"), listing("traces"), "check in"),
        MenuEntry(74, word("Charge a room"), "tui.hotel.folios.posting:post_from_menu",
                  "post charge"),
        MenuEntry(97, word("Paid out for a guest"), "tui.hotel.folios.paying_out:pay_out_from_menu",
                  "post charge", group=7),
        MenuEntry(80, word("Groups"), listing("groups"), "reserve", group=7),
        MenuEntry(96, word("Open the shift"), "tui.money.opening:open_shift_now", "open shift",
                  group=7),
        MenuEntry(76, word("Rooms out of order"), listing("room_closings"), "keep house"),
        MenuEntry(79, word("Night audit"), "tui.hotel.night_audit:open_night_audit",
                  "night audit"),
        MenuEntry(77, word("Guests in the house"), report("in-house"), "check in"),
        MenuEntry(78, word("Rooms left, 30 days"), report("rooms-left"), "check in"),
        MenuEntry(93, word("Who arrives"), report("arrivals"), "check in", group=_REPORTS),
        MenuEntry(94, word("Who departs"), report("departures"), "check in", group=_REPORTS),
        MenuEntry(95, word("The house by day"), report("house-days"), "see takings",
                  group=_REPORTS),
        MenuEntry(26, word("Transcript of guest accounts"), report("guest-ledger"), "see takings",
                  group=_REPORTS),
        MenuEntry(27, word("Guests who owe much"), report("high-balances"), "check in",
                  group=_REPORTS),
        MenuEntry(28, word("Deposits of guests"), report("deposits-held"), "check in",
                  group=_REPORTS),
        MenuEntry(29, word("Charges voided or let off"), report("corrections"), "see takings",
                  group=_REPORTS),
        MenuEntry(37, word("Control accounts of departments"), report("departments"),
                  "see takings", group=_REPORTS),
        MenuEntry(702, word("Visitors"), listing("visitors"), "check in", group=7),
        MenuEntry(701, word("Commission of channels"), report("commission"), "see takings",
                  group=_REPORTS),
        MenuEntry(703, word("Visitors' tax"), report("visitors-tax"), "see takings",
                  group=_REPORTS),
        MenuEntry(30, word("Register for the police"), report("police-register"),
                  "see private numbers", group=_REPORTS),
        MenuEntry(65, word("Room types"), listing("room_types"), "keep rooms", group=_BASIC),
        MenuEntry(66, word("Rooms"), listing("rooms"), "keep rooms", group=_BASIC),
        MenuEntry(67, word("Rate plans"), listing("rate_plans"), "keep rates", group=_BASIC),
        MenuEntry(68, word("Prices of rooms"), listing("rate_prices"), "keep rates", group=_BASIC),
        MenuEntry(38, word("Included in the rate"), listing("packages"), "keep rates",
                  group=_BASIC),
        MenuEntry(69, word("Services charged"), listing("services"), "keep rates", group=_BASIC),
    ),
    listings={
        "stays": "tui.hotel.stays.stays_listing:LISTING",
        "groups": "tui.hotel.stays.groups_listing:LISTING",
        "room_types": "tui.hotel.rooms.rooms_listings:ROOM_TYPES",
        "rooms": "tui.hotel.rooms.rooms_listings:ROOMS",
        "room_closings": "tui.hotel.rooms.rooms_listings:CLOSINGS",
        "rate_plans": "tui.hotel.rooms.rates_listings:PLANS",
        "rate_prices": "tui.hotel.rooms.rates_listings:PRICES",
        "services": "tui.hotel.rooms.rates_listings:SERVICES",
        "traces": "tui.hotel.rooms.traces_listing:LISTING",
        "visitors": "tui.hotel.stays.visitors_listing:LISTING",
        "packages": "tui.hotel.rooms.packages_listing:LISTING",
    },
    keys=(keys.KEYS,),
    first=(FirstScreen("tui.hotel.rack.rack:open_rack", "check in", unless="see takings"),),
    settings=("tui.hotel.settings_fields:FIELDS",),
    closes_day=("tui.hotel.night_audit:open_night_audit",),
    reminders=("tui.hotel.reminders:due_today",),
    charged_to={"room": "tui.hotel.folios.room_charge:ask_room"},
)  # fmt: skip
