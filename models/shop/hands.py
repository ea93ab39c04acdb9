"""Who did the work of a line of a bill, on whom its price may depend, and what it used up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.base.money import Money
from models.selling.charges import Served
from models.selling.tax_settings import price_rules
from models.shop.basket_lines import save_rung
from models.shop.bill_changes import granted_line, keep_what_is_borne, on_bill, stored_line
from models.trust.operation import Job


def give_uses(
    job: Job, draft: int, number: int, uses: tuple[tuple[int, int], ...] | None
) -> None:  # fmt: skip
    """Say what the work of a line used up, in keys of items and thousandths of base units; None:
    the usual. Plain, as `give_hands`. Refuses: LineGone, DraftGone.
    """
    line = stored_line(job, draft, number)
    save_rung(draft, job.register, line.changed(price_rules(), uses=uses))
    job.note(goods=line.item.name, uses=[list(each) for each in uses or ()])


def give_hands(
    job: Job,
    draft: int,
    number: int,
    hands: tuple[Served, ...],
    *,
    price: Money | None = None,
) -> None:
    """Say who did the work of a line (none: nobody is named); `price` is what it costs by them,
    where that depends on it. Plain: the operation is of the trade that knows them.

    Refuses: LineGone, DraftGone, DiscountWrong, NeedsOverride.
    """
    line = stored_line(job, draft, number)
    values: dict[str, Any] = {"hands": hands}
    if price is not None and price != line.price:
        # What was given off another price is looked at again.
        values |= {"item": replace(line.item, price=price), "price": price, "granted": None}
    changed = line.changed(price_rules(), **values)
    changed = granted_line(job, changed, *on_bill(draft, changed))

    save_rung(draft, job.register, changed)
    keep_what_is_borne(job, draft)
    job.note(goods=line.item.name, hands=[[one.name, one.share] for one in hands])
    if changed.price != line.price:
        job.note(price=[line.price, changed.price])
