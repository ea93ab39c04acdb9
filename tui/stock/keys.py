"""The keys of a stocktake. Those of lines are the till's."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"counting": word("Counting"), "comparing": word("Count against books"),
     "goods_out": word("Goods out")},
    (
        row("compare_count", "F9 +", "counting", word("Compare"), menu=340, rank=16,
            help=word("Shows what everybody counted against the books.")),
        row("count_again", "F5", "comparing", word("Again"), menu=341, rank=12,
            help=word("A zone is counted again: what was far off there.")),
        row("refresh_count", "F7", "comparing", word("Look again"), menu=342, rank=14,
            help=word("Reads what was counted meanwhile, by whomever.")),
        row("post_count", "F9 +", "comparing", word("Post"), menu=343, rank=16,
            help=word("Posts the differences, with their money.")),
        row("drop_count", "Ctrl+X", "comparing", word("Drop"), menu=344, rank=30, till="Ctrl+E",
            help=word("Throws the whole stocktake away; nothing is posted.")),
        row("finish_out", "F9 +", "goods_out", word("Finish"), menu=345, rank=16,
            help=word("Posts it, or asks somebody who may.")),
        row("drop_out", "Ctrl+X", "goods_out", word("Drop"), menu=346, rank=30, till="Ctrl+E",
            help=word("Throws this slip away.")),
    ),
)  # fmt: skip
