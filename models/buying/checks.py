"""What must hold of buying. Numbers 120 to 124."""

from __future__ import annotations

from models.base.findings import sql_check
from models.buying.bills import OPEN_LINES
from models.buying.orders import APPROVED, CANCELLED, DRAFT, PART, RECEIVED, SENT
from models.ledger.accounts import NOT_BILLED
from models.ledger.proving.checks import document_check

_WHICH = 'd."kind", d."register", d."number"'


def _of(*states: str) -> str:
    """States as SQL lists them."""
    return f"({', '.join(repr(state) for state in states)})"


_DELIVERY = document_check(
    120,
    "DeliveryWrong",
    f'SELECT {_WHICH}, r."net" + r."tax" + r."freight", '
    'coalesce(sum(l."net" + l."tax" + l."freight"), 0), d."total" FROM "document" d '
    'JOIN "receipt" r ON r."document_id" = d."key" '
    'LEFT JOIN "receipt_line" l ON l."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ? '
    f'GROUP BY {_WHICH}, r."document_id", r."net", r."tax", r."freight", r."total", d."total" '
    'HAVING r."net" + r."tax" + r."freight" <> '
    'coalesce(sum(l."net" + l."tax" + l."freight"), 0) '
    'OR r."total" <> r."net" + r."tax" + r."freight" OR abs(r."total") <> d."total"',
    names="head$ lines$ document$",
)

_MOVED = document_check(
    121,
    "DeliveryMoveWrong",
    'SELECT "kind", "register", "number", sum("came"), sum("moved") FROM ('
    f'SELECT {_WHICH}, d."key", l."line", l."quantity" AS "came", 0 AS "moved" FROM "document" d '
    'JOIN "receipt_line" l ON l."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ? '
    f'UNION ALL SELECT {_WHICH}, d."key", m."line", 0, m."quantity" FROM "document" d '
    'JOIN "receipt" r ON r."document_id" = d."key" '
    'JOIN "stock_move" m ON m."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ?) c '
    'GROUP BY "kind", "register", "number", "key", "line" HAVING sum("came") <> sum("moved")',
    names="came# moved#",
    times=2,
)

_UNBILLED = sql_check(
    122,
    "NotBilledWrong",
    'SELECT "account", "open" FROM (SELECT coalesce((SELECT sum("credit" - "debit") '
    f'FROM "day_total" WHERE "account" = {NOT_BILLED}), 0) AS "account", '
    f'coalesce((SELECT sum(l."net" + l."freight") {OPEN_LINES}), 0) AS "open") t '
    'WHERE "account" <> "open"',
    names="account$ open$",
    where=str,
    parts=0,
)

_ORDER = sql_check(
    123,
    "OrderStateWrong",
    'SELECT o."number", o."state", count(DISTINCT r."document_id") FROM "purchase_order" o '
    'LEFT JOIN "receipt" r ON r."order" = o."key" '
    'GROUP BY o."key", o."number", o."state" HAVING '
    f'(o."state" IN {_of(PART, RECEIVED)} AND count(DISTINCT r."document_id") = 0) '
    f'OR (o."state" IN {_of(DRAFT, APPROVED, SENT, CANCELLED)} '
    'AND count(DISTINCT r."document_id") > 0) '
    f'OR (o."state" IN {_of(RECEIVED)} AND EXISTS (SELECT 1 FROM "order_line" l '
    'WHERE l."order_id" = o."key" AND l."packs" * l."pack" / 1000 > coalesce((SELECT '
    'sum(x."quantity") FROM "receipt_line" x WHERE x."order" = o."key" '
    'AND x."goods_id" = l."goods_id"), 0)))',
    names="state deliveries",
    is_quick=False,
)

_BILL = document_check(
    124,
    "SupplierBillWrong",
    f'SELECT {_WHICH}, s."net", coalesce(sum(b."net"), 0) FROM "document" d '
    'JOIN "supplier_bill" s ON s."document_id" = d."key" '
    'LEFT JOIN "bill_line" b ON b."document_id" = d."key" '
    'WHERE d."day" = ? AND d."register" = ? '
    f'GROUP BY {_WHICH}, s."document_id", s."net", s."tax", s."total", d."total" '
    'HAVING s."net" <> coalesce(sum(b."net"), 0) OR s."net" + s."tax" <> s."total" '
    'OR s."total" <> d."total"',
    names="head$ lines$",
)

BUYING_CHECKS = [_DELIVERY, _MOVED, _UNBILLED, _ORDER, _BILL]
