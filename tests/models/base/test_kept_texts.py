"""The kept text of a query is the one that peewee builds, with the same values; what is of another
form is left to peewee.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from peewee import fn

from models.base import kept_texts
from models.base.database import database
from models.base.hot import RowStatement
from models.base.kept_texts import kept_text
from models.base.keys import new_key
from models.goods.goods import Goods
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.stays.stays import IN_HOUSE, RESERVED, Night, Stay
from models.ledger.folios import OPEN, Folio
from models.ledger.ways.tenders import Tender
from models.salon.stylists import Stylist
from models.trust.users import User
from tests.models.salon.salon import open_salon
from tests.stores import Shop, yuan

# What a whole row is read of: money, dates, nothing, links, switches.
ROWS = (Stylist, Goods, User, Tender)
DAY, DAYS = date(2026, 3, 2), [date(2026, 3, 2), date(2026, 3, 3)]


def _row() -> Any:
    return RoomType.insert(
        key=7, code="A", name="B", persons=2, extra_beds=0, oversold=0, position=0, is_active=True,
        version=1, store=1,
    )  # fmt: skip


def _kept() -> list[Any]:
    stay = Stay(key=4711)
    return [
        Stay.select().where(Stay.key == 1).paginate(1, 1),
        Night.select().where(Night.stay == stay, Night.is_live, ~Night.takes_room),
        Night.select().where((Night.day << DAYS) | Night.document.is_null()).order_by(Night.day),
        Night.select(Night.day).where(Night.day > DAY, Night.room.is_null(False)).tuples(),
        Folio.select().where(Folio.status == OPEN, Folio.balance >= yuan("1.50")).limit(3),
        Stay.select().where(Stay.state << (IN_HOUSE, RESERVED)).order_by(Stay.key.desc()),
        Stay.select().where(~((Stay.key == 1) | (Stay.key != 2) & (Stay.adults < 3))),
        Stay.select().where((Stay.key == 1) & (Stay.adults == 2)),
        Stay.select().where((Stay.key == 1) | (Stay.adults == 2)),
        Stay.update(state=IN_HOUSE, version=Stay.version + 1).where(Stay.key == 1),
        Room.update(care="dirty", version=Room.version - 1, room_type=RoomType(key=3)),
        RoomType.delete().where(RoomType.key == 1),
        _row(),
    ]


def _others() -> list[Any]:
    return [
        Stay.select(Stay, Room).join(Room).where(Stay.key == 1),
        Stay.select(fn.MAX(Stay.key)),
        Stay.select().where(Stay.room.in_(Room.select(Room.key))),
        Stay.select().where(Stay.key << list(range(9))),
        Stay.select().where(Stay.key << []),
        Stay.select().where(fn.LOWER(Stay.name) == "x"),
        Stay.select().where(Stay.arrival == Stay.departure),
        Stay.select(Stay.state).distinct(),
        Stay.select(Stay.state).group_by(Stay.state),
        Stay.alias().select(),
        Stay.update(state=fn.LOWER(Stay.state)),
        RoomType.insert(code="A"),
        _row().on_conflict_ignore(),
        Room.insert_many([{"number": "1"}]),
    ]


def _built(query: Any) -> tuple[str, list[Any]]:
    text, values = database.get_sql_context().sql(query).query()
    return text, list(values)


def test_kept_texts_are_those_of_peewee(shop: Shop) -> None:
    kept_texts._kept.clear()
    for again in range(2):
        for query in _kept():
            found = kept_text(database.obj, query)
            assert found is not None, query
            assert (found[0], list(found[1])) == _built(query)
        assert len(kept_texts._kept) == len(_kept()), again
    for query in _others():
        assert kept_text(database.obj, query) is None, _built(query)


def test_a_row_whose_default_was_not_named_gets_it(shop: Shop) -> None:
    """The same columns that an update named before are not all that an insert needs."""
    given = {"code": "X", "name": "Y"}
    RoomType.update(**given).where(RoomType.key == 0).execute()
    key = new_key()
    RoomType.update(**given, key=key).where(RoomType.key == 0).execute()
    RoomType.insert(**given, key=key).execute()
    found = RoomType.get_by_id(key)
    assert (found.code, found.is_active, found.persons) == ("X", True, 2)
    asked = RoomType.select().where(RoomType.code == "X")
    assert (asked.count(), asked.exists()) == (1, True)
    gone = RoomType.select().where(RoomType.code == "Z")
    assert (gone.count(), gone.exists()) == (0, False)


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_shapes_are_kept_than_so_many(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(kept_texts, "_MOST", most)
    kept_texts._kept.clear()
    for query in _kept():
        kept_text(database.obj, query)
        assert len(kept_texts._kept) <= most


def test_whole_rows_by_a_kept_text_are_those_of_peewee(shop: Shop) -> None:
    open_salon(shop)
    for table in ROWS:
        plain = list(table.select().order_by(table.key))
        found = RowStatement(table, '"key" > ? ORDER BY "key"').found(0)
        assert plain and [one.__data__ for one in found] == [one.__data__ for one in plain]
        assert not any(one.is_dirty() for one in found)
