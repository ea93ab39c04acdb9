"""What must hold of the database itself, of the audit chains, and of the numbers drawn.

Numbers 1 to 19. What these cannot prove is said in docs/engineer/trust.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peewee import Model

from models.base import migrations, schema, triggers
from models.base.database import is_sqlite
from models.base.fields import store_currency
from models.base.findings import Check, Found, sql_check
from models.base.hot import Statement, query
from models.trust import audit, drafts, trades
from models.trust.mark_checks import MARK_CHECK
from models.trust.tally_checks import TALLY_CHECK
from models.trust.told_checks import TOLD_CHECK
from models.trust.trades_used import looked_at


def _damaged(quick: bool) -> Iterator[Iterable[Found]]:
    """SQLite's own checks: quick over the whole file, full table by table."""
    if not is_sqlite():
        return
    # The schema's table stands for the list of free pages.
    names = [] if quick else ["sqlite_schema", *map(_name, trades.tables())]
    for look in [f'integrity_check("{n}")' for n in names] or ["quick_check"]:
        rows = query(f"PRAGMA {look}")
        yield [Found("", {"what": text}) for (text,) in rows if text != "ok"]


def _name(table: type[Model]) -> str:
    return str(table._meta.table_name)


def _broken_references(quick: bool) -> Iterator[Iterable[Found]]:
    """Rows that name a row which is not there. PostgreSQL never lets go of this by itself."""
    for table in looked_at(quick) if is_sqlite() else ():
        rows = query(f'PRAGMA foreign_key_check("{_name(table)}")')
        yield [Found(name, {"row": row, "of": parent}) for name, row, parent, _ in rows]


def _triggers(quick: bool) -> Iterator[Iterable[Found]]:
    yield [Found(name, {}) for name in sorted(triggers.not_in_force(looked_at(quick)))]


def _objects(quick: bool) -> Iterator[Iterable[Found]]:
    """Tables, indexes and views that were changed, taken away, or put in: a foreign trigger or view
    can alter what every statement means. Our own triggers are check 3.
    """
    wanted: schema.Described = {}
    made: list[type[Model]] = [migrations.SchemaMark, *looked_at(quick)]
    for table in made:
        wanted |= schema.declared([table])
        yield []
    found = _found_of(made) if quick else schema.found()
    yield [Found(name, {}, "ObjectAdded") for name in sorted(found.keys() - wanted.keys())]
    ours = sorted(name for name in wanted if not name.startswith("trigger "))
    yield [Found(name, {}, "ObjectMissing") for name in ours if name not in found]
    both = [name for name in ours if name in found]
    yield [Found(n, {}, "ObjectChanged") for n in both if found[n] != wanted[n]]


def _found_of(tables: Sequence[type[Model]]) -> schema.Described:
    """What belongs to these tables, and to no table at all: a view, which is never ours."""
    names, owners = set(map(_name, tables)), schema.owners()
    return {
        name: text
        for name, text in schema.found().items()
        if owners.get(name) in names or name.startswith("view ")
    }


_REGISTERS = Statement(
    'SELECT "register" FROM "chain_head" UNION SELECT "register" FROM "audit" ORDER BY 1'
)
# The rows that a start looks at: more than an hour's work.
_NEWEST = 500


def _chains(quick: bool) -> Iterator[Iterable[Found]]:
    for (register,) in _REGISTERS.rows():
        for bad in audit.walk(register, newest=_NEWEST if quick else None):
            yield [Found(f"{register}:{seq}", {}, code) for seq, code in bad]


_CHAIN_WITHOUT_HEAD = sql_check(
    5,
    "ChainHeadMissing",
    'SELECT a."register", max(a."seq") FROM "audit" a LEFT JOIN "chain_head" h '
    'ON h."register" = a."register" WHERE h."register" IS NULL GROUP BY a."register"',
    names="rows",
    is_quick=False,
)

_UID_PAGE = Statement(
    'SELECT max("uid") FROM '
    '(SELECT "uid" FROM "audit" WHERE "uid" > ? ORDER BY "uid" LIMIT 20000) p'
)
_UIDS = Statement(
    'SELECT "uid", count(*) FROM "audit" WHERE "uid" > ? AND "uid" <= ? GROUP BY "uid" '
    "HAVING count(*) > 1"
)


def _uids(quick: bool) -> Iterator[Iterable[Found]]:
    low = ""
    while (row := _UID_PAGE.row(low)) and row[0] is not None:
        yield [Found(uid, {"times": times}) for uid, times in _UIDS.rows(low, row[0])]
        low = row[0]


_LINES_OF_NO_DRAFT = sql_check(
    8,
    "DraftWrong",
    'SELECT d."key", d."state", count(l."line") FROM "draft" d '
    'JOIN "draft_line" l ON l."draft_id" = d."key" '
    f'WHERE d."state" NOT IN {drafts.STATES} GROUP BY d."key", d."state"',
    names="state lines",
)


def _currencies(quick: bool) -> Iterator[Iterable[Found]]:
    """A store has one currency, and every amount names it. One slice a table, in pages of keys."""
    for table in looked_at(quick):
        if "currency" in table._meta.fields:
            yield from _currency_pages(_name(table), table._meta.get_primary_keys()[0].column_name)


_PAGE = 20_000


def _currency_pages(table: str, key: str) -> Iterator[Iterable[Found]]:
    end = Statement(f'SELECT "{key}" FROM "{table}" WHERE "{key}" > ? ORDER BY "{key}" '
                    f"LIMIT 1 OFFSET {_PAGE}")  # fmt: skip
    wrong = Statement(
        f'SELECT "currency", count(*) FROM "{table}" WHERE "{key}" > ? AND "{key}" <= ? '
        'AND "currency" <> ? GROUP BY "currency"'
    )
    low, most = -1, (1 << 63) - 1
    while True:
        found = end.row(low)
        high = int(found[0]) if found else most
        rows = wrong.rows(low, high, store_currency().code)
        yield [Found(table, {"currency": code, "rows": count}) for code, count in rows]
        if found is None:
            return
        low = high


TRUST_CHECKS = (
    Check(1, "FileDamaged", _damaged, holds=True),
    Check(2, "ReferenceBroken", _broken_references, is_quick=False, holds=True),
    Check(3, "TriggerMissing", _triggers),
    Check(9, "SchemaAltered", _objects),
    Check(4, "ChainBroken", _chains),
    MARK_CHECK,
    TALLY_CHECK,
    TOLD_CHECK,
    _CHAIN_WITHOUT_HEAD,
    Check(6, "CurrencyWrong", _currencies, is_quick=False),
    Check(7, "UidTwice", _uids, is_quick=False),
    _LINES_OF_NO_DRAFT,
)
