"""The first page of the manual for the front desk, followed key by key at a real terminal, in both
languages: every key and entry that the page names is pressed, and its pictures are there.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from receipts.words import Language
from tests.tui.commands.test_start_page import Reader, closes_the_shift

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(300)]

PICTURE = re.compile(r"!\[[^]]+\]\(\.\./pictures/([^)]+)\)")
# A room of the rack: number, letters of its state, and nobody on his way.
READY = re.compile(r"\b(\d{3}) VC(?= +\d{3} |\s*$| {3})", re.MULTILINE)


def opens_the_shift(reader: Reader) -> None:
    """Section 2."""
    reader.see("Your number", timeout_s=40)
    reader.put("3")
    reader.put("333333")
    reader.see("Room rack")
    reader.press("F3")
    reader.see("Home")
    reader.enter("70")
    reader.see("Ready")
    reader.press("F10")
    reader.put("96")
    reader.see("Open the shift")
    reader.press("F9")
    reader.see("Ready")


def looks_at_the_rack(reader: Reader) -> str:
    """Section 3; the number of a room that is ready."""
    shown = reader.text()
    for state in ("VC", "OD", "!"):
        assert reader.named(state) in shown
    return READY.findall(shown)[-1]


def has_a_reservation(reader: Reader) -> None:
    """Section 4."""
    reader.press("F9")
    reader.see("Who arrives?")
    reader.press("Enter", "回车")
    reader.see("Why this room")
    reader.put("11010519491231002X")
    reader.wait("1949-12-31")
    pays_a_deposit(reader, "300", boxes=6)


def pays_a_deposit(reader: Reader, amount: str, *, boxes: int) -> None:
    """So many boxes on; then everything is saved."""
    reader.calm()
    reader.key(*["tab"] * boxes)
    reader.calm()
    reader.type(reader.named(amount))
    reader.press("F4")
    reader.see("Room rack")
    reader.see_flat(reader.w("In the house: {guest}", guest=""))


def has_none(reader: Reader, room: str) -> None:
    """Section 5."""
    reader.type(room)
    reader.named("VC")
    reader.press("+")
    reader.see("Walk-in")
    reader.put("440308199901101512")
    reader.wait("1999-01-10")
    reader.calm()
    reader.type("Lee")
    pays_a_deposit(reader, "1000", boxes=10)


def is_charged(reader: Reader, room: str) -> None:
    """Section 6."""
    reader.type(room)
    reader.press("F2")
    asked = "{room} {guest}: which code? Enter lists them"
    reader.see_flat(reader.w(asked, room=room, guest="Lee"))
    reader.put("4000")
    reader.put("35")
    reader.enter()
    reader.calm()
    reader.type(room)
    reader.press("/")
    reader.wait("-965.00")
    reader.press("F3")
    reader.see("Ready")


def leaves(reader: Reader, room: str) -> None:
    """Section 7: the night is posted, and the rest of the deposit goes back in cash."""
    reader.type(room)
    reader.press("-")
    reader.see("To give back")
    reader.press("Enter", "回车")
    reader.see("Give back to {name}", name="Lee")
    reader.pump(0.3)
    reader.key("enter")
    reader.see("To settle")
    reader.pump(0.3)
    reader.key("enter")
    reader.wait(f"{room} VD")
    reader.calm()
    reader.press("F5")
    reader.wait(f"{room} VC")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_desk_is_followed_key_by_key(
    finished_demo: Path, tmp_path: Path, root: Path, lang: Language
) -> None:
    shutil.copytree(finished_demo, tmp_path / "deskbell" / "demo")
    text = (root / "docs" / lang / "desk.md").read_text(encoding="utf-8")
    pictures = PICTURE.findall(text)
    assert len(pictures) == 5 and all(f"-{lang}-" in name for name in pictures)
    assert all((root / "docs" / "pictures" / name).is_file() for name in pictures)
    reader = Reader(tmp_path, lang, text)
    with reader:
        opens_the_shift(reader)
        reader.section(3)
        room = looks_at_the_rack(reader)
        reader.section(4)
        has_a_reservation(reader)
        reader.section(5)
        has_none(reader, room)
        reader.section(6)
        is_charged(reader, room)
        reader.section(7)
        leaves(reader, room)
        reader.section(8)
        closes_the_shift(reader)
        reader.section(0)
