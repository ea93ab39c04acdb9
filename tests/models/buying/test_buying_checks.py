"""Each check of buying sees its fault: planted past all guards, named by `verify`."""

from __future__ import annotations

from collections.abc import Callable

from tests.models.buying.bought import buys, head_of, line, order, posted, scanned, supplier
from tests.models.buying.test_back_and_bills import booked
from tests.models.worked import codes, planting
from tests.stores import Shop

_CAME = '(SELECT min("document_id") FROM "receipt")'
FAULTS = (
    ("DeliveryWrong", 'UPDATE "receipt" SET "net" = "net" + 1, "total" = "total" + 1'),
    ("DeliveryWrong", f'UPDATE "receipt_line" SET "tax" = 1 WHERE "document_id" = {_CAME}'),
    ("DeliveryWrong", 'UPDATE "receipt" SET "total" = "total" + 1'),
    ("DeliveryMoveWrong", 'UPDATE "receipt_line" SET "quantity" = "quantity" + 1000'),
    ("DeliveryMoveWrong", f'DELETE FROM "stock_move" WHERE "document_id" = {_CAME}'),
    ("NotBilledWrong", 'UPDATE "receipt" SET "is_billed" = true WHERE NOT "is_billed"'),
    ("NotBilledWrong", 'DELETE FROM "bill_line"'),
    ("OrderStateWrong", 'UPDATE "purchase_order" SET "state" = \'sent\''),
    ("OrderStateWrong", 'UPDATE "purchase_order" SET "state" = \'received\''),
    ("OrderStateWrong", 'UPDATE "receipt" SET "order" = NULL WHERE "order" IS NOT NULL'),
    ("SupplierBillWrong", 'UPDATE "supplier_bill" SET "net" = "net" + 1, "total" = "total" + 1'),
    ("SupplierBillWrong", 'UPDATE "bill_line" SET "net" = "net" + 1'),
    ("PartsAltered", 'UPDATE "receipt_line" SET "batch" = \'x\''),
)


def test_each_fault_is_named(shop_on: Callable[[str], Shop]) -> None:
    shop = shop_on("sqlite")
    folio = supplier(shop, bills_later=True)
    posted(shop, scanned(shop, head_of(order(shop, folio, line(shop, "1001", "9", "1"))),
                         ("1001", "4")))  # fmt: skip
    booked(shop, folio, "4")
    buys(shop, "1002", "3", "2", folio)
    for code, statement in FAULTS:
        with planting() as plant:
            plant(statement)
            assert code in codes(), statement
