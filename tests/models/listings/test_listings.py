"""Listings by page on both engines: order, filter, dates, sums; and records saved with a check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.base import clock, database, keys
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import with_more
from models.goods.goods import Category
from models.ledger import folios
from models.ledger.folios import Folio
from models.ledger.ways import tenders
from models.ledger.ways.tenders import Tender
from models.listings import listing_columns, listing_pages, listing_reader, listings
from models.listings.listing_reader import Anchor, Line
from models.listings.listings import Condition, Field, Link, Listing, Sign, View
from models.trust import registers, staff
from models.trust.audit import Audit
from models.trust.guard import RightMissing
from models.trust.operation import new_uid
from models.trust.records import RecordChanged, RecordTaken, saved_by
from models.trust.registers import Register
from models.trust.users import Department, Role, User
from tests.databases import Stores
from tests.stores import Shop, yuan

CATEGORIES = Listing(
    "categories",
    "Categories",
    Category,
    fields=(
        Field("code", "Code", is_sorted=True),
        Field("name", "Name", is_sorted=True),
        Field("position", "Place", "number", is_sorted=True, is_summed=True),
        Field("parent", "Under", "link", link=Link("categories", Category)),
    ),
    order="code",
    find=("code", "name", "pinyin"),
)


@pytest.fixture
def many(shop: Shop) -> Shop:
    """500 categories: codes in order, places that repeat, every tenth under the first."""
    with database.transaction():
        first = None
        for n in range(500):
            made = Category.create(
                key=keys.new_key(), code=f"{n:04}", name=f"类{n % 7}号 100%_{n}", pinyin=f"l{n}",
                position=n % 5, parent=first if n % 10 == 1 else None,
            )  # fmt: skip
            first = first or made
    return shop


def walk(
    shop: Shop, listing: Listing, view: View, *, forward: bool = True, limit: int = 30
) -> list[Line]:
    """All rows, page by page, as the list reads them."""
    lines: list[Line] = []
    anchor: Anchor | None = None
    while True:
        part = listing_pages.page(shop.owner, listing, view, anchor, forward=forward, limit=limit)
        lines += part.lines
        anchor = part.resume
        if anchor is None:
            return lines


@pytest.mark.parametrize("order", ["code", "position", "name"])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_pages_forward_and_back_give_every_row_once(
    many: Shop, order: str, is_reversed: bool
) -> None:
    view = View(order=order, is_reversed=is_reversed)
    there = [line.key for line in walk(many, CATEGORIES, view)]
    back = [line.key for line in walk(many, CATEGORIES, view, forward=False)]
    assert len(set(there)) == len(there) == 500
    assert back == there[::-1]
    values = [line.values[order] for line in walk(many, CATEGORIES, view)]
    assert values == sorted(values, reverse=is_reversed)


@pytest.mark.row("UIX-01")
@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ([("name", "has", "类3")], 71),
        ([("name", "has", "100%_49")], 11),
        ([("name", "has", "100X")], 0),
        ([("code", "starts", "004")], 10),
        ([("code", "=", "0042")], 1),
        ([("position", "=", 2)], 100),
        ([("position", ">=", 2), ("position", "<=", 3)], 200),
        ([("position", "<>", 0), ("name", "has", "类3")], 57),
        ([("parent", "=", None)], 450),
        ([("parent", "<>", None)], 50),
        ([("position", "in", (1, 4))], 200),
        ([("position", "in", ())], 0),
    ],
)
def test_conditions(many: Shop, conditions: list[tuple[str, Sign, Any]], count: int) -> None:
    view = View(conditions=tuple(Condition(*each) for each in conditions))
    assert len(walk(many, CATEGORIES, view, limit=7)) == count
    assert listing_pages.tally(many.owner, CATEGORIES, view).count == count


def test_quick_find_takes_every_word_in_any_column(many: Shop) -> None:
    assert [line.values["code"] for line in walk(many, CATEGORIES, View(text="0123"))] == ["0123"]
    assert [line.values["code"] for line in walk(many, CATEGORIES, View(text="L77 类0"))] == [
        "0077"
    ]
    assert not walk(many, CATEGORIES, View(text="'; DROP TABLE category; --"))


def test_links_show_the_name_of_the_other_record(many: Shop) -> None:
    line = walk(many, CATEGORIES, View(text="0011"))[0]
    assert line.values["parent"].text == "类0号 100%_0"


def test_what_tells_two_apart_stands_behind_a_name_that_does_not_say_it(many: Shop) -> None:
    """As sentences and slips name them (models/base/texts.py)."""
    parent = Field("parent", "Under", "link", link=Link("categories", Category, apart="code"))
    listing = replace(CATEGORIES, fields=(*CATEGORIES.fields[:3], parent))

    def text() -> str:
        return str(walk(many, listing, View(text="0011"))[0].values["parent"].text)

    assert text() == "类0号 100%_0 0000" == with_more("类0号 100%_0", "0000")
    Category.update(name="0000%").where(Category.code == "0000").execute()
    assert text() == "0000%" == with_more("0000%", "0000")


@pytest.mark.row("UIX-17")
def test_count_and_sums_in_slices(many: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing_pages, "SLICE_S", 0.0)
    monkeypatch.setattr(listing_reader, "BLOCK", 10)
    tally, calls = listing_pages.tally(many.owner, CATEGORIES, View()), 1
    while tally.resume is not None:
        tally, calls = listing_pages.tally(many.owner, CATEGORIES, View(), tally), calls + 1
    assert (tally.count, tally.sums) == (500, {"position": 1000})
    assert calls == 13
    assert listing_columns.sum_value(CATEGORIES, "position", 1000) == 1000


def test_a_filter_that_nothing_fits_is_looked_for_in_slices(
    many: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_pages, "SLICE_S", 0.0)
    monkeypatch.setattr(listing_reader, "BLOCK", 50)
    part = listing_pages.page(many.owner, CATEGORIES, View(text="nothing"), None)
    assert not part.lines and part.resume is not None
    assert not walk(many, CATEGORIES, View(text="nothing"))


@pytest.mark.row("UIX-02")
def test_date_window_of_days_and_of_moments(shop: Shop) -> None:
    listing = Listing(
        "audit", "Audit", Audit, key=("register", "seq"), order="at", dates="at", named="verb",
        fields=(Field("at", "Time", "instant"), Field("verb", "What")), find=("verb",),
    )  # fmt: skip
    every = len(walk(shop, listing, View()))
    assert every > 5
    # The shop's first hour is eight in the morning of 2 March in Shanghai.
    assert len(walk(shop, listing, View(since="2026-03-02", until="2026-03-02"))) == every
    assert not walk(shop, listing, View(until="2026-03-01"))
    assert not walk(shop, listing, View(since="2026-03-03"))
    by_verb = View(since="2026-03-02", order="verb")
    assert len(walk(shop, listing, by_verb)) == every


def test_named_finds_by_code_then_by_begin(many: Shop) -> None:
    assert [each.text for each in listing_pages.named(many.owner, CATEGORIES, "0007")] == [
        "类0号 100%_7"
    ]
    assert len(listing_pages.named(many.owner, CATEGORIES, "类1")) == 3
    assert not listing_pages.named(many.owner, CATEGORIES, "号")


@pytest.mark.row("UIX-17")
@pytest.mark.long
def test_a_million_rows_open_as_fast_as_ten(stores: Stores, shop_on: Callable[..., Shop]) -> None:
    """On SQLite: the first page, the last one, and one in the middle, each under 50 ms."""
    shop = shop_on("sqlite")
    with database.transaction():
        database.database.execute_sql(
            'INSERT INTO "category" '
            '("store", "key", "code", "name", "pinyin", "position", "version") '
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
            "SELECT 1, i, printf('%08d', i), 'name ' || i, '', 0, 1 FROM n"
        )
    middle = Anchor("00500000", 500000)
    for anchor, forward in ((None, True), (None, False), (middle, True), (middle, False)):
        begun = time.perf_counter()
        part = listing_pages.page(shop.owner, CATEGORIES, View(), anchor, forward=forward)
        took_ms = (time.perf_counter() - begun) * 1000
        assert len(part.lines) == 200
        assert took_ms < 50, f"{took_ms:.0f} ms"
    begun = time.perf_counter()
    listing_pages.page(shop.owner, CATEGORIES, View(text="no such"), None)
    assert (time.perf_counter() - begun) * 1000 < 200


# Views with a name, and who may read.


def test_views_are_kept_for_each_person(shop: Shop) -> None:
    view = View(conditions=(Condition("position", "in", (1, 2), "1"),), since="2026-01-01")
    kept = listings.save_view(shop.cashier, "goods", " mine ", view.body(), uid=new_uid())
    listings.save_view(shop.cashier, "goods", "mine", view.body(), uid=new_uid())
    mine = listings.saved_views(shop.cashier.user, "goods")
    assert [one.name for one in mine] == ["mine"]
    assert View.of(mine[0].body) == view
    assert not listings.saved_views(shop.manager.user, "goods")
    listings.drop_view(shop.manager, mine[0].key, uid=new_uid())
    assert listings.saved_views(shop.cashier.user, "goods")
    listings.drop_view(shop.cashier, mine[0].key, uid=new_uid())
    assert not listings.saved_views(shop.cashier.user, "goods")
    assert kept.user == shop.cashier.user
    with pytest.raises(listings.ViewUnnamed):
        listings.save_view(shop.cashier, "goods", "  ", view.body(), uid=new_uid())


def test_who_lacks_the_right_does_not_read_a_listing(shop: Shop) -> None:
    listing = Listing("audit", "Audit", Audit, right="read audit")
    assert listings.opened(shop.who("auditor"), listing).holds("read audit")
    with pytest.raises(RightMissing):
        listings.opened(shop.cashier, listing)
    denied = Audit.select().where(Audit.verb == "denied").order_by(Audit.seq.desc()).get()
    assert denied.detail["what"] == "audit"


def test_an_export_is_written_down(shop: Shop) -> None:
    listings.record_export(shop.manager, "goods", rows=5, file="goods.csv", uid=new_uid())
    row = Audit.select().where(Audit.verb == "record_export").get()
    assert row.detail == {"listing": "goods", "rows": 5, "file": "goods.csv"}


# Records that are saved with a version check.

Save = Callable[..., Any]


def tender_values(**more: Any) -> dict[str, Any]:
    return {
        "number": None, "name_zh": "礼品卡", "name_en": "", "kind": "card", **more
    }  # fmt: skip


def folio_values(**more: Any) -> dict[str, Any]:
    return {"kind": "company", "name": "望江餐饮", "limit": yuan("500"), **more}


SAVES: list[tuple[Save, dict[str, Any], dict[str, Any], type[Refusal]]] = [
    (tenders.save_tender, tender_values(), {"name_zh": "储值卡"}, RecordChanged),
    (folios.save_folio, folio_values(), {"limit": yuan("900")}, RecordChanged),
    (registers.save_register, {"name": "外卖"}, {"name": "外带"}, RecordChanged),
    (staff.save_department, {"name": "餐饮"}, {"name": "餐厅"}, RecordChanged),
    (
        staff.save_role, {"name": "学徒", "scope": "own", "rights": {"sell": None}},
        {"name": "见习"}, RecordChanged,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("save", "values", "change", "refusal"), SAVES, ids=[each[0].__name__ for each in SAVES]
)
def test_the_second_of_two_who_change_one_record_is_told(
    shop: Shop, save: Any, values: dict[str, Any], change: dict[str, Any], refusal: type[Refusal]
) -> None:
    made = save(shop.owner, None, version=0, **values, uid=new_uid())
    key, version, read_at = made._pk, made.version, clock.now()
    shop.clock.move(minutes=1)
    changed = save(
        shop.owner, key, version=version, **{**values, **_kept(made, save), **change}, uid=new_uid()
    )
    assert changed.version == version + 1
    with pytest.raises(refusal):
        save(shop.owner, key, version=version, **{**values, **_kept(made, save)}, uid=new_uid())
    row = Audit.select().where(Audit.verb == save.name).order_by(Audit.seq.desc()).get()
    (name,) = change
    assert list(row.detail["changes"]) == [name]
    assert row.detail["changes"][name][1] == str(change[name])
    # Who was faster, and since then nobody.
    assert saved_by(type(made), key, since=read_at) == ("王店主", 1)
    shop.clock.move(minutes=1)
    assert saved_by(type(made), key, since=clock.now()) is None


def _kept(made: Any, save: Any) -> dict[str, Any]:
    """What an operation filled in by itself."""
    if save is tenders.save_tender:
        return {"number": made.number, "name_en": made.name_en}
    return {"pinyin": made.pinyin} if save is folios.save_folio else {}


def test_tenders_get_numbers_and_keep_what_was_paid(shop: Shop) -> None:
    made = tenders.save_tender(shop.manager, None, version=0, **tender_values(), uid=new_uid())
    assert (made.number, made.name_en) == (8, "礼品卡")
    with pytest.raises(RecordTaken):
        tenders.save_tender(shop.manager, None, version=0, **tender_values(number=1), uid=new_uid())
    keyed = tender_values(shortcut=1)
    with pytest.raises(tenders.ShortcutTaken):
        tenders.save_tender(shop.manager, None, version=0, **keyed, uid=new_uid())
    shop.open_shift()
    shop.sell("1001", tender=2, reference="123456", last_four="1234")
    card = Tender.get(Tender.number == 2)
    moved = tender_values(number=2, kind="phone")
    with pytest.raises(tenders.TenderInUse):
        tenders.save_tender(shop.manager, card.key, version=card.version, **moved, uid=new_uid())
    off = tenders.switch_tender(shop.manager, card.key, version=card.version, uid=new_uid())
    assert not off.is_active
    with pytest.raises(RecordChanged):
        tenders.switch_tender(shop.manager, card.key, version=card.version, uid=new_uid())


def test_accounts_are_opened_changed_and_closed(shop: Shop) -> None:
    made = folios.save_folio(
        shop.manager, None, version=0, **folio_values(phone="5550"), uid=new_uid()
    )
    assert made.number.startswith("F01-") and made.pinyin == "wjcy" and made.phone == "5550"
    found = Folio.get_by_id(made.key)
    closed = folios.switch_folio(shop.manager, found.key, version=found.version, uid=new_uid())
    assert closed.status == folios.CLOSED
    with pytest.raises(folios.FolioNotOpen):
        folios.save_folio(
            shop.manager, made.key, version=closed.version, **folio_values(), uid=new_uid()
        )
    again = folios.switch_folio(shop.manager, made.key, version=closed.version, uid=new_uid())
    Folio.update(balance=Money(5, yuan("1").currency)).where(Folio.key == made.key).execute()
    with pytest.raises(folios.FolioNotEmpty):
        folios.switch_folio(shop.manager, made.key, version=again.version, uid=new_uid())


def test_registers_get_the_next_number(shop: Shop) -> None:
    made = registers.save_register(shop.manager, None, version=0, name="外卖", uid=new_uid())
    assert made.number == 5
    own = Register.get(Register.number == 1)
    with pytest.raises(registers.RegisterInUse):
        registers.save_register(
            shop.manager, 1, version=own.version, name="1", is_retired=True, uid=new_uid()
        )


@pytest.mark.row("SYS-43")
def test_departments(shop: Shop) -> None:
    first = Department.get()
    with pytest.raises(RecordTaken):
        staff.save_department(shop.manager, None, version=0, name=first.name, uid=new_uid())
    with pytest.raises(staff.DepartmentInUse):
        staff.save_department(
            shop.manager, first.key, version=first.version, name=first.name, is_active=False,
            uid=new_uid(),
        )  # fmt: skip


@pytest.mark.row("SYS-04")
def test_roles_are_made_changed_and_deleted(shop: Shop) -> None:
    rights = {"sell": None, "give discount": 5_000}
    made = staff.save_role(
        shop.owner, None, version=0, name="学徒", scope="own", rights=rights, uid=new_uid()
    )
    assert staff.verbs_of(made.key) == rights
    staff.save_role(
        shop.owner, made.key, version=made.version, name="学徒", scope="own",
        rights={"sell": None, "print": None}, uid=new_uid(),
    )  # fmt: skip
    assert staff.verbs_of(made.key) == {"sell": None, "print": None}
    row = Audit.select().where(Audit.verb == "save_role").order_by(Audit.seq.desc()).get()
    assert row.detail["granted"] == {"print": None} and row.detail["revoked"] == ["give discount"]
    with pytest.raises(RecordTaken):
        staff.save_role(
            shop.owner, None, version=0, name="学徒", scope="own", rights={}, uid=new_uid()
        )
    with pytest.raises(staff.RoleUnknown):
        staff.save_role(
            shop.owner, None, version=0, name="x", scope="own", rights={"fly": None}, uid=new_uid()
        )
    found = Role.get_by_id(made.key)
    staff.drop_role(shop.owner, found.key, version=found.version, uid=new_uid())
    assert Role.get_or_none(Role.key == made.key) is None


def test_nobody_changes_his_own_role_and_no_role_in_use_goes(shop: Shop) -> None:
    owner = User.get_by_id(shop.owner.user).role
    with pytest.raises(staff.OwnRights):
        staff.save_role(
            shop.owner, owner.key, version=owner.version, name=owner.name, scope="all",
            rights={"sell": None}, uid=new_uid(),
        )  # fmt: skip
    manager = User.get_by_id(shop.manager.user).role
    with pytest.raises(staff.RoleInUse):
        staff.drop_role(shop.owner, manager.key, version=manager.version, uid=new_uid())
