"""Tenders: the ways to pay, kept as data, and the payments of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.cost import UnitCost
from models.base.database import Row, on_sqlite
from models.base.fields import CostField, InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement, row_with
from models.base.keys import new_key
from models.base.money import Money, currencies
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
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
from models.ledger.ways.tender_kinds import (
    ACCOUNT,
    CARD,
    CASH,
    PHONE,
    TenderKind,
    kind_named,
    kinds_in_use,
)
from models.trust import company
from models.trust.drafts import Draft
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, put, row_at

_TENDERS = word("Ways to pay")

# The keys of the payment screen for the commonest ways to pay, and the wallets whose pay codes are
# known by their digits (models/goods/codes.py).
SHORTCUTS = (1, 2, 3, 4)
WECHAT, ALIPAY = PAY_CODES = ("wechat", "alipay")


class TenderUnknown(Refusal):
    """No such tender, or it is switched off."""


class TenderInUse(Refusal):
    """What was paid with already keeps its kind and its account."""

    about = ("is_active",)


class ForeignTenderWrong(Refusal):
    """Foreign cash is of another currency than the store's, and has a rate above zero."""


class ShortcutTaken(Refusal):
    """Another way to pay has this key."""


class Tender(Row):
    """A way to pay, of one of the kinds in tender_kinds.py. `shortcut` is its key in payment (1 is
    the first of them), `pay_code` the wallet whose scanned codes it takes. Foreign cash is of the
    currency `foreign`, and `rate` is given for one of it.
    """

    key = KeyField(primary_key=True)
    number = IntegerField(unique=True)
    name_zh = CharField(max_length=20)
    name_en = CharField(max_length=20)
    kind = CharField(max_length=12)
    account = ForeignKeyField(Account)
    needs_reference = BooleanField(default=False)
    opens_drawer = BooleanField(default=False)
    shortcut = IntegerField(null=True)
    pay_code = CharField(max_length=10, null=True)
    foreign = CharField(max_length=3, null=True)
    rate = CostField(null=True)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"

    @property
    def what(self) -> TenderKind:
        """Its kind, as it was declared."""
        return kind_named(self.kind)

    @property
    def own_name(self) -> str:
        """What the store calls it, in its language: for what is written and stays."""
        return str(self.name_en if company.language.value() == "en" else self.name_zh)


class Payment(Row):
    """One tender of one document: `amount` settles it, `given` was handed over, `change` went back.

    All three are below zero where money was handed back. Never a full card number: the last four
    digits and the terminal's reference only.
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
    folio = BigIntegerField(null=True)
    code = CharField(max_length=40, default="")

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


# Few payments have a code, and a coupon's is looked for at each use.
Payment.add_index(Payment.index(Payment.code, where=SQL("\"code\" <> ''")))


class TakenPayment(Row):
    """A payment of work that is still open, stored as it was taken (taken.py). `register` is where
    it was: cash lies in that drawer.
    """

    draft = ForeignKeyField(Draft, index=False)
    line = IntegerField()
    tender = ForeignKeyField(Tender, index=False)
    given = MoneyField()
    currency = CharField(max_length=3)
    reference = CharField(max_length=60, default="")
    last_four = CharField(max_length=4, default="")
    folio = BigIntegerField(null=True)
    code = CharField(max_length=40, default="")
    register = IntegerField(index=True)
    user = BigIntegerField()
    at = InstantField()
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("draft", "line")
        without_rowid = on_sqlite


PAYMENTS = Part(
    Payment,
    "line tender amount given change currency reference last_four",
    later={2: "folio code"},
)

# number, names, kind, account, needs a reference, opens the drawer, shortcut, pay code
SHIPPED = (
    (1, "现金", "Cash", CASH, DRAWER, False, True, None, None),
    (2, "银行卡", "Card", CARD, CARD_CLEARING, True, False, 1, None),
    (3, "微信", "WeChat", PHONE, WECHAT_CLEARING, False, False, 2, WECHAT),
    (4, "支付宝", "Alipay", PHONE, ALIPAY_CLEARING, False, False, 3, ALIPAY),
    (5, "挂账", "On account", ACCOUNT, RECEIVABLE, False, False, 4, None),
)


def ship() -> None:
    """Put the shipped ways to pay into a new store, inside the caller's transaction."""
    names = (
        "number", "name_zh", "name_en", "kind", "account", "needs_reference", "opens_drawer",
        "shortcut", "pay_code",
    )  # fmt: skip
    for row in SHIPPED:
        Tender.create(key=new_key(), **dict(zip(names, row, strict=True)))


