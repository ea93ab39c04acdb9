"""The way from the menu to the records and back, in the real program."""

from __future__ import annotations

from typing import Any

import pytest

from models.trust.trades import TRADES
from receipts.words import Language
from tests.flows.till import Till
from tests.trades import ENTRIES
from tui.desk.menu import entries_for, menu_of
from tui.desk.trade_screens import SCREENS


@pytest.mark.row("UIX-14", "SYS-18")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_menus_in_layers_lead_to_the_basic_data(floor: Any, till: Any, lang: Language) -> None:
    desk: Till = till(floor(lang), lang=lang)
    desk.sign_in()
    # The store works as a shop.
    groups = menu_of(tuple(each.trade for each in SCREENS if each.trade not in ("hotel", "salon")))
    for group in groups:
        assert desk.w(group.label) in desk.text(), "every group is in sight"
    for group in groups:
        for entry in group.entries:
            assert desk.w(entry.label) in desk.text()
        desk.key("pagedown")
        desk.calm()
    desk.enter("53")
    desk.see("{count} rows", count="6")
    assert {"zh": "千克", "en": "kg"}[lang] in desk.text()
    desk.key("f3")
    desk.see("Basic data")
    desk.enter("61")
    desk.see("There is nothing here yet.")
    desk.key("f3")
    desk.see("Basic data")


@pytest.mark.row("SYS-19")
def test_file_edit_and_tools_menus_of_a_list(floor: Any, till: Any) -> None:
    desk: Till = till(floor("en"), lang="en")
    desk.sign_in()
    # The arrows come through all groups.
    for _ in range(90):
        if "Store settings" in desk.text():
            break
        desk.key("down")
        desk.calm()
    assert "Tools" in desk.text() and "Store settings" in desk.text()
    desk.enter("53")
    desk.see("{count} rows", count="6")
    desk.key("f10")
    desk.calm()
    shown = desk.text()
    for number, label in (("161", "Open"), ("162", "New"), ("163", "Remove"), ("166", "Filter")):
        assert number in shown and label in shown
    desk.type("174")
    desk.key("enter")
    desk.see("Export what the list shows")
    desk.key("f12")
    desk.calm()
    desk.key("f10")
    desk.calm()
    desk.type("162")
    desk.key("enter")
    desk.wait("Units of measure New")


@pytest.mark.row("UIX-15")
def test_a_menu_offers_what_the_person_may_do(floor: Any, till: Any) -> None:
    desk: Till = till(floor("en"), lang="en")
    desk.sign_in()
    assert "Basic data" in desk.text()
    # What destroys asks first, and names what it is about.
    desk.enter("53")
    desk.see("{count} rows", count="6")
    desk.key("delete")
    desk.wait("Remove bottle?")
    desk.key("f12")
    desk.wait("Remove bottle?", gone=True)
    desk.calm()
    desk.key("f3")
    desk.see("Basic data")
    desk.switch_user()
    assert "Counter" in desk.text() and "Basic data" not in desk.text()
    for _ in range(3):
        desk.key("pagedown")
        desk.calm()
        assert "Units of measure" not in desk.text() and "Roles and rights" not in desk.text()
    desk.enter("63")
    desk.wait("63 Roles and rights: the right")


def test_every_entry_has_a_number_of_its_own() -> None:
    numbers = [entry.number for entry in ENTRIES]
    assert len(numbers) == len(set(numbers))
    assert not [
        menu for menu in entries_for(None, tuple(TRADES)) for entry in menu.entries if entry.right
    ]
