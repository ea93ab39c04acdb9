"""Import of goods: real files, hostile cells, killed runs, undoing. On both engines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.base.hot import query
from models.base.quantity import Quantity
from models.goods.goods import Barcode, Category, Goods, Unit
from models.goods.records import save_goods
from models.goods.search import search_goods
from models.imports.import_kind import ImportFieldUnknown
from models.imports.import_plan import (
    How,
    ImportHeadingMissing,
    ImportHeadingUnknown,
    draft_plan,
    first_cells,
    plan_import,
)
from models.imports.imports import (
    ImportRun,
    refused_rows,
    run_import,
)
from models.ledger.documents import Entry
from models.selling.items import find_item
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.stock.stock import stock_of
from models.trust.operation import NeedsOverride, new_uid
from tests.models.stock.imported import Told
from tests.stores import Shop, yuan


@pytest.mark.row("STK-03")
def test_real_vegetables(shop: Shop, taken: Callable[..., Told], real_data: Path) -> None:
    path = real_data / "goods" / "vegetable_items.csv"
    tried = taken(path, dry_run=True, defaults={"price": "0"})
    assert tried.counts == (251, 0, 0, 0)
    assert Goods.select().count() == 5
    told = taken(path, defaults={"price": "0"})
    assert told.counts == (251, 0, 0, 0)
    assert not told.problems and not told.warnings
    rows = Goods.select(Goods.category).where(Goods.category.is_null(False))
    names = Counter(Category.get_by_id(row.category_id).name for row in rows)
    assert names == {
        "花叶类": 100, "食用菌": 72, "辣椒类": 45, "水生根茎类": 19, "茄类": 10, "花菜类": 5,
    }  # fmt: skip
    assert Category.get(Category.name == "花叶类").code == "1011010101"
    assert find_item("102900005115168").name == "牛首生菜"
    assert "102900005115168" in [found.code for found in search_goods("nssc")]
    assert taken(path, defaults={"price": "0"}).counts == (0, 0, 251, 0)
    assert taken(path).counts == (0, 0, 251, 0)


def test_without_a_price_nothing_is_made_up(
    taken: Callable[..., Told], real_data: Path
) -> None:  # fmt: skip
    told = taken(real_data / "goods" / "vegetable_items.csv", dry_run=True)
    assert told.counts == (0, 0, 0, 251)
    assert {each.reason for each in told.problems} == {"missing_price"}


@pytest.mark.row("STK-03")
@pytest.mark.parametrize(
    ("name", "rows", "bad", "refused"),
    [("off_greater_china", 2588, 1, 1), ("off_world_sample", 16_579, 961, 16)],
)
def test_real_goods_of_the_world(
    shop_on: Callable[[str], Shop],
    real_data: Path,
    name: str,
    rows: int,
    bad: int,
    refused: int,
) -> None:
    shop = shop_on("sqlite")
    path = real_data / "goods" / f"{name}.csv"
    plan = plan_import(GOODS, read_sheet(path), defaults={"price": "0"})
    assert plan.ignored == ("check_digit",)
    told = Told(run_import(shop.manager, plan))
    # Sixteen "bar codes" are whole GS1 strings of up to 40 digits; one name holds the sign for
    # unknown characters.
    assert told.counts == (rows - refused, 0, 0, refused)
    assert {each.reason for each in told.problems} <= {"code_too_long", "unknown_sign"}
    assert Counter(each.reason for each in told.warnings)["check_digit"] == bad
    assert Goods.select().count() == rows - refused + 5
    for row in Goods.select().where(Goods.code > "2").order_by(Goods.code).limit(40):
        assert row.code in [found.code for found in search_goods(row.name, 400)], row.name


# --- what a till writes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_till_export_as_it_stands(
    shop: Shop, taken: Callable[..., Told], encoding: str
) -> None:  # fmt: skip
    told = taken(
        "商品资料表,,,,,,\n"
        "打印时间：2026-03-02,,,,,,\n"
        "货号,品 名,国际条码,规格型号,零售价（元）,进货价,计量单位,类别,会员价,库存数量,备注\n"
        "００１２,海天 酱油,６９０１２３４５６７８９２,５００ml,￥１２.８０,9.3333,瓶,食品 > 调料,"
        "11.5,24,x\n"
        '0013,盐,,400g,"1,234.5元",1,袋,食品 > 调料,,-3,\n'
        "合计,,,,,,,,,21,\n",
        encoding=encoding,
    )
    assert told.counts == (2, 0, 0, 0)
    assert told.doubts == [(5, "stock_below_zero")]
    sauce = shop.goods("0012")
    assert (sauce.name, sauce.spec, sauce.price) == ("海天 酱油", "５００ml", yuan("12.80"))
    assert (str(sauce.cost), sauce.unit.name, sauce.member_price) == ("9.3333", "瓶", yuan("11.50"))
    assert sauce.category.name == "调料"
    assert sauce.category.parent.name == "食品"
    assert find_item("6901234567892").goods == sauce.key
    assert shop.goods("0013").price == yuan("1234.50")
    assert Unit.get(Unit.name == "袋").decimals == 0
    assert stock_of(sauce.key).quantity == Quantity.of(24)
    assert str(stock_of(sauce.key).value) == "224.00"


def test_english_headings_and_a_mapping(shop: Shop, taken: Callable[..., Told]) -> None:
    text = "SKU;Product Name;EAN;Retail Price;Ours;Notes\nE1;Tea;96385074;3.5;Green;x\n"
    told = taken(text, mapping={"Ours": "brand", "EAN": ""})
    assert told.counts == (1, 0, 0, 0)
    made = shop.goods("E1")
    assert (made.name, made.brand, made.price) == ("Tea", "Green", yuan("3.50"))
    assert Barcode.select().where(Barcode.goods == made).count() == 0


def test_wrong_mappings_are_refused(taken: Callable[..., Told]) -> None:
    text = "货号,售价,甲\n1,2,3\n"
    with pytest.raises(ImportFieldUnknown) as unknown:
        taken(text, mapping={"甲": "brandt"})
    assert unknown.value.fields["near"] == "Brand"
    with pytest.raises(ImportFieldUnknown):
        taken(text, defaults={"colour": "red"})
    with pytest.raises(ImportHeadingUnknown):
        taken(text, mapping={"乙": "brand"})
    with pytest.raises(ImportHeadingMissing):
        taken("售价,甲\n1,2\n")


def test_a_sheet_of_unknown_headings_may_be_looked_at(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Our list\nNr,What,Money\n1,,2\n2,Tea,3\n", encoding="utf-8")
    plan = draft_plan(GOODS, read_sheet(path))
    assert (plan.head_line, plan.heads) == (2, ("Nr", "What", "Money"))
    assert plan.columns == {}
    assert plan.lacking == ("code", "name", "barcodes")
    assert first_cells(plan) == ["1", "Tea", "2"]
    with pytest.raises(ImportHeadingMissing):
        plan.refuse_lacking()
    mapped = draft_plan(GOODS, read_sheet(path), How(mapping={"What": "name", "Money": "price"}))
    assert (mapped.columns, mapped.lacking) == ({1: "name", 2: "price"}, ())
    assert mapped.ignored == ("Nr",)


@pytest.mark.row("STK-03", "SYS-33")
def test_every_problem_is_listed_with_its_row(taken: Callable[..., Told]) -> None:
    text = (
        "编码,条码,名称,售价,进价,税率,分类编码,库存下限,库存上限,是否称重,保质期\n"
        "A1,6901234567892,好,1,1,13%,,1,2,是,30天\n"  # 2: all well
        "A1,,又,1,,,,,,,\n"  # 3
        "A2,6901234567892,又,1,,,,,,,\n"  # 4
        "A3,,又,,,,,,,,\n"  # 5
        "A4,,又,1.234,,,,,,,\n"  # 6
        "A5,,又,-1,,,,,,,\n"  # 7
        "A6,,又,abc,x,,,,,,\n"  # 8: two things
        f"{'9' * 21},,又,1,,,,,,,\n"  # 9
        "A 7,,又,1,,,,,,,\n"  # 10
        "A8,6.90123E+12,又,1,,,,,,,\n"  # 11
        ",,,1,,,,,,,\n"  # 12
        "A9,,,1,,,,,,,\n"  # 13
        f"B1,,{'长' * 121},1,,,,,,,\n"  # 14
        "B2,,又,1,,99%,,,,,\n"  # 15
        "B3,,又,1,,,777,,,,\n"  # 16
        "B4,,又,1,,,,5,4,,\n"  # 17
        "B5,,又,1,,,,,,也许,\n"  # 18
        "B6,,又,1,,,,,,,很久\n"  # 19
        "B7,1001,又,1,,,,,,,\n"  # 20: another item's code
        "6901234500011,,又,1,,,,,,,\n"  # 21: another item's bar code
        "B8,6901234500028,又,1,,,,,,,\n"  # 22: another item's bar code
        ",6901234500042;6901234500066,又,1,,,,,,,\n"  # 23: of two items
        ",1003,又,1,,,,,,,\n"  # 24: a code is no bar code
        "B9,6901234567890,别的,1,,,,,,,\n"  # 25: taken, with a doubt
        "C1,,矿泉水,1,,,,,,,\n"  # 26: taken, with a doubt
    )
    wanted = [
        (3, "duplicate_code_in_file"), (4, "duplicate_barcode_in_file"), (5, "missing_price"),
        (6, "bad_price"), (7, "bad_price"), (8, "bad_price"), (8, "bad_cost"),
        (9, "code_too_long"), (10, "bad_code"), (11, "damaged_code"), (12, "missing_name"),
        (13, "missing_name"), (14, "too_long"), (15, "unknown_tax"), (16, "unknown_category"),
        (17, "bad_bounds"), (18, "bad_flag"), (19, "bad_number"), (20, "barcode_taken"),
        (21, "code_taken"), (22, "barcode_taken"), (23, "ambiguous"),
        (24, "barcode_taken"),
    ]  # fmt: skip
    tried = taken(text, dry_run=True)
    assert tried.reasons == wanted
    assert tried.counts == (3, 0, 0, 22)
    assert [each for each in tried.doubts if each[1] != "same_name"] == [(25, "check_digit")]
    assert (26, "same_name") in tried.doubts
    assert Goods.select().count() == 5 and ImportRun.select().count() == 0

    told = taken(text)
    assert (told.reasons, told.counts) == (wanted, tried.counts)
    assert told.doubts == tried.doubts
    assert [(each.line, each.reason) for each in refused_rows(told.last.run or 0)] == wanted


# --- what is there already


def test_rows_find_their_item_by_code_bar_code_or_name(
    shop: Shop, taken: Callable[..., Told]
) -> None:
    assert taken("编码,售价\n1001,2.50\n1002,3.50\n").counts == (0, 1, 1, 0)
    assert shop.goods("1001").price == yuan("2.50")
    assert taken("条码,售价\n6901234500028,4.00\n").counts == (0, 1, 0, 0)
    assert shop.goods("1002").price == yuan("4.00")
    assert taken("名称,规格,售价\n苹果,,8.80\n苹果,大,10\n").counts == (1, 1, 0, 0)
    assert shop.goods("1003").price == yuan("8.80")
    # What the sheet does not name stays.
    assert (shop.goods("1001").name, shop.goods("1001").version) == ("矿泉水", 2)
    # A full row changes what differs.
    assert taken("编码,名称,品牌,售价\n1001,纯净水,山泉,2.50\n").counts == (0, 1, 0, 0)
    assert [found.code for found in search_goods("cjs")] == ["1001"]
    assert [found.code for found in search_goods("山泉")] == ["1001"]
    assert search_goods("矿泉") == []


def test_empty_cells_empty_texts_and_leave_what_must_be(
    shop: Shop, taken: Callable[..., Told]
) -> None:
    goods = shop.goods("1001")
    save_goods(
        shop.manager, goods.key, version=1, brand="山泉", min_stock=Quantity.of(3), pinyin="xxx",
        uid=new_uid(),
    )  # fmt: skip
    text = "编码,名称,售价,进价,品牌,库存下限,拼音码,单位,税率,是否称重\n1001,,,,,,,,,\n"
    assert taken(text).counts == (0, 1, 0, 0)
    after = shop.goods("1001")
    assert (after.brand, after.min_stock) == ("", None)
    assert (after.name, after.price, after.pinyin) == ("矿泉水", yuan("2.00"), "xxx")
    assert (after.unit.name, after.tax.name, str(after.cost)) == ("瓶", "13%", "1.20")
    assert taken(text + "\n").counts == (0, 0, 1, 0)


def test_bar_codes_are_added_never_taken_away(shop: Shop, taken: Callable[..., Told]) -> None:
    told = taken("编码,条码\n1001,6901234567892;16901234500018*24@40.00\n")
    assert told.counts == (0, 1, 0, 0)
    assert {row.code for row in Barcode.select().where(Barcode.goods == shop.goods("1001"))} == {
        "6901234500011", "6901234567892", "16901234500018",
    }  # fmt: skip
    item = find_item("16901234500018")
    assert (item.pack, item.price) == (Quantity.of(24), yuan("40.00"))
    mains = Barcode.select().where(Barcode.goods == shop.goods("1001"), Barcode.is_main)
    assert [row.code for row in mains] == ["6901234500011"]


def test_opening_stock_is_taken_once(shop: Shop, taken: Callable[..., Told]) -> None:
    text = "编码,名称,售价,进价,库存\nK1,甲,2,1.5,10\nK2,乙,2,0.5,2.5\n1001,,,,7\n1005,,,,3\n"
    told = taken(text)
    assert told.counts == (2, 0, 2, 0)
    assert told.doubts == [(4, "stock_kept"), (5, "not_stocked")]
    first, second = shop.goods("K1").key, shop.goods("K2").key
    assert stock_of(first).value == yuan("15.00")
    assert stock_of(second).value == yuan("1.25")
    (document,) = {
        row[0]
        for row in query('SELECT "document_id" FROM "stock_move" WHERE "goods_id" = ?', first)
    }
    entries = {
        row.account_id: str(row.amount) for row in Entry.select().where(Entry.document == document)
    }
    assert entries == {1405: "16.25", 4001: "-16.25"}
    assert taken(text + "\n").counts == (0, 0, 4, 0)
    assert stock_of(first).quantity == Quantity.of(10)


def test_opening_stock_needs_the_right_to_adjust(shop: Shop, taken: Callable[..., Told]) -> None:
    text = "编码,名称,售价,进价,库存\nK1,甲,2,100,10\n"
    with pytest.raises(NeedsOverride):
        taken(text, session=shop.who("clerk"))
    assert Goods.get_or_none(Goods.code == "K1") is None
    assert taken(text, session=shop.manager).counts == (1, 0, 0, 0)


def test_only_who_may_import_does(shop: Shop, taken: Callable[..., Told]) -> None:
    with pytest.raises(NeedsOverride):
        taken("编码,名称,售价\nK1,甲,2\n", session=shop.cashier)
    assert taken("编码,名称,售价\nK1,甲,2\n", session=shop.who("clerk")).counts == (1, 0, 0, 0)


# --- whatever a file holds


CELLS = some.one_of(
    some.text(max_size=15),
    some.sampled_from(
        [
            "",
            "1",
            "2.5",
            "6901234567892",
            "是",
            "13%",
            "=1+1",
            "食品 > 水",
            "-1",
            "K1",
            "100001",
            ">",
            " > > ",
            "a>b>c>d>e>f>g>h>i",
            "\ufffe",
            "12345678901234567890",
        ]
    ),
)


HEADS = ("编码", "条码", "名称", "售价", "税率", "分类", "库存", "是否称重", "分类编码")


def test_what_once_broke_an_import(shop: Shop, taken: Callable[..., Told]) -> None:
    """A path without a name, one too deep, a code of a category beside two paths, a code that is
    the next number of a row beside it, and a category whose code leaves no room for a longer one.
    """
    told = taken("编码,名称,售价,分类\nA1,甲,2,>\nA2,乙,2,a>b>c>d>e>f>g>h>i\nA3,丙,2, > 食品 > \n")
    assert told.counts == (1, 0, 0, 2)
    assert [(each.line, each.reason) for each in told.problems] == [
        (2, "missing_name"), (3, "too_long"),
    ]  # fmt: skip
    assert [each.name for each in Category.select().where(Category.name == "食品")] == ["食品"]

    assert taken("名称,售价\n丁,2\n").counts == (1, 0, 0, 0)
    after = int(Goods.get(Goods.name == "丁").code) + 1
    assert taken(f"编码,名称,售价\n,戊,2\n{after},己,2\n").counts == (2, 0, 0, 0)
    assert Goods.get(Goods.name == "己").code == str(after)

    long = "9" * 20
    told = taken(
        f"编码,名称,售价,分类,分类编码\nB1,庚,2,酒,7\nB2,辛,2,酒 > 黄酒,7\nB3,壬,2,茶,{long}\n"
    )
    assert told.counts == (3, 0, 0, 0)
    assert len({Goods.get(Goods.code == code).category_id for code in ("B1", "B2")}) == 1
    assert taken("编码,名称,售价,分类\nB4,癸,2,茶 > 红茶\n").counts == (1, 0, 0, 0)


def test_no_file_breaks_an_import(shop_on: Callable[[str], Shop], tmp_path: Path) -> None:
    shop = shop_on("sqlite")
    path = tmp_path / "any.csv"

    @settings(max_examples=40, deadline=None)
    @given(some.lists(some.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=6))
    def any_file(rows: list[list[str]]) -> None:
        with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
            writer = csv.writer(file)
            writer.writerow(HEADS)
            writer.writerows(rows)
        plan = plan_import(GOODS, read_sheet(path))
        tried = Told(run_import(shop.manager, plan, dry_run=True))
        told = Told(run_import(shop.manager, plan))
        assert tried.counts == told.counts
        again = Told(run_import(shop.manager, plan))
        assert again.counts[:2] == (0, 0)

    any_file()
