"""What every store has: people who sign in, their rights, settings, approvals, paper, the log."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

_OWN = ("print", "request approval", "change own secret")

TRUST = Trade(
    "trust",
    is_always=True,
    tables=(
        "models.base.keys", "models.base.tallies", "models.trust.registers", "models.trust.users",
        "models.trust.sign_in", "models.trust.audit", "models.trust.settings",
        "models.trust.drafts", "models.trust.approvals", "models.trust.print_queue",
    ),
    checks=("models.trust.checks:TRUST_CHECKS",),
    verbs={
        "print": "",
        "reprint": "",
        "request approval": "",
        "review": "",
        "execute": "",
        "approve for others": "",
        "keep staff": "",
        "grant rights": "",
        "unlock users": "",
        "change own secret": "",
        "change settings": "",
        "keep books": "",
        "read audit": "",
        "back up": "",
    },
    roles={roles.MANAGER: "store", roles.AUDITOR: "all"},
    grants={
        **dict.fromkeys((roles.CASHIER, roles.FRONT_DESK, roles.STYLIST, roles.STOCK_CLERK), _OWN),
        roles.AUDITOR: ("read audit", "change own secret"),
    },
    settings=("models.trust.company",),
    reports={"audit": "models.reports.books_lists:AUDIT"},
)  # fmt: skip
