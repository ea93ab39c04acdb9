"""The key map: what it refuses, and what is made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.selling.items import CodeUnknown
from tests.trades import COMMANDS, ENTRIES
from tui.desk import words
from tui.desk.gate.key_names import (
    EDITING,
    KeyMapRefusal,
    full_name,
    key_of,
    read_key,
    short_name,
)
from tui.desk.keys import KeyMap, scopes

ARRIVES = {f"f{n}" for n in range(1, 13)} | EDITING | {"escape", "pageup", "pagedown"}


@pytest.mark.parametrize("name", ["deskbell", "chinese"])
def test_the_shipped_maps_have_no_clash_and_only_keys_that_arrive(name: str) -> None:
    for row in KeyMap.shipped(name).commands.values():
        for key in row.keys:
            assert key in ARRIVES or len(key) == 1 or key.startswith("ctrl+"), row
            assert key not in {"ctrl+q", "ctrl+s", "ctrl+z", "ctrl+c", "ctrl+b"}


def test_every_command_has_a_second_way() -> None:
    """A number in the menu, or a place in a map of its own among keys that never fail."""
    keymap = KeyMap.shipped()
    for kind in {where for row in COMMANDS for where in row.where}:
        numbers = [row.menu for row in keymap.on(kind) if row.menu]
        assert len(numbers) == len(set(numbers)), kind
    pay = keymap.numbered("selling", 117)
    assert pay is not None
    assert pay.id == "pay"
    for row in COMMANDS:
        safe = [key for key in row.keys if key not in {"f1", "f10", "f11"}]
        assert row.menu or safe or row.id == "help", row.id


def test_a_number_means_one_thing() -> None:
    """Two digits open an entry of the main menu, three that begin with 3 one of the store room,
    with 4 one of the salon and of the gateway, and with 7 one of the front desk, which have more
    than ten; other three do what a key does.
    """
    entries = {entry.number for entry in ENTRIES}
    assert all(n < 100 or 300 <= n < 370 or 400 <= n < 480 or 700 <= n < 720 for n in entries)
    keys = {row.menu for row in COMMANDS if row.menu}
    assert min(keys) >= 100 and not keys & entries


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"pay": "F5"}, ["KeyTakenTwice", "F5", "hold_bill", "pay"]),
        ({"pay": "F1"}, ["KeyTakenTwice", "F1", "help"]),
        ({"hold_bill": "F10"}, ["KeyTakenTwice", "F10", "menu"]),
        ({"payy": "F9"}, ["KeyCommandMisspelt", "payy", "pay"]),
        ({"xyz": "F9"}, ["KeyCommandUnknown", "xyz"]),
        ({"pay": "Alt+P"}, ["KeyNotSent", "Alt+P"]),
        ({"pay": "Ctrl+B"}, ["KeyNotSent", "Ctrl+B"]),
        ({"cancel": "F2 Ctrl+W"}, ["KeyMustStay", "cancel", "F12"]),
        ({"menu": "F10"}, ["SecondKeyMissing", "menu"]),
    ],
)
def test_a_map_that_cannot_work_is_refused_by_name(rows: dict[str, str], words: list[str]) -> None:
    with pytest.raises(KeyMapRefusal) as refused:
        KeyMap.shipped().changed(rows)
    told = f"{refused.value.code} {refused.value.fields}"
    assert all(one in told for one in words), told


def test_keys_are_read_as_people_write_them() -> None:
    assert read_key("f9") == read_key(" F9 ") == "f9"
    assert read_key("Ctrl+G") == read_key("^g") == "ctrl+g"
    assert read_key("Del") == "delete"
    assert read_key("*") == "*"
    assert full_name("ctrl+g") == "Ctrl+G"
    assert short_name("ctrl+g") == "^G"
    assert key_of("asterisk", "*") == "*"
    assert key_of("ctrl+l", "\x0c") == "ctrl+l"


def test_a_sign_is_a_command_only_on_an_empty_entry() -> None:
    keymap = KeyMap.shipped()
    found = keymap.find("selling", "*")
    assert found is not None
    assert found.id == "quantity"
    assert keymap.find("selling", "*", is_blank=False) is None
    assert keymap.find("selling", "f9", is_blank=False) is not None


def test_a_question_shuts_out_all_but_help_back_and_language() -> None:
    keymap = KeyMap.shipped()
    for kind in ("panel", "question"):
        assert keymap.find(kind, "f9") is None
        assert keymap.find(kind, "f3") is None
        assert keymap.find(kind, "f12") is not None
    assert scopes("selling") == ("selling", "everywhere", "anywhere")


def test_a_changed_map_moves_the_key() -> None:
    keymap = KeyMap.shipped().changed({"pay": "F9 Ctrl+A", "one_less": "", "reopen_sale": ""})
    assert keymap.find("selling", "ctrl+a") is keymap.commands["pay"]
    assert keymap.find("selling", "-") is None
    assert keymap.find("selling", "+") is None


def test_the_chinese_till_map() -> None:
    keymap = KeyMap.shipped("chinese")
    for key, command in (("f12", "find_goods"), ("f10", "bill_discount"), ("f8", "fetch_bill")):
        found = keymap.find("selling", key)
        assert found is not None
        assert found.id == command


def test_texts_name_the_keys_of_this_counters_map() -> None:
    """Under the till's map F12 finds goods and Esc takes back: no text may say otherwise."""
    said = {
        "zh": "没有符合条件的记录。按 Esc 收回条件。",
        "en": "Nothing fits. Esc takes back what was asked for.",
    }
    try:
        words.move_keys(KeyMap.shipped("chinese").moved())
        for lang, text in said.items():
            words.speak(lang)  # type: ignore[arg-type]
            assert words.t("Nothing fits. F12 takes back what was asked for.") == text
        assert words.keyed("F1 F10") == "F1 F11"
        # What people wrote keeps its letters, and what is in another text is named once.
        assert "F12" in words.t("Saved: {name}", name="F12 螺丝") and words.t("F12") == "F12"
        inner = words.t("Nothing fits. F12 takes back what was asked for.")
        assert words.t("{name}: {what}", name="F10", what=inner) == f"F10: {inner}"
        told = words.refusal_told(CodeUnknown(code="F12"))
        assert "F12" in told and told == words.t("refusal.CodeUnknown", code="F12")
        words.move_keys(KeyMap.shipped().moved())
        assert words.keyed("F12 F10") == "F12 F10"
    finally:
        words.move_keys({})
        words.speak("zh")


def test_screens_say_refusals_with_the_keys_of_this_counter(root: Path) -> None:
    """All in one place, where keys are named before what people wrote comes in."""
    saying = {
        path.relative_to(root / "tui").as_posix()
        for path in (root / "tui").rglob("*.py")
        if "refusal_text(" in path.read_text(encoding="utf-8")
    }
    assert {name for name in saying if not name.startswith("commands/")} == {"desk/words.py"}
