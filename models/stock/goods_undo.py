"""Undoing an import of goods: what it made is deleted, what it changed gets its old values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base import clock
from models.base.fields import store_currency
from models.base.hot import Statement, delete, pointed_at, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.watched_rows import marked_anew
from models.goods.goods import Barcode, Category, Goods, Unit
from models.goods.lookup import LINKED
from models.goods.price_changes import PRICES, UNDONE, keep_changes
from models.goods.records import USES, in_drafts
from models.goods.search import GOODS_INDEX, indexed
from models.imports.import_kind import Imported, Made, Remark, Verdict
from models.search.index import keep_index
from models.search.waiting import wait_for_index, wait_no_longer, waiting
from models.stock.opening import take_back
from models.stock.stock import stock_of
from models.trust.operation import Job

_DELETE_BARCODES = delete(Barcode, '"goods_id" = ?')
_DELETE_GOODS = delete(Goods, '"key" = ?')


def undo(job: Job, rows: list[Imported]) -> list[Remark]:
    """Take the rows back; those that had to stay, with the reason."""
    kept: list[Remark] = []
    made = [row for row in rows if row.verdict is Verdict.NEW]
    kept += _undo_made(job, made)
    for row in rows:
        if row.verdict is Verdict.CHANGED:
            kept += _undo_change(job, row)
    return kept


# What a run may have made besides goods.
UNITS, CATEGORIES = "unit", "category"


def sweep(job: Job, made: Made) -> None:
    """Take away units and categories that a run made and nobody uses, the lowest ones first."""
    for key in reversed(made.get(CATEGORIES, [])):
        is_used = Goods.select().where(Goods.category == key).exists()
        if not is_used and not Category.select().where(Category.parent == key).exists():
            Category.delete().where(Category.key == key).execute()
    for key in made.get(UNITS, []):
        if not Goods.select().where(Goods.unit == key).exists():
            Unit.delete().where(Unit.key == key).execute()


def _undo_made(job: Job, rows: list[Imported]) -> list[Remark]:
    used = _used(row.subject for row in rows)
    changed = _changed(row.subject for row in rows) - used
    stays = used | changed
    free = [row.subject for row in rows if row.subject not in stays]
    out = set(waiting(GOODS_INDEX, free))
    keep_index(GOODS_INDEX, indexed([key for key in free if key not in out]), ())
    _DELETE_BARCODES.many((key,) for key in free)
    _DELETE_GOODS.many((key,) for key in free)
    wait_no_longer(GOODS_INDEX, free)
    # `unindex` took them out before it was known that they stay.
    wait_for_index(GOODS_INDEX, stays)
    opened = [row for row in rows if row.subject in used and _only_opened(row.subject)]
    if opened:
        take_back(job, [row.subject for row in opened])
    for row in opened:
        _switch_off(job, row.subject)
    reasons = dict.fromkeys(changed, "changed_since")
    reasons |= {row.subject: "switched_off" for row in opened}
    return [
        Remark(row.line, reasons.get(row.subject, "in_use"), "", _name(row.subject))
        for row in rows
        if row.subject in stays
    ]


def _changed(keys: Iterable[int]) -> set[int]:
    """Which of these goods somebody changed since they were made."""
    sql = 'SELECT "key" FROM "goods" WHERE "version" > 1 AND "key" IN (...)'
    return {row[0] for row in rows_in(sql, sorted(keys))}


def _used(keys: Iterable[int]) -> set[int]:
    """Which of these goods were sold or moved, or lie in an open bill."""
    asked = list(keys)
    return pointed_at(USES, asked) | in_drafts(asked)


_MOVES = Statement('SELECT count(*), sum("quantity") FROM "stock_move" WHERE "goods_id" = ?')
_SOLD = Statement('SELECT 1 FROM "charge_line" WHERE "goods" = ? LIMIT 1')


def _only_opened(goods: int) -> bool:
    """Was the opening stock the only thing that ever happened to it?"""
    count, quantity = _MOVES.row(goods) or (0, 0)
    here = stock_of(goods).quantity
    return count == 1 and here == Quantity(int(quantity)) and _SOLD.row(goods) is None


def _switch_off(job: Job, key: int) -> None:
    before = indexed([key])
    Goods.update(is_active=False, changed_at=job.now, version=Goods.version + 1).where(
        Goods.key == key
    ).execute()
    keep_index(GOODS_INDEX, before, indexed([key]))


def _undo_change(job: Job, row: Imported) -> list[Remark]:
    """Old values back, unless somebody changed the item since."""
    note: dict[str, Any] = row.before or {}
    found = Goods.get_or_none(Goods.key == row.subject)
    if found is None or found.version != note["version"]:
        return [Remark(row.line, "changed_since", "", _name(row.subject))]
    before, was = indexed([row.subject]), note["old"]
    back = {name: (getattr(found, name), was[name]) for name in PRICES if name in was}
    packs = _packs_back(note.get("packs", {}))
    keep_changes(job, {row.subject: back}, how=UNDONE, of_packs={row.subject: packs})
    old = {LINKED.get(name, name): value for name, value in note["old"].items()}
    sets = ", ".join(f'"{name}" = ?' for name in (*old, "changed_at"))
    put_back = Statement(f'UPDATE "goods" SET {sets}, "version" = "version" + 1 WHERE "key" = ?')
    with marked_anew(Goods, [row.subject]):
        put_back.run(*old.values(), clock.micros(job.now), row.subject)
    Barcode.delete().where(
        Barcode.goods == row.subject, Barcode.code.in_(note["barcodes"])
    ).execute()
    keep_index(GOODS_INDEX, before, indexed([row.subject]))
    if note["is_opened"]:
        if not _only_opened(row.subject):
            return [Remark(row.line, "stock_kept", "stock", _name(row.subject))]
        take_back(job, [row.subject])
    return []


def _packs_back(packs: dict[str, list[Any]]) -> dict[str, tuple[Any, Any]]:
    """Give bar codes that were there before their pieces and price back; which prices change."""
    changes = {}
    for row in Barcode.select().where(Barcode.code.in_(list(packs))):
        pieces, price = packs[row.code]
        changes[row.code] = (row.price, price)
        row.pack = Quantity(pieces)
        row.price = None if price is None else Money(price, store_currency())
        row.save()
    return changes


def _name(key: int) -> str:
    found = Goods.get_or_none(Goods.key == key)
    return f"{found.code} {found.name}"[:60] if found else ""
