"""Search by code, bar code, name in any script and initials, on both engines."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from models import store
from models.base import clock, database
from models.base.hot import query
from models.goods.goods import Goods
from models.goods.records import add_barcode, drop_goods, save_goods, switch_goods
from models.goods.search import GOODS_INDEX, indexed, search_goods
from models.ledger.daily import days
from models.search.finding import find
from models.search.index import (
    Foremost,
    Gram,
    Indexed,
    SearchIndex,
    keep_index,
    rebuild_index,
)
from models.search.waiting import index_waiting, wait_for_index
from models.trust.operation import new_uid
from tests.databases import Stores
from tests.stores import Shop, Ticking, prepare, yuan

NAMES = (
    ("2001", "可口可乐", "500ml", "Coca Cola"),
    ("2002", "百事可乐", "330ml", "Pepsi"),
    ("2003", "康师傅红烧牛肉面", "", ""),
    ("2004", "老坛酸菜牛肉面", "", "统一"),
    ("2005", "Crème Brûlée", "", "Café"),
    ("2006", "重庆火锅底料", "", ""),
    ("2007", "カレーライス", "", ""),
    ("2008", "김치 라면", "", ""),
    ("2009", "นมสด", "", ""),
    ("A-10", "Golden Royal Tea", "100g", ""),
    ("2011", "牛奶糖", "", ""),
    ("2012", "肉松牛排", "", ""),
)


def add(shop: Shop, code: str, name: str, spec: str = "", brand: str = "") -> Goods:
    return save_goods(
        shop.manager, None, code=code, name=name, spec=spec, brand=brand, price=yuan("1.00"),
        uid=new_uid(),
    )  # fmt: skip


@pytest.fixture
def many(shop: Shop) -> Shop:
    for each in NAMES:
        add(shop, *each)
    return shop


def codes(text: str, **options: bool) -> list[str]:
    return [found.code for found in search_goods(text, **options)]


@pytest.mark.row("NFR-01")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2001", {"2001"}),
        ("２００３", {"2003"}),
        ("a-10", {"A-10"}),
        ("可乐", {"1002", "2001", "2002"}),
        ("牛肉面", {"2003", "2004"}),
        ("红烧牛肉面", {"2003"}),
        ("傅", {"2003"}),
        ("面", {"2003", "2004"}),
        ("kkkl", {"2001"}),
        ("KKKL", {"2001"}),
        ("nrm", {"2003", "2004"}),
        ("cq", {"2006"}),
        ("coca", {"2001"}),
        ("cola coc", {"2001"}),
        ("可乐 pep", {"2002"}),
        ("可乐500", {"2001"}),
        ("kkkl500", {"2001"}),
        ("kekoukele", {"2001"}),
        ("kekouk", {"2001"}),
        ("KELE", {"2001", "2002"}),
        ("chongqing", {"2006"}),
        ("niuroumian", {"2003", "2004"}),
        ("roumian", {"2003", "2004"}),
        ("hongshaoniuroumian", {"2003"}),
        ("niurou tongyi", set()),
        ("kele 500ml", {"2001"}),
        ("kele pepsi", {"2002"}),
        ("kekou500", {"2001"}),
        ("creme", {"2005"}),
        ("CAFÉ", {"2005"}),
        ("カレー", {"2007"}),
        ("ライス", {"2007"}),
        ("라면", {"2008"}),
        ("นม", {"2009"}),
        ("tea golden 100g", {"A-10"}),
        ("统一", {"2004"}),
        ("牛肉", {"2003", "2004"}),
    ],
)
def test_finds(many: Shop, typed: str, wanted: set[str]) -> None:
    assert set(codes(typed)) == wanted


@pytest.mark.parametrize("typed", ["", "  ", "-", "zzzzq", "鼠", "可乐 鼠", "\x00", "'", "%", "_"])
def test_finds_nothing(many: Shop, typed: str) -> None:
    assert codes(typed) == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("goldem", "A-10"),
        ("godlen", "A-10"),
        ("oglden", "A-10"),
        ("goldn royall", "A-10"),
        ("红烧生肉面", "2003"),
        ("老坛酸牛肉面", "2004"),
    ],
)
def test_one_wrong_character_is_forgiven(many: Shop, typed: str, wanted: str) -> None:
    assert codes(typed) == [wanted]


def test_names_that_begin_with_the_initials_come_first(many: Shop) -> None:
    add(many, "0001", "大牛肉松")
    add(many, "9999", "牛肉")
    assert codes("nr")[0] == "9999"
    assert codes("ksfhsnrm") == ["2003"]


@pytest.mark.parametrize("typed", ["KL500", "kl500", "ＫＬ５００", "kl5", "500kk", "KL500 可口"])
def test_a_mnemonic_is_another_way_to_find_an_item(many: Shop, typed: str) -> None:
    goods = many.goods("2001")
    save_goods(
        many.manager, goods.key, version=goods.version, mnemonic="KL500/500kk", uid=new_uid()
    )
    assert codes(typed)[0] == "2001"
    assert codes("kkkl") == codes("kekou") == ["2001"]


def test_full_pinyin_comes_after_words_and_initials(many: Shop) -> None:
    """Letters are a word first, then initials; full pinyin in its own order."""
    add(many, "5001", "奶酪")
    add(many, "5002", "牛爱你")
    add(many, "5003", "nai cream")
    assert codes("nai") == ["5003", "5001", "2011"]
    assert codes("na")[:2] == ["5002", "5003"]


def test_books_do_not_meet(many: Shop) -> None:
    """A record of another book with the words of an item is not found among goods."""
    other = SearchIndex(9998, Goods, indexed)
    with database.transaction():
        keep_index(other, (), [Indexed(77, "可口可乐 only here", "kkkl", "ke kou ke le")])
    assert codes("kkkl") == codes("kekou") == ["2001"]
    assert codes("only") == []
    assert find(other, "only") == [77]


def test_pieces_apart_from_each_other_do_not_match(many: Shop) -> None:
    # Both ends of what was typed are in it, the whole is not.
    add(many, "3001", "春夏秋冬大秋冬东西")
    assert codes("春夏秋冬东西") == []
    assert codes("春夏秋冬大秋冬") == ["3001"]


def test_bar_codes_by_their_beginning(many: Shop) -> None:
    assert [found.name for found in search_goods("6901234500011")] == ["矿泉水"]
    assert {found.name for found in search_goods("690123")} >= {"矿泉水", "可乐", "香烟"}
    add_barcode(many.manager, many.goods("2006").key, "0012", uid=new_uid())
    assert codes("0012") == ["2006"]


def test_the_limit_holds_and_nothing_comes_twice(many: Shop) -> None:
    for number in range(80):
        add(many, f"4{number:03d}", f"牛牛牛奶 milk mil {number}")
    for typed in ("牛", "mil", "n", "4", "牛 mil"):
        found = [each.goods for each in search_goods(typed, 30)]
        assert len(found) == len(set(found)) == 30, typed
    assert len(search_goods("牛", 500)) == 84


def test_changes_are_found_at_once_and_leave_nothing(many: Shop) -> None:
    goods = many.goods("2003")
    save_goods(many.manager, goods.key, version=goods.version, name="小鸡炖蘑菇面", uid=new_uid())
    assert codes("红烧") == []
    assert codes("xjdmg") == codes("蘑菇") == ["2003"]
    goods = many.goods("2003")
    switch_goods(many.manager, goods.key, version=goods.version, is_active=False, uid=new_uid())
    assert codes("蘑菇") == codes("2003") == []
    assert codes("蘑菇", with_switched_off=True) == ["2003"]
    switch_goods(many.manager, goods.key, version=goods.version + 1, is_active=True, uid=new_uid())
    assert codes("蘑菇") == ["2003"]
    drop_goods(many.manager, goods.key, version=goods.version + 2, uid=new_uid())
    assert codes("蘑菇") == []
    assert Gram.select().where(Gram.record == goods.key).count() == 0


def test_a_refused_change_leaves_the_index_alone(many: Shop) -> None:
    before = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    with pytest.raises(RuntimeError), database.transaction():
        keep_index(GOODS_INDEX, indexed([many.goods("2003").key]), ())
        raise RuntimeError("taken back")
    assert set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples()) == before


def test_best_sellers_come_first_after_the_day_is_closed(many: Shop) -> None:
    many.open_shift()
    assert codes("牛肉面") == ["2003", "2004"]
    many.sell("2004", "2004")
    many.sell("2004", "2011", "2012", "2012")
    many.close_shift()
    days.close_day(many.manager, next_day=date(2026, 3, 3), uid=new_uid())
    assert [each.place for each in Foremost.select().order_by(Foremost.place)] == [1, 2, 3]
    assert codes("牛肉面") == ["2004", "2003"]
    assert codes("牛")[:3] == ["2004", "2012", "2011"]
    assert codes("面 牛")[0] == "2004"

    # A best seller that is renamed, or switched off, moves in the index like any other.
    goods = many.goods("2004")
    save_goods(many.manager, goods.key, version=goods.version, name="新面", uid=new_uid())
    assert codes("新面") == ["2004"]
    assert codes("老坛") == []


def test_best_sellers_fall_out_after_three_months(many: Shop) -> None:
    many.open_shift()
    many.sell("2004", "2004")
    many.close_shift()
    day = date(2026, 3, 2)
    for _ in range(4):
        many.clock.move(days=30)
        day += timedelta(days=30)
        days.close_day(many.manager, next_day=day, uid=new_uid())
    many.clock.move(days=1)
    days.close_day(many.manager, next_day=day + timedelta(days=1), uid=new_uid())
    assert Foremost.select().count() == 0
    assert Gram.select().where(Gram.tier == 0).count() == 0
    assert codes("牛肉面") == ["2003", "2004"]


def test_the_index_can_be_made_anew(many: Shop) -> None:
    rows = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    Gram.delete().execute()
    after = 0
    with database.transaction():
        while after := rebuild_index(GOODS_INDEX, after, 5):
            pass
    made = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    # The goods of the fixture were written past the index.
    assert rows <= made
    assert codes("可乐") == ["1002", "2001", "2002"]


def test_goods_that_wait_are_indexed_as_they_are_then(many: Shop) -> None:
    """Somebody renames an item, and deletes another, while an import's goods are being indexed."""
    keys = [many.goods(code).key for code in ("2003", "2004", "2006")]
    before = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    with database.transaction():
        keep_index(GOODS_INDEX, indexed(keys), ())
        wait_for_index(GOODS_INDEX, keys)
    assert codes("牛肉面") == []
    steps = index_waiting(GOODS_INDEX)
    next(steps)
    goods = many.goods("2003")
    save_goods(many.manager, goods.key, version=goods.version, name="小鸡面", uid=new_uid())
    goods = many.goods("2006")
    drop_goods(many.manager, goods.key, version=goods.version, uid=new_uid())
    for _ in steps:
        pass
    assert codes("牛肉面") == ["2004"]
    assert codes("小鸡") == ["2003"]
    assert codes("红烧") == codes("火锅") == []
    left = set(Gram.select(Gram.tier, Gram.gram, Gram.record).tuples())
    assert {row for row in left if row[2] == keys[1]} == {
        row for row in before if row[2] == keys[1]
    }
    assert not query('SELECT 1 FROM "to_index"')


