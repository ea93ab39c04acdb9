"""Tenders: the ways to pay, kept as data, and the payments of a document."""

from __future__ import annotations

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, MoneyField
from models.base.hot import Statement, insert
from models.base.refusals import Refusal
from models.ledger.accounts import (
    ALIPAY_CLEARING,
    CARD_CLEARING,
    DRAWER,
    RECEIVABLE,
    WECHAT_CLEARING,
    Account,
)
from models.ledger.documents import Document

CASH, CARD, PHONE, ACCOUNT = KINDS = ("cash", "card", "phone", "account")


class TenderUnknown(Refusal):
    """No such tender, or it is switched off."""


class Tender(Row):
    """A way to pay. Kinds: cash (gives change), card (scheme, last four, reference), phone (WeChat,
    Alipay),
    account (charged to a folio). The cash tender is counted in the drawer.
    """

    key = KeyField(primary_key=True)
    number = IntegerField(unique=True)
    name_zh = CharField(max_length=20)
    name_en = CharField(max_length=20)
    kind = CharField(max_length=10, choices=[(k, k) for k in KINDS])
    account = ForeignKeyField(Account)
    needs_reference = BooleanField(default=False)
    opens_drawer = BooleanField(default=False)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)


class Payment(Row):
    """One tender of one document: `amount` settles it, `given` was handed over, `change` went back.

    Never a full card number: scheme, last four digits and the terminal's reference only.
    """

    document = ForeignKeyField(Document)
    line = IntegerField()
    tender = ForeignKeyField(Tender, index=False)
    amount = MoneyField()
    given = MoneyField()
    change = MoneyField()
    currency = CharField(max_length=3)
    reference = CharField(max_length=60, default="")
    last_four = CharField(max_length=4, default="")

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document


ADD_PAYMENTS = insert(
    Payment,
    "store document line tender amount given change currency reference last_four",
)

# number, names, kind, account, needs a reference, opens the drawer
SHIPPED = (
    (1, "现金", "Cash", CASH, DRAWER, False, True),
    (2, "银行卡", "Card", CARD, CARD_CLEARING, True, False),
    (3, "微信", "WeChat", PHONE, WECHAT_CLEARING, False, False),
    (4, "支付宝", "Alipay", PHONE, ALIPAY_CLEARING, False, False),
    (5, "挂账", "On account", ACCOUNT, RECEIVABLE, False, False),
)


_COLUMNS = [
    "key",
    "number",
    "name_zh",
    "name_en",
    "kind",
    "account",
    "needs_reference",
    "opens_drawer",
]
_TENDER = Statement(
    'SELECT "key", "number", "name_zh", "name_en", "kind", "account_id", "needs_reference", '
    '"opens_drawer" FROM "tender" WHERE "number" = ? AND "is_active"'
)


def tender_of(number: int) -> Tender:
    """The active tender with this number. Refuses: TenderUnknown."""
    row = _TENDER.row(number)
    if row is None:
        raise TenderUnknown(tender=number)
    return Tender(**dict(zip(_COLUMNS, row, strict=True)))


def active_tenders() -> list[Tender]:
    """All tenders in use, by number."""
    return list(Tender.select().where(Tender.is_active).order_by(Tender.number))
