"""What `verify` proves of the hotel: counts of rooms by day are those of the nights, closings and
blocks; nights fit their stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from models.base.findings import Check, Found, sql_check
from models.base.hot import Statement
from models.hotel.rooms.rates import DAY_USE, HOURLY
from models.hotel.rooms.room_days import days_between
from models.hotel.rooms.rooms import OUT_OF_ORDER
from models.hotel.stays.stays import IN_HOUSE, OPTION, RESERVED
from models.ledger.accounts import GUEST_LEDGER, PACKAGE
from models.ledger.folios import CLOSED
from models.ledger.proving.checks import document_check

_SOLD = Statement(
    'SELECT "day", "room_type_id", count(*) FROM "night" WHERE "is_live" AND "takes_room" '
    'GROUP BY "day", "room_type_id"'
)
_HELD = Statement(
    'SELECT "day", "room_type_id", sum("rooms" - "picked") FROM "block_room" '
    'GROUP BY "day", "room_type_id"'
)
_CLOSED = Statement(
    'SELECT r."room_type_id", c."first", c."until" FROM "room_closing" c '
    'JOIN "room" r ON r."key" = c."room_id" WHERE c."kind" = ?'
)
_KEPT = Statement('SELECT "day", "room_type_id", "sold", "held", "closed" FROM "room_day"')
_CODES = Statement('SELECT "key", "code" FROM "room_type"')

Place = tuple[str, int]


def _counts(quick: bool) -> Iterator[Iterable[Found]]:
    sold = Counter({(day, kind): int(count) for day, kind, count in _SOLD.rows()})
    held = Counter({(day, kind): int(count) for day, kind, count in _HELD.rows()})
    closed: Counter[Place] = Counter()
    for kind, first, until in _CLOSED.rows(OUT_OF_ORDER):
        days = days_between(date.fromisoformat(first), date.fromisoformat(until))
        closed.update((day.isoformat(), kind) for day in days)
    kept: dict[Place, tuple[int, ...]] = {(day, k): tuple(c) for day, k, *c in _KEPT.rows()}
    codes = dict(_CODES.rows())
    for day, kind in sorted({*sold, *held, *closed, *kept}):
        counted = (sold[day, kind], held[day, kind], closed[day, kind])
        stands = kept.get((day, kind), (0, 0, 0))
        if counted != stands:
            fields = {"kept": "/".join(map(str, stands)), "counted": "/".join(map(str, counted))}
            yield [Found(f"{day} {codes.get(kind, kind)}", fields)]
    yield []


_FIGURES = ("net", "service", "tax")
_CHARGED = ("charge", "void", "adjustment")


def _sum(table: str, name: str) -> str:
    return f'coalesce((SELECT sum(x."{name}") FROM "{table}" x WHERE x."document_id" = d."key"), 0)'


# What was charged lies on folios: on how many and on which is no matter of the charge.
_FOLIO_CHARGES = document_check(
    85,
    "FolioChargesWrong",
    'SELECT * FROM (SELECT d."kind", d."register", d."number", '
    + ", ".join(
        f'{_sum("folio_line", name)} AS "{name}", {_sum("charge_line", name)} AS "{name}_charged"'
        for name in _FIGURES
    )
    + ' FROM "document" d WHERE d."day" = ? AND d."register" = ? AND EXISTS (SELECT 1 FROM '
    f'"folio_line" l WHERE l."document_id" = d."key" AND l."kind" IN {_CHARGED})) t WHERE '
    + " OR ".join(f'"{name}" <> "{name}_charged"' for name in _FIGURES),
    names=" ".join(f"{name}$ {name}_charged$" for name in _FIGURES),
)

HOTEL_CHECKS = (
    _FOLIO_CHARGES,
    Check(80, "RoomCountWrong", _counts),
    sql_check(
        81,
        "NightOutsideStay",
        'SELECT s."number", count(*) FROM "night" n JOIN "stay" s ON s."key" = n."stay_id" '
        'WHERE n."is_live" AND n."document" IS NULL AND (n."day" < s."arrival" '
        # A room by day is left on the day of its one night.
        'OR n."day" > s."departure" '
        f'OR (n."day" = s."departure" AND n."use" NOT IN (\'{DAY_USE}\', \'{HOURLY}\')) '
        'OR s."state" NOT IN '
        f"('{OPTION}', '{RESERVED}', '{IN_HOUSE}')) GROUP BY s.\"number\"",
        names="nights",
    ),
    sql_check(
        82,
        "NightMissing",
        'SELECT s."number", count(n."day") FROM "stay" s LEFT JOIN "night" n '
        'ON n."stay_id" = s."key" AND n."is_live" '
        f"WHERE s.\"state\" IN ('{OPTION}', '{RESERVED}', '{IN_HOUSE}') "
        'GROUP BY s."key", s."number", s."arrival", s."departure" HAVING count(n."day") = 0',
        names="nights",
    ),
    sql_check(
        83,
        "FolioLinesWrong",
        'SELECT f."number", f."balance", sum(l."amount") FROM "folio" f '
        # A company's account has its payments beside these (ledger/debts/account_payments.py).
        f'JOIN "folio_line" l ON l."folio" = f."key" '
        f'WHERE f."account" IN ({GUEST_LEDGER}, {PACKAGE}) '
        'GROUP BY f."key", f."number", f."balance" '
        'HAVING f."balance" <> sum(l."amount")',
        names="balance$ lines$",
    ),
    sql_check(
        84,
        "WindowNotSettled",
        'SELECT s."number", f."number", f."balance" FROM "stay" s '
        'JOIN "window" w ON w."stay_id" = s."key" JOIN "folio" f ON f."key" = w."folio" '
        f'WHERE f."status" = \'{CLOSED}\' AND f."balance" <> 0',
        where=lambda stay, folio: f"{stay} {folio}",
        parts=2,
        names="balance$",
    ),
)
