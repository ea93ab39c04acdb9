"""Import of goods: runs that are killed, taken up again, and undone. On both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.goods import Barcode, Category, Goods, Unit
from models.goods.records import save_goods
from models.goods.search import GOODS_INDEX, search_goods
from models.imports import imports
from models.imports.import_plan import plan_import
from models.imports.imports import (
    ImportedRow,
    ImportRun,
    ImportRunUnknown,
    import_runs,
    run_import,
    undo_import,
)
from models.ledger.proving import proof
from models.search import waiting
from models.search.index import Gram, Indexed
from models.search.waiting import index_waiting
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.stock.stock import stock_of
from models.trust.operation import new_uid
from tests.models.stock.imported import Told, undone
from tests.stores import CNY, Shop, yuan


def many_rows(count: int) -> str:
    rows = "".join(f"K{n:04d},商品{n},1.{n % 100:02d},{n % 5}\n" for n in range(count))
    return f"编码,名称,售价,库存\n{rows}"


@pytest.mark.parametrize("broken_after", [1, 2, 3])
def test_a_killed_import_is_taken_up_again(
    shop: Shop, tmp_path: Path, broken_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BLOCK", 20)
    path = tmp_path / "many.csv"
    path.write_text(many_rows(90), encoding="utf-8")
    plan = plan_import(GOODS, read_sheet(path))
    steps = run_import(shop.manager, plan)
    told = [next(steps) for _ in range(broken_after)]
    assert told[-1].new == 20 * broken_after
    steps.close()
    shop.reopen()
    assert Goods.select().count() == 5 + 20 * broken_after

    again = Told(run_import(shop.manager, plan_import(GOODS, read_sheet(path))))
    assert again.counts == (90, 0, 0, 0)
    assert Goods.select().count() == 95
    assert ImportRun.select().count() == 1
    assert stock_of(shop.goods("K0004").key).quantity == Quantity.of(4)
    assert search_goods("商品88")[0].code == "K0088"
    assert not query('SELECT 1 FROM "to_index"')
    # Now it is done: the same file once more is another run.
    assert Told(run_import(shop.manager, plan)).counts == (0, 0, 90, 0)
    assert [run.state for run in import_runs()] == ["done", "done"]


def test_a_refusal_in_a_block_stores_nothing_of_it(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.csv"
    path.write_text(many_rows(5), encoding="utf-8")
    monkeypatch.setattr("models.stock.goods_import.open_stock", _fails)
    with pytest.raises(ZeroDivisionError):
        Told(run_import(shop.manager, plan_import(GOODS, read_sheet(path))))
    assert Goods.select().count() == 5
    assert ImportedRow.select().count() == 0
    assert ImportRun.get().blocks == 0


def _fails(*_: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("is_gone_on_with", [True, False])
def test_a_run_that_fails_says_so_and_is_ended_or_taken_back(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_gone_on_with: bool
) -> None:
    """A mistake of the program in the third block: two are stored, and nobody has to guess it."""
    path = tmp_path / "many.csv"
    rows = "".join(f"K{n:04d},商品{n},1\n" for n in range(450))
    path.write_text(f"编码,名称,售价\n{rows}", encoding="utf-8")
    plan = plan_import(GOODS, read_sheet(path))
    steps = run_import(shop.manager, plan)
    next(steps), next(steps)
    with monkeypatch.context() as patched:
        patched.setattr("models.stock.goods_import.keep_index", _fails)
        with pytest.raises(ZeroDivisionError):
            list(steps)
    (run,) = import_runs()
    assert (run.state, run.blocks, run.new) == ("failed", 2, 400)
    if is_gone_on_with:
        assert Told(run_import(shop.manager, plan)).counts == (450, 0, 0, 0)
    else:
        undone(shop, run.key)
    assert [each.state for each in import_runs()] == ["done" if is_gone_on_with else "undone"]
    # The five of the shop itself are there all along.
    assert Goods.select().count() == (455 if is_gone_on_with else 5)
    assert not proof.verify()


def test_long_names_are_indexed_in_several_goes(
    shop_on: Callable[[str], Shop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held are so many grams at a time, not those of all records that wait."""
    shop = shop_on("sqlite")
    monkeypatch.setattr(waiting, "MOST_GRAMS", 1)
    monkeypatch.setattr(waiting, "_READ", 10)
    most = []
    add = waiting._Grams.add

    def watched(grams: waiting._Grams, records: Sequence[Indexed]) -> None:
        add(grams, records)
        most.append(grams.different)

    monkeypatch.setattr(waiting._Grams, "add", watched)
    path = tmp_path / "many.csv"
    path.write_text(many_rows(90), encoding="utf-8")
    run = Told(run_import(shop.manager, plan_import(GOODS, read_sheet(path)))).last.run
    assert max(most) < 60, most
    assert not proof.verify()
    assert search_goods("商品88")[0].code == "K0088"
    undone(shop, run)
    assert not proof.verify()


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_number_that_an_earlier_row_drew_is_told(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_killed: bool
) -> None:
    """The first row is given the number that stands in the second one: another block, and perhaps
    another start of the program. Neither takes the other's place without a word.
    """
    monkeypatch.setattr(imports, "BLOCK", 1)
    path = tmp_path / "drawn.csv"
    path.write_text("名称,售价\n丁,2\n", encoding="utf-8")
    Told(run_import(shop.manager, plan_import(GOODS, read_sheet(path))))
    drawn = int(Goods.get(Goods.name == "丁").code) + 1
    path.write_text(f"编码,名称,售价\n,戊,2\n{drawn},己,3\n", encoding="utf-8")
    steps = run_import(shop.manager, plan_import(GOODS, read_sheet(path)))
    if is_killed:
        next(steps)
        steps.close()
        shop.reopen()
        steps = run_import(shop.manager, plan_import(GOODS, read_sheet(path)))
    told = Told(steps)
    assert told.counts == (1, 0, 0, 1)
    assert [(each.line, each.reason, each.text) for each in told.problems] == [
        (3, "again_in_file", "2")
    ]
    (made,) = Goods.select().where(Goods.code == str(drawn))
    assert (made.name, made.price) == ("戊", yuan("2.00"))


