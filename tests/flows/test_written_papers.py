"""Bags with a label of the scale are sold, one of them comes back by its label; the bill goes out
on A4 and the report into files, by keys and scans: what was written is read and laid beside what
was printed and what stands on the screen.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.goods.codes import check_digit
from models.goods.goods import Goods
from models.goods.records import add_barcode
from models.ledger.proving import proof
from models.selling.charges import ChargeLine
from models.trust.operation import new_uid
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import APPLES, WATER
from tests.flows.pages_read import rows_of
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.till import Till, books_of, owner_of
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]
# Item 00123: 16.44 for 1.284 kg, and 5.12 alone, which are 0.400 kg at 12.80.
WEIGHED, PRICED = "26001230164401284", "210012300512"


@pytest.mark.row("ORD-16", "TIL-02", "RPT-03", "ORD-18", "NFR-05")
def test_what_is_written_is_what_was_sold(floor: Floor, till: Counter, peer: object) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    with owner_of(folder) as owner:
        add_barcode(owner, Goods.get(Goods.code == APPLES.code).key, "00123", uid=new_uid())
    one: Till = till(folder)
    one.sign_in()
    one.open_shift()
    _sell_two_bags(one)
    _write_it_on_a4(one)
    shown = _write_the_report(one)
    _take_one_bag_back(one)
    sold, back = printed_by(printer, one, 2)
    one.kill()
    (page,) = folder.glob("exports/bill-*.pdf")
    _check_the_page(ReadSlip(tuple("".join(row) for row in rows_of(page))), sold)
    _check_the_report(folder / "exports", shown)
    (bag,) = (line.split() for line in back.lines if APPLES.name in line)
    assert bag == [APPLES.name, "-0.4千克", "12.80", "-5.12"]
    assert back.beside("退款 银行卡") == "-4.97"
    with books_of(folder):
        weights = [str(row.quantity) for row in ChargeLine.select() if row.is_weighed]
        assert weights == ["1.284", "0.4", "-0.4"]
        assert not [str(each) for each in proof.verify()]


def _labelled(body: str) -> str:
    return body + check_digit(body)


def _sell_two_bags(one: Till) -> None:
    """16.44 and 5.12 by their labels and 2.00, 3 % off: 22.85; 10.00 by card, the rest in cash."""
    one.scan(_labelled(WEIGHED))
    one.wait_total("16.44")
    one.scan(_labelled(PRICED), WATER)
    one.wait_total("23.56")
    one.pump(0.15)
    one.key("f6")
    one.see("{what}: 10 per cent or -5.00, 0 none", what=one.w("Discount on the bill"))
    one.enter("-3%")
    one.wait_total("22.85")
    one.key("f9")
    one.see("Ways to pay")
    one.type("10")
    one.key("f2")
    one.see("Card: last four digits and the terminal's reference")
    one.enter("1234 REF998877")
    one.received("银行卡", "10.00")
    one.wait_total("12.85")
    one.enter("20")
    one.wait_paid()


def _write_it_on_a4(one: Till) -> None:
    one.key("f3")
    one.see("Home")
    one.enter("18")
    one.see("Find a bill")
    one.enter("1")
    one.see("Sold bill")
    one.key("f9")
    one.see("In which language?")
    one.key("enter")
    _name_the_file(one, ".pdf")
    one.key("f12")
    one.see("Home")


def _name_the_file(one: Till, ending: str) -> None:
    one.see("Write to which file?")
    one.wait(ending)
    one.key("enter")
    one.see("Write to which file?", gone=True)


def _write_the_report(one: Till) -> list[list[str]]:
    """By item, as CSV and as PDF; the rows that stand on the screen, in pieces."""
    one.enter("44")
    one.see("Takings by item")
    one.wait(APPLES.code)
    one.calm()
    sold = (APPLES.code, WATER.code, one.w("{count} rows", count=3))
    shown = [row.strip("▶ ").split() for row in one.lines() if any(of in row for of in sold)]
    for place, ending in (("2", ".csv"), ("3", ".pdf")):
        one.key("ctrl+e")
        one.see("Export what the list shows")
        one.key(place)
        _name_the_file(one, ending)
    one.key("f3")
    one.see("Home")
    return shown


def _take_one_bag_back(one: Till) -> None:
    """The label says which bag: 5.12 less its part of the discount, onto the card that paid."""
    one.enter("11")
    one.see("Selling")
    one.calm()
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.key("enter")
    one.see("Can return")
    one.scan(_labelled(PRICED))
    one.calm()
    marked = [row.strip("│ ").split() for row in one.lines() if APPLES.name in row]
    sold = [["1.284", "15.94", "1.284"], ["0.4", "4.97", "0.4", "0.4"]]
    assert [row[1:] for row in marked] == sold, one.text()
    one.pump(0.15)
    one.key("enter")
    one.see("Give back {amount}. Why?", amount="4.97")
    one.key("1")
    one.received("银行卡", "4.97", "{tender} {amount} paid out?")
    one.wait(one.w("Given back: {number}", number="R01-000001"))


def _check_the_page(page: ReadSlip, sold: ReadSlip) -> None:
    """Each row of the slip stands on the page in the same order, which says that it is a copy."""
    told = [("小计", "23.56"), ("折扣", "-0.71"), ("抹零", "0.05"), ("合计", "22.90"),
            ("银行卡", "10.00"), ("现金", "20.00"), ("找零", "7.10")]  # fmt: skip
    assert [(label, page.beside(label)) for label, _ in told] == told
    printed, written = (
        [row for row in map(str.strip, of.lines) if row and "==" not in row] for of in (sold, page)
    )
    assert [row for row in written if row in printed] == printed
    assert any("副本" in row for row in written) and "副本" not in sold.text


def _check_the_report(folder: Path, shown: list[list[str]]) -> None:
    """The rows of the screen, as pieces, in both files and in their order; the last sums them."""
    (sheet,), (paper,) = folder.glob("takings-*.csv"), folder.glob("takings-*.pdf")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        # A spreadsheet gets three decimals of a quantity.
        plain = ([cell.removesuffix(".000") for cell in row] for row in csv.reader(file))
        written = [" ".join(row).split() for row in plain]
    drawn = [" ".join(row).split() for row in rows_of(paper)]
    assert [shown[0], shown[1], shown[2][-4:]] == [
        ["10005", APPLES.name, "1.684", "0.65", "18.51", "2.40", "20.91"],
        ["10001", *WATER.name.split(), "1", "0.06", "1.72", "0.22", "1.94"],
        ["0.71", "20.23", "2.62", "22.90"],
    ]
    for rows in (written, drawn):
        assert [row for row in rows if row in shown] == shown[:2]
        (sums,) = (row for row in rows if row[:1] == ["合计"])
        assert sums[1:] == shown[2][-4:]
