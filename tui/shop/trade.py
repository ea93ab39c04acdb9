"""The shop on the screen: the till, and the bills that it sold."""

from __future__ import annotations

from models.shop.return_reasons import WRONG_WAY
from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report
from tui.shop import keys

SHOP = TradeScreens(
    "shop",
    menu=(
        MenuEntry(11, word("Selling"), "tui.money.opening:open_selling", "sell"),
        MenuEntry(18, word("Find a bill"), "tui.shop.bills:find_bill", "print"),
        MenuEntry(19, word("Sold bills"), listing("bills"), "see takings"),
        MenuEntry(41, word("Takings by day"), report("takings-by-day"), "see takings"),
        MenuEntry(10, word("Takings by hour"), report("takings-by-hour"), "see takings", group=4),
        MenuEntry(42, word("Takings by tender"), report("takings-by-tender"), "see takings"),
        MenuEntry(43, word("Takings by category"), report("takings-by-category"), "see takings"),
        MenuEntry(44, word("Takings by item"), report("takings-by-item"), "see takings"),
        MenuEntry(45, word("Takings by cashier"), report("takings-by-cashier"), "see takings"),
        MenuEntry(
            86, word("Takings by kind of bill"), report("takings-by-kind"), "see takings", group=4
        ),
        MenuEntry(335, word("Margin by item"), report("margin"), "see takings", group=4),
        MenuEntry(88, word("Sales, line by line"), report("sale-lines"), "see takings", group=4),
        MenuEntry(
            306,
            word("Customers by what they bring"),
            report("customer-grades"),
            "see takings",
            group=2,
        ),
        MenuEntry(
            35, word("Returns by reason"), report("returns-by-reason"), "see takings", group=4
        ),
    ),
    settings=("tui.shop.settings_fields:FIELDS",),
    listings={"bills": "tui.shop.bills_listing:LISTING"},
    keys=(keys.KEYS,),
    puts_right={WRONG_WAY: "tui.shop.paid_otherwise:paid_otherwise"},
    reminders=("tui.shop.reminders:bills",),
    tiles=("tui.shop.tiles:sold",),
    ahead=(
        "models.selling.items",
        "models.ledger.documents",
        "models.ledger.payments.taken",
        "models.people.finding",
        "models.members.card_prices",
        "models.selling.pricing",
        "models.shop.basket",
        "tui.money.opening",
        "tui.shop.selling",
    ),
)
