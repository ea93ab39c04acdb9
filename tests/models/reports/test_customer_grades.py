"""Customers by what they bring: by amount, by visits, by points."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.ledger.daily import days
from models.people.merging import merge_people
from models.people.persons import Person
from models.people.records import save_person
from models.reports.customer_grades import CUSTOMER_GRADES, classes, points
from models.reports.report import all_days, make
from models.shop import basket
from models.shop.customers import set_customer
from models.trust.operation import new_uid
from tests.stores import FIRST_DAY, Shop


@pytest.mark.row("CUS-11", "CUS-39")
def test_a_are_those_who_bring_the_first_80_of_a_hundred() -> None:
    assert classes([10, 500, 300, 150, 0, 40, -20]) == ["C", "A", "A", "B", "C", "C", "C"]
    # Whoever brings all is A, however much that is.
    assert classes([5]) == ["A"] and classes([]) == [] and classes([0, 0]) == ["C", "C"]


@pytest.mark.row("CUS-11")
def test_points_go_by_fifths_and_equals_get_the_same() -> None:
    assert points([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert points([7, 7, 1, 7, 0]) == [5, 5, 2, 5, 1]
    assert points([4]) == [5]


def person(shop: Shop, name: str) -> Person:
    return save_person(shop.owner, None, name=name, uid=new_uid())


def sell_to(shop: Shop, found: Person, *codes: str) -> None:
    bill = shop.bill(*codes)
    set_customer(shop.cashier, bill, found.key)
    shop.pay(basket.refresh(bill))


@pytest.mark.row("CUS-11", "CUS-37", "CUS-39")
def test_each_customer_of_the_bills_is_graded_in_three_ways(shop: Shop) -> None:
    wang, li, twin = person(shop, "王芳"), person(shop, "李四"), person(shop, "王小芳")
    shop.open_shift()
    sell_to(shop, wang, "1004", "1004")
    sell_to(shop, twin, "1001")
    sell_to(shop, twin, "1001")
    sell_to(shop, li, "1002")
    shop.sell("1005")
    shop.close_shift()
    days.close_day(shop.owner, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    shop.open_shift()
    sell_to(shop, wang, "1002")
    merge_people(
        shop.owner, wang.key, twin.key, kept_version=wang.version, gone_version=twin.version,
        uid=new_uid(),
    )  # fmt: skip
    report = make(shop.manager, CUSTOMER_GRADES, all_days())
    # His two records are one customer: three bills of the first day, on one day; and one later.
    assert [tuple(map(str, row[1:])) for row in report.rows] == [
        ("王芳", "57.50", "A", "2", "A", "25", "A", "2026-03-03", "4"),
        ("李四", "3.50", "B", "1", "A", "15", "B", "2026-03-02", "1"),
    ]
    assert str(report.totals[2]) == "61.00"
