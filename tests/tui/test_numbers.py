"""Numbers typed at the counter: one way from a text to an amount, none from a scanner's keys."""

from __future__ import annotations

import ast
from functools import partial
from pathlib import Path

import pytest

from models.base import fields
from models.base.money import currency
from tests.sources import parsed
from tui.desk.gate.numbers import (
    NotANumber,
    NumberScanned,
    Scanned,
    money_of,
    pieces_of,
    quantity_of,
)
from tui.shop.bill_texts import discount_of

READERS = (money_of, quantity_of, partial(discount_of, lang="en"), pieces_of)
# Who turns a text into a number, and looks at where it came from.
ONLY = {"desk/gate/numbers.py", "shop/bill_texts.py", "records/values.py"}
# Values that the program holds already, or that come from a file or a command line.
NOT_TYPED = {"people/roles_listing.py", "demo", "commands", "imports"}


@pytest.fixture(autouse=True)
def yuan() -> None:
    fields.use_currency(currency("CNY"))


@pytest.mark.parametrize("reader", READERS)
def test_digits_of_a_scanner_are_no_number(reader: object) -> None:
    assert callable(reader)
    text = Scanned.of("10001", "10001")
    with pytest.raises(NumberScanned) as refused:
        reader(text)
    assert refused.value.fields == {"code": "10001"}
    reader("10")


def test_a_text_is_marked_by_what_it_ends_with() -> None:
    assert isinstance(Scanned.of("3*10001", "10001"), Scanned)
    for text, run in (("10001", ""), ("1000", "10001"), ("", "")):
        assert type(Scanned.of(text, run)) is str


def test_what_is_no_number_of_pieces() -> None:
    for text in ("", "-1", "1.5", "1234567", "３"):
        with pytest.raises(NotANumber):
            pieces_of(text)


def test_no_other_file_makes_a_number_of_what_was_typed(root: Path) -> None:
    """A screen that reads amounts by itself would take a scanned code for one."""
    for path in sorted((root / "tui").rglob("*.py")):
        name = str(path.relative_to(root / "tui"))
        if name in ONLY or name in NOT_TYPED or name.split("/")[0] in NOT_TYPED:
            continue
        calls = [node.func for node in ast.walk(parsed(path))
                 if isinstance(node, ast.Call)]  # fmt: skip
        for called in calls:
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                made = (called.value.id, called.attr)
                assert made not in {
                    ("Money", "parse"), ("Quantity", "parse"), ("UnitCost", "parse"),
                    ("Rate", "percent"),
                }, name  # fmt: skip
            # int(...) of the words in an entry.
            assert not (isinstance(called, ast.Name) and called.id == "Decimal"), name