@pytest.mark.row("STK-03")
def test_undoing_takes_everything_back(shop: Shop, taken: Callable[..., Told]) -> None:
    before = {row.code: row.__data__ for row in Goods.select()}
    grams = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    told = taken(
        "编码,名称,条码,售价,库存下限\nK1,甲,96385074,1,\n1001,泉水,6901234567892,9,5\n1003,,,7,\n"
    )
    assert told.counts == (1, 2, 0, 0)
    assert undone(shop, told.last.run) == (3, [])
    after = {row.code: row.__data__ for row in Goods.select()}
    for code, row in before.items():
        for name in row.keys() - {"version", "changed_at"}:
            assert after[code][name] == row[name], (code, name)
    assert after.keys() == before.keys()
    assert set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples()) == grams
    assert [found.code for found in search_goods("矿泉水")] == ["1001"]
    assert {row.code for row in Barcode.select()} == {
        "6901234500011", "6901234500028", "6901234500042", "6901234500066",
    }  # fmt: skip
    with pytest.raises(ImportRunUnknown):
        undone(shop, told.last.run)
    with pytest.raises(ImportRunUnknown):
        undone(shop, 77)


def test_undoing_takes_away_what_was_made_for_it(shop: Shop, taken: Callable[..., Told]) -> None:
    units, categories = Unit.select().count(), Category.select().count()
    heads = "编码,名称,售价,单位,类别\n"
    told = taken(heads + "K1,米,1,公担,粮食 > 大米\nK2,油,1,桶,粮食 > 油\nK3,纸,1,刀,文具\n")
    assert Unit.select().count() == units + 3 and Category.select().count() == categories + 4
    # Somebody uses two of them, and changed one item since.
    goods = shop.goods("1001")
    oil = Category.get(Category.name == "油")
    save_goods(shop.manager, goods.key, version=1, category=oil.key, uid=new_uid())
    paper = shop.goods("K3")
    save_goods(shop.manager, paper.key, version=1, name="A4 纸", uid=new_uid())
    assert undone(shop, told.last.run) == (2, [(4, "changed_since")])
    assert shop.goods("K3").name == "A4 纸"
    assert {row.name for row in Category.select()} >= {"粮食", "油", "文具"}
    assert Category.get_or_none(Category.name == "大米") is None
    assert {row.name for row in Unit.select()} & {"公担", "桶", "刀"} == {"刀"}
    assert not [str(found) for found in proof.verify()]


