"""The records of goods: making, changing, switching off and deleting them, and their bar codes.

Categories, units and taxes are in goods_basics.py. Each change keeps the search index in the same
transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from peewee import Case

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.keys import new_key
from models.base.money import Money
from models.base.pinyin import initials, syllables
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.words import word
from models.goods.goods import Barcode, Goods, TaxRate
from models.goods.price_changes import HAND, keep_changes
from models.goods.rules import (
    PriceMissing,
    checked,
    has_wrong_check_digit,
    plain_code,
    price_of,
    refuse_taken,
)
from models.goods.search import GOODS_INDEX, indexed_of
from models.search.index import keep_index
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordChanged, put, row_at
from models.trust.registers import next_number

_GOODS = word("Goods")

_SERIES = "goods code"
ONE = Quantity.of(1)


class GoodsTwice(Refusal):
    """Another item has the same name and specification under another code."""


class GoodsInUse(Refusal):
    """An item that was sold or moved is never deleted; it can be switched off."""


class PackWrong(Refusal):
    """A bar code stands for more than no pieces."""


@operation(right="keep goods")
def save_goods(job: Job, /, key: int | None, *, version: int = 0, **values: Any) -> Goods:
    """Make an item (key None) or change one. Refuses: what `put_goods` refuses."""
    return put_goods(job, key, version=version, **values)


def put_goods(
    job: Job,
    /,
    key: int | None,
    *,
    version: int = 0,
    code: str | None = None,
    barcodes: Iterable[Mapping[str, Any]] | None = None,
    is_twin_meant: bool = False,
    **values: Any,
) -> Goods:
    """The same inside an operation that has more to save; fields not given stay as they are.

    `code`: blank draws the next number. `barcodes`, when given, are all of the item's, each with
    code, and pack, price and is_main where they differ from one piece, none, False. Initials follow
    the name until somebody writes their own.

    Refuses: RecordChanged, CodeWrong, CodeTaken, GoodsTwice (unless `is_twin_meant`), PackWrong,
    and what `checked` of goods_rules.py refuses.
    """
    found = (
        None if key is None else row_at(Goods, key, version, _GOODS, name=values.get("name", ""))
    )
    ready = checked(values)
    if found is None:
        _complete(ready)
    plain = _code_of(job, found, code)
    _refuse_twin(found, ready, plain, is_twin_meant=is_twin_meant)
    lines = None if barcodes is None else _barcode_lines(key, barcodes)

    before = [] if found is None else [indexed_of(found)]
    _renew_initials(found, ready)
    if found is None:
        made = Goods.create(
            key=new_key(), code=plain, currency=store_currency().code, created_at=job.now,
            changed_at=job.now, **ready,
        )  # fmt: skip
        job.note(goods=made.name, code=plain, price=made.price)
    else:
        made = found
        changes = put(made, code=plain, changed_at=job.now, **ready)
        for derived in ("changed_at", "full_pinyin"):
            changes.pop(derived, None)
        job.note(goods=made.name, code=plain, changes=changes)
        keep_changes(job, {made.key: changes}, how=HAND)
    if lines is not None:
        _replace_barcodes(job, made, lines)
    keep_index(GOODS_INDEX, before, [indexed_of(made)])
    return made


def default_tax() -> TaxRate | None:
    """The tax of new goods: the first one in use."""
    return TaxRate.select().where(TaxRate.is_active).order_by(TaxRate.key).first()


def next_code(job: Job) -> str:
    """The next free number for an item: the register, then five digits or more."""
    while True:
        code = f"{job.register}{next_number(job.register, _SERIES):05d}"
        if not _is_taken(code):
            return code


def _is_taken(code: str) -> bool:
    return bool(_TAKEN.row(code, code))


_TAKEN = Statement(
    'SELECT 1 FROM "goods" WHERE "code" = ? UNION ALL SELECT 1 FROM "barcode" WHERE "code" = ?'
)


def _complete(ready: dict[str, Any]) -> None:
    """What a new item needs and was not given."""
    if not ready.get("name"):
        raise NameMissing()
    if ready.get("price") is None:
        raise PriceMissing()
    ready.setdefault("cost", UnitCost(0, store_currency()))
    ready.setdefault("tax", default_tax())


def _code_of(job: Job, found: Goods | None, code: str | None) -> str:
    if code is not None and code.strip():
        plain = plain_code(code)
        refuse_taken(plain, found.key if found else None)
        return plain
    return str(found.code) if found is not None else next_code(job)


def _refuse_twin(
    found: Goods | None, ready: dict[str, Any], code: str, *, is_twin_meant: bool
) -> None:
    """Code, name and specification are looked at together: the code was looked up before."""
    name = ready.get("name", found.name if found else "")
    spec = ready.get("spec", found.spec if found else "")
    if is_twin_meant or (found is not None and (found.name, found.spec) == (name, spec)):
        return
    twin = Goods.get_or_none(
        Goods.name == name, Goods.spec == spec, Goods.key != (found.key if found else 0)
    )
    if twin is not None:
        raise GoodsTwice(name=name, spec=spec, code=code, other=twin.code)


def _renew_initials(found: Goods | None, ready: dict[str, Any]) -> None:
    """Pinyin follows the name; initials that somebody wrote stay until they are emptied."""
    given, name = ready.get("pinyin"), ready.get("name", found.name if found else "")
    ready["full_pinyin"] = syllables(name)
    if found is None:
        ready["pinyin"] = given or initials(name)
        return
    is_kept = given is None or given == found.pinyin
    is_automatic = found.pinyin in ("", initials(found.name))
    follows = is_kept and is_automatic and name != found.name
    if given == "" or follows:
        ready["pinyin"] = initials(name)


# --- bar codes


@operation(right="keep goods")
def add_barcode(
    job: Job, key: int, code: str, *, pack: Quantity = ONE, price: Money | None = None,
    is_main: bool = False,
) -> Barcode:  # fmt: skip
    """Give an item one more bar code: for `pack` pieces, at `price` for the pack if it has one.

    Refuses: RecordChanged (it is gone), CodeWrong, CodeTaken, PackWrong, ValueNegative.
    """
    goods = _goods(key)
    (line,) = _barcode_lines(
        key, [{"code": code, "pack": pack, "price": price, "is_main": is_main}]
    )
    # The item's own code again: with another pack or price.
    _keep_packs(job, goods, barcodes_of(key), [line])
    Barcode.delete().where(Barcode.code == line["code"]).execute()
    if line["is_main"]:
        Barcode.update(is_main=False).where(Barcode.goods == goods).execute()
    made = Barcode.create(goods=goods, **line)
    _touch(job, goods)
    job.note(goods=goods.name, barcode=made.code, pack=pack, price=price)
    if has_wrong_check_digit(made.code):
        job.note(doubt="check digit")
    return made


def barcodes_of(key: int | None) -> list[dict[str, Any]]:
    """The bar codes of an item, the main one first: the grid of its form."""
    rows = Barcode.select().where(Barcode.goods == (key or 0))
    return [
        {"code": row.code, "pack": row.pack, "price": row.price, "is_main": row.is_main}
        for row in rows.order_by(Barcode.is_main.desc(), Barcode.code)
    ]


def _barcode_lines(
    goods: int | None, lines: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:  # fmt: skip
    ready: dict[str, dict[str, Any]] = {}
    for line in lines:
        if not (line.get("code") or "").strip():
            continue
        code = plain_code(line["code"])
        refuse_taken(code, goods)
        pack, price = line.get("pack") or ONE, price_of("price", line.get("price"))
        if pack <= Quantity(0):
            raise PackWrong(code=code, pack=pack)
        is_main = bool(line.get("is_main"))
        ready[code] = {"code": code, "pack": pack, "price": price, "is_main": is_main}
    return list(ready.values())


def _replace_barcodes(job: Job, goods: Goods, lines: list[dict[str, Any]]) -> None:
    old = barcodes_of(goods.key)
    if lines and not any(line["is_main"] for line in lines):
        lines[0]["is_main"] = True
    Barcode.delete().where(Barcode.goods == goods).execute()
    for line in lines:
        Barcode.create(goods=goods, **line)
    _keep_packs(job, goods, old, lines)
    before, after = ({line["code"] for line in each} for each in (old, lines))
    if before != after:
        job.note(barcodes=sorted(after), barcodes_gone=sorted(before - after))
    if any(map(has_wrong_check_digit, after)):
        job.note(doubt="check digit")


def _keep_packs(
    job: Job, goods: Goods, old: list[dict[str, Any]], lines: list[dict[str, Any]]
) -> None:
    """What a pack costs now, where its bar code was there before."""
    was = {line["code"]: line["price"] for line in old}
    changes = {
        each["code"]: (was[each["code"]], each["price"]) for each in lines if each["code"] in was
    }
    keep_changes(job, {}, how=HAND, of_packs={goods.key: changes})


def _goods(key: int) -> Goods:
    found: Goods | None = Goods.get_or_none(Goods.key == key)
    if found is None:
        raise RecordChanged(listing=_GOODS, name=str(key))
    return found


def _touch(job: Job, goods: Goods) -> None:
    Goods.update(changed_at=job.now, version=Goods.version + 1).where(
        Goods.key == goods.key
    ).execute()


def set_costs(job: Job, costs: Mapping[int, UnitCost]) -> None:
    """What one of each item costs now, inside an operation that took goods in."""
    before = rows_in(_COSTS, sorted(costs))
    changed = [key for key, cost in before if int(cost) != costs[key].millionths]
    for at in range(0, len(changed), _AT_ONCE):
        keys = changed[at : at + _AT_ONCE]
        cost = Case(Goods.key, [(key, costs[key].millionths) for key in keys])
        Goods.update(cost=cost, version=Goods.version + 1, changed_at=job.now).where(
            Goods.key.in_(keys)
        ).execute()


_COSTS = 'SELECT "key", "cost" FROM "goods" WHERE "key" IN (...)'
# So many costs stand in one statement.
_AT_ONCE = 500


# --- switching off, deleting, moving


@operation(right="keep goods")
def switch_goods(job: Job, key: int, *, version: int, is_active: bool) -> Goods:
    """Take an item off sale, or back on. Refuses: RecordChanged."""
    found = row_at(Goods, key, version, _GOODS)
    before = indexed_of(found)
    put(found, is_active=is_active, changed_at=job.now)
    keep_index(GOODS_INDEX, [before], [indexed_of(found)])
    job.note(goods=found.name, code=found.code, is_active=is_active)
    return found


# Where goods are named, table and column: an item in any of them is never deleted.
USES: list[tuple[str, str]] = [("charge_line", "goods"), ("stock_move", "goods_id")]


def is_used(key: int) -> bool:
    """Was this item ever sold or moved, or does it lie in an open bill?"""
    return bool(in_drafts([key])) or any(
        Statement(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1').row(key)
        for table, column in USES
    )


def in_drafts(keys: Iterable[int]) -> set[int]:
    """Which of these goods lie in an open bill."""
    # A key has thirteen digits or more, so nothing else in a line reads like it.
    numbers = {int(one) for row in _DRAFT_LINES.rows() for one in _KEYS.findall(row[0])}
    return numbers & set(keys)


_KEYS = re.compile(r"\d{13,18}")
_DRAFT_LINES = Statement(
    'SELECT l."body" FROM "draft_line" l JOIN "draft" d ON d."key" = l."draft_id" '
    f'WHERE d."state" IN {drafts.STATES}'
)


@operation(right="keep goods")
def drop_goods(job: Job, key: int, *, version: int) -> None:
    """Delete an item that was never used. Refuses: RecordChanged, GoodsInUse."""
    found = row_at(Goods, key, version, _GOODS)
    if is_used(key):
        raise GoodsInUse(goods=found.name, code=found.code)
    erase(found)
    job.note(goods=found.name, code=found.code)


def erase(goods: Goods) -> None:
    """Remove an unused item with its bar codes and its place in the index."""
    keep_index(GOODS_INDEX, [indexed_of(goods)], ())
    Barcode.delete().where(Barcode.goods == goods).execute()
    goods.delete_instance()
