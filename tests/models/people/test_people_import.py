"""Import and export of people: a trial, rows stored, refused and told, taken back, out and in."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.base.hot import query
from models.imports import imports
from models.imports.import_plan import Plan, plan_import
from models.imports.imports import ImportRun, Progress, refused_rows
from models.ledger.proving.proof import verify
from models.people import contacts
from models.people.export import export_people
from models.people.finding import find_people
from models.people.lists import PersonChoice, PersonGroup
from models.people.people_import import PEOPLE
from models.people.persons import Person
from models.sheets.sheets import read_sheet
from models.trust.guard import RightMissing
from models.trust.operation import NeedsOverride, Session, new_uid
from receipts.words import LANGUAGES, say
from tests.models.people.test_merging import merge
from tests.models.people.test_people import ID_CARD, PHONE, change, person
from tests.models.stock.imported import counts
from tests.stores import Shop

pytestmark = pytest.mark.row("CUS-05")

HEADS = (
    "客户编号",
    "客户名称",
    "手机",
    "电话2",
    "客户分组",
    "会员等级",
    "标签",
    "身份证号",
    "生日",
)
ROWS = (
    ("V1", "王芳", PHONE, "", "华东 > 上海", "钻石", "老客 VIP", ID_CARD, "1990-03-07"),
    ("V2", "单雪梅", "+86 139 1111 2222", "021-68881234", "华东", "A", "", "", "1985年1月2日"),
    ("", "望江餐饮有限公司", "", "", "", "", "", "", ""),
)


def sheet(shop: Shop, rows: Sequence[Sequence[str]] = ROWS, heads: Sequence[str] = HEADS) -> Plan:
    path = Path(shop.keys_folder.parent) / f"{new_uid().hex}.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file).writerows([heads, *rows])
    return plan_import(PEOPLE, read_sheet(path))


def run(shop: Shop, plan: Plan, *, by: Session | None = None, dry: bool = False) -> Progress:
    *_, last = imports.run_import(by or shop.owner, plan, dry_run=dry)
    return last


def undo(shop: Shop) -> list[Any]:
    newest = ImportRun.select().order_by(ImportRun.key.desc()).first()
    steps = list(imports.undo_import(shop.owner, newest.key))
    return [(each.reason, each.text) for step in steps for each in step.kept]


def test_a_trial_stores_nothing_and_the_import_what_it_said(shop: Shop) -> None:
    assert counts(run(shop, sheet(shop), dry=True)) == (3, 0, 0, 0)
    assert not Person.select().exists()
    assert counts(run(shop, sheet(shop))) == (3, 0, 0, 0)
    wang = Person.get(Person.number == "V1")
    assert (wang.name, wang.phone.text, wang.paper, wang.paper_number.text) == (
        "王芳", PHONE, "id card", ID_CARD,
    )  # fmt: skip
    assert (wang.group.name, wang.group.parent.name, wang.level.name) == ("上海", "华东", "钻石")
    assert (wang.tags, wang.birthday.isoformat(), wang.pinyin) == ("老客 VIP", "1990-03-07", "wf")
    assert wang.full_pinyin == "wang fang"
    shan = Person.get(Person.number == "V2")
    assert (shan.phone.text, shan.pinyin, shan.level.name) == ("+86 139 1111 2222", "sxm", "A")
    assert Person.get(Person.name == "望江餐饮有限公司").number == "1000001"
    for typed, number in (("2222", "V2"), ("1234", "V2"), (ID_CARD, "V1"), ("shanx", "V2")):
        assert [Person.get_by_id(key).number for key in find_people(typed)] == [number]
    assert not verify()


def test_the_same_file_again_changes_nothing_and_another_one_changes(shop: Shop) -> None:
    run(shop, sheet(shop))
    assert counts(run(shop, sheet(shop, ROWS[:]))) == (0, 0, 3, 0)
    rows = (
        ("", "王芳", PHONE, "", "华东 > 上海", "", "老客", "", ""),
        ("V2", "单雪", "", "", "", "A", "", "", ""),
        ("", "望江餐饮有限公司", "", "", "华北", "", "", "", ""),
        ("", "王芳", "13700000000", "", "", "", "", "", ""),
    )
    assert counts(run(shop, sheet(shop, rows))) == (1, 3, 0, 0)
    wang, shan = Person.get(Person.number == "V1"), Person.get(Person.number == "V2")
    # An empty cell empties a level and leaves a phone and papers.
    assert (wang.level, wang.tags, wang.phone.text) == (None, "老客", PHONE)
    assert wang.paper_number.text == ID_CARD
    assert (shan.name, shan.pinyin, shan.full_pinyin) == ("单雪", "sx", "shan xue")
    assert Person.get(Person.name == "望江餐饮有限公司").group.name == "华北"
    assert not verify()


def test_what_once_broke_an_import(shop: Shop) -> None:
    """A group without a name, and a number that is the next one of a row beside it."""
    heads = ("客户编号", "客户名称", "客户分组")
    assert counts(run(shop, sheet(shop, [("", "甲", ">"), ("", "乙", "华东")], heads))) == (
        1,
        0,
        0,
        1,
    )
    after = int(Person.get(Person.name == "乙").number) + 1
    rows = [("", "丙", " > 华东 > "), (str(after), "丁", "")]
    assert counts(run(shop, sheet(shop, rows, heads))) == (2, 0, 0, 0)
    assert Person.get(Person.name == "丁").number == str(after)
    assert [each.name for each in PersonGroup.select()] == ["华东"]


def test_a_number_that_an_earlier_row_drew_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another block of the file: neither takes the other's place without a word."""
    monkeypatch.setattr(imports, "BLOCK", 1)
    heads = ("客户编号", "客户名称")
    assert counts(run(shop, sheet(shop, [("", "甲")], heads))) == (1, 0, 0, 0)
    drawn = str(int(Person.get(Person.name == "甲").number) + 1)
    assert counts(run(shop, sheet(shop, [("", "乙"), (drawn, "丙")], heads))) == (1, 0, 0, 1)
    assert Person.get(Person.number == drawn).name == "乙"
    assert [each.reason for each in refused_rows(imports.import_runs()[0].key)] == ["again_in_file"]


