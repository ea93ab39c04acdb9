"""Takings of a period, by business day, tender, category, item and cashier.

Each is summed business day by business day: a year of a busy store is many short looks and no long
one. Returns count with their minus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import islice
from operator import add
from typing import Any

from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money, half_away
from models.base.quantity import Quantity
from models.base.words import Msgid, word
from models.goods.goods import full_name
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    NAMES,
    PAGE,
    QUANTITY,
    WORD,
    Column,
    Names,
    Pages,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.shop.return_reasons import REASON_WORDS
from models.shop.trade import BILLS, BILLS_AS_PAID, RETURN, SALE, VOID
from models.trust.company import store_zone
from models.trust.scopes import Narrowed, Scope

RIGHT = "see takings"
QUARTER_S = 900
# So many are named in one piece, which holds the database.
PARTS = 2_000
# {scope}: whose bills a person sees.
BILLS_OF_DAY = f'd."day" = ? AND d."kind" IN {BILLS}' + "{scope}"
_MONEY_OF_DAY = f'd."day" = ? AND d."kind" IN {BILLS_AS_PAID}' + "{scope}"
# As beside the menu: an undone sale is no bill, and what came back makes no other bill smaller.
_BILLS_SOLD = f"sum(CASE d.\"kind\" WHEN '{SALE}' THEN 1 WHEN '{VOID}' THEN -1 ELSE 0 END)"
_OF_BILLS = f'sum(CASE d."kind" WHEN \'{RETURN}\' THEN 0 ELSE s."total" END)'
DAYS = Statement(
    'SELECT "date" FROM "business_day" WHERE "date" >= ? AND "date" <= ? ORDER BY "date"'
)


Key = tuple[Any, ...]
# What keys of records are called.
Naming = Callable[[Sequence[Key]], Mapping[Key, tuple[Any, ...]]]


def summed(
    sql: str,
    read: Callable[..., tuple[Any, ...]],
    *,
    parts: int,
    named: Naming | None = None,
    order: Callable[[tuple[Any, ...]], Any] = lambda row: row,
    last: Callable[[Period, Scope], Rows] = lambda period, scope: [],
) -> Pages:
    """Pages of a query for one business day whose first `parts` columns name what is summed.

    Every day ends in a page without rows; then they come in pages, and those of `last` behind
    them. Where the parts are keys of records, what they are called is read in the end by `named`,
    some thousands at a time, which takes half the time of joining it to each line. `order` sorts by
    the parts as they are called and the sums.
    """
    statement = Narrowed(sql, 'd."user"')

    def pages(period: Period, scope: Scope) -> Iterator[Rows]:
        sums: dict[Key, tuple[Any, ...]] = {}
        for (day,) in DAYS.rows(*period.iso):
            for row in statement.rows(scope, (day,)):
                key, kept = row[:parts], sums.get(row[:parts])
                sums[key] = row[parts:] if kept is None else tuple(map(add, kept, row[parts:]))
            yield []
        ordered: Rows = []
        for start in range(0, len(sums), PARTS):
            some = list(islice(sums, start, start + PARTS))
            names = named(some) if named else {}
            # A server sums to decimals.
            ordered += [(*names.get(key, key), *map(int, sums[key])) for key in some]
            yield []
        ordered.sort(key=order)
        for start in range(0, len(ordered), PAGE):
            yield [read(*row) for row in ordered[start : start + PAGE]]
        yield last(period, scope)

    return pages


def _day_row(day: str, bills: int, pieces: int, *amounts: int) -> tuple[Any, ...]:
    shown = (stored(amount) for amount in amounts)
    return date.fromisoformat(day), bills, Quantity(pieces), *shown


BY_DAY = ReportKind(
    "takings-by-day",
    word("Takings by day"),
    RIGHT,
    (
        Column(word("Business day"), DAY),
        Column(word("Bills"), COUNT, is_summed=True),
        Column(word("Items"), QUANTITY, is_summed=True),
        Column(word("Discounts"), MONEY, is_summed=True),
        Column(word("Without tax"), MONEY, is_summed=True),
        Column(word("Tax"), MONEY, is_summed=True),
        Column(word("Total"), MONEY, is_summed=True),
    ),
    summed(
        f'SELECT d."day", {_BILLS_SOLD}, sum(s."pieces"), '
        'sum((SELECT sum(l."discount" + l."share") FROM "charge_line" l '
        'WHERE l."document_id" = d."key")), sum(s."net"), sum(s."tax"), sum(s."total") '
        'FROM "document" d JOIN "sale" s ON s."document_id" = d."key" '
        f'WHERE {BILLS_OF_DAY} GROUP BY d."day"',
        _day_row,
        parts=1,
    ),
    is_drawn=True,
)


_BY_QUARTER = Narrowed(
    f'SELECT d."at" / 900000000, {_BILLS_SOLD}, sum(s."total"), {_OF_BILLS} FROM "document" d '
    f'JOIN "sale" s ON s."document_id" = d."key" WHERE {BILLS_OF_DAY} GROUP BY 1',
    'd."user"',
)


def _average(sold: int, bills: int) -> Money:
    """The average bill; none where no more was sold than undone."""
    return stored(half_away(Fraction(sold, bills)) if bills > 0 else 0)


def _hours(period: Period, scope: Scope) -> Iterator[Rows]:
    """Each hour of the store's clock over all days; zones stand at whole quarters."""
    sums, zone = dict[int, list[int]](), store_zone()
    for (day,) in DAYS.rows(*period.iso):
        for quarter, *figures in _BY_QUARTER.rows(scope, (day,)):
            hour = datetime.fromtimestamp(int(quarter) * QUARTER_S, UTC).astimezone(zone).hour
            kept = sums.get(hour, [0, 0, 0])
            sums[hour] = [one + int(more) for one, more in zip(kept, figures, strict=True)]
        yield []
    yield [
        (f"{hour:02d}:00", bills, stored(total), _average(sold, bills))
        for hour, (bills, total, sold) in sorted(sums.items())
    ]


