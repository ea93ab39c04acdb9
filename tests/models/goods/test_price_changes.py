"""Each change of a selling price is kept and shown: by hand, from a file, and undone again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.base.quantity import Quantity
from models.goods.price_changes import PriceChange
from models.goods.records import add_barcode, barcodes_of, save_goods
from models.imports.import_plan import plan_import
from models.imports.imports import ImportRun, run_import, undo_import
from models.reports.price_lists import PRICE_CHANGES
from models.reports.report import make, this_month
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.trust.guard import RightMissing
from models.trust.operation import Session, new_uid
from models.trust.users import Role
from tests.stores import Shop, sound, yuan

CASE = "16901234500015"


def told(session: Session) -> list[tuple[object, ...]]:
    """What the report shows, without the time."""
    return [row[1:] for row in make(session, PRICE_CHANGES, this_month()).rows]


def change(shop: Shop, code: str, session: Session | None = None, **values: Any) -> None:
    goods = shop.goods(code)
    save_goods(
        session or shop.owner, goods.key, version=goods.version, uid=new_uid(), **values
    )  # fmt: skip


@pytest.mark.row("RPT-03", "SYS-45")
def test_price_changes_by_hand_and_by_file(shop: Shop, tmp_path: Path) -> None:
    change(shop, "1001", price=yuan("2.20"), member_price=yuan("2"))
    # The same price once more, another name: no change of a price.
    change(shop, "1001", price=yuan("2.20"), name="纯净水")
    change(shop, "1001", shop.manager, member_price=None)
    water = shop.goods("1001")
    for price in ("50", "48"):
        add_barcode(
            shop.owner, water.key, CASE, pack=Quantity.of(24), price=yuan(price), uid=new_uid()
        )
    by_hand = [
        ("1001", "矿泉水", "Sale price", yuan("2.00"), yuan("2.20"), "+10.00", "王店主", "By hand"),
        ("1001", "矿泉水", "Member price", None, yuan("2"), "", "王店主", "By hand"),
        ("1001", "纯净水", "Member price", yuan("2"), None, "", "李经理", "By hand"),
        (CASE, "纯净水", "Pack price", yuan("50"), yuan("48"), "-4.00", "王店主", "By hand"),
    ]
    assert told(shop.owner) == by_hand

    sheet = tmp_path / "list.csv"
    sheet.write_text(
        f"编码,品名,售价,条码\n1001,纯净水,1.10,{CASE}*24@45\n1002,可乐,3.50,\n2001,新茶,4.00,\n",
        encoding="utf-8",
    )
    for _ in run_import(shop.owner, plan_import(GOODS, read_sheet(sheet))):
        pass
    by_file = [
        (
            "1001",
            "纯净水",
            "Sale price",
            yuan("2.20"),
            yuan("1.10"),
            "-50.00",
            "王店主",
            "From a file",
        ),
        (CASE, "纯净水", "Pack price", yuan("48"), yuan("45"), "-6.25", "王店主", "From a file"),
    ]  # fmt: skip
    assert told(shop.owner)[4:] == by_file
    for _ in undo_import(shop.owner, ImportRun.get().key):
        pass
    assert told(shop.owner)[6:] == [
        ("1001", "纯净水", "Sale price", yuan("1.10"), yuan("2.20"), "+100.00", "王店主",
         "Import undone"),
        (CASE, "纯净水", "Pack price", yuan("45"), yuan("48"), "+6.67", "王店主", "Import undone"),
    ]  # fmt: skip
    assert barcodes_of(water.key)[1]["price"] == yuan("48")
    assert shop.goods("1001").price == yuan("2.20")

    # Whose role shows only his own work sees his own changes; a cashier none at all.
    Role.update(scope="own").where(Role.name == "经理").execute()
    assert told(shop.manager) == by_hand[2:3]
    with pytest.raises(RightMissing):
        told(shop.cashier)
    assert PriceChange.select().count() == 8
    sound()
