"""The one form, through the keys that a person presses."""

from __future__ import annotations

from typing import Any

import pytest

from models.base import database
from models.goods.goods import Barcode, Goods, Unit
from models.ledger.ways.tenders import Tender, save_tender
from models.trust.operation import Session, new_uid
from models.trust.staff import verbs_of
from models.trust.users import Department, Role, User
from tests.stores import yuan
from tests.tui.records.conftest import Person, Start


def goods_named(name: str) -> Goods:
    return Goods.get(Goods.name == name)


async def new_goods(person: Person) -> None:
    """The form of new goods, from the list, in the first category."""
    await person.see("15 rows")
    await person.press("tab", "down")
    await person.see("10 rows")
    await person.press("tab", "f2")
    await person.see("Goods New")


@pytest.mark.row("STK-02", "UIX-11", "UIX-09")
async def test_new_goods_with_bar_codes_numbered_and_saved(at: Start) -> None:
    async with at("goods", login="clerk") as person:
        await new_goods(person)
        await person.see("Blank: numbered automatically.")
        await person.press("enter")
        await person.type("雪碧 330ml")
        await person.press("f5")
        await person.see("Main")
        # Code, pieces, price of the pack, main; Enter behind the last begins another line.
        await person.type("6901111111118")
        await person.press("enter", "enter", "enter", "enter")
        await person.type("6902222222225")
        await person.press("enter")
        await person.type("24")
        await person.press("f9")
        await person.see("“Sale price” must be filled")
        await person.type("3.50")
        await person.press("f9")
        await person.see("Goods 雪碧 330ml")
        made = await person.do(goods_named, "雪碧 330ml")
        assert made.price == yuan("3.50") and made.pinyin == "xb" and made.code.isdigit()
        codes = await person.do(
            lambda: {
                row.code: str(row.pack) for row in Barcode.select().where(Barcode.goods == made)
            }
        )
        assert codes == {"6901111111118": "1", "6902222222225": "24"}
        await person.press("f3")
        await person.see("雪碧")


@pytest.mark.row("UIX-09", "STK-32")
async def test_save_and_new_then_save_and_close(at: Start) -> None:
    async with at("units") as person:
        await person.see("6 rows")
        await person.press("f2")
        await person.type("箱")
        await person.press("f8")
        await person.see("Units of measure New")
        assert person.app.screen.sheet.values["name"] == ""  # type: ignore[attr-defined]
        await person.type("米")
        await person.press("enter")
        await person.type("2")
        # Enter on the last field saves and closes.
        await person.press("enter")
        await person.see("8 rows", "箱", "米")
        assert (await person.do(Unit.get, Unit.name == "米")).decimals == 2


@pytest.mark.row("STK-02")
async def test_goods_are_changed_and_switched_off(at: Start) -> None:
    async with at("goods", login="clerk") as person:
        await person.see("15 rows")
        await person.type("1001")
        await person.see("1 row")
        await person.press("enter")
        await person.see("矿泉水", "Sale price")
        await person.press("enter")
        await person.type("泉水")
        await person.press("f4")
        await person.see("泉水")
        assert (await person.do(goods_named, "泉水")).code == "1001"
        await person.press("f12", "delete")
        await person.see("Remove 泉水?")
        await person.press("enter")
        await person.see("Remove 泉水", gone=True)
        # It has been in stock, so it stays in the books and is off sale.
        assert not (await person.do(goods_named, "泉水")).is_active


@pytest.mark.row("STK-02")
async def test_goods_never_used_are_deleted(at: Start) -> None:
    async with at("goods", login="clerk") as person:
        await person.see("15 rows")
        await person.type("H009")
        await person.see("1 row")
        await person.press("f12", "end", "delete")
        await person.see("Remove 可口可乐 330ml?")
        await person.press("enter")
        await person.see("14 rows")
        assert await person.do(lambda: Goods.get_or_none(Goods.code == "H009")) is None


@pytest.mark.row("UIX-12")
async def test_a_sign_that_cannot_stand_in_a_box_is_told_and_never_left_out(at: Start) -> None:
    """Left out, 3o0 would be 30."""
    async with at("units") as person:
        await person.see("6 rows")
        await person.press("f2", "tab", "3", "o")
        await person.see("Decimals: here stands a whole number, such as 12.")
        await person.press("0", "tab")
        await person.see("Decimals", "3o0")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        assert "3o0" in person.alarm and sheet.spot.field.name == "decimals"
        # What is refused is typed over: behind it a second try would be none.
        await person.press("2")
        assert sheet.value == "2"


@pytest.mark.row("UIX-12")
async def test_a_box_is_checked_when_it_is_left(at: Start) -> None:
    async with at("tenders") as person:
        await person.see("Cash")
        await person.press("f2", "enter", "enter")
        await person.see("“Chinese name” must be filled")
        await person.type("礼品卡")
        await person.press("enter", "enter")
        await person.type("no such kind")
        await person.press("enter")
        await person.see("has no choice “no such kind”")
        # F12 puts the refusal away, then takes back what was typed, not the form.
        await person.press("f12")
        assert not person.alarm
        await person.see("o such kind")
        await person.press("f12")
        await person.see("o such kind", gone=True)
        await person.see("礼品卡")
        await person.type("Voucher")
        await person.press("f9")
        await person.see("礼品卡", "Voucher")


