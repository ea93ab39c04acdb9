"""A disk that fails while something is only read: the screen gets a refusal with a way out."""

from __future__ import annotations

import asyncio

import peewee
import pytest

from models.base.database import StoreUnreadable
from tui.desk.database import DatabaseThread


def broken() -> None:
    error = peewee.sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_READ"
    raise error


def test_a_read_that_fails_is_a_refusal() -> None:
    async def look() -> None:
        database = DatabaseThread()
        try:
            with pytest.raises(StoreUnreadable):
                await database.run(broken)
        finally:
            database.close()

    asyncio.run(look())
