"""What must hold of business days, shifts and drawers. Numbers 30 to 39, and 90 to
92.
"""

from __future__ import annotations

from models.base.findings import Check, reader, sql_check
from models.ledger.accounts import CASH_OVER, CASH_SHORT, DRAWER, FOREIGN_DRAWER, FOREIGN_SAFE, SAFE
from models.ledger.daily.shifts import CLOSED
from models.ledger.proving.checks import document_check, page_ends, paged
from models.ledger.trade import COUNT, FLOAT
from models.ledger.ways.foreign import IN_DRAWER, IN_SAFE
from models.trust.operation import DAY_OPEN

_DAYS = sql_check(
    30,
    "OpenDaysWrong",
    f'SELECT (SELECT count(*) FROM "business_day" WHERE "state" = \'{DAY_OPEN}\'), '
    f'(SELECT max("date") FROM "business_day" WHERE "state" <> \'{DAY_OPEN}\'), '
    f'(SELECT min("date") FROM "business_day" WHERE "state" = \'{DAY_OPEN}\') '
    f'WHERE (SELECT count(*) FROM "business_day" WHERE "state" = \'{DAY_OPEN}\') <> 1 '
    f'OR (SELECT max("date") FROM "business_day" WHERE "state" <> \'{DAY_OPEN}\') >= '
    f'(SELECT min("date") FROM "business_day" WHERE "state" = \'{DAY_OPEN}\')',
    names="open_days last_closed open",
    parts=0,
)

_DOCUMENT_DAY = document_check(
    31,
    "DocumentDayUnknown",
    'SELECT d."kind", d."register", d."number" FROM "document" d WHERE d."day" = ? '
    'AND d."register" = ? AND NOT EXISTS '
    '(SELECT 1 FROM "business_day" b WHERE b."date" = d."day")',
)

_ONE_SHIFT = sql_check(
    32,
    "ShiftsOpenTwice",
    f'SELECT "register", count(*) FROM "shift" WHERE "state" <> \'{CLOSED}\' '
    'GROUP BY "register" HAVING count(*) > 1',
    names="open",
)


def _cash(kinds: str, *, account: int = DRAWER) -> str:
    """The entries of a shift `s` on the drawer's account in documents of some kinds."""
    return (
        'coalesce((SELECT sum(e."amount") FROM "document" d JOIN "entry" e '
        f'ON e."document_id" = d."key" WHERE d."shift" = s."key" AND e."account_id" = {account} '
        f'AND d."kind" {kinds}), 0)'
    )


_LAST_COUNT = (
    'coalesce((SELECT sum(c."value" * c."pieces") FROM "cash_count" c WHERE '
    'c."shift_id" = s."key" AND c."attempt" = (SELECT max(m."attempt") FROM "cash_count" m '
    'WHERE m."shift_id" = s."key" AND NOT m."is_opening")), 0)'
)
_OPENING = (
    'coalesce((SELECT sum(c."value" * c."pieces") FROM "cash_count" c '
    'WHERE c."shift_id" = s."key" AND c."is_opening"), 0)'
)
_SHIFT_PAGES = page_ends("shift", rows=20)


def _where(register: int, number: int | None, key: int) -> str:
    return f"{register} Z{number}" if number else f"{register} {key}"


def _shift_check(number: int, code: str, columns: dict[str, str], *, when: str) -> Check:
    """A check over the shifts `s`, in pages: `columns` names amounts, `when` looks at them."""
    inner = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    names = ", ".join(f'"{name}"' for name in columns)
    sql = (
        f'SELECT "register", "number", "key", {names} FROM (SELECT s."register", s."number", '
        f's."key", s."state", {inner} FROM "shift" s WHERE s."key" > ? AND s."key" <= ?) t '
        f"WHERE {when}"
    )
    read = reader(" ".join(f"{name}$" for name in columns), _where, 3)
    return Check(number, code, paged(sql, _SHIFT_PAGES, read))


