"""The worked cases of a shop counter against the engine: each case is a test of its own."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.base import exact
from models.base.cost import AverageCost, UnitCost
from models.base.quantity import Quantity
from tests.models.shop.code_cases import auth_code, barcode
from tests.models.shop.money_cases import (
    FEN,
    NOT_PER_LINE,
    Case,
    cash_rounding,
    discount_document,
    price_list,
    promotion,
    rounding,
    session,
    tax_compute,
    tax_document,
    tax_line,
    tender,
)
from tests.sources import parsed

FILE = Path(__file__).parents[4] / "shared" / "vectors" / "shop_cases.json"
CASES: list[Case] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []

# The numbers of the cases' own page: a case that gets lost is noticed.
COUNTS = {
    "barcode": 31,
    "tax_document": 23,
    "tax_line": 15,
    "cash_rounding": 13,
    "discount_document": 10,
    "cost_average": 8,
    "cost_fifo": 7,
    "rounding": 7,
    "stored_value": 4,
    "tax_mapping": 2,
    "tax_compute": 2,
    "session": 2,
    "tender": 2,
    "margin": 2,
    "price_list": 2,
    "promotion": 2,
    "uom": 2,
    "scan_entry": 2,
    "stocktake": 1,
    "auth_code": 1,
}

# Kinds that stock answers, each case of which is a test there.
IN_STOCK = {"cost_fifo", "uom", "scan_entry"}
# Single cases of the kinds above that are a test elsewhere, which says so by their ids.
ELSEWHERE = {"tender-004"}
# Cases that no bill has, each with the reason.
NO_BILL = dict.fromkeys(
    ("tax_mapping-001", "tax_mapping-004"),
    "another country's taxes on a customer's bill: a shop here sells everybody at its own",
) | {
    "uom-004": "25 seconds as hours to two decimals: we count in the base unit of an item, and "
    "nothing is rounded to a larger one",
}

# Cases that we answer otherwise on purpose.
OTHERWISE = {
    "tax_document-048": "the source taxes unrounded lines below a base of rounded ones; we take "
    "the tax of what the slip shows, or keep everything exact",
    "tax_document-049": "half-even: we round half away from zero, so that a refund is the mirror",
    "cost_average-004": "a known trap of its source: the unit average is rounded before it is "
    "multiplied, and more is issued than was there",
    "cash_rounding-012": "rounds the document although a card pays a part; we round only what is "
    "paid in cash, or the drawer would need a coin of 0.01",
}


def cost_average(case: Case) -> Case:
    stock = AverageCost.empty(FEN.currency)
    averages, issues = [], []
    for kind, quantity, *rest in case["input"]["ops"]:
        many = Quantity.parse(quantity)
        if kind == "in":
            move = stock.receive(many, UnitCost.parse(rest[0], FEN.currency).times(many))
        else:
            move = stock.issue(many)
            issues.append(move.value.decimal)
        stock = move.after
        averages.append(stock.average.decimal)
    return {
        "average_after_each": averages,
        "average": averages[-1],
        "final_average": averages[-1],
        "cost_of_moves": {"in100": averages[0], "in120": averages[2], "in100b": averages[-1]}
        if len(averages) == 4
        else {},
        "issue_values": issues,
        "qty": stock.quantity.decimal,
        "value": stock.value.decimal,
    }


# --- the tests

ANSWERS: dict[str, Callable[[Case], Case]] = {
    answer.__name__: answer
    for answer in (
        auth_code,
        barcode,
        cash_rounding,
        cost_average,
        discount_document,
        price_list,
        promotion,
        rounding,
        session,
        tax_compute,
        tax_document,
        tax_line,
        tender,
    )
}


def same(expected: Any, answer: Any) -> bool:
    """Is every field that is expected answered, as exactly as it is written?"""
    if isinstance(expected, dict):
        return all(key in answer and same(one, answer[key]) for key, one in expected.items())
    if isinstance(expected, list):
        pairs = zip(expected, answer, strict=False)
        return len(expected) == len(answer) and all(same(one, other) for one, other in pairs)
    if expected is None:
        return True
    if isinstance(answer, Decimal):
        places = max(0, -int(Decimal(expected).as_tuple().exponent))
        return Decimal(exact.half_away(answer.scaleb(places))).scaleb(-places) == Decimal(expected)
    if isinstance(answer, bool):
        return expected is answer
    return str(expected) == str(answer)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["kind"] in ANSWERS and case["id"] not in ELSEWHERE],
    ids=lambda case: case["id"],
)
def test_case(case: Case) -> None:
    answer = ANSWERS[case["kind"]](case)
    if case["id"] in OTHERWISE:
        assert not same(case["expected"], answer), "no longer differs: take it off the list"
    else:
        shown = {key: answer.get(key) for key in case["expected"]}
        assert same(case["expected"], answer), f"expected {case['expected']}, got {shown}"


def marked() -> set[str]:
    """Every case of the file that a test of the models says it is."""
    found: set[str] = set()
    for path in Path(__file__).parents[1].rglob("test_*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.case":
                found |= {ast.literal_eval(each) for each in node.args}
    return found & {case["id"] for case in CASES}


def test_every_case_is_a_test_or_has_a_reason(vectors: Path) -> None:
    from tests.models.stock import test_layers

    assert FILE.parent == vectors
    assert Counter(case["kind"] for case in CASES) == COUNTS
    ids = {case["id"] for case in CASES}
    assert len(ids) == len(CASES) == 138
    tested = {case["id"] for case in CASES if case["kind"] in ANSWERS} - ELSEWHERE
    in_stock = {case["id"] for case in CASES if case["kind"] in IN_STOCK} - {*NO_BILL}
    assert set(test_layers.ANSWERS) >= IN_STOCK and {*test_layers.OTHERWISE} <= {*NO_BILL}
    assert not marked() & (tested | in_stock) and marked() >= ELSEWHERE
    assert tested | in_stock | marked() | {*NO_BILL} == ids
    assert not (tested | in_stock | marked()) & {*NO_BILL}
    assert {*OTHERWISE, *NOT_PER_LINE} <= tested
