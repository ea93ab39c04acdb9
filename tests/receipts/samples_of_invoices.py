"""A request for a tax invoice, as its slip needs it."""

from __future__ import annotations

from models.base.rates import Rate
from models.ledger.daily.shift_view import TaxView
from models.reports.invoice_requests import InvoiceRequest
from tests.receipts.samples import AT, DAY, STORE
from tests.stores import yuan

INVOICE = InvoiceRequest(
    store=STORE,
    number="S01-000123",
    barcode="S01000123",
    day=DAY,
    kind="special",
    title="锦程商贸有限公司上海分公司",
    tax_number="91310000MA1K12345X",
    taxes=(
        TaxView("增值税", Rate.percent("13"), yuan("88.32"), yuan("11.48")),
        TaxView("增值税", Rate.percent("9"), yuan("22.61"), yuan("2.04")),
    ),
    total=yuan("124.45"),
    clerk="王芳",
    at=AT,
)
