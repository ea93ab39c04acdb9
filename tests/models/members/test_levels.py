"""Levels of members: graded at the close by what bills say, kept for their time; what they cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.base.database import database
from models.base.rates import Rate
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.ledger.proving import proof
from models.listings import listing_pages
from models.listings.listings import Condition, View
from models.members.levels import (
    BY_HAND,
    GRADED,
    LevelRule,
    LevelRuleWrong,
    did_of,
    grade_block,
    reaches,
    save_level_rule,
    steps_of,
    switch_level_rule,
)
from models.people.lists import LEVEL, PersonChoice, drop_group, save_choice, save_group
from models.people.persons import Person
from models.people.records import save_person
from models.selling.promotion_rows import save_promotion
from models.shop.basket import load_key
from models.shop.customers import set_customer
from models.trust.operation import new_uid
from models.trust.records import LinkUnknown, RecordInUse, RecordTaken
from models.trust.settings import change_settings
from tests.models.members.carded import person
from tests.models.members.pointed import buy, give_back, next_day, rule
from tests.models.members.test_points import ONE
from tests.models.worked import planting
from tests.stores import FIRST_DAY, Shop, sound, yuan
from tui.people.people_listing import LISTING as PEOPLE_LISTING


def level(shop: Shop, name: str, rank: int, **more: Any) -> PersonChoice:
    found = save_choice(shop.owner, None, kind=LEVEL, name=name, uid=new_uid())
    save_level_rule(shop.owner, None, level=found.key, rank=rank, uid=new_uid(), **more)
    return found


def level_of(whose: Person) -> str:
    found = Person.get_by_id(whose.key).level
    return found.name if found else ""


@pytest.mark.row("MKT-17", "MKT-20")
def test_who_reaches_a_level_has_it_for_its_time(open_till: Shop) -> None:
    """Silver from 500 or five visits, gold from 2000 in twelve months. Up at the close, down a year
    later; a return counts; what he had before is kept.
    """
    level(open_till, "银卡", 1, spent=yuan("500"), visits=5)
    gold = level(open_till, "金卡", 2, spent=yuan("2000"))
    wang, lee, zhao = (person(open_till, name) for name in ("王芳", "李雷", "赵云"))
    buy(open_till, wang, "600")
    first = buy(open_till, wang, "1400")
    buy(open_till, lee, "499.99")
    assert level_of(wang) == ""
    next_day(open_till, date(2026, 3, 3))
    assert [level_of(one) for one in (wang, lee, zhao)] == ["金卡", "", ""]
    give_back(open_till, first, {1: ONE})
    buy(open_till, lee, "0.01")
    next_day(open_till, date(2026, 3, 4))
    # What he had for a year does not fall with a return.
    assert [level_of(one) for one in (wang, lee)] == ["金卡", "银卡"]
    assert did_of(wang.key, FIRST_DAY) == (FIRST_DAY, 0, 0, 0)
    # Somebody gives gold by hand: kept as if it were graded, and found at the next look.
    zhao = Person.get_by_id(zhao.key)
    save_person(open_till.owner, zhao.key, version=zhao.version, level=gold.key, uid=new_uid())
    buy(open_till, zhao, "1")
    days = [date(2026, month, 1) for month in range(4, 13)] + [
        date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 2), date(2027, 3, 3), date(2027, 3, 4),
    ]  # fmt: skip
    for day in days[:-1]:
        next_day(open_till, day)
    assert [level_of(one) for one in (wang, lee, zhao)] == ["", "银卡", "金卡"]
    buy(open_till, wang, "500")
    next_day(open_till, days[-1])
    assert [level_of(one) for one in (wang, lee)] == ["银卡", ""]
    kept = [(str(step.day), step.name, step.why, str(step.spent)) for step in steps_of(wang.key)]
    assert kept == [
        ("2027-03-03", "银卡", GRADED, "500.00"), ("2027-03-02", "", GRADED, "0.00"),
        ("2026-03-02", "金卡", GRADED, "2000.00"),
    ]  # fmt: skip
    assert [step.why for step in steps_of(zhao.key)] == [BY_HAND]
    sound()
    with planting():
        database.execute_sql('UPDATE "level_step" SET "spent" = "spent" + 1')
        assert {found.code for found in proof.verify()} >= {"LevelWrong"}


@pytest.mark.row("MKT-17", "MKT-20")
def test_a_changed_rule_grades_all_again_in_blocks(open_till: Shop) -> None:
    silver = level(open_till, "银卡", 1, points=100)
    people = [person(open_till, f"客{n}") for n in range(3)]
    rule(open_till)
    for whose, spent in zip(people, ("50", "100", "150"), strict=True):
        buy(open_till, whose, spent)
    next_day(open_till, date(2026, 3, 3))
    assert [level_of(one) for one in people] == ["", "银卡", "银卡"]
    found = LevelRule.get(LevelRule.level == silver)
    with pytest.raises(LevelRuleWrong):
        save_level_rule(
            open_till.owner, found.key, version=found.version, level=silver.key, uid=new_uid()
        )
    with pytest.raises(RecordTaken):
        level(open_till, "铜卡", 1, visits=1)
    with pytest.raises(LinkUnknown):
        of_status = PersonChoice.get(PersonChoice.kind == "status")
        save_level_rule(open_till.owner, None, level=of_status.key, visits=1, uid=new_uid())
    save_level_rule(
        open_till.owner, found.key, version=found.version, level=silver.key, points=50,
        uid=new_uid(),
    )  # fmt: skip
    change_settings(open_till.owner, {"members.level_months": 0}, uid=new_uid())
    after = grade_block(open_till.owner, 0, uid=new_uid())
    assert after == 0
    assert [level_of(one) for one in people] == ["银卡", "银卡", "银卡"]
    found = LevelRule.get_by_id(found.key)
    assert reaches(found, (FIRST_DAY, 0, 0, 50)) and not reaches(found, (FIRST_DAY, 9999, 99, 49))
    switch_level_rule(open_till.owner, found.key, version=found.version, uid=new_uid())
    grade_block(open_till.owner, 0, uid=new_uid())
    assert level_of(people[0]) == "银卡"


@pytest.mark.row("MKT-17", "MKT-04")
def test_a_member_taken_off_the_bill_takes_his_price_and_discount_along(open_till: Shop) -> None:
    """Gold has price 2 and ten per cent off the rest."""
    gold = level(open_till, "金卡", 1, spent=yuan("1"))
    water: Goods = open_till.goods("1001")
    save_goods(
        open_till.owner, water.key, version=water.version, code="1001", name=water.name,
        price=yuan("2.00"), price2=yuan("1.50"), uid=new_uid(),
    )  # fmt: skip
    for name, what in (
        ("金卡价", {"kind": "of list", "price_list": "price2"}),
        ("金卡九折", {"kind": "percent", "rate": Rate.percent("10")}),
    ):  # fmt: skip
        save_promotion(open_till.owner, None, name=name, level=gold.key, uid=new_uid(), **what)
    wang = person(open_till, level=gold.key)
    bill = open_till.bill("1001", "1002", session=open_till.owner)
    assert str(bill.amount_due) == "5.50"
    set_customer(open_till.owner, bill, wang.key)
    # 1.50 of the list, and 3.50 less 0.35.
    assert str(load_key(bill.draft).amount_due) == str(bill.amount_due) == "4.65"
    set_customer(open_till.owner, bill, None)
    assert str(load_key(bill.draft).amount_due) == str(bill.amount_due) == "5.50"


@pytest.mark.row("MKT-27")
def test_a_club_has_its_members_their_offer_and_who_left_it(open_till: Shop) -> None:
    """A club of customers with a circle below it: who joins stands in its list and pays its price,
    who leaves does neither; a club with members is not dissolved by mistake.
    """
    club = save_group(open_till.owner, None, name="会员俱乐部", uid=new_uid())
    circle = save_group(open_till.owner, None, name="养发会", parent=club.key, uid=new_uid())
    member = save_choice(open_till.owner, None, kind=LEVEL, name="会员", uid=new_uid())
    save_promotion(
        open_till.owner, None, name="会员九折", level=member.key, kind="percent",
        rate=Rate.percent("10"), uid=new_uid(),
    )  # fmt: skip
    joined: dict[str, Any] = {"level": member.key, "may_write": True}
    wang = person(open_till, group=club.key, **joined)
    lee = person(open_till, "李雷", group=circle.key, **joined)
    person(open_till, "路人")

    def of_club() -> list[str]:
        view = View(conditions=(Condition("group", "in", (club.key, circle.key)),))
        page = listing_pages.page(open_till.owner, PEOPLE_LISTING, view, None).lines
        return [line.values["name"] for line in page]

    def pays(whose: Person) -> str:
        bill = open_till.bill("1002", session=open_till.owner)
        set_customer(open_till.owner, bill, whose.key)
        return str(bill.amount_due)

    assert (of_club(), pays(wang), pays(lee)) == (["李雷", "王芳"], "3.15", "3.15")
    save_person(
        open_till.owner, lee.key, version=lee.version, group=None, level=None, uid=new_uid()
    )
    assert (of_club(), pays(wang), pays(lee)) == (["王芳"], "3.15", "3.50")
    with pytest.raises(RecordInUse):
        drop_group(open_till.owner, club.key, version=club.version, uid=new_uid())
    drop_group(open_till.owner, circle.key, version=circle.version, uid=new_uid())
