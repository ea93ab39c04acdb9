"""Import of rooms and of bookings: a trial, rows stored, refused and told, taken back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.hotel.reservations.bookings import assign_room
from models.hotel.reservations.bookings_import import BOOKINGS
from models.hotel.rooms.room_days import RoomDay, left_between
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.rooms.rooms_import import ROOMS
from models.hotel.stays.stays import OPTION, Booking, Night, Stay, nights_of
from models.imports import imports
from models.imports.import_kind import ImportKind
from models.imports.import_plan import plan_import
from models.imports.imports import ImportRun, Progress, refused_rows
from models.ledger.proving.proof import verify
from models.sheets.sheets import read_sheet
from models.trust.operation import NeedsOverride, Session, new_uid
from receipts.import_words import reason_text
from receipts.words import LANGUAGES
from tests.models.hotel.house import House
from tests.models.hotel.staying import day
from tests.models.stock.imported import counts

HEADS = ("确认号", "客人姓名", "入住日期", "离店日期", "房型", "成人")
# No room of the type is left: five twins.
FOUR_NIGHTS = (day(0), day(4))


def run(
    house: House,
    kind: ImportKind,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    dry: bool = False,
    by: Session | None = None,
) -> tuple[Progress, list[tuple[int, str, str]]]:
    """Import rows as a file; how it ended, and what was said of which row."""
    path = Path(house.shop.keys_folder.parent) / f"{new_uid().hex}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    plan = plan_import(kind, read_sheet(path))
    steps = list(imports.run_import(by or house.shop.owner, plan, dry_run=dry))
    said = [(p.line, p.reason, p.field) for step in steps for p in (*step.problems, *step.warnings)]
    assert all(reason_text(reason, lang) for _, reason, _ in said for lang in LANGUAGES)
    return steps[-1], said


def undo(house: House) -> list[tuple[str, str]]:
    newest = ImportRun.select().order_by(ImportRun.key.desc()).first()
    steps = list(imports.undo_import(house.shop.owner, newest.key))
    return [(each.reason, each.text) for step in steps for each in step.kept]


ROOM_HEADS = ("房号", "房型", "房型名称", "最多人数", "楼层", "特点", "备注")
SUITES = (
    ("401", "STE", "套房 Suite", "4", "", "海景、连通", ""),
    ("402", "STE", "", "", "4F", "", "靠电梯"),
    ("201", "TWN", "", "", "", "海景", ""),
)


def test_rooms_come_with_their_types_and_go_again(house: House) -> None:
    for dry in (True, False):
        last, said = run(house, ROOMS, ROOM_HEADS, SUITES, dry=dry)
        assert (counts(last), said) == ((2, 1, 0, 0), [])
        assert Room.select().where(Room.number == "401").exists() is not dry
    suite = house.room("401")
    assert (suite.floor, suite.features, suite.care) == ("4", ["海景", "连通"], "clean")
    assert (suite.room_type.name, suite.room_type.persons) == ("套房 Suite", 4)
    assert (house.room("402").floor, house.room("402").note) == ("4F", "靠电梯")
    assert house.room("201").features == ["海景"]
    assert counts(run(house, ROOMS, ROOM_HEADS, SUITES)[0]) == (0, 0, 3, 0)
    imports_made = ImportRun.select().order_by(ImportRun.key).first()
    assert [
        k for s in imports.undo_import(house.shop.owner, imports_made.key) for k in s.kept
    ] == []
    assert not RoomType.select().where(RoomType.code == "STE").exists()
    assert (house.room("201").features, Room.select().count()) == ([], 8)
    assert not verify()


def test_rooms_that_cannot_be_are_told_with_their_row(house: House) -> None:
    house.book(*FOUR_NIGHTS, room=house.room("201").key)
    rows = (
        ("", "TWN", "", "", "", "", ""),
        ("501", "", "", "", "", "", ""),
        ("502", "STE", "", "21", "", "", ""),
        ("503", "STE", "", "4", "", "", ""),
        ("504", "STE", "", "3", "", "", ""),
        ("503", "STE", "", "", "", "", ""),
        ("201", "KNG", "", "", "", "", ""),
        ("505", "TWN", "", "9", "", "", ""),
    )
    last, said = run(house, ROOMS, ROOM_HEADS, rows)
    assert counts(last) == (2, 0, 0, 6)
    assert said == [
        (2, "missing_number", "number"),
        (3, "missing_room_type", "room_type"),
        (4, "bad_number", "persons"),
        (6, "other_type", "persons"),
        (7, "duplicate_number_in_file", "number"),
        (8, "room_in_use", "number"),
        (9, "type_kept", "room_type"),
    ]
    assert house.room("201").room_type == house.twin
    house.book(*FOUR_NIGHTS, room=house.room("505").key)
    assert undo(house) == [("room_in_use", "505")]
    with pytest.raises(NeedsOverride):
        run(house, ROOMS, ROOM_HEADS, SUITES, by=house.shop.cashier)


@pytest.mark.row("H-1")
def test_bookings_take_their_rooms_and_give_them_back(house: House) -> None:
    heads = (*HEADS, "协议房价", "间数", "保留至", "渠道", "儿童年龄", "房号")
    rows = (
        ("CT-1", "王伟", day(0), day(2), "TWN", 1, "", "", "", "携程", "", "203"),
        ("CT-2", "李娜", day(1), day(3), "KNG", 2, "299.50", 2, day(0), "", "5", ""),
        ("", "李娜", day(1), day(3), "TWN", 1, "", "", "", "", "", ""),
        ("", "李娜", day(1), day(3), "TWN", 1, "", "", "", "", "", ""),
    )
    for dry in (True, False):
        last, said = run(house, BOOKINGS, heads, rows, dry=dry)
        assert (counts(last), said) == ((4, 0, 0, 0), [])
        assert Stay.select().count() == (0 if dry else 5)
    wang, group = Booking.get(Booking.number == "CT-1"), Booking.get(Booking.number == "CT-2")
    assert (wang.name, wang.pinyin, wang.source) == ("王伟", "ww", "携程")
    assert Stay.get(Stay.booking == wang).room == house.room("203")
    stays = list(Stay.select().where(Stay.booking == group))
    assert [(s.state, s.adults, s.children) for s in stays] == [(OPTION, 2, [5])] * 2
    assert [str(n.price) for s in stays for n in nights_of(s.key)] == ["299.50"] * 4
    assert group.is_group and group.option_until == day(0)
    left = left_between(day(1), day(2))
    assert (left[house.twin.key, day(1)].left, left[house.king.key, day(1)].left) == (2, 1)
    # Of those with a number a second time, none; one without may be another guest.
    assert counts(run(house, BOOKINGS, heads, rows[:2])[0]) == (0, 0, 2, 0)
    assert not verify()
    changed = Stay.get(Stay.booking == wang)
    assign_room(house.desk, changed, None, version=changed.version, uid=new_uid())
    first = ImportRun.select().order_by(ImportRun.key).first()
    kept = [k for step in imports.undo_import(house.shop.owner, first.key) for k in step.kept]
    assert [(each.reason, each.text) for each in kept] == [("changed_since", "CT-1 王伟")]
    assert (Stay.select().count(), Night.select().count()) == (1, 2)
    assert sum(each.sold for each in RoomDay.select()) == 2
    assert not verify()


BAD = (
    (("", "王伟", "2026-02-30", "2026-12-04", "TWN", 1), "no_date", "arrival"),
    (("", "王伟", "", "2026-12-04", "TWN", 1), "missing_arrival", "arrival"),
    (("", "王伟", day(3), day(1), "TWN", 1), "departure_before", "departure"),
    (("", "王伟", day(3), "", "TWN", 1), "missing_departure", "departure"),
    (("", "王伟", day(0), date(2029, 12, 1), "TWN", 1), "stay_too_long", "departure"),
    (("", "王伟", day(-1), day(1), "TWN", 1), "arrival_past", "arrival"),
    (("", "", day(0), day(1), "TWN", 1), "missing_name", "name"),
    (("", "王伟", day(0), day(1), "", 1), "missing_room_type", "room_type"),
    (("", "王伟", day(0), day(1), "SUITE", 1), "unknown_type", "room_type"),
    (("", "王伟", day(0), day(1), "TWN", 3), "too_many_persons", "adults"),
    (("", "王伟", day(0), day(1), "TWN", "two"), "bad_number", "adults"),
    (("B01-00009", "王伟", day(0), day(1), "TWN", 1), "own_number", "number"),
    (("", "王伟", date(2028, 5, 1), date(2028, 5, 3), "TWN", 1), "rate_missing", "plan"),
)


@pytest.mark.row("H-1")
def test_bookings_that_cannot_be_are_told_with_their_row(house: House) -> None:
    good = ("", "王伟", *FOUR_NIGHTS, "TWN", 1)
    rows = [each for each, _, _ in BAD] + [good] * 6
    for dry in (True, False):
        last, said = run(house, BOOKINGS, HEADS, rows, dry=dry)
        assert counts(last) == (5, 0, 0, len(BAD) + 1)
        expected = [(line, reason, field) for line, (_, reason, field) in enumerate(BAD, 2)]
        # The sixth of five twins.
        assert said == [*expected, (len(rows) + 1, "type_full", "room_type")]
    run_key = ImportRun.select().order_by(ImportRun.key.desc()).get().key
    assert [each.reason for each in refused_rows(run_key)] == [r for _, r, _ in BAD] + ["type_full"]
    assert Stay.select().count() == 5
    assert not verify()


@pytest.mark.row("H-1")
def test_a_dry_run_counts_what_the_blocks_before_took(house: House) -> None:
    """Two hundred rows are a block: the full type is told behind one as well."""
    filler = [("", "甲", date(2028, 5, 1), date(2028, 5, 2), "TWN", 1)] * imports.BLOCK
    taking = ("", "王伟", *FOUR_NIGHTS, "KNG", 1)
    given = ("", "王伟", day(0), day(1), "TWN", 1, "201")
    rows = [[*each, ""] for each in [taking, taking, *filler, taking, taking]]
    rows = [list(given), *rows, list(given)]
    last, said = run(house, BOOKINGS, (*HEADS, "房号"), rows, dry=True)
    assert counts(last) == (4, 0, 0, imports.BLOCK + 2)
    lines = [line for line, reason, _ in said if reason in ("type_full", "room_taken")]
    assert lines == [len(rows), len(rows) + 1]


@pytest.mark.row("H-1")
def test_more_of_what_a_row_may_say_wrongly(house: House) -> None:
    heads = (*HEADS, "晚数", "房号", "间数", "儿童年龄", "房价方案", "担保方式")
    rows = (
        ("", "王伟", day(0), day(1), "TWN", 1, 2, "", "", "", "", ""),
        ("", "王伟", day(0), day(1), "TWN", 1, 1, "301", "", "", "", ""),
        ("", "王伟", day(0), day(1), "TWN", 1, "", "201", 2, "", "", ""),
        ("", "王伟", day(0), day(1), "TWN", 1, "", "", "", "19", "", ""),
        ("", "王伟", day(0), day(1), "TWN", 1, "", "", "", "", "GOLD", ""),
        ("", "王伟", day(0), day(1), "TWN", 1, "", "", "", "", "", "口头"),
        ("", "王伟", day(0), "", "TWN", 1, 2, "", "", "", "RACK", "信用卡"),
    )
    last, said = run(house, BOOKINGS, heads, rows)
    assert counts(last) == (1, 0, 0, 6)
    assert said == [
        (2, "other_nights", "nights"),
        (3, "unknown_room", "room"),
        (4, "room_of_many", "room"),
        (5, "bad_ages", "children"),
        (6, "unknown_plan", "plan"),
        (7, "bad_choice", "guarantee"),
    ]
    stay = Stay.get()
    assert (stay.departure, stay.booking.guarantee) == (day(2), "card")
