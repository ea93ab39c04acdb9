"""The list of goods says what is in stock, as the till does."""

from __future__ import annotations

from models.goods.records import save_goods
from models.trust import listing_pages
from models.trust.listings import View
from models.trust.operation import new_uid
from tests.stores import Shop, yuan
from tui.goods.goods_listing import LISTING


def in_stock(shop: Shop) -> dict[str, str]:
    lines = listing_pages.page(shop.owner, LISTING, View(), None).lines
    return {line.values["code"]: str(line.values["stock"]) for line in lines}


def test_the_list_of_goods_says_what_is_there(shop: Shop) -> None:
    new = save_goods(
        shop.owner, None, code="6901234567892", name="新品", price=yuan("5"), uid=new_uid()
    )
    save_goods(
        shop.owner, None, code="S1", name="送货", price=yuan("5"), is_stocked=False, uid=new_uid()
    )
    before = in_stock(shop)
    assert (before["1004"], before["1003"]) == ("3", "40")
    assert before[new.code] == "0"
    assert before["S1"] == "None", "a service has none"
    shop.open_shift()
    shop.sell("1004")
    assert in_stock(shop)["1004"] == "2"
