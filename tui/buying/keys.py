"""The keys of receiving. Those of lines are the till's."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"receiving": word("Receiving")},
    (
        row("delivery_of", "F2", "receiving", word("Whose"), menu=370, rank=10,
            help=word("Says which supplier it is; what is bought in any shop has none.")),
        row("park_code", "F4", "receiving", word("Set aside"), menu=371, rank=11,
            help=word("Sets a code aside that no item has: it stands on the paper only.")),
        row("batch_of_line", "F5", "receiving", word("Lot"), menu=372, rank=12,
            help=word("Sets lot and good-until day of the chosen line.")),
        row("freight", "F6", "receiving", word("Freight"), menu=373, rank=13,
            help=word("What the supplier asks for bringing it; it is shared over the lines.")),
        row("rejected", "/", "receiving", word("Rejected"), rank=22,
            help=word("How many of the chosen line are refused at the door: no stock, no debt.")),
        row("finish_delivery", "F9 +", "receiving", word("Finish"), menu=374, rank=16,
            help=word("Posts the delivery; what is short is printed at once.")),
        row("drop_delivery", "Ctrl+X", "receiving", word("Drop"), menu=375, rank=30,
            till="Ctrl+E",
            help=word("Throws this delivery away, after it was shown.")),
    ),
)  # fmt: skip
