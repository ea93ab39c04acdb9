"""Ways to pay (付款方式): cash, cards, phones, on account."""

from __future__ import annotations

from models.ledger.ways.tenders import (
    ALIPAY,
    SHORTCUTS,
    WECHAT,
    Tender,
    save_tender,
    switch_tender,
)
from models.listings.listings import Field, Listing
from models.trust.trades import loaded
from receipts.words import word
from tui.records.looks import Look

KINDS = tuple((kind.name, kind.title) for kinds in loaded("tenders") for kind in kinds)
# None stands last: a number that is typed is the place of a choice as well.
PAY_CODES = ((WECHAT, word("WeChat")), (ALIPAY, word("Alipay")), (None, word("None")))
KEYS = (*((number, str(number)) for number in SHORTCUTS), (None, word("None")))

LISTING = Listing(
    "tenders",
    word("Ways to pay"),
    Tender,
    order="number",
    fields=(
        Field("number", word("No."), "number", look=Look(5), is_automatic=True, is_sorted=True,
              help=word("Typed behind / in payment.")),
        Field("name_zh", word("Chinese name"), look=Look(20), limit=20, is_required=True,
              is_sorted=True, example="支付宝"),
        Field("name_en", word("English name"), look=Look(16), limit=20, example="Alipay"),
        Field("kind", word("What it is"), "choice", choices=KINDS, is_required=True,
              help=word("Where it is kept in the books follows from it; cash gives change.")),
        Field("needs_reference", word("Reference"), "yes-no", look=Look(9, drop=2), default=False,
              help=word("The cashier must type the reference of the payment.")),
        Field("opens_drawer", word("Drawer"), "yes-no", look=Look(drop=3), default=False,
              help=word("Opens the drawer.")),
        Field("shortcut", word("Key"), "choice", look=Look(6, drop=4), choices=KEYS,
              help=word("Its key in payment: 1 is the first one on the strip.")),
        Field("pay_code", word("Pay codes"), "choice", look=Look(10, drop=5), choices=PAY_CODES,
              help=word("A pay code that is scanned in payment chooses it.")),
        Field("foreign", word("Currency"), look=Look(8, drop=6), limit=3, example="USD",
              help=word("Of foreign cash: its three letters; change is given in our own money.")),
        Field("rate", word("Exchange rate"), "cost", look=Look(10, drop=7, is_beside=True),
              example="7.1", help=word("Of foreign cash: what is given here for one of it.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("number", "name_zh", "name_en"),
    named="name_zh",
    right="keep books",
    pick_right="",
    change_right="keep books",
    save=save_tender,
    drop=switch_tender,
    is_switched=True,
)  # fmt: skip
