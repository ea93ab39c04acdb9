"""What `verify` proves of the salon: commission is of work that was charged, as its rule says, and
no more of it is taken back than was earned; tips are owed as they came and went. Numbers 130 and
131.
"""

from __future__ import annotations

from models.ledger.accounts import TIPS_OWED
from models.ledger.checks import document_check

_COMMISSION = document_check(
    130,
    "CommissionEarnedWrong",
    'SELECT "kind", "register", "number", "line", "amount" FROM ('
    'SELECT d."kind", d."register", d."number", c."line", c."amount", '
    '(SELECT count(*) FROM "charge_staff" s WHERE s."document_id" = d."key" '
    'AND s."of_line" = c."of_line" AND s."user" = c."user" AND s."share" = c."share") AS "hands", '
    'CASE WHEN c."of_document" IS NOT NULL OR c."each" <> 0 THEN c."amount" ELSE '
    # Rounded half away from zero, as money is.
    '(CASE WHEN c."base" < 0 THEN -1 ELSE 1 END) * '
    '((2 * abs(c."base") * c."rate" + 1000000) / 2000000) END AS "due", '
    'coalesce((SELECT e."amount" + (SELECT sum(b."amount") FROM "commission_entry" b '
    'WHERE b."of_document" = c."of_document" AND b."of_entry" = c."of_entry") '
    'FROM "commission_entry" e WHERE e."document_id" = c."of_document" '
    'AND e."line" = c."of_entry"), CASE WHEN c."of_document" IS NULL THEN 0 ELSE -1 END) AS "left" '
    'FROM "document" d JOIN "commission_entry" c ON c."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ?) t '
    'WHERE "hands" = 0 OR "amount" <> "due" OR "left" < 0',
    names="line amount$",
)

_TIPS = document_check(
    131,
    "TipsWrong",
    'SELECT * FROM (SELECT d."kind", d."register", d."number", '
    'coalesce((SELECT sum(m."amount") FROM "tip_move" m '
    'WHERE m."document_id" = d."key"), 0) AS "moved", '
    'coalesce((SELECT -sum(e."amount") FROM "entry" e '
    f'WHERE e."document_id" = d."key" AND e."account_id" = {TIPS_OWED}), 0) AS "posted" '
    'FROM "document" d WHERE d."day" = ? AND d."register" = ?) t WHERE "moved" <> "posted"',
    names="moved$ posted$",
)

SALON_CHECKS = [_COMMISSION, _TIPS]