_FLOAT = _shift_check(
    33,
    "FloatWrong",
    {"counted": _OPENING, "kept": 's."float_amount"', "entries": _cash(f"= '{FLOAT}'")},
    when='"counted" <> "kept" OR "kept" <> "entries"',
)

# What was counted last, what was expected then, and what the books say was there.
_EXPECTED = _shift_check(
    34,
    "DrawerWrong",
    {
        "kept_counted": 's."counted"',
        "counted": _LAST_COUNT,
        "expected": 's."expected"',
        "entries": _cash(f"<> '{COUNT}'"),
    },
    when='"kept_counted" IS NOT NULL AND ("kept_counted" <> "counted" OR "expected" <> "entries")',
)

_DIFFERENCE = (
    'coalesce((SELECT -sum(e."amount") FROM "document" d JOIN "entry" e '
    'ON e."document_id" = d."key" WHERE d."shift" = s."key" AND '
    f'e."account_id" IN ({CASH_OVER}, {CASH_SHORT}) AND d."kind" = \'{COUNT}\'), 0)'
)

# Closed: counted = expected + over or short, all of it in the safe, and nothing in the drawer.
_CLOSED = _shift_check(
    35,
    "ShiftCloseWrong",
    {
        "counted": 's."counted"',
        "expected": 's."expected"',
        "difference": _DIFFERENCE,
        "to_safe": _cash(f"= '{COUNT}'", account=SAFE),
        "drawer": _cash("<> ''"),
    },
    when=f'"state" = \'{CLOSED}\' AND ("counted" IS NULL OR "to_safe" <> "counted" '
    'OR "counted" <> "expected" + "difference" OR "drawer" <> 0)',
)

# The drawers' account is what the open shifts hold: nothing without one. Over the store, because a
# register that takes over after a restore closes the shift that another one opened.
_DRAWER_ACCOUNT = sql_check(
    36,
    "DrawerAccountWrong",
    'SELECT "account", "shifts" FROM (SELECT coalesce((SELECT sum("debit" - "credit") '
    f'FROM "day_total" WHERE "account" = {DRAWER}), 0) AS "account", coalesce((SELECT sum('
    + _cash("<> ''")
    + f') FROM "shift" s WHERE s."state" <> \'{CLOSED}\'), 0) AS "shifts") t '
    'WHERE "account" <> "shifts"',
    names="account$ shifts$",
    parts=0,
)

_CASH_OUTSIDE_SHIFT = document_check(
    37,
    "CashOutsideShift",
    'SELECT d."kind", d."register", d."number", sum(e."amount") FROM "document" d '
    'JOIN "entry" e ON e."document_id" = d."key" LEFT JOIN "shift" s ON s."key" = d."shift" '
    f'WHERE d."day" = ? AND d."register" = ? AND e."account_id" = {DRAWER} '
    'AND (s."key" IS NULL OR s."register" <> d."register" AND NOT EXISTS (SELECT 1 FROM '
    '"register" r WHERE r."number" = d."register" AND r."replaced_by" IS NOT NULL)) '
    'GROUP BY d."kind", d."register", d."number"',
    names="amount$",
)

_CASH_PAYMENTS = document_check(
    38,
    "CashPaymentsWrong",
    'SELECT "kind", "register", "number", sum("paid"), sum("entered") FROM ('
    'SELECT d."kind", d."register", d."number", '
    # Of foreign cash the drawer sees the change.
    f'CASE WHEN t."account_id" = {DRAWER} THEN p."amount" ELSE -p."change" END AS "paid", '
    '0 AS "entered" '
    'FROM "document" d JOIN "payment" p ON p."document_id" = d."key" '
    'JOIN "tender" t ON t."key" = p."tender_id" '
    f'WHERE d."day" = ? AND d."register" = ? AND t."account_id" IN '
    f"({DRAWER}, {FOREIGN_DRAWER}) "
    'UNION ALL SELECT d."kind", d."register", d."number", 0, e."amount" '
    'FROM "document" d JOIN "entry" e ON e."document_id" = d."key" '
    f'WHERE d."day" = ? AND d."register" = ? AND e."account_id" = {DRAWER} AND EXISTS '
    '(SELECT 1 FROM "payment" p WHERE p."document_id" = d."key")) c '
    'GROUP BY "kind", "register", "number" HAVING sum("paid") <> sum("entered")',
    names="paid$ entries$",
    times=2,
)

