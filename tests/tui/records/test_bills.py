"""Bills that were sold: found by number, scan or filter, shown as slips, printed again."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from models.reports.bills import BillUnknown, bill_of_number, sale_view
from models.trust.print_queue import PrintJob
from tests.stores import Shop
from tests.tui.records.conftest import Person, Start
from tests.tui.records.test_reports import sell_some
from tui.shop.bills import FindBill


@pytest.fixture
def at_bills(at: Start) -> Start:
    return partial(at, prepared=sell_some)


def test_a_bill_by_what_its_slip_says(shop: Shop) -> None:
    shop.open_shift()
    first, second = shop.sell("1001"), shop.sell("1002")
    for text in ("S01-000002", " s01-2 ", "S01000002", "2"):
        assert bill_of_number(text, 1) == second
    assert sale_view(first.key).number == "S01-000001"
    for text in (
        "S01-000003",
        "S02-000001",
        "S11-000001",
        "S11000001",
        "Z01-000001",
        "S",
        "",
        "-1",
        "S٣",
        "9" * 30,
        "S-1",
    ):
        with pytest.raises(BillUnknown) as refused:
            bill_of_number(text, 1)
        assert refused.value.fields == {"number": text}
    with pytest.raises(BillUnknown):
        bill_of_number("1", 2)
    with pytest.raises(BillUnknown):
        sale_view(12345)


@pytest.mark.row("ORD-26", "UIX-01")
async def test_the_list_the_lines_and_the_slip(at_bills: Start) -> None:
    async with at_bills("bills") as person:
        await person.see("3 rows", "17.40", "张收银")
        await person.type("S01-000001")
        await person.see("1 row", "5.50")
        await person.press("enter")
        await person.see("矿泉水", "可乐", "3.50")
        await person.press("f3")
        await person.see("1 row")
        await person.press("f8", "1")
        await person.see("小铺", "S01-000001")
        await person.press("enter")
        await person.see("Printing a copy")
        jobs = await person.do(lambda: [job.copy_no for job in PrintJob.select()])
        assert sorted(jobs) == [0, 0, 0, 1]


async def test_a_bill_is_found_by_its_amount(at_bills: Start) -> None:
    async with at_bills("bills") as person:
        await person.see("3 rows")
        await person.press("ctrl+f")
        await person.type("Total")
        await person.press("enter")
        await person.type("9.90")
        await person.press("enter")
        await person.see("1 row")
        await person.type("77")
        await person.see("Nothing fits. F12 takes back what was asked for.")


async def test_totals_are_not_for_who_counts_blind(at_bills: Start) -> None:
    async with at_bills("bills", login="cashier") as person:
        await person.see("Home")
        assert "张收银 may not see this: the right “see takings” is missing." in person.alarm


async def test_a_scan_of_the_slip_finds_the_bill(at_bills: Start) -> None:
    async with at_bills("bills") as person:
        await person.see("3 rows")
        asked = asyncio.create_task(ask(person))
        await person.see("Find a bill")
        await person.type("S01-9")
        await person.press("enter")
        await person.see("There is no bill S01-9")
        await person.press("f12")
        await person.type("2")
        await person.press("enter")
        key = await asked
        assert (await person.do(sale_view, key)).number == "S01-000002"


async def ask(person: Person) -> Any:
    """The panel, as the menu opens it."""
    done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def job() -> None:
        done.set_result(await person.app.ask(FindBill(1)))

    person.app.jobs.start(job)
    return await done
