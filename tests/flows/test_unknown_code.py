"""A bar code that no item has, at the till: given to an item, or to a new one, and sold at once."""

from __future__ import annotations

import pytest

from devices.profiles import PROFILES
from models.goods.goods import Barcode
from models.reports.bills import sale_view
from models.selling.items import find_item
from models.shop.sales import Sale
from receipts.layout import layout
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from receipts.text import text_of
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import MANAGER, MANAGER_PASSWORD, WATER
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]

STRANGE = "6909999900019"


def scan_strange(term: Till) -> None:
    term.scan(STRANGE)
    term.see_flat(term.w("refusal.CodeUnknown", code=STRANGE))


@pytest.mark.row("STK-02", "UIX-13", "NFR-05")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_code_is_given_to_an_item(floor: Floor, till: Counter, lang: str) -> None:
    folder = floor(language=lang)
    term: Till = till(folder, lang=lang)
    term.begin()
    term.switch_user(MANAGER, MANAGER_PASSWORD)
    scan_strange(term)
    term.presses = 0
    term.key("f7")
    term.see("Which item has the code {code}?", code=STRANGE)
    term.type("10001")
    term.wait(WATER.name)
    term.calm()
    term.key("enter")
    term.see("Keep the code for {item}: it rings how many? 0: not", item=WATER.name)
    term.key("enter")
    term.wait_total("2.00")
    print(f"{term.presses} presses")
    assert term.presses <= 8
    # It is known now.
    term.scan(STRANGE)
    term.wait_total("4.00")
    term.kill()
    with books_of(folder):
        assert find_item(STRANGE).name == WATER.name


def test_who_keeps_no_goods_sells_it_and_the_code_stays_strange(
    floor: Floor, till: Counter
) -> None:
    folder = floor()
    term: Till = till(folder)
    term.begin()
    scan_strange(term)
    # A scan goes on; what is looked for then is any item.
    term.scan(WATER)
    term.wait_total("2.00")
    term.key("f7")
    term.see("Find goods: name, initials, or code")
    term.key("f12")
    term.calm()
    scan_strange(term)
    term.key("f7")
    term.see("Which item has the code {code}?", code=STRANGE)
    (keys,) = (row for row in term.lines() if "│" in row and "Enter" in row)
    assert "F2" not in keys
    term.type("10001")
    term.wait(WATER.name)
    term.calm()
    term.key("enter")
    term.wait_total("4.00")
    term.kill()
    with books_of(folder):
        assert not Barcode.select().where(Barcode.code == STRANGE).count()


def test_a_new_item_begins_with_the_code(floor: Floor, till: Counter) -> None:
    folder = floor()
    term: Till = till(folder)
    term.begin()
    term.switch_user(MANAGER, MANAGER_PASSWORD)
    term.type("3*")
    term.scan(STRANGE)
    term.see_flat(term.w("refusal.TimesSpent", code=STRANGE, quantity=3))
    term.key("f7")
    term.see("Which item has the code {code}?", code=STRANGE)
    term.key("f2")
    term.see("Bar codes")
    term.wait(STRANGE)
    term.key("enter")
    term.calm()
    term.enter("雪碧 330ml")
    term.calm()
    # The price is what is missing; what is typed before that is told goes.
    term.key("f4")
    term.wait("必须填写")
    term.type("3.00")
    term.key("f4")
    term.wait_total("9.00")
    term.kill()
    with books_of(folder):
        assert find_item(STRANGE).name == "雪碧 330ml"


def test_the_code_of_a_carton_rings_what_is_in_it(floor: Floor, till: Counter) -> None:
    """Kept for twelve: line, band and pieces say so, also for the next one; who keeps no goods
    rings the carton by choosing it.
    """
    folder = floor()
    term: Till = till(folder)
    term.begin()
    term.switch_user(MANAGER, MANAGER_PASSWORD)
    scan_strange(term)
    term.key("f7")
    term.see("Which item has the code {code}?", code=STRANGE)
    term.type(WATER.code)
    term.wait(WATER.name)
    term.calm()
    term.key("enter")
    term.see("Keep the code for {item}: it rings how many? 0: not", item=WATER.name)
    term.enter("12")
    term.wait_total("24.00")
    carton = f"1箱(12{WATER.unit})"
    assert term.text().count(carton) == 2, "on the line and in the band"
    term.see("Lines {lines}, pieces {pieces}", lines=1, pieces=12)
    term.switch_user()
    term.scan("6909999900026")
    term.see_flat(term.w("refusal.CodeUnknown", code="6909999900026"))
    term.key("f7")
    term.see("Which item has the code {code}?", code="6909999900026")
    term.type(WATER.code)
    term.wait(WATER.name)
    term.calm()
    term.key("enter")
    term.see("One, or a pack?")
    term.key("down", "enter")
    term.wait_total("48.00")
    # By its name too, and what it costs is asked for by its code.
    term.type(f"2*{WATER.name[:3]}")
    term.key("enter")
    term.see("Find goods: name, initials, or code")
    term.wait(carton)
    term.key("down", "enter")
    term.wait_total("96.00")
    term.key("ctrl+g")
    term.scan(STRANGE)
    term.wait(f"24.00 / {carton}")
    term.key("f12")
    term.see("Price and stock", gone=True)
    term.pay_exact()
    term.kill()
    with books_of(folder):
        sale = Sale.select().order_by(Sale.document.desc()).first()
        assert str(sale.pieces) == "48"
        slip = sale_slip(sale_view(sale.document_id), Print("zh"))
        assert f"4箱(12{WATER.unit})" in text_of(layout(slip, PROFILES["80mm"]))