async def test_what_an_operation_refuses_is_told_with_the_label_of_its_field(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("enter")
        await person.see("Pack size")
        for _ in range(20):
            if person.app.screen.sheet.spot.field.name == "price":  # type: ignore[attr-defined]
                break
            await person.press("tab")
        await person.type("-5")
        await person.press("tab", "f9")
        await person.see("Sale price is -5.00; it cannot be below zero")
        spot = person.app.screen.sheet.spot  # type: ignore[attr-defined]
        assert spot.field.name == "price", "the caret stands where it must be put right"


async def test_a_short_code_from_the_scanner_is_no_number_of_a_box(at: Start) -> None:
    async with at("goods") as person:
        await new_goods(person)
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        numbers = [spot for spot in sheet.spots if spot.field.is_number and spot.line is None]
        assert {spot.field.kind for spot in numbers} >= {"money", "number"}
        for spot in numbers:
            sheet.go(sheet.find(spot.field.name))
            before = sheet.value
            await person.scan_short("10001")
            assert "“10001” came from the scanner" in person.alarm, spot.field.name
            assert sheet.spot.field is spot.field and sheet.value == before
            await person.press("f12")
            await person.type("7")
            await person.press("enter")
            assert not person.alarm
        sheet.go(sheet.find("code"))
        await person.scan_short("10001")
        assert sheet.values["code"] == "10001", "a code is a code"


@pytest.mark.row("UIX-13")
async def test_of_many_choices_a_number_goes_to_its_row_and_both_digits_choose(at: Start) -> None:
    """Kinds of ways to pay are more than nine: `1` is the first, until another 1 follows."""
    async with at("tenders") as person:
        await person.see("Cash")
        await person.press("f2", "enter")
        await person.type("客房")
        await person.press("enter", "enter", "f7")
        await person.see("12 Stored value")
        await person.press("1")
        await person.see("▶  1 Cash")
        await person.press("3")
        await person.see("What it is*    Times paid ah")


@pytest.mark.row("UIX-13")
async def test_look_up_and_choose(at: Start) -> None:
    async with at("tenders") as person:
        await person.see("Cash")
        await person.press("f2", "enter")
        await person.type("礼品卡")
        await person.press("enter", "enter", "f7")
        await person.see("On account", "Wallet on a phone")
        await person.press("2")
        await person.see("Bank card")
        await person.press("f4")
        await person.see("礼品卡")
        made = await person.do(Tender.get, Tender.name_zh == "礼品卡")
        assert (made.number, made.kind, made.account_id) == (8, "card", 1012)


@pytest.mark.row("UIX-13")
async def test_a_new_record_from_the_look_up_is_chosen_at_once(at: Start) -> None:
    async with at("goods") as person:
        await new_goods(person)
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("unit"))
        await person.press("f7")
        await person.see("Units of measure")
        await person.press("f2")
        await person.see("Units of measure New")
        await person.type("桶")
        await person.press("f4")
        await person.see("Goods New", "桶")
        assert sheet.values["unit"].text == "桶"


async def test_typed_names_and_codes_find_the_linked_record(at: Start) -> None:
    async with at("goods") as person:
        await new_goods(person)
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("unit"))
        await person.type("千克")
        await person.press("enter")
        assert sheet.values["unit"].text == "千克"
        sheet.go(sheet.find("category"))
        await person.type("0101")
        await person.press("enter")
        assert sheet.values["category"].text == "水"


async def test_copy_from_the_last_entry_and_the_line_above(at: Start) -> None:
    async with at("departments") as person:
        await person.see("7 rows")
        await person.press("f2", "tab", "ctrl+e")
        await person.see("nothing to copy")
        await person.type("早班")
        await person.press("f8")
        await person.see("Departments New")
        await person.press("tab", "ctrl+e")
        await person.see("早班")


async def test_leaving_with_changes_is_asked(at: Start) -> None:
    async with at("departments") as person:
        await person.see("7 rows")
        await person.press("f2", "tab")
        await person.type("夜班")
        await person.press("f3")
        await person.see("There are changes that are not saved")
        await person.press("2")
        await person.see("夜班", "must be filled")
        await person.press("f3", "1")
        await person.see("8 rows", "夜班")
        await person.press("f2", "tab")
        await person.type("白班")
        await person.press("f3", "3")
        await person.see("8 rows")


async def test_no_save_is_offered_that_cannot_work(at: Start) -> None:
    """The name was taken out: leaving says so, and the digit of the save goes to the box."""
    async with at("departments") as person:
        await person.see("7 rows")
        await person.press("f2")
        await person.type("99")
        await person.press("f3")
        await person.see("There are changes that are not saved", "Put it right", "must be filled")
        await person.press("1")
        await person.see("Departments New", "must be filled")
        await person.press("f3", "3")
        await person.see("7 rows")


