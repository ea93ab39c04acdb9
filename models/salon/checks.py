"""What `verify` proves of the salon: commission is of work that was charged, as its rule says, and
no more of it is taken back than was earned; tips are owed as they came and went. And of
appointments: nobody and nothing is taken twice but a person over whom somebody was squeezed in,
what is booked holds something and what is not holds nothing, what an appointment was paid with is
its bill, and the turns of the rotation are those that were taken. Numbers 130 to 139.
"""

from __future__ import annotations

from models.base.findings import sql_check
from models.ledger.accounts import TIPS_OWED
from models.ledger.kinds import SALE
from models.ledger.proving.checks import document_check
from models.salon.appointments import BOOKED, CANCELLED, NO_SHOW
from models.salon.commission import MONTH
from models.salon.commission_rules import WORK

_COMMISSION = document_check(
    130,
    "CommissionEarnedWrong",
    'SELECT "kind", "register", "number", "line", "amount" FROM ('
    'SELECT d."kind", d."register", d."number", c."line", c."amount", '
    f"CASE WHEN c.\"event\" <> '{WORK}' THEN 1 ELSE "
    '(SELECT count(*) FROM "charge_staff" s WHERE s."document_id" = d."key" '
    'AND s."of_line" = c."of_line" AND s."user" = c."user" AND s."share" = c."share") END '
    'AS "hands", '
    'CASE WHEN c."of_document" IS NOT NULL OR c."each" <> 0 THEN c."amount" ELSE '
    # Rounded half away from zero, as money is.
    '(CASE WHEN c."base" < 0 THEN -1 ELSE 1 END) * '
    '((2 * abs(c."base") * c."rate" + 1000000) / 2000000) - '
    # What a month adds is what its lines have not paid.
    f'CASE WHEN c."event" <> \'{MONTH}\' THEN 0 ELSE coalesce((SELECT sum(w."amount") '
    'FROM "commission_entry" w LEFT JOIN "commission_entry" o '
    'ON o."document_id" = w."of_document" AND o."line" = w."of_entry" '
    'WHERE w."user" = c."user" AND w."month" = c."month" AND w."rule" = c."rule" '
    f'AND w."event" = \'{WORK}\' AND (w."of_document" IS NULL OR o."month" = w."month")), 0) END '
    'END AS "due", '
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


def _twice(taken: str, but: str = "") -> str:
    """Two holds of one person or thing that lie over each other."""
    return (
        'SELECT a."day", a."name", b."name" FROM "hold" h '
        f'JOIN "hold" o ON o."{taken}" = h."{taken}" AND o."since" >= h."since" '
        'AND o."since" < h."until" AND o."until" > o."since" AND o."key" <> h."key" '
        'AND (o."since" > h."since" OR o."key" > h."key") '
        'JOIN "appointment" a ON a."key" = h."appointment_id" '
        f'JOIN "appointment" b ON b."key" = o."appointment_id"{but}'
    )


_TAKEN_TWICE = sql_check(
    132,
    "TakenTwice",
    _twice("stylist_id", ' WHERE NOT h."is_squeezed" AND NOT o."is_squeezed"')
    + " UNION ALL "
    + _twice("thing_id"),
    names="with",
    where="{} {}".format,
    parts=2,
)
_HOLDS_WRONG = sql_check(
    133,
    "HoldsWrong",
    'SELECT a."day", a."name", a."state", count(h."key") FROM "appointment" a '
    'LEFT JOIN "hold" h ON h."appointment_id" = a."key" '
    'GROUP BY a."key", a."day", a."name", a."state" '
    f'HAVING (a."state" = \'{BOOKED}\' AND count(h."key") = 0) '
    f"OR (a.\"state\" IN ('{CANCELLED}', '{NO_SHOW}') AND count(h.\"key\") > 0)",
    names="state holds",
    where="{} {}".format,
    parts=2,
)
_TICKET_MISSING = sql_check(
    134,
    "TicketMissing",
    'SELECT a."day", a."name" FROM "appointment" a WHERE a."document" IS NOT NULL '
    'AND NOT EXISTS (SELECT 1 FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    f'WHERE d."key" = a."document" AND d."kind" = \'{SALE}\' AND s."draft" = a."draft")',
    where="{} {}".format,
    parts=2,
)

_TURNS_WRONG = sql_check(
    135,
    "TurnsWrong",
    'SELECT p."day", s."number", p."halves", coalesce(sum(m."halves"), 0) FROM "presence" p '
    'JOIN "stylist" s ON s."key" = p."stylist_id" '
    'LEFT JOIN "rotation_move" m ON m."presence_id" = p."key" '
    'GROUP BY p."key", p."day", s."number", p."halves", p."asked" '
    'HAVING p."halves" <> coalesce(sum(m."halves"), 0) OR p."asked" <> coalesce(sum(m."asked"), 0)',
    names="halves moves",
    where="{} {}".format,
    parts=2,
)

SALON_CHECKS = [_COMMISSION, _TIPS, _TAKEN_TWICE, _HOLDS_WRONG, _TICKET_MISSING, _TURNS_WRONG]
