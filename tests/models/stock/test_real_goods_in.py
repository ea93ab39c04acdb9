"""Thousands of real goods as a stock list, received in documents of a thousand lines each."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.buying import receiving
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import receive_goods
from models.buying.plausible import Asked
from models.buying.receipts import CASUAL, ReceiptLine
from models.goods.codes import is_gtin
from models.goods.goods import Barcode
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.selling.items import find_item
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.stock.stock import stocks_of
from models.trust.operation import new_uid
from tests.models.buying.bought import cost
from tests.models.stock.imported import Told
from tests.stores import Shop

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
LINES = 1_000


def received(shop: Shop, codes: list[str], each: str) -> list[Document]:
    """All of these, three of each, in as many deliveries as it takes."""
    made = []
    for at in range(0, len(codes), LINES):
        begun = receiving.begin(shop.owner, DeliveryHead(CASUAL, None))
        for number, code in enumerate(codes[at : at + LINES], 1):
            receiving.take_in(begun, code, Quantity.of(3))
            receiving.change_line(begun, number, asked=Asked(cost(each)), is_sure=True)
        made.append(receive_goods(shop.owner, begun.draft, shown=begun.total(), uid=new_uid()))
    return made


@pytest.mark.row("STK-03", "PUR-10", "PUR-29")
@pytest.mark.parametrize(
    ("name", "rows", "told", "refused", "documents"),
    [
        ("off_greater_china", 2_588, {"valid": 2_587, "bad": 1}, 1, 3),
        ("off_world_sample", 16_579, {"valid": 15_067, "bad": 961, "not-a-gtin": 551}, 16, 17),
    ],
)  # fmt: skip
def test_a_stock_list_is_received(
    shop_on: Callable[[str], Shop], real_data: Path, name: str, rows: int, told: dict[str, int],
    refused: int, documents: int,
) -> None:  # fmt: skip
    shop = shop_on("sqlite")
    path = real_data / "goods" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["barcode"]: row["check_digit"] for row in csv.DictReader(file)}
    assert (len(listed), Counter(listed.values())) == (rows, told)
    # Our own look at the check digit says the same of each.
    assert all(is_gtin(code) == (is_good == "valid") for code, is_good in listed.items())
    plan = plan_import(GOODS, read_sheet(path), defaults={"price": "9.90"})
    done = Told(run_import(shop.owner, plan))
    # Whole GS1 strings are no bar codes, and one name holds the sign for unknown characters.
    known = {row.code: row.goods_id for row in Barcode.select()}
    fit = [code for code in listed if code in known]
    assert done.counts == (len(fit), 0, 0, refused) and len(fit) == rows - refused
    taken, strange = list[str](), Counter[str]()
    for code in fit:
        try:
            found = find_item(code)
        except Refusal as refusal:
            strange[type(refusal).__name__] += 1
            continue
        if found.goods == known.get(code):
            taken.append(code)
    print(name, len(fit), len(taken), dict(strange))
    made = received(shop, taken, "1.25")
    assert len(made) == documents
    of = [ReceiptLine.select().where(ReceiptLine.document == one.key).count() for one in made]
    assert of == [LINES] * (documents - 1) + [len(taken) % LINES]
    stock = stocks_of(known[code] for code in taken)
    assert all(one.quantity == Quantity.of(3) for one in stock.values())
    worth = sum(one.value.minor for one in stock.values())
    assert worth == 375 * len(taken) == sum(one.total.minor for one in made)
    assert not proof.verify()
