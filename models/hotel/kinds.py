"""The kinds of document that a hotel posts. Payments on a folio are receipts, like all others."""

from __future__ import annotations

from models.ledger.kinds import document_kind

CHARGE = document_kind("charge", "A")
REVERSAL = document_kind("reversal", "X")
ADJUSTMENT = document_kind("adjustment", "M")
TRANSFER = document_kind("transfer", "T")
DEPOSIT = document_kind("deposit", "Y", slip="deposit")
