"""What is paid ahead and had later, and what members have: vouchers, cards, points, levels."""

from __future__ import annotations

from models.base.words import word
from models.members.kinds import (
    CARD_BACK,
    CARD_OPENING,
    CARD_SALE,
    LOT_BACK,
    LOT_EXPIRED,
    POINTS_CHANGE,
    REFERRAL,
    VOUCHER_SALE,
)
from models.trust import roles
from models.trust.trades import ApprovalKind, DocumentKind, SlipKind, Trade

MEMBERS = Trade(
    "members",
    needs=("goods",),
    tables=(
        "models.members.lots", "models.members.card_kinds", "models.members.cards",
        "models.members.points_rules", "models.members.points", "models.members.levels",
        "models.members.referrals", "models.members.draws",
    ),
    checks=("models.members.checks:LOT_CHECKS",),
    day_steps=(
        "models.members.vouchers:expire_lots", "models.members.card_changes:expire_bonus",
        "models.members.points_lots:expire_points", "models.members.levels:grade_members",
        "models.members.referrals:ask_referrals", "models.members.referrals:take_referrals_back",
    ),
    histories=("models.members.history:HELD",),
    ships="models.members.shipping:ship",
    verbs={
        "sell vouchers": "", "keep vouchers": "", "sell cards": "", "keep cards": "",
        "give bonus": "money", "refund cards": "money", "agree card refund": "money",
        "keep points": "", "give points": "", "give goodwill": "",
    },
    grants={
        roles.CASHIER: ("sell vouchers", "sell cards"), roles.FRONT_DESK: ("sell vouchers",),
        roles.STYLIST: ("sell cards",),
    },
    documents=(
        DocumentKind(VOUCHER_SALE, "Q", slip="lot_money"),
        DocumentKind(LOT_BACK, "U", slip="lot_money"),
        DocumentKind(LOT_EXPIRED, "QX"),
        DocumentKind(CARD_SALE, "KA", slip="card"),
        DocumentKind(CARD_BACK, "KB", slip="card"),
        DocumentKind(POINTS_CHANGE, "KP"),
        DocumentKind(CARD_OPENING, "KO"),
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
        SlipKind(
            "card", word("Member card"), "models.reports.cards:card_sale_view",
            "receipts.slips.card:card_slip", right="sell cards",
        ),
        SlipKind(
            "card_note", word("Change of a card"), "models.reports.cards:card_note_view",
            "receipts.slips.card:card_slip", right="sell cards", is_of_body=True,
        ),
    ),
    approvals=(
        ApprovalKind(
            REFERRAL, "give points", "give points", "models.members.referrals:worth_of_referral",
            "models.members.referrals:execute_referral",
        ),
    ),
    tenders=(
        "models.members.tenders:LOT_TENDERS", "models.members.card_tenders:CARD_TENDERS",
        "models.members.points_tender:POINTS_TENDERS",
    ),
    settings=(
        "models.members.kinds", "models.members.card_kinds", "models.members.points_rules",
        "models.members.levels", "models.members.referrals",
    ),
    imports={
        "cards": "models.members.cards_import:CARD_IMPORT",
        "points": "models.members.points_import:POINTS_IMPORT",
    },
    reports={
        "lots": "models.reports.lot_lists:LOTS",
        "taken-and-earned": "models.reports.member_lists:TAKEN_AND_EARNED",
        "birthdays": "models.reports.member_lists:BIRTHDAYS",
        "recall": "models.reports.member_lists:RECALL",
        "clients": "models.reports.member_lists:CLIENTS",
    },
)  # fmt: skip
