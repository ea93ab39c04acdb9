"""Import of goods: what a row means for the store, and how a block of them is stored and undone.

A row is an item that is there when its code is, or without a code its bar code, or without both its
name and specification; else it is new, and without a code gets its bar code or the next number.
Bar codes are added, never taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any

from models.base import clock, pinyin
from models.base.cost import UnitCost
from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement, insert
from models.base.keys import new_key
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.watched_rows import marked_anew
from models.base.words import word
from models.goods.basics import DEEPEST, steps_of
from models.goods.columns import FIELDS
from models.goods.goods import Barcode, Goods
from models.goods.lookup import COLUMNS, LINKED, Known, is_no_tax, look_up
from models.goods.price_changes import FILE, Changes, keep_changes
from models.goods.records import next_code
from models.goods.rules import has_wrong_check_digit
from models.goods.search import GOODS_INDEX, searched
from models.imports.import_kind import Earlier, ImportKind, Made, Record, Verdict
from models.search.index import Indexed, keep_index
from models.search.waiting import index_waiting, unindex, wait_for_index
from models.stock.goods_links import make_links
from models.stock.goods_undo import sweep, undo
from models.stock.opening import open_stock
from models.trust.operation import Job

# What a new item has where the sheet says nothing.
_DEFAULTS: dict[str, Any] = {
    "name": "", "short_name": "", "spec": "", "pinyin": "", "full_pinyin": "",
    "mnemonic": "", "category": None, "unit": None,
    "brand": "", "price": None, "price2": None, "price3": None, "price4": None,
    "member_price": None, "cost": 0, "tax": None, "is_weighed": False, "is_stocked": True,
    "min_stock": None, "max_stock": None, "supplier": "", "bin": "", "shelf_life_days": None,
    "is_active": True,
}  # fmt: skip
# An empty cell of these leaves what is there; of the others it empties the field.
_KEEP_WHEN_EMPTY = {"code", "name", "price", "cost", "tax", "pinyin", "unit"}
_KEEP_WHEN_EMPTY |= {"is_weighed", "is_stocked", "is_active"}


@dataclass(slots=True)
class Work:
    """What is to be stored for one row: columns as stored, and what must be made first."""

    values: dict[str, Any]
    old: dict[str, Any] | None = None
    code: str = ""
    category: tuple[str, str] | None = None
    unit: str = ""
    barcodes: list[tuple[str, int, int | None]] = field(default_factory=list)
    # Of these, the ones that are there: their pieces and price as they were.
    packs: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    opening: Quantity | None = None


# --- the row alone


def _check(record: Record, seen: dict[str, Any]) -> None:
    """What a row and the rows before it say. One code rings one item."""
    values = record.values
    codes = [each[0] for each in values.get("barcodes") or ()]
    if values.get("code"):
        codes.append(values["code"])
    if not (codes or values.get("name")):
        if not record.problems:
            record.refuse("missing_name", "name")
        return
    taken: Earlier = seen.setdefault("codes", Earlier())
    _check_codes(record, taken)
    names: Earlier = seen.setdefault("names", Earlier())
    name = (values.get("name") or "", values.get("spec") or "")
    if name[0] and (row := names.row(name)) and not record.problems:
        where = f"{name[0]}: {row}"
        if codes:
            record.warn("same_name", "name", where)
        else:
            record.refuse("duplicate_name_in_file", "name", where)
    if not record.problems:
        for code in codes:
            taken.note(code, record.line)
        names.note(name, record.line)


def _check_codes(record: Record, taken: Earlier) -> None:
    code = record.values.get("code")
    if code and (row := taken.row(code)):
        record.refuse("duplicate_code_in_file", "code", f"{code}: {row}")
    for each, *_ in record.values.get("barcodes") or ():
        if row := taken.row(each):
            record.refuse("duplicate_barcode_in_file", "barcodes", f"{each}: {row}")
        elif has_wrong_check_digit(each):
            record.warn("check_digit", "barcodes", each)


# --- the row and the store


def _compare(records: list[Record]) -> None:
    known = look_up(records)
    for record in records:
        _judge(record, known)


def _judge(record: Record, known: Known) -> None:
    """Find the item, and what would change. A refused row is left at the first thing wrong."""
    values = record.values
    key = _identity(record, known)
    if record.problems:
        return
    _refuse_foreign_codes(record, known, key)
    old = known.rows.get(key) if key else None
    work = Work(_wanted(record, known, old), old, values.get("code") or "")
    _link(record, known, work)
    if old is None:
        for name in ("name", "price"):
            if work.values.get(name) in (None, ""):
                record.refuse(f"missing_{name}", name)
        _warn_of_twin(record, known)
    _stock_bounds(record, work)
    if record.problems:
        return
    here = known.barcodes.get(key, {}) if key else {}
    work.barcodes = [
        each for each in values.get("barcodes") or ()
        if each[0] not in here or (each[1:] != (1000, None) and each[1:] != here[each[0]])
    ]  # fmt: skip
    work.packs = {each[0]: here[each[0]] for each in work.barcodes if each[0] in here}
    _opening(record, known, work)
    record.subject, record.work = key, work
    record.verdict = _verdict(work)


def _warn_of_twin(record: Record, known: Known) -> None:
    name = record.values.get("name") or ""
    is_told = any(each.reason == "same_name" for each in record.warnings)
    if not is_told and (name, record.values.get("spec") or "") in known.names:
        record.warn("same_name", "name", name)


def _verdict(work: Work) -> Verdict:
    if work.old is None:
        return Verdict.NEW
    has_changed = any(work.old[name] != value for name, value in work.values.items())
    is_more = work.category or work.unit or work.barcodes or work.opening
    return Verdict.CHANGED if has_changed or is_more else Verdict.UNCHANGED


def _identity(record: Record, known: Known) -> int | None:
    """The key of the item that the row is about, or None for a new one."""
    values = record.values
    if code := values.get("code"):
        return known.codes.get(code)
    barcodes = [each[0] for each in values.get("barcodes") or ()]
    keys = {known.owners[each] for each in barcodes if each in known.owners}
    if not barcodes:
        keys = set(known.names.get((values["name"], values.get("spec") or ""), ()))
    if len(keys) > 1:
        record.refuse("ambiguous", "barcodes" if barcodes else "name", values.get("name") or "")
    return next(iter(keys), None)


def _refuse_foreign_codes(record: Record, known: Known, key: int | None) -> None:
    """A code that rings another item already."""
    code = record.values.get("code")
    if code and known.owner(code) not in (None, key):
        record.refuse("code_taken", "code", code)
    for each in record.values.get("barcodes") or ():
        if known.owner(each[0]) not in (None, key):
            record.refuse("barcode_taken", "barcodes", each[0])


def _wanted(record: Record, known: Known, old: dict[str, Any] | None) -> dict[str, Any]:
    """The columns as they shall be, those that the sheet has; all of them for a new item."""
    wanted = {} if old is not None else dict(_DEFAULTS)
    for name, value in record.values.items():
        if name not in _DEFAULTS or name in ("category", "unit", "tax"):
            continue
        if value is None and (old is None or name in _KEEP_WHEN_EMPTY):
            continue
        wanted[name] = _stored(name, value)
    initials = (old or {}).get("pinyin") or pinyin.initials(wanted.get("name") or "")
    if (wanted.get("mnemonic") or "").lower() == initials:
        # It says nothing that the name does not.
        wanted["mnemonic"] = (old or {}).get("mnemonic", "")
    if old is None:
        wanted["tax"] = known.default_tax
    elif wanted.get("name", old["name"]) != old["name"]:
        _rename(old, wanted)
    return wanted


def _rename(old: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Pinyin follows the name; initials that somebody wrote stay."""
    wanted["full_pinyin"] = pinyin.syllables(wanted["name"])
    if not wanted.get("pinyin") and old["pinyin"] in ("", pinyin.initials(old["name"])):
        wanted["pinyin"] = pinyin.initials(wanted["name"])


