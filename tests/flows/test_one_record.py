"""Two people at two counters with one record open: the second is told who was faster and what is
another now, and nothing that either of them typed is lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.goods.goods import Goods
from models.ledger.proving.proof import verify
from models.trust.audit import Audit
from tests.databases import Stores
from tests.flows.conftest import Counter
from tests.flows.counter_program import (
    CLERK,
    CLERK_PASSWORD,
    STORE_ROOM,
    WATER,
    configure,
    copy_floor,
    make_floor,
)
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]
# The row of the form that says what can stand in the box.
HINT = 18


@pytest.mark.row("UIX-22", "SYS-45", "NFR-13")
def test_the_second_is_told_who_was_faster(stores: Stores, tmp_path: Path, till: Counter) -> None:
    url, first, second = stores.empty("postgres"), tmp_path / "first", tmp_path / "second"
    make_floor(first, url=url, registers=3)
    copy_floor(first, second)
    tills: list[Till] = []
    for register, folder in enumerate((first, second), 1):
        configure(folder, url=url, register=register)
        tills.append(till(folder))
    owner, clerk = tills
    owner.sign_in()
    _sign_in_the_clerk(clerk)
    for each in tills:
        _open_the_water(each)
    # The clerk gives it another price and a short name, and saves.
    _put(clerk, "Sale price", "2.20")
    _put(clerk, "Short name", "山泉")
    clerk.key("f4")
    clerk.see("Saved: {name}", name=WATER.name)
    # The owner has a third price and its shelf: he is told of two values, and of whom.
    _put(owner, "Sale price", "2.50")
    _put(owner, "Shelf", "A-03")
    owner.key("f9")
    owner.see_flat(
        owner.w("{who} changed this record meanwhile, at till {register}", who="赵库管", register=2)
    )
    price, name = owner.w("Sale price"), owner.w("Short name")
    owner.see_flat(
        owner.w("{field}: there {value}, here {mine}. Saving keeps what stands here.", field=price,
                value="2.20", mine="2.50")
    )  # fmt: skip
    owner.see_flat(owner.w("{field}: now {value}.", field=name, value="山泉"))
    owner.key("enter")
    owner.see_flat("山泉")
    assert "A-03" in owner.text() and "2.50" in owner.text()
    owner.key("f9")
    owner.see("Saved: {name}", name=WATER.name)
    # What the clerk sees now is what both of them wanted.
    clerk.key("enter")
    clerk.wait("A-03")
    assert "2.50" in clerk.text() and "山泉" in clerk.text()
    for each in tills:
        each.kill()
    with books_of(first, url):
        water = Goods.get(Goods.code == WATER.code)
        assert (water.short_name, water.bin, str(water.price)) == ("山泉", "A-03", "2.50")
        saved = Audit.select().where(Audit.verb == "save_goods").order_by(Audit.at)
        told = [(row.user_name, row.detail["changes"].get("price")) for row in saved]
        assert told == [("赵库管", ["2.00", "2.20"]), ("王店长", ["2.20", "2.50"])]
        assert not [str(each) for each in verify()]


def _sign_in_the_clerk(one: Till) -> None:
    """He is of another department, which stands above his number."""
    one.see("Your number")
    one.key("up")
    one.key("right")
    one.wait(STORE_ROOM)
    one.key("down")
    one.sign_in(CLERK, CLERK_PASSWORD)


def _open_the_water(one: Till) -> None:
    one.enter("51")
    one.see("{count} rows", count=6)
    one.type(WATER.code)
    one.see("1 row")
    one.key("enter")
    one.see("Short name")


def _put(one: Till, label: str, text: str) -> None:
    """On to the box of a label, which the hint below the form names, and a value into it."""
    while not one.lines()[HINT].split()[0].startswith(one.w(label)):
        one.key("tab")
        one.settle(still_s=0.05)
    one.type(text)
    one.calm()
