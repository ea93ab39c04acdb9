"""What must hold of charge lines, whichever trade charged them. Numbers 61 to 64."""

from __future__ import annotations

from models.ledger.accounts import (
    CARD_BONUS,
    CARD_FEES,
    CARD_PROFIT,
    CASH_OVER,
    CASH_ROUNDING,
    COURSE_LIABILITY,
    CREDIT_LIABILITY,
    DEBT,
    INCOME,
    INPUT_TAX,
    NOT_BILLED,
    PACKAGE_PROFIT,
    POINTS_USED,
    SERVICE_SALES,
    STOCK_GAIN,
    TIPS_OWED,
    VALUE_CARD_LIABILITY,
    VOUCHER_LIABILITY,
    VOUCHER_PROFIT,
    WAGES,
)
from models.ledger.proving.checks import document_check

_WHICH = 'd."kind", d."register", d."number"'
_HERE = 'd."day" = ? AND d."register" = ?'
# Income, and debts, that are nobody's charge.
_NOBODYS = (
    CASH_ROUNDING, CASH_OVER, PACKAGE_PROFIT, STOCK_GAIN, WAGES, INPUT_TAX, NOT_BILLED,
    VOUCHER_LIABILITY, CREDIT_LIABILITY, VOUCHER_PROFIT, VALUE_CARD_LIABILITY, COURSE_LIABILITY,
    CARD_BONUS, CARD_FEES, CARD_PROFIT, POINTS_USED, TIPS_OWED,
)  # fmt: skip
_OTHERS = ", ".join(map(str, _NOBODYS))
_EARNED = (
    f'a."number" NOT IN ({_OTHERS}) '
    f'AND (a."kind" = \'{INCOME}\' OR a."kind" = \'{DEBT}\' AND NOT a."is_control")'
)


def _of(table: str, account: str, amount: str) -> str:
    return (
        f'SELECT {_WHICH}, {account} AS "account", x."{amount}" AS "said", 0 AS "entered" '
        f'FROM "document" d JOIN "{table}" x ON x."document_id" = d."key" WHERE {_HERE}'
    )


_BY_ACCOUNT = document_check(
    61,
    "ChargesWrong",
    'SELECT "kind", "register", "number", "account", sum("said"), sum("entered") FROM ('
    + " UNION ALL ".join(
        (
            _of("charge_line", 'x."account"', "net"),
            _of("charge_line", str(SERVICE_SALES), "service"),
            _of("charge_tax", 'x."account"', "tax"),
            f'SELECT {_WHICH}, e."account_id", 0, -e."amount" FROM "document" d '
            'JOIN "entry" e ON e."document_id" = d."key" '
            f'JOIN "account" a ON a."number" = e."account_id" WHERE {_HERE} AND {_EARNED}',
        )
    )
    + ') c GROUP BY "kind", "register", "number", "account" HAVING sum("said") <> sum("entered")',
    names="account lines$ entries$",
    times=4,
)

_TAXES = document_check(
    62,
    "ChargeTaxWrong",
    'SELECT "kind", "register", "number", "line", sum("said"), sum("taxes") FROM ('
    # A document of the first schema has its taxes as a whole, on line 0.
    f'SELECT {_WHICH}, CASE WHEN (SELECT t."of_line" FROM "charge_tax" t '
    'WHERE t."document_id" = d."key" AND t."line" = 1) = 0 THEN 0 ELSE l."line" END AS "line", '
    'l."tax" AS "said", 0 AS "taxes" '
    f'FROM "document" d JOIN "charge_line" l ON l."document_id" = d."key" WHERE {_HERE} '
    f'UNION ALL SELECT {_WHICH}, t."of_line", 0, t."tax" '
    f'FROM "document" d JOIN "charge_tax" t ON t."document_id" = d."key" WHERE {_HERE}) c '
    'GROUP BY "kind", "register", "number", "line" HAVING sum("said") <> sum("taxes")',
    names="line lines$ taxes$",
    times=2,
)

_STAFF = document_check(
    63,
    "ChargeStaffWrong",
    f'SELECT {_WHICH}, s."of_line", s."role" FROM "document" d '
    'JOIN "charge_staff" s ON s."document_id" = d."key" LEFT JOIN "charge_line" l '
    'ON l."document_id" = s."document_id" AND l."line" = s."of_line" '
    'LEFT JOIN "user" u ON u."key" = s."user" '
    f'WHERE {_HERE} GROUP BY d."key", {_WHICH}, s."of_line", s."role" '
    'HAVING sum(s."share") <> 1000000 OR count(l."line") <> count(*) '
    'OR count(u."key") <> count(*)',
    names="line role",
)

# Promotions took no more off a line than was off it, and with its sign.
_PROMOTIONS = document_check(
    67,
    "ChargePromotionWrong",
    f'SELECT * FROM (SELECT {_WHICH}, p."of_line" AS "line", sum(p."off") AS "off", '
    '(SELECT l."discount" FROM "charge_line" l '
    'WHERE l."document_id" = d."key" AND l."line" = p."of_line") AS "discount" '
    'FROM "document" d JOIN "charge_promotion" p ON p."document_id" = d."key" '
    f'WHERE {_HERE} GROUP BY d."key", {_WHICH}, p."of_line") t '
    'WHERE "discount" IS NULL OR "off" * "discount" < 0 OR abs("off") > abs("discount")',
    names="line off$ discount$",
)

SELLING_CHECKS = [_BY_ACCOUNT, _TAXES, _STAFF, _PROMOTIONS]
