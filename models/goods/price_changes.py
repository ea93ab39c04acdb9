"""Each change of a selling price is kept: of which item, which price, from what to what, by whom,
and whether by hand or by a file. A new item has no change; it has its first prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from peewee import BigIntegerField, CharField, IntegerField

from models.base import clock
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, KeyField, MoneyField, store_currency
from models.base.hot import insert, rows_in
from models.base.keys import new_key
from models.base.watching import Told
from models.base.words import word
from models.trust.operation import Job

# The prices of an item, by the names of their columns. Its packs have prices of their own.
PRICES: Final = ("price", "price2", "price3", "price4", "member_price")
PACK: Final = "pack"
PRICE_WORDS: Final = {
    "price": word("Sale price"), "price2": word("Price 2"), "price3": word("Price 3"),
    "price4": word("Price 4"), "member_price": word("Member price"), PACK: word("Pack price"),
}  # fmt: skip
# How it came about.
HAND, FILE, UNDONE = word("By hand"), word("From a file"), word("Import undone")


class PriceChange(Row):
    """One price of one item. `was` and `now` are None where the price was not set; of a pack
    `code` is its bar code.
    """

    key = KeyField(primary_key=True)
    day = DayField(index=True)
    at = InstantField()
    goods = BigIntegerField(index=True)
    code = CharField(max_length=20)
    name = CharField(max_length=120)
    level = CharField(max_length=12)
    was = MoneyField(null=True)
    now = MoneyField(null=True)
    currency = CharField(max_length=3)
    how = CharField(max_length=16)
    register = IntegerField()
    user = BigIntegerField()

    class Meta:
        append_only = True


Told(PriceChange, "day at goods code name level was now currency how register user")

_INSERT = insert(
    PriceChange, "store key day at goods code name level was now currency how register user"
)

# What was and what is, in minor units or as Money, by the name of the price or the bar code.
Changes = Mapping[str, Sequence[Any]]


def keep_changes(
    job: Job,
    of_goods: Mapping[int, Changes],
    *,
    how: str,
    of_packs: Mapping[int, Changes] | None = None,
) -> None:
    """Keep which prices of these items, and of their packs, become others; inside the operation
    that stores them. What is no price, or stays as it is, is left out.
    """
    rows = [
        (key, "", level, *_minors(changes[level]))
        for key, changes in of_goods.items()
        for level in PRICES
        if level in changes
    ]
    rows += [
        (key, code, PACK, *_minors(pair))
        for key, changes in (of_packs or {}).items()
        for code, pair in changes.items()
    ]
    changed = [row for row in rows if row[-2] != row[-1]]
    if not changed:
        return
    named = {key: called for key, *called in rows_in(_NAMES, [row[0] for row in changed])}
    head = (store_number(), job.day.isoformat(), clock.micros(job.now))
    tail = (store_currency().code, how, job.register, job.user)
    _INSERT.many(
        (head[0], new_key(), *head[1:], key, barcode or named[key][0], named[key][1], *row, *tail)
        for key, barcode, *row in changed
    )


_NAMES = 'SELECT "key", "code", "name" FROM "goods" WHERE "key" IN (...)'


def _minors(pair: Sequence[Any]) -> tuple[int | None, ...]:
    return tuple(None if price is None else int(getattr(price, "minor", price)) for price in pair)
