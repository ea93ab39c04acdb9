"""Tax invoices (发票): which was issued for an account, to whom, with which number.

The tax bureau's own system issues them; their numbers are typed here, so that no more is invoiced
than was charged and paid, and nothing twice. A wrong one, and one whose money goes back, is
answered by a red one (红字) of the same amount below zero; both stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base import exact
from models.base.database import Row
from models.base.fields import (
    DayField,
    InstantField,
    KeyField,
    MoneyField,
    RateField,
    store_currency,
)
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.base.watching import Told
from models.base.words import word
from models.ledger.accounts import GUEST_DEPOSIT
from models.ledger.folios import Folio
from models.ledger.trade import RECEIPT
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong

_INVOICES = word("Tax invoices")
# An ordinary one is for anybody; with a special one a firm gets the tax back.
ORDINARY, SPECIAL = INVOICE_KINDS = ("ordinary", "special")


class InvoiceWrong(Refusal):
    """An invoice has a number, a title and lines above zero; a special one names the tax number."""


class InvoiceTooMuch(Refusal):
    """More than was charged, paid and not invoiced yet."""


class InvoiceRed(Refusal):
    """It was answered by a red invoice, or is one."""


class RedInvoiceWanted(Refusal):
    """The money that is to go back stands on a tax invoice: a red one comes first."""


class TaxInvoice(Row):
    """One invoice. A red one is below zero and names in `of` the one that it takes back."""

    key = KeyField(primary_key=True)
    number = CharField(max_length=30, unique=True)
    kind = CharField(max_length=8)
    title = CharField(max_length=100)
    tax_number = CharField(max_length=20, default="")
    folio = BigIntegerField(index=True)
    amount = MoneyField()
    currency = CharField(max_length=3)
    of = BigIntegerField(null=True)
    note = CharField(max_length=120, default="")
    user = BigIntegerField()
    day = DayField()
    at = InstantField()

    class Meta:
        append_only = True


class TaxInvoiceLine(Row):
    """What an invoice says was bought, and the tax in it."""

    invoice = ForeignKeyField(TaxInvoice, index=False)
    line = IntegerField()
    name = CharField(max_length=60)
    rate = RateField()
    net = MoneyField()
    tax = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("invoice", "line")
        append_only = True


Told(TaxInvoice, "number kind title tax_number folio amount currency of note user day at")
Told(TaxInvoiceLine, "name rate net tax currency")


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A line that is to be invoiced: `amount` with its tax in it."""

    name: str
    rate: Rate
    amount: Money

    @property
    def net(self) -> Money:
        """Without the tax, to the nearest fen."""
        whole = ONE.millionths + self.rate.millionths
        minor = exact.divide(self.amount.minor * ONE.millionths, whole)
        return Money(minor, self.amount.currency)


@operation(right="keep accounts")
def issue_tax_invoice(
    job: Job,
    folio: Folio,
    lines: Sequence[InvoiceLine],
    *,
    number: str,
    title: str,
    tax_number: str = "",
    kind: str = ORDINARY,
) -> TaxInvoice:
    """An invoice was issued for what was paid on an account, open or closed.

    Refuses: InvoiceWrong, RecordTaken (the number), InvoiceTooMuch.
    """
    if kind not in INVOICE_KINDS:
        raise ValueError(kind)
    number, tax_number = number.strip(), tax_number.strip().upper()
    wrong = first_wrong(
        number=bool(number), title=bool(title.strip()),
        tax_number=bool(tax_number) or kind == ORDINARY,
        lines=bool(lines) and all(_is_right(line) for line in lines),
    )  # fmt: skip
    if wrong:
        raise InvoiceWrong(number=number, field=wrong)
    _refuse_number(number)
    total = Money.total((line.amount for line in lines), store_currency())
    left = invoiceable(Folio.get_by_id(folio.key))
    if total > left:
        raise InvoiceTooMuch(folio=folio.number, left=left)

    made = _store(
        job, folio.key, lines, number=number, title=title.strip(), tax_number=tax_number, kind=kind
    )
    job.note(invoice=number, title=made.title, amount=total, account=folio.number)
    return made


