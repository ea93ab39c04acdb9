"""Export and import again: nothing changes; and only who may take data out does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.base.texts import one_line
from models.goods.basics import save_category
from models.goods.export import columns, export_goods
from models.goods.goods import Barcode, Goods
from models.goods.records import add_barcode, save_goods
from models.imports.import_kind import heading, kind_named
from models.imports.import_plan import headings_of, plan_import
from models.imports.imports import Progress, run_import
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.trust.audit import Audit
from models.trust.operation import NeedsOverride, new_uid
from models.trust.trades import declared
from receipts.words import LANGUAGES, Language, say
from tests.stores import CNY, Shop, yuan


def again(shop: Shop, path: Path) -> Progress:
    """The import of an exported file: its last progress."""
    *_, last = run_import(shop.manager, plan_import(GOODS, read_sheet(path)))
    return last


def fill(shop: Shop) -> int:
    food = save_category(shop.manager, None, name="食品", uid=new_uid())
    sauces = save_category(shop.manager, None, name="调料", parent=food.key, uid=new_uid())
    made = save_goods(
        shop.manager, None, code="=1+1", name="-18℃ 冰鲜", spec="'=x", brand="＋牌",
        price=yuan("9.90"), price2=yuan("9.00"), member_price=yuan("8.80"),
        cost=UnitCost.parse("6.333333", CNY),
        category=sauces.key, tax=None, is_weighed=True, min_stock=Quantity.parse("1.5"),
        max_stock=Quantity.of(9), supplier="@供应", bin="A-01", shelf_life_days=30, pinyin="own",
        short_name="冰鲜", uid=new_uid(),
    )  # fmt: skip
    for code, pack, price in (("00123", 1, None), ("900", 6, None), ("901", 6, yuan("50"))):
        add_barcode(
            shop.manager, made.key, code, pack=Quantity.of(pack), price=price,
            is_main=code == "900", uid=new_uid(),
        )  # fmt: skip
    save_goods(shop.manager, None, name="停售", price=yuan("0.00"), is_active=False, uid=new_uid())
    return int(made.key)


@pytest.mark.row("SYS-32", "UIX-19")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_round_trip_changes_nothing(
    shop: Shop, tmp_path: Path, ending: str, language: Language
) -> None:
    key = fill(shop)
    path = tmp_path / f"goods.{ending}"
    assert export_goods(shop.manager, path, said=lambda text: say(text, language)) == 7
    before = [row.__data__ for row in Goods.select().order_by(Goods.key)]
    last = again(shop, path)
    assert (last.unchanged, last.new, last.changed, last.refused) == (7, 0, 0, 0)
    assert [row.__data__ for row in Goods.select().order_by(Goods.key)] == before

    # Into an emptied list: the same goods once more.
    codes = set(Barcode.select(Barcode.code, Barcode.pack, Barcode.price, Barcode.is_main).tuples())
    Barcode.delete().where(Barcode.goods == key).execute()
    Goods.delete().where(Goods.key == key).execute()
    assert again(shop, path).new == 1
    made = Goods.get(Goods.code == "=1+1").__data__
    (old,) = (row for row in before if row["key"] == key)
    # Initials that somebody corrected go along as a mnemonic: those of a name are always computed.
    assert (old["pinyin"], made["pinyin"], made["mnemonic"]) == ("own", "bx", "own")
    apart = {"key", "created_at", "changed_at", "version", "pinyin", "mnemonic", "mark"}
    assert {n: v for n, v in made.items() if n not in apart} == {
        n: v for n, v in old.items() if n not in apart
    }
    assert (
        set(Barcode.select(Barcode.code, Barcode.pack, Barcode.price, Barcode.is_main).tuples())
        == codes
    )


def test_any_name_comes_back(shop: Shop, tmp_path: Path) -> None:
    goods = shop.goods("1001")
    path = tmp_path / "goods.csv"
    version = 1

    @settings(max_examples=25)
    @given(some.text(min_size=1, max_size=40).map(one_line).filter(bool))
    def any_name(name: str) -> None:
        nonlocal version
        save_goods(
            shop.manager, goods.key, version=version, name=name, is_twin_meant=True, uid=new_uid()
        )
        version += 1
        export_goods(shop.manager, path)
        assert again(shop, path).changed == 0

    any_name()


def test_who_may_take_data_out(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    export_goods(shop.cashier, path)
    (head, *_) = (row.cells for row in read_sheet(path).rows())
    assert "Cost" not in head and "Sale price" in head
    assert again(shop, path).unchanged == 5
    row = Audit.select().order_by(Audit.at.desc()).first()
    export_goods(shop.who("auditor"), path)
    assert "Cost" in next(row.cells for row in read_sheet(path).rows())
    assert row.verb
    path.unlink()
    from models.trust.users import RoleRight

    RoleRight.delete().where(RoleRight.verb == "export").execute()
    with pytest.raises(NeedsOverride):
        export_goods(shop.cashier, path)
    assert not path.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_known_to_the_import(language: Language) -> None:
    """What the screen calls a column finds it again, in either language and in every kind."""
    for name, _ in declared("imports"):
        kind = kind_named(name)
        known = headings_of(kind)
        for column in kind.fields:
            said = say(column.title, language)
            assert known[heading(said)][0] == column.name, said
            assert kind.field(said) is column
    assert len(columns()) == len(columns(with_cost=False)) + 1
    assert "stock" not in [column.name for column in columns()]
