"""The first page of the manual, followed key by key at a real terminal, in both languages.

Every key and every entry that the page names is pressed as it stands there, and one that the page
names and nobody presses here fails: so neither page nor screen changes without the other.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from receipts.words import Language
from tests.flows.till import Till
from tests.terminal import Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(300)]

LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}
# What the page says to type, and the bold words that are keys.
TYPED = re.compile(r"`([^`\n]+)`|\b(F\d+|Delete|Ctrl\+\w)\b|\*\*(回车|Enter|[↑↓])\*\*")
# `deskbell --demo` at eight in the evening: a house closes no day before six.
AT_EIGHT = """
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from models.base import clock
from tui.commands.main import main
begun = datetime.now(UTC)
evening = begun.astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=20, minute=0)
with clock.use(lambda: datetime.now(UTC) + (evening - begun)):
    sys.exit(main(["--demo"]))
"""
KEY_NAMES = {"回车": "enter", "↓": "down", "↑": "up"}


def named_in(text: str) -> list[set[str]]:
    """What each section of the page names; the first one behind the title is read, not pressed."""
    parts = re.split(r"^## \d+\. .*$", text, flags=re.MULTILINE)
    return [{next(one for one in found if one) for found in TYPED.findall(part)} for part in parts]


class Reader(Till):
    """Somebody who reads the page and does what it says."""

    def __init__(self, share: Path, lang: Language, text: str) -> None:
        self.folder, self.lang, self.presses = share / "deskbell" / "demo", lang, 0
        self.wanted, self.at = named_in(text), 2
        self.used: set[str] = set()
        command = [sys.executable, "-c", AT_EIGHT]
        places = {"LANG": LOCALES[lang], "LC_ALL": LOCALES[lang], "XDG_DATA_HOME": str(share)}
        Terminal.__init__(self, command, env={**os.environ, **places})

    def section(self, number: int) -> None:
        """Turn the page; everything that the last section names was pressed."""
        left = self.wanted[self.at] - self.used
        assert not left, f"section {self.at} names what nobody pressed: {left}"
        self.at, self.used = number, set()

    def named(self, *names: str) -> str:
        """Which of these (one for each language) the section names."""
        found = [name for name in names if name in self.wanted[self.at]]
        assert found, f"section {self.at} does not name {names}"
        self.used.add(found[0])
        return found[0]

    def press(self, *names: str) -> None:
        """A key that the section names."""
        name = self.named(*names)
        self.pump(0.12)
        self.key(KEY_NAMES.get(name, name.casefold()))
        self.calm()

    def put(self, *names: str) -> None:
        """A text that the section names, and Enter."""
        self.enter(self.named(*names))
        self.calm()

    def rung(self, code: str, before: str = "") -> None:
        """A code of the demonstration's goods, after what the section names."""
        self.type((self.named(before) if before else "") + code)
        self.key("enter")
        self.calm()


def sells(reader: Reader) -> None:
    """Section 4: by letters, by number of pieces, by weight; each change of the table."""
    for _ in range(2):
        reader.press("F7")
        reader.see("Find goods: name, initials, or code")
        # Whole: what its first letters find first depends on what sold best.
        reader.type("旅行")
        reader.wait("旅行套装")
        reader.calm()
        reader.key("enter")
        reader.see("Find goods: name, initials, or code", gone=True)
    reader.rung("10021", "3*")
    reader.rung("10177", "1.284*")
    reader.wait("1.284")
    reader.rung("10034")
    reader.press("*")
    reader.enter("4")
    reader.calm()
    reader.press("-")
    reader.press("/")
    reader.put("9", "10")
    reader.see("For how many of the {count}? 1 is the last one", count=3)
    reader.key("enter")
    reader.calm()
    reader.press("F6")
    reader.put("-5")
    reader.wait("-5.00")
    reader.press("Delete")
    reader.press("F5")
    reader.see("Next customer, please.")
    reader.press("F8")
    # Another bill waits in the demonstration: the newest stands first.
    reader.key("enter")
    reader.wait("1.284")
    reader.calm()


def received(reader: Reader) -> None:
    """What is not cash is asked about once."""
    reader.wait("F12 " + reader.w("No"))
    reader.pump(0.3)
    reader.key("enter")
    reader.wait_paid()


def takes_the_money(reader: Reader) -> None:
    """Section 5: each way to pay."""
    reader.press("Enter", "回车")
    reader.see("Ways to pay")
    reader.type("60")
    reader.see("Change given")
    reader.key("enter")
    reader.wait_paid()
    for key in ("+", "F9"):
        reader.rung("10001")
        reader.press(key)
        reader.see("Ways to pay")
        reader.key("enter")
        reader.wait_paid()
    reader.rung("10001")
    reader.key("f9")
    reader.press("F2")
    reader.enter("012345")
    received(reader)
    for key in ("F4", "F5"):
        reader.rung("10001")
        reader.key("f9")
        reader.see("Ways to pay")
        reader.press(key)
        received(reader)
    reader.rung("5*10034")
    reader.key("f9")
    reader.see("Ways to pay")
    reader.type(reader.named("20"))
    reader.press("F2")
    reader.enter("012346")
    reader.wait("F12 " + reader.w("No"))
    reader.pump(0.3)
    reader.key("enter")
    reader.wait("012346")
    reader.calm()
    reader.named("F6")
    reader.key("enter")
    reader.wait_paid()
    assert list((reader.folder / reader.named("slips")).iterdir())


def closes_the_shift(reader: Reader) -> None:
    """Section 6: count, why it differs, and the Z."""
    reader.press("F3")
    reader.see("Home")
    reader.put("14")
    reader.see("Close the shift")
    reader.enter("3")
    reader.press("F9")
    reader.see("Why? ↑↓ chooses what happened.")
    reader.press("↓")
    reader.pump(0.2)
    reader.press("Enter", "回车")
    reader.see("Home")


def closes_the_day(reader: Reader) -> None:
    """Section 7: somebody who may."""
    reader.press("Ctrl+U")
    reader.put("1")
    reader.put("demo-manager")
    reader.see("Home")
    reader.put("16")
    # The practice store has a house of guests, and the page says so.
    reader.see("Night audit")
    reader.see("Departures checked out")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_followed_key_by_key(
    finished_demo: Path, tmp_path: Path, root: Path, lang: Language
) -> None:
    shutil.copytree(finished_demo, tmp_path / "deskbell" / "demo")
    text = (root / "docs" / lang / "start.md").read_text(encoding="utf-8")
    reader = Reader(tmp_path, lang, text)
    with reader:
        follow(reader)


def follow(reader: Reader) -> None:
    """Sections 2 to 7."""
    reader.see("Your number", timeout_s=40)
    assert "222222" in reader.text()
    reader.put("2")
    reader.put("222222")
    reader.see("Home")
    reader.section(3)
    reader.press("Enter", "回车")
    reader.see("Open the shift")
    reader.press("F9")
    reader.see("Next customer, please.")
    reader.section(4)
    sells(reader)
    reader.section(5)
    takes_the_money(reader)
    reader.section(6)
    closes_the_shift(reader)
    reader.section(7)
    closes_the_day(reader)
    reader.section(0)
