"""The keys of selling."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"selling": word("Selling")},
    (
        row("customer", "F2", "selling", word("Customer"), menu=111, rank=10, till="F7",
            help=word("Names whose bill it is: by name, pinyin, number or the end of a phone.")),
        row("salesperson", "F4", "selling", word("Staff"), menu=112, rank=11, till="F2",
            help=word("Chooses the salesperson of this sale.")),
        row("hold_bill", "F5", "selling", word("Hold"), menu=113, rank=12, till="F6",
            help=word("Puts this bill aside, under the name typed before, and starts another.")),
        row("bill_discount", "F6", "selling", word("Bill disc."), menu=114, rank=13, till="F10",
            help=word("Gives a discount on the whole bill: a per cent or an amount.")),
        row("find_goods", "F7", "selling stock receiving counting goods_out", word("Find"),
            menu=115, rank=14, till="F12",
            help=word("Finds goods by name, pinyin (initials or in full), mnemonic or code.")),
        row("fetch_bill", "F8", "selling", word("Fetch"), menu=116, rank=15, till="F8",
            help=word(
                "Takes up a bill that was put aside or cancelled today, the newest first."
            )),
        row("pay", "F9 + Enter", "selling", word("Pay"), menu=117, rank=16,
            help=word("Goes to payment. F9, + or Enter, the last two on an empty entry.")),
        row("quantity", "*", "selling receiving counting goods_out", word("Quantity"), rank=20,
            help=word(
                "Sets the quantity of the chosen line. After digits it sets it for the "
                "next item."
            )),
        row("price", ".", "selling receiving", word("Price"), rank=21,
            help=word("Sets the price of the chosen line.")),
        row("line_discount", "/", "selling", word("Discount"), rank=22,
            help=word("Gives a discount on the chosen line.")),
        row("one_less", "-", "selling receiving counting goods_out", word("One less"), rank=23,
            help=word("Takes one off the chosen line.")),
        row("remove_line", "Delete", "selling payment receiving counting goods_out", word("Remove"),
            rank=24,
            help=word(
                "Removes the chosen line. It asks for the reason when it was printed or "
                "paid."
            )),
        row("cancel_bill", "Ctrl+X", "selling", word("Cancel bill"), menu=118, rank=25,
            till="Ctrl+E",
            help=word("Lists the whole bill; Delete cancels it. F8 fetches it again today.")),
        row("split_bill", "Ctrl+E", "selling", word("Split or join"), menu=128, rank=32, till="F5",
            help=word(
                "Puts lines onto a bill of their own, or a bill that waits onto this one."
            )),
        row("print_bill", "Ctrl+F", "selling", word("Print bill"), menu=126, rank=30,
            help=word("Prints what stands on the bill so far, marked as not paid.")),
        row("enquire", "Ctrl+G", "selling", word("Price?"), menu=119, rank=26, till="F4 Ctrl+G",
            help=word("Shows price and stock of an item without selling it.")),
        row("take_back", "Ctrl+T", "selling", word("Return"), menu=120, rank=28,
            help=word(
                "Takes goods back with their slip, or without; with goods on the bill it is an "
                "exchange."
            )),
        row("undo_sale", "Ctrl+Y", "selling", word("Void sale"), menu=129, rank=29,
            help=word("Undoes the last sale of this shift as a whole.")),
        row("reopen_sale", "Ctrl+A", "selling", word("Reopen"), menu=127, rank=31,
            help=word(
                "Undoes the last sale of this shift and puts its goods onto the bill again, to be "
                "put right."
            )),
        row("cash_move", "Ctrl+D", "selling", word("Cash"), menu=121, rank=27,
            help=word("Puts cash into the drawer, takes it out, or drops it to the safe.")),
    ),
)  # fmt: skip
