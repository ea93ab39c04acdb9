"""The chart of accounts (会计科目), to choose from; it is not changed here."""

from __future__ import annotations

from models.ledger.accounts import ASSET, DEBT, EQUITY, EXPENSE, INCOME, Account
from models.trust.books import Book, Field
from receipts.words import word

KINDS = (
    (ASSET, word("Asset")),
    (DEBT, word("Debt")),
    (EQUITY, word("Equity")),
    (INCOME, word("Income")),
    (EXPENSE, word("Expense")),
)

BOOK = Book(
    "chart",
    word("Chart of accounts"),
    Account,
    key=("number",),
    order="number",
    fields=(
        Field("number", word("Number"), "number", width=8, is_sorted=True),
        Field("name_zh", word("Chinese name"), width=20, is_sorted=True),
        Field("name_en", word("English name"), width=24),
        Field("kind", word("Kind"), "choice", width=10, choices=KINDS),
    ),
    find=("number", "name_zh", "name_en"),
    named="name_zh",
)
