"""Whose bill it is: named at the till, kept with the sale, found again in the person's history."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.proving import proof
from models.listings import listing_pages
from models.listings.listing_records import record_of
from models.listings.listings import Condition, View
from models.people import records
from models.people.contacts import Contact, save_contact
from models.people.history import history_of
from models.people.lists import LEVEL, PersonChoice
from models.people.merging import merge_people
from models.people.persons import Person
from models.reports.bills import sale_view
from models.reports.report import all_days, pages_of
from models.reports.sale_lines import SALE_LINES
from models.selling.items import find_item
from models.shop import basket
from models.shop.basket import ring
from models.shop.bill_changes import discount_bill
from models.shop.customers import customer_of, last_paid, set_customer
from models.shop.sales import Sale
from models.trust import staff
from models.trust.operation import Session, new_uid
from models.trust.records import LinkUnknown
from models.trust.scopes import OutOfScope
from models.trust.sealed import Sealed
from models.trust.users import User
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.stores import FIRST_DAY, Shop, scoped
from tui.people.contacts_listing import LISTING as CONTACTS
from tui.people.people_listing import LISTING


def person(shop: Shop, name: str, **values: Any) -> Person:
    return records.save_person(shop.owner, None, name=name, uid=new_uid(), **values)


def sell_to(shop: Shop, found: Person, *codes: str) -> int:
    bill = shop.bill(*codes)
    set_customer(shop.cashier, bill, found.key)
    return int(shop.pay(basket.refresh(bill)).key)


@pytest.mark.row("CUS-14", "CUS-15", "CUS-37")
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
        ("Bills", "1"), ("Spent", "5.50"), ("Days here", "1"), ("Last here", str(FIRST_DAY)),
        ("A bill on average", "5.50"),
    ]  # fmt: skip
    # Merged, the one that stays has bought it all.
    merge_people(
        open_shop.owner, wang.key, other.key, kept_version=wang.version,
        gone_version=other.version, uid=new_uid(),
    )  # fmt: skip
    found = history_of(open_shop.cashier, wang.key)
    assert found is not None
    assert [str(each.amount) for each in found.events] == ["25.00", "5.50"]
    figures = ["2", "30.50", "1", str(FIRST_DAY), "15.25"]
    assert [str(each.value) for each in found.figures] == figures
    # What he takes again and again is what he comes for, under whichever record.
    sell_to(open_shop, other, "1004", "1002")
    sell_to(open_shop, wang, "1002")
    found = history_of(open_shop.cashier, wang.key)
    assert found is not None and found.figures[-1].label == "Buys most"
    assert found.figures[-1].value == "可乐, 香烟"
    # Work of others is shown to who sees it.
    clerk = history_of(open_shop.manager, wang.key)
    assert clerk is not None and len(clerk.events) == 4
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


@pytest.mark.row("CUS-13", "CUS-26", "CUS-34")
def test_contacts_are_one_list_with_phones_of_whom_somebody_may_see(open_shop: Shop) -> None:
    """A contact is seen by who may see the company and the person both."""
    manager = open_shop.users["manager"]
    free, theirs = person(open_shop, "甲公司"), person(open_shop, "乙公司", responsible=manager)
    wang = person(open_shop, "王芳", phone=Sealed("13812345678"))
    kept = person(open_shop, "李四", phone=Sealed("13900001111"), responsible=manager)
    for company, who in ((free, wang), (theirs, wang), (free, kept)):
        save_contact(
            open_shop.owner, None, company=company.key, person=who.key, title="采购", uid=new_uid()
        )

    def book_of(session: Session, text: str = "") -> set[tuple[str, str, str]]:
        lines = listing_pages.page(session, CONTACTS, View(text=text), None).lines
        return {
            (line.values["company"].text, line.values["person"].text, str(line.values["phone"]))
            for line in lines
        }

    mine = {("甲公司", "王芳", "138****5678")}
    assert book_of(scoped(open_shop, "own")) == mine
    assert book_of(open_shop.manager) == book_of(open_shop.owner) == mine | {
        ("乙公司", "王芳", "138****5678"), ("甲公司", "李四", "139****1111"),
    }  # fmt: skip
    hidden = Contact.get(Contact.person == kept.key)
    assert record_of(open_shop.cashier, CONTACTS, hidden.key) is None
    assert record_of(open_shop.manager, CONTACTS, hidden.key) is not None


@pytest.mark.row("CUS-28")
def test_people_are_found_by_several_conditions_at_once(open_shop: Shop) -> None:
    level = PersonChoice.get(PersonChoice.kind == LEVEL)
    for name, city, tags, of in (
        ("甲", "上海", "VIP", level.key), ("乙", "上海", "", level.key),
        ("丙", "杭州", "VIP", level.key), ("丁", "上海", "VIP 老客", None),
    ):  # fmt: skip
        person(open_shop, name, city=city, tags=tags, level=of)

    def found(*conditions: Condition) -> str:
        lines = listing_pages.page(
            open_shop.cashier, LISTING, View(conditions=conditions), None
        ).lines
        return "".join(sorted(str(line.values["name"]) for line in lines))

    vip, here = Condition("tags", "has", "VIP"), Condition("city", "has", "上海")
    assert found(vip) == "丁丙甲"
    assert found(vip, here) == "丁甲"
    assert found(vip, here, Condition("level", "=", level.key)) == "甲"
    assert found(vip, here, Condition("name", "<>", "甲")) == "丁"


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
    assert seen(scoped(open_shop, "team")) == {"无主", "收银的", "经理的", "共享的"}
    others = staff.save_department(open_shop.owner, None, version=0, name="办公室", uid=new_uid())
    User.update(department=others).where(User.login == "manager").execute()
    assert seen(open_shop.cashier) == {"无主", "收银的", "共享的"}
    open_shop.give(open_shop.owner, "收银员", remove_people=None)
    with pytest.raises(OutOfScope):
        records.switch_person(open_shop.cashier, theirs.key, version=1, uid=new_uid())
    assert customer_of(bill.head) == (None, "")


@pytest.mark.row("ORD-12")
def test_what_he_paid_last_is_remembered(open_shop: Shop) -> None:
    """For one of the goods, with all discounts off; of a record that was merged, too."""
    wang, gone = person(open_shop, "王芳"), person(open_shop, "王方")
    water = find_item("1001")
    bill = open_shop.bill("1001")
    assert last_paid(bill.head, water) is None
    set_customer(open_shop.cashier, bill, wang.key)
    assert last_paid(bill.head, water) is None
    ring(bill, water, Quantity.of(2))
    discount_bill(open_shop.cashier, bill.draft, Rate.percent("10"), uid=new_uid())
    open_shop.pay(basket.refresh(bill))
    open_shop.clock.move(hours=1)
    sell_to(open_shop, gone, "1002")
    merge_people(
        open_shop.owner, wang.key, gone.key, kept_version=wang.version,
        gone_version=gone.version, uid=new_uid(),
    )  # fmt: skip
    set_customer(open_shop.cashier, bill := open_shop.bill("1004"), wang.key)
    found = {code: last_paid(bill.head, find_item(code)) for code in ("1001", "1002", "1004")}
    assert {code: str(one.price) if one else "" for code, one in found.items()} == {
        "1001": "1.80", "1002": "3.50", "1004": "",
    }  # fmt: skip
    assert found["1001"] is not None and found["1001"].day == FIRST_DAY


@pytest.mark.row("ORD-27", "RPT-03")
def test_sales_line_by_line(open_shop: Shop) -> None:
    wang = person(open_shop, "王芳")
    sell_to(open_shop, wang, "1001", "1004")
    open_shop.sell("1003")
    rows = [row for page in pages_of(open_shop.owner, SALE_LINES, all_days()) for row in page]
    assert [
        (row[2], row[3], str(row[5]), *map(str, row[7:10]), *row[10:]) for row in rows
    ] == [
        ("S01-000001", "1001", "1", "2.00", "0.00", "2.00", "张收银", "王芳"),
        ("S01-000001", "1004", "1", "25.00", "0.00", "25.00", "张收银", "王芳"),
        ("S01-000002", "1003", "1", "9.90", "0.00", "9.90", "张收银", ""),
    ]  # fmt: skip
