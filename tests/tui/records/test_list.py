"""The one list, through the keys that a person presses."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from models.goods.goods import Unit
from models.trust.audit import Audit
from tests.tui.records.conftest import Start
from tests.tui.records.harness import HOSTILE
from tui.records import bulk, refreshing
from tui.widgets.line_list import LineList


async def test_goods_open_with_their_categories(at: Start) -> None:
    async with at("goods") as person:
        shown = await person.see("1001", "矿泉水", "15 rows", "饮料")
        assert "A [/oops] B" in shown
        assert "\x1b" not in shown


@pytest.mark.row("UIX-01", "UIX-16")
async def test_pick_a_column_and_give_a_value(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("ctrl+f")
        await person.see("Filter: which column?")
        await person.type("Sale price")
        await person.press("enter")
        await person.see("Filter: Sale price")
        await person.type("2.5..3")
        await person.press("enter")
        shown = await person.see("10 rows", "Sale price from 2.50", "Sale price up to 3.00")
        assert "A [/oops] B" in shown and "25.00" not in shown
        await person.press("f12", "f12")
        await person.see("15 rows", "All records")


@pytest.mark.row("UIX-01", "UIX-16")
async def test_typing_finds_by_name_code_and_initials(at: Start) -> None:
    async with at("users", lang="zh") as person:
        await person.see("李经理")
        await person.type("张收")
        await person.see("李经理", gone=True)
        await person.see("共 1 条", "张收银")
        await person.press("f12")
        await person.type("clerk")
        await person.see("赵库管", "共 1 条")


async def test_a_value_that_fits_no_column_is_told(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("ctrl+f")
        await person.type("Sale price")
        await person.press("enter")
        await person.see("Filter: Sale price")
        await person.type("abc")
        await person.press("enter")
        await person.see("cannot be “abc”", "2.. from")
        assert "an amount, such as 12.50" in person.alarm


async def test_filters_are_kept_under_a_name(at: Start) -> None:
    async with at("users") as person:
        await person.see("5 rows")
        await person.press("ctrl+f")
        await person.type("Name")
        await person.press("enter")
        await person.type("经理")
        await person.press("enter")
        await person.see("1 row", "Full name has 经理")
        await person.press("f6", "down", "enter")
        await person.see("Name of the filter")
        await person.type("bosses")
        await person.press("enter")
        await person.press("f12")
        await person.see("5 rows")
        await person.press("f6")
        await person.see("bosses")
        await person.press("down", "enter")
        await person.see("1 row", "Full name has 经理")


@pytest.mark.row("UIX-02", "UIX-05")
async def test_date_window_with_its_switch(at: Start) -> None:
    async with at("audit") as person:
        await person.see("2026-03-02")
        await person.press("f5")
        shown = await person.see("Which dates?", "This month", "[ ] First day")
        assert "2026-03-01" in shown
        # The first day counts only when it is switched on.
        await person.press(*["down"] * 6)
        await person.type("0303")
        await person.press("enter")
        await person.see("[x] First day", "2026-03-03", "[ ] Last day")
        await person.press("enter")
        await person.see("since 2026-03-03", "0 rows")
        await person.press("f5")
        await person.see("[x] First day")
        await person.press("space", "enter")
        await person.see("All records")
        await person.press("f5", "1")
        await person.see("2026-03-02", "by Time")
        assert "0 rows" not in person.text()


@pytest.mark.row("UIX-03")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_export_what_is_shown(at: Start, tmp_path: Path, kind: str) -> None:
    async with at("goods") as person:
        person.app.export_folder = tmp_path
        await person.see("15 rows")
        await person.press("tab")
        await person.type("330")
        await person.see("1 row")
        await person.press("ctrl+e", "2" if kind == "csv" else "1")
        await person.see("Write to which file?")
        await person.press("enter")
        await person.see("Home", gone=True)
        path = await written(person, tmp_path, kind)
        rows = read_rows(path)
        assert rows[0][:2] == ["Code", "Name"]
        assert rows[1][:2] == ["H009", "可口可乐 330ml"]
        assert len(rows) == 2
        row = await person.do(last_audit, "record_export")
        assert row.detail["rows"] == 1


async def written(person: object, folder: Path, kind: str) -> Path:
    import asyncio

    for _ in range(100):
        if found := [each for each in folder.glob(f"*.{kind}") if not each.name.startswith(".")]:
            return found[0]
        await asyncio.sleep(0.02)
    raise AssertionError(f"nothing was written: {person.alarm}")  # type: ignore[attr-defined]


def read_rows(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    from openpyxl import load_workbook

    sheet = load_workbook(path).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


def last_audit(verb: str) -> Audit:
    return Audit.select().where(Audit.verb == verb).order_by(Audit.seq.desc()).get()


async def test_an_export_that_cannot_be_written_is_told(at: Start, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    async with at("goods") as person:
        person.app.export_folder = tmp_path / "a file"
        await person.see("15 rows")
        await person.press("ctrl+e", "2")
        await person.see("Write to which file?")
        await person.press("enter")
        await person.see("cannot be used")
    assert [each.name for each in tmp_path.iterdir()] == ["a file"]


async def test_a_formula_is_exported_as_text(at: Start, tmp_path: Path) -> None:
    async with at("goods") as person:
        person.app.export_folder = tmp_path
        await person.see("15 rows")
        await person.press("ctrl+e", "2")
        await person.see("Write to which file?")
        await person.press("enter")
        rows = read_rows(await written(person, tmp_path, "csv"))
        assert ["H004", "'=HYPERLINK(1)"] in [row[:2] for row in rows]
        assert len(rows) == 16


@pytest.mark.row("UIX-04")
async def test_a_page_is_seen_set_up_and_written(at: Start, tmp_path: Path) -> None:
    """All rows, or those that are marked; some of the columns; as text."""
    async with at("departments") as person:
        person.app.export_folder = tmp_path
        await person.see("7 rows")
        await person.press("*", "ctrl+y")
        await person.see("Which rows?", "The marked rows: 1")
        await person.press("enter", "*", "1", "f12")
        await person.see("As text", "-----")
        await person.press("enter", "enter")
        page = (await written(person, tmp_path, "txt")).read_text(encoding="utf-8").splitlines()
        assert len(page) == 3 and page[0].split() == ["Name", "In", "use"]
        next(tmp_path.glob("*.txt")).unlink()
        await person.press("ctrl+y", "2")
        await person.see("As text", "Sort order")
        await person.press("enter", "enter")
        page = (await written(person, tmp_path, "txt")).read_text(encoding="utf-8").splitlines()
        assert page[0].split() == ["Sort", "order", "Name", "In", "use"]
        assert any("A [/oops] B" in line for line in page)
        assert not any("\x1b" in line for line in page)


@pytest.mark.row("UIX-17")
async def test_marked_rows_change_in_one_field_after_a_preview(at: Start) -> None:
    async with at("companies") as person:
        await person.see("6 rows", "6000.00")
        await person.press("asterisk", "asterisk")
        await person.see("Marked: 2")
        await person.press("f9")
        await person.see("Change one field of 2 records")
        await person.type("Limit")
        await person.press("enter")
        await person.type("500")
        await person.press("enter")
        await person.see("2 records will change", "1000.00", "500.00")
        await person.press("enter")
        # Count and sums follow.
        await person.see("6 rows", "5000.00")
        row = await person.do(last_audit, "save_folio")
        assert row.detail["changes"]["limit"] == ["1000.00", "500.00"]


async def test_more_marks_than_one_change_may_have(
    at: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 3)
    async with at("companies") as person:
        await person.see("6 rows")
        await person.press("ctrl+a")
        await person.see("Marked: 6")
        await person.press("f9")
        await person.see("3", "6", "marked")
        assert "Change one field" not in person.text()


@pytest.mark.row("UIX-21")
async def test_a_record_must_be_chosen_before_it_is_changed(at: Start) -> None:
    async with at("suppliers") as person:
        await person.see("0 rows")
        await person.press("enter")
        await person.see("No record is chosen")
        # The strip lists only what works now; F1 also explains what needs a record.
        assert "F9Batch" not in await person.see("F2New", "There is nothing here yet.")
        await person.press("f12", "f1")
        await person.see("Opens the record under the cursor")


@pytest.mark.row("UIX-21", "STK-01")
async def test_new_goods_need_no_category_and_have_that_of_the_branch(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("f2")
        shown = await person.see("Goods", "New", "Bar codes")
        assert "饮料" not in shown
        await person.press("f3")
        await person.see("15 rows")
        await person.press("tab", "home", "down", "tab", "f2")
        assert "饮料" in await person.see("Goods", "New", "Bar codes")


@pytest.mark.row("STK-01")
async def test_categories_in_a_tree_beside_their_goods(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("tab", "down")
        await person.see("10 rows")
        await person.press("f2")
        await person.see("Categories", "Under")
        await person.press("enter")
        await person.type("茶")
        await person.press("f4")
        shown = await person.see("15 rows", gone=True) and await person.see("茶")
        assert "  茶" in shown
        # Move a product into it: F9 on the list side.
        await person.press("home", "tab")
        await person.see("15 rows")
        await person.type("H00")
        await person.see("10 rows")
        await person.press("f12")
        await person.see("15 rows")
        await person.press("f9")
        await person.type("Category")
        await person.press("enter")
        await person.see("Categories")
        await person.type("茶")
        await person.see("0101", gone=True)
        await person.press("enter")
        await person.see("1 record will change", "茶")
        await person.press("enter")
        await person.rest()
        await person.press("tab", "down", "down", "down")
        await person.see("1 row", "矿泉水", "Category is 茶")


async def test_the_totals_are_said_in_the_language_of_now(at: Start) -> None:
    async with at("units") as person:
        await person.see("6 rows")
        await person.press("ctrl+l")
        await person.see("共 6 条")
        await person.press("ctrl+l")
        await person.see("6 rows")


async def test_delete_asks_and_deletes(at: Start) -> None:
    async with at("units") as person:
        await person.see("6 rows")
        await person.press("delete")
        await person.see("Remove")
        await person.press("enter")
        await person.see("5 rows")
        assert not person.alarm


async def test_who_may_not_read_is_told_and_led_back(at: Start) -> None:
    async with at("audit", login="cashier") as person:
        await person.see("Home")
        assert "张收银 may not see this: the right “read audit” is missing." in person.alarm
        denied = await person.do(last_audit, "denied")
        assert denied.detail["what"] == "audit"


async def test_who_may_only_read_gets_no_keys_to_change(at: Start) -> None:
    for login, may_change in (("cashier", False), ("manager", True)):
        async with at("contacts", login=login) as person:
            assert ("F2New" in await person.see("0 rows")) == may_change


async def test_who_may_not_read_a_list_sees_nothing_of_it(at: Start) -> None:
    async with at("goods", login="cashier") as person:
        shown = await person.see("keep goods")
        assert "550ml" not in shown


@pytest.mark.parametrize("name", ["goods", "categories", "companies", "departments"])
async def test_hostile_names_in_every_list(at: Start, name: str) -> None:
    async with at(name, size=(132, 43)) as person:
        shown = await person.see("rows", HOSTILE[0])
        assert "\x1b" not in shown and "\u202e" not in shown
        await person.press("enter")
        await person.rest()
        assert "\x1b" not in person.text()


async def test_the_list_stays_at_the_record_that_was_saved(at: Start) -> None:
    async with at("departments") as person:
        await person.see("7 rows")
        await person.press("down", "down", "enter")
        await person.see("Sort order", "Name")
        await person.type("9")
        await person.press("f4")
        await person.see("7 rows")
        assert person.app.screen.lines.chosen.values["position"] == 9  # type: ignore[attr-defined]


def renamed(before: str, after: str) -> None:
    """At another counter."""
    assert Unit.update(name=after).where(Unit.name == before).execute() == 1


async def test_what_others_change_shows_at_f7_and_by_itself(
    at: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at("units") as person:
        await person.see("6 rows", "千克")
        await person.do(renamed, "千克", "公斤")
        await person.press("f7")
        await person.see("公斤", "6 rows")
        monkeypatch.setattr(refreshing, "REFRESH_S", 0.2)
    async with at("units") as person:
        await person.see("6 rows", "千克")
        await person.press("down", "down")
        before = person.text()
        await person.do(renamed, "千克", "千瓦")
        await person.see("千克", gone=True)
        assert person.text().replace("千瓦", "千克") == before, "the cursor stays where it is"


async def test_the_count_stands_while_the_same_rows_are_counted_again(
    at: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    show = LineList.totals

    def totals(lines: LineList, cells: Any) -> None:
        said.append(cells)
        show(lines, cells)

    async with at("units") as person:
        await person.see("6 rows")
        monkeypatch.setattr(LineList, "totals", totals)
        await person.press("f7")
        await person.see("6 rows")
        assert len(said) > 0 and None not in said
