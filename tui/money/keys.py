"""The keys of payment, of an account and of counting a drawer. Which way to pay has which of the
four keys is said by the ways themselves.
"""

from __future__ import annotations

from receipts.words import word
from tui.desk.key_rows import KeyTable, row

KEYS = KeyTable(
    {
        "payment": word("Payment"),
        "account": word("Account"),
        "count": word("Counting a drawer"),
    },
    (
        row("other_tender", "/", "payment", word("Tender"), rank=20,
            help=word("Chooses another way of paying, by its number.")),
        row("exact", "Enter", "payment", word("Exact cash"), rank=10,
            help=word("Enter alone: exactly what is due was handed over in cash.")),
        row("tender_1", "F2", "payment", word("1st way"), menu=122, rank=11,
            help=word("Pays the rest, or the amount typed before, by the way with the first key.")),
        row("tender_2", "F4", "payment", word("2nd way"), menu=123, rank=12,
            help=word("The same by the way with the second key.")),
        row("tender_3", "F5", "payment", word("3rd way"), menu=124, rank=13,
            help=word("The same by the way with the third key.")),
        row("tender_4", "F6", "payment", word("4th way"), menu=125, rank=14,
            help=word("The same by the way with the fourth key.")),
        row("pay_account", "Enter", "account", word("Pay all"), rank=10,
            help=word("Enter alone: all that is owed, or the payment that was begun.")),
        row("next_note", "Enter", "count", word("Next"), rank=10,
            help=word("Enter: the next note or coin.")),
        row("count_done", "F9 +", "count", word("Done"), rank=11,
            help=word("Ends the count.")),
    ),
)  # fmt: skip
