"""What must hold of stock: it is the sum of its moves, and its value what the books say. Numbers 56
to 59, 64, 125 and 126.
"""

from __future__ import annotations

from models.base.findings import Check, reader, sql_check
from models.ledger.accounts import STOCK
from models.ledger.proving.checks import document_check, page_ends, paged
from models.stock.count_posting import ZERO
from models.stock.stock import SHOP_FLOOR

_WHICH = 'd."kind", d."register", d."number"'
_HERE = 'd."day" = ? AND d."register" = ?'

_STOCK_BOOKS = document_check(
    56,
    "StockBooksWrong",
    'SELECT "kind", "register", "number", sum("moves"), sum("entered") FROM ('
    f'SELECT {_WHICH}, m."value" AS "moves", 0 AS "entered" FROM "document" d '
    f'JOIN "stock_move" m ON m."document_id" = d."key" WHERE {_HERE} '
    f'UNION ALL SELECT {_WHICH}, 0, e."amount" FROM "document" d '
    f'JOIN "entry" e ON e."document_id" = d."key" WHERE {_HERE} AND e."account_id" = {STOCK}) c '
    'GROUP BY "kind", "register", "number" HAVING sum("moves") <> sum("entered")',
    names="moves$ entries$",
    times=2,
)

_STOCK = Check(
    57,
    "StockWrong",
    paged(
        'SELECT "code", sum("quantity"), sum("moved"), sum("value"), sum("moved_value") '
        'FROM (SELECT "goods", "quantity", 0 AS "moved", "value", 0 AS "moved_value" '
        'FROM "stock" WHERE "goods" > ? AND "goods" <= ? '
        'UNION ALL SELECT "goods_id", 0, "quantity", 0, "value" FROM "stock_move" '
        'WHERE "goods_id" > ? AND "goods_id" <= ?) t JOIN "goods" g ON g."key" = t."goods" '
        'GROUP BY "code" HAVING sum("quantity") <> sum("moved") '
        'OR sum("value") <> sum("moved_value")',
        page_ends("goods", rows=50),
        reader("kept# moved# kept_value$ moved_value$", str, 1),
        times=2,
    ),
    is_quick=False,
)

_ELSEWHERE = Check(
    64,
    "StockPlaceWrong",
    paged(
        'SELECT "code", "location", sum("quantity"), sum("moved") '
        'FROM (SELECT "goods", "location", "quantity", 0 AS "moved" '
        'FROM "elsewhere" WHERE "goods" > ? AND "goods" <= ? '
        'UNION ALL SELECT "goods_id", "location", 0, "quantity" FROM "stock_move" '
        f'WHERE "goods_id" > ? AND "goods_id" <= ? AND "location" <> {SHOP_FLOOR}) t '
        'JOIN "goods" g ON g."key" = t."goods" '
        'GROUP BY "code", "location" HAVING sum("quantity") <> sum("moved")',
        page_ends("goods", rows=50),
        reader("kept# moved#", lambda code, where: f"{code} {where}", 2),
        times=2,
    ),
    is_quick=False,
)

# Where a store keeps layers, they are the stock of each item; elsewhere there are none.
_LAYERS = Check(
    126,
    "StockLayersWrong",
    paged(
        'SELECT "code", sum("quantity"), sum("layered"), sum("value"), sum("layered_value") '
        'FROM (SELECT "goods", "quantity", 0 AS "layered", "value", 0 AS "layered_value" '
        'FROM "stock" WHERE "goods" > ? AND "goods" <= ? '
        'AND EXISTS (SELECT 1 FROM "stock_layer") '
        'UNION ALL SELECT "goods", 0, "quantity", 0, "value" FROM "stock_layer" '
        'WHERE "goods" > ? AND "goods" <= ?) t JOIN "goods" g ON g."key" = t."goods" '
        'GROUP BY "code" HAVING sum("quantity") <> sum("layered") '
        'OR sum("value") <> sum("layered_value")',
        page_ends("goods", rows=50),
        reader("kept# layered# kept_value$ layered_value$", str, 1),
        times=2,
    ),
    is_quick=False,
)

_STOCK_ACCOUNT = sql_check(
    58,
    "StockAccountWrong",
    'SELECT "account", "stock" FROM (SELECT coalesce((SELECT sum("debit" - "credit") '
    f'FROM "day_total" WHERE "account" = {STOCK}), 0) AS "account", '
    'coalesce((SELECT sum("value") FROM "stock"), 0) AS "stock") t WHERE "account" <> "stock"',
    names="account$ stock$",
    where=str,
    parts=0,
)

_STOCK_OF_NOTHING = sql_check(
    59,
    "StockOfUnknownGoods",
    'SELECT s."goods", s."quantity" FROM "stock" s LEFT JOIN "goods" g ON g."key" = s."goods" '
    'WHERE g."key" IS NULL',
    names="quantity#",
    is_quick=False,
)

_STOCKTAKE = document_check(
    125,
    "StocktakeWrong",
    'SELECT "kind", "register", "number", sum("head"), sum("lines"), sum("differs"), sum("moved") '
    f'FROM (SELECT {_WHICH}, r."gained" - r."lost" AS "head", 0 AS "lines", 0 AS "differs", '
    '0 AS "moved" FROM "document" d JOIN "count_result" r ON r."document_id" = d."key" '
    f'WHERE {_HERE} UNION ALL SELECT {_WHICH}, 0, l."value", CASE WHEN l."is_counted" '
    f'THEN l."counted" - l."book" WHEN r."uncounted" = \'{ZERO}\' THEN -l."book" '
    'ELSE 0 END, 0 FROM "document" d JOIN "count_result" r ON r."document_id" = d."key" '
    f'JOIN "count_result_line" l ON l."document_id" = d."key" WHERE {_HERE} '
    f'UNION ALL SELECT {_WHICH}, 0, 0, 0, m."quantity" FROM "document" d '
    'JOIN "count_result" r ON r."document_id" = d."key" '
    f'JOIN "stock_move" m ON m."document_id" = d."key" WHERE {_HERE}) c '
    'GROUP BY "kind", "register", "number" '
    'HAVING sum("head") <> sum("lines") OR sum("differs") <> sum("moved")',
    names="head$ lines$ differs# moved#",
    times=3,
)

STOCK_CHECKS = [
    _STOCK_BOOKS,
    _STOCK,
    _STOCK_ACCOUNT,
    _STOCK_OF_NOTHING,
    _ELSEWHERE,
    _LAYERS,
    _STOCKTAKE,
]
