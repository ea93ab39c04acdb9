"""What every store has on the screen: home, settings, approvals, paper, devices, the log; and the
keys of screens that belong to no trade.
"""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate import every_screen_keys
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing
from tui.imports import keys as import_keys
from tui.office import keys
from tui.records import keys as record_keys

_TOOLS = 9

OFFICE = TradeScreens(
    "trust",
    groups={
        1: word("Counter"), 4: word("Reports"), 5: word("Basic data"),
        6: word("Accounts and staff"), _TOOLS: word("Tools"),
    },
    menu=(
        MenuEntry(58, word("Import from a file"), "tui.imports.screen:open_imports", "import"),
        MenuEntry(61, word("Approvals"), listing("approvals"), "request approval"),
        MenuEntry(
            81, word("Store settings"), listing("settings"), "change settings", group=_TOOLS,
        ),
        MenuEntry(82, word("Registers"), listing("registers"), "change settings", group=_TOOLS),
        MenuEntry(83, word("Print jobs"), listing("print_jobs"), "print", group=_TOOLS),
        MenuEntry(85, word("Audit log"), listing("audit"), "read audit", group=_TOOLS),
        MenuEntry(91, word("Devices"), "tui.office.devices:open_devices"),
    ),
    listings={
        "settings": "tui.office.settings_listing:LISTING",
        "registers": "tui.office.registers_listing:LISTING",
        "approvals": "tui.office.approvals_listing:LISTING",
        "audit": "tui.office.audit_listing:LISTING",
        "print_jobs": "tui.office.print_jobs_listing:LISTING",
    },
    keys=(every_screen_keys.KEYS, keys.KEYS, record_keys.KEYS, import_keys.KEYS),
    settings=("tui.office.settings_listing:COMPANY",),
    reminders=("tui.office.reminders:paper", "tui.office.reminders:asked"),
    # What checks a password comes first: it is asked for first.
    ahead=("argon2", "tui.people.own_secrets", "tui.office.home"),
)  # fmt: skip
