"""The opened store: one database, one connection, one place where its errors become sentences.

SQLite serves one counter; PostgreSQL serves several; the code above this file does not know which.
The reasons for the settings: docs/engineer/database.md.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import peewee
from peewee import DatabaseProxy, IntegerField, Model, PostgresqlDatabase, Query, SqliteDatabase

from models.base import late_driver, watching
from models.base.driver_errors import driver_errors
from models.base.kept_texts import kept_text
from models.base.private import make_file
from models.base.store_refusals import (
    Conflict,
    SqliteTooOld,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreInUse,
    StoreLost,
    StoreUnreadable,
    refusal_for,
)
from models.base.texts import held_values
from models.base.untidied import untidied

__all__ = [
    "Conflict", "SqliteTooOld", "StoreBusy", "StoreDamaged", "StoreFull", "StoreInUse", "StoreLost",
    "StoreUnreadable",
]  # fmt: skip

P = ParamSpec("P")
T = TypeVar("T")

_PRAGMAS = (
    # EXCLUSIVE before WAL: no shared-memory file, so a full disk refuses instead of killing the
    # process.
    ("locking_mode", "EXCLUSIVE"),
    ("journal_mode", "WAL"),
    # FULL: NORMAL loses acknowledged sales in a power cut.
    ("synchronous", "FULL"),
    ("foreign_keys", 1),
    # Without it INSERT OR REPLACE slips past the triggers that forbid deleting posted rows.
    ("recursive_triggers", 1),
    ("cache_size", -8_192),
    ("temp_store", "MEMORY"),
    # Pages of the log before a commit moves them into the file. Four times the default: a page that
    # many sales change is moved once, and fewer sales wait for it. 16 MB of disk.
    ("wal_autocheckpoint", 4_000),
)

database = DatabaseProxy()
_store_number = 1
_is_lost = _is_sqlite = False


class Row(Model):
    """The base of all tables. Every row names the store that owns it.

    Here every row is saved that no hot statement saves: what is watched is marked and told.
    """

    store = IntegerField(default=lambda: _store_number)

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def insert(cls, given: Any = None, /, **values: Any) -> Any:
        """The INSERT of one row."""
        watch = watching.watch_of(cls)
        if watch is None:
            return super().insert(given, **values)
        return _Insert(cls, watching.completed(watch, cls._normalize_data(given, values)))

    @classmethod
    def update(cls, given: Any = None, /, **values: Any) -> Any:
        """The UPDATE of rows; its result is how many were changed."""
        watch = watching.watch_of(cls)
        if watch is None:
            return super().update(given, **values)
        # The mark that a row was read with may be an old one by now: it is never written back.
        data = cls._normalize_data(given, values)
        return _Update(cls, {name: data[name] for name in data if name is not watch.mark})

    @classmethod
    def delete(cls) -> Any:
        """The DELETE of rows; its result is how many there were."""
        return super().delete() if watching.watch_of(cls) is None else _Delete(cls)

    @classmethod
    def insert_many(cls, rows: Any, fields: Any = None) -> Any:
        """The INSERT of many rows of a table that is not watched."""
        assert watching.watch_of(cls) is None, f"{cls.__name__}: create its rows one by one"
        return super().insert_many(rows, fields)


class _Whole(Query):
    """Marked rows, their marks and what is counted of them are stored together, or not at all."""

    def _execute(self, opened: Any) -> Any:
        if database.in_transaction() or not watching.is_counted(self.model):
            return super()._execute(opened)
        with transaction():
            return super()._execute(opened)


class _Insert(_Whole, watching.WatchedInsert):
    pass


class _Update(_Whole, watching.WatchedUpdate):
    pass


class _Delete(_Whole, watching.WatchedDelete):
    pass


def is_sqlite() -> bool:
    """True when the opened store is a SQLite file."""
    return _is_sqlite


class _OnSqlite:
    """True while the opened store is a SQLite file: for table options that PostgreSQL lacks."""

    def __bool__(self) -> bool:
        return is_sqlite()


on_sqlite = _OnSqlite()


def store_number() -> int:
    """The number of the opened store in its chain, 1 upwards."""
    return _store_number


def connect(
    url: str, *, store: int = 1, busy_timeout_s: float = 5, connect_timeout_s: float = 5
) -> None:
    """Open the database at `url`: ``sqlite:///path`` or ``postgresql://...``; create a new SQLite
    file. The timeouts are how long another process may hold the file, and the server be silent.

    Refuses: SqliteTooOld, StoreInUse, StoreDamaged, StoreUnreadable, StoreLost.
    """
    global _store_number, _is_lost, _is_sqlite
    close()
    _store_number, _is_lost, _is_sqlite = store, False, url.startswith("sqlite:")
    with opening():
        if is_sqlite():
            database.initialize(_sqlite(url, busy_timeout_s))
        else:
            database.initialize(_postgres(url, connect_timeout_s))
        database.connect()
        # The first read takes the exclusive lock and meets a damaged header.
        database.execute_sql(
            "SELECT 1" if not is_sqlite() else "SELECT count(*) FROM sqlite_master"
        )
        if is_sqlite():
            database.execute_sql("BEGIN IMMEDIATE")
            database.execute_sql("ROLLBACK")


def use_store(number: int) -> None:
    """The number of the opened store in its chain: a file says it itself."""
    global _store_number
    _store_number = number


def close() -> None:
    """Close the store, if one is open."""
    after_commit.clear()
    for forget in after_rollback:
        forget()
    if database.obj is not None and not database.is_closed():
        database.close()


def sqlite_path(url: str) -> Path:
    """The file that a ``sqlite:///`` address names."""
    return Path(url.removeprefix("sqlite:///"))


