"""Money that goes back outside of the drawer is confirmed before the books say so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from models.ledger.documents import Document
from models.shop.trade import VOID
from models.trust.operation import new_uid
from tests.stores import CASH, WECHAT, Shop
from tui.money.ways import Received
from tui.shop import returns
from tui.shop.coming_back import Answer, AskReason


class Screen:
    """The selling screen for somebody who answers in turn."""

    def __init__(self, shop: Shop, *answers: Any) -> None:
        self.shop, self.answers, self.asked = shop, list(answers), list[type]()
        self.desk, self.told = self, list[Any]()
        self.counter = SimpleNamespace(register=1, wake_paper=int, kick_drawer=int)

    async def ask(self, panel: Any) -> Any:
        self.asked.append(type(panel))
        return self.answers.pop(0)

    async def in_books(self, function: Any, *args: Any) -> Any:
        return function(*args)

    async def operate(self, operation: Any, *args: Any, **fields: Any) -> Any:
        return operation(self.shop.manager, *args, **fields, uid=new_uid())

    async def paid(self, finished: Any) -> None:
        self.told.append(finished)


def voids() -> int:
    return int(Document.select().where(Document.kind == VOID).count())


@pytest.mark.row("TIL-03", "ORD-18")
async def test_wechat_money_back_is_confirmed(shop: Shop) -> None:
    shop.open_shift()
    why = Answer("mistyped", "", is_scrapped=False)
    sale = shop.sell("1004", tender=WECHAT)
    screen: Any = Screen(shop, why, None)
    await returns.undo(screen, sale.key)
    assert (screen.asked, voids(), screen.told) == ([AskReason, Received], 0, [])

    screen = Screen(shop, why, True)
    await returns.undo(screen, sale.key)
    assert (screen.asked, voids()) == ([AskReason, Received], 1)
    assert str(screen.told[0].change) == "25.00"

    # What lies in the drawer is counted at its close.
    screen = Screen(shop, why)
    await returns.undo(screen, shop.sell("1004", tender=CASH).key)
    assert (screen.asked, voids()) == ([AskReason], 2)
