"""Reports on the screen: days, finding, sorting, totals, files, rights, many rows."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models.base.named import load
from models.base.quantity import Quantity
from models.reports import stock_lists
from models.reports.report import Names, make, this_month
from models.trust import trades
from models.trust.audit import Audit
from models.trust.users import User
from tests.stores import FIRST_DAY, Shop, Ticking, yuan
from tests.trades import ENTRIES, REPORTS
from tests.tui.records.conftest import Person, Start
from tests.tui.records.harness import HOSTILE, fill
from tui.desk.trade_screens import declared
from tui.records import report_source
from tui.records.list import ListScreen
from tui.records.report_source import ReportSource
from tui.widgets.laid_out import laid_out


def report_of(name: str) -> ListScreen:
    return ListScreen(ReportSource(next(kind for kind in REPORTS if kind.name == name)))


def sell_some() -> None:
    """Three bills: water and cola in cash, apples on a card; the shift closed 2.00 short."""
    fill()
    users = {user.login: user.key for user in User.select()}
    shop = Shop("", Path(), Ticking(), users=users)
    shop.open_shift()
    shop.sell("1001", "1002")
    shop.sell("1001")
    shop.sell("1003", tender=2, reference="0001")


def names(person: Person) -> list[str]:
    """The second column of what is shown."""
    return [row[1] for row in person.app.screen.source.shown]  # type: ignore[attr-defined]


@pytest.fixture
def at_report(at: Start) -> Start:
    return partial(at, screen=report_of, prepared=sell_some)


@pytest.mark.row("UIX-02", "UIX-16", "UIX-17")
async def test_takings_are_found_sorted_and_summed(at_report: Start) -> None:
    async with at_report("takings-by-item") as person:
        shown = await person.see("2026-03-01 to 2026-03-02", "17.40", "Total")
        assert names(person) == ["苹果", "矿泉水", "可乐"]
        await person.press("f4")
        await person.see("Sort by which column?")
        await person.press("1", "enter")
        await person.see("by Code ↑")
        assert names(person) == ["矿泉水", "可乐", "苹果"]
        await person.press("f4", "7", "enter")
        await person.see("by Total ↓")
        assert names(person) == ["苹果", "矿泉水", "可乐"]
        await person.press("f4", "7", "enter")
        await person.see("by Total ↑")
        assert names(person) == ["可乐", "矿泉水", "苹果"]
        # The totals are those of the rows that are shown.
        await person.type("1001")
        shown = await person.see("17.40", gone=True)
        assert "可乐" not in shown and shown.count("4.00") == 2
        await person.press("f12", "f12")
        await person.see("17.40")
        await person.press("f3")
        await person.see("Home")


@pytest.mark.row("UIX-02", "RPT-03")
async def test_a_report_has_the_keys_of_every_list(at_report: Start, tmp_path: Path) -> None:
    async with at_report("takings-by-item") as person:
        person.app.export_folder = tmp_path
        await person.see("17.40", "3 rows")
        await person.press("ctrl+f")
        await person.type("Total")
        await person.press("enter")
        await person.type("4..")
        await person.press("enter")
        await person.see("Total from 4", "2 rows")
        assert names(person) == ["苹果", "矿泉水"]
        await person.press("f6", "down", "enter")
        await person.type("much")
        await person.press("enter", "f12")
        await person.see("3 rows")
        await person.press("ctrl+f")
        await person.type("Item")
        await person.press("enter")
        await person.type("!可乐")
        await person.press("enter")
        await person.see("2 rows", "Item is not 可乐")
        await person.press("f6")
        await person.see("much")
        await person.press("down", "enter")
        await person.see("2 rows", "Total from 4")
        # As bars: the largest fills the room, a smaller one its part of it.
        await person.press("ctrl+g")
        shown = await person.see("Takings by item: Total", "苹果", "█")
        bars = [line.count("█") for line in shown.splitlines() if "█" in line]
        assert len(bars) == 2 and bars[1] == -(-400 * bars[0] // 990)
        await person.press("f12")
        await person.see("2 rows", "Total from 4")
        await person.press("ctrl+y")
        await person.see("As PDF", "苹果")
        await person.press("enter", "enter")
        await person.see("Written: 2 rows")
        page = next(tmp_path.glob("*.txt")).read_text(encoding="utf-8")
        assert "苹果" in page and "可乐" not in page
        # No record stands behind a row: nothing is opened, marked, or changed.
        await person.press("enter")
        strip = person.text()
        assert "Batch" not in strip and "Mark" not in strip and "Filter" in strip


@pytest.mark.row("UIX-02")
async def test_other_days(at_report: Start) -> None:
    async with at_report("takings-by-day") as person:
        await person.see("17.40")
        await person.press("f5", "2")
        await person.see("2026-03-01", "Nothing in this time")
        await person.press("f5", "6")
        await person.see("2026-03-02", "17.40")


@pytest.mark.row("STK-18", "NFR-05")
async def test_stock_on_hand_by_scan(at_report: Start) -> None:
    async with at_report("stock", login="cashier") as person:
        shown = await person.see("as it is now", "矿泉水", "98", "39")
        assert "Value" not in shown
        await person.type("1002")
        await person.see("矿泉水", gone=True)
        await person.see("可乐", "59")


@pytest.mark.row("STK-18")
async def test_many_goods_are_found_by_the_index(
    at_report: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_source, "MOST", 2)
    monkeypatch.setattr(stock_lists, "PAGE", 2)
    async with at_report("stock") as person:
        await person.see("The first 2 rows")
        assert len(person.app.screen.source.rows) == 2  # type: ignore[attr-defined]
        await person.type("kl")
        await person.see("可乐")
        assert names(person) == ["可口可乐 330ml"]
        await person.press("f12")
        await person.see("矿泉水")


@pytest.mark.row("UIX-03", "SYS-11")
@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
async def test_what_is_shown_goes_into_a_file(at_report: Start, tmp_path: Path, form: str) -> None:
    async with at_report("takings-by-item") as person:
        person.app.export_folder = tmp_path
        await person.see("17.40")
        await person.type("1001")
        await person.see("17.40", gone=True)
        await person.press("ctrl+e", str(["xlsx", "csv", "pdf"].index(form) + 1))
        await person.see("Write to which file?")
        await person.press("enter")
        await person.see("Written: 1 row to")
        (path,) = tmp_path.glob(f"takings-by-item-*.{form}")
        if form == "csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            assert [row[1] for row in rows] == ["Item", "矿泉水", ""]
        else:
            assert path.read_bytes()[:4] == {"xlsx": b"PK\3\4", "pdf": b"%PDF"}[form]
        row = await person.do(
            lambda: Audit.select().where(Audit.verb == "record_export").order_by(-Audit.seq).get()
        )
        assert (row.detail["listing"], row.detail["rows"]) == ("takings-by-item", 1)


async def test_who_may_not_see_is_led_back_and_written_down(at_report: Start) -> None:
    async with at_report("takings-by-day", login="clerk") as person:
        await person.see("Home")
        assert "赵库管 may not see this: the right “see takings” is missing." in person.alarm
        row = await person.do(
            lambda: Audit.select().where(Audit.verb == "denied").order_by(-Audit.seq).get()
        )
        assert row.detail["what"] == "takings-by-day"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.name)
async def test_every_report_fits_the_smallest_screen(
    at_report: Start, kind: Any, lang: str
) -> None:
    async with at_report(kind.name, lang=lang) as person:
        await person.rest()
        shown = person.text()
        report = await person.do(make, person.app.session, kind, await person.do(this_month))
        assert len(person.app.screen.source.rows) == len(report.rows)  # type: ignore[attr-defined]
        assert "\x1b" not in shown and "\u202e" not in shown
        # Some number of the report is in sight, however narrow the screen is.
        numbers = [n for n, column in enumerate(kind.columns) if column.is_number]
        if report.rows and numbers:
            assert any(str(report.rows[0][n]) in shown for n in numbers)


@pytest.mark.row("SYS-02")
def test_the_menu_names_each_report_as_it_names_itself() -> None:
    reports = dict(trades.declared("reports"))
    shown = [entry for entry in ENTRIES if entry.open.startswith("tui.records.open:open_report ")]
    for entry in shown:
        kind = load(reports[entry.open.split()[1]])
        assert (entry.label, entry.right) == (kind.title, kind.right)
    assert len(shown) > 10


def test_each_entry_of_the_menu_stands_in_a_group() -> None:
    """A number whose first digit is no group would be in no menu and found by nobody."""
    groups = dict(declared("groups"))
    assert [each for each in declared("menu") if each.group_number not in groups] == []


async def test_hostile_names(at_report: Start) -> None:
    async with at_report("stock", size=(132, 43), prepared=fill) as person:
        shown = await person.see("A [/oops] B", "=HYPERLINK(1)")
        assert "\x1b" not in shown and "\u202e" not in shown
        assert len(HOSTILE) <= len(person.app.screen.source.rows)  # type: ignore[attr-defined]


def test_the_moves_of_the_stock_say_where_and_by_whom_on_a_small_screen(shop: Shop) -> None:
    source = ReportSource(next(kind for kind in REPORTS if kind.name == "stock-flow"))
    moved = Quantity.of(2100)
    source.shown = [
        (FIRST_DAY, "K01-000001", "10001", "青岭 天然水 550ml 24 瓶装", "二楼仓库", moved, moved,
         yuan("106442.69"), "林晓"),
    ] * 20  # fmt: skip
    columns = source.columns()
    shown = [columns[place].label for place, _ in laid_out(columns, 78)]
    assert shown == [
        "Day", "Document", "Code", "Item", "Place", "Quantity", "Left there", "Who",
    ]  # fmt: skip


def test_a_column_is_as_wide_as_its_sum(shop: Shop) -> None:
    source = ReportSource(next(kind for kind in REPORTS if kind.name == "takings-by-tender"))
    source.shown = [(Names("现金", "Cash"), 1, yuan("999.00"))] * 20
    # 19,980.00
    assert source.columns()[2].width == 9
