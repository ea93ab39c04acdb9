"""Vouchers, cards, points and levels on the screen."""

from __future__ import annotations

from models.members.kinds import COURSE, CREDIT, POINTS, VALUE_CARD, VOUCHER
from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report

_MEMBERS = 11
_ASKS = "tui.members.asking:ask_code"

MEMBERS = TradeScreens(
    "members",
    groups={_MEMBERS: word("Members and cards")},
    menu=(
        MenuEntry(87, word("Sell a voucher"), "tui.members.selling:sell_one", "sell vouchers",
                  group=1),
        MenuEntry(20, word("Vouchers and store credit"), listing("lots"), "keep vouchers"),
        MenuEntry(90, word("Look up a voucher"), "tui.members.asking:look_up", "take payment",
                  group=1),
        MenuEntry(39, word("Owed on vouchers and credit"), report("lots"), "see takings", group=2),
        MenuEntry(401, word("Sell or top up a card"), "tui.members.card_selling:sell_one",
                  "sell cards", group=_MEMBERS),
        MenuEntry(402, word("Cards"), listing("cards"), "sell cards", group=_MEMBERS),
        MenuEntry(403, word("Kinds of card"), listing("card_kinds"), "keep cards", group=_MEMBERS),
        MenuEntry(404, word("Look up a card"), "tui.members.card_asking:look_up_card",
                  "take payment", group=_MEMBERS),
        MenuEntry(405, word("Points by hand"), "tui.members.points_asking:change_by_hand",
                  "give points", group=_MEMBERS),
        MenuEntry(411, word("Taken and earned"), report("taken-and-earned"), "see takings",
                  group=_MEMBERS),
        MenuEntry(412, word("Birthdays"), report("birthdays"), "see private facts",
                  group=2),
        MenuEntry(413, word("Customers to call back"), report("recall"), "see people",
                  group=2),
        MenuEntry(414, word("New and lost customers"), report("clients"), "see takings",
                  group=2),
        MenuEntry(415, word("Lucky draws"), listing("draws"), "keep points", group=_MEMBERS),
        MenuEntry(406, word("Points rules"), listing("points_rules"), "keep points",
                  group=_MEMBERS),
        MenuEntry(407, word("Rules of levels"), listing("level_rules"), "keep points",
                  group=_MEMBERS),
        MenuEntry(419, word("Cards and points from a file"),
                  "tui.imports.screen:open_member_imports", "import", group=_MEMBERS),
    ),
    listings={
        "lots": "tui.members.lots_listing:LISTING",
        "cards": "tui.members.cards_listing:LISTING",
        "card_kinds": "tui.members.cards_listing:KINDS",
        "points_rules": "tui.members.points_listing:RULES",
        "draws": "tui.members.draws_listing:LISTING",
        "level_rules": "tui.members.points_listing:LEVELS",
    },
    codes={
        VOUCHER: _ASKS,
        CREDIT: _ASKS,
        VALUE_CARD: "tui.members.card_asking:ask_card",
        COURSE: "tui.members.card_asking:ask_times",
        POINTS: "tui.members.points_asking:ask_points",
    },
    settings=(
        "tui.members.lots_listing:SETTINGS", "tui.members.cards_listing:SETTINGS",
        "tui.members.points_listing:SETTINGS",
    ),
)  # fmt: skip
