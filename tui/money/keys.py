"""The keys of payment and of counting a drawer."""

from __future__ import annotations

from receipts.words import word
from tui.desk.key_rows import KeyTable, row

KEYS = KeyTable(
    {"payment": word("Payment"), "count": word("Counting a drawer")},
    (
        row("other_tender", "/", "payment", word("Tender"), rank=20,
            help=word("Chooses another way of paying, by its number.")),
        row("exact", "Enter", "payment", word("Exact cash"), rank=10,
            help=word("Enter alone: exactly what is due was handed over in cash.")),
        row("card", "F2", "payment", word("Card"), menu=122, rank=11,
            help=word("Pays the rest, or the amount typed before, by card.")),
        row("wechat", "F4", "payment", word("WeChat"), menu=123, rank=12,
            help=word("Pays by WeChat: the customer shows the phone.")),
        row("alipay", "F5", "payment", word("Alipay"), menu=124, rank=13,
            help=word("Pays by Alipay: the customer shows the phone.")),
        row("on_account", "F6", "payment", word("On account"), menu=125, rank=14,
            help=word("Charges the rest, or the amount typed before, to an account.")),
        row("next_note", "Enter", "count", word("Next"), rank=10,
            help=word("Enter: the next note or coin.")),
        row("count_done", "F9 +", "count", word("Done"), rank=11,
            help=word("Ends the count.")),
    ),
)  # fmt: skip
