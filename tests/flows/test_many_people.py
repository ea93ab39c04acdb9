"""A list of people at an open counter, in a real terminal: brought in, found key by key, two of
them merged and taken apart again.

The long run brings in a hundred thousand. How fast they are found is measured: `python -m bench
people`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.ledger.proving.proof import verify
from models.people.persons import Person
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(900)]
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"


def put(folder: Path, count: int) -> None:
    """So many people of a hundred names, and two whom only these keys find."""
    rows = "".join(
        f"V{n:06},{SURNAMES[n % 10]}{GIVEN[n // 10 % 10]},1{30 + n % 69}{n:08}\r\n"
        for n in range(count - 2)
    )
    path = folder / "imports" / "people.csv"
    path.parent.mkdir()
    text = f"客户编号,客户名称,手机\r\n{rows}X1,单雪梅,13911112222\r\nX2,钱塘江,13733334444\r\n"
    path.write_text(text, encoding="utf-8")


@pytest.mark.row("CUS-05", "CUS-06", "CUS-28")
@pytest.mark.parametrize("count", [300, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_people_are_brought_in_found_and_merged(floor: Any, till: Any, count: int) -> None:
    folder = floor("en")
    put(folder, count)
    desk: Till = till(folder, lang="en")
    desk.sign_in()
    desk.enter("25")
    desk.wait("people.csv")
    desk.calm()
    desk.key("enter")
    desk.see("Is read as")
    desk.key("f9")
    desk.see("Tried; nothing is stored yet.", timeout_s=300)
    desk.key("f9")
    desk.see("Imported.", timeout_s=600)
    for _ in range(2):
        desk.key("f3")
        desk.calm()
    desk.enter("21")
    desk.see("{count} rows", count=f"{count:,}")

    # Every key narrows what is shown.
    for text in ("sxm", "雪梅"):
        for key in text:
            desk.type(key)
            desk.calm()
        desk.wait("1 row")
        assert "单雪梅" in desk.text(), text
        desk.key("f12")
        desk.see("{count} rows", count=f"{count:,}")

    _merge(desk)
    desk.kill()
    with books_of(folder):
        assert Person.select().count() == count
        assert not Person.select().where(Person.merged_into.is_null(False)).exists()
        assert not verify()


def _merge(desk: Till) -> None:
    """One stands for the other, is found under its name, and no longer when they are apart."""
    desk.type("单雪梅")
    desk.wait("1 row")
    desk.key("f8")
    desk.calm()
    desk.type("3")
    desk.wait("Choose")
    desk.type("钱塘江")
    desk.wait("137****4444")
    desk.key("enter")
    desk.wait("into")
    desk.key("enter")
    desk.wait("Merged: 钱塘江 is 单雪梅 now.")
    desk.key("f12")
    desk.calm()
    desk.type("钱塘江")
    desk.wait("139****2222")
    desk.key("f8")
    desk.calm()
    desk.type("4")
    desk.wait("Take which record out again?")
    desk.key("enter")
    desk.wait("钱塘江 is a record of its own again.")
    desk.key("f12")
    desk.calm()
    desk.type("qtj")
    desk.wait("137****4444")