BY_HOUR = ReportKind(
    "takings-by-hour",
    word("Takings by hour"),
    RIGHT,
    (
        Column(word("Hour")),
        Column(word("Bills"), COUNT, is_summed=True),
        Column(word("Total"), MONEY, is_summed=True),
        Column(word("A bill on average"), MONEY),
    ),
    _hours,
    is_drawn=True,
)


def _tender_row(
    _number: int, name_zh: str, name_en: str, count: int, amount: int
) -> tuple[Any, ...]:
    return Names(name_zh, name_en), count, stored(amount)


BY_TENDER = ReportKind(
    "takings-by-tender",
    word("Takings by tender"),
    RIGHT,
    (
        Column(word("Tender"), NAMES),
        Column(word("Payments"), COUNT, is_summed=True),
        Column(word("Amount"), MONEY, is_summed=True),
    ),
    summed(
        'SELECT t."number", t."name_zh", t."name_en", count(*), sum(p."amount") '
        'FROM "document" d JOIN "payment" p ON p."document_id" = d."key" '
        'JOIN "tender" t ON t."key" = p."tender_id" '
        f'WHERE {_MONEY_OF_DAY} GROUP BY t."number", t."name_zh", t."name_en"',
        _tender_row,
        parts=3,
    ),
    is_drawn=True,
)


def _category_row(_code: str, top: str, name: str, *sums: int) -> tuple[Any, ...]:
    return top, name, *_sold(*sums)


def _item_row(code: str, name: str, *sums: int) -> tuple[Any, ...]:
    return code, name, *_sold(*sums)


def _sold(quantity: int, discount: int, net: int, tax: int) -> tuple[Any, ...]:
    money = store_currency()
    return (
        Quantity(quantity), Money(discount, money), Money(net, money), Money(tax, money),
        Money(net + tax, money),
    )  # fmt: skip


_ROUNDED = Narrowed(
    'SELECT coalesce(sum(s."rounding"), 0) FROM "document" d '
    f'JOIN "sale" s ON s."document_id" = d."key" WHERE {BILLS_OF_DAY}',
    'd."user"',
)


