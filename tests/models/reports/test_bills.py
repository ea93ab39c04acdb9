"""Bills as slips show them: what a bill reverses is named on it."""

from __future__ import annotations

from models.reports.bills import sale_view
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.models.worked import planting
from tests.stores import Shop


def test_a_bill_names_the_one_that_it_reverses(shop: Shop) -> None:
    shop.open_shift()
    first, second = shop.sell("1001"), shop.sell("1002")
    assert sale_view(second.key).original_number == ""
    with planting() as plant:
        plant(f'UPDATE "document" SET "reverses_id" = {first.key} WHERE "key" = {second.key}')
        view = sale_view(second.key)
    assert view.original_number == first.label
    assert any(first.label in str(part) for part in sale_slip(view, Print("zh")).parts)
