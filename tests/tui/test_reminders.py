"""What home reminds of."""

from __future__ import annotations

import pytest

from models.goods.goods import Goods
from models.ledger.payments.taken import take_for
from models.ledger.ways.tender_kinds import Paying
from models.shop.bill_life import hold_bill
from models.trust.operation import new_uid
from tests.stores import CARD, Shop, yuan
from tests.tui.counters import day_at_home
from tui import trades  # noqa: F401 - lists the rooms
from tui.desk.standing import Reminder

NO_GOODS = "There are no goods yet: 51 makes one, 58 takes a file."


def told(shop: Shop, login: str) -> list[str]:
    found = day_at_home(shop.users[login])
    return [one.msgid for one in found if isinstance(one, Reminder)]


def test_a_store_without_goods_says_where_they_are_made(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NO_GOODS not in told(shop, "owner")
    none = Goods.select(Goods.key).where(Goods.key < 0)
    monkeypatch.setattr(Goods, "select", lambda *fields: none)
    assert NO_GOODS in told(shop, "owner")
    assert NO_GOODS not in told(shop, "cashier"), "he could do nothing about it"


@pytest.mark.row("SYS-16")
def test_home_says_what_waits_today(shop: Shop) -> None:
    """No shift at the till; then that it is open, a bill on hold, and money on unfinished work."""
    assert "No shift is open at this till." in told(shop, "cashier")
    shop.open_shift()
    held = shop.bill("1001", "1004")
    card = Paying(CARD, yuan("5"), reference="A1")
    take_for(shop.cashier, held.draft, card, uid=new_uid())
    hold_bill(shop.cashier, held.draft, title="老王", uid=new_uid())
    waiting = told(shop, "cashier")
    assert "No shift is open at this till." not in waiting
    assert any(each.startswith("Paid on unfinished work") for each in waiting)
    assert any("on hold" in each for each in waiting)
