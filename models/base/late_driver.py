"""peewee without the drivers that nobody asked for.

peewee imports every database driver that is installed. psycopg alone costs each start 70 ms and
17 MiB, also of a counter whose store is a file. So peewee is imported here, first of all, with the
servers' drivers out of its sight, and given psycopg when a store on PostgreSQL is opened. Python's
own SQLite, a second library beside that of the wheel, stays out too where the wheel's will do.
"""

from __future__ import annotations

import logging
import sys
from types import NoneType
from typing import Any

_HIDDEN = ("psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb")
# Below this version SQLite can corrupt a file in write-ahead mode (a race fixed in 3.51.3).
OLDEST_SQLITE = (3, 51, 3)


def _has_wheel() -> bool:
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return False
    return bool(dbapi2.sqlite_version_info >= OLDEST_SQLITE)


def _import_alone() -> Any:
    modules: dict[str, Any] = sys.modules
    unwanted = (*_HIDDEN, "sqlite3") if _has_wheel() else _HIDDEN
    hidden = [name for name in unwanted if name not in modules]
    # None in sys.modules is how Python marks what cannot be imported.
    modules.update(dict.fromkeys(hidden))
    try:
        import peewee
    finally:
        for name in hidden:
            del modules[name]
    return peewee


_peewee = _import_alone()
# What the driver of SQLite knows no way for it looks for in the value and in its class, which are
# two errors each: of the values of a sale thirty are nothing, or a yes or no.
_peewee.sqlite3.register_adapter(bool, int)
_peewee.sqlite3.register_adapter(NoneType, lambda nothing: nothing)


def give_psycopg() -> None:
    """Let peewee use psycopg. Without it installed, peewee says so when it connects."""
    if _peewee.psycopg is not None:
        return
    try:
        import psycopg

        # A conflict with another counter ends a batch half way, and is tried again: nothing to warn
        # of, least of all in the middle of the screen.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
        from psycopg.pq import TransactionStatus
        from psycopg.types.json import Json, Jsonb
    except ImportError:
        return
    _peewee.psycopg, _peewee.TransactionStatus = psycopg, TransactionStatus
    _peewee.Json_pg3, _peewee.Jsonb_pg3 = Json, Jsonb
    adapter = _peewee.Psycopg3Adapter
    adapter.txn_idle = TransactionStatus.IDLE
    adapter.txn_inerror = TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN
