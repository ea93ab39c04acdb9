"""Imports at the counter: file, columns, trial, problem rows, storing while selling, undoing."""

from __future__ import annotations

import asyncio
import csv
import itertools
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from models.goods.goods import Goods
from models.goods.search import search_goods
from models.imports import imports as runs
from models.imports.imports import ImportRun
from models.people.finding import find_people
from models.trust.audit import Audit
from tests.tui.records.conftest import Person, Put, Start
from tests.tui.records.harness import HOSTILE
from tui.imports import running as importing
from tui.imports import screen
from tui.imports.screen import open_imports, open_people_imports

HEADS = "货号,品名,零售价,备注\n"


class Pace:
    """Lets only so many blocks through, so that there is time to look."""

    def __init__(self) -> None:
        self.left = 1_000_000
        self._step = importing._step

    async def step(self, *args: Any) -> None:
        while self.left <= 0:
            await asyncio.sleep(0.005)
        self.left -= 1
        await self._step(*args)


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> Pace:
    found = Pace()
    monkeypatch.setattr(runs, "BLOCK", 10)
    monkeypatch.setattr(importing, "_step", found.step)
    return found


def rows(count: int, first: int = 0) -> str:
    return "".join(f"K{n:05},商品{n},1.{n % 100:02},\n" for n in range(first, first + count))


async def tried(person: Person, *, keys: tuple[str, ...] = ("enter",)) -> str:
    """Open the first file and try it."""
    await person.press(*keys)
    await person.see("Column in the file")
    await person.press("f9")
    return await person.see("Tried; nothing is stored yet.")


@pytest.mark.row("STK-03", "UIX-02")
async def test_a_file_of_another_till_is_tried_stored_and_taken_back(
    at_imports: Start, put: Put
) -> None:
    put("till.csv", f"{HEADS}{rows(450)}B1,坏,面议,\n", encoding="gb18030")
    async with at_imports() as person:
        await person.see("till.csv")
        await person.press("enter")
        shown = await person.see("Text in GB18030, cells apart by comma", "Columns read: 3 of 4")
        assert "left out" in shown and "商品0" in shown
        await person.press("f9")
        shown = await person.see("Tried; nothing is stored yet.")
        assert "new 450" in shown and "refused 1" in shown
        assert "452" in shown and "The price is no amount" in shown and "面议" in shown
        assert await person.do(lambda: Goods.get_or_none(Goods.code == "K00000")) is None

        await person.press("f9")
        await person.see("Imported.", "new 450")
        assert person.message == "till.csv is imported: 450 new, 0 changed, 1 refused."
        found = await person.do(search_goods, "商品449")
        assert [each.code for each in found] == ["K00449"]

        await person.press("delete")
        await person.see("Take till.csv back?")
        await asyncio.sleep(0.15)
        await person.press("enter")
        await person.see("Taken back.", "taken back 450")
        assert await person.do(lambda: Goods.get_or_none(Goods.code == "K00000")) is None
        await person.press("f3", "f8")
        await person.see("Earlier imports", "till.csv", "taken back")


@pytest.mark.row("STK-03")
async def test_columns_of_unknown_headings_are_named(at_imports: Start, put: Put) -> None:
    put("other.csv", "Nr;What;Money\n1;Tea;2.00\n2;Milk;3.00\n")
    async with at_imports() as person:
        await person.press("enter")
        await person.see("One column must be: Code / Name / Bar codes", "apart by semicolon")
        await person.press("f9")
        assert "No column of the sheet is Code, Name, Bar codes" in person.alarm
        await person.press("f12")
        for head, field in (("down", "name"), ("down", "price")):
            await person.press(head, "enter")
            await person.see("What is in the column")
            await person.type(field)
            await person.press("enter")
        await person.see("Columns read: 2 of 3")
        # The same field for another column: it leaves the first one.
        await person.press("up", "up", "enter")
        await person.type("price")
        await person.press("enter")
        shown = await person.see("Columns read: 2 of 3")
        assert re.search(r"Money .*left out$", shown, re.MULTILINE)
        await person.press("down", "down", "enter")
        await person.type("price")
        await person.press("enter", "f9")
        assert "new 2" in await person.see("Tried; nothing is stored yet.")


@pytest.mark.row("STK-03")
async def test_problem_rows_go_into_a_file_that_is_imported_again(
    at_imports: Start, put: Put, tmp_path: Path
) -> None:
    put("goods.csv", f"{HEADS}A1,甲,x,nb\nA2,乙,2,\n,丙,,\n")
    async with at_imports() as person:
        person.app.export_folder = tmp_path
        await tried(person)
        await person.press("ctrl+e")
        await person.see("Write to which file?")
        await person.press("enter")
        await person.see("Written: 2 rows")
        assert await person.do(ImportRun.select().count) == 0
    (path,) = tmp_path.glob("goods-problems-*.xlsx")
    from models.sheets.sheets import read_sheet

    written = [row.cells for row in read_sheet(path).rows()]
    assert written[0][:4] == ["Row no.", "What is wrong", "货号", "品名"]
    assert [row[0] for row in written[1:]] == ["2", "4"]
    assert written[1][1:] == ["The price is no amount (x)", "A1", "甲", "x", "nb"]