_PAYMENT_LINES = document_check(
    39,
    "PaymentWrong",
    'SELECT d."kind", d."register", d."number", p."line", p."amount", p."given", p."change" '
    'FROM "document" d JOIN "payment" p ON p."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ? AND p."amount" <> p."given" - p."change"',
    names="line amount$ given$ change$",
)

# A shift may go over the close of a day, never its documents beyond its own dates: so a drawer is
# even at each close with what its shift had taken by then.
_SHIFT_DATES = document_check(
    90,
    "DocumentOutsideShift",
    'SELECT d."kind", d."register", d."number", d."day", s."day", s."closed_day" '
    'FROM "document" d JOIN "shift" s ON s."key" = d."shift" '
    'WHERE d."day" = ? AND d."register" = ? AND (d."day" < s."day" OR d."day" > s."closed_day" '
    f'OR d."kind" = \'{FLOAT}\' AND d."day" <> s."day" '
    f'OR d."kind" = \'{COUNT}\' AND d."day" <> s."closed_day")',
    names="day opened closed",
)


def _foreign(place: str, account: int) -> str:
    """What a document's moves of foreign cash are worth, and what its entries say."""
    return (
        f'coalesce((SELECT sum(m."value") FROM "foreign_move" m WHERE m."document_id" = d."key" '
        f'AND m."place" = \'{place}\'), 0) AS "{place}", '
        'coalesce((SELECT sum(e."amount") FROM "entry" e WHERE e."document_id" = d."key" '
        f'AND e."account_id" = {account}), 0) AS "{place}_entries"'
    )


# Foreign cash lies beside the books, in its own money; in them it has its value.
_FOREIGN = document_check(
    91,
    "ForeignCashWrong",
    f'SELECT * FROM (SELECT d."kind", d."register", d."number", '
    f"{_foreign(IN_DRAWER, FOREIGN_DRAWER)}, {_foreign(IN_SAFE, FOREIGN_SAFE)} "
    'FROM "document" d WHERE d."day" = ? AND d."register" = ?) t '
    'WHERE "drawer" <> "drawer_entries" OR "safe" <> "safe_entries"',
    names="drawer$ drawer_entries$ safe$ safe_entries$",
)

# A drawer is empty of it when its shift is closed: what was counted is in the safe.
_FOREIGN_LEFT = sql_check(
    92,
    "ForeignCashLeft",
    'SELECT s."register", s."number", m."code", sum(m."minor") FROM "shift" s '
    'JOIN "document" d ON d."shift" = s."key" '
    'JOIN "foreign_move" m ON m."document_id" = d."key" '
    f"AND m.\"place\" = '{IN_DRAWER}' "
    f'WHERE s."state" = \'{CLOSED}\' GROUP BY s."register", s."number", m."code" '
    'HAVING sum(m."minor") <> 0',
    where=lambda register, number: f"{register} Z{number}",
    parts=2,
    names="currency minor",
)

DRAWER_CHECKS = [
    _DAYS,
    _DOCUMENT_DAY,
    _ONE_SHIFT,
    _FLOAT,
    _EXPECTED,
    _CLOSED,
    _DRAWER_ACCOUNT,
    _CASH_OUTSIDE_SHIFT,
    _CASH_PAYMENTS,
    _PAYMENT_LINES,
    _SHIFT_DATES,
    _FOREIGN,
    _FOREIGN_LEFT,
]
