"""Merging two records of one person, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.database import database
from models.ledger.proving.proof import verify
from models.people.contacts import save_contact
from models.people.finding import find_people
from models.people.lists import PersonChoice
from models.people.merging import (
    MergeWrong,
    PersonMerge,
    keys_of,
    merge_people,
    merges_of,
    root_of,
    undo_merge,
)
from models.people.persons import Person
from models.trust.operation import OPERATIONS, NeedsOverride, new_uid
from models.trust.records import RecordChanged
from models.trust.scopes import OutOfScope
from tests.models.people.test_people import ID_CARD, PHONE, change, person
from tests.stores import Shop

pytestmark = pytest.mark.row("CUS-06")


def merge(shop: Shop, kept: Person, gone: Person, **more: Any) -> PersonMerge:
    versions = [Person.get_by_id(each.key).version for each in (kept, gone)]
    return merge_people(
        more.get("by", shop.owner), kept.key, gone.key, kept_version=versions[0],
        gone_version=versions[1], uid=new_uid(),
    )  # fmt: skip


def contents(key: int) -> dict[str, Any]:
    """All that a record says, but when and how often it changed."""
    row = Person.get_by_id(key).__data__
    return {name: value for name, value in row.items() if name not in ("version", "changed_at")}


def test_the_one_that_stays_takes_what_it_lacks_and_gives_it_back(shop: Shop) -> None:
    level = PersonChoice.get(PersonChoice.kind == "level").key
    kept = person(shop, phone=PHONE, tags="老客", email="f@x.cn")
    gone = person(
        shop, "王小芳", phone="13999990000", phone2=PHONE, tags="VIP 老客", email="other@x.cn",
        paper="id card", paper_number=ID_CARD, level=level, likes="靠窗",
    )  # fmt: skip
    before = contents(kept.key), contents(gone.key)
    done = merge(shop, kept, gone)
    now = Person.get_by_id(kept.key)
    assert (now.phone.text, now.phone2.text, now.phone3.text) == (PHONE, "13999990000", "")
    assert (now.tags, now.email, now.level_id, now.likes) == ("老客 VIP", "f@x.cn", level, "靠窗")
    assert now.paper_number.text == ID_CARD
    for typed in ("王小芳", "wangxiaof", "0000", ID_CARD, gone.number, PHONE):
        assert find_people(typed) == [kept.key], typed
    assert not verify()

    undo_merge(shop.owner, done.key, uid=new_uid())
    assert (contents(kept.key), contents(gone.key)) == before
    assert find_people("王小芳") == [gone.key]
    assert not verify()
    with pytest.raises(MergeWrong):
        undo_merge(shop.owner, done.key, uid=new_uid())


def test_what_was_changed_since_stays_when_it_is_taken_back(shop: Shop) -> None:
    kept, gone = person(shop), person(shop, "王小芳", email="other@x.cn", city="上海")
    done = merge(shop, kept, gone)
    change(shop, kept, email="new@x.cn", tags="+新")
    undo_merge(shop.owner, done.key, uid=new_uid())
    now = Person.get_by_id(kept.key)
    assert (now.email, now.city, now.tags) == ("new@x.cn", "", "新")


def test_chains_have_one_end(shop: Shop) -> None:
    one, two, three = person(shop, "一"), person(shop, "二"), person(shop, "三")
    first = merge(shop, two, three)
    second = merge(shop, one, two)
    assert keys_of(one.key) == [one.key, two.key, three.key]
    assert root_of(three.key) == one.key
    assert find_people("三") == [one.key]
    for kept, gone in ((three, one), (one, three), (one, one), (one, two)):
        with pytest.raises(MergeWrong):
            merge(shop, kept, gone)
    assert [row.key for row in merges_of(one.key)] == [second.key]
    # In any order: each says of itself what it did.
    undo_merge(shop.owner, first.key, uid=new_uid())
    assert keys_of(one.key) == [one.key, two.key]
    undo_merge(shop.owner, second.key, uid=new_uid())
    assert [root_of(each.key) for each in (one, two, three)] == [one.key, two.key, three.key]
    assert not verify()


def test_merging_has_its_right_and_sees_the_newest(shop: Shop) -> None:
    kept, gone = person(shop), person(shop, "王小芳")
    with pytest.raises(NeedsOverride):
        merge(shop, kept, gone, by=shop.cashier)
    change(shop, gone, name="王芳芳")
    with pytest.raises(RecordChanged):
        merge_people(shop.owner, kept.key, gone.key, kept_version=1, gone_version=1, uid=new_uid())
    assert not PersonMerge.select().exists()


# Of these a record of somebody else is no part.
NO_PERSON = {"save_choice", "drop_choice", "save_group", "drop_group"}


@pytest.mark.row("CUS-26")
def test_whoever_is_somebody_elses_is_out_of_reach_of_every_operation(shop: Shop) -> None:
    own, theirs = person(shop), person(shop, "王小芳", responsible=shop.users["manager"])
    third = person(shop, "三")
    contact = save_contact(
        shop.owner, None, company=own.key, person=theirs.key, title="x", uid=new_uid()
    )
    done = merge(shop, third, theirs)
    again = person(shop, "四", responsible=shop.users["manager"])
    shop.give(
        shop.owner, "收银员", merge_people=None, keep_contacts=None, remove_contacts=None,
        see_private_numbers=None, remove_people=None,
    )  # fmt: skip
    seen = {"kept_version": Person.get_by_id(own.key).version, "gone_version": 1}
    tries: dict[str, Any] = {
        "save_person": {"key": again.key, "version": 1, "city": "x"},
        "switch_person": {"key": again.key, "version": 1},
        "record_view": {"key": again.key, "field": "phone"},
        "merge_people": dict(kept=own.key, gone=again.key, **seen),
        "undo_merge": {"merge": done.key},
        "save_contact": {"key": None, "company": own.key, "person": again.key},
        "drop_contact": {"key": contact.key, "version": contact.version},
    }
    here = {
        each.name: each
        for each in OPERATIONS.values()
        if each.__module__.startswith("models.people.") and each.name not in NO_PERSON
    }
    assert here.keys() == tries.keys()
    for name, work in here.items():
        with pytest.raises(OutOfScope):
            work(shop.cashier, **tries[name], uid=new_uid())


PLANTED = [
    ("SealedLost", 'UPDATE "person" SET "phone" = \'AAAA\''),
    ("PhonesUnfindable", 'DELETE FROM "person_phone"'),
    ("PhonesUnfindable", 'UPDATE "person_phone" SET "whole" = \'x\''),
    ("PhonesUnfindable", 'UPDATE "person_phone" SET "person" = 7'),
    ("PaperUnfindable", 'UPDATE "person" SET "paper_hash" = \'x\''),
    ("MergeBroken", 'UPDATE "person_merge" SET "state" = \'undone\''),
    ("MergeBroken", 'UPDATE "person" SET "merged_into_id" = NULL'),
    ("MergeBroken", 'UPDATE "person" SET "merged_into_id" = "key"'),
]


@pytest.mark.parametrize(("code", "statement"), PLANTED)
def test_planted_faults_are_named(shop: Shop, code: str, statement: str) -> None:
    merge(shop, person(shop, phone=PHONE), person(shop, "二", paper_number=ID_CARD))
    assert not verify()
    assert database.execute_sql(statement).rowcount
    assert code in {found.code for found in verify()}
