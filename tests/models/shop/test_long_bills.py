"""A change of one line costs the same on a long bill as on a short one: no other line is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.shop import basket, basket_lines, bill_changes
from models.trust import drafts
from models.trust.operation import Session, new_uid
from tests.stores import Shop, yuan

Change = Callable[[Session, int, int], object]

CHANGES: dict[str, Change] = {
    "price": lambda who, draft, line: bill_changes.override_price(
        who, draft, line, yuan("1"), uid=new_uid()
    ),
    "discount": lambda who, draft, line: bill_changes.discount_line(
        who, draft, line, Rate.percent("5"), uid=new_uid()
    ),
    "quantity": lambda who, draft, line: bill_changes.set_quantity(
        who, draft, line, Quantity.of(3), uid=new_uid()
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reads_its_own_line_only(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    reads: list[int] = []
    read = basket_lines.rung_from

    def counted(number: int, body: object) -> basket_lines.RungLine:
        reads.append(number)
        return read(number, body)  # type: ignore[arg-type]

    monkeypatch.setitem(drafts.READERS, "goods", counted)
    costs = []
    for times in (2, 60):
        bill = shop.bill(*("1001", "1002") * times)
        assert len(bill.lines) == 2 * times
        reads.clear()
        number = bill.lines[0].number
        CHANGES[name](shop.owner, bill.draft, number)
        basket.catch_up(bill, number)
        costs.append(len(reads))
    assert costs[0] == costs[1] <= 3
