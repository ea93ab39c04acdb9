"""Goods: items with their codes, prices, taxes, units and categories."""

from __future__ import annotations

from datetime import date

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.database import Row, on_sqlite
from models.base.fields import (
    CodeField,
    CostField,
    InstantField,
    KeyField,
    MoneyField,
    QuantityField,
    RateField,
)
from models.base.texts import with_more
from models.base.watching import MarkField
from models.ledger.accounts import OUTPUT_TAX

# Codes are text of 1 to 20 characters: leading zeros count, and real tills use letters as well.
CODE_LENGTH = 20


class Category(Row):
    """A class of goods (分类), in a tree."""

    key = KeyField(primary_key=True)
    code = CharField(max_length=20, unique=True)
    name = CharField(max_length=40)
    pinyin = CharField(max_length=40, default="")
    parent = ForeignKeyField("self", null=True, backref="children")
    position = IntegerField(default=0)
    version = IntegerField(default=1)


class Unit(Row):
    """A unit of measure (计量单位); `decimals` of a quantity in it, 0 to 3."""

    key = KeyField(primary_key=True)
    name = CharField(max_length=20, unique=True)
    decimals = IntegerField(default=0)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


# Whether the price holds a tax: as the setting of the store says, always, never.
AS_STORE, IN_PRICE, ON_TOP = TAX_PLACES = ("", "in", "top")


class TaxRate(Row):
    """A tax on sales: a rate, or an amount `each` a piece (a deposit, an eco tax), or a group of
    taxes that are taken together (GST and PST), `first` to `third` in their order.

    `is_based_on`: the taxes after it are taken of it too. `account` is where it goes.
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=20, unique=True)
    rate = RateField()
    each = MoneyField(null=True)
    place = CharField(max_length=4, default=AS_STORE)
    is_based_on = BooleanField(default=False)
    account = IntegerField(default=OUTPUT_TAX)
    first = ForeignKeyField("self", null=True, index=False)
    second = ForeignKeyField("self", null=True, index=False)
    third = ForeignKeyField("self", null=True, index=False)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class Goods(Row):
    """One item. `price` to `price4` are the four price levels; costs are for one base unit.

    A name and specification under a second code are told before they are taken. `is_stocked` is
    false for services and deposits. `full_pinyin` follows the name, syllables with blanks between.
    """

    key = KeyField(primary_key=True)
    code = CodeField(max_length=CODE_LENGTH, unique=True)
    name = CharField(max_length=120)
    short_name = CharField(max_length=40, default="")
    spec = CharField(max_length=60, default="")
    pinyin = CharField(max_length=60, default="")
    full_pinyin = CharField(max_length=240, default="")
    # What another program called it for typing: found by its beginning.
    mnemonic = CharField(max_length=60, default="")
    category = ForeignKeyField(Category, null=True)
    unit = ForeignKeyField(Unit, null=True, index=False)
    brand = CharField(max_length=40, default="")
    price = MoneyField()
    price2 = MoneyField(null=True)
    price3 = MoneyField(null=True)
    price4 = MoneyField(null=True)
    member_price = MoneyField(null=True)
    currency = CharField(max_length=3)
    cost = CostField()
    tax = ForeignKeyField(TaxRate, null=True, index=False)
    is_weighed = BooleanField(default=False)
    is_stocked = BooleanField(default=True)
    min_stock = QuantityField(null=True)
    max_stock = QuantityField(null=True)
    supplier = CharField(max_length=60, default="")
    bin = CharField(max_length=20, default="")
    shelf_life_days = IntegerField(null=True)
    is_active = BooleanField(default=True)
    created_at = InstantField()
    changed_at = InstantField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "changed_at version"
        indexes = ((("name", "spec"), False),)


class Barcode(Row):
    """One code that rings an item: `pack` pieces at once, at `price` for them when it has one."""

    code = CodeField(max_length=CODE_LENGTH, primary_key=True)
    goods = ForeignKeyField(Goods)
    pack = QuantityField()
    price = MoneyField(null=True)
    is_main = BooleanField(default=False)
    mark = MarkField()

    class Meta:
        unmarked = "is_main"


class GoodsMonth(Row):
    """Kept sums of sales for each month, item and register; proof.py recounts them."""

    month = CharField(max_length=7)
    goods = BigIntegerField()
    register = IntegerField()
    quantity = BigIntegerField()
    amount = BigIntegerField()
    cost = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("month", "goods", "register")
        without_rowid = on_sqlite


def full_name(name: str, spec: str) -> str:
    """The name with the specification, which tells two goods of one name apart."""
    return with_more(name, spec)


def with_lot(name: str, batch: str, expiry: date | None) -> str:
    """A name with the lot and the good-until day of the very pieces, where they are known."""
    marks = " ".join(mark for mark in (batch, str(expiry or "")) if mark)
    return f"{name} [{marks}]" if marks else name
