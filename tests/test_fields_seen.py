"""Fields that a person may not see: not read, not filtered or sorted by, and kept when he saves."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.cost import UnitCost
from models.goods.goods import Goods
from models.listings import listing_pages
from models.listings.listing_records import record_of, save_record
from models.listings.listings import Condition, FieldHidden, Listing, View
from models.trust.guard import RightMissing
from models.trust.operation import Session, new_uid
from tests.stores import CNY, Shop
from tui import trades  # noqa: F401 - lists the rooms
from tui.records.listings import listing, listing_names

pytestmark = pytest.mark.row("SYS-04", "SYS-05")


@pytest.fixture
def keeper(shop: Shop) -> Session:
    """Somebody who keeps goods and may not see what they cost."""
    shop.give(shop.owner, "收银员", keep_goods=None)
    return shop.cashier


def hidden_of(of: Listing) -> list[str]:
    return [each.name for each in of.fields if each.right]


def test_there_are_such_fields() -> None:
    hidden = {name: hidden_of(listing(name)) for name in listing_names()}
    assert {name: fields for name, fields in hidden.items() if fields} == {
        "goods": ["cost"],
        "companies": ["balance", "limit"],
        "suppliers": ["balance", "limit"],
        "people": ["birthday", "is_lunar", "family", "likes", "health", "income", "user"],
    }


def test_what_is_hidden_is_not_read(shop: Shop, keeper: Session) -> None:
    of, key = listing("goods"), shop.goods("1001").key
    for session, is_seen in ((keeper, False), (shop.manager, True)):
        lines = listing_pages.page(session, of, View(), None).lines
        lines += listing_pages.found(session, of, View(text="1001"))
        line = listing_pages.line_of(session, of, key)
        assert line is not None
        for one in (*lines, line):
            assert ("cost" in one.values) == is_seen
        whole = record_of(session, of, key)
        assert whole is not None
        assert ("cost" in whole.values) == is_seen


def test_nobody_learns_it_by_a_filter_or_an_order(shop: Shop, keeper: Session) -> None:
    of = listing("goods")
    above = View(conditions=(Condition("cost", ">=", 5_000_000),))
    for view in (above, View(order="cost")):
        with pytest.raises(FieldHidden):
            listing_pages.page(keeper, of, view, None)
        with pytest.raises(FieldHidden):
            listing_pages.tally(keeper, of, view)
    assert listing_pages.page(shop.manager, of, above, None).lines


def typed(session: Session, of: Listing, key: Any) -> dict[str, Any]:
    """What the form of a person holds of a record."""
    found = record_of(session, of, key)
    assert found is not None
    values = {
        each.name: getattr(found.values.get(each.name), "key", found.values.get(each.name))
        for each in of.in_form()
    }
    return values | {"barcodes": found.lines, "version": found.version}


def test_what_is_hidden_stays_when_the_rest_is_saved(shop: Shop, keeper: Session) -> None:
    of, key = listing("goods"), shop.goods("1004").key
    values = typed(keeper, of, key) | {"name": "香烟 硬盒"}
    # Nor is it changed by somebody who sends it along.
    values["cost"] = UnitCost(1, CNY)
    save_record(keeper, of, key, **values, uid=new_uid())
    saved = Goods.get_by_id(key)
    assert (saved.name, str(saved.cost)) == ("香烟 硬盒", "18.3333")
    values = typed(shop.manager, of, key) | {"cost": UnitCost.parse("19", CNY)}
    save_record(shop.manager, of, key, **values, uid=new_uid())
    assert str(Goods.get_by_id(key).cost) == "19.00"


def test_a_new_record_begins_with_nothing_there(shop: Shop, keeper: Session) -> None:
    of = listing("goods")
    values = typed(keeper, of, shop.goods("1001").key) | {
        "code": "", "barcodes": [], "name": "新品", "version": 0, "cost": UnitCost(7, CNY),
    }  # fmt: skip
    made = save_record(keeper, of, None, **values, uid=new_uid())
    assert not Goods.get_by_id(made.key).cost


def test_who_may_not_read_a_book_does_not_save_into_it(shop: Shop) -> None:
    with pytest.raises(RightMissing):
        save_record(shop.cashier, listing("units"), None, version=0, name="箱", uid=new_uid())
