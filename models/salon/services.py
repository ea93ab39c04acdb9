"""Services of the salon (服务项目): an item of goods that is not stocked, with what only a service
has beside it: how long it takes, what somebody must be able to do for it, what is used up.

So a service is priced, taxed, promoted, sold and given back as every item is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, QuantityField
from models.base.keys import new_key
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.goods.goods import Goods
from models.goods.records import USES, put_goods
from models.trust.operation import Job, operation
from models.trust.records import first_wrong, linked_row, text_of

MOST_MINUTES = 24 * 60


class ServiceTimeWrong(Refusal):
    """Minutes are 0 to 1440; after a wait there may be no more work, before it there is some."""


class ServiceUseWrong(Refusal):
    """What is used up is a stocked item, each once, and more than nothing of it."""


class SalonService(Row):
    """What a service has beside its item of goods, whose key this is.

    Hands are on it for `minutes`, then it works by itself for `wait_minutes` (a colour), then hands
    are on it again for `finish_minutes`; in the wait the person is free, the chair is not. `skill`
    is what whoever does it must be able to do, empty: everybody can. `needs` are the kinds of
    things that it takes as well from its start to its end, apart by blanks: a chair, a room.
    """

    key = KeyField(primary_key=True)
    minutes = IntegerField(default=0)
    wait_minutes = IntegerField(default=0)
    finish_minutes = IntegerField(default=0)
    skill = CharField(max_length=20, default="")
    # Only for whom a patch test has not gone bad, some months back (care.py).
    needs_test = BooleanField(default=False)
    needs = CharField(max_length=60, default="")
    mark = MarkField()


class ServiceUse(Row):
    """So much of an item is used up each time (60 ml of a colour), in its base unit."""

    key = KeyField(primary_key=True)
    service = ForeignKeyField(SalonService)
    goods = ForeignKeyField(Goods)
    quantity = QuantityField()
    mark = MarkField()

    class Meta:
        indexes = ((("service", "goods"), True),)


USES.append(("service_use", "goods_id"))


@operation(right="keep services")
def save_salon_service(
    job: Job,
    /,
    key: int | None,
    *,
    version: int = 0,
    minutes: int = 0,
    wait_minutes: int = 0,
    finish_minutes: int = 0,
    skill: str = "",
    needs_test: bool = False,
    needs: str = "",
    uses: Iterable[Mapping[str, Any]] | None = None,
    **of_item: Any,
) -> Goods:
    """Make a service (key None) or change one: its item, its times, its skill. `uses`, when given,
    are all that it uses up: each `goods` (a key) and `quantity`.

    Refuses: ServiceTimeWrong, ServiceUseWrong, TextTooLong, LinkUnknown, and what `put_goods`
    refuses.
    """
    is_late = bool(finish_minutes) and not (minutes and wait_minutes)
    wrong = first_wrong(
        minutes=0 <= minutes <= MOST_MINUTES, wait_minutes=0 <= wait_minutes <= MOST_MINUTES,
        finish_minutes=0 <= finish_minutes <= MOST_MINUTES and not is_late,
    )  # fmt: skip
    if wrong:
        raise ServiceTimeWrong(most=MOST_MINUTES, field=wrong)
    plain = text_of("skill", skill, 20)
    kinds = " ".join(text_of("needs", needs, 60).split())
    lines = None if uses is None else _use_lines(uses)

    item = put_goods(job, key, version=version, is_stocked=False, **of_item)
    values = {
        "minutes": minutes, "wait_minutes": wait_minutes, "finish_minutes": finish_minutes,
        "skill": plain, "needs_test": bool(needs_test), "needs": kinds,
    }  # fmt: skip
    found: SalonService | None = SalonService.get_or_none(SalonService.key == item.key)
    if found is None:
        SalonService.create(key=item.key, **values)
    else:
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
    if lines is not None:
        _replace_uses(item.key, lines)
        job.note(uses=[[goods.name, quantity] for goods, quantity in lines])
    job.note(**values)
    return item


def _use_lines(uses: Iterable[Mapping[str, Any]]) -> list[tuple[Goods, Quantity]]:
    found: dict[int, tuple[Goods, Quantity]] = {}
    for line in uses:
        goods, quantity = linked_row(Goods, "goods", line.get("goods")), line.get("quantity")
        if goods is None:
            continue
        if not goods.is_stocked or goods.key in found or not quantity or quantity <= Quantity(0):
            raise ServiceUseWrong(name=goods.name)
        found[goods.key] = (goods, quantity)
    return list(found.values())


def _replace_uses(service: int, lines: list[tuple[Goods, Quantity]]) -> None:
    for row in ServiceUse.select().where(ServiceUse.service == service):
        row.delete_instance()
    for goods, quantity in lines:
        ServiceUse.create(key=new_key(), service=service, goods=goods, quantity=quantity)


# --- looking


def uses_of(key: int | None) -> list[ServiceUse]:
    """What a service uses up, in the order in which it was written."""
    found = ServiceUse.select().where(ServiceUse.service == (key or 0))
    return list(found.order_by(ServiceUse.key))
