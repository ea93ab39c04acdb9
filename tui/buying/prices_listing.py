"""Suppliers' prices (供应商价格): who asks what for an item, in which pack."""

from __future__ import annotations

from models.base.quantity import Quantity
from models.buying.suppliers import SupplierPrice, drop_supplier_price, save_supplier_price
from models.goods.goods_link import GOODS_LINK
from models.ledger.folios import Folio
from models.listings.listings import Field, Link, Listing
from receipts.words import word
from tui.records.looks import Look

SUPPLIER = Field("supplier", word("Supplier"), "link", look=Look(20, box=24), is_required=True,
                 link=Link("suppliers", Folio))  # fmt: skip

LISTING = Listing(
    "supplier_prices",
    word("Suppliers' prices"),
    SupplierPrice,
    fields=(
        SUPPLIER,
        Field("goods", word("Item"), "link", look=Look(26, box=30), is_required=True,
              link=GOODS_LINK),
        Field("code", word("Their code"), look=Look(14, drop=2), limit=40, is_sorted=True,
              help=word("What the supplier calls it: it stands on the order.")),
        Field("pack", word("Pieces in it"), "quantity", is_required=True,
              default=Quantity.of(1), example="24",
              help=word("How many pieces are in what is ordered: 24 for a case.")),
        Field("price", word("Price"), "cost", look=Look(10, is_beside=True), is_required=True,
              example="26.40", help=word("For a whole pack.")),
        Field("is_usual", word("Usual"), "yes-no", default=False,
              help=word("The item is ordered from here first.")),
    ),
    order="code",
    find=("code",),
    named="code",
    right="see purchases",
    change_right="order goods",
    save=save_supplier_price,
    overruled={"PriceOdd": "is_price_meant"},
    drop=drop_supplier_price,
    empty=word("No prices of suppliers yet. F2 makes one."),
)  # fmt: skip
