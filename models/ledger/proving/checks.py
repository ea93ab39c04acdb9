"""What must hold of documents, kept totals, folios and numbers. Numbers 20 to 29.

Whatever belongs to documents is looked at business day by business day and register by register,
so that no look takes long however old the store is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from models.base.findings import Check, Found, Slices, reader, sql_check
from models.base.hot import Statement
from models.ledger.kinds import Z, kind_names, label
from models.trust.operation import DAY_OPEN

_FIRST_PART = Statement(
    'SELECT "day", "register" FROM "document" WHERE ("day", "register") > (?, ?) '
    'ORDER BY "day", "register" LIMIT 1'
)
_OPEN_DAY = Statement(f'SELECT min("date") FROM "business_day" WHERE "state" = \'{DAY_OPEN}\'')


def document_parts(quick: bool) -> Iterator[tuple[str, int]]:
    """Each business day and register that has documents; quick is the open day only."""
    day, register = first_open_day() if quick else "", 0
    while row := _FIRST_PART.row(day, register):
        day, register = str(row[0]), int(row[1])
        yield day, register


def first_open_day() -> str:
    """The open business day: documents of earlier ones never grow."""
    found = _OPEN_DAY.row()
    return str(found[0] or "") if found else ""


def document_check(number: int, code: str, sql: str, *, names: str = "", times: int = 1) -> Check:
    """A check of the documents `d` of one business day and register.

    The statement gives kind, register and number of each bad document, then `names`. It says
    ``d."day" = ? AND d."register" = ?`` so many times.
    """
    statement, reading = Statement(sql), reader(names, label, 3)

    def slices(quick: bool) -> Iterator[Iterable[Found]]:
        for part in document_parts(quick):
            yield map(reading, statement.rows(*part * times))

    return Check(number, code, slices)


_HERE = 'd."day" = ? AND d."register" = ?'
_WHICH = 'd."kind", d."register", d."number"'

_UNBALANCED = document_check(
    20,
    "DocumentUnbalanced",
    f'SELECT {_WHICH}, count(e."line"), coalesce(sum(e."amount"), 0) FROM "document" d '
    f'LEFT JOIN "entry" e ON e."document_id" = d."key" WHERE {_HERE} '
    f'GROUP BY d."key", {_WHICH} '
    'HAVING count(e."line") < 2 OR coalesce(sum(e."amount"), 0) <> 0',
    names="entries sum$",
)

_NOT_POSTED = document_check(
    21,
    "DocumentNotPosted",
    f'SELECT {_WHICH} FROM "document" d WHERE {_HERE} AND NOT d."is_posted"',
)

_ENTRY_ACCOUNT = document_check(
    22,
    "EntryFolioWrong",
    f'SELECT {_WHICH}, e."line", e."account_id" FROM "document" d '
    'JOIN "entry" e ON e."document_id" = d."key" '
    'LEFT JOIN "account" a ON a."number" = e."account_id" '
    f'LEFT JOIN "folio" f ON f."key" = e."folio" WHERE {_HERE} AND (a."number" IS NULL '
    'OR a."is_control" <> (f."key" IS NOT NULL) OR e."folio" IS NOT NULL AND f."key" IS NULL '
    'OR f."account" <> e."account_id")',
    names="line account",
)

_TOTALS = Statement(
    'SELECT "account", sum("debit"), sum("kept_debit"), sum("credit"), sum("kept_credit") FROM ('
    'SELECT e."account_id" AS "account", '
    'CASE WHEN e."amount" > 0 THEN e."amount" ELSE 0 END AS "debit", 0 AS "kept_debit", '
    'CASE WHEN e."amount" < 0 THEN -e."amount" ELSE 0 END AS "credit", 0 AS "kept_credit" '
    f'FROM "document" d JOIN "entry" e ON e."document_id" = d."key" WHERE {_HERE} '
    'UNION ALL SELECT "account", 0, "debit", 0, "credit" FROM "day_total" '
    'WHERE "day" = ? AND "register" = ?) t GROUP BY "account" '
    'HAVING sum("debit") <> sum("kept_debit") OR sum("credit") <> sum("kept_credit")'
)


def _day_totals(quick: bool) -> Iterator[Iterable[Found]]:
    for day, register in document_parts(quick):
        where = f"{day} {register} "
        read = reader("debit$ kept_debit$ credit$ kept_credit$", lambda a, w=where: f"{w}{a}", 1)
        yield map(read, _TOTALS.rows(day, register, day, register))


_TOTAL_OF_NOTHING = sql_check(
    23,
    "DayTotalWrong",
    'SELECT t."day", t."register", t."account", t."debit", t."credit" FROM "day_total" t WHERE '
    'NOT EXISTS (SELECT 1 FROM "document" d WHERE d."day" = t."day" '
    'AND d."register" = t."register")',
    names="kept_debit$ kept_credit$",
    where=lambda *parts: " ".join(map(str, parts)),
    parts=3,
    is_quick=False,
)


def paged(sql: str, pages: str, read: Callable[..., Found], *, times: int = 1) -> Slices:
    """Slices over the keys of a table: `pages` gives the last key of the page that begins after a
    key, `sql` looks at the rows after one key up to another, so many times.
    """
    look, end = Statement(sql), Statement(pages)

    def slices(quick: bool) -> Iterator[Iterable[Found]]:
        low = 0
        while (row := end.row(low)) and row[0] is not None:
            yield map(read, look.rows(*(low, row[0]) * times))
            low = int(row[0])

    return slices


def page_ends(table: str, key: str = "key", rows: int = 200) -> str:
    """The statement that gives the last key of the next so many rows after a key."""
    return (
        f'SELECT max("{key}") FROM (SELECT "{key}" FROM "{table}" WHERE "{key}" > ? '
        f'ORDER BY "{key}" LIMIT {rows}) p'
    )


_FOLIOS = paged(
    'SELECT f."number", f."balance", coalesce(sum(e."amount"), 0) FROM "folio" f '
    'LEFT JOIN "entry" e ON e."folio" = f."key" WHERE f."key" > ? AND f."key" <= ? '
    'GROUP BY f."key", f."number", f."balance" HAVING f."balance" <> coalesce(sum(e."amount"), 0)',
    page_ends("folio"),
    reader("kept$ entries$", str, 1),
)

_CONTROL = sql_check(
    25,
    "ControlAccountWrong",
    'SELECT s."account", sum("entries"), sum("folios") FROM ('
    'SELECT t."account", t."debit" - t."credit" AS "entries", 0 AS "folios" FROM "day_total" t '
    'JOIN "account" a ON a."number" = t."account" WHERE a."is_control" '
    'UNION ALL SELECT f."account", 0, f."balance" FROM "folio" f) s '
    'GROUP BY s."account" HAVING sum("entries") <> sum("folios")',
    names="account$ folios$",
)

_KEYS = Statement(
    'SELECT min("key"), max("key") FROM "document" WHERE "day" = ? AND "register" = ?'
)


def _days_in_order(quick: bool) -> Iterator[Iterable[Found]]:
    """A register draws its keys one after the other: none of an earlier day comes after one of a
    later day, whatever its clock said.
    """
    last: dict[int, int] = {}
    for day, register in document_parts(quick):
        row = _KEYS.row(day, register)
        assert row is not None
        if row[0] < last.get(register, 0):
            yield [Found(f"{day} {register}", {})]
        last[register] = max(row[1], last.get(register, 0))
        yield []


_SERIES = Statement('SELECT "register", "kind" FROM "series"')
_LAST = Statement('SELECT "last" FROM "series" WHERE "register" = ? AND "kind" = ?')
_NEXT_KIND = Statement(
    'SELECT "register", "kind" FROM "document" WHERE ("register", "kind") > (?, ?) '
    'ORDER BY "register", "kind" LIMIT 1'
)
_DRAWN = Statement(
    'SELECT count(*), coalesce(min("number"), 1), coalesce(max("number"), 0) FROM "document" '
    'WHERE "register" = ? AND "kind" = ?'
)
_Z_DRAWN = Statement(
    'SELECT count(*), coalesce(min("number"), 1), coalesce(max("number"), 0) FROM "shift" '
    'WHERE "register" = ? AND "number" IS NOT NULL'
)
# The first number of a kind, or the one after a document that no other document has.
_FIRST_GAP = Statement(
    'SELECT min("gap") FROM (SELECT 1 AS "gap" UNION ALL SELECT "number" + 1 FROM "document" '
    'WHERE "register" = ? AND "kind" = ?) g WHERE NOT EXISTS (SELECT 1 FROM "document" d '
    'WHERE d."register" = ? AND d."kind" = ? AND d."number" = g."gap")'
)


def _numbers(quick: bool) -> Iterator[Iterable[Found]]:
    """Gapless: from 1 on, as many as the highest, which is the last one drawn."""
    for register, kind in sorted(_drawn_kinds()):
        yield list(_number(register, kind))


def _number(register: int, kind: str) -> Iterator[Found]:
    drawn = _LAST.row(register, kind)
    last = drawn[0] if drawn else 0
    row = _Z_DRAWN.row(register) if kind == Z else _DRAWN.row(register, kind)
    assert row is not None
    if tuple(row) == (last, 1, last):
        return
    fields = {"drawn": last, "found": row[0], "highest": row[2]}
    if kind != Z:
        gap = _FIRST_GAP.row(register, kind, register, kind)
        fields["first_missing"] = gap and gap[0]
    yield Found(f"{register} {kind}", fields)


def _drawn_kinds() -> set[tuple[int, str]]:
    """Each register and kind of document, and Z, from the series and from the documents."""
    known = kind_names() | {Z}
    kinds = {(r, kind) for r, kind in _SERIES.rows() if kind in known}
    place: tuple[int, str] = (0, "")
    while row := _NEXT_KIND.row(*place):
        place = (int(row[0]), str(row[1]))
        kinds.add(place)
    return kinds


LEDGER_CHECKS = [
    _UNBALANCED,
    _NOT_POSTED,
    _ENTRY_ACCOUNT,
    Check(23, "DayTotalWrong", _day_totals),
    _TOTAL_OF_NOTHING,
    Check(24, "FolioBalanceWrong", _FOLIOS),
    _CONTROL,
    Check(26, "NumbersWrong", _numbers),
    Check(27, "PostedAfterClose", _days_in_order),
]