def sqlite_file() -> Path:
    """The file of the opened SQLite store."""
    return Path(database.database)


def _sqlite(url: str, busy_timeout_s: float) -> SqliteDatabase:
    version = peewee.sqlite3.sqlite_version_info
    if version < late_driver.OLDEST_SQLITE:
        raise SqliteTooOld(found=".".join(map(str, version)), needed="3.51.3")
    with suppress(OSError):
        # SQLite gives its log the mode of the file; what cannot be made here it says itself.
        make_file(sqlite_path(url))
    return _File(
        str(sqlite_path(url)),
        pragmas=(("busy_timeout", round(busy_timeout_s * 1000)), *_PRAGMAS),
        lock_type="IMMEDIATE",
        # Another thread must not open a second connection unawares.
        autoconnect=False,
        cached_statements=256,
        # The copying thread uses the connection as well, never at the same time.
        check_same_thread=False,
    )


class _Keeping(peewee.Database):
    """The texts of plain queries are kept."""

    def execute(self, query: Any, **options: Any) -> Any:
        kept = None if options else kept_text(self, query)
        return self.execute_sql(*kept) if kept else super().execute(query, **options)


class _File(_Keeping, SqliteDatabase):
    """SQLite."""

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        try:
            return super().execute_sql(sql, params)
        except UnicodeEncodeError:
            return super().execute_sql(sql, held_values(params))


class _Server(_Keeping, PostgresqlDatabase):
    """PostgreSQL: each statement finds a lost server again, whoever asks; and the prepared
    statements outlive a conflict with another counter.
    """

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        with looking():
            return super().execute_sql(sql, held_values(params))

    def begin(self, isolation_level: Any = None) -> None:
        with looking():
            super().begin(isolation_level)

    def rollback(self) -> None:
        # The driver's own forgets every prepared statement, for the sake of tables that are made
        # and rolled back, which no work of ours does; after each conflict all would be prepared
        # again.
        link = self._state.conn.pgconn
        is_in_work = link.transaction_status in (_IN_WORK, _IN_FAILED_WORK)
        if not is_in_work or link.exec_(b"ROLLBACK").status != _COMMAND_OK:
            super().rollback()


# Numbers of libpq.
_COMMAND_OK, _IN_WORK, _IN_FAILED_WORK = 1, 2, 3


def _postgres(url: str, connect_timeout_s: float) -> PostgresqlDatabase:
    late_driver.give_psycopg()
    whole = url.replace("postgres://", "postgresql://", 1)
    return _Server(
        whole,
        prefer_psycopg3=True,
        isolation_level="SERIALIZABLE",
        autoconnect=False,
        # libpq counts whole seconds, and takes one for two.
        connect_timeout=max(2, round(connect_timeout_s)),
        # A small table is read whole, and a transaction that read a whole table is in conflict with
        # everybody who writes to it: three conflicts a sale at four counters, and bills refused.
        options="-c enable_seqscan=off",
    )


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing. Database errors come out as refusals; the caller's own errors come out as
    they are.

    On PostgreSQL a conflict with another counter comes out as `Conflict`: try the whole work again.
    """
    if database.in_transaction():
        with _part():
            yield
        return
    watching.begin()
    try:
        # Asked of what it stands for: that spares half of what opening and ending one takes.
        with untidied(), looking(), database.obj.transaction():
            yield
            watching.require_told()
            for keep in before_commit:
                keep()
    except BaseException:
        for forget in after_rollback:
            forget()
        raise
    finally:
        watching.end()
    for hook in after_commit:
        hook()


@contextmanager
def _part() -> Iterator[None]:
    """A part of a transaction that can be undone alone: what it wrote is then not to be told."""
    before = watching.written_so_far()
    try:
        with looking(), database.atomic():
            yield
    except BaseException:
        watching.back_to(before)
        raise


class _Classified(AbstractContextManager[None]):
    """Written out: all work passes it some times, and a generator takes five times as long."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        global _is_lost
        if error is None or not isinstance(error, driver_errors()):
            return
        refusal = refusal_for(error, on_sqlite=is_sqlite())
        if refusal is not error:
            _is_lost = _is_lost or isinstance(refusal, StoreLost)
            raise refusal from error


