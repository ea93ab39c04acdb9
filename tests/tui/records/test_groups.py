"""F8, the menu of every list; and a list by the values of a column, from groups to detail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.base import database, keys
from models.goods.goods import Category, Goods
from models.listings import listing_groups
from models.listings.listing_groups import GroupsTooMany, grouped, groups_of
from models.listings.listing_pages import page
from models.listings.listings import Condition, FieldHidden, View
from tests.stores import Shop, yuan
from tests.tui.records.conftest import Person, Start
from tests.tui.records.test_reports import report_of, sell_some
from tui import trades  # noqa: F401 - lists the rooms
from tui.records.groups import NothingToGroup, show_groups
from tui.records.listings import listing


def names(person: Person) -> list[tuple[Any, ...]]:
    """The rows of the list of groups."""
    return [tuple(map(str, row)) for row in person.app.screen.source.shown]  # type: ignore[attr-defined]


@pytest.mark.row("UIX-06")
async def test_the_menu_of_a_list_makes_changes_moves_filters_and_groups(at: Start) -> None:
    async with at("goods") as person:
        await person.see("1001", "15 rows")
        await person.press("f8")
        shown = await person.see("What shall be done?")
        rows = [line.split("│")[1].split() for line in shown.splitlines() if "│" in line]
        said = [" ".join(row).removeprefix("▶").strip() for row in rows if row]
        assert [each for each in said if each[:1].isdigit()] == [
            "1 Print labels", "2 Give a bar code of our own", "3 Price without tax",
            "4 New record F2", "5 Change the record Enter", "6 Remove, or switch off Delete",
            "7 Change its group: Category", "8 Filter by a column Ctrl+F",
            "9 Group by a column: counts and sums",
        ]  # fmt: skip
        # A number that is none of them does nothing; the group of two marked records is changed.
        await person.press("0", "f12", "asterisk", "asterisk", "f8", "7")
        await person.type("饮料")
        await person.press("enter")
        await person.see("Category: 2 records will change", "矿泉水", "可乐")
        await person.press("enter")
        await person.see("Changed: 2 records")
        moved = await person.do(
            lambda: [
                each.category.name for each in Goods.select().where(Goods.code << ["1001", "1002"])
            ]
        )
        assert moved == ["饮料", "饮料"]
        await person.press("f8", "4")
        await person.see("New")
        await person.press("f3", "f8", "5")
        await person.see("Bar codes")
        await person.press("f3", "f8", "6")
        await person.see("Remove 矿泉水?")
        await person.press("f12", "f8", "8")
        await person.see("Filter: which column?")
        await person.press("f12", "f8", "9")
        await person.type("Category")
        await person.press("enter")
        await person.see("grouped by Category", "Number of rows")
        assert names(person) == [("水", "10"), ("(blank)", "3"), ("饮料", "2")]
        # The rows of the smallest group, and back to where one was.
        await person.press("f4", "2", "enter", "f4", "2", "enter", "enter")
        await person.see("Category is 饮料", "矿泉水", "可乐", "2 rows")
        await person.press("f3")
        await person.see("grouped by Category", "▶饮料")
        await person.type("bla")
        await person.press("enter")
        await person.see("Category is", "3 rows")


@pytest.mark.row("UIX-06", "UIX-20")
async def test_bills_and_reports_by_a_column_with_their_sums(at: Start, tmp_path: Path) -> None:
    start = partial(at, prepared=sell_some, lang="zh")
    async with start("bills") as person:
        await person.see("共 3 条")
        for typed, group in (
            ("", ("张收银", "3", "17.40")),
            ("S01-000001", ("张收银", "1", "5.50")),
        ):
            await person.type(typed)
            await person.press("f8")
            await person.see("打开  Enter")
            await person.press("4")
            await person.type("收银员")
            await person.press("enter")
            await person.see("按收银员分组")
            assert names(person) == [group]
            await person.press("enter")
            await person.see("收银员为 张收银", f"共 {group[1]} 条", group[2])
            await person.press("f3", "f3")
            await person.see("销售单")
    async with start("sale-lines", screen=report_of, login="manager") as person:
        person.app.export_folder = tmp_path
        await person.see("矿泉水")
        await person.press("f8", "2")
        await person.type("品名")
        await person.press("enter")
        await person.see("按品名分组")
        assert [(row[0], row[1], row[-1]) for row in names(person)] == [
            ("矿泉水", "2", "4.00"), ("可乐", "1", "3.50"), ("苹果", "1", "9.90"),
        ]  # fmt: skip
        await person.press("enter")
        await person.see("品名为 矿泉水", "共 2 条", "4.00")


async def test_a_list_of_names_and_amounts_groups_by_nothing() -> None:
    screen: Any = SimpleNamespace(listing=SimpleNamespace(fields=()))
    with pytest.raises(NothingToGroup):
        await show_groups(screen)


def test_groups_are_counted_by_the_database(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """On both engines: exact values, blank ones, rights, a filter, and blocks put together."""
    of = listing("goods")
    monkeypatch.setattr("models.listings.listing_reader.BLOCK", 1)
    monkeypatch.setattr(listing_groups, "SLICE_S", -1)
    with database.transaction():
        first = Category.create(key=keys.new_key(), code="9", name="甲", pinyin="j")
        Goods.update(category=first.key, brand="aB").where(Goods.code << ["1001", "1002"]).execute()
        Goods.update(brand="Ab").where(Goods.code == "1003").execute()

    def counted(name: str, view: View) -> list[tuple[Any, int]]:
        so_far = None
        while so_far is None or so_far.resume is not None:
            so_far = grouped(shop.owner, of, view, name, after=so_far)
        return [(each.value, each.count) for each in groups_of(of, name, so_far)]

    by_category = counted("category", View())
    assert [(value and value.text, count) for value, count in by_category] == [(None, 3), ("甲", 2)]
    assert counted("brand", View()) == [("", 2), ("aB", 2), ("Ab", 1)]
    dear = View(conditions=(Condition("price", ">=", yuan("3.00").minor),))
    assert counted("brand", dear) == [("", 2), ("Ab", 1), ("aB", 1)]
    # The rows of a group are those that were counted: "aB" is not "Ab".
    only = View(conditions=(Condition("brand", "in", ("aB",)),), order="code")
    assert [line.values["code"] for line in page(shop.owner, of, only, None).lines] == [
        "1001",
        "1002",
    ]
    with pytest.raises(FieldHidden) as refused:
        grouped(shop.cashier, of.for_picking(), View(), "cost")
    assert refused.value.fields == {"field": "cost"}
    monkeypatch.setattr(listing_groups, "MOST", 2)
    with pytest.raises(GroupsTooMany):
        counted("code", View())
