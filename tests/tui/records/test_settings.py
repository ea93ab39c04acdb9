"""The store's settings: one form, checked as it is typed, and told when another was faster."""

from __future__ import annotations

from typing import Any

import pytest

from models.trust.operation import new_uid
from models.trust.settings import SETTINGS, change_settings
from receipts.terminal import cells
from receipts.words import LANGUAGES
from tests.tui.counters import owner
from tests.tui.records.conftest import Start
from tui.desk import words
from tui.records.forms.sheet_plan import Plan
from tui.records.values import shown


@pytest.mark.row("SYS-14", "SYS-17")
async def test_store_settings_in_one_form(at: Start) -> None:
    async with at("settings") as person:
        await person.see("Store name", "小铺", "To the smallest coin")
        await person.type("望江小铺")
        await person.press("enter")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("cash.step"))
        await person.press("space", "space")
        sheet.go(sheet.find("company.zone"))
        await person.type("Nowhere/Land")
        await person.press("enter")
        await person.see("Nowhere/Land", "Time zone")
        assert "Time zone" in person.alarm
        await person.press("f12", "f12")
        await person.type("Asia/Urumqi")
        await person.press("f9")
        await person.rest()
        values = await person.do(
            lambda: [SETTINGS[n].value() for n in ("company.name", "cash.step", "company.zone")]
        )
        assert values == ["望江小铺", 5, "Asia/Urumqi"]


async def test_two_people_change_the_settings_and_the_second_is_told(at: Start) -> None:
    async with at("settings") as person:
        await person.see("Store name", "小铺")
        await person.do(other_person_moves)
        await person.type("望江小铺")
        await person.press("f9")
        await person.see("Somebody else changed this record meanwhile", "Address: now 江边 2 号.")
        await person.press("enter", "f9")
        await person.rest()
        names = ("company.name", "company.address")
        values = await person.do(lambda: [SETTINGS[n].value() for n in names])
        assert values == ["望江小铺", "江边 2 号"]


def other_person_moves() -> None:
    change_settings(owner(), {"company.address": "江边 2 号"}, uid=new_uid())


async def test_a_scale_label_is_written_as_it_is_printed(at: Start) -> None:
    async with at("settings") as person:
        await person.see("Store name")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("goods.scale_labels"))
        await person.type("25IIIIIWWWWWC")
        await person.press("enter")
        await person.see("25IIIIIWWWWWC")
        assert "25IIIIIWW.WWWC" not in person.alarm and "25IIIIIWWWWWC" in person.alarm
        await person.press("f12", "f12")
        await person.type("25IIIIIWW.WWWC")
        await person.press("f9")
        await person.rest()
        assert await person.do(SETTINGS["goods.scale_labels"].value) == "25IIIIIWW.WWWC"


def test_every_setting_stands_in_the_form() -> None:
    import models.store  # noqa: F401
    from models.trust.settings import declared_settings
    from tui.office.settings_listing import FIELDS, HIDDEN

    assert {each.name for each in FIELDS} | set(HIDDEN) == set(declared_settings())


def test_no_setting_is_cut_where_there_is_room() -> None:
    """At 132 columns: 1000000 cents from which a card wants papers stood there as 10000…"""
    import models.store
    import tui.trades  # noqa: F401
    from tui.office.settings_listing import FIELDS

    assert models.store
    plan = Plan(FIELDS, width=130)
    boxes = {field.name: plan.box(field) for field in FIELDS}
    assert boxes["members.papers_from"] == boxes["members.no_cash_from"] == 12
    before = words.language()
    for language in LANGUAGES:
        words.speak(language)
        for field in FIELDS:
            values = [value for value, _ in field.choices] or [SETTINGS[field.name].default]
            widest = max(cells(shown(field, value)) for value in values)
            assert widest <= boxes[field.name], (language, field.name)
    words.speak(before)


async def test_settings_of_a_trade_show_where_the_store_works_in_it(at: Start) -> None:
    async with at("settings") as person:
        await person.see("Store name")
        assert "hotel.late_from" not in names_of(person)
        await person.do(lambda: change_settings(owner(), {"trade.hotel": True}, uid=new_uid()))
    async with at("settings") as person:
        await person.see("Store name")
        await person.do(lambda: change_settings(owner(), {"trade.hotel": True}, uid=new_uid()))
        await person.app.screen._open()  # type: ignore[attr-defined]
        assert "hotel.late_from" in names_of(person)


def names_of(person: Any) -> set[str]:
    return {field.name for field in person.app.screen.fields}
