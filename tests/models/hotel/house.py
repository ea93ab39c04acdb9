"""A small house in the tests' shop: two types, five and three rooms, a plan with weekend prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.hotel.reservations.bookings import RoomWish, reserve
from models.hotel.rooms.rates import Party, RatePlan, save_plan, save_price
from models.hotel.rooms.rooms import Room, RoomType, save_room, save_room_type
from models.hotel.stays.stays import Booking, Stay
from models.trust.operation import Session, new_uid
from models.trust.settings import change_settings
from tests.stores import FIRST_DAY, Shop, yuan

FRIDAY_SATURDAY = 0b0110000


@dataclass(slots=True)
class House:
    """What the tests book in."""

    shop: Shop
    twin: RoomType
    king: RoomType
    plan: RatePlan

    @property
    def desk(self) -> Session:
        return self.shop.manager

    def room(self, number: str) -> Room:
        return Room.get(Room.number == number)

    def wish(
        self, arrival: date, departure: date, *, kind: RoomType | None = None, **more: object
    ) -> RoomWish:
        wanted = kind or self.twin
        return RoomWish(wanted.key, arrival, departure, self.plan.key, **more)  # type: ignore[arg-type]

    def book(
        self, arrival: date, departure: date, *, kind: RoomType | None = None, name: str = "王伟",
        **more: object,
    ) -> Stay:  # fmt: skip
        made = reserve(
            self.desk, [self.wish(arrival, departure, kind=kind, **more)], name=name, uid=new_uid()
        )
        return Stay.get(Stay.booking == made)


def furnish(
    shop: Shop, *, first: date = FIRST_DAY, last: date = date(2027, 12, 31)
) -> House:  # fmt: skip
    """Five twins 201 to 205 and three kings 301 to 303, 320.00 a night and 420.00 at weekends."""
    owner = shop.owner
    change_settings(owner, {"trade.hotel": True}, uid=new_uid())

    def kind(code: str, name: str, persons: int) -> RoomType:
        return save_room_type(
            owner, None, version=0, code=code, name=name, persons=persons, extra_beds=1,
            uid=new_uid(),
        )  # fmt: skip

    twin, king = kind("TWN", "双床 Twin", 2), kind("KNG", "大床 King", 3)
    for room_type, floor, count in ((twin, 2, 5), (king, 3, 3)):
        for number in range(1, count + 1):
            save_room(
                owner, None, version=0, number=f"{floor}0{number}", room_type=room_type,
                uid=new_uid(),
            )  # fmt: skip
    plan = save_plan(owner, None, version=0, code="RACK", name="门市价 Rack", uid=new_uid())
    for room_type in (twin, king):
        for weekdays, price in ((0b1111111, "320"), (FRIDAY_SATURDAY, "420")):
            save_price(
                owner, None, version=0, plan=plan, room_type=room_type, first=first,
                last=last, price=yuan(price), weekdays=weekdays,
                extra_adult=yuan("80"), extra_bed=yuan("60"), uid=new_uid(),
            )  # fmt: skip
    return House(shop, twin, king, plan)


def rooms_of(booking: Booking) -> list[Stay]:
    """The stays of a booking, in order."""
    return list(Stay.select().where(Stay.booking == booking).order_by(Stay.key))


PARTY_OF_TWO = Party(2)
