"""Services of the salon (服务项目): price, times, skill, and what is used up."""

from __future__ import annotations

from typing import Any

from models.goods.goods import Category, Goods, TaxRate
from models.goods.goods_link import GOODS_LINK, item_linked
from models.goods.records import switch_goods
from models.listings.listings import Condition, Field, Grid, Link, Linked, Listing, Record
from models.salon.services import SalonService, save_salon_service, uses_of
from receipts.words import word
from tui.goods.usual_tax import usual_tax
from tui.records.looks import Look

_TIMES = ("minutes", "wait_minutes", "finish_minutes")


def _of(column: str) -> str:
    return f'SELECT s."{column}" FROM "salon_service" s WHERE s."key" = t."key"'


FIELDS = (
    Field("code", word("Code"), look=Look(8), limit=20, is_automatic=True, is_sorted=True,
          example="101", help=word("Typed at the ticket.")),
    Field("name", word("Name"), look=Look(24), limit=120, is_required=True, is_sorted=True,
          example="女士剪发"),
    Field("price", word("Price"), "money", is_required=True, example="128.00"),
    Field("price2", word("Price 2"), "money", look=Look(is_beside=True), is_listed=False,
          help=word("Charged for the work of grades that have price 2.")),
    Field("price3", word("Price 3"), "money", is_listed=False),
    Field("price4", word("Price 4"), "money", look=Look(is_beside=True), is_listed=False),
    Field("member_price", word("Member price"), "money", look=Look(drop=3)),
    Field("category", word("Category"), "link", look=Look(16, drop=2, is_beside=True),
          link=Link("categories", Category)),
    Field("tax", word("Tax rate"), "link", look=Look(10), is_listed=False,
          link=Link("tax_rates", TaxRate), default=usual_tax),
    Field("minutes", word("Work"), "number", unit=word("min."), default=0,
          beside=_of("minutes"), example="45", help=word("Minutes with hands on it.")),
    Field("wait_minutes", word("Waiting"), "number", look=Look(6, is_beside=True),
          unit=word("min."), default=0, beside=_of("wait_minutes"),
          help=word("Minutes in which it works by itself; whoever does it is free meanwhile.")),
    Field("finish_minutes", word("Finishing"), "number", look=Look(6, is_beside=True),
          unit=word("min."), default=0, beside=_of("finish_minutes"),
          help=word("Minutes with hands on it after waiting.")),
    Field("skill", word("Skill"), look=Look(10), limit=20, beside=_of("skill"), example="染发",
          help=word("What one must be able to do for it. Blank: everybody can.")),
    Field("needs_test", word("Patch test"), "yes-no", default=False, is_listed=False,
          beside=_of("needs_test"), help=word("Only after a patch test that is not too old.")),
    Field("needs", word("Takes"), look=Look(10, box=24), limit=60, beside=_of("needs"),
          is_listed=False, example="剪发椅", help=word("Kinds of chairs, rooms, machines, apart by "
          "blanks; menu 452 lists them.")),
    Field("is_active", word("In use"), "yes-no", look=Look(4, drop=1, is_beside=True),
          default=True),
    Field("is_service", "", "yes-no", is_listed=False, in_form=False,
          beside=f'EXISTS ({_of("key")})'),
)  # fmt: skip

USES = Grid(
    "uses",
    word("Used up each time"),
    (
        Field("goods", word("Item"), "link", look=Look(30), is_required=True,
              link=GOODS_LINK),
        Field("quantity", word("Quantity"), "quantity", look=Look(12), is_required=True,
              example="60", help=word("In the unit of the item: ml, g, pieces.")),
    ),
    lambda key: [
        {"goods": item_linked(row.goods), "quantity": row.quantity}
        for row in uses_of(key)
    ],
)  # fmt: skip


def _read(key: Any) -> Record | None:
    item: Goods | None = Goods.get_or_none(Goods.key == key)
    own: SalonService | None = SalonService.get_or_none(SalonService.key == key)
    if item is None or own is None:
        return None
    values: dict[str, Any] = {}
    for each in LISTING.in_form():
        value = getattr(own if each.beside else item, each.name)
        if each.link:
            value = Linked(value.key, value.name) if value else None
        values[each.name] = value
    return Record(key, item.version, values, USES.load(key))


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Goods:
    for name in _TIMES:
        values[name] = values.get(name) or 0
    return save_salon_service(session, key, version=version, **values)


def _switch(session: Any, key: int, *, version: int, **how: Any) -> None:
    is_active = Goods.get_by_id(key).is_active
    switch_goods(session, key, version=version, is_active=not is_active, **how)


LISTING = Listing(
    "salon_services",
    word("Salon services"),
    Goods,
    fields=FIELDS,
    order="code",
    find=("code", "name", "pinyin"),
    where=(Condition("is_service", "=", True),),
    right="keep services",
    # At a ticket everybody looks them up.
    pick_right="",
    change_right="keep services",
    save=_save,
    drop=_switch,
    is_switched=True,
    read=_read,
    grid=USES,
    overruled={"GoodsTwice": "is_twin_meant"},
    empty=word("No services yet. F2 makes one."),
)
