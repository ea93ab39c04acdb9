"""Headings and cells as Chinese tills write them: known, or told as left out before anything is
stored. On both engines.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.imports.import_notes import notes_of
from models.imports.import_plan import How, draft_plan, open_sheet
from models.imports.imports import run_import
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from tests.awkward import OUTCOMES
from tests.models.stock.imported import Told
from tests.stores import Shop, yuan

# The heads of exports of four tills in use in China, each with the field that must be found ("-":
# told as left out, "=": told as the repeat of another column).
HEADS = (
    "商品名称 name 分类 category 条码 barcodes 规格 spec 主单位 unit 库存量 stock 进货价 cost "
    "销售价 price 批发价 price2 会员价 member_price 会员折扣 - 库存上限 max_stock "
    "库存下限 min_stock 品牌 brand 供货商 supplier 生产日期 - 保质期 shelf_life_days "
    "拼音码 mnemonic 自编码 code 商品状态 is_active 称编码 - 创建时间 -",
    "货号 code 自编码 = 品名 name 简称 short_name 规格 spec 单位 unit 类别编码 category_code "
    "类别 category 品牌编码 - 品牌 brand 供应商 = 供应商名称 supplier 进价 cost 零售价 price "
    "会员价 member_price 批发价 price2 批发价2 price3 配送价 - 计价方式 is_weighed 状态 is_active "
    "经营方式 - 助记码 mnemonic 进项税率 - 销项税率 tax 产地 - 最高库存 max_stock "
    "最低库存 min_stock 保质天数 shelf_life_days 库存 stock",
    "商品编号 code 商品条码 barcodes 商品名称 name 拼音码 mnemonic 类别名称 category 单位名称 unit "
    "规格型号 spec 产地 - 进货价 cost 零售价 price 会员价1 member_price 会员价2 - "
    "供应商名称 supplier 是否称重 is_weighed 是否管库存 is_stocked 状态 is_active 税率(%) tax "
    "保质期(天) shelf_life_days 库存数量 stock 建档日期 -",
    "國際條碼 - 條碼 barcodes 編號 code 名稱 name 售價 price 進價 cost 單位 unit 類別 category",
)


@pytest.mark.row("STK-03")
@pytest.mark.parametrize("told", HEADS)
def test_every_heading_is_known_or_told(
    shop_on: Callable[[str], Shop], tmp_path: Path, told: str
) -> None:
    shop_on("sqlite")
    words = told.split()
    wanted = dict(zip(words[::2], words[1::2], strict=True))
    path = tmp_path / "till.csv"
    path.write_text(",".join(wanted) + "\n" + ",".join("1" for _ in wanted) + "\n", "utf-8")
    plan = draft_plan(GOODS, read_sheet(path))
    assert {plan.heads[at]: name for at, name in plan.columns.items()} == {
        head: name for head, name in wanted.items() if name not in "-="
    }
    notes = notes_of(plan)
    left = [
        name
        for note in notes
        if note.code == "left_out"
        for name in note.fields["names"].split(", ")
    ]
    assert left == [head for head, name in wanted.items() if name == "-"]
    assert all(note.is_doubt for note in notes if note.code in ("left_out", "repeated"))
    again = [note.fields["name"] for note in notes if note.code == "repeated"]
    assert again == [head for head, name in wanted.items() if name == "="]


def test_an_exact_heading_beats_an_alias_at_its_left(
    tmp_path: Path, shop_on: Callable[[str], Shop]
) -> None:
    shop_on("sqlite")
    for heads, wanted in (
        ("品名,名称,售价", {1: "name", 2: "price"}),
        ("description,name,price", {1: "name", 2: "price"}),
        ("货号,商品编码,单价,售价,名称", {1: "code", 3: "price", 4: "name"}),
        ("供应商,供应商名称,名称", {1: "supplier", 2: "name"}),
        # A code in which digits are checked, and the till's own number beside it.
        ("货号,条码,名称", {0: "code", 1: "barcodes", 2: "name"}),
        ("名称,国际条码,条码", {0: "name", 2: "barcodes"}),
    ):
        path = tmp_path / "heads.csv"
        path.write_text(f"{heads}\n", encoding="utf-8")
        assert draft_plan(GOODS, read_sheet(path)).columns == wanted, heads


@pytest.mark.row("STK-03")
def test_cells_as_tills_write_them(shop: Shop, taken: Callable[..., Told]) -> None:
    told = taken(
        "货号,条码,品名,零售价,会员价,批发价,保质天数,计价方式,状态,销项税率,拼音码,单位,供应商,供应商名称\n"
        "A1,6901234567892,甲果,9.9,0,0.00,0,计重,正常,0.13,zdyzjm,公斤,S01,城南水产\n"
        "A2,6901234567890,乙瓶,3,2.8,2.5,365天,普通,停售,13,yp,瓶,,\n"
        "A3,,丙,3,,,,计件,正常,13%,K88,米,,\n"
        "A4,,丁,3,,,,计数,正常,0,,,,\n"
        "A5,,戊,3,,,,称重,正常,17%,,,,\n"
        "A6,,己,3,,,,半称,正常,13,,,,\n"
        "A7,,庚,3,,,,普通,看情况,13,,,,\n"
    )
    assert told.counts == (4, 0, 0, 3)
    assert told.reasons == [(6, "unknown_tax"), (7, "bad_flag"), (8, "bad_flag")]
    (tax, *_) = told.problems
    assert tax.text == "17%: 13%", "the rates that there are"
    assert told.doubts == [(3, "check_digit")]
    fruit, bottle, third, fourth = (shop.goods(f"A{n}") for n in range(1, 5))
    assert (fruit.member_price, fruit.price2, fruit.shelf_life_days) == (None, None, None)
    assert (bottle.member_price, bottle.price2) == (yuan("2.80"), yuan("2.50"))
    assert (bottle.shelf_life_days, bottle.is_weighed, bottle.is_active) == (365, False, False)
    assert (fruit.is_weighed, fruit.is_active, fruit.supplier) == (True, True, "城南水产")
    assert [one.tax and one.tax.name for one in (fruit, bottle, third, fourth)] == ["13%"] * 3 + [
        None
    ]
    # A mnemonic of theirs is another way to find; the initials are those of the name.
    assert [(one.pinyin, one.mnemonic) for one in (fruit, bottle, third)] == [
        ("jg", "zdyzjm"), ("yp", ""), ("b", "K88"),
    ]  # fmt: skip
    assert (fruit.unit.decimals, third.unit.decimals, bottle.unit.decimals) == (3, 3, 0)


@pytest.mark.row("STK-03")
def test_a_file_that_breaks_off_is_told(shop: Shop, tmp_path: Path) -> None:
    whole = "编码,名称,售价\nK1,甲,1.00\nK2,乙,12.00\n"
    text = whole.encode()
    wanted = {
        # Whole; without its last line end; in the middle of a price, a name, a character.
        text: (2, "", ()),
        text[:-1]: (2, "open_ended", ()),
        text[:-4]: (2, "open_ended", ()),
        text[:-7]: (1, "open_ended", ("cut_off",)),
        text[:-8]: (1, "open_ended", ("cut_off",)),
        text[:-10]: (1, "open_ended", ("cut_off",)),
    }
    path = tmp_path / "cut.csv"
    for content, (count, note, reasons) in wanted.items():
        path.write_bytes(content)
        plan = draft_plan(GOODS, read_sheet(path))
        told = Told(run_import(shop.manager, plan, dry_run=True))
        assert told.counts == (count, 0, 0, len(reasons)), content
        assert tuple(each.reason for each in told.problems) == reasons, content
        codes = [each.code for each in notes_of(plan)]
        assert ("open_ended" in codes) == (note == "open_ended")
        assert ("cut_off" in codes) == bool(reasons)


@pytest.mark.row("STK-03")
def test_the_same_file_again_changes_nothing(
    shop_on: Callable[[str], Shop], real_data: Path
) -> None:
    shop = shop_on("sqlite")
    for name, outcome in OUTCOMES.items():
        sheet = open_sheet(GOODS, real_data / "awkward" / name)
        plan = draft_plan(GOODS, sheet, How(mapping=outcome.columns))
        if plan.lacking:
            continue
        new, changed, same, refused = Told(run_import(shop.manager, plan)).counts
        again = Told(run_import(shop.manager, plan)).counts
        assert again == (0, 0, new + changed + same, refused), name
