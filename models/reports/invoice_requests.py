"""A request for a tax invoice (开票申请): what was sold on a bill and did not come back, by tax,
and to whom the invoice is to be issued. The office issues it in the tax bureau's own system, and
enters its number in the list of tax invoices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from models.base.clock import from_micros, micros
from models.base.fields import store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.ledger.daily.shift_view import TaxView
from models.ledger.debts.tax_invoices import INVOICE_KINDS, ORDINARY, InvoiceWrong
from models.ledger.documents import Document
from models.ledger.store_card import local, store_card, user_name
from models.ledger.ways.tender_kinds import FOLIO
from models.ledger.ways.tenders import Payment
from models.people.persons import Person
from models.reports.bills import BillUnknown
from models.shop.sales import Sale
from models.shop.trade import VOID
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import first_wrong

if TYPE_CHECKING:
    from models.ledger.store_card import StoreCard

REQUEST = "invoice"
# The lines of a bill, and those that took goods of it back.
_LINES = (
    'SELECT "document_id", "line" FROM "charge_line" WHERE "document_id" = ? UNION ALL '
    'SELECT "document_id", "line" FROM "return_line" WHERE "of_document" = ?'
)
_SUM = (
    f'SELECT coalesce(sum(l."net" + l."tax"), 0) FROM ({_LINES}) k JOIN "charge_line" l '
    'ON l."document_id" = k."document_id" AND l."line" = k."line"'
)
_TAXES = (
    f'SELECT t."name", t."rate", sum(t."base"), sum(t."tax") FROM ({_LINES}) k '
    'JOIN "charge_tax" t ON t."document_id" = k."document_id" AND t."of_line" = k."line" '
    'GROUP BY 1, 2 HAVING sum(t."base") <> 0 ORDER BY 2 DESC, 1'
)


class NothingToInvoice(Refusal):
    """All of the bill came back, or nothing was to be paid for it."""


class BillOnAccount(Refusal):
    """The bill was charged to an account: what is paid there is invoiced from there."""


@dataclass(frozen=True, slots=True)
class InvoiceRequest:
    """The paper: `total` is with tax, and without what came back."""

    store: StoreCard
    number: str
    barcode: str
    day: date
    kind: str
    title: str
    tax_number: str
    taxes: tuple[TaxView, ...]
    total: Money
    clerk: str
    at: datetime


@operation(right="print")
def request_invoice(
    job: Job,
    bill: int,
    *,
    title: str,
    tax_number: str = "",
    kind: str = ORDINARY,
    language: str = "",
) -> None:
    """Print the request for the tax invoice of a bill (its key). A special one names the tax
    number.

    Refuses: BillUnknown, BillOnAccount, NothingToInvoice, InvoiceWrong.
    """
    if kind not in INVOICE_KINDS:
        raise ValueError(kind)
    document = invoiceable_bill(bill)
    title, tax_number = title.strip(), tax_number.strip().upper()
    wrong = first_wrong(title=bool(title), tax_number=bool(tax_number) or kind == ORDINARY)
    if wrong:
        raise InvoiceWrong(number=document.label, field=wrong)

    body = {
        "bill": bill, "kind": kind, "title": title, "tax_number": tax_number, "user": job.user,
        "at": micros(job.now),
    }  # fmt: skip
    add_job(job, REQUEST, body=body, language=language)
    job.note(bill=document.label, title=title, tax_number=tax_number, kind=kind)


def invoiceable_bill(bill: int) -> Document:
    """A bill of which something may be invoiced. Refuses: BillUnknown, BillOnAccount,
    NothingToInvoice.
    """
    document = Document.get_or_none(Document.key == bill)
    if document is None or Sale.get_or_none(Sale.document == bill) is None:
        raise BillUnknown(number=bill)
    payments = Payment.select().where(Payment.document == bill)
    if any(FOLIO in payment.tender.what.needs for payment in payments):
        raise BillOnAccount(bill=document.label)
    is_undone = Document.select().where(Document.reverses == bill, Document.kind == VOID).exists()
    if is_undone or left_of(bill).minor <= 0:
        raise NothingToInvoice(bill=document.label)
    return document


def left_of(bill: int) -> Money:
    """What was sold on a bill, with tax, less what came back of it."""
    return Money(int(query(_SUM, bill, bill)[0][0]), store_currency())


def whose(bill: int) -> tuple[str, str]:
    """The name and the tax number of the customer on a bill, as far as they are known."""
    sale = Sale.get_by_id(bill)
    person = Person.get_or_none(Person.key == sale.person) if sale.person else None
    return str(sale.customer), str(person.tax_number) if person else ""


def invoice_request_view(body: Mapping[str, Any]) -> InvoiceRequest:
    """The request that was made, of what is left of the bill now."""
    bill, money = body["bill"], store_currency()
    document = Document.get_by_id(bill)
    taxes = tuple(
        TaxView(name, Rate(int(rate)), Money(int(base), money), Money(int(tax), money))
        for name, rate, base, tax in query(_TAXES, bill, bill)
    )
    return InvoiceRequest(
        store_card(), document.label, document.label.replace("-", ""), document.day, body["kind"],
        body["title"], body["tax_number"], taxes, left_of(bill), user_name(body["user"]),
        local(from_micros(body["at"])),
    )  # fmt: skip
