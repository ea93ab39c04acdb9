"""What must hold of sales and the kept sums of goods. Numbers 50 to 55, 60, and 86 to 89."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.base.findings import Check, Found
from models.base.hot import Statement
from models.ledger.accounts import CASH_ROUNDING, COST_OF_SALES, SALES
from models.ledger.proving.checks import document_check, document_parts, first_open_day
from models.shop.trade import BILLS, RETURN, SALE, VOID

_WHICH = 'd."kind", d."register", d."number"'
_HERE = 'd."day" = ? AND d."register" = ?'

_NO_SALE = document_check(
    50,
    "SaleMissing",
    f'SELECT {_WHICH} FROM "document" d LEFT JOIN "sale" s ON s."document_id" = d."key" '
    f'WHERE {_HERE} AND (d."kind" = \'{SALE}\' AND s."document_id" IS NULL '
    f'OR s."document_id" IS NOT NULL AND d."kind" NOT IN {BILLS} '
    'OR s."total" <> d."total")',
)


def _sum(table: str, column: str, more: str = "") -> str:
    return (
        f'coalesce((SELECT sum(x."{column}") FROM "{table}" x '
        f'WHERE x."document_id" = d."key"{more}), 0)'
    )


def _entries(account: int) -> str:
    return _sum("entry", "amount", f' AND x."account_id" = {account}')


def _sale_check(number: int, code: str, pairs: dict[str, tuple[str, str]]) -> Check:
    """Two figures of each sale that must agree, by name; the finding shows those that do not."""
    columns = ", ".join(
        f'{one} AS "{name}", {other} AS "{name}_found"' for name, (one, other) in pairs.items()
    )
    when = " OR ".join(f'"{name}" <> "{name}_found"' for name in pairs)
    names = " ".join(f"{name}$ {name}_found$" for name in pairs)
    sql = (
        f'SELECT * FROM (SELECT {_WHICH}, {columns} FROM "document" d '
        f'JOIN "sale" s ON s."document_id" = d."key" WHERE {_HERE}) t WHERE {when}'
    )
    return document_check(number, code, sql, names=names)


_SALE_LINES = _sale_check(
    51,
    "SaleLinesWrong",
    {
        "subtotal": ('s."subtotal"', _sum("charge_line", "amount")),
        "discount": ('s."discount"', _sum("charge_line", "share")),
        "net": ('s."net"', _sum("charge_line", "net")),
        "tax": ('s."tax"', _sum("charge_line", "tax")),
        "cost": ('s."cost"', _sum("charge_line", "cost")),
    },
)

_SALE_TOTAL = _sale_check(
    52,
    "SaleTotalWrong",
    {
        "total": ('s."total"', 's."net" + s."tax" + s."rounding"'),
        "paid": ('s."total"', _sum("payment", "amount")),
        "change": ('s."change"', _sum("payment", "change")),
        "net": (
            's."net"',
            's."subtotal" - s."discount" - ' + _sum("charge_tax", "tax", ' AND x."is_included"'),
        ),
        "tax": ('s."tax"', _sum("charge_tax", "tax")),
    },
)

_SALE_BOOKS = _sale_check(
    53,
    "SaleBooksWrong",
    {
        "net": ('s."net"', f"-{_entries(SALES)}"),
        "rounding": ('s."rounding"', f"-{_entries(CASH_ROUNDING)}"),
        "cost": ('s."cost"', _entries(COST_OF_SALES)),
    },
)

_LINES = document_check(
    54,
    "SaleLineWrong",
    f'SELECT {_WHICH}, l."line", l."full", l."discount", l."amount" FROM "document" d '
    'JOIN "charge_line" l ON l."document_id" = d."key" '
    f'WHERE {_HERE} AND l."full" - l."discount" <> l."amount"',
    names="line full$ discount$ amount$",
)

# Base units of a line: whole packs times pieces, rounded down.
_UNITS = '((l."quantity" * l."pack" - ((l."quantity" * l."pack") % 1000 + 1000) % 1000) / 1000)'

_LINE_MOVES = document_check(
    55,
    "SaleMoveWrong",
    f'SELECT {_WHICH}, m."line", {_UNITS}, -sum(m."quantity"), l."cost", -sum(m."value") '
    'FROM "document" d JOIN "stock_move" m ON m."document_id" = d."key" LEFT JOIN "charge_line" l '
    'ON l."document_id" = m."document_id" AND l."line" = m."line" '
    f'WHERE {_HERE} AND d."kind" IN {BILLS} '
    f'GROUP BY {_WHICH}, m."line", l."line", l."goods", l."quantity", l."pack", l."cost" '
    'HAVING l."line" IS NULL OR sum(m."value") <> -l."cost" OR CASE '
    'WHEN min(m."goods_id") = l."goods" AND max(m."goods_id") = l."goods" '
    f'THEN sum(m."quantity") <> -{_UNITS} '
    # Work that is not stocked itself uses other goods up.
    'ELSE max(m."quantity") > 0 OR '
    '(SELECT g."is_stocked" FROM "goods" g WHERE g."key" = l."goods") IS NOT FALSE END',
    names="line sold# moved# cost$ value$",
)

_CAME_BACK = (
    '(SELECT coalesce(sum(b."quantity"), 0) FROM "return_line" b '
    'WHERE b."of_document" = r."of_document" AND b."of_line" = r."of_line")'
)
_RETURNED = document_check(
    86,
    "ReturnWrong",
    f'SELECT * FROM (SELECT {_WHICH}, r."line", l."quantity" AS "sold", {_CAME_BACK} AS "back" '
    'FROM "document" d JOIN "return_line" r ON r."document_id" = d."key" '
    'LEFT JOIN "charge_line" l ON l."document_id" = r."of_document" AND l."line" = r."of_line" '
    f'WHERE {_HERE} AND r."of_document" IS NOT NULL) t WHERE "sold" IS NULL OR "back" > "sold"',
    names="line sold# back#",
)

# What comes back on a bill is said of each line, and of no other.
_RETURN_LINES = document_check(
    87,
    "ReturnLineWrong",
    f'SELECT {_WHICH}, l."line", l."quantity", -r."quantity" FROM "document" d '
    'JOIN "charge_line" l ON l."document_id" = d."key" LEFT JOIN "return_line" r '
    'ON r."document_id" = l."document_id" AND r."line" = l."line" '
    f'WHERE {_HERE} AND d."kind" IN {BILLS} AND (l."quantity" < 0 OR r."line" IS NOT NULL) '
    'AND (r."line" IS NULL OR l."quantity" <> -r."quantity")',
    names="line charged# returned#",
)


def _given(where: str) -> str:
    return f'(SELECT coalesce(sum(g."given"), 0) FROM "return_line" g WHERE {where})'


# What was taken in exchange was paid with what came back.
_PAID_BACK = document_check(
    88,
    "PaidBackTooMuch",
    f'SELECT * FROM (SELECT {_WHICH}, s."total" + '
    + _given('g."document_id" = s."document_id"')
    + ' AS "paid", '
    + _given('g."of_document" = s."document_id"')
    + ' AS "back" FROM "document" d JOIN "sale" s ON s."document_id" = d."reverses_id" '
    f'WHERE {_HERE}) t WHERE "back" > "paid"',
    names="paid$ back$",
)

# The money of a return or an undone sale is what its lines give.
_GIVEN = document_check(
    89,
    "ReturnPaidWrong",
    f'SELECT * FROM (SELECT {_WHICH}, -d."total" AS "paid", '
    + _given('g."document_id" = d."key"')
    + f' AS "given" FROM "document" d WHERE {_HERE} AND d."kind" IN (\'{RETURN}\', \'{VOID}\')) t '
    'WHERE "paid" <> "given"',
    names="paid$ given$",
)

_SOLD = Statement(
    f'SELECT l."goods", d."register", sum({_UNITS}), sum(l."net"), sum(l."cost") '
    'FROM "document" d JOIN "charge_line" l ON l."document_id" = d."key" '
    f'WHERE {_HERE} AND l."goods" IS NOT NULL GROUP BY l."goods", d."register"'
)
_KEPT = Statement(
    'SELECT "goods", "register", "quantity", "amount", "cost" FROM "goods_month" WHERE "month" = ?'
)
_MONTHS = Statement('SELECT DISTINCT "month" FROM "goods_month"')

_Sums = dict[tuple[int, int], list[int]]


def _months(quick: bool) -> Iterator[Iterable[Found]]:
    """Sum the lines day by day; when a month is through, compare it with what is kept.

    Days that may still grow are summed in the same slice as the comparison.
    """
    growing = first_open_day()
    months = {month for (month,) in _MONTHS.rows()}
    month, sums = "", _Sums()
    for day, register in document_parts(False):
        if day[:7] != month:
            if month:
                yield _compared(month, sums)
            months.discard(month)
            month, sums = day[:7], {}
        _add(sums, day, register)
        if day < growing:
            yield []
    if month:
        yield _compared(month, sums)
    for kept in sorted(months - {month}):
        yield _compared(kept, {})


def _add(sums: _Sums, day: str, register: int) -> None:
    for goods, at, *figures in _SOLD.rows(day, register):
        kept = sums.setdefault((goods, at), [0, 0, 0])
        for place, figure in enumerate(figures):
            kept[place] += int(figure)


def _compared(month: str, sums: _Sums) -> list[Found]:
    kept = {(goods, register): list(figures) for goods, register, *figures in _KEPT.rows(month)}
    wrong = [place for place in sums.keys() | kept.keys() if sums.get(place) != kept.get(place)]
    return [
        Found(
            f"{month} {goods} {register}",
            {"kept": kept.get((goods, register)), "lines": sums.get((goods, register))},
        )
        for goods, register in sorted(wrong)
    ]


SHOP_CHECKS = [
    _NO_SALE,
    _SALE_LINES,
    _SALE_TOTAL,
    _SALE_BOOKS,
    _LINES,
    _LINE_MOVES,
    Check(60, "GoodsMonthWrong", _months, is_quick=False),
    _RETURNED,
    _RETURN_LINES,
    _PAID_BACK,
    _GIVEN,
]
