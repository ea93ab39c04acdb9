"""A stocktake by scans at one counter while the other sells; goods back, and labels, by keys and
scans only.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.buying.orders import PurchaseOrder
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.selling.items import find_item
from models.stock.count_posting import CountResultLine
from models.stock.stock import stock_of
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import (
    CLERK,
    CLERK_PASSWORD,
    COLA,
    LAST,
    MANAGER,
    MANAGER_PASSWORD,
    NOODLES,
    WATER,
)
from tests.flows.test_receiving import an_order, at_receiving
from tests.flows.test_two_counters import two
from tests.flows.till import Till, books_of
from tests.peers.label_peer import read_labels

__all__ = ["two"]

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]

LABELS = """[printer.tags]
connect = "file"
path = "slips/tags.bin"
profile = "label"
font = "printer"

[paper.slips]
labels = "tags"
"""


def here(code: str) -> str:
    return str(stock_of(find_item(code).goods).quantity)


@pytest.mark.row("STK-06", "STK-34", "PUR-26", "NFR-13")
def test_a_stocktake_while_the_other_counter_sells(two: tuple[Till, Till, Path, str]) -> None:
    counts, sells, folder, url = two
    # Two bottles are in somebody's basket when the shelf is counted.
    sells.scan(WATER, WATER)
    sells.wait_total("4.00")
    sells.pump(0.15)
    sells.key("f5")
    sells.wait_total("0.00")
    counts.key("f3")
    counts.calm()
    counts.switch_user(MANAGER, MANAGER_PASSWORD)
    counts.calm()
    counts.enter("330")
    counts.see("What is counted?")
    counts.key("enter")
    counts.see("Which zone do you count? A shelf, a room ...")
    counts.key("enter")
    counts.see("Scan what lies here.")
    counts.type("498*")
    counts.scan(WATER)
    counts.see_flat(
        counts.w("{count} of {item} are on bills that are not paid", count=2, item=WATER.name)
    )
    counts.key("enter")
    counts.calm()
    # One is missing; another is sold behind the count, at the other counter.
    counts.presses = 0
    counts.type("499*")
    counts.scan(COLA)
    counts.scan(LAST)
    counts.calm()
    sells.scan(COLA)
    sells.wait_total("3.50")
    sells.pay_exact()
    sells.key("f8")
    sells.wait_total("4.00")
    sells.pay_exact()
    counts.key("f9")
    counts.see("F9 posts the differences; F5 counts again what is far off.")
    counts.key("f9")
    counts.see("{count} items were not counted", count=3)
    counts.key("enter")
    counts.see("Post the stocktake: {count} items differ?", count=1)
    counts.pump(0.15)
    counts.key("enter")
    counts.wait("ST01-000001")
    for term in two[:2]:
        term.close()
        term.has_ended = True
    with books_of(folder, url):
        found = {
            row.goods.code: (str(row.book), str(row.counted))
            for row in CountResultLine.select()
            if row.is_counted
        }
        assert found == {
            WATER.code: ("500", "500"), COLA.code: ("500", "499"), LAST.code: ("1", "1"),
        }  # fmt: skip
        assert (here(WATER.code), here(COLA.code), here(LAST.code)) == ("498", "498", "1")
        assert not proof.verify()


@pytest.mark.row("PUR-09")
def test_goods_go_back_and_labels_are_printed(floor: Floor, till: Counter) -> None:
    folder = floor(more=LABELS)
    an_order(folder, (WATER, 1))
    term: Till = till(folder)
    term.sign_in()
    at_receiving(term)
    term.type(term.w("Back to a supplier"))
    term.key("enter")
    term.wait("杭州批发")
    term.key("enter")
    term.see("Scan what goes back.")
    term.type("6*")
    term.scan(NOODLES)
    # Nobody knows that these came from there.
    told = term.w("refusal.NotFromSupplier", goods=NOODLES.name, supplier="杭州批发")
    term.see_flat(told)
    term.pump(0.15)
    term.key("enter")
    # At what they cost last: 6 x 3.00.
    term.wait_total("18.00")
    term.calm()
    term.key("f9")
    term.see("Why do they go back?")
    term.enter("破了")
    term.see("Send {count} lines back?", count=1)
    term.pump(0.15)
    term.key("enter")
    term.wait("GB01-000001")
    # Labels of an item, found by its scan, on the label printer.
    term.calm()
    term.enter("51")
    term.see("Goods")
    term.scan(WATER)
    term.calm()
    term.key("f8")
    term.see("What shall be done?")
    term.key("enter")
    term.see("How many labels of {item}?", item=WATER.name)
    term.enter("3")
    term.wait(term.w("Labels are printed: {count}", count=3))
    file = folder / "slips" / "tags.bin"
    term.calm()
    (label,) = read_labels(file.read_bytes())
    assert label.texts == [WATER.name, "￥2.00/瓶"] and label.copies == 3
    assert label.bars[0][:2] == ("EAN13", WATER.barcode)
    term.close()
    term.has_ended = True
    with books_of(folder):
        assert here(NOODLES.code) == "494"
        assert Document.get(Document.kind == "goods back").note == "破了"
        assert not proof.verify()


@pytest.mark.row("PUR-26", "PUR-08")
@pytest.mark.case("KU-27")
def test_two_receive_one_order_at_two_doors(two: tuple[Till, Till, Path, str]) -> None:
    """The second is told what is left when he finishes; what is too much he sets aside."""
    one, other, folder, url = two
    number = an_order(folder, (WATER, 50), url=url, register=3)
    for term in (one, other):
        term.key("f3")
        term.calm()
    one.switch_user(MANAGER, MANAGER_PASSWORD)
    # The clerk is of the store room; he may not take in more than was ordered.
    other.key("ctrl+u")
    other.see("Your number")
    other.key("up", "right", "down")
    other.enter(CLERK)
    other.enter(CLERK_PASSWORD)
    for term, pieces in ((one, 30), (other, 25)):
        term.calm()
        at_receiving(term)
        term.wait(number)
        term.key("enter")
        term.see("Scan; 12* before it takes in twelve. F9 finishes.")
        term.type(f"{pieces}*")
        term.scan(WATER)
        term.wait(f"-{50 - pieces} {term.w('too few')}")
        term.calm()
    finished(one)
    one.wait("GI01-000001")
    # Scanned as 25 of 50; at F9 it is 25 of the 20 that are left.
    other.key("f9")
    other.wait(f"+5 {other.w('too many')}")
    other.see("Number of their paper; none: Enter")
    other.key("enter")
    other.see("Take in {count} lines?", count=1)
    other.pump(0.15)
    other.key("enter")
    other.see_flat(other.w("refusal.OrderExceeded", goods=WATER.name, here=25, left=20, over=5))
    other.key("f12")
    other.calm()
    other.enter("20*")
    other.wait(other.w("all here"))
    finished(other)
    other.wait("GI02-000001")
    for term in two[:2]:
        term.close()
        term.has_ended = True
    with books_of(folder, url):
        (order,) = PurchaseOrder.select()
        assert order.state == "received" and here(WATER.code) == "550"
        assert not proof.verify()


def finished(term: Till) -> None:
    """F9 and its two answers."""
    term.key("f9")
    term.see("Number of their paper; none: Enter")
    term.key("enter")
    term.see("Take in {count} lines?", count=1)
    term.pump(0.15)
    term.key("enter")
