"""The list of goods says what is in stock, as the till does."""

from __future__ import annotations

from dataclasses import replace

from models.goods.records import save_goods
from models.listings import listing_columns, listing_pages
from models.listings.listings import Condition, Field, View
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


def test_goods_are_found_sorted_and_summed_by_what_is_there(shop: Shop) -> None:
    """What is worked out is asked for as a column is."""
    few = View(conditions=(Condition("stock", "<=", 40_000),), order="stock", is_reversed=True)
    found = listing_pages.page(shop.owner, LISTING, few, None)
    assert [(line.values["code"], str(line.values["stock"])) for line in found.lines] == [
        ("1003", "40"), ("1004", "3"),
    ]  # fmt: skip
    behind = listing_pages.page(shop.owner, LISTING, few, found.lines[0].anchor)
    assert [line.values["code"] for line in behind.lines] == ["1004"]
    summed = replace(LISTING, fields=(*(_counted(each) for each in LISTING.fields),))
    tally = listing_pages.tally(shop.owner, summed, few)
    assert (tally.count, tally.sums["stock"]) == (2, 43_000)
    assert str(listing_columns.sum_value(summed, "stock", 43_000)) == "43"


def _counted(field: Field) -> Field:
    return replace(field, is_summed=field.name == "stock")