# How the values of a sheet are stored: in their smallest units.
_SMALLEST: dict[type, Callable[[Any], int]] = {
    Money: attrgetter("minor"),
    UnitCost: attrgetter("millionths"),
    Quantity: attrgetter("thousandths"),
}


def _stored(name: str, value: Any) -> Any:
    if value is None:
        return "" if isinstance(_DEFAULTS[name], str) else None
    smallest = _SMALLEST.get(type(value))
    return smallest(value) if smallest else value


def _link(record: Record, known: Known, work: Work) -> None:
    """Category, unit and tax by what the sheet calls them; the first two are made when new."""
    values = record.values
    if unit := values.get("unit"):
        work.values["unit"] = known.unit(unit)
        work.unit = unit if work.values["unit"] is None else ""
    if tax := values.get("tax"):
        work.values["tax"] = known.tax(tax)
        if work.values["tax"] is None and not is_no_tax(tax):
            record.refuse("unknown_tax", "tax", f"{tax}: {known.tax_names}")
    code, path = values.get("category_code"), values.get("category")
    if code or path:
        found = known.category(code or "", path or "")
        work.values["category"] = found
        if found is None and path:
            work.category = (code or "", path)
        elif found is None:
            record.refuse("unknown_category", "category_code", code)
    elif "category" in values or "category_code" in values:
        work.values["category"] = None
    if path:
        _check_path(record, path)


