"""The examples of CONTRIBUTING.md are code that runs: taken out of the page and used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.ledger.folios import FolioNotOpen, save_folio, switch_folio
from models.ledger.payments.taking import PaymentWrong
from models.ledger.proving import proof
from models.listings.listing_pages import page
from models.listings.listings import View
from models.trust.operation import OPERATIONS, NeedsOverride, new_uid
from tests.stores import ON_ACCOUNT, Shop, yuan

EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def examples(root: Path) -> Iterator[dict[str, Any]]:
    """All names that the examples of the page make, one after the other."""
    before = set(OPERATIONS)
    found: dict[str, Any] = {"__name__": "contributing"}
    for text in EXAMPLE.findall((root / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        exec(compile(text, "CONTRIBUTING.md", "exec"), found)
    yield found
    for name in set(OPERATIONS) - before:
        del OPERATIONS[name]


def test_the_operation_of_the_page(
    shop_on: Callable[[str], Shop], examples: dict[str, Any]
) -> None:
    shop = shop_on("sqlite")
    waive = examples["waive_debt"]
    folio = save_folio(
        shop.owner, None, version=0, kind="company", name="望江", limit=yuan("100"), uid=new_uid()
    )
    shop.open_shift()
    shop.sell("1004", tender=ON_ACCOUNT, folio=folio.key)
    with pytest.raises(PaymentWrong):
        waive(shop.owner, folio, yuan("25.01"), reason="x", uid=new_uid())
    with pytest.raises(NeedsOverride):
        waive(shop.cashier, folio, yuan("5.00"), reason="x", uid=new_uid())
    uid = new_uid()
    made = [waive(shop.owner, folio, yuan("25.00"), reason="老客", uid=uid) for _ in range(2)]
    assert made[0].key == made[1].key
    now = type(folio).get_by_id(folio.key)
    assert now.balance == yuan("0")
    switch_folio(shop.owner, now.key, version=now.version, uid=new_uid())
    with pytest.raises(FolioNotOpen):
        waive(shop.owner, folio, yuan("1.00"), reason="x", uid=new_uid())
    assert not [str(found) for found in proof.verify()]


def test_the_book_and_the_words_of_the_page(
    shop_on: Callable[[str], Shop], examples: dict[str, Any]
) -> None:
    shop = shop_on("sqlite")
    lines = page(shop.owner, examples["UNITS"], View(), None).lines
    assert {"瓶", "千克"} <= {line.values["name"] for line in lines}
    made = examples["UNITS"].save(shop.owner, None, name="箱", decimals=0, uid=new_uid())
    assert made.name == "箱"
    assert examples["told"] == "Saved: 箱"
