"""People (客户): one record of a person or company, whatever it is to the store: guest, member,
customer, supplier's contact, or the private side of a member of staff.

Folios, sales and stays point at it. Nothing of it is copied elsewhere, so that one change shows
everywhere; open work that keeps a name follows (`followers` of a trade). Operations: records.py.
"""

from __future__ import annotations

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.base.database import Row, on_sqlite
from models.base.fields import CodeField, DayField, InstantField, KeyField
from models.base.words import word
from models.people import lists
from models.people.lists import PersonChoice, PersonGroup
from models.trust.sealed import Sealed, SealedField
from models.trust.users import User

PEOPLE = word("People")
PERSON, COMPANY = KINDS = ("person", "company")


class Person(Row):
    """One person or company.

    `name` is the whole name, `full_pinyin` its pinyin and `pinyin` its initials, both for finding.
    `birthday` is in the moon's calendar where `is_lunar` says so. `may_write` and `may_show` are
    what he agreed to: to be written to, and that pictures of him are shown; `photo` is where one
    lies. `referrer` is who brought him. `responsible` is the user whose
    customer it is: others see it by the reach of their role, and `shared_with` always.
    `merged_into` is the record that stands for this one; `user` the member of staff that it is.
    """

    key = KeyField(primary_key=True)
    number = CodeField(max_length=20, unique=True)
    kind = CharField(max_length=8, default=PERSON)
    name = CharField(max_length=60)
    other_name = CharField(max_length=60, default="")
    full_pinyin = CharField(max_length=160, default="")
    pinyin = CharField(max_length=60, default="")
    sex = CharField(max_length=1, default="")
    phone = SealedField(default=Sealed(""))
    phone2 = SealedField(default=Sealed(""))
    phone3 = SealedField(default=Sealed(""))
    paper = CharField(max_length=12, default="")
    paper_number = SealedField(default=Sealed(""))
    paper_hash = CharField(max_length=24, null=True)
    email = CharField(max_length=80, default="")
    wechat = CharField(max_length=40, default="")
    province = ForeignKeyField(PersonChoice, null=True, index=False)
    city = CharField(max_length=40, default="")
    address = CharField(max_length=120, default="")
    category = ForeignKeyField(PersonChoice, null=True)
    level = ForeignKeyField(PersonChoice, null=True)
    source = ForeignKeyField(PersonChoice, null=True)
    status = ForeignKeyField(PersonChoice, null=True)
    group = ForeignKeyField(PersonGroup, null=True)
    tags = TextField(default="")
    company_type = ForeignKeyField(PersonChoice, null=True, index=False)
    company_nature = ForeignKeyField(PersonChoice, null=True, index=False)
    tax_number = CharField(max_length=30, default="")
    wants = CharField(max_length=200, default="")
    product_kinds = CharField(max_length=200, default="")
    product_used = CharField(max_length=200, default="")
    notes = CharField(max_length=500, default="")
    birthday = DayField(null=True)
    is_lunar = BooleanField(default=False)
    family = CharField(max_length=200, default="")
    income = CharField(max_length=60, default="")
    likes = CharField(max_length=200, default="")
    health = CharField(max_length=200, default="")
    photo = CharField(max_length=200, default="")
    may_write = BooleanField(default=False)
    may_show = BooleanField(default=False)
    referrer = ForeignKeyField("self", null=True)
    responsible = ForeignKeyField(User, null=True)
    shared_with = ForeignKeyField(User, null=True)
    user = ForeignKeyField(User, null=True)
    merged_into = ForeignKeyField("self", null=True)
    is_active = BooleanField(default=True)
    created_at = InstantField()
    changed_at = InstantField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("name", "key"), False),)


# Few have papers or another record that stands for them.
Person.add_index(Person.index(Person.paper_hash, where=Person.paper_hash.is_null(False)))


def own_record(user: int) -> tuple[int | None, str]:
    """The record that is the private side of a member of staff, None where there is none yet, and
    his name.
    """
    found = Person.get_or_none(Person.user == user, Person.merged_into.is_null())
    return (found.key if found else None), User.get_by_id(user).name


class PersonPhone(Row):
    """Where a phone is found: the keyed hashes of its last digits and of the whole number."""

    tail = CharField(max_length=24)
    person = BigIntegerField()
    line = IntegerField()
    whole = CharField(max_length=24)

    class Meta:
        primary_key = CompositeKey("tail", "person", "line")
        without_rowid = on_sqlite
        indexes = ((("whole", "person"), False), (("person",), False))


PHONES = ("phone", "phone2", "phone3")
# What is seen and changed with the right "see private facts" only.
PRIVATE = ("birthday", "is_lunar", "family", "income", "likes", "health")
CHOICE_FIELDS = {
    "category": lists.CATEGORY, "level": lists.LEVEL, "source": lists.SOURCE,
    "status": lists.STATUS, "company_type": lists.COMPANY_TYPE,
    "company_nature": lists.COMPANY_NATURE, "province": lists.PROVINCE,
}  # fmt: skip
lists.CHOICE_USES.extend((Person, name) for name in CHOICE_FIELDS)
lists.GROUP_USES.append((Person, "group"))

# Where people are named, table and column: a record in any of them is never deleted.
USES: list[tuple[str, str]] = [
    ("contact", "company_id"), ("contact", "person_id"), ("person_merge", "kept_id"),
    ("person_merge", "gone_id"), ("person", "merged_into_id"), ("sale", "person"),
    ("person", "referrer_id"),
]  # fmt: skip