async def test_a_path_is_typed(at_imports: Start, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "list.csv").write_text(f"{HEADS}A1,甲,1,\n", encoding="utf-8")
    async with at_imports() as person:
        await person.see("No CSV file and no spreadsheet here")
        await person.type(str(tmp_path / "none.csv"))
        await person.press("enter")
        assert "none.csv" in person.alarm
        # What was typed is still there, to be put right.
        assert str(tmp_path / "none.csv") in person.app.screen.entry.value  # type: ignore[attr-defined]
        await person.press("f12", "f12")
        await person.type(str(folder))
        await person.press("enter")
        await person.see("list.csv", "Typed")
        await person.type(str(folder / "list.csv"))
        await person.press("enter")
        await person.see("Columns read: 3 of 4")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0old", "bad.csv is damaged or was cut off"),
        (b"PK\x03\x04 no zip", "bad.csv is damaged or was cut off"),
        (b"", ""),
    ],
)
async def test_files_that_are_no_sheets(
    at_imports: Start, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "imports" / "bad.csv").write_bytes(content)
    async with at_imports() as person:
        await person.press("enter")
        if said:
            assert said in person.alarm
        else:
            await person.see("The file is empty.")


@pytest.mark.row("STK-03", "NFR-03")
async def test_selling_goes_on_and_the_screen_may_be_left(
    at_imports: Start, put: Put, pace: Pace
) -> None:
    put("many.csv", f"{HEADS}{rows(300)}")
    async with at_imports() as person:
        await tried(person)
        pace.left = 3
        await person.press("f9")
        await person.see("You may leave this screen.", "%", "new 30")
        # The counter's question is answered between two blocks.
        assert await person.do(lambda: ImportRun.get().blocks) == 3
        await person.press("f3", "f3")
        await person.see("Home")
        pace.left = 5
        while pace.left:
            await asyncio.sleep(0.01)
        # From the menu back to the work that goes on; a second one is refused.
        person.app.jobs.start(open_imports, person.app)
        await person.see("You may leave this screen.")
        work: Any = importing.current(person.app)
        assert work.is_running
        with pytest.raises(importing.ImportAtWork):
            await importing.begin(person.app, importing.storing(person.app, work.plan, work.total))
        await person.press("f12")
        pace.left = 1_000_000
        while work.is_running:
            await asyncio.sleep(0.02)
        await person.rest()
        assert person.message.startswith("many.csv is imported: 300 new")
        assert await person.do(lambda: ImportRun.get().state) == "done"


async def test_a_trial_that_is_left_ends(at_imports: Start, put: Put, pace: Pace) -> None:
    put("many.csv", f"{HEADS}{rows(300)}")
    async with at_imports() as person:
        await person.press("enter")
        await person.see("Column in the file")
        pace.left = 3
        await person.press("f9")
        await person.see("Trying", "30 rows")
        work = person.app.screen.work  # type: ignore[attr-defined]
        await person.press("f3")
        await person.see("Column in the file")
        pace.left = 1_000_000
        await asyncio.sleep(0.1)
        assert not work.is_running and not work.is_done


@pytest.mark.row("STK-03")
async def test_earlier_imports_show_their_refused_rows(at_imports: Start, put: Put) -> None:
    put("goods.csv", f"{HEADS}A1,甲,x,\nA2,乙,2,\n")
    async with at_imports() as person:
        await tried(person)
        await person.press("f9")
        await person.see("Imported.")
        await person.press("f3", "f8")
        shown = await person.see("Earlier imports", "goods.csv", "imported")
        assert "王店主" in shown
        await person.press("enter")
        await person.see("The price is no amount", "new 1", "refused 1")


async def test_who_may_not_import_is_told_and_written_down(at_imports: Start) -> None:
    async with at_imports(login="cashier") as person:
        person.app.jobs.start(open_imports, person.app)
        await person.rest()
        assert "张收银 may not see this: the right “import” is missing." in person.alarm
        row = await person.do(
            lambda: Audit.select().where(Audit.verb == "denied").order_by(-Audit.seq).get()
        )
        assert row.detail["verb"] == "import"


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_hostile_cells(at_imports: Start, put: Put, lang: str) -> None:
    path = put("x.csv", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编码", "售价", *HOSTILE])
        writer.writerows([name[:60], name[:60], *HOSTILE] for name in HOSTILE)
    async with at_imports(lang=lang, size=(132, 43)) as person:
        await person.press("enter")
        shown = await person.see("A [/oops] B")
        assert "\x1b" not in shown and "\u202e" not in shown
        await person.press("f9")
        shown = await person.see("A [/oops] B")
        assert "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.row("CUS-05")
async def test_people_come_from_a_file_on_the_same_screen(
    at_imports: Start, put: Put, tmp_path: Path
) -> None:
    put("people.csv", "客户名称,手机,会员等级\n王芳,13812345678,钻石\n李四,138****0000,\n")
    async with at_imports() as person:
        await person.press("f3")
        person.app.jobs.start(open_people_imports, person.app)
        await person.see("people.csv")
        await person.press("enter")
        await person.see("Column in the file", "Phone")
        await person.press("f9")
        shown = await person.see("Tried; nothing is stored yet.", "new 1", "refused 1")
        assert "138****0000" in shown
        await person.press("f9")
        await person.see("Imported.")
        assert await person.do(lambda: find_people("5678"))


async def test_reading_a_large_file_says_how_far_it_is_and_can_be_left(
    at_imports: Start, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def slow(_: Any, __: Path, reading: screen.Reading) -> Any:
        try:
            for count in itertools.count(120_000):
                reading(count)
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(screen, "_read", slow)
    put("goods.csv", HEADS + rows(3))
    async with at_imports() as person:
        await person.see("goods.csv")
        await person.pilot.press("enter")
        await person.see("Reading goods.csv: 120,")
        await person.press("f12")
        await person.see("Files in")
        assert await asyncio.to_thread(ended.wait, 5)
        # The counter goes on: the same file is read now.
        monkeypatch.undo()
        await person.press("enter")
        await person.see("Columns read: 3 of 4")
