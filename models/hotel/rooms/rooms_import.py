"""Import of rooms: a row is one room with its type, floor and features. A type that is not there
yet is made of what its first row says; one that is there stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.hot import pointed_at
from models.base.keys import new_key
from models.base.texts import one_line
from models.base.words import word
from models.goods.cells import read_flag
from models.hotel.rooms.rooms import CLEAN, Room, RoomType, floor_of, has_nights
from models.imports.import_kind import (
    BadCell,
    Earlier,
    Field,
    Imported,
    ImportKind,
    Made,
    Record,
    Remark,
    Verdict,
    count_cell,
    field_of,
    text_cell,
)
from models.ledger.daily.days import store_day
from models.trust.operation import Job

_TYPES = "room_type"
# What a row says of its type, and what holds when it says nothing.
_OF_TYPE = {"type_name": "", "persons": 2, "extra_beds": 0, "oversold": 0}
# What points at a room, and at a type.
ROOM_USES = (("stay", "room_id"), ("night", "room_id"), ("room_closing", "room_id"))
TYPE_USES = (
    ("room", "room_type_id"), ("rate_price", "room_type_id"), ("stay", "room_type_id"),
    ("night", "room_type_id"), ("room_day", "room_type_id"), ("block_room", "room_type_id"),
)  # fmt: skip


def _features(cell: str) -> list[str]:
    found = [each.strip() for each in re.split(r"[,，;；、/]", one_line(cell))]
    if len(",".join(found)) > 120:
        raise BadCell("too_long")
    return [each for each in found if each]


FIELDS: tuple[Field, ...] = (
    field_of(
        "number", word("Room"), text_cell(10),
        "房号 房间号 房间编号 客房号 房间 客房编号 room_no room_number number",
        is_key=True,
    ),
    field_of(
        "room_type", word("Room type"), text_cell(10),
        "房型 房型代码 房型编码 房类 客房类型 房间类型 type_code type category",
    ),
    field_of("type_name", word("Name of the type"), text_cell(40), "房型名称 type_description"),
    field_of(
        "persons", word("Persons, max."), count_cell(1, 20),
        "最多人数 可住人数 人数 床位数 max_persons capacity sleeps beds",
    ),
    field_of(
        "extra_beds", word("Extra beds, max."), count_cell(0, 20),
        "最多加床 可加床 加床数 max_extra_beds",
    ),
    field_of(
        "oversold", word("Oversell by"), count_cell(0, 1000),
        "可超售 超订 超预订 overbooking",
    ),
    field_of("floor", word("Floor"), text_cell(10), "楼层 层 storey level"),
    field_of("features", word("Features"), _features, "特点 房间特征 设施 amenities feature"),
    field_of("note", word("Note"), text_cell(200), "备注 说明 remark notes comment"),
    field_of("is_active", word("In use"), read_flag, "启用 在用 是否启用 状态 active status"),
)  # fmt: skip


@dataclass(slots=True)
class RoomWork:
    """What is to be stored of a row: the columns of the room but its type, and the room there."""

    values: dict[str, Any]
    old: Room | None


def _check(record: Record, seen: dict[str, Any]) -> None:
    values = record.values
    for name in ("number", "room_type"):
        if not values.get(name) and not any(each.field == name for each in record.problems):
            record.refuse(f"missing_{name}", name)
    if record.problems:
        return
    numbers: Earlier = seen.setdefault("numbers", Earlier())
    if row := numbers.row(values["number"]):
        record.refuse("duplicate_number_in_file", "number", f"{values['number']}: {row}")
        return
    _check_type(record, seen.setdefault("types", {}))
    if not record.problems:
        numbers.note(values["number"], record.line)


def _check_type(record: Record, types: dict[str, tuple[int, dict[str, Any]]]) -> None:
    """Two rows that say two things of one type: which is true, only a person knows."""
    code = record.values["room_type"]
    said = {name: record.values.get(name) for name in _OF_TYPE}
    line, first = types.setdefault(code, (record.line, said))
    for name, value in said.items():
        if value is not None and first[name] is not None and value != first[name]:
            record.refuse("other_type", name, f"{code}: {line}")
            return
        first[name] = value if first[name] is None else first[name]


def _compare(records: list[Record]) -> None:
    numbers = [record.values["number"] for record in records]
    known = {room.number: room for room in Room.select().where(Room.number << numbers)}
    types = {each.code: each for each in RoomType.select()}
    day = store_day()
    for record in records:
        values, old = record.values, known.get(record.values["number"])
        there = types.get(values["room_type"])
        if there is not None and _says_other(record, there):
            record.warn("type_kept", "room_type", there.code)
        work = record.work = RoomWork(_wanted(record, old), old)
        if old is None:
            continue
        record.subject = old.key
        has_other_type = there is None or there.key != old.room_type_id
        is_off = work.values.get("is_active") is False and old.is_active
        if (has_other_type or is_off) and has_nights(old.key, day):
            record.refuse("room_in_use", "number", old.number)
            continue
        differs = has_other_type or any(getattr(old, n) != v for n, v in work.values.items())
        record.verdict = Verdict.CHANGED if differs else Verdict.UNCHANGED


def _says_other(record: Record, there: RoomType) -> bool:
    said = {name: record.values.get(name) for name in _OF_TYPE}
    held = {"type_name": there.name, "persons": there.persons,
            "extra_beds": there.extra_beds, "oversold": there.oversold}  # fmt: skip
    return any(value is not None and value != held[name] for name, value in said.items())


def _wanted(record: Record, old: Room | None) -> dict[str, Any]:
    """The columns as they shall be; an empty cell leaves what is there."""
    own = ("floor", "features", "note", "is_active")
    given = {name: record.values.get(name) for name in own}
    found = {name: value for name, value in given.items() if value is not None}
    if old is None:
        found.setdefault("floor", floor_of(record.values["number"]))
    return found


def _store(job: Job, records: list[Record]) -> Made:
    types = {each.code: each for each in RoomType.select()}
    made: list[int] = []
    for record in records:
        work: RoomWork = record.work
        code = record.values["room_type"]
        if code not in types:
            types[code] = _make_type(record)
            made.append(types[code].key)
        values = work.values | {"room_type": types[code]}
        if work.old is None:
            room = Room.create(key=new_key(), number=record.values["number"], care=CLEAN, **values)
            record.subject = room.key
            continue
        record.before = {
            "old": {name: getattr(work.old, name) for name in work.values}
            | {"room_type": work.old.room_type_id},
            "version": work.old.version + 1,
        }
        Room.update(**values, version=Room.version + 1).where(Room.key == work.old.key).execute()
    return {_TYPES: made} if made else {}


def _make_type(record: Record) -> RoomType:
    said = {name: record.values.get(name) for name in _OF_TYPE}
    given = {name: _OF_TYPE[name] if value is None else value for name, value in said.items()}
    code = record.values["room_type"]
    return RoomType.create(key=new_key(), code=code, name=given.pop("type_name") or code, **given)


def _undo(job: Job, rows: list[Imported]) -> list[Remark]:
    made = [row for row in rows if row.verdict is Verdict.NEW]
    used = pointed_at(ROOM_USES, [row.subject for row in made])
    kept: list[Remark] = []
    for row in rows:
        room: Room | None = Room.get_or_none(Room.key == row.subject)
        version = (row.before or {}).get("version", 1)
        if room is None or room.version != version:
            reason = "changed_since"
        elif row.verdict is Verdict.CHANGED:
            reason = _put_back(room, row.before or {}, job.day)
        else:
            reason = "room_in_use" if room.key in used else ""
        if reason:
            kept.append(Remark(row.line, reason, "", room.number if room else ""))
        elif row.verdict is Verdict.NEW:
            Room.delete().where(Room.key == row.subject).execute()
    return kept


def _put_back(room: Room, note: dict[str, Any], day: date) -> str:
    """Old values again; why not, where guests are booked into the room as it is."""
    old = note["old"]
    if old["room_type"] != room.room_type_id and has_nights(room.key, day):
        return "room_in_use"
    Room.update(**old, version=Room.version + 1).where(Room.key == room.key).execute()
    return ""


def _sweep(job: Job, made: Made) -> None:
    """Types that the run made and nobody uses go."""
    keys = made.get(_TYPES, [])
    used = pointed_at(TYPE_USES, keys)
    RoomType.delete().where(RoomType.key << [key for key in keys if key not in used]).execute()


ROOMS = ImportKind(
    "rooms", "keep rooms", word("Rooms"), FIELDS, (("number",), ("room_type",)),
    check=_check, compare=_compare, store=_store, undo=_undo, sweep=_sweep,
)  # fmt: skip
