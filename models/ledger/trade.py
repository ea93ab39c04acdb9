"""Money, shared by all trades: accounts, days, shifts, drawers, ways to pay."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import DocumentKind, SlipKind, Trade

FLOAT, CASH_IN, CASH_OUT, DROP = "float", "cash in", "cash out", "drop"
COUNT, RECEIPT = "count", "receipt"
FX_COUNT, FX_BOUGHT, FX_BANKED = "fx count", "fx bought", "fx banked"
WRITE_OFF, OPENING_DUE, DEDUCTION = "write-off", "opening due", "deduction"

_AT_THE_DRAWER = ("open shift", "close shift", "take payment", "void payment")
_TAKINGS, _ACCOUNTS = "see takings", "keep accounts"

MONEY = Trade(
    "money",
    is_always=True,
    tables=(
        "models.ledger.accounts", "models.ledger.folios", "models.ledger.daily.days",
        "models.ledger.daily.day_seal", "models.ledger.daily.shifts", "models.ledger.documents",
        "models.ledger.ways.tenders", "models.ledger.daily.till_events", "models.ledger.debts.dues",
        "models.ledger.debts.due_notes", "models.ledger.ways.foreign",
        "models.ledger.debts.tax_invoices", "models.ledger.gateway.orders",
    ),
    followers=("models.ledger.folios:follow_name",),
    histories=("models.ledger.debts.habits:PAID",),
    checks=(
        "models.ledger.proving.checks:LEDGER_CHECKS", "models.ledger.proving.due_checks:DUE_CHECKS",
        "models.ledger.proving.drawer_checks:DRAWER_CHECKS",
        "models.ledger.proving.seal_checks:SEAL_CHECKS",
        "models.ledger.proving.part_checks:PART_CHECKS",
        "models.ledger.gateway.orders:GATEWAY_CHECKS",
    ),
    ships="models.ledger.shipping:ship",
    verbs={
        "open shift": "",
        "close shift": "",
        "move cash": "",
        "open drawer": "",
        "change money": "",
        "close day": "",
        "see takings": "",
        "keep accounts": "",
        "exceed credit limit": "",
        "write off": "money",
        "open balances": "",
        "take payment": "",
        "pay out": "money",
        "give refund": "money",
        "void payment": "",
    },
    roles={roles.CASHIER: "own"},
    grants={
        roles.CASHIER: _AT_THE_DRAWER,
        roles.FRONT_DESK: (*_AT_THE_DRAWER, "close day", "keep accounts", "change money"),
        roles.AUDITOR: (_TAKINGS,),
    },
    documents=(
        DocumentKind(FLOAT, "F"),
        DocumentKind(CASH_IN, "I", slip="cash_move"),
        DocumentKind(CASH_OUT, "O", slip="cash_move"),
        DocumentKind(DROP, "D", slip="cash_move"),
        DocumentKind(COUNT, "C"),
        DocumentKind(RECEIPT, "P", slip="payment"),
        DocumentKind(WRITE_OFF, "W"),
        DocumentKind(OPENING_DUE, "B"),
        DocumentKind(DEDUCTION, "L"),
        DocumentKind(FX_COUNT, "G"),
        DocumentKind(FX_BOUGHT, "H", slip="cash_move"),
        DocumentKind(FX_BANKED, "J", slip="cash_move"),
    ),
    slips=(
        SlipKind(
            "x", word("X report"), "models.reports.takings:shift_view",
            "receipts.slips.shift:shift_slip", right=_TAKINGS,
        ),
        SlipKind(
            "z", word("Z report"), "models.reports.takings:shift_view",
            "receipts.slips.shift:shift_slip", right="close shift",
        ),
        SlipKind(
            "handover", word("Shift hand-over"), "models.reports.handovers:handover_view",
            "receipts.slips.handover:handover_slip", right="close shift", is_of_body=True,
        ),
        SlipKind(
            "day", word("Close the day"), "models.reports.takings:closed_day_view",
            "receipts.slips.day:day_slip", right=_TAKINGS, is_of_body=True, is_of_store=True,
        ),
        SlipKind(
            "cash_move", word("Cash in or out"), "models.reports.takings:cash_move_view",
            "receipts.slips.cash_move:cash_move_slip",
        ),
        SlipKind(
            "payment", word("Payment on account"), "models.reports.payments:account_payment_view",
            "receipts.slips.payment:payment_slip",
        ),
        SlipKind(
            "statement", word("Statement of account"), "models.reports.statements:statement_view",
            "receipts.slips.statement:statement_slip", right=_ACCOUNTS, is_of_body=True,
            is_of_store=True,
        ),
        SlipKind(
            "reminder", word("Payment reminder"), "models.reports.statements:reminder_view",
            "receipts.slips.statement:reminder_slip", right=_ACCOUNTS, is_of_body=True,
            is_of_store=True,
        ),
    ),
    events={
        "no sale": word("Drawer opened"),
        COUNT: word("Drawer counted"),
        "reprint": word("Printed again"),
        "void payment": word("Payment taken off"),
    },
    tenders=(
        "models.ledger.ways.tender_kinds:MONEY_TENDERS",
        "models.ledger.ways.foreign:FOREIGN_TENDERS",
    ),
    settings=(
        "models.ledger.daily.days", "models.ledger.ways.cash", "models.ledger.daily.handover",
        "models.ledger.gateway.orders",
    ),
    reports={
        "shifts": "models.reports.books_lists:SHIFTS",
        "exceptions": "models.reports.books_lists:EXCEPTIONS",
        "till-events": "models.reports.books_lists:TILL_EVENTS",
        "trial-balance": "models.reports.books_lists:TRIAL_BALANCE",
        "journal": "models.reports.journal:JOURNAL",
        "receivables": "models.reports.account_lists:RECEIVABLES",
        "payables": "models.reports.account_lists:PAYABLES",
        "account-items": "models.reports.account_lists:ACCOUNT_ITEMS",
        "accounts-moved": "models.reports.account_lists:ACCOUNTS_MOVED",
        "payables-due": "models.reports.supplier_money:PAYABLES_DUE",
        "supplier-payments": "models.reports.supplier_money:SUPPLIER_PAYMENTS",
        "gateway": "models.reports.gateway_lists:GATEWAY",
    },
)  # fmt: skip
