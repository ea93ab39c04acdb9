"""Goods (商品): names, codes, prices, taxes and bar codes of what is sold."""

from __future__ import annotations

from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.quantity import Quantity
from models.goods.goods import Category, Goods, TaxRate, Unit
from models.goods.records import barcodes_of, drop_goods, is_used, save_goods, switch_goods
from models.goods.search import search_goods
from models.listings.listings import Action, Field, Grid, Link, Listing
from models.stock.stock import ON_FLOOR
from receipts.words import word
from tui.goods.usual_tax import usual_tax
from tui.records.looks import Look


def _search(text: str, limit: int) -> list[int]:
    """The search of the till; and codes with letters in them, which begin so."""
    found = [one.goods for one in search_goods(text, limit, with_switched_off=True)]
    if found:
        return found
    begins = Goods.select(Goods.key).where(Goods.code.startswith(text.strip()))
    return [row.key for row in begins.order_by(Goods.code).limit(limit)]


def _drop(session: Any, key: int, *, version: int, **how: Any) -> None:
    """Delete what was never sold; what was goes off sale, and back on at the next time."""
    if not is_used(key):
        drop_goods(session, key, version=version, **how)
        return
    is_active = Goods.get_by_id(key).is_active
    switch_goods(session, key, version=version, is_active=not is_active, **how)


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Goods:
    if values.get("cost") is None:
        values["cost"] = UnitCost(0, store_currency())
    return save_goods(session, key, version=version, **values)


# Nothing for services; what lies on the shop floor, as the till says it.
_STOCK = (
    f'CASE WHEN t."is_stocked" THEN coalesce((SELECT {ON_FLOOR} FROM "stock" s '
    'WHERE s."goods" = t."key"), 0) END'
)
FIELDS = (
    Field("code", word("Code"), look=Look(13, box=20), limit=20, is_automatic=True, is_sorted=True,
          example="1001", help=word("Typed or scanned at the till; bar codes stand below.")),
    Field("name", word("Name"), look=Look(44), limit=120, is_required=True, is_sorted=True,
          example="农夫山泉天然水 550ml"),
    # Kept on a narrow screen: it is what tells two bottles of one name apart.
    Field("spec", word("Pack size"), look=Look(8, box=20, drop=2), limit=60, example="550ml x 24"),
    Field("pinyin", word("Initials"), look=Look(is_beside=True), limit=60, is_listed=False,
          help=word("Pinyin initials for finding; blank: made from the name.")),
    # Beside the list stands the tree of them: the first to make room for a long name.
    Field("category", word("Category"), "link", look=Look(16, drop=8),
          link=Link("categories", Category)),
    Field("unit", word("Unit"), "link", look=Look(6, drop=4, is_beside=True),
          link=Link("units", Unit)),
    Field("price", word("Sale price"), "money", is_required=True, example="2.00"),
    Field("stock", word("In stock"), "quantity", look=Look(drop=1), is_computed=True, in_form=False,
          beside=_STOCK),
    Field("member_price", word("Member price"), "money", look=Look(drop=7, is_beside=True),
          is_listed=False),
    Field("price2", word("Price 2"), "money", is_listed=False),
    Field("price3", word("Price 3"), "money", look=Look(is_beside=True), is_listed=False),
    Field("price4", word("Price 4"), "money", is_listed=False),
    Field("cost", word("Cost"), "cost", look=Look(drop=5, is_beside=True), right="see cost",
          help=word("What one is expected to cost; receiving goods sets it.")),
    Field("tax", word("Tax rate"), "link", look=Look(10), is_listed=False,
          link=Link("tax_rates", TaxRate), default=usual_tax),
    Field("short_name", word("Short name"), look=Look(20, is_beside=True), limit=40,
          is_listed=False,
          help=word("For slips and price tags; blank: the name.")),
    Field("is_weighed", word("Weighed"), "yes-no", default=False, is_listed=False,
          help=word("Sold by weight: the till asks for it, or a scale's label carries it.")),
    Field("is_stocked", word("Stock kept"), "yes-no", look=Look(is_beside=True), default=True,
          is_listed=False, help=word("Its stock is counted; not so for services.")),
    Field("min_stock", word("Min. stock"), "quantity", look=Look(10), is_listed=False,
          help=word("Below this, reordering is proposed.")),
    Field("max_stock", word("Max. stock"), "quantity", look=Look(10, is_beside=True),
          is_listed=False),
    Field("brand", word("Brand"), look=Look(20, drop=7), limit=40),
    Field("supplier", word("Supplier"), look=Look(20, is_beside=True), limit=60, is_listed=False),
    Field("bin", word("Shelf"), look=Look(10), limit=20, is_listed=False),
    Field("shelf_life_days", word("Shelf life"), "number", look=Look(is_beside=True),
          unit=word("days"), is_listed=False),
    Field("is_active", word("In use"), "yes-no", look=Look(6, box=4, drop=6), default=True),
    Field("mnemonic", word("Mnemonic"), look=Look(14, is_beside=True), limit=60, is_listed=False,
          help=word("Another way to find it: what an earlier program called it.")),
)  # fmt: skip

BARCODES = Grid(
    "barcodes",
    word("Bar codes"),
    (
        Field("code", word("Bar code"), look=Look(20), limit=20, is_required=True,
              example="6901234567892", help=word("Scan it, or type it.")),
        Field("pack", word("Pieces in it"), "quantity", look=Look(12), default=Quantity.of(1),
              help=word("How many pieces the code rings at once: 24 for a case.")),
        Field("price", word("Pack price"), "money", look=Look(17),
              help=word("Blank: the price of one times the pieces.")),
        Field("is_main", word("Main"), "yes-no", default=False),
    ),
    barcodes_of,
)  # fmt: skip


async def _price_by_net(screen: Any, line: Any) -> None:
    from tui.goods.price_by_net import set_price_by_net

    await set_price_by_net(screen, line.key)


async def _labels(screen: Any, line: Any) -> None:
    from tui.goods.labelling import label_goods

    await label_goods(screen, line)


async def _own_barcode(screen: Any, line: Any) -> None:
    from tui.goods.labelling import give_barcode

    await give_barcode(screen, line)


LISTING = Listing(
    "goods",
    word("Goods"),
    Goods,
    fields=FIELDS,
    order="code",
    find=("code", "name"),
    right="keep goods",
    # At the till everybody looks goods up.
    pick_right="",
    change_right="keep goods",
    save=_save,
    drop=_drop,
    search=_search,
    grid=BARCODES,
    tree="category",
    apart="spec",
    overruled={"GoodsTwice": "is_twin_meant"},
    actions=(
        Action(word("Print labels"), _labels, "print"),
        Action(word("Give a bar code of our own"), _own_barcode, "keep goods"),
        Action(word("Price without tax"), _price_by_net, "keep goods"),
    ),
    empty=word("No goods fit. F2 makes new ones."),
)
