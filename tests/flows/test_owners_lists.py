"""What the owner does in lists and reports, at a real terminal: filters of two conditions with
signs, kept by name; rows grouped and gone into; one field of the marked rows changed after a look;
a page seen before it is written; a file; a chart of what was sold.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.goods.goods import Goods
from models.ledger.proving import proof
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import COLA, TISSUES, WATER
from tests.flows.till import Till, books_of
from tests.stores import yuan

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]


@pytest.mark.row("UIX-04", "UIX-07", "UIX-08", "UIX-20", "SYS-45", "RPT-03", "NFR-05")
def test_an_evening_over_lists_and_reports(floor: Floor, till: Counter) -> None:
    folder = floor()
    one: Till = till(folder)
    one.sign_in()
    one.open_shift()
    one.scan(WATER, COLA, TISSUES)
    one.wait_total("15.40")
    one.pay_exact()
    one.key("f3")
    one.see("Home")
    _find_two_and_keep_the_filter(one)
    _change_both_after_a_look(one)
    _write_a_page_and_a_file(one)
    _group_and_go_into(one)
    _draw_what_was_sold(one)
    one.kill()
    with books_of(folder):
        prices = {goods.code: goods.price2 for goods in Goods.select()}
        assert (prices[WATER.code], prices[COLA.code]) == (yuan("1.90"), yuan("1.90"))
        assert prices[TISSUES.code] is None
        assert not [str(each) for each in proof.verify()]
    _check_files(folder / "exports")


def _rows(one: Till, count: int) -> None:
    one.see("{count} rows", count=count)


def _find_two_and_keep_the_filter(one: Till) -> None:
    """One sign for a character, one for any, and either of two."""
    one.enter("51")
    _rows(one, 6)
    one.key("ctrl+f")
    one.see("Filter: which column?")
    one.enter("名称")
    one.see("Filter: {column}", column=one.w("Name"))
    one.enter("农_山泉% | 可口%")
    _rows(one, 2)
    assert WATER.code in one.text() and COLA.code in one.text()
    one.key("f6")
    one.see("Filters")
    # Whoever types the new name at once is not told that nothing is found.
    one.enter("饮料")
    one.see("Name of the filter")
    one.key("enter")
    one.see("Saved: {name}", name="饮料")
    one.key("f12")
    _rows(one, 6)
    one.key("f6")
    one.see("Filters")
    one.enter("饮料")
    _rows(one, 2)


def _change_both_after_a_look(one: Till) -> None:
    """Two of one kind are told apart by their codes before a price of both is another."""
    one.type("**")
    one.see("Marked: {count}", count=2)
    one.key("f9")
    one.see("Change one field of {count} records: which?", count=2)
    one.enter(one.w("Price 2"))
    one.see_flat(one.w("{field} of {count} records: the new value", field=one.w("Price 2"),
                       count=2))  # fmt: skip
    one.enter("1.9")
    one.see("{field}: {count} records will change", field=one.w("Price 2"), count=2)
    shown = [row for row in one.panel_rows() if "1.90" in row]
    assert [row.split()[-1] for row in shown] == ["1.90", "1.90"]
    assert WATER.code in shown[0] and COLA.code in shown[1], one.text()
    one.key("enter")
    one.see("Changed: {count} records", count=2)


def _write_a_page_and_a_file(one: Till) -> None:
    """Seen as a page and written as text; then as a spreadsheet."""
    one.key("ctrl+y")
    one.see("As text")
    assert WATER.code in "\n".join(one.panel_rows())
    one.key("enter")
    one.see("Write to which file?")
    one.key("enter")
    one.wait(one.w("Written: {count} rows to {file}", count=2, file=""))
    one.key("ctrl+e")
    one.see("Export what the list shows")
    one.key("enter")
    one.see("Write to which file?")
    one.wait(".xlsx")
    one.key("enter")
    one.see("Write to which file?", gone=True)


def _group_and_go_into(one: Till) -> None:
    """A row for each category with its count, Enter shows what is in it, F3 goes back."""
    one.key("f12")
    _rows(one, 6)
    one.key("f8")
    one.see("What shall be done?")
    one.type("9")
    one.wait("按哪一列分组？")
    one.enter(one.w("Category"))
    one.see("grouped by {column}", column=one.w("Category"))
    food = next(row for row in one.text().splitlines() if "食品" in row)
    assert "4" in food.split(), one.text()
    one.key("f3")
    _rows(one, 6)
    one.key("f3")
    one.see("Home")


def _draw_what_was_sold(one: Till) -> None:
    """By item, best first, and as bars."""
    one.enter("44")
    one.see("Takings by item")
    _rows(one, 3)
    names = [
        row
        for row in one.text().splitlines()
        if any(of.code in row for of in (WATER, COLA, TISSUES))
    ]
    assert [row.split()[-1] for row in names] == ["9.90", "3.50", "2.00"]
    one.key("ctrl+g")
    one.wait("█")
    one.calm()
    bars = [row.count("█") for row in one.panel_rows() if "█" in row]
    assert len(bars) == 3 and bars[0] > 2 * bars[1] > 2 * bars[2] > 0, one.text()
    one.key("f12")


def _check_files(folder: Path) -> None:
    (page,) = folder.glob("*.txt")
    text = page.read_text(encoding="utf-8")
    assert WATER.code in text and COLA.code in text and TISSUES.code not in text
    (book,) = folder.glob("*.xlsx")
    rows = list(load_workbook(book).active.values)
    assert [row[0] for row in rows[1:3]] == [WATER.code, COLA.code]
