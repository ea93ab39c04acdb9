"""Tenders: the ways to pay, kept as data, and the payments of a document."""

from __future__ import annotations

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, on_sqlite
from models.base.fields import KeyField, MoneyField
from models.base.hot import Statement
from models.base.keys import new_key
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
from models.ledger.parts import Part
from models.trust.operation import Job, operation
from models.trust.records import put, row_at

CASH, CARD, PHONE, ACCOUNT = KINDS = ("cash", "card", "phone", "account")


class TenderUnknown(Refusal):
    """No such tender, or it is switched off."""


class TenderChanged(Refusal):
    """Somebody else changed this way to pay in the meantime."""


class TenderTaken(Refusal):
    """Another way to pay has this number."""


class TenderInUse(Refusal):
    """What was paid with already keeps its kind and its account."""


class TenderAccountWrong(Refusal):
    """Cash lies in the drawer, and an account is charged to receivables."""


class Tender(Row):
    """A way to pay. Kinds: cash (gives change), card (scheme, last four, reference), phone (WeChat,
    Alipay), account (charged to a folio). The cash tender is counted in the drawer.
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

    document = ForeignKeyField(Document, index=False)
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
        without_rowid = on_sqlite


PAYMENTS = Part(Payment, "line tender amount given change currency reference last_four")

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


@operation(right="keep books")
def save_tender(
    job: Job,
    key: int | None,
    *,
    version: int,
    number: int | None,
    name_zh: str,
    name_en: str,
    kind: str,
    account: int,
    needs_reference: bool = False,
    opens_drawer: bool = False,
    is_active: bool = True,
) -> Tender:
    """Make a way to pay (key None) or change one; without a number it gets the next one.

    Refuses: TenderChanged, TenderTaken, TenderInUse, TenderAccountWrong.
    """
    if number is None:
        number = 1 + max((row.number for row in Tender.select(Tender.number)), default=0)
    same = Tender.get_or_none(Tender.number == number)
    if same is not None and same.key != key:
        raise TenderTaken(tender=number, name=same.name_zh)
    if not _fits(kind, Account.get_or_none(Account.number == account)):
        raise TenderAccountWrong(tender=name_zh)
    values = {
        "number": number, "name_zh": name_zh, "name_en": name_en or name_zh, "kind": kind,
        "account": Account.get_by_id(account), "needs_reference": needs_reference,
        "opens_drawer": opens_drawer, "is_active": is_active,
    }  # fmt: skip
    if key is None:
        made = Tender.create(key=new_key(), **values)
        job.note(tender=number, name=name_zh, kind=kind)
        return made
    found = row_at(Tender, key, version, TenderChanged, tender=name_zh)
    is_moved = (found.kind, found.account_id) != (kind, account)
    if is_moved and Payment.select().where(Payment.tender == found).exists():
        raise TenderInUse(tender=found.name_zh)

    changes = put(found, **values)
    job.note(tender=number, changes=changes)
    return found


def _fits(kind: str, account: Account | None) -> bool:
    """Cash is in the drawer and charges are receivables; what is neither goes to neither."""
    own = {CASH: DRAWER, ACCOUNT: RECEIVABLE}
    if account is None:
        return False
    if kind in own:
        return bool(account.number == own[kind])
    return not account.is_control and account.number != DRAWER


@operation(right="keep books")
def switch_tender(job: Job, key: int, *, version: int) -> Tender:
    """Switch a way to pay off, or on again. Refuses: TenderChanged."""
    found = row_at(Tender, key, version, TenderChanged, tender=key)

    changes = put(found, is_active=not found.is_active)
    job.note(tender=found.number, name=found.name_zh, changes=changes)
    return found