def test_what_is_found_by_ranges_sorts_by_code_points(shop_on: Callable[[str], Shop]) -> None:
    """PostgreSQL keeps these columns in the order of "C", whatever its database speaks."""
    shop_on("postgres")
    for table, column in (
        ("gram", "gram"), ("goods", "code"), ("barcode", "code")
    ):  # fmt: skip
        (row,) = query(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = ? AND column_name = ?",
            table,
            column,
        )
        assert row == ("C",), (table, column)


def test_ranges_do_not_depend_on_the_language_of_the_database(stores: Stores) -> None:
    """A database in Chinese sorts by sound: prefixes are found by code points all the same."""
    import psycopg

    server = stores.server_url()
    name = "chinese_order"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        try:
            connection.execute(
                f'CREATE DATABASE "{name}" TEMPLATE template0 LOCALE_PROVIDER icu '
                "ICU_LOCALE 'zh-CN' LOCALE 'C'"
            )
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this server has no ICU")
    url = server.replace(urlsplit(server).path, f"/{name}")
    ticking = Ticking()
    keys_folder = stores.folder / "keys-chinese-order"
    prepare(url, keys_folder)
    with clock.use(ticking):
        store.open_store(url, keys_folder, register=1)
        try:
            from models.trust.users import User

            users = {user.login: user.key for user in User.select()}
            shop = Shop(url, keys_folder, ticking, users=users)
            # So that this test would see it: the database itself does not compare code points.
            assert query("SELECT '阿' < '中', 'a' < 'B'") == [(True, True)]
            assert ("阿" < "中", "a" < "B") == (False, False)
            for each in NAMES:
                add(shop, *each)
            add(shop, "a9", "阿胶")
            add(shop, "B9", "Beta")
            assert set(codes("牛肉面")) == {"2003", "2004"}
            assert codes("阿") == codes("阿胶") == codes("a9") == ["a9"]
            assert codes("beta") == codes("b9") == ["B9"]
            assert codes("kkk") == ["2001"]
            assert codes("200") == [f"200{n}" for n in range(1, 10)]
        finally:
            store.close_store()
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.row("NFR-01")
def test_every_vegetable_is_found_by_name_and_initials(shop: Shop, real_data: Path) -> None:
    with (real_data / "goods" / "vegetable_items.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::5]
    for row in rows:
        add(shop, row["单品编码"], row["单品名称"])
    for row in rows:
        code, name = row["单品编码"], row["单品名称"]
        assert code in codes(name), name
        assert codes(code)[0] == code
        letters = shop.goods(code).pinyin
        if len(letters) > 1:
            assert code in codes(letters), (name, letters)
