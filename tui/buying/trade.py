"""Buying on the screen."""

from __future__ import annotations

from receipts.words import word
from tui.buying import keys
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report

_SEE = "see purchases"

BUYING = TradeScreens(
    "buying",
    groups={8: word("Goods in")},
    menu=(
        MenuEntry(300, word("Receive goods"), "tui.buying.beginning:open_receiving",
                  "receive goods", group=8),
        MenuEntry(301, word("Purchase orders"), listing("orders"), _SEE, group=8),
        MenuEntry(302, word("Order what runs short"), "tui.buying.proposing:open_proposal",
                  "order goods", group=8),
        MenuEntry(303, word("Suppliers' prices"), listing("supplier_prices"), _SEE, group=8),
        MenuEntry(304, word("Deliveries"), listing("deliveries"), _SEE, group=8),
        MenuEntry(305, word("Book a supplier's bill"), "tui.buying.billing:open_bill",
                  "book supplier bills", group=8),
        MenuEntry(321, word("Purchases line by line"), report("purchases"), _SEE, group=8),
        MenuEntry(322, word("Purchases by supplier"), report("purchases-by-supplier"), _SEE,
                  group=8),
        MenuEntry(326, word("Lots and their days"), report("batches"), "see stock", group=8),
        MenuEntry(323, word("Open orders line by line"), report("open-orders"), _SEE, group=8),
        MenuEntry(324, word("Received, not billed"), report("not-billed"), _SEE, group=8),
        MenuEntry(325, word("Suppliers' bills"), report("supplier-bills"), _SEE, group=8),
    ),
    listings={
        "orders": "tui.buying.orders_listing:LISTING",
        "supplier_prices": "tui.buying.prices_listing:LISTING",
        "deliveries": "tui.buying.deliveries_listing:LISTING",
    },
    keys=(keys.KEYS,),
    settings=("tui.buying.settings_fields:BUYING",),
    reminders=("tui.buying.reminders:buying",),
)  # fmt: skip
