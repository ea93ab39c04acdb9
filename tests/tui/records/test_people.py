"""People at the screen: found, typed, merged, looked at whole, removed."""

from __future__ import annotations

from typing import Any

import pytest

from models.people.contacts import Contact, save_contact
from models.people.lists import PersonGroup
from models.people.persons import Person as Record
from models.people.records import save_person
from models.trust.audit import Audit
from models.trust.operation import Session, new_uid
from models.trust.sealed import Sealed
from models.trust.users import User
from tests.tui.records.conftest import Person, Start
from tests.tui.records.harness import fill
from tui.desk.words import t
from tui.people.people_listing import LISTING as PEOPLE
from tui.records.picker import Picker


def named(name: str) -> Record:
    return Record.get(Record.name == name)


def last_audit() -> Audit:
    return Audit.select().order_by(Audit.seq.desc()).first()


def add(session: Session, name: str, **values: Any) -> Record:
    return save_person(session, None, name=name, **values, uid=new_uid())


async def fill_in(person: Person, label: str, text: str) -> None:
    """Go to the box with this label, and type."""
    sheet = person.app.screen.sheet  # type: ignore[attr-defined]
    place = next(n for n, spot in enumerate(sheet.spots) if t(spot.field.label) == label)
    while sheet.at != place:
        await person.press("tab" if sheet.at < place else "shift+tab")
    await person.type(text)


@pytest.mark.row("CUS-01", "CUS-07", "UIX-10")
async def test_people_stand_beside_their_groups_with_what_belongs_to_them(at: Start) -> None:
    async with at("people") as person:
        session: Any = person.app.session
        company, who = await person.do(named, "望江餐饮有限公司"), await person.do(named, "王芳")
        line: dict[str, Any] = {"company": company.key, "person": who.key, "title": "采购"}
        await person.do(save_contact, session, None, **line, uid=new_uid())
        shown = await person.see("11 rows", "华东", "上海", "138****0008")
        assert "13800000008" not in shown and "王芳 采购" not in shown
        # What belongs to the record under the cursor stands below the list.
        await person.type("望江")
        await person.see("1 row", "Contact", "王芳 采购")
        await person.press("f12")
        await person.see("11 rows")
        await person.press("tab", "down", "down")
        shown = await person.see("5 rows", "王芳")
        assert "单雪梅" not in shown


@pytest.mark.row("CUS-28")
@pytest.mark.parametrize(
    ("typed", "name"),
    [("0009", "单雪梅"), ("sxm", "单雪梅"), ("shanxue", "单雪梅"), ("餐饮", "望江餐饮")],
)
async def test_people_are_found_while_typing(at: Start, typed: str, name: str) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.type(typed)
        await person.see("1 row", name)


