"""Whose bill it is: named at the till, kept with the sale, found again in the person's history."""

from __future__ import annotations

from typing import Any

import pytest

from models.ledger import proof
from models.people import records
from models.people.history import history_of
from models.people.merging import merge_people
from models.people.persons import Person
from models.reports.bills import sale_view
from models.shop import basket
from models.shop.customers import customer_of, set_customer
from models.shop.sales import Sale
from models.trust import listing_pages
from models.trust.listings import View
from models.trust.operation import Session, new_uid
from models.trust.records import LinkUnknown
from models.trust.scopes import OutOfScope
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.stores import Shop
from tui.people.people_listing import LISTING


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    shop.open_shift()
    return shop


def person(shop: Shop, name: str, **values: Any) -> Person:
    return records.save_person(shop.owner, None, name=name, uid=new_uid(), **values)


def sell_to(shop: Shop, found: Person, *codes: str) -> int:
    bill = shop.bill(*codes)
    set_customer(shop.cashier, bill, found.key)
    return int(shop.pay(basket.refresh(bill)).key)


@pytest.mark.row("CUS-15")
def test_what_a_customer_bought_stands_in_his_history(open_shop: Shop) -> None:
    wang, other = person(open_shop, "王芳"), person(open_shop, "王方")
    sold = sell_to(open_shop, wang, "1001", "1002")
    sell_to(open_shop, other, "1004")
    open_shop.sell("1005")
    found = history_of(open_shop.cashier, wang.key)
    assert found is not None
    (event,) = found.events
    assert (event.kind, event.label, event.what, str(event.amount), event.document) == (
        "Sale", "S01-000001", "矿泉水 +1", "5.50", sold,
    )  # fmt: skip
    assert [(each.label, str(each.value)) for each in found.figures] == [
        ("Bills", "1"), ("Spent", "5.50"),
    ]  # fmt: skip
    # Merged, the one that stays has bought it all.
    merge_people(
        open_shop.owner, wang.key, other.key, kept_version=wang.version,
        gone_version=other.version, uid=new_uid(),
    )  # fmt: skip
    found = history_of(open_shop.cashier, wang.key)
    assert found is not None
    assert [str(each.amount) for each in found.events] == ["25.00", "5.50"]
    assert [str(each.value) for each in found.figures] == ["2", "30.50"]
    # Work of others is shown to who sees it.
    clerk = history_of(open_shop.manager, wang.key)
    assert clerk is not None and len(clerk.events) == 2
    bill = open_shop.bill("1001")
    set_customer(open_shop.cashier, bill, other.key)
    assert customer_of(bill.head) == (wang.key, "王芳")
    set_customer(open_shop.cashier, bill, None)
    assert customer_of(bill.head) == (None, "")
    with pytest.raises(LinkUnknown):
        set_customer(open_shop.cashier, bill, 12345)
    assert not [str(each) for each in proof.verify()]


def test_the_bill_keeps_the_name_that_it_was_sold_to(open_shop: Shop) -> None:
    wang = person(open_shop, "王芳")
    sold = sell_to(open_shop, wang, "1001")
    records.save_person(open_shop.owner, wang.key, version=1, name="王芬", uid=new_uid())
    assert (Sale.get().person, Sale.get().customer) == (wang.key, "王芳")
    assert "value='王芳'" in str(sale_slip(sale_view(sold), Print("zh")).parts)


def seen(session: Session) -> set[str]:
    page = listing_pages.page(session, LISTING, View(), None)
    return {str(line.values["name"]) for line in page.lines}


@pytest.mark.row("CUS-26")
def test_a_customer_of_somebody_is_his(open_shop: Shop) -> None:
    """The cashier sees her own, those of nobody, and those that are shared with her."""
    users = open_shop.users
    person(open_shop, "无主")
    person(open_shop, "收银的", responsible=users["cashier"])
    theirs = person(open_shop, "经理的", responsible=users["manager"])
    person(open_shop, "共享的", responsible=users["manager"], shared_with=users["cashier"])
    assert seen(open_shop.cashier) == {"无主", "收银的", "共享的"}
    assert seen(open_shop.manager) == {"无主", "收银的", "经理的", "共享的"}
    bill = open_shop.bill("1001")
    for refused in (
        lambda: history_of(open_shop.cashier, theirs.key),
        lambda: set_customer(open_shop.cashier, bill, theirs.key),
        lambda: records.save_person(
            open_shop.cashier, theirs.key, version=1, city="x", uid=new_uid()
        ),
    ):
        with pytest.raises(OutOfScope):
            refused()
    open_shop.give(open_shop.owner, "收银员 Cashier", remove_people=None)
    with pytest.raises(OutOfScope):
        records.switch_person(open_shop.cashier, theirs.key, version=1, uid=new_uid())
    assert customer_of(bill.head) == (None, "")
