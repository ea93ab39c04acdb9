"""The search index of people: whatever changes a record, it is found by what it is called now, and
`verify`, which recounts the index, has nothing to say.
"""

from __future__ import annotations

import pytest

from models.base import database
from models.imports import imports
from models.ledger.proving.proof import verify
from models.people.finding import find_people
from models.people.index import PEOPLE_INDEX
from models.people.merging import undo_merge
from models.people.persons import Person
from models.people.records import switch_person
from models.search.waiting import wait_no_longer
from models.trust.operation import new_uid
from tests.models.people.test_merging import merge
from tests.models.people.test_people import change, person
from tests.models.people.test_people_import import run, sheet, undo
from tests.models.worked import planting
from tests.stores import Shop

pytestmark = pytest.mark.row("CUS-28")
HEADS = ("客户编号", "客户名称", "手机")


def names(typed: str, **more: bool) -> list[str]:
    return [Person.get_by_id(key).name for key in find_people(typed, **more)]


def test_a_person_is_found_by_any_part_of_his_names(shop: Shop) -> None:
    person(shop, "单雪梅", other_name="Anna Shan")
    person(shop, "望江餐饮有限公司", kind="company")
    for typed in ("雪梅", "sxm", "xm", "shanxue", "xuemei", "anna", "shan anna"):
        assert names(typed) == ["单雪梅"], typed
    for typed in ("餐饮", "wjcy", "canyin", "公司 望江"):
        assert names(typed) == ["望江餐饮有限公司"], typed
    for typed in ("%", "_", "王", "雪餐"):
        assert names(typed) == [], typed


def test_the_index_follows_a_record(shop: Shop) -> None:
    one, other = person(shop, "王芳"), person(shop, "李梅")
    change(shop, one, name="赵芳")
    assert (names("王芳"), names("赵芳")) == ([], ["赵芳"])
    done = merge(shop, one, other)
    assert names("李梅") == ["赵芳"] and not verify()
    switched = switch_person(
        shop.owner, one.key, version=Person.get_by_id(one.key).version, uid=new_uid()
    )
    assert (names("赵芳"), names("赵芳", with_switched_off=True)) == ([], ["赵芳"])
    assert not verify()
    switch_person(shop.owner, one.key, version=switched.version, uid=new_uid())
    undo_merge(shop.owner, done.key, uid=new_uid())
    assert (names("李梅"), names("赵芳")) == (["李梅"], ["赵芳"])
    assert not verify()


def test_the_index_follows_an_import_and_its_undoing(shop: Shop) -> None:
    run(shop, sheet(shop, [("V1", "王芳", ""), ("V2", "李梅", ""), ("V3", "陈静", "")], HEADS))
    assert names("lm") == ["李梅"]
    run(shop, sheet(shop, [("V1", "周芳", ""), ("V4", "吴磊", "")], HEADS))
    assert (names("王芳"), names("zhoufang"), names("wl")) == ([], ["周芳"], ["吴磊"])
    assert not verify()
    # One that somebody changed stays, and is found.
    change(shop, Person.get(Person.number == "V4"), city="杭州")
    undo(shop)
    assert (names("王芳"), names("周芳"), names("wl")) == (["王芳"], [], ["吴磊"])
    assert not verify()


def test_who_stays_is_found_whatever_waited(shop: Shop) -> None:
    """Another counter, opened while an import is undone, takes what waits for indexed."""
    done = run(shop, sheet(shop, [("V1", "吴磊", "")], HEADS))
    found = Person.get(Person.number == "V1")
    change(shop, found, city="杭州")
    assert done.run is not None
    for step in imports.undo_import(shop.owner, done.run):
        if not step.is_done and not step.undone:
            with database.transaction():
                wait_no_longer(PEOPLE_INDEX, [found.key])
    assert names("wl") == ["吴磊"] and not verify()


def test_a_row_that_is_wrong_or_lacking_is_named(shop: Shop) -> None:
    person(shop, "王芳")
    for fault, code in (
        ('DELETE FROM "gram" WHERE "kind" = 2 AND "gram" = \'王芳\'', "SearchIndexLacks"),
        ('UPDATE "person" SET "name" = \'李梅\'', "SearchIndexWrong"),
    ):
        with planting() as plant:
            plant(fault)
            assert code in {found.code for found in verify()}
