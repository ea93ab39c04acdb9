"""The keys of every screen."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"anywhere": word("Under a question too"), "everywhere": word("On every screen")},
    (
        row("help", "F1", "anywhere", word("Help"), rank=1,
            help=word("Says what every key does here.")),
        row("help_sign", "?", "everywhere", word("Help"), rank=0,
            help=word("The same as F1, on an empty entry.")),
        row("cancel", "F12 Esc", "anywhere", word("Back"), rank=98, till="Esc Ctrl+X",
            help=word(
                "Takes back one step: what is being typed, a question or a message, a filter or "
                "marks. It never leaves a screen."
            )),
        row("language", "Ctrl+L", "anywhere", word("中文"), menu=191, rank=95,
            help=word(
                "Changes between Chinese and English at once. Nothing on the screen is "
                "lost."
            )),
        row("leave", "F3", "everywhere", word("Leave"), rank=97,
            help=word("Leaves this screen. Open work is kept, or dropped only when you say so.")),
        row("menu", "F10 Ctrl+K", "everywhere", word("Menu"), rank=96, till="F11 Ctrl+K",
            help=word("Opens the menu: type a few letters, the pinyin initials, or a number.")),
        row("switch_user", "Ctrl+U", "everywhere", word("User"), menu=192, rank=91,
            help=word("Another user signs in. The work on the screen stays.")),
        row("lock", "Ctrl+N", "everywhere", word("Lock"), menu=199, rank=91,
            help=word("Locks the till; the work stays, and opens for a password or PIN.")),
        row("reprint", "Ctrl+R", "everywhere", word("Reprint"), menu=193, rank=92,
            help=word("Prints the last slip again, marked as a copy.")),
        row("show_slip", "Ctrl+W", "everywhere", word("Slip"), menu=198, rank=94,
            help=word("Shows the last slip on the screen; Enter prints it again as a copy.")),
        row("open_drawer", "Ctrl+O", "everywhere", word("Drawer"), menu=194, rank=93,
            help=word("Opens the drawer without a sale. It asks for the reason and is recorded.")),
        row("more_keys", "Ctrl+P", "everywhere", word("More keys"), rank=0,
            help=word("Shows the keys that the strip has no room for; again, the first ones.")),
        row("theme", "", "everywhere", word("Colours"), menu=195, rank=0,
            help=word("Changes the colours: dark, light, high contrast, or none.")),
    ),
)  # fmt: skip
