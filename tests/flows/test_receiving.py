"""Goods received by scanner at a real terminal: an order with what is short, over and unknown, a
lot from a GS1 label; a kill in the middle; the budget of counter.md.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.buying import orders, suppliers
from models.buying.orders import PART, PurchaseOrder
from models.buying.receipts import ReceiptLine, SetAside
from models.goods.goods import Goods
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.trust import sign_in
from models.trust.operation import Session, new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import (
    CNY,
    COLA,
    LAST,
    MANAGER,
    MANAGER_PASSWORD,
    NOODLES,
    TISSUES,
    WATER,
    Piece,
)
from tests.flows.test_devices_at_the_till import Gun, gun, scanner_table
from tests.flows.till import Till, books_of

__all__ = ["gun"]

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]

STRANGE = "6909999900019"


def an_order(folder: Path, *pieces: tuple[Piece, int], url: str = "", register: int = 1) -> str:
    """An order at a supplier, approved and sent; its number."""
    with books_of(folder, url, register=register):
        owner = Session(User.get(User.login == MANAGER).key, register)
        sign_in.sign_in(register, MANAGER, MANAGER_PASSWORD)
        folio = suppliers.save_supplier(owner, None, name="杭州批发", uid=new_uid())
        lines = [
            {
                "goods": Goods.get(Goods.code == piece.code).key, "packs": Quantity.of(many),
                "pack": Quantity.of(1), "price": UnitCost.parse(piece.cost, CNY),
            }
            for piece, many in pieces
        ]  # fmt: skip
        made = orders.save_order(owner, None, supplier=folio.key, lines=lines, uid=new_uid())
        made = orders.approve_order(owner, made, version=made.version, uid=new_uid())
        orders.send_order(owner, made, version=made.version, uid=new_uid())
        return str(made.number)


def at_receiving(term: Till) -> None:
    term.enter("300")
    term.see("What is received?")


@pytest.mark.row("PUR-08", "PUR-10", "PUR-12", "PUR-20")
def test_an_order_is_received_by_scans(floor: Floor, till: Counter) -> None:
    folder = floor()
    number = an_order(folder, (WATER, 24), (COLA, 6), (NOODLES, 2))
    term: Till = till(folder)
    term.sign_in()
    at_receiving(term)
    term.wait(number)
    term.key("enter")
    term.see("Scan; 12* before it takes in twelve. F9 finishes.")
    # A scanned line costs no key.
    term.presses = 0
    term.scan(COLA, COLA, COLA)
    term.wait(f"-3 {term.w('too few')}")
    term.scan(NOODLES, NOODLES, NOODLES)
    term.wait(f"+1 {term.w('too many')}")
    assert term.presses == 0
    # A label that says its lot is a line of its own; it is of the same order.
    term.scan(f"]C1010{COLA.barcode}10B7")
    term.wait("B7")
    # What has no code on it is picked from the list.
    term.key("f7")
    term.type("10001", every_s=0.05)
    term.wait(WATER.name.split()[0])
    term.key("enter")
    term.calm()
    # Twenty at once, and the program is killed.
    term.type("20*")
    term.scan(WATER)
    term.wait(f"-3 {term.w('too few')}")
    term.calm()
    term.kill()
    term = till(folder)
    term.sign_in()
    term.wait(term.w("A delivery is begun and not finished: 300 goes on. ({count})", count=1))
    at_receiving(term)
    term.key("enter")
    term.wait(f"-3 {term.w('too few')}")
    # What nobody knows is set aside; the piece too many is refused at the door.
    term.scan(STRANGE)
    term.see_flat(term.w("refusal.CodeUnknown", code=STRANGE))
    term.key("f7")
    term.see("Which item has the code {code}?", code=STRANGE)
    term.key("f12")
    term.calm()
    term.key("f4")
    term.wait(term.w("Set aside: {count}", count=1))
    term.scan(NOODLES)
    term.wait(f"+2 {term.w('too many')}")
    term.key("-", "-")
    term.wait(term.w("all here"))
    term.calm()
    term.presses = 0
    term.key("f9")
    term.see("Number of their paper; none: Enter")
    term.key("enter")
    term.see("Take in {count} lines?", count=4)
    term.key("enter")
    term.wait("GI01-000001")
    print(f"{term.presses} presses")
    assert term.presses <= 3
    term.calm()
    term.kill()
    with books_of(folder):
        document = Document.get(Document.kind == "goods in")
        rows = ReceiptLine.select().where(ReceiptLine.document == document.key)
        came = {(row.name.split()[0], row.batch): str(row.quantity) for row in rows}
        assert came == {
            (COLA.name.split()[0], ""): "3", (COLA.name.split()[0], "B7"): "1",
            (NOODLES.name, ""): "2", (WATER.name.split()[0], ""): "21",
        }  # fmt: skip
        assert SetAside.get().code == STRANGE
        assert PurchaseOrder.get().state == PART
        kinds = [job.kind for job in PrintJob.select().where(PrintJob.subject == document.key)]
        assert sorted(kinds) == ["goods_in", "short"]
        assert not proof.verify()


def scanned_at_once(term: Till, gun: Gun, *, each: int, every_s: float) -> None:
    """So many scans from a scanner at the keyboard and from one at a serial port, side by side."""
    began = time.monotonic()
    for number in range(each):
        term.scan((WATER, TISSUES)[number % 2])
        gun.read((COLA, NOODLES)[number % 2].barcode)
        time.sleep(max(0.0, began + (number + 1) * every_s - time.monotonic()))


def came(folder: Path) -> dict[str, str]:
    """What was posted: bar code of the item, how many."""
    with books_of(folder):
        assert not proof.verify()
        return {row.code: str(row.quantity) for row in ReceiptLine.select()}


def posted(term: Till, lines: int, pays: str = "") -> None:
    term.key("f9")
    term.see("Number of their paper; none: Enter")
    term.key("enter")
    term.see("Take in {count} lines?", count=lines)
    term.key("enter")
    term.wait("GI01-000001")
    term.calm()
    if pays:
        # What was bought in any shop is paid at once: exact cash.
        term.see("Paying a supplier")
        term.wait_total(pays)
        term.pump(0.15)
        term.key("enter")
        term.wait(term.w("Paid: {what} {amount}", what="", amount=pays).split()[-1])
        term.calm()
    term.kill()


@pytest.mark.row("PUR-09", "PUR-11")
def test_what_was_bought_in_a_shop_and_what_goes_back(
    floor: Floor, till: Counter, gun: Gun
) -> None:
    folder = floor("en", more=scanner_table(gun))
    term: Till = till(folder, lang="en")
    term.sign_in()
    at_receiving(term)
    term.type("Bought")
    term.key("enter")
    term.see("Scan the first box.")
    # Nothing was scanned: F9 does nothing, F3 leaves nothing behind.
    term.key("f9")
    term.calm()
    term.scan(LAST)
    term.wait("50.00")
    term.enter("3*")
    term.wait_total("150.00")
    # Twenty times as fast as somebody scans for an hour: 366.00 more.
    scanned_at_once(term, gun, each=60, every_s=0.05)
    term.wait_total("516.00")
    posted(term, 5, pays="516.00")
    assert came(folder) == {
        LAST.barcode: "3", WATER.barcode: "30", TISSUES.barcode: "30", COLA.barcode: "30",
        NOODLES.barcode: "30",
    }  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(4000)
def test_an_hour_of_sixty_scans_a_minute_from_each_of_two_scanners(
    floor: Floor, till: Counter, gun: Gun
) -> None:
    folder = floor("en", more=scanner_table(gun))
    term: Till = till(folder, lang="en")
    term.sign_in()
    at_receiving(term)
    term.type("Bought")
    term.key("enter")
    term.see("Scan the first box.")
    scanned_at_once(term, gun, each=3600, every_s=1.0)
    term.wait_total("21960.00")
    posted(term, 4)
    assert set(came(folder).values()) == {"1800"} and len(came(folder)) == 4
