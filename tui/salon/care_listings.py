"""Patch tests and formulas of clients."""

from __future__ import annotations

from typing import Any

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.goods.goods_link import GOODS_LINK, item_linked
from models.listings.listings import Field, Grid, Link, Linked, Listing, Record
from models.people.persons import Person
from models.salon.care import (
    FORMULAS,
    PATCH_TESTS,
    Formula,
    PatchTest,
    save_formula,
    save_patch_test,
)
from receipts.words import word
from tui.records.looks import Look
from tui.salon.stylists_listings import filled

SETTINGS = (
    Field("salon.patch_test_months", word("Patch test good"), "number", unit=word("months")),
)  # fmt: skip

TESTS = Listing(
    "patch_tests",
    PATCH_TESTS,
    PatchTest,
    order="day",
    fields=(
        Field("day", word("Day"), "date", is_sorted=True, help=word("Blank: today.")),
        Field("person", word("Customer"), "link", look=Look(14), is_required=True,
              link=Link("people", Person)),
        Field("text", word("With what"), look=Look(16), limit=40, example="染膏 6/0"),
        Field("is_bad", word("Went bad"), "yes-no", look=Look(8), default=False,
              help=word("The skin did not bear it: from then on it is asked each time.")),
        Field("note", word("Note"), look=Look(16, drop=1), limit=100),
    ),
    find=("text", "note"),
    named="day",
    dates="day",
    right="keep care",
    change_right="keep care",
    save=filled(save_patch_test),
    empty=word("No patch test yet. F2 writes one down."),
)  # fmt: skip


def _lines(key: Any) -> list[dict[str, Any]]:
    found = Formula.get_or_none(Formula.key == key)
    rows = []
    for goods, thousandths in found.lines if found else ():
        item = Goods.get_or_none(Goods.key == goods)
        rows.append({"goods": item_linked(item), "quantity": Quantity(thousandths)})
    return rows


def _read(key: Any) -> Record | None:
    row: Formula | None = Formula.get_or_none(Formula.key == key)
    if row is None:
        return None
    values = {
        "day": row.day, "person": Linked(row.person_id, row.person.name), "text": row.text,
        "goods": Linked(row.goods_id, row.goods.name), "is_active": row.is_active,
    }  # fmt: skip
    return Record(key, row.version, values, _lines(key))


FORMULA_LIST = Listing(
    "formulas",
    FORMULAS,
    Formula,
    order="day",
    fields=(
        Field("day", word("Day"), "date", is_sorted=True, help=word("Blank: today.")),
        Field("person", word("Customer"), "link", look=Look(12), is_required=True,
              link=Link("people", Person)),
        Field("goods", word("Item"), "link", look=Look(12), is_required=True,
              link=Link("salon_services", Goods)),
        Field("text", word("What was mixed"), look=Look(30, box=56), limit=200,
              example="6/0 40ml，6% 60ml，35 分钟"),
        Field("is_active", word("In use"), "yes-no", look=Look(4, drop=1), default=True),
    ),
    find=("text",),
    named="day",
    dates="day",
    right="keep care",
    change_right="keep care",
    save=filled(save_formula),
    read=_read,
    grid=Grid(
        "lines",
        word("Goods in it; a ticket is filled with them"),
        (
            Field("goods", word("Item"), "link", look=Look(30), link=GOODS_LINK),
            Field("quantity", word("Quantity"), "quantity", look=Look(12), example="40"),
        ),
        _lines,
    ),
    empty=word("No formula yet. F2 writes one down."),
)  # fmt: skip
