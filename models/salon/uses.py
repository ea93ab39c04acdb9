"""What the work of a line of a ticket used up: the usual of its service, a formula, or what is
typed (`2001 40 2002 60`: code and how much, in the unit of the item).
"""

from __future__ import annotations

import re

from models.base.exact import written_short
from models.base.hot import rows_in
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.goods.goods import Goods
from models.salon.care import Formula, last_formula
from models.salon.tickets import uses_by_service
from models.shop.basket_lines import RungLine
from models.shop.customers import customer_of
from models.shop.hands import give_uses
from models.trust import drafts
from models.trust.operation import Job, operation


class UsesUnreadable(Refusal):
    """What was used up is said by codes of stocked items, each with how much."""


@operation(right="sell")
def name_uses(job: Job, draft: int, number: int, said: str) -> None:
    """Say what the work of a line used up, in place of the usual; nothing said: the usual; 0: none.

    Refuses: UsesUnreadable, LineGone, DraftGone.
    """
    words = re.sub("[,、+:=]", " ", narrow(said)).split()
    uses = None if not words else () if words == ["0"] else _read(words, said)
    give_uses(job, draft, number, uses)


@operation(right="sell")
def use_formula(job: Job, draft: int, number: int, formula: int) -> None:
    """Fill a line with what was mixed before. Refuses: UsesUnreadable, LineGone, DraftGone."""
    found: Formula | None = Formula.get_or_none(Formula.key == formula)
    if found is None or not found.lines:
        raise UsesUnreadable(text="")
    give_uses(job, draft, number, tuple((goods, quantity) for goods, quantity in found.lines))


def _read(words: list[str], said: str) -> tuple[tuple[int, int], ...]:
    if len(words) % 2:
        raise UsesUnreadable(text=said)
    found: dict[int, int] = {}
    for code, much in zip(words[::2], words[1::2], strict=True):
        item = Goods.get_or_none(Goods.code == code, Goods.is_stocked)
        try:
            quantity = Quantity.parse(much)
        except ValueError as wrong:
            raise UsesUnreadable(text=said) from wrong
        if item is None or quantity <= Quantity(0) or item.key in found:
            raise UsesUnreadable(text=said)
        found[item.key] = quantity.thousandths
    return tuple(found.items())


# --- looking


def uses_text(line: RungLine) -> str | None:
    """What a line uses up as it is typed; None where it is neither a service that uses something
    nor was anything said.
    """
    usual = uses_by_service([line.item.goods]).get(line.item.goods, [])
    uses = line.uses
    if uses is None:
        if not usual:
            return None
        uses = tuple((goods, each.packs_of(line.stock_quantity).thousandths)
                     for goods, each in usual)  # fmt: skip
    codes = dict(rows_in('SELECT "key", "code" FROM "goods" WHERE "key" IN (...)',
                         [goods for goods, _ in uses]))  # fmt: skip
    return " ".join(f"{codes[goods]} {written_short(much, 3)}" for goods, much in uses) or "0"


def formula_for(draft: int, line: RungLine) -> Formula | None:
    """What was mixed the last time for the work of a line, for whoever the bill belongs to."""
    person, _ = customer_of(drafts.read(draft).head)
    return None if person is None else last_formula(person, line.item.goods)
