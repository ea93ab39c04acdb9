"""An import that ends before its end says so at the counter, whatever ended it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models.base.database import StoreFull
from models.base.refusals import Refusal
from models.imports.imports import Progress
from models.stock.goods_import import GOODS
from receipts.words import refusal_text
from tui.desk.words import language, t
from tui.imports import running
from tui.imports.running import Doing, Importing


class DatabaseThread:
    """The store's thread, here."""

    async def run(self, work: Callable[..., Any], *given: Any, urgency: int = 0) -> Any:
        return work(*given)


class Desk:
    """The counter as far as an import needs it."""

    def __init__(self) -> None:
        self.database, self.told = DatabaseThread(), list[Exception]()
        self.importing: Importing | None = None

    def run_worker(self, work: Any, **_: Any) -> None:
        self.going_on = asyncio.ensure_future(work)

    def tell(self, error: Exception) -> None:
        self.told.append(error)


def broken(error: Exception) -> Iterator[Progress]:
    yield Progress(run=7, rows=200, new=200)
    raise error


@pytest.mark.parametrize("error", [ZeroDivisionError(), StoreFull(detail="")])
async def test_whatever_ends_an_import_is_told(error: Exception) -> None:
    desk: Any = Desk()
    work = Importing(Doing.STORING, GOODS, "goods.csv", broken(error))
    await running.begin(desk, work)
    await desk.going_on
    assert desk.told == [error]
    assert (work.is_running, work.is_done, desk.importing) == (False, False, None)
    said = (
        refusal_text(error, language())
        if isinstance(error, Refusal)
        else t("It failed. What is stored stays until it is taken back.")
    )
    assert work.trouble == said
    assert work.run == 7
