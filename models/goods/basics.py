"""What goods are made of: categories in a tree, units of measure, taxes."""

from __future__ import annotations

from typing import Any

from models.base.keys import new_key
from models.base.pinyin import initials
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.words import word
from models.goods.goods import CODE_LENGTH, Category, Goods, TaxRate, Unit
from models.goods.rules import linked, plain_code
from models.trust.founding import Founding
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordInUse, RecordTaken, put, row_at, text_of
from models.trust.shipped_names import shipped

_CATEGORY_LISTING, _UNIT_LISTING = word("Categories"), word("Units of measure")

# Between the names of a category and its parents, in sheets: 食品 > 饮料.
STEP = ">"
DEEPEST = 8


class CategoryNameWrong(Refusal):
    """The name of a category holds no ">", which stands between a category and its parent."""


class CategoryLoop(Refusal):
    """A category cannot lie under itself, nor under a category of its own, nor too deep."""

    about = ("parent",)


class CategoryNotEmpty(Refusal):
    """Only a category without goods and without categories under it can be deleted."""


class UnitWrong(Refusal):
    """A unit has 0 to 3 decimals."""


# --- categories


# Name and decimals.
_UNITS = (
    ("件 pc", 0),
    ("个 each", 0),
    ("瓶 bottle", 0),
    ("盒 box", 0),
    ("包 pack", 0),
    ("千克 kg", 3),
)
_USUAL_TAX_PERCENT = "13"


def ship(answers: Founding | None) -> None:
    """Units and the tax rate, in a store that has none."""
    if Unit.select().exists() or TaxRate.select().exists():
        return
    for name, decimals in _UNITS:
        Unit.create(key=new_key(), name=shipped(name), decimals=decimals)
    rate = Rate.percent(answers.tax_percent if answers else _USUAL_TAX_PERCENT)
    TaxRate.create(key=new_key(), name=f"{rate.percent_text}%", rate=rate)


@operation(right="keep goods")
def save_category(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    name: str,
    code: str = "",
    parent: int | None = None,
    position: int = 0,
) -> Category:
    """Make a category (key None), or change one and where it lies. A blank code is drawn: the
    parent's code and two digits.

    Refuses: RecordChanged, NameMissing, CategoryNameWrong, TextTooLong, CodeWrong, RecordTaken,
    CategoryLoop, LinkUnknown.
    """
    found = None if key is None else row_at(Category, key, version, _CATEGORY_LISTING, name=name)
    title = _category_name(name)
    above: Category | None = linked("category", parent)
    _refuse_loop(found, above)
    plain = plain_code(code) if code.strip() else found.code if found else next_category_code(above)
    for other in Category.select().where((Category.code == plain) | (Category.name == title)):
        if other.key != key and (other.code == plain or other.parent_id == parent):
            field = "code" if other.code == plain else "name"
            raise RecordTaken(
                listing=_CATEGORY_LISTING, name=f"{other.code} {other.name}", field=field
            )

    letters = initials(title, 40)
    if found is None:
        job.note(category=title, code=plain, parent=above.name if above else "")
        return Category.create(
            key=new_key(), code=plain, name=title, pinyin=letters, parent=above, position=position
        )
    changes = put(
        found, code=plain, name=title, pinyin=letters, parent=above, position=position
    )  # fmt: skip
    job.note(category=title, code=plain, changes=changes)
    return found


@operation(right="keep goods")
def drop_category(job: Job, key: int, *, version: int) -> None:
    """Delete an empty category. Refuses: RecordChanged, CategoryNotEmpty."""
    found = row_at(Category, key, version, _CATEGORY_LISTING)
    goods = Goods.select().where(Goods.category == found).count()
    below = Category.select().where(Category.parent == found).count()
    if goods or below:
        raise CategoryNotEmpty(name=found.name, goods=goods, categories=below)

    found.delete_instance()
    job.note(category=found.name, code=found.code)


def next_category_code(parent: Category | None) -> str:
    """The next free code under a parent: 01, 0102."""
    # A code that leaves no room for two more digits is not gone on with.
    start = parent.code if parent and len(parent.code) <= CODE_LENGTH - 2 else ""
    number = Category.select().where(Category.parent == parent).count() + 1
    while Category.get_or_none(Category.code == f"{start}{number:02d}") is not None:
        number += 1
    return plain_code(f"{start}{number:02d}")


def steps_of(path: str) -> list[str]:
    """The names in a path, from the top down."""
    return [step.strip() for step in path.split(STEP) if step.strip()]


def path_of(category: Category) -> str:
    """The names from the top down to a category: 食品 > 饮料."""
    return f" {STEP} ".join(each.name for each in reversed(_upwards(category)))


def below(key: int) -> list[int]:
    """A category and all that lie under it, as keys."""
    parents: dict[int | None, list[int]] = {}
    for child, parent in Category.select(Category.key, Category.parent).tuples():
        parents.setdefault(parent, []).append(child)
    found = [key]
    for each in found:
        found += parents.get(each, [])
    return found


def _upwards(category: Category | None) -> list[Category]:
    """A category, its parent, and so on to the top."""
    found: list[Category] = []
    while category is not None and len(found) <= DEEPEST:
        found.append(category)
        category = category.parent
    return found


def _refuse_loop(found: Category | None, above: Category | None) -> None:
    line = _upwards(above)
    depth = len(line) + (_depth_under(found.key) if found else 1)
    if (found and found.key in {each.key for each in line}) or depth > DEEPEST:
        raise CategoryLoop(
            name=found.name if found else "", parent=above.name if above else "", most=DEEPEST
        )


def _depth_under(key: int) -> int:
    children = [row.key for row in Category.select(Category.key).where(Category.parent == key)]
    return 1 + max(map(_depth_under, children), default=0)


def _category_name(name: str) -> str:
    title = text_of("name", name, 40)
    if not title:
        raise NameMissing()
    if STEP in title:
        raise CategoryNameWrong(name=title)
    return title


# --- units


@operation(right="keep goods")
def save_unit(job: Job, key: int | None, *, version: int = 0, name: str, decimals: int = 0) -> Unit:
    """Make a unit of measure (key None) or change one.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken, UnitWrong.
    """
    found = None if key is None else row_at(Unit, key, version, _UNIT_LISTING, name=name)
    title = name_of(Unit, key, name, _UNIT_LISTING)
    if not 0 <= decimals <= 3:
        raise UnitWrong(decimals=decimals)

    if found is None:
        job.note(unit=title, decimals=decimals)
        return Unit.create(key=new_key(), name=title, decimals=decimals)
    job.note(unit=title, changes=put(found, name=title, decimals=decimals))
    return found


@operation(right="keep goods")
def drop_unit(job: Job, key: int, *, version: int) -> None:
    """Delete a unit in which nothing is measured. Refuses: RecordChanged, RecordInUse."""
    found = row_at(Unit, key, version, _UNIT_LISTING)
    if Goods.select().where(Goods.unit == found).exists():
        raise RecordInUse(listing=_UNIT_LISTING, name=found.name)

    found.delete_instance()
    job.note(unit=found.name)


def name_of(rows: Any, key: int | None, name: str, listing: str) -> str:
    """A name that no other row of a table has. Refuses: NameMissing, TextTooLong, RecordTaken."""
    title = text_of("name", name, 20)
    if not title:
        raise NameMissing()
    if rows.get_or_none(rows.name == title, rows.key != (key or 0)) is not None:
        raise RecordTaken(listing=listing, name=title, field="name")
    return title
