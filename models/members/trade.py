"""What is paid ahead and had later: vouchers and store credit."""

from __future__ import annotations

from models.base.words import word
from models.members.kinds import LOT_BACK, LOT_EXPIRED, VOUCHER_SALE
from models.trust import roles
from models.trust.trades import DocumentKind, SlipKind, Trade

MEMBERS = Trade(
    "members",
    needs=("goods",),
    tables=("models.members.lots",),
    checks=("models.members.checks:LOT_CHECKS",),
    day_steps=("models.members.vouchers:expire_lots",),
    histories=("models.members.history:HELD",),
    ships="models.members.shipping:ship",
    verbs={"sell vouchers": "", "keep vouchers": ""},
    grants={roles.CASHIER: ("sell vouchers",), roles.FRONT_DESK: ("sell vouchers",)},
    documents=(
        DocumentKind(VOUCHER_SALE, "Q", slip="lot_money"),
        DocumentKind(LOT_BACK, "U", slip="lot_money"),
        DocumentKind(LOT_EXPIRED, "QX"),
    ),
    slips=(
        SlipKind(
            "lot", word("Voucher or store credit"), "models.reports.lots:lot_view",
            "receipts.slips.lot:lot_slip", right="sell vouchers",
        ),
        SlipKind(
            "lot_money", word("Money for a voucher"), "models.reports.lots:lot_money_view",
            "receipts.slips.lot:lot_money_slip", right="sell vouchers",
        ),
    ),
    tenders=("models.members.tenders:LOT_TENDERS",),
    settings=("models.members.kinds",),
    reports={"lots": "models.reports.lot_lists:LOTS"},
)  # fmt: skip