def _check_path(record: Record, path: str) -> None:
    """The names in a category's path: one at least, and no more than categories may lie deep."""
    steps = steps_of(path)
    if not steps:
        record.refuse("missing_name", "category", path)
    if len(steps) > DEEPEST or any(len(step) > 40 for step in steps):
        record.refuse("too_long", "category", path)


def _stock_bounds(record: Record, work: Work) -> None:
    least, most = (
        work.values.get(name, (work.old or {}).get(name)) for name in ("min_stock", "max_stock")
    )
    if least is not None and most is not None and least > most:
        record.refuse("bad_bounds", "min_stock", Quantity(least))


def _opening(record: Record, known: Known, work: Work) -> None:
    """Opening stock is for goods that were never moved: a second import adds nothing."""
    amount = record.values.get("stock")
    if not amount:
        return
    is_stocked = work.values.get("is_stocked", (work.old or {}).get("is_stocked", True))
    if amount < Quantity(0):
        record.warn("stock_below_zero", "stock", amount)
    elif not is_stocked:
        record.warn("not_stocked", "stock", amount)
    elif work.old is not None and work.old["key"] in known.moved:
        if known.moved[work.old["key"]] != amount.thousandths:
            record.warn("stock_kept", "stock", amount)
    else:
        work.opening = amount


# --- storing


_NEW = insert(Goods, f"store key code {' '.join(COLUMNS)} currency created_at changed_at version")
_BARCODE = insert(
    Barcode,
    "store code goods pack price is_main",
    'ON CONFLICT ("code") DO UPDATE SET "pack" = excluded."pack", "price" = excluded."price"',
)
_SETS = ", ".join(f'"{LINKED.get(name, name)}" = ?' for name in COLUMNS)
_CHANGE = Statement(
    f'UPDATE "goods" SET {_SETS}, "changed_at" = ?, "version" = "version" + 1 WHERE "key" = ?'
)
_in_columns = itemgetter(*COLUMNS)
_HAS_MAIN = Statement('SELECT 1 FROM "barcode" WHERE "goods_id" = ? AND "is_main" = ? LIMIT 1')


