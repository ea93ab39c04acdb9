"""Units and categories that a sheet of goods names and the store does not have: they are made."""

from __future__ import annotations

from models.base import pinyin
from models.base.keys import new_key
from models.goods.basics import next_category_code, steps_of
from models.goods.goods import Category, Unit
from models.goods.units import decimals_of, same_unit
from models.imports.import_kind import Made, Record
from models.stock.goods_undo import CATEGORIES, UNITS


def make_links(records: list[Record]) -> Made:
    """Make the units and categories that these rows name first; the keys of what was made."""
    units: dict[str, int] = {}
    categories: dict[tuple[str, str], int] = {}
    made: Made = {UNITS: [], CATEGORIES: []}
    for record in records:
        work = record.work
        if work.unit:
            # KG in one row and 公斤 in the next are one new unit.
            named = same_unit(work.unit, units) or work.unit
            if named not in units:
                units[named] = _make_unit(named)
                made[UNITS].append(units[named])
            work.values["unit"] = units[named]
        if work.category:
            code, path = work.category
            # A code is one category, whatever paths stand beside it.
            called = (code, "" if code else path)
            if called not in categories:
                categories[called] = _make_category(code, path, made[CATEGORIES])
            work.values["category"] = categories[called]
    return {name: keys for name, keys in made.items() if keys}


def _make_unit(name: str) -> int:
    return int(Unit.create(key=new_key(), name=name, decimals=decimals_of(name)).key)


def _make_category(code: str, path: str, made: list[int]) -> int:
    """The category at a path, with what is missing above it; the code is the last one's. What was
    made is added to `made`.
    """
    parent: Category | None = None
    parts = steps_of(path)
    for at, name in enumerate(parts):
        is_last = at == len(parts) - 1
        found = Category.get_or_none(Category.name == name, Category.parent == parent)
        if found is None or (is_last and code):
            own = code if is_last and code else next_category_code(parent)
            found = Category.create(
                key=new_key(), code=own, name=name, pinyin=pinyin.initials(name, 40), parent=parent
            )
            made.append(int(found.key))
        parent = found
    assert parent is not None
    return int(parent.key)
