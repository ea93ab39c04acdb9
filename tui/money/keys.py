"""The keys of payment, of an account and of counting a drawer. Which way to pay has which of the
four keys is said by the ways themselves.
"""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {
        "payment": word("Payment"),
        "account": word("Account"),
        "count": word("Counting a drawer"),
    },
    (
        row("other_tender", "/", "payment", word("Tender"), rank=20,
            help=word("Another way of paying, by its number; after digits for so much.")),
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
        row("assign_item", "F2", "account", word("Assign"), menu=131, rank=11,
            help=word("Says which payment settles this item, or what this payment settles.")),
        row("take_apart", "F4", "account", word("Take apart"), menu=132, rank=12,
            help=word("What was assigned to this item is open again.")),
        row("change_due", "F5", "account", word("Due day"), menu=133, rank=13,
            help=word("Another day on which this item is due, as it was agreed.")),
        row("dispute_item", "F6", "account", word("Dispute"), menu=134, rank=14,
            help=word("Somebody says that he does not owe this; again: it is settled.")),
        row("from_wages", "F7", "account", word("From wages"), menu=139, rank=15,
            right="keep accounts",
            help=word("What a member of staff owes is kept back from his wages.")),
        row("give_credit_back", "F8", "account", word("Pay back"), menu=135, rank=15,
            help=word("What was paid in advance goes back the way it came.")),
        row("give_up_item", "Delete", "account", word("Write off"), menu=136, rank=16,
            help=word("What will not be paid becomes a loss, with the reason.")),
        row("account_invoice", "Ctrl+T", "account", word("Invoice"), menu=141, rank=17,
            help=word("Enters the tax invoice that was issued for what was paid here.")),
        row("print_account", "Ctrl+Y", "account", word("Print"), menu=137, rank=17,
            help=word("Prints a statement of the account, or a reminder of what is overdue.")),
        row("open_balance", "Ctrl+E", "account", word("From before"), menu=138, rank=18,
            right="open balances",
            help=word("Enters what was owed on this account before these books.")),
        row("next_note", "Enter", "count", word("Next"), rank=10,
            help=word("Enter: the next note or coin.")),
        row("count_done", "F9 +", "count", word("Done"), rank=11,
            help=word("Ends the count.")),
    ),
)  # fmt: skip
