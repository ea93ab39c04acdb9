"""A disk that fails while something is only read: the screen gets a refusal with a way out."""

from __future__ import annotations

import asyncio

import peewee
import pytest

from models.base.database import StoreUnreadable
from tui.desk.books import Books


def broken() -> None:
    error = peewee.sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_READ"
    raise error


def test_a_read_that_fails_is_a_refusal() -> None:
    async def look() -> None:
        books = Books()
        try:
            with pytest.raises(StoreUnreadable):
                await books.run(broken)
        finally:
            books.close()

    asyncio.run(look())
