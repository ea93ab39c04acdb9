"""Records of people: what is stored of them, who may see and change it, and how they are found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.ledger.proving.proof import verify
from models.listings import listing_pages
from models.listings.listings import Condition, View
from models.people import contacts, lists
from models.people.finding import find_people
from models.people.lists import GroupLoop, PersonChoice, PersonGroup, save_choice, save_group
from models.people.persons import CHOICE_FIELDS, Person
from models.people.records import record_view, save_person, switch_person
from models.people.rules import BirthdayWrong, PaperWrong, PersonTwice, PhoneWrong, TagsWrong
from models.people.twins import pairs, twins_of
from models.trust.audit import Audit
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.records import (
    LinkUnknown,
    NameMissing,
    RecordChanged,
    RecordInUse,
    RecordTaken,
    TextTooLong,
)
from models.trust.sealed import Sealed
from tests.stores import Shop
from tui.people.people_listing import LISTING

PHONE, OTHER_PHONE = "13812345678", "02168881234"
ID_CARD = "11010119900307002X"


def person(shop: Shop, name: str = "王芳", *, by: Session | None = None, **values: Any) -> Person:
    for field in ("phone", "phone2", "phone3", "paper_number"):
        if isinstance(values.get(field), str):
            values[field] = Sealed(values[field])
    return save_person(by or shop.owner, None, name=name, **values, uid=new_uid())


def change(shop: Shop, found: Person, *, by: Session | None = None, **values: Any) -> Person:
    version = Person.get_by_id(found.key).version
    return save_person(by or shop.owner, found.key, version=version, **values, uid=new_uid())


@pytest.mark.row("CUS-01", "CUS-02", "CUS-33")
def test_a_record_holds_what_was_typed_and_is_changed_by_version(shop: Shop) -> None:
    made = person(shop, phone=PHONE, address="南京路 1 号", email="f@x.cn")
    found = Person.get_by_id(made.key)
    assert (found.name, found.phone.text, found.address) == ("王芳", PHONE, "南京路 1 号")
    assert (found.pinyin, found.full_pinyin, found.number) == ("wf", "wang fang", "1000001")
    change(shop, found, name="王小芳")
    now = Person.get_by_id(made.key)
    assert (now.name, now.pinyin, now.full_pinyin) == ("王小芳", "wxf", "wang xiao fang")
    assert (now.address, now.phone.text) == ("南京路 1 号", PHONE)
    with pytest.raises(RecordChanged):
        save_person(shop.owner, made.key, version=1, name="x", uid=new_uid())
    assert not verify()


def test_surnames_are_read_as_surnames_and_own_initials_stay(shop: Shop) -> None:
    assert person(shop, "单雪").pinyin == "sx"
    assert person(shop, "单雪商行", kind="company").pinyin == "dxsh"
    own = person(shop, "王五", pinyin="LW")
    assert own.pinyin == "lw"
    assert change(shop, own, name="王六").pinyin == "lw"
    assert change(shop, own, pinyin="").pinyin == "wl"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"name": "王" * 61}, TextTooLong),
        ({"phone": Sealed("138****5678")}, PhoneWrong),
        ({"phone": Sealed("1234")}, PhoneWrong),
        ({"phone2": Sealed("123456789012345678901")}, PhoneWrong),
        ({"phone": Sealed("call me")}, PhoneWrong),
        ({"paper": "id card", "paper_number": Sealed("110101199003070021")}, PaperWrong),
        ({"paper": "id card", "paper_number": Sealed("110101199013070020")}, PaperWrong),
        ({"paper": "passport", "paper_number": Sealed("E1")}, PaperWrong),
        ({"paper_number": Sealed("110***********002X")}, PaperWrong),
        ({"birthday": date(2026, 3, 3)}, BirthdayWrong),
        ({"birthday": date(1879, 3, 3)}, BirthdayWrong),
        ({"tags": "x" * 21}, TagsWrong),
        ({"tags": " ".join("abcdefghijklmnopqrstu")}, TagsWrong),
        ({"category": 4711}, LinkUnknown),
        ({"group": 4711}, LinkUnknown),
    ],
)
def test_values_are_looked_at(shop: Shop, values: dict[str, Any], refusal: type) -> None:
    with pytest.raises(refusal):
        save_person(shop.owner, None, **{"name": "王芳"} | values, uid=new_uid())
    assert not Person.select().exists()


def test_an_entry_of_another_list_is_refused(shop: Shop) -> None:
    level = PersonChoice.get(PersonChoice.kind == lists.LEVEL)
    with pytest.raises(LinkUnknown):
        person(shop, category=level.key)
    assert person(shop, level=level.key).level.name == "A"


def test_papers_are_stored_in_one_way(shop: Shop) -> None:
    found = person(shop, paper="id card", paper_number="110101 19900307 002x")
    assert found.paper_number.text == ID_CARD
    assert person(shop, "李四", paper_number="e-1234567").paper == "other"
    emptied = change(shop, found, paper_number=Sealed(""))
    assert (emptied.paper, emptied.paper_hash) == ("", None)
    assert not verify()


@pytest.mark.row("CUS-09")
def test_tags_are_added_and_taken_off(shop: Shop) -> None:
    found = person(shop, tags="老客，VIP、VIP")
    assert found.tags == "老客 VIP"
    assert change(shop, found, tags="+常来 -VIP").tags == "老客 常来"
    assert change(shop, found, tags="新").tags == "新"
    assert change(shop, found, name="王二").tags == "新"


@pytest.mark.row("CUS-16")
def test_personal_facts_need_their_right(shop: Shop) -> None:
    for values in ({"family": "二女"}, {"birthday": date(1990, 3, 7)}, {"health": "青霉素过敏"}):
        with pytest.raises(NeedsOverride):
            person(shop, by=shop.cashier, **values)
    made = person(shop, family="二女", birthday=date(1990, 3, 7), likes="靠窗", income="中")
    # Left as they are, they hinder nobody.
    change(shop, made, by=shop.cashier, name="王芳芳")
    with pytest.raises(NeedsOverride):
        change(shop, made, by=shop.cashier, income="")
    now = Person.get_by_id(made.key)
    assert (now.family, now.income, now.name) == ("二女", "中", "王芳芳")


@pytest.mark.row("CUS-43")
def test_what_a_customer_needs_is_kept_and_found_by(shop: Shop) -> None:
    person(shop, "乙", wants="低糖")
    said: dict[str, Any] = {
        "wants": "低糖、小包装",
        "product_kinds": "饼干",
        "product_used": "外地牌子",
    }
    made = Person.get_by_id(person(shop, "甲", **said).key)
    assert {name: getattr(made, name) for name in said} == said
    where = (Condition("product_kinds", "has", "饼干"),)
    (line,) = listing_pages.page(shop.cashier, LISTING, View(conditions=where), None).lines
    assert line.values["name"] == "甲"


@pytest.mark.row("CUS-27")
def test_changing_and_removing_people_and_contacts_are_rights_apart(shop: Shop) -> None:
    company = person(shop, "望江餐饮", kind="company")
    made = person(shop, by=shop.cashier)
    with pytest.raises(NeedsOverride):
        switch_person(shop.cashier, made.key, version=made.version, uid=new_uid())
    line: dict[str, Any] = {"company": company.key, "person": made.key, "title": "采购"}
    with pytest.raises(NeedsOverride):
        contacts.save_contact(shop.cashier, None, **line, uid=new_uid())
    with pytest.raises(NeedsOverride):
        change(shop, company, by=shop.cashier, contacts=[line])
    row = contacts.save_contact(shop.manager, None, **line, uid=new_uid())
    shop.give(shop.owner, "收银员", keep_contacts=None)
    change(shop, company, by=shop.cashier, contacts=[line | {"title": "经理"}])
    with pytest.raises(NeedsOverride):
        change(shop, company, by=shop.cashier, contacts=[])
    with pytest.raises(NeedsOverride):
        contacts.drop_contact(shop.cashier, row.key, version=2, uid=new_uid())
    contacts.drop_contact(shop.manager, row.key, version=2, uid=new_uid())
    assert contacts.contacts_of(company.key) == []
    with pytest.raises(NeedsOverride):
        person(shop, by=shop.who("auditor"))


@pytest.mark.row("CUS-12")
def test_a_company_has_several_contacts_one_of_them_first(shop: Shop) -> None:
    company = person(shop, "望江餐饮", kind="company")
    one, two = person(shop, "王芳"), person(shop, "李四")
    said = [{"person": one.key, "title": "采购", "is_main": True}, {"person": two.key}]
    change(shop, company, contacts=said)
    contacts.save_contact(
        shop.owner, None, company=company.key, person=two.key, title="经理", is_main=True,
        uid=new_uid(),
    )  # fmt: skip
    told = [(line["person"][1], line["title"], line["is_main"])
            for line in contacts.contacts_of(company.key)]  # fmt: skip
    assert told == [("李四", "经理", True), ("王芳", "采购", False)]
    with pytest.raises(contacts.ContactOfItself):
        change(shop, company, contacts=[{"person": company.key}])
    with pytest.raises(LinkUnknown):
        contacts.save_contact(shop.owner, None, company=company.key, person=4711, uid=new_uid())
    change(shop, company, contacts=[said[0]])
    assert len(contacts.contacts_of(company.key)) == 1
    assert not verify()


@pytest.mark.row("CUS-03")
def test_a_removed_record_is_found_no_longer_and_comes_back(shop: Shop) -> None:
    made = person(shop, phone=PHONE)
    off = switch_person(shop.owner, made.key, version=1, uid=new_uid())
    assert find_people("5678") == []
    assert find_people("5678", with_switched_off=True) == [made.key]
    with pytest.raises(RecordChanged):
        switch_person(shop.owner, made.key, version=1, uid=new_uid())
    switch_person(shop.owner, made.key, version=off.version, uid=new_uid())
    assert find_people("5678") == [made.key]


@pytest.mark.row("CUS-28")
@pytest.mark.parametrize(
    "typed",
    ["1000001", "5678", "45678", PHONE, "+86 138 1234 5678", "1234", "68881234", ID_CARD,
     ID_CARD.lower(), "芳", "王芳", "wf", "wangf", "ＷＦ"],
)  # fmt: skip
def test_people_are_found(shop: Shop, typed: str) -> None:
    made = person(shop, phone=PHONE, phone2=OTHER_PHONE, paper="id card", paper_number=ID_CARD)
    person(shop, "李四", phone="13999990000")
    assert find_people(typed) == [made.key]


@pytest.mark.parametrize("typed", ["", "567", "91234567", "99999999", "zz", "11010119900307"])
def test_who_was_not_meant_is_not_found(shop: Shop, typed: str) -> None:
    person(shop, phone=PHONE, phone2=OTHER_PHONE, paper="id card", paper_number=ID_CARD)
    assert find_people(typed) == []


def test_numbers_are_drawn_and_unique(shop: Shop) -> None:
    person(shop, "甲", number="1000001")
    assert person(shop, "乙").number == "1000002"
    with pytest.raises(RecordTaken):
        person(shop, "丙", number="1000002")
    made = person(shop, "丙", number="V 8")
    with pytest.raises(RecordTaken):
        change(shop, made, number="1000001")
    assert change(shop, made, number="V 8").number == "V 8"


@pytest.mark.row("CUS-06")
def test_twins_are_told_and_the_sure_ones_refused(shop: Shop) -> None:
    made = person(shop, phone=PHONE, paper="id card", paper_number=ID_CARD)
    person(shop, "李四", phone=PHONE)
    told = twins_of({"name": "王芳", "phone": PHONE, "paper_number": ID_CARD})
    assert [(one.name, one.whys, one.is_sure) for one in told] == [
        ("王芳", ("paper", "phone", "name"), True), ("李四", ("phone",), False),
    ]  # fmt: skip
    assert twins_of({"name": "王芳", "phone": PHONE}, besides=made.key)[0].name == "李四"
    for field, typed in (("phone", PHONE), ("phone2", "+86" + PHONE)):
        with pytest.raises(PersonTwice):
            person(shop, **{field: typed})  # type: ignore[arg-type]
    with pytest.raises(PersonTwice):
        person(shop, "赵六", paper="id card", paper_number=ID_CARD)
    meant = person(shop, phone=PHONE, is_twin_meant=True)
    # Who was taken on purpose is changed without being asked again.
    change(shop, meant, notes="同名")
    assert {(pair.one, pair.other) for pair in pairs("name")} == {(made.key, meant.key)}
    assert len(pairs("phone")) == 2
    assert pairs("paper") == []
    assert pairs("name", after=made.key) == []


@pytest.mark.row("CUS-08", "CUS-22")
@pytest.mark.parametrize("field", list(CHOICE_FIELDS))
def test_each_list_sorts_people_and_is_what_they_are_filtered_by(shop: Shop, field: str) -> None:
    made = save_choice(shop.owner, None, kind=CHOICE_FIELDS[field], name="本店的", uid=new_uid())
    person(shop, "甲", kind="company", **{field: made.key})
    person(shop, "乙", kind="company")
    person(shop, "丙", **{field: made.key})
    where = Condition(field, "=", made.key), Condition("kind", "=", "company")
    (line,) = listing_pages.page(shop.cashier, LISTING, View(conditions=where), None).lines
    assert line.values["name"] == "甲"


@pytest.mark.row("CUS-08")
def test_a_store_begins_with_the_categories_of_the_trade(shop: Shop) -> None:
    rows = PersonChoice.select().where(PersonChoice.kind == lists.CATEGORY)
    assert {row.name for row in rows} == {
        "VIP", "普通", "潜在", "贸易商", "生产厂",
    }  # fmt: skip


@pytest.mark.row("CUS-10", "CUS-22")
def test_lists_are_written_by_the_store_itself(shop: Shop) -> None:
    kinds = {row.kind for row in PersonChoice.select()}
    assert kinds == set(lists.LISTS)
    made = save_choice(shop.owner, None, kind=lists.LEVEL, name="钻石", uid=new_uid())
    assert made.pinyin == "zs"
    with pytest.raises(RecordTaken):
        save_choice(shop.owner, None, kind=lists.LEVEL, name="钻石", uid=new_uid())
    with pytest.raises(NameMissing):
        save_choice(shop.owner, None, kind=lists.LEVEL, name=" ", uid=new_uid())
    save_choice(shop.owner, None, kind=lists.STATUS, name="钻石", uid=new_uid())
    who = person(shop, level=made.key)
    with pytest.raises(RecordInUse):
        lists.drop_choice(shop.owner, made.key, version=1, uid=new_uid())
    again = save_choice(
        shop.owner, made.key, version=1, kind=lists.SOURCE, name="钻", uid=new_uid()
    )
    assert (again.kind, Person.get_by_id(who.key).level.name) == (lists.LEVEL, "钻")
    with pytest.raises(RecordChanged):
        lists.drop_choice(shop.owner, made.key, version=1, uid=new_uid())
    change(shop, who, level=None)
    lists.drop_choice(shop.owner, made.key, version=again.version, uid=new_uid())
    with pytest.raises(ValueError, match="no list"):
        save_choice(shop.owner, None, kind="no list", name="x", uid=new_uid())


@pytest.mark.row("CUS-07")
def test_groups_make_a_tree(shop: Shop) -> None:
    top = save_group(shop.owner, None, name="华东", uid=new_uid())
    below = save_group(shop.owner, None, name="上海", parent=top.key, uid=new_uid())
    with pytest.raises(RecordTaken):
        save_group(shop.owner, None, name="上海", parent=top.key, uid=new_uid())
    save_group(shop.owner, None, name="上海", uid=new_uid())
    with pytest.raises(GroupLoop):
        save_group(shop.owner, top.key, version=1, name="华东", parent=below.key, uid=new_uid())
    with pytest.raises(LinkUnknown):
        save_group(shop.owner, None, name="x", parent=4711, uid=new_uid())
    who = person(shop, group=below.key)
    for full in (top, below):
        with pytest.raises(RecordInUse):
            lists.drop_group(shop.owner, full.key, version=1, uid=new_uid())
    change(shop, who, group=top.key)
    lists.drop_group(shop.owner, below.key, version=1, uid=new_uid())
    with pytest.raises(RecordChanged):
        lists.drop_group(shop.owner, below.key, version=1, uid=new_uid())
    assert PersonGroup.select().count() == 2


def test_a_full_view_is_a_right_and_in_the_log(shop: Shop) -> None:
    made = person(shop, phone=PHONE)
    with pytest.raises(NeedsOverride):
        record_view(shop.cashier, made.key, "phone", uid=new_uid())
    record_view(shop.manager, made.key, "phone", uid=new_uid())
    row = Audit.select().order_by(Audit.seq.desc()).first()
    assert (row.verb, row.detail["person"], row.detail["seen"]) == ("record_view", "王芳", "phone")
    assert row.detail["what"].startswith("138****5678 ")
    with pytest.raises(RecordChanged):
        record_view(shop.manager, 4711, "phone", uid=new_uid())