_COLUMNS = [
    "key",
    "number",
    "name_zh",
    "name_en",
    "kind",
    "account",
    "needs_reference",
    "opens_drawer",
    "foreign",
    "rate",
    "shortcut",
    "pay_code",
]
_ACTIVE_SQL = (
    'SELECT "key", "number", "name_zh", "name_en", "kind", "account_id", "needs_reference", '
    '"opens_drawer", "foreign", "rate", "shortcut", "pay_code" FROM "tender" WHERE "is_active"'
)
_TENDER = Statement(f'{_ACTIVE_SQL} AND "number" = ?')
# Read for each payment that is opened.
_ACTIVE = Statement(f'{_ACTIVE_SQL} ORDER BY "number"')


def tender_of(number: int) -> Tender:
    """The active tender with this number. Refuses: TenderUnknown."""
    row = _TENDER.row(number)
    if row is None:
        raise TenderUnknown(tender=number)
    return as_read(_COLUMNS, row)


def as_read(columns: Sequence[str], row: Sequence[Any]) -> Tender:
    """A tender out of the values of its columns."""
    found = row_with(Tender, zip(columns, row, strict=True))
    if found.rate is not None:
        found.rate = UnitCost(int(found.rate), store_currency())
    return found


def cash_tender() -> Tender:
    """The way to pay that is cash in the store's money: what a drawer hands out. Refuses:
    TenderUnknown.
    """
    found: Tender | None = (
        Tender.select().where(Tender.kind == CASH, Tender.is_active).order_by(Tender.number).first()
    )
    if found is None:
        raise TenderUnknown(tender=CASH)
    return found


def active_tenders() -> list[Tender]:
    """All tenders in use, by number; of a kind that no trade in use declares, none."""
    kinds = {kind.name for kind in kinds_in_use()}
    found = (as_read(_COLUMNS, row) for row in _ACTIVE.rows())
    return [tender for tender in found if tender.kind in kinds]


def taken_at(register: int) -> Money:
    """What was taken at a register for work that is still open."""
    rows = TakenPayment.select().where(TakenPayment.register == register)
    return Money.total((row.given for row in rows), store_currency())


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
    needs_reference: bool = False,
    opens_drawer: bool = False,
    shortcut: int | None = None,
    pay_code: str | None = None,
    foreign: str | None = None,
    rate: UnitCost | None = None,
    is_active: bool = True,
) -> Tender:
    """Make a way to pay (key None) or change one; without a number it gets the next one. Where it
    is kept in the books follows from its kind.

    Refuses: RecordChanged, RecordTaken, ShortcutTaken, TenderInUse, ForeignTenderWrong.
    """
    foreign = _require_currency(kind, foreign, rate)
    if number is None:
        number = 1 + max((row.number for row in Tender.select(Tender.number)), default=0)
    same = Tender.get_or_none(Tender.number == number)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_TENDERS, name=number, field="number")
    _require_free(shortcut if is_active else None, key)
    values = {
        "number": number, "name_zh": name_zh, "name_en": name_en or name_zh, "kind": kind,
        "needs_reference": needs_reference, "opens_drawer": opens_drawer, "shortcut": shortcut,
        "pay_code": pay_code, "foreign": foreign, "rate": rate if foreign else None,
        "is_active": is_active,
    }  # fmt: skip
    account = kind_named(kind).account
    if key is None:
        made = Tender.create(key=new_key(), account=account, **values)
        job.note(tender=number, name=name_zh, kind=kind)
        return made
    found = row_at(Tender, key, version, _TENDERS, name=name_zh)
    if (found.kind, found.foreign) != (kind, foreign):
        if any(t.select().where(t.tender == found).exists() for t in (Payment, TakenPayment)):
            raise TenderInUse(tender=found.name_zh)
        values["account"] = Account.get_by_id(account)

    changes = put(found, **values)
    job.note(tender=number, changes=changes)
    return found


def _require_currency(kind: str, code: str | None, rate: UnitCost | None) -> str | None:
    """Refuses: ForeignTenderWrong."""
    if not kind_named(kind).is_foreign:
        return None
    code = (code or "").strip().upper()
    known = {each.code for each in currencies()} - {store_currency().code}
    if code not in known or rate is None or rate.millionths <= 0:
        raise ForeignTenderWrong(currency=code)
    return code


def _require_free(shortcut: int | None, key: int | None) -> None:
    taken = Tender.get_or_none(Tender.shortcut == shortcut, Tender.is_active)
    if shortcut is not None and taken is not None and taken.key != key:
        raise ShortcutTaken(shortcut=shortcut, tender=taken.name_zh, tender_en=taken.name_en)


@operation(right="keep books")
def switch_tender(job: Job, key: int, *, version: int) -> Tender:
    """Switch a way to pay off, or on again. Refuses: RecordChanged, ShortcutTaken."""
    found = row_at(Tender, key, version, _TENDERS)
    if not found.is_active:
        _require_free(found.shortcut, key)

    changes = put(found, is_active=not found.is_active)
    job.note(tender=found.number, name=found.name_zh, changes=changes)
    return found
