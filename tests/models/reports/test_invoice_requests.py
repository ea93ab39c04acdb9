"""The request for the tax invoice of a bill: of what was paid and did not come back, for whom."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.debts.tax_invoices import SPECIAL, InvoiceWrong
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.ways.tender_kinds import Paying
from models.people.records import save_person
from models.reports.bills import BillUnknown
from models.reports.invoice_requests import (
    REQUEST,
    BillOnAccount,
    NothingToInvoice,
    invoice_request_view,
    request_invoice,
    whose,
)
from models.shop.customers import set_customer
from models.shop.returns import return_goods, void_sale
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.stores import CASH, Shop, yuan


def refused(shop: Shop, bill: int, **more: Any) -> Refusal:
    """What the request is refused with."""
    with pytest.raises(Refusal) as told:
        request_invoice(shop.cashier, bill, uid=new_uid(), **{"title": "王芳", **more})
    return told.value


@pytest.mark.row("H-4", "ORD-16")
def test_a_request_is_of_what_was_paid_and_did_not_come_back(shop: Shop) -> None:
    shop.open_shift()
    firm = save_person(
        shop.owner, None, name="锦程商贸有限公司", kind="company", tax_number="91310000MA1K12345X",
        uid=new_uid(),
    )  # fmt: skip
    bill = shop.bill("1001", "1001", "1003")
    set_customer(shop.cashier, bill, firm.key)
    sold = shop.pay(bill)
    assert whose(sold.key) == ("锦程商贸有限公司", "91310000MA1K12345X")
    # 4.00 of water and 9.90 of apples, of which one bottle comes back.
    return_goods(
        shop.manager, sold.key, {1: Quantity.of(1)}, shown=yuan("2"), reason="damaged",
        payings=[Paying(CASH, yuan("-2"))], uid=new_uid(),
    )  # fmt: skip
    title, tax_number = whose(sold.key)
    uid = new_uid()
    for _ in range(2):
        request_invoice(
            shop.cashier, sold.key, title=title, tax_number=tax_number.lower(), kind=SPECIAL,
            uid=uid,
        )  # fmt: skip
    (job,) = PrintJob.select().where(PrintJob.kind == REQUEST)
    paper = invoice_request_view(job.body)
    assert (paper.number, paper.title, paper.tax_number) == (
        sold.label, "锦程商贸有限公司", "91310000MA1K12345X",
    )  # fmt: skip
    assert paper.total == yuan("11.90")
    assert [(str(tax.rate.percent_text), tax.net + tax.tax) for tax in paper.taxes] == [
        ("13", yuan("11.90"))
    ]
    # What is no request.
    assert refused(shop, sold.key, title=" ").fields == {"number": sold.label, "field": "title"}
    wrong = refused(shop, sold.key, kind=SPECIAL)
    assert isinstance(wrong, InvoiceWrong) and wrong.fields["field"] == "tax_number"
    assert isinstance(refused(shop, 12345), BillUnknown)
    folio = open_folio(shop.owner, kind=COMPANY, name="对面", limit=yuan("500"), uid=new_uid())
    charged = shop.sell("1004", tender=5, folio=folio.key)
    assert isinstance(refused(shop, charged.key), BillOnAccount)
    undone = shop.sell("1002")
    void_sale(shop.manager, undone.key, reason="mistyped", uid=new_uid())
    assert isinstance(refused(shop, undone.key), NothingToInvoice)
    back = shop.sell("1002")
    return_goods(
        shop.manager, back.key, {1: Quantity.of(1)}, shown=yuan("3.50"), reason="damaged",
        payings=[Paying(CASH, yuan("-3.50"))], uid=new_uid(),
    )  # fmt: skip
    assert isinstance(refused(shop, back.key), NothingToInvoice)