async def test_two_people_change_one_record_and_the_second_is_told(at: Start) -> None:
    async with at("tenders") as person:
        await person.see("支付宝")
        await person.press("down", "down", "down", "enter")
        await person.see("Ways to pay 支付宝")
        await person.do(other_person_renames)
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("needs_reference"))
        await person.press("y", "f9")
        await person.see("李经理 changed this record meanwhile, at till 2", "now Ant.")
        await person.press("enter")
        # His change is here now, mine on top of it; the next save keeps both.
        await person.see("Ant")
        await person.press("f9")
        await person.see("changed this record meanwhile", gone=True)
        row = await person.do(Tender.get, Tender.number == 4)
        assert (row.name_en, row.needs_reference) == ("Ant", True)


async def test_a_record_that_somebody_deleted_is_gone(at: Start) -> None:
    async with at("departments") as person:
        await person.see("7 rows")
        chosen = person.app.screen.chosen().key  # type: ignore[attr-defined]
        await person.do(other_person_deletes, chosen)
        await person.press("enter")
        await person.see("deleted")


def other_person_deletes(key: int) -> None:
    with database.transaction():
        Department.delete().where(Department.key == key).execute()


async def test_only_a_line_can_be_taken_out(at: Start) -> None:
    async with at("goods", login="clerk") as person:
        await new_goods(person)
        await person.press("f6")
        await person.see("line")
        assert "The cursor is not on a line." in person.alarm


def other_person_renames() -> None:
    row = Tender.get(Tender.number == 4)
    manager = Session(User.get(User.login == "manager").key, 2)
    save_tender(
        manager, row.key, version=row.version, number=4, name_zh=row.name_zh, name_en="Ant",
        kind=row.kind, uid=new_uid(),
    )  # fmt: skip


@pytest.mark.row("SYS-04")
async def test_rights_are_given_and_taken_with_limits(at: Start) -> None:
    async with at("roles") as person:
        await person.see("收银员")
        await person.type("收银员")
        await person.see("1 row")
        await person.press("enter")
        await person.see("Right", "Held", "At most")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        verbs = [line["verb"] for line in sheet.lines]
        sheet.go(sheet.find("most", verbs.index("give discount")))
        await person.type("5")
        await person.press("enter")
        sheet.go(sheet.find("held", verbs.index("open drawer")))
        await person.press("space")
        sheet.go(sheet.find("held", verbs.index("export")))
        await person.press("space", "f4")
        await person.see("7 rows", gone=True)
        role = await person.do(Role.get, Role.name == "收银员")
        held = await person.do(verbs_of, role.key)
        assert held["give discount"] == 5_000 and "open drawer" in held and "export" not in held


async def test_nobody_changes_the_rights_of_his_own_role(at: Start) -> None:
    async with at("roles", login="manager") as person:
        await person.see("收银员")
        await person.press("enter")
        await person.see("Only to be read.")


@pytest.mark.row("SYS-03")
async def test_a_new_operator_with_a_first_password(at: Start) -> None:
    async with at("users") as person:
        await person.see("5 rows")
        await person.press("f2")
        await person.type("105")
        await person.press("enter")
        await person.type("周新")
        await person.press("enter")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("department"))
        await person.type("总台")
        await person.press("enter")
        await person.type("收银员")
        await person.press("enter", "f9")
        await person.see("needs a first password")
        sheet.go(sheet.find("password"))
        await person.type("first secret 1")
        shown = person.text()
        assert "first secret" not in shown
        await person.press("f4")
        await person.see("6 rows", "周新")
        made = await person.do(User.get, User.login == "105")
        assert (
            made.must_change and made.pinyin == "zx" and made.password_hash.startswith("$argon2id")
        )


@pytest.mark.row("SYS-43")
async def test_departments_are_base_data(at: Start) -> None:
    async with at("departments", lang="zh") as person:
        await person.see("共 7 条")
        await person.press("f2")
        await person.type("3")
        await person.press("enter")
        await person.type("餐饮部")
        await person.press("enter", "enter")
        await person.see("共 8 条", "餐饮部")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_language_changes_in_the_middle_of_a_form(at: Start, lang: str) -> None:
    async with at("departments", lang=lang) as person:
        await person.see("总台")
        await person.press("f2", "tab")
        await person.type("夜")
        await person.press("ctrl+l")
        await person.see("夜", "Name*" if lang == "zh" else "名称*")


async def test_scan_goes_into_a_text_box_and_nowhere_else(at: Start) -> None:
    async with at("goods") as person:
        await new_goods(person)
        person.app.gate.scan_arrived("6903333333332")
        await person.rest()
        await person.see("6903333333332", "▶ Name")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("price"))
        person.app.gate.scan_arrived("6904444444449")
        await person.rest()
        await person.see("A code cannot stand in this field")
