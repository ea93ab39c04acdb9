"""Money on the screen: shifts, drawers, the day, accounts, ways to pay."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report
from tui.money import keys

MONEY = TradeScreens(
    "money",
    menu=(
        MenuEntry(
            12, word("Cash in, out, to the safe"), "tui.money.cash_moves:move_cash_from_menu",
            "move cash",
        ),
        MenuEntry(98, word("Change foreign money"), "tui.money.foreign_cash:change_money",
                  "change money"),
        MenuEntry(99, word("Foreign money to the bank"), "tui.money.foreign_cash:bank_money",
                  "keep accounts"),
        MenuEntry(13, word("X report"), "tui.money.shift_menu:show_x", "see takings"),
        MenuEntry(14, word("Close the shift"), "tui.money.shift_menu:open_close_shift",
                  "close shift"),
        MenuEntry(15, word("Z reports"), "tui.money.shift_menu:show_z", "close shift"),
        MenuEntry(16, word("Close the day"), "tui.money.day_close:close_day_now", "close day"),
        MenuEntry(17, word("Payments on account"), "tui.money.account:open_account",
                  "take payment"),
        MenuEntry(46, word("Closed shifts"), report("shifts"), "see takings"),
        MenuEntry(47, word("Exceptions by cashier"), report("exceptions"), "see takings",
                  group=6),
        MenuEntry(
            48, word("Receivables by age"), report("receivables"), "keep accounts", group=6
        ),
        MenuEntry(59, word("Payables by age"), report("payables"), "keep accounts", group=6),
        MenuEntry(307, word("To be paid, by day"), report("payables-due"), "keep accounts",
                  group=6),
        MenuEntry(308, word("Paid to suppliers"), report("supplier-payments"), "keep accounts",
                  group=6),
        MenuEntry(309, word("Accounts: owed, charged, paid"), report("accounts-moved"),
                  "keep accounts", group=6),
        MenuEntry(60, word("Items of accounts"), report("account-items"), "keep accounts"),
        MenuEntry(75, word("Tax invoices"), listing("tax_invoices"), "keep accounts",
                  group=1),
        MenuEntry(49, word("Trial balance"), report("trial-balance"), "see takings"),
        MenuEntry(36, word("Journal for the books"), report("journal"), "see takings",
                  group=6),
        MenuEntry(55, word("Ways to pay"), listing("tenders"), "keep books"),
        MenuEntry(471, word("Pay codes against the gateway"), report("gateway"), "see takings",
                  group=9),
        MenuEntry(472, word("Fetch the gateway's list"), "tui.money.gateway.day_list:fetch",
                  "see takings", group=9),
        MenuEntry(473, word("Refunds the gateway refused"),
                  "tui.money.gateway.day_list:settle_refused", "give refund", group=9),
        MenuEntry(84, word("Till events"), listing("till_events"), "see takings",
                  group=9),
    ),
    listings={
        "tenders": "tui.money.tenders_listing:LISTING",
        "tax_invoices": "tui.money.tax_invoices_listing:LISTING",
        "till_events": "tui.money.till_events_listing:LISTING",
    },
    keys=(keys.KEYS,),
    settings=("tui.money.settings_fields:FIELDS",),
    reminders=("tui.money.reminders:day", "tui.money.reminders:shift",
               "tui.money.reminders:payments", "tui.money.reminders:gateway",
               "tui.money.reminders:suppliers"),
    ways_out={"NoOpenShift": "tui.money.opening:open_shift_first"},
)  # fmt: skip