def test_one_new_unit_has_one_name_in_a_file(shop: Shop, taken: Callable[..., Told]) -> None:
    taken("编码,名称,售价,单位\nK1,豆,1,市斤\nK2,面,1,斤\nK3,线,1,公分\nK4,带,1,cm\n")
    assert shop.goods("K1").unit == shop.goods("K2").unit
    assert shop.goods("K3").unit == shop.goods("K4").unit
    assert shop.goods("K3").unit.decimals == 3


@pytest.mark.row("STK-03")
def test_what_was_used_since_stays_and_is_listed(shop: Shop, taken: Callable[..., Told]) -> None:
    told = taken(
        "编码,名称,售价,进价,库存\n"
        "K1,甲,2,1,10\nK2,乙,2,1,5\nK3,丙,2,1,\nK4,丁,2,1,\n1001,,8,,\n1002,,8,,\n"
    )
    assert told.counts == (4, 2, 0, 0)
    shop.open_shift()
    shop.sell("K1")
    shop.sell("K3")
    goods = shop.goods("1002")
    save_goods(shop.manager, goods.key, version=goods.version, price=yuan("8.50"), uid=new_uid())
    count, kept = undone(shop, told.last.run)
    assert count == 2
    assert sorted(kept) == [
        (2, "in_use"), (3, "switched_off"), (4, "in_use"), (7, "changed_since"),
    ]  # fmt: skip
    assert Goods.get_or_none(Goods.code == "K4") is None
    assert shop.goods("1001").price == yuan("2.00")
    assert shop.goods("1002").price == yuan("8.50")
    assert stock_of(shop.goods("K1").key).quantity == Quantity.of(9)
    assert not shop.goods("K2").is_active
    assert stock_of(shop.goods("K2").key).quantity == Quantity(0)
    assert stock_of(shop.goods("K2").key).value == Money(0, CNY)
    assert search_goods("乙") == []
    assert [found.code for found in search_goods("甲")] == ["K1"]


def test_what_is_renamed_while_undoing_leaves_nothing_behind(
    shop: Shop, taken: Callable[..., Told]
) -> None:
    run = taken("编码,名称,售价\nK1,青苹果,2\nK2,红苹果,2\n").last.run
    assert run is not None
    for step, _ in enumerate(undo_import(shop.manager, run)):
        goods = Goods.get_or_none(Goods.code == "K1")
        if goods is not None:
            save_goods(
                shop.manager, goods.key, version=goods.version, name=f"苹果{step}", uid=new_uid()
            )
    # What a person changed stays, and is found by its new name.
    assert Goods.select().count() == 6
    name = shop.goods("K1").name
    assert [found.code for found in search_goods(name)] == ["K1"]
    assert "K2" not in [found.code for found in search_goods("红苹果")]
    assert not [str(found) for found in proof.verify()]


def test_undoing_is_taken_up_too(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BLOCK", 20)
    monkeypatch.setattr(imports, "UNDO_TOGETHER", 40)
    path = tmp_path / "many.csv"
    path.write_text("编码,名称,售价\n" + "".join(f"K{n},名{n},1\n" for n in range(70)), "utf-8")
    run = Told(run_import(shop.manager, plan_import(GOODS, read_sheet(path)))).last.run
    assert run is not None
    steps = undo_import(shop.manager, run)
    while not next(steps).undone:
        # Out of the index first: now they are found by code only.
        pass
    steps.close()
    assert Goods.select().count() == 55
    assert ImportRun.get_by_id(run).state == "done"
    assert [found.code for found in search_goods("名7")] == ["K7"]
    assert search_goods("名45") == []
    for _ in index_waiting(GOODS_INDEX):
        pass
    assert [found.code for found in search_goods("名45")] == ["K45"]
    assert undone(shop, run) == (50, [])
    assert Goods.select().count() == 5
    assert ImportRun.get_by_id(run).state == "undone"
    assert not [str(found) for found in proof.verify()]