def _store(job: Job, records: list[Record]) -> Made:
    made = make_links(records)
    now, store, money = clock.micros(job.now), store_number(), store_currency()
    before, after, new, changed, barcodes = [], [], [], [], []
    said = {code for record in records for code in _codes_said(record.work)}
    for record in records:
        work: Work = record.work
        if work.old is None:
            record.subject, code = new_key(), _code_of(job, work, said)
            name = work.values["name"]
            work.values["full_pinyin"] = pinyin.syllables(name)
            work.values["pinyin"] = work.values["pinyin"] or pinyin.initials(name)
            row = _in_columns(work.values)
            new.append((store, record.subject, code, *row, money.code, now, now, 1))
        else:
            whole = work.old | work.values
            changed.append((*_in_columns(whole), now, record.subject))
            before.append(_indexed(record.subject, work.old))
            after.append(_indexed(record.subject, whole))
        barcodes += _barcode_rows(record, store)
        record.before = _before(work)
    _NEW.many(new)
    with marked_anew(Goods, [row[-1] for row in changed]):
        _CHANGE.many(changed)
    _keep_prices(job, [record for record in records if record.before])
    _BARCODE.many(barcodes)
    keep_index(GOODS_INDEX, before, after)
    wait_for_index(GOODS_INDEX, [row[1] for row in new])
    _store_opening(job, records)
    return made


def _codes_said(work: Work) -> list[str]:
    """The codes that a row says itself."""
    return [code for code in (work.code, *(each[0] for each in work.barcodes)) if code]


def _code_of(job: Job, work: Work, said: set[str]) -> str:
    """The code of a new item: the sheet's, or its first bar code, or the next number that no row
    beside it says.
    """
    if codes := _codes_said(work):
        return codes[0]
    while (code := next_code(job)) in said:
        pass
    return code


def _indexed(key: int | None, row: dict[str, Any]) -> Indexed:
    assert key is not None
    text = searched(row["name"], row["spec"], row["brand"])
    return Indexed(
        key, text, row["pinyin"], row["full_pinyin"], row["mnemonic"], bool(row["is_active"])
    )


def _barcode_rows(record: Record, store: int) -> list[tuple[Any, ...]]:
    work: Work = record.work
    if not work.barcodes:
        return []
    has_main = work.old is not None and _HAS_MAIN.row(record.subject, True) is not None
    return [
        (store, code, record.subject, pack, price, not has_main and at == 0)
        for at, (code, pack, price) in enumerate(work.barcodes)
    ]


def _keep_prices(job: Job, records: list[Record]) -> None:
    """Which prices of items, and of their packs, the sheet changes."""
    goods, packs = dict[int, Changes](), dict[int, Changes]()
    for record in records:
        work: Work = record.work
        assert record.subject is not None and work.old is not None
        old, values = work.old, work.values
        goods[record.subject] = {name: (old[name], values[name]) for name in values}
        packs[record.subject] = {
            code: (work.packs[code][1], price)
            for code, _, price in work.barcodes
            if code in work.packs
        }
    keep_changes(job, goods, how=FILE, of_packs=packs)


def _before(work: Work) -> dict[str, Any] | None:
    """What undoing a change needs."""
    if work.old is None:
        return None
    old = {name: work.old[name] for name, value in work.values.items() if work.old[name] != value}
    return {
        "old": old,
        "version": work.old["version"] + 1,
        "barcodes": [each[0] for each in work.barcodes if each[0] not in work.packs],
        "packs": work.packs,
        "is_opened": bool(work.opening),
    }


def _store_opening(job: Job, records: list[Record]) -> None:
    opening: list[tuple[int, Quantity, int]] = []
    for record in records:
        work: Work = record.work
        if work.opening and record.subject:
            cost = work.values.get("cost", (work.old or {}).get("cost", 0))
            opening.append((record.subject, work.opening, int(cost)))
    if opening:
        open_stock(job, opening)


GOODS = ImportKind(
    "goods", "keep goods", word("Goods"), FIELDS, (("code", "name", "barcodes"),),
    check=_check, compare=_compare, store=_store, undo=undo, sweep=sweep,
    after=partial(index_waiting, GOODS_INDEX), before_undo=partial(unindex, GOODS_INDEX),
    load=pinyin.load, export="models.goods.export:export_goods",
)  # fmt: skip
