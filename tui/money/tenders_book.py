"""Ways to pay (付款方式): cash, cards, phones, on account."""

from __future__ import annotations

from models.ledger.accounts import Account
from models.ledger.tenders import ACCOUNT, CARD, CASH, PHONE, Tender, save_tender, switch_tender
from models.trust.books import Book, Field, Link
from receipts.words import word

KINDS = (
    (CASH, word("Cash")),
    (CARD, word("Card")),
    (PHONE, word("By phone")),
    (ACCOUNT, word("On account")),
)

BOOK = Book(
    "tenders",
    word("Ways to pay"),
    Tender,
    order="number",
    fields=(
        Field("number", word("No."), "number", width=5, is_automatic=True, is_sorted=True,
              help=word("Typed behind / in payment.")),
        Field("name_zh", word("Chinese name"), width=20, limit=20, is_required=True,
              is_sorted=True, example="支付宝"),
        Field("name_en", word("English name"), width=16, limit=20, example="Alipay"),
        Field("kind", word("Kind"), "choice", width=12, choices=KINDS, is_required=True,
              help=word("Cash gives change; a card asks for the slip of its terminal.")),
        Field("account", word("Ledger account"), "link", width=20, is_required=True, drop=1,
              link=Link("chart", Account, shown="name_zh", key="number"),
              help=word("The account in the books that it is kept on.")),
        Field("needs_reference", word("Reference"), "yes-no", width=9, default=False, drop=2,
              help=word("The cashier must type the reference of the payment.")),
        Field("opens_drawer", word("Drawer"), "yes-no", width=6, default=False, drop=3,
              help=word("Opens the drawer.")),
        Field("is_active", word("In use"), "yes-no", width=6, default=True),
    ),
    find=("number", "name_zh", "name_en"),
    named="name_zh",
    change_right="keep books",
    save=save_tender,
    drop=switch_tender,
    is_switched=True,
)  # fmt: skip
