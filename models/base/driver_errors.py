"""What the drivers of both engines raise, before it becomes a sentence (database.py)."""

from __future__ import annotations

import sys

import peewee


def driver_errors() -> tuple[type[BaseException], ...]:
    """The classes of all that goes wrong in a driver."""
    # peewee wraps what its own queries raise; hot statements raise what the driver does.
    found = (peewee.DatabaseError, peewee.InterfaceError, peewee.sqlite3.Error)
    psycopg = sys.modules.get("psycopg")
    return found if psycopg is None else (*found, psycopg.Error)


def causes_of(error: BaseException | None) -> list[BaseException]:
    """An error and what it came from, innermost first: the first failure is the cause, the later
    ones its echoes.
    """
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__context__ or error.__cause__
    return found[::-1]