def _rounding(period: Period, scope: Scope) -> Rows:
    """Cash rounding belongs to no item: a row of its own, or the sum would not be what was sold."""
    rounded = sum(int(_ROUNDED.rows(scope, (day,))[0][0]) for (day,) in DAYS.rows(*period.iso))
    if not rounded:
        return []
    return [("", Msgid(word("Rounding")), None, None, None, None, stored(rounded))]


# Pieces and kilograms have no sum.
_SOLD = (
    Column(word("Quantity"), QUANTITY),
    Column(word("Discounts"), MONEY, is_summed=True),
    Column(word("Without tax"), MONEY, is_summed=True),
    Column(word("Tax"), MONEY, is_summed=True),
    Column(word("Total"), MONEY, is_summed=True),
)
_SOLD_SUMS = (
    'sum(l."quantity" * l."pack" / 1000), sum(l."discount" + l."share"), '
    'sum(l."net"), sum(l."tax") FROM "document" d '
    'JOIN "charge_line" l ON l."document_id" = d."key" '
)


def goods_named(keys: Sequence[Key]) -> Mapping[Key, tuple[Any, ...]]:
    """Code and name of goods, with the pack size that tells two of one name apart."""
    rows = rows_in(_GOODS, [key for (key,) in keys])
    found = {key: (code, full_name(name, spec)) for key, code, name, spec in rows}
    return {(key,): found.get(key, ("", "")) for (key,) in keys}


def _categories(keys: Sequence[Key]) -> Mapping[Key, tuple[Any, ...]]:
    """Code of a category, name of the one above, and its own."""
    found = rows_in(_CATEGORIES, [key for (key,) in keys if key is not None])
    none = ("", "", Msgid(word("No category")))
    return {(None,): none} | {(key,): tuple(called) for key, *called in found}


_GOODS = 'SELECT "key", "code", "name", "spec" FROM "goods" WHERE "key" IN (...)'
_CATEGORIES = (
    'SELECT c."key", c."code", coalesce(up."name", \'\'), c."name" FROM "category" c '
    'LEFT JOIN "category" up ON up."key" = c."parent_id" WHERE c."key" IN (...)'
)

BY_CATEGORY = ReportKind(
    "takings-by-category",
    word("Takings by category"),
    RIGHT,
    (Column(word("Above")), Column(word("Category")), *_SOLD),
    summed(
        f'SELECT l."category", {_SOLD_SUMS}WHERE {BILLS_OF_DAY} GROUP BY l."category"',
        _category_row,
        parts=1,
        named=_categories,
        last=_rounding,
    ),
    is_drawn=True,
)

BY_ITEM = ReportKind(
    "takings-by-item",
    word("Takings by item"),
    RIGHT,
    (Column(word("Code")), Column(word("Item")), *_SOLD),
    summed(
        f'SELECT l."goods", {_SOLD_SUMS}WHERE {BILLS_OF_DAY} AND l."goods" IS NOT NULL '
        'GROUP BY l."goods"',
        _item_row,
        parts=1,
        named=goods_named,
        # What sold best comes first.
        order=lambda row: (-row[-1] - row[-2], row[0]),
        last=_rounding,
    ),
    is_drawn=True,
)


def _cashier_row(_key: int, name: str, bills: int, *amounts: int) -> tuple[Any, ...]:
    net, tax, total = (stored(amount) for amount in amounts[:3])
    return name, bills, net, tax, total, _average(amounts[3], bills)


BY_CASHIER = ReportKind(
    "takings-by-cashier",
    word("Takings by cashier"),
    RIGHT,
    (
        Column(word("Cashier")),
        Column(word("Bills"), COUNT, is_summed=True),
        Column(word("Without tax"), MONEY, is_summed=True),
        Column(word("Tax"), MONEY, is_summed=True),
        Column(word("Total"), MONEY, is_summed=True),
        Column(word("A bill on average"), MONEY),
    ),
    summed(
        f'SELECT u."key", u."name", {_BILLS_SOLD}, sum(s."net"), sum(s."tax"), sum(s."total"), '
        f'{_OF_BILLS} FROM "document" d JOIN "sale" s ON s."document_id" = d."key" '
        'JOIN "user" u ON u."key" = d."user" '
        f'WHERE {BILLS_OF_DAY} GROUP BY u."key", u."name"',
        _cashier_row,
        parts=2,
        order=lambda row: (row[1], row[0]),
    ),
    is_drawn=True,
)


