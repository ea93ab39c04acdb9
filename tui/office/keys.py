"""The keys of home and of the devices."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"home": word("Home"), "devices": word("Devices")},
    (
        row("open_entry", "Enter", "home", word("Open"), rank=10,
            help=word("Opens the line of the menu that the cursor is on.")),
        row("next_group", "PgDn", "home", word("Next group"), rank=11,
            help=word("The next group of the menu; the arrows go on to it too.")),
        row("last_group", "PgUp", "home", word("Group before"), rank=12,
            help=word("The group of the menu before this one.")),
        row("test_device", "Enter", "devices", word("Test"), rank=10,
            help=word("Asks the chosen printer how it is, or opens the drawer.")),
        row("set_up_device", "F2", "devices", word("Connect"), rank=11,
            help=word("Says how the chosen printer is connected, and of what kind it is.")),
        row("test_page", "F5", "devices", word("Test page"), rank=12,
            help=word("Prints a page on the chosen printer, and asks whether it came out.")),
    ),
)  # fmt: skip
