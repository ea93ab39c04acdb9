"""Places where goods lie: made, renamed, switched off; and counted before the books know them."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.ledger.proving import proof
from models.stock.goods_out import PlaceWrong, begin_out, put_out, take_out
from models.stock.places import PlaceInUse, save_place
from models.stock.stock import DEFECTIVE, SHOP_FLOOR, STORE_ROOM, Location, lying_at
from models.stock.stock_list import places_to_count
from models.stock.trade import TRANSFER
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import NameMissing, RecordTaken
from models.trust.settings import change_settings
from tests.stores import Shop


@pytest.mark.row("STK-21")
def test_a_place_is_made_used_and_switched_off_when_it_is_empty(shop: Shop) -> None:
    clerk, floor = shop.who("clerk"), Location.get_by_id(SHOP_FLOOR).name
    made = save_place(clerk, None, name=" 二楼仓库 ", uid=new_uid())
    assert (made.number, made.name, made.is_active) == (DEFECTIVE + 1, "二楼仓库", True)
    # It may be counted, though the books know of nothing there; the store room when it is the door.
    assert places_to_count() == {SHOP_FLOOR: floor, made.number: "二楼仓库"}
    # Deliveries may go there tomorrow.
    with pytest.raises(PlaceInUse):
        save_place(clerk, STORE_ROOM, name="x", is_active=False, uid=new_uid())
    change_settings(shop.owner, {"stock.received_at": "room"}, uid=new_uid())
    assert list(places_to_count()) == [SHOP_FLOOR, STORE_ROOM, made.number]
    way = begin_out(clerk, TRANSFER, origin=SHOP_FLOOR, target=made.number)
    put_out(way, "1001", Quantity.of(7))
    take_out(clerk, way.draft, reason="", uid=new_uid())
    assert str(lying_at(shop.goods("1001").key, made.number)) == "7"
    for name, refusal in ((" ", NameMissing), (floor, RecordTaken)):
        with pytest.raises(refusal):
            save_place(clerk, made.number, name=name, uid=new_uid())
    for place in (SHOP_FLOOR, STORE_ROOM, made.number):
        with pytest.raises(PlaceInUse):
            save_place(clerk, place, name="x", is_active=False, uid=new_uid())
    with pytest.raises(NeedsOverride):
        save_place(shop.cashier, None, name="y", uid=new_uid())
    way = begin_out(clerk, TRANSFER, origin=made.number, target=SHOP_FLOOR)
    put_out(way, "1001", Quantity.of(7))
    take_out(clerk, way.draft, reason="", uid=new_uid())
    save_place(clerk, made.number, name="旧仓库", is_active=False, uid=new_uid())
    assert made.number not in places_to_count()
    with pytest.raises(PlaceWrong):
        begin_out(clerk, TRANSFER, origin=SHOP_FLOOR, target=made.number)
    assert not proof.verify()