_KINDS = {SALE: word("Sale"), RETURN: word("Return"), VOID: word("Sale undone")}


def _kind_row(day: str, kind: str, bills: int, *amounts: int) -> tuple[Any, ...]:
    return date.fromisoformat(day), _KINDS[kind], bills, *(stored(each) for each in amounts)


# An exchange is a sale and a return on one bill, and counts as both, as it does on the Z.
_SIDES = '(SELECT 0 AS "back" UNION ALL SELECT 1) x'
_IS_EXCHANGE = (
    f'd."kind" = \'{SALE}\' AND EXISTS (SELECT 1 FROM "return_line" r '
    'WHERE r."document_id" = d."key")'
)


def _side(figure: str, of_line: str) -> str:
    """The sum of a figure over a side of the bills: what came back on sales, or the rest."""
    back = (
        f'(SELECT sum({of_line}) FROM "return_line" r JOIN "charge_line" l '
        'ON l."document_id" = r."document_id" AND l."line" = r."line" '
        f'WHERE r."document_id" = d."key" AND d."kind" = \'{SALE}\')'
    )
    whole = f's."{figure}" - coalesce({back}, 0)'
    return f'sum(CASE WHEN x."back" = 1 THEN {back} ELSE {whole} END)'


_NET, _TAX = _side("net", 'l."net"'), _side("tax", 'l."tax"')
_TOTAL = _side("total", '-r."given"')

BY_KIND = ReportKind(
    "takings-by-kind",
    word("Takings by kind of bill"),
    RIGHT,
    (
        Column(word("Business day"), DAY),
        Column(word("Kind"), WORD),
        Column(word("Bills"), COUNT, is_summed=True),
        Column(word("Without tax"), MONEY, is_summed=True),
        Column(word("Tax"), MONEY, is_summed=True),
        Column(word("Total"), MONEY, is_summed=True),
    ),
    summed(
        f'SELECT d."day", CASE WHEN x."back" = 1 THEN \'{RETURN}\' ELSE d."kind" END, '
        f'count(*), {_NET}, {_TAX}, {_TOTAL} FROM "document" d '
        'JOIN "sale" s ON s."document_id" = d."key" '
        f'JOIN {_SIDES} ON x."back" = 0 OR {_IS_EXCHANGE} '
        f"WHERE {BILLS_OF_DAY} GROUP BY 1, 2",
        _kind_row,
        parts=2,
        # What was sold stands before what came back of it.
        order=lambda row: (row[0], list(_KINDS).index(row[1])),
    ),
)


def _reason_row(kind: str, reason: str, lines: int, given: int) -> tuple[Any, ...]:
    return _KINDS[kind], REASON_WORDS.get(reason, reason), lines, stored(given)


RETURNS_BY_REASON = ReportKind(
    "returns-by-reason",
    word("Returns by reason"),
    RIGHT,
    (
        Column(word("Kind"), WORD),
        Column(word("Reason"), WORD),
        Column(word("Times"), COUNT, is_summed=True),
        Column(word("Given back"), MONEY, is_summed=True),
    ),
    summed(
        # What came back in an exchange is a return too.
        f"SELECT CASE WHEN d.\"kind\" = '{VOID}' THEN '{VOID}' ELSE '{RETURN}' END, "
        'r."reason", count(*), sum(r."given") FROM "document" d '
        'JOIN "return_line" r ON r."document_id" = d."key" '
        f"WHERE {BILLS_OF_DAY} GROUP BY 1, 2",
        _reason_row,
        parts=2,
        # What costs most comes first.
        order=lambda row: (row[0], -row[3], row[1]),
    ),
    is_drawn=True,
)