def test_no_file_breaks_an_import(shop: Shop) -> None:
    """Whatever stands in the cells: the trial says what the import does, and it is done."""
    cells = some.one_of(
        some.text(max_size=12),
        some.sampled_from(
            ["", ">", " > ", "a > b", PHONE, "100001", "1000001", ID_CARD, "V9", "9"]
        ),
    )

    @settings(max_examples=15, deadline=None)
    @given(some.lists(some.lists(cells, min_size=9, max_size=9), min_size=1, max_size=6))
    def any_file(rows: list[list[str]]) -> None:
        plan = sheet(shop, rows)
        assert counts(run(shop, plan, dry=True)) == counts(run(shop, plan))

    any_file()
    assert {each.state for each in ImportRun.select()} == {"done"}


def test_an_import_is_taken_back_whole(shop: Shop) -> None:
    before = person(shop, "甲", number="V1", phone="13912345678", tags="旧")
    groups, choices = PersonGroup.select().count(), PersonChoice.select().count()
    run(shop, sheet(shop))
    assert Person.get_by_id(before.key).name == "王芳"
    assert undo(shop) == []
    now = Person.get_by_id(before.key)
    assert (now.name, now.phone.text, now.tags, now.paper_number.text) == (
        "甲", "13912345678", "旧", "",
    )  # fmt: skip
    assert find_people("5678") == [before.key]
    assert Person.select().count() == 1
    assert (PersonGroup.select().count(), PersonChoice.select().count()) == (groups, choices)
    assert query('SELECT count(*) FROM "person_phone"') == [(1,)]
    assert not verify()


def test_who_is_used_or_changed_since_stays(shop: Shop) -> None:
    run(shop, sheet(shop))
    wang, shan = Person.get(Person.number == "V1"), Person.get(Person.number == "V2")
    company = Person.get(Person.name == "望江餐饮有限公司")
    contacts.save_contact(shop.owner, None, company=company.key, person=wang.key, uid=new_uid())
    change(shop, shan, notes="来过")
    assert sorted(undo(shop)) == [
        ("changed_since", "V2 单雪梅"), ("person_in_use", "1000001 望江餐饮有限公司"),
        ("person_in_use", "V1 王芳"),
    ]  # fmt: skip
    assert Person.select().count() == 3


