"""What people are sorted by: the lists that the store writes itself (categories, levels, sources,
types of company ...), and groups in a tree.
"""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField
from models.base.keys import new_key
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.base.words import word
from models.trust.founding import Founding
from models.trust.operation import Job, operation
from models.trust.records import (
    NameMissing,
    RecordInUse,
    RecordTaken,
    linked_row,
    put,
    row_at,
    text_of,
)
from models.trust.shipped_names import shipped

CATEGORY, LEVEL, SOURCE, STATUS, COMPANY_TYPE, COMPANY_NATURE, PROVINCE = LISTS = (
    "category", "level", "source", "status", "company type", "company nature", "province",
)  # fmt: skip
_CHOICES, _GROUPS = word("Lists of people"), word("People groups")
_DEEPEST = 8


class GroupLoop(Refusal):
    """A group cannot lie under itself, nor under a group of its own, nor too deep."""

    about = ("parent",)


class PersonChoice(Row):
    """One entry of one of the lists."""

    key = KeyField(primary_key=True)
    kind = CharField(max_length=16, choices=[(each, each) for each in LISTS])
    name = CharField(max_length=40)
    pinyin = CharField(max_length=40, default="")
    position = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("kind", "name"), True),)


class PersonGroup(Row):
    """A group of people, in a tree."""

    key = KeyField(primary_key=True)
    name = CharField(max_length=40)
    pinyin = CharField(max_length=40, default="")
    parent = ForeignKeyField("self", null=True)
    position = IntegerField(default=0)
    version = IntegerField(default=1)


# Tables and columns that name an entry of a list, or a group; models/people/persons.py fills them.
CHOICE_USES: list[tuple[type[Row], str]] = []
GROUP_USES: list[tuple[type[Row], str]] = []


# What a new store begins with; each can be renamed or taken away.
_SHIPPED = {
    CATEGORY: ("VIP", "普通 Regular", "潜在 Prospect", "贸易商 Trader", "生产厂 Manufacturer"),
    LEVEL: ("A", "B", "C"),
    SOURCE: ("上门 Walk-in", "介绍 Referral", "广告 Advertisement", "网络 Online"),
    STATUS: ("活跃 Active", "休眠 Dormant", "流失 Lost"),
    COMPANY_TYPE: ("批发 Wholesale", "零售 Retail", "餐饮 Catering", "制造 Manufacturing"),
    COMPANY_NATURE: ("国有 State", "民营 Private", "外资 Foreign", "个体 Sole trader"),
    PROVINCE: (
        "北京 Beijing", "天津 Tianjin", "河北 Hebei", "山西 Shanxi", "内蒙古 Inner Mongolia",
        "辽宁 Liaoning", "吉林 Jilin", "黑龙江 Heilongjiang", "上海 Shanghai", "江苏 Jiangsu",
        "浙江 Zhejiang", "安徽 Anhui", "福建 Fujian", "江西 Jiangxi", "山东 Shandong",
        "河南 Henan", "湖北 Hubei", "湖南 Hunan", "广东 Guangdong", "广西 Guangxi",
        "海南 Hainan", "重庆 Chongqing", "四川 Sichuan", "贵州 Guizhou", "云南 Yunnan",
        "西藏 Tibet", "陕西 Shaanxi", "甘肃 Gansu", "青海 Qinghai", "宁夏 Ningxia",
        "新疆 Xinjiang", "台湾 Taiwan", "香港 Hong Kong", "澳门 Macau",
    ),
}  # fmt: skip


def ship(answers: Founding | None) -> None:
    """Make the entries of a new store, inside the caller's transaction."""
    for kind, names in _SHIPPED.items():
        for position, name in enumerate(map(shipped, names), 1):
            letters = initials(name, 40)
            PersonChoice.create(
                key=new_key(), kind=kind, name=name, pinyin=letters, position=position
            )


@operation(right="keep people")
def save_choice(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    kind: str,
    name: str,
    position: int = 0,
    is_active: bool = True,
) -> PersonChoice:
    """Make an entry of a list (key None) or change one; the list that it is in stays.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken.
    """
    if kind not in LISTS:
        raise ValueError(kind)
    found = _choice_at(key, version, name) if key is not None else None
    kind = found.kind if found else kind
    title = _title(name)
    same = PersonChoice.get_or_none(PersonChoice.kind == kind, PersonChoice.name == title)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_CHOICES, name=title, field="name")

    values = {
        "name": title, "pinyin": initials(title, 40), "position": position, "is_active": is_active,
    }  # fmt: skip
    if found is None:
        job.note(list=kind, name=title)
        return PersonChoice.create(key=new_key(), kind=kind, **values)
    job.note(list=kind, name=title, changes=put(found, **values))
    return found


@operation(right="keep people")
def drop_choice(job: Job, key: int, *, version: int) -> None:
    """Delete an entry that nobody has. Refuses: RecordChanged, RecordInUse."""
    found = _choice_at(key, version, "")
    if is_in_use(CHOICE_USES, key):
        raise RecordInUse(listing=_CHOICES, name=found.name)

    found.delete_instance()
    job.note(list=found.kind, name=found.name)


@operation(right="keep people")
def save_group(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    name: str,
    parent: int | None = None,
    position: int = 0,
) -> PersonGroup:
    """Make a group (key None), or change one and where it lies.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken, GroupLoop, LinkUnknown.
    """
    found = _group_at(key, version, name) if key is not None else None
    title, above = _title(name), linked_row(PersonGroup, "parent", parent)
    _refuse_loop(key, above, title)
    beside = PersonGroup.parent.is_null() if above is None else PersonGroup.parent == above
    same = PersonGroup.get_or_none(PersonGroup.name == title, beside)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_GROUPS, name=title, field="name")

    values = {
        "name": title, "pinyin": initials(title, 40), "parent": above, "position": position,
    }  # fmt: skip
    if found is None:
        job.note(group=title, under=above.name if above else "")
        return PersonGroup.create(key=new_key(), **values)
    job.note(group=title, changes=put(found, **values))
    return found


@operation(right="keep people")
def drop_group(job: Job, key: int, *, version: int) -> None:
    """Delete a group with nobody in it and none under it. Refuses: RecordChanged, RecordInUse."""
    found = _group_at(key, version, "")
    if is_in_use([*GROUP_USES, (PersonGroup, "parent")], key):
        raise RecordInUse(listing=_GROUPS, name=found.name)

    found.delete_instance()
    job.note(group=found.name)


def _choice_at(key: int, version: int, name: str) -> PersonChoice:
    return row_at(PersonChoice, key, version, _CHOICES, name=name)


def _group_at(key: int, version: int, name: str) -> PersonGroup:
    return row_at(PersonGroup, key, version, _GROUPS, name=name)


def _title(name: str) -> str:
    title = text_of("name", name, 40)
    if not title:
        raise NameMissing()
    return title


def _refuse_loop(key: int | None, above: PersonGroup | None, name: str) -> None:
    depth = 1
    while above is not None:
        depth += 1
        if above.key == key or depth > _DEEPEST:
            raise GroupLoop(name=name, deepest=_DEEPEST)
        above = above.parent


def is_in_use(uses: list[tuple[type[Row], str]], key: int) -> bool:
    """Does one of these columns name this key?"""
    return any(
        table.select().where(getattr(table, column) == key).exists() for table, column in uses
    )
