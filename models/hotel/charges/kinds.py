"""The kinds of document that a hotel posts. Payments on a folio are receipts, like all others."""

from __future__ import annotations

from models.trust.trades import DocumentKind

CHARGE, REVERSAL, ADJUSTMENT = "charge", "reversal", "adjustment"
TRANSFER, DEPOSIT, PAID_OUT, PACKAGE, COMMISSION = (
    "transfer", "deposit", "paid out", "package", "commission",
)  # fmt: skip

DOCUMENTS = (
    DocumentKind(CHARGE, "A"),
    DocumentKind(REVERSAL, "X"),
    DocumentKind(ADJUSTMENT, "M"),
    DocumentKind(TRANSFER, "T"),
    DocumentKind(DEPOSIT, "Y", slip="deposit"),
    DocumentKind(PAID_OUT, "E", slip="payment"),
    DocumentKind(PACKAGE, "N"),
    DocumentKind(COMMISSION, "CM"),
)
