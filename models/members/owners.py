"""Whose something is, in the lists of another program: by his number, else his phone and name."""

from __future__ import annotations

from models.base.words import word
from models.imports.import_kind import Field, Record, field_of, text_cell
from models.people.columns import read_phone
from models.people.known import Known, look_up
from models.people.persons import Person

OWNER: tuple[Field, ...] = (
    field_of(
        "member",
        word("Customer number"),
        text_cell(20),
        "会员号 会员编号 客户编号 顾客编号 member_no member_number customer_no customer_id",
    ),
    field_of(
        "phone",
        word("Phone"),
        read_phone,
        "手机 手机号 手机号码 电话 联系电话 会员手机 mobile tel telephone phone_number",
        is_private=True,
    ),
    field_of(
        "name",
        word("Name"),
        text_cell(60),
        "姓名 会员姓名 客户姓名 持卡人 名称 会员 顾客 member_name customer_name full_name customer",
    ),
)


def owners_in(records: list[Record]) -> Known:
    """What the store knows of the people whom these rows name."""
    named = ("number", "member"), ("phone", "phone"), ("name", "name")
    return look_up(
        [Record(each.line, {name: each.values.get(own) for name, own in named}) for each in records]
    )


def owner_of(record: Record, known: Known) -> Person | None:
    """Who a row means: by his number, else his phone (and name), else his name alone. Several, or
    nobody where one is named, is said of the row.
    """
    values = record.values
    member, phone, name = values.get("member"), values.get("phone"), values.get("name")
    if member:
        key = known.numbers.get(member)
        found = {key} if key else set()
    elif phone:
        found = known.of_phones([phone])
        found = known.of_name(name, found) if name else found
    else:
        found = known.names.get(name, set()) if name else set()
    said = member or name or ("phone" if phone else "")
    if len(found) > 1:
        record.refuse("ambiguous_person", "name", said)
    elif said and not found:
        record.refuse("unknown_owner", "member", "" if said == "phone" else said)
    return known.people[next(iter(found))] if len(found) == 1 else None