def test_rows_are_refused_with_their_reason_and_nothing_is_told_whole(shop: Shop) -> None:
    person(shop, "同名", phone="13900000001")
    person(shop, "同名", phone="13900000002")
    rows = (
        ("A1", "", "", "", "", "", "", "", ""),
        ("", "", "13800000000", "", "", "", "", "", ""),
        ("A2", "乙", "138****0000", "", "", "", "", "", ""),
        ("A3", "丙", "", "", "", "", "", "110101199003070021", ""),
        ("A4", "丁", "", "", "", "", "", "", "1990-02-30"),
        ("A4", "戊", "", "", "", "", "", "", ""),
        ("A4", "己", "", "", "", "", "", "", ""),
        ("", "同名", "", "", "", "", "", "", ""),
        ("", "庚", "13811112222", "", "", "", "", "", ""),
        ("", "庚", "13811112222", "", "", "", "", "", ""),
        ("A5", "辛", "13900000001", "", "", "", "", "", ""),
        ("A6", "壬" * 61, "", "", "", "", "", "", ""),
    )
    progress = run(shop, sheet(shop, rows))
    assert counts(progress) == (3, 0, 0, 9)
    refused = refused_rows(ImportRun.get().key)
    assert [(each.line, each.reason) for each in refused] == [
        (2, "missing_name"), (3, "missing_name"), (4, "bad_phone"), (5, "bad_paper"),
        (6, "bad_date"), (8, "duplicate_number_in_file"), (9, "ambiguous_person"),
        (11, "duplicate_person_in_file"), (13, "too_long"),
    ]  # fmt: skip
    assert "199003070021" not in str(query('SELECT * FROM "imported_row"'))
    assert not verify()


def test_a_merged_record_is_met_as_the_one_that_stands_for_it(shop: Shop) -> None:
    kept, gone = person(shop, "王芳", number="V1"), person(shop, "王小芳", number="V9")
    merge(shop, kept, gone)
    assert counts(run(shop, sheet(shop, [("V9", "王大芳", *[""] * 7)]))) == (0, 1, 0, 0)
    assert Person.get_by_id(kept.key).name == "王大芳"
    assert Person.get_by_id(gone.key).name == "王小芳"


def test_importing_needs_its_rights(shop: Shop) -> None:
    with pytest.raises(NeedsOverride) as denied:
        run(shop, sheet(shop), by=shop.who("clerk"))
    assert denied.value.fields["right"] == "keep people"
    shop.give(shop.owner, "库管员", keep_people=None)
    with pytest.raises(NeedsOverride) as denied:
        run(shop, sheet(shop), by=shop.who("clerk"))
    assert denied.value.fields["right"] == "see private facts"
    without_birthday = [row[:-1] for row in ROWS]
    assert run(shop, sheet(shop, without_birthday, HEADS[:-1]), by=shop.who("clerk")).new == 3


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_out_and_in_again_changes_nothing(shop: Shop, tmp_path: Path, ending: str) -> None:
    run(shop, sheet(shop))
    merge(shop, Person.get(Person.number == "V1"), person(shop, "丁"))
    for language in LANGUAGES:
        path = tmp_path / f"{language}.{ending}"
        assert export_people(shop.owner, path, said=partial(say, lang=language)) == 3
        assert counts(run(shop, plan_import(PEOPLE, read_sheet(path)))) == (0, 0, 3, 0)


def test_an_export_holds_no_more_than_may_be_seen(shop: Shop, tmp_path: Path) -> None:
    run(shop, sheet(shop))
    path = tmp_path / "people.csv"
    export_people(shop.cashier, path)
    text = path.read_text(encoding="utf-8-sig")
    assert "王芳" in text
    assert not any(hidden in text for hidden in (PHONE, ID_CARD, "1990-03-07", "Phone", "Birthday"))
    # What is not in it is not emptied.
    assert counts(run(shop, plan_import(PEOPLE, read_sheet(path)))) == (0, 0, 3, 0)
    with pytest.raises(RightMissing):
        export_people(shop.who("auditor"), path)
    shop.take(shop.owner, "收银员", "export")
    with pytest.raises(RightMissing):
        export_people(shop.cashier, path)


@pytest.mark.long
def test_a_hundred_thousand_people_are_imported_in_short_steps(shop: Shop) -> None:
    rows = [(f"V{n}", f"客户{n}", f"13{n:09}", "", "", "", "", "", "") for n in range(100_000)]
    plan, worst, began = sheet(shop, rows), 0.0, time.perf_counter()
    steps = imports.run_import(shop.owner, plan)
    while True:
        at = time.perf_counter()
        step = next(steps, None)
        worst = max(worst, time.perf_counter() - at)
        if step is None:
            break
    print(f"{time.perf_counter() - began:.1f} s, worst step {worst * 1000:.0f} ms")
    assert Person.select().count() == 100_000
