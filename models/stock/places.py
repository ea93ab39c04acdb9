"""Places where goods lie: named, made and switched off by whoever keeps the goods."""

from __future__ import annotations

from peewee import fn

from models.base.refusals import Refusal
from models.base.words import word
from models.stock.stock import DEFECTIVE, SHOP_FLOOR, STORE_ROOM, Location
from models.stock.stock_list import used_places
from models.trust.founding import Founding
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordTaken, text_of
from models.trust.shipped_names import shipped

_PLACES = word("Places of goods")


class PlaceInUse(Refusal):
    """The shop floor and the store room, to either of which deliveries may go, and a place where
    something lies, stay in use.
    """


@operation(right="keep goods")
def save_place(
    job: Job, key: int | None, *, version: int = 0, name: str, is_active: bool = True
) -> Location:
    """Make a place where goods lie (key None), rename one, or switch it off: it takes no goods
    then. Refuses: NameMissing, TextTooLong, RecordTaken, PlaceInUse.
    """
    title = text_of("name", name, 40)
    if not title:
        raise NameMissing()
    if Location.get_or_none(Location.name == title, Location.number != (key or 0)) is not None:
        raise RecordTaken(listing=_PLACES, name=title, field="name")
    if key is not None and not is_active and _is_needed(key):
        raise PlaceInUse(place=title)

    if key is None:
        last = Location.select(fn.max(Location.number)).scalar() or DEFECTIVE
        job.note(place=title, is_active=is_active)
        return Location.create(number=last + 1, name=title, is_active=is_active)
    found = Location.get_by_id(key)
    job.note(place=title, before=found.name, is_active=is_active)
    found.name, found.is_active = title, is_active
    found.save()
    return found


def _is_needed(place: int) -> bool:
    """Whether goods lie there or go there of themselves."""
    return place in (SHOP_FLOOR, STORE_ROOM) or place in used_places()


def ship(answers: Founding | None) -> None:
    """The places where a shop's goods lie, in a store that has them not."""
    for number, name in (
        (SHOP_FLOOR, "卖场 Shop floor"), (STORE_ROOM, "库房 Store room"),
        (DEFECTIVE, "残次品 Defective goods"),
    ):  # fmt: skip
        Location.get_or_create(number=number, defaults={"name": shipped(name)})
