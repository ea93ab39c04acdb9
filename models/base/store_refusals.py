"""What a store may refuse, whichever work is done, and which of a driver's errors says so."""

from __future__ import annotations

from models.base.driver_errors import causes_of
from models.base.refusals import Refusal


class SqliteTooOld(Refusal):
    """The SQLite library in use is older than 3.51.3."""


class StoreInUse(Refusal):
    """Another process holds the store's file."""


class StoreFull(Refusal):
    """The disk is full; nothing was stored."""


class StoreUnreadable(Refusal):
    """The disk refused to read or write; nothing was stored."""


class StoreDamaged(Refusal):
    """The store's file is not a sound database."""


class StoreLost(Refusal):
    """The database server cannot be reached."""


class StoreBusy(Refusal):
    """Others changed the same rows, again and again; nothing was stored."""


class Conflict(Exception):
    """Another counter changed what this transaction read; it was rolled back and may be tried
    again.
    """


def refusal_for(error: BaseException, *, on_sqlite: bool) -> BaseException:
    """The refusal for a driver's error, or the error itself when it is a bug.

    peewee hides the cause behind a failed ROLLBACK: look it up.
    """
    causes = causes_of(error)
    for cause in causes:
        name = getattr(cause, "sqlite_errorname", None) or ""
        for prefix, refusal in _SQLITE_ERRORS:
            if name.startswith(prefix):
                return refusal(detail=name)
    for cause in causes:
        state = getattr(cause, "sqlstate", None) or ""
        # Two counters that insert the same key at once conflict as well; so does one who waited too
        # long to go alone.
        if state in ("40001", "40P01", "23505", "55P03"):
            return Conflict(str(cause))
        if state == "53100":
            return StoreFull(detail=state)
        if state.startswith(("08", "53", "57P")):
            return StoreLost(detail=state)
    if on_sqlite and str(causes[0]).startswith("Could not decode to UTF-8"):
        return StoreDamaged(detail="UTF-8")
    if not on_sqlite and type(error).__name__ in ("OperationalError", "InterfaceError"):
        return StoreLost(detail=str(error).strip().split("\n")[0])
    return error


_SQLITE_ERRORS: tuple[tuple[str, type[Refusal]], ...] = (
    ("SQLITE_FULL", StoreFull),
    ("SQLITE_IOERR", StoreUnreadable),
    ("SQLITE_CANTOPEN", StoreUnreadable),
    ("SQLITE_READONLY", StoreUnreadable),
    ("SQLITE_BUSY", StoreInUse),
    ("SQLITE_LOCKED", StoreInUse),
    ("SQLITE_PROTOCOL", StoreInUse),
    ("SQLITE_CORRUPT", StoreDamaged),
    ("SQLITE_NOTADB", StoreDamaged),
)
