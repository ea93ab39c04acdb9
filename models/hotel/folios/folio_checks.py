"""What `verify` proves of guests' accounts beside their balances: transfers earn nothing, what was
paid and what tills charged is on the account, each department's lines are its charges, and who has
left leaves no window open, and a channel is credited what its rate says. Numbers 100 to 106.
"""

from __future__ import annotations

from models.base.findings import sql_check
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import ADJUSTMENT, CHARGE, PAID_OUT, PAYMENT, TILL, VOID
from models.hotel.folios.room_tender import ROOM
from models.hotel.stays.stays import DEPARTED
from models.ledger.accounts import CASH_ROUNDING, CHANNEL_FEES
from models.ledger.folios import CLOSED, OPEN
from models.ledger.proving.checks import document_check

_WHICH = 'd."kind", d."register", d."number"'
_HERE = 'd."day" = ? AND d."register" = ?'


def _lines(*of: str) -> str:
    named = ", ".join(f"'{kind}'" for kind in of)
    return (
        'coalesce((SELECT sum(l."amount") FROM "folio_line" l WHERE l."document_id" = d."key" '
        f'AND l."kind" IN ({named})), 0)'
    )


# Money between accounts of guests and companies is nobody's income and no tax.
_TRANSFERS = document_check(
    100,
    "TransferEarned",
    f'SELECT {_WHICH}, sum(abs(e."amount")) FROM "document" d '
    f'JOIN "entry" e ON e."document_id" = d."key" WHERE {_HERE} '
    f'AND d."kind" = \'{kinds.TRANSFER}\' AND e."folio" IS NULL GROUP BY {_WHICH}',
    names="elsewhere$",
)

# What cash is rounded by is paid as well; cash that went out for a guest came back below zero.
_PAID = (
    'coalesce((SELECT sum(p."amount") FROM "payment" p WHERE p."document_id" = d."key"), 0) + '
    'coalesce((SELECT sum(e."amount") FROM "entry" e WHERE e."document_id" = d."key" '
    f'AND e."account_id" = {CASH_ROUNDING}), 0)'
)
_PAYMENTS = document_check(
    101,
    "FolioPaymentsWrong",
    f'SELECT * FROM (SELECT {_WHICH}, -{_lines(PAYMENT, PAID_OUT)} AS "lines", {_PAID} AS "paid" '
    f'FROM "document" d WHERE {_HERE} AND EXISTS (SELECT 1 FROM "folio_line" l '
    f'WHERE l."document_id" = d."key" AND l."kind" IN (\'{PAYMENT}\', \'{PAID_OUT}\'))) t '
    'WHERE "lines" <> "paid"',
    names="lines$ paid$",
)

_ROOM_PAID = (
    'coalesce((SELECT sum(p."amount") FROM "payment" p JOIN "tender" t ON t."key" = p."tender_id" '
    f'WHERE p."document_id" = d."key" AND t."kind" = \'{ROOM}\'), 0)'
)
_FROM_TILLS = document_check(
    102,
    "RoomChargesWrong",
    f'SELECT * FROM (SELECT {_WHICH}, {_lines(TILL)} AS "lines", {_ROOM_PAID} AS "sold" '
    f'FROM "document" d WHERE {_HERE}) t WHERE "lines" <> "sold"',
    names="lines$ sold$",
)

# The control account of a department is the view of its lines: a document has one department.
_DEPARTMENTS = document_check(
    103,
    "DepartmentWrong",
    f'SELECT {_WHICH}, count(DISTINCT l."department"), min(l."code") FROM "document" d '
    f'JOIN "folio_line" l ON l."document_id" = d."key" WHERE {_HERE} '
    f"AND l.\"kind\" IN ('{CHARGE}', '{VOID}', '{ADJUSTMENT}') GROUP BY d.\"key\", {_WHICH} "
    'HAVING count(DISTINCT l."department") <> 1 OR sum(CASE WHEN EXISTS (SELECT 1 '
    'FROM "charge_line" c WHERE c."document_id" = l."document_id" AND c."code" = l."code") '
    "THEN 0 ELSE 1 END) > 0",
    names="departments charged_as",
)

# A late charge opens a window behind those that were settled: with none before it, it was left so.
_LEFT_OPEN = sql_check(
    104,
    "LeftWithOpenWindow",
    'SELECT s."number", f."number", f."balance" FROM "stay" s '
    'JOIN "window" w ON w."stay_id" = s."key" JOIN "folio" f ON f."key" = w."folio" '
    f"WHERE s.\"state\" = '{DEPARTED}' AND f.\"status\" = '{OPEN}' AND NOT EXISTS ("
    'SELECT 1 FROM "window" v JOIN "folio" g ON g."key" = v."folio" '
    f'WHERE v."stay_id" = s."key" AND g."status" = \'{CLOSED}\' AND v."letter" < w."letter")',
    where=lambda stay, folio: f"{stay} {folio}",
    parts=2,
    names="balance$",
)

# Invariant of packages: who has left has had what his rate included, or it was profit.
_PACKAGES = sql_check(
    105,
    "PackageLeft",
    'SELECT s."number", f."number", f."balance" FROM "stay" s '
    'JOIN "folio" f ON f."key" = s."package_folio" '
    f'WHERE s."state" = \'{DEPARTED}\' AND f."balance" <> 0',
    where=lambda stay, folio: f"{stay} {folio}",
    parts=2,
    names="balance$",
)

# Of all that a channel was credited for one night the commission is the rate of what is left of it.
_COMMISSION = document_check(
    106,
    "CommissionWrong",
    f'SELECT {_WHICH}, c."amount", coalesce((SELECT sum(e."amount") FROM "entry" e '
    f'WHERE e."document_id" = d."key" AND e."account_id" = {CHANNEL_FEES}), 0), '
    'coalesce((SELECT -sum(e."amount") FROM "entry" e WHERE e."document_id" = d."key" '
    'AND e."folio" = c."folio"), 0) FROM "document" d JOIN "commission" c '
    f'ON c."document_id" = d."key" WHERE {_HERE} AND (c."amount" <> coalesce((SELECT '
    f'sum(e."amount") FROM "entry" e WHERE e."document_id" = d."key" AND e."account_id" = '
    f'{CHANNEL_FEES}), 0) OR c."amount" <> coalesce((SELECT -sum(e."amount") FROM "entry" e '
    'WHERE e."document_id" = d."key" AND e."folio" = c."folio"), 0) OR '
    'abs(c."amount" * 1000000 - c."base" * c."rate") > 1000000)',
    names="amount$ expense$ credited$",
)

FOLIO_CHECKS = (
    _TRANSFERS,
    _PAYMENTS,
    _FROM_TILLS,
    _DEPARTMENTS,
    _LEFT_OPEN,
    _PACKAGES,
    _COMMISSION,
)