@operation(right="keep accounts")
def red_invoice(job: Job, invoice: TaxInvoice, *, number: str, reason: str) -> TaxInvoice:
    """A red invoice takes all of one back. Refuses: InvoiceRed, InvoiceWrong, RecordTaken."""
    found: TaxInvoice = TaxInvoice.get_by_id(invoice.key)
    if found.of is not None or is_red(found):
        raise InvoiceRed(number=found.number)
    number = number.strip()
    if wrong := first_wrong(number=bool(number), reason=has_words(reason)):
        raise InvoiceWrong(number=number, field=wrong)
    _refuse_number(number)

    back = [InvoiceLine(ln.name, ln.rate, -(ln.net + ln.tax)) for ln in lines_of_invoice(found)]
    made = _store(
        job, found.folio, back, number=number, title=found.title, tax_number=found.tax_number,
        kind=found.kind, of=found.key, note=reason.strip()[:120],
    )  # fmt: skip
    job.note(invoice=number, red_of=found.number, amount=made.amount, reason=made.note)
    return made


def _is_right(line: InvoiceLine) -> bool:
    is_rate = 0 <= line.rate.millionths <= ONE.millionths
    return bool(line.name.strip()) and line.amount.minor > 0 and is_rate


def _refuse_number(number: str) -> None:
    if TaxInvoice.select().where(TaxInvoice.number == number).exists():
        raise RecordTaken(listing=_INVOICES, name=number, field="number")


def _store(
    job: Job, folio: int, lines: Sequence[InvoiceLine], *, number: str, title: str,
    tax_number: str, kind: str, of: int | None = None, note: str = "",
) -> TaxInvoice:  # fmt: skip
    total = Money.total((line.amount for line in lines), store_currency())
    made = TaxInvoice.create(
        key=new_key(), number=number, kind=kind, title=title, tax_number=tax_number, folio=folio,
        amount=total, currency=total.currency.code, of=of, note=note, user=job.user, day=job.day,
        at=job.now,
    )  # fmt: skip
    for place, line in enumerate(lines, 1):
        TaxInvoiceLine.create(
            invoice=made, line=place, name=line.name.strip(), rate=line.rate, net=line.net,
            tax=line.amount - line.net, currency=total.currency.code,
        )  # fmt: skip
    return made


# --- what may be invoiced, and what money that goes back demands


_PAID = Statement(
    'SELECT coalesce(-sum(e."amount"), 0) FROM "entry" e JOIN "document" d '
    'ON d."key" = e."document_id" WHERE e."folio" = ? AND e."folio" IS NOT NULL AND (d."kind" = ? '
    'OR EXISTS (SELECT 1 FROM "entry" o WHERE o."document_id" = d."key" AND o."account_id" = ?))'
)
_INVOICED = Statement('SELECT coalesce(sum("amount"), 0) FROM "tax_invoice" WHERE "folio" = ?')


def paid_on(folio: Folio) -> Money:
    """What was paid on an account, deposits that came onto it too, less what went back."""
    row = _PAID.row(folio.key, RECEIPT, GUEST_DEPOSIT)
    return Money(int(row[0]) if row else 0, store_currency())


def invoiced_on(folio: Folio) -> Money:
    """What stands on invoices of an account, less what red ones took back."""
    row = _INVOICED.row(folio.key)
    return Money(int(row[0]) if row else 0, store_currency())


def invoiceable(folio: Folio) -> Money:
    """What may still be invoiced: charged, paid, and on no invoice yet; never below zero."""
    left = _covered(folio) - invoiced_on(folio)
    return max(Money(0, left.currency), left)


def _covered(folio: Folio) -> Money:
    """What was both charged and paid: of a deposit that is not used up nothing was bought."""
    paid = paid_on(folio)
    return min(paid, Folio.get_by_id(folio.key).balance + paid)


def require_red_first(folio: Folio, back: Money) -> None:
    """Before so much, above zero, goes back on an account. Refuses: RedInvoiceWanted."""
    invoiced = invoiced_on(folio)
    left = min(paid_on(folio) - back, _covered(folio))
    if invoiced.minor > 0 and invoiced > left:
        standing = [one.number for one in invoices_of(folio.key) if not is_red(one)]
        raise RedInvoiceWanted(folio=folio.number, numbers=", ".join(standing))


def invoices_of(folio: int) -> list[TaxInvoice]:
    """The invoices of an account that are no red ones, oldest first."""
    found = TaxInvoice.select().where(TaxInvoice.folio == folio, TaxInvoice.of.is_null())
    return list(found.order_by(TaxInvoice.at, TaxInvoice.key))


def is_red(invoice: TaxInvoice) -> bool:
    """Was it taken back?"""
    return bool(TaxInvoice.select().where(TaxInvoice.of == invoice.key).exists())


def lines_of_invoice(invoice: TaxInvoice) -> list[TaxInvoiceLine]:
    """Its lines in order."""
    rows = TaxInvoiceLine.select().where(TaxInvoiceLine.invoice == invoice)
    return list(rows.order_by(TaxInvoiceLine.line))