class _Looking(_Classified):
    def __enter__(self) -> None:
        if _is_lost and not database.in_transaction():
            with classified():
                _connect_again()


_CLASSIFIED, _LOOKING = _Classified(), _Looking()


def classified() -> AbstractContextManager[None]:
    """Turn what the driver raises inside the block into refusals that say what to do."""
    return _CLASSIFIED


def looking() -> AbstractContextManager[None]:
    """A look at the store outside of a transaction, with the same refusals; a lost server is asked
    for first. Every statement on a server passes here, so nothing need be done to come back.
    """
    return _LOOKING


# Called before each commit, inside the transaction.
before_commit: list[Callable[[], None]] = []
# Called when what is remembered of the store may not be there: after a rollback, and when it is
# closed.
after_rollback: list[Callable[[], None]] = []
# Called after each commit; what was done is done, so none may raise.
after_commit: list[Callable[[], None]] = []
# Called after a lost server was found again: what a connection holds must be taken anew.
after_reconnect: list[Callable[[], None]] = []


def _connect_again() -> None:
    """The server was lost: open a new connection before the next statement."""
    global _is_lost
    database.close()
    database.connect()
    # What follows asks the new connection.
    _is_lost = False
    try:
        for take in after_reconnect:
            take()
    except BaseException:
        _is_lost = True
        raise


# A conflict is tried again this often, with a short random pause; whoever has lost so many times
# goes alone, or a busy counter would lose for ever against quick ones.
_TRIES = 40
_ALONE_AFTER = 4
# So long may everybody wait for one who goes alone and for a long work that is still running.
_ALONE_WAITS_MS = 500


def committed(work: Callable[[], T], what: str) -> T:
    """Do the work in a transaction of its own, again after each conflict with another counter.

    Inside a transaction it is a part of that one. Refuses: StoreBusy, and what the work refuses.
    """
    if database.in_transaction():
        return work()
    for attempt in range(_TRIES):
        try:
            with transaction():
                _take_turn(alone=attempt >= _ALONE_AFTER)
                return work()
        except Conflict:
            time.sleep(random.uniform(0, 0.004) * (1 + min(attempt, 8)))
    raise StoreBusy(verb=what)


def _take_turn(*, alone: bool) -> None:
    """Among the others, or alone: then nobody changes what is read here before it is written.

    The first statement of the transaction: a lock of a table takes no snapshot, so that what is
    read afterwards is what the others left. The table is one that no work writes to.
    """
    if is_sqlite():
        return
    if alone:
        database.execute_sql(f"SET LOCAL lock_timeout = {_ALONE_WAITS_MS}")
        database.execute_sql('LOCK TABLE "schema_mark" IN EXCLUSIVE MODE')
        database.execute_sql("SET LOCAL lock_timeout = 0")
    else:
        database.execute_sql('LOCK TABLE "schema_mark" IN ROW SHARE MODE')


def in_one_transaction(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function that changes rows one transaction, tried again after a conflict."""

    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        return committed(lambda: function(*args, **kwargs), function.__name__)

    return whole


@contextmanager
def opening() -> Iterator[None]:
    """While a store is opened: what cannot be understood of its file is damage, whatever it looks
    like to SQLite, and no fault of the program's. Refuses: StoreDamaged.
    """
    try:
        with classified():
            yield
    except (*driver_errors(), peewee.DoesNotExist, LookupError, TypeError, ValueError) as error:
        if not is_sqlite():
            raise
        raise StoreDamaged(detail=f"{type(error).__name__}: {error}"[:120]) from error
