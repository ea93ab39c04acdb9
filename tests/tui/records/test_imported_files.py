"""What a file is read as, on the screen: found out, told, set by hand; every awkward file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from models.goods.goods import Goods
from receipts.import_words import NOTES
from tests.awkward import OUTCOMES, differing, named_files
from tests.tui.records.conftest import Person, Put, Start


async def choose(person: Person, text: str) -> None:
    """Choose from the panel on top the line that says this, by its number."""
    lines = (await person.see(text)).splitlines()
    words = next(line for line in lines if re.search(rf"\d +{text}", line)).split()
    at = next(at for at, each in enumerate(words) if text.startswith(each.rstrip(":")))
    await person.press(*words[at - 1], *(["enter"] if len(words[at - 1]) > 1 else []))


async def test_another_encoding(at_imports: Start, put: Put) -> None:
    put("big.csv", "編號,品名,售價\n1,牛奶,2\n", encoding="big5")
    async with at_imports() as person:
        await person.press("enter")
        await person.see("Column in the file")
        await person.press("f5")
        await person.see("What is read in another way?", "Encoding: BIG5")
        await choose(person, "Encoding")
        await choose(person, "GB18030")
        await person.see("Text in GB18030")
        await person.press("f5")
        await choose(person, "Encoding")
        await choose(person, "BIG5")
        await person.see("Text in BIG5", "編號", "牛奶")


# Fourteen files one after the other.
@pytest.mark.timeout(300)
@pytest.mark.row("STK-03")
async def test_every_awkward_file_comes_out_as_its_table_says(
    at_imports: Start, tmp_path: Path, real_data: Path
) -> None:
    folder = real_data / "awkward"
    names = named_files(folder)
    assert sorted(names) == sorted(OUTCOMES)
    async with at_imports() as person:
        for name in names:
            outcome = OUTCOMES[name]
            shutil.copy(folder / name, tmp_path / "imports" / name)
            await person.type(name)
            await person.press("enter")
            await person.see("Column in the file", name)
            for head, field in outcome.columns.items():
                await map_column(person, head, field)
            shown = await person.see("Columns read")
            assert [code for code in outcome.notes if NOTES[code].split("{")[0] not in shown] == []
            await person.press("f9")
            shown = await person.see("Tried; nothing is stored yet.", f"new {outcome.count}")
            assert f"refused {len(outcome.refused)}" in shown, name
            assert all(f"{row:,} " in shown for row, _ in outcome.refused), name
            if outcome.count:
                await person.press("f9")
                await person.see("Imported.", f"new {outcome.count}")
                assert await person.do(differing, outcome) == {}, name
                await person.press("delete")
                await person.see(f"Take {name} back?")
                await person.press("enter")
                await person.see("Taken back.")
            await person.press("f3")
            await back_to_files(person)


async def back_to_files(person: Person) -> None:
    for _ in range(4):
        if "Files in" in person.text():
            return
        await person.press("f3")
    await person.see("Files in")


async def map_column(person: Person, head: str, field: str) -> None:
    """Give a column of the file a field, whichever line it stands on."""
    rows = [row.head for row in person.app.screen.lines.row_values]  # type: ignore[attr-defined]
    await person.press("home", *["down"] * rows.index(head), "enter")
    await person.see("What is in the column", head)
    await person.type(field.lower())
    await person.press("enter")


async def test_how_a_file_is_read_is_set_by_hand(at_imports: Start, put: Put) -> None:
    put("point.csv", "My list\ncode,name,price,brand\nC1,Arroz,11.000,x\nC2,Pan,2.500,\n")
    async with at_imports() as person:
        await person.press("enter")
        await person.see("A guess: the decimal sign in price is the point, as in 11.000")
        await person.see("The headings stand in row 2", "2 rows")
        await person.press("f5")
        await choose(person, "Decimal sign")
        await choose(person, "comma")
        await person.see("The decimal sign is the comma, as you said")
        await person.press("f5")
        await choose(person, "Value of empty cells")
        await person.see("Which field has a value")
        await person.type("brand")
        await person.press("enter")
        await person.type("Casa")
        await person.press("enter", "f5")
        await person.see("Value of empty cells: Brand Casa")
        await choose(person, "Row of the headings")
        await person.press("9", "enter")
        assert "Row 9 is empty or not there" in person.alarm
        await person.press("f12")
        await person.press("f9")
        await person.see("Tried; nothing is stored yet.", "new 2")
        await person.press("f9")
        await person.see("Imported.")
        made = await person.do(lambda: Goods.get(Goods.code == "C2"))
        assert (str(made.price), made.brand) == ("2500.00", "Casa")


async def test_a_book_of_several_sheets(at_imports: Start, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    cover, goods, other = book.active, book.create_sheet("货品"), book.create_sheet("其他")
    assert cover is not None
    cover.title = "封面"
    cover.append(["某某超市 2026 年商品资料"])
    for sheet, name in ((goods, "茶"), (other, "别的")):
        sheet.append(["编码", "品名", "售价"][: 3 if sheet is goods else 2])
        sheet.append(["T1", name, 2][: 3 if sheet is goods else 2])
    book.create_sheet("空")
    book.save(tmp_path / "imports" / "book.xlsx")
    async with at_imports() as person:
        await person.press("enter")
        await person.see("The sheet 货品", "Sheets passed over: 封面, 其他, 空", "茶")
        await person.press("f5")
        await choose(person, "Sheet")
        await choose(person, "其他")
        await person.see("The sheet 其他", "别的")