@pytest.mark.row("CUS-06", "CUS-01")
async def test_who_is_there_already_is_told_while_typing_and_asked_at_saving(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.press("f2")
        await person.see("People New")
        await fill_in(person, "Name", "王芳")
        await person.see("There already:", "王芳 138****0008", "(Name)")
        await fill_in(person, "Phone", "13800000008")
        await person.see("(Phone, Name)")
        await person.press("f9")
        await person.see("Save it all the same?", "138****0008")
        await person.press("f12")
        assert await person.do(lambda: Record.select().where(Record.name == "王芳").count()) == 1
        await fill_in(person, "Name", "王芳芳")
        await person.press("f9")
        await person.see("People 王芳芳", "138****0008")
        made = await person.do(named, "王芳芳")
        assert made.phone.text == "13800000008"


@pytest.mark.row("CUS-02", "CUS-33")
async def test_a_hidden_number_stays_unless_it_is_typed_whole(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.type("单雪梅")
        await person.see("1 row")
        await person.press("enter")
        await person.see("138****0009")
        await fill_in(person, "City", "杭州")
        await person.press("f9")
        await person.see("Saved: 单雪梅")
        assert (await person.do(named, "单雪梅")).phone.text == "13800000009"
        await fill_in(person, "Phone", "138****0001")
        await person.press("enter")
        await person.see("no whole phone number")
        await person.press(*["backspace"] * 11)
        await fill_in(person, "Phone", "13911112222")
        await person.press("f9")
        await person.see("139****2222")
        found = await person.do(named, "单雪梅")
        assert (found.phone.text, found.city) == ("13911112222", "杭州")


@pytest.mark.row("CUS-16")
async def test_personal_facts_are_not_on_the_form_of_who_may_not_see_them(at: Start) -> None:
    for login, is_seen in (("owner", True), ("cashier", False)):
        async with at("people", login=login, size=(80, 60)) as person:
            await person.see("11 rows")
            await person.press("f2")
            shown = await person.see("People New", "Wants")
            assert ("Health" in shown, "Birthday" in shown) == (is_seen, is_seen)
            await fill_in(person, "Name", "李四")
            await person.press("f9")
            await person.see("People 李四")


async def test_a_whole_number_is_shown_and_written_down(at: Start) -> None:
    async with at("people", login="manager") as person:
        await person.see("11 rows")
        await person.type("王芳")
        await person.see("1 row")
        await person.press("f8")
        await person.type("2")
        await person.see("13800000008")
        row = await person.do(last_audit)
        assert (row.verb, row.detail["seen"]) == ("record_view", "phone")
        assert "13800000008" not in str(row.detail)


@pytest.mark.row("CUS-06")
async def test_two_records_are_merged_and_taken_apart(at: Start) -> None:
    async with at("people") as person:
        session: Any = person.app.session
        await person.do(add, session, "王小芳", phone=Sealed("13911112222"))
        await person.see("11 rows")
        await person.type("王芳")
        await person.see("1 row")
        await person.press("f8")
        await person.type("3")
        await person.see("Choose")
        await person.type("王小芳")
        await person.see("139****2222")
        await person.press("enter")
        await person.see("Merge", "into", "王小芳", "139****2222")
        await person.press("enter")
        await person.see("Merged: 王小芳 is 王芳 now.")
        await person.press("f12")
        await person.type("王小芳")
        await person.see("1 row", "王芳", "138****0008")
        await person.press("f8")
        await person.type("4")
        await person.see("Take which record out again?", "王小芳")
        await person.press("enter")
        await person.see("王小芳 is a record of its own again.")
        assert (await person.do(named, "王芳")).phone2.text == ""


@pytest.mark.row("CUS-06")
async def test_twins_are_looked_for(at: Start) -> None:
    async with at("people") as person:
        session: Any = person.app.session
        await person.see("11 rows")
        await person.press("f8")
        await person.type("5")
        await person.see("No two records are alike.")
        await person.do(add, session, "王芳", city="北京")
        await person.press("f8")
        await person.type("5")
        await person.see("Which two are one?", "王芳", "same name")
        await person.press("enter")
        await person.see("Merge", "into")
        await person.press("enter")
        await person.see("No two records are alike.")


@pytest.mark.row("CUS-03", "CUS-04")
async def test_several_are_removed_and_changed_at_once(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.press("down", "down", "down", "down", "down")
        await person.type("*")
        await person.see("Marked: 1")
        await person.press("down")
        await person.type("*")
        await person.see("Marked: 2")
        await person.press("f9")
        await person.type("Tags")
        await person.press("enter")
        await person.type("+常来")
        await person.press("enter")
        await person.see("will change")
        await person.press("enter")
        await person.see("Changed: 2 records")
        assert (await person.do(named, "单雪梅")).tags == "老客 VIP 常来"


async def mark_two(person: Person) -> None:
    await person.press("down")
    await person.type("**")
    await person.see("Marked: 2")


@pytest.mark.row("CUS-03")
async def test_marked_people_are_removed_together(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await mark_two(person)
        await person.press("delete")
        await person.see("Switch 2 records off?")
        await person.press("enter")
        await person.see("Changed: 2 records")
        off = await person.do(lambda: Record.select().where(~Record.is_active).count())
        assert off == 2


@pytest.mark.row("CUS-12", "UIX-18")
async def test_a_company_is_looked_at_whole_with_its_contacts(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.type("望江")
        await person.see("1 row")
        await person.press("enter")
        await person.see("望江餐饮有限公司")
        await person.press("f5")
        await person.see("Position")
        await person.type("王芳")
        await person.press("enter")
        await person.type("采购")
        await person.press("f4")
        await person.see("Contact", "王芳 采购")
        row = await person.do(Contact.get)
        assert (row.title, row.is_main) == ("采购", False)


def a_contact() -> None:
    fill()
    owner = Session(User.get(User.login == "owner").key, 1)
    save_contact(
        owner, None, company=named("望江餐饮有限公司").key, person=named("王芳").key, title="采购",
        uid=new_uid(),
    )  # fmt: skip


@pytest.mark.row("CUS-13", "CUS-34")
async def test_the_address_book_finds_who_speaks_for_a_company_and_his_phone(at: Start) -> None:
    async with at("contacts", prepared=a_contact) as person:
        shown = await person.see("1 row", "望江餐饮有限公司", "王芳", "采购", "138****0008")
        assert "13800000008" not in shown
        await person.type("0008")
        await person.see("1 row", "王芳")
        await person.press("f8")
        await person.type("1")
        await person.see("13800000008")
        row = await person.do(last_audit)
        assert (row.verb, row.detail["person"]) == ("record_view", "王芳")


@pytest.mark.row("CUS-22")
@pytest.mark.parametrize("name", ["person_level", "person_source", "person_company_type"])
async def test_each_list_is_a_book_of_its_own(at: Start, name: str) -> None:
    async with at(name) as person:
        await person.press("f2")
        await person.type("钻石")
        await person.press("f4")
        await person.see("钻石", "Saved: 钻石")


@pytest.mark.row("CUS-42", "CUS-09")
async def test_a_segment_by_rules_is_saved_and_taken_up_again(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.press("ctrl+f")
        await person.type("Tags")
        await person.press("enter")
        await person.type("VIP")
        await person.press("enter")
        await person.see("10 rows", "Tags has VIP")
        await person.press("ctrl+f")
        await person.type("Name")
        await person.press("enter")
        await person.type("雪")
        await person.press("enter")
        await person.see("1 row", "Name has 雪", "单雪梅")
        await person.press("f6", "down", "enter")
        await person.see("Name of the filter")
        await person.type("VIP X")
        await person.press("enter")
        await person.press("f12", "f12")
        await person.see("11 rows")
        await person.press("f6")
        await person.see("VIP X")
        await person.press("down", "enter")
        await person.see("1 row", "Tags has VIP", "Name has 雪", "单雪梅")


@pytest.mark.row("CUS-07")
async def test_groups_are_written_beside_the_people_who_are_moved_between_them(at: Start) -> None:
    async with at("people") as person:
        await person.see("11 rows")
        await person.press("tab", "f2")
        await person.see("Name")
        await person.type("华北")
        await person.press("f4")
        await person.see("华北", "0 rows")
        await person.press("up", "up", "up")
        await person.see("11 rows")
        await person.press("tab")
        await mark_two(person)
        await person.press("f9")
        await person.type("Group")
        await person.press("enter")
        await person.type("华北")
        await person.press("enter")
        await person.see("will change")
        await person.press("enter")
        await person.see("Changed: 2 records")
        group = await person.do(PersonGroup.get, PersonGroup.name == "华北")
        moved = await person.do(lambda: Record.select().where(Record.group == group).count())
        assert moved == 2
        # A group with people in it stays.
        await person.press("tab", "down", "down", "down")
        await person.see("2 rows")
        await person.press("delete")
        await person.see("Remove 华北?")
        await person.press("enter")
        assert "华北 is in use" in person.alarm


async def test_enter_alone_chooses_nobody_where_it_must_be_said_who(at: Start) -> None:
    async with at("people") as person:
        for keys, chosen in (((), None), (("down", "up"), "=HYPERLINK(1)"), (("wf",), "王芳")):
            answers: list[Any] = []

            async def picks(answers: list[Any] = answers) -> None:
                panel = Picker(PEOPLE, title="Whose?", is_undecided=True)
                answers.append(await person.app.ask(panel))

            person.app.jobs.start(picks)
            await person.see("Whose?", "王芳")
            for key in keys:
                await (person.type(key) if key == "wf" else person.press(key))
            await person.press("enter")
            if chosen is None:
                assert "Type the end of a phone" in person.alarm and not answers
                # The first F12 puts away what was told.
                await person.press("f12", "f12")
            await person.see("Whose?", gone=True)
            assert [one and one.text for one in answers] == [chosen]
