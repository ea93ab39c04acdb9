"""Import of bookings: a row is one booking of one room or several of a type, as it came from
another program or a channel. It is checked and priced as if it were typed, and takes its rooms: a
type that would be oversold is told with the row, in a dry run too.

A booking keeps its number where it has one: a second import of the list adds nothing. One without a
number is always new, for members of a group often say the same in every column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.base.hot import pointed_at
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import narrow, one_line
from models.base.words import word
from models.goods.cells import read_money
from models.hotel.reservations.bookings import (
    LONGEST_NIGHTS,
    RoomWish,
    add_stay,
    fits,
    make_booking,
)
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import (
    AgesWrong,
    Party,
    RatePlan,
    TooManyPersons,
    ages_of,
    price_nights,
)
from models.hotel.rooms.room_days import Left, left_between
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.stays.free_rooms import (
    taken_days,
)
from models.hotel.stays.stays import (
    CARD,
    COMPANY,
    DEPOSIT,
    HOLDING,
    NO_GUARANTEE,
    OPTION,
    RESERVED,
    Booking,
    Night,
    Stay,
    counted,
    days_of,
)
from models.imports.import_kind import (
    BadCell,
    Earlier,
    Field,
    Imported,
    ImportKind,
    Record,
    Remark,
    Verdict,
    count_cell,
    field_of,
    text_cell,
)
from models.ledger.daily.days import store_day
from models.people.columns import read_day
from models.trust.operation import Job

_GUARANTEES = {
    "无": NO_GUARANTEE, "无担保": NO_GUARANTEE, "未担保": NO_GUARANTEE, "none": NO_GUARANTEE,
    "no": NO_GUARANTEE, "no deposit": NO_GUARANTEE, "not guaranteed": NO_GUARANTEE,
    "信用卡": CARD, "银行卡": CARD, "card": CARD, "credit card": CARD, "by card": CARD,
    "订金": DEPOSIT, "定金": DEPOSIT, "deposit": DEPOSIT, "by deposit": DEPOSIT,
    "公司": COMPANY, "单位": COMPANY, "company": COMPANY, "by a company": COMPANY,
}  # fmt: skip
# What points at a stay and is more than the booking itself.
STAY_USES = (("window", "stay_id"), ("routing", "stay_id"), ("stay_guest", "stay_id"))
# Numbers that this program draws itself.
_OWN = re.compile(r"B\d\d+-\d+")


def _date(cell: str) -> date:
    try:
        return read_day(cell)
    except BadCell:
        raise BadCell("no_date") from None


def _ages(cell: str) -> tuple[int, ...]:
    try:
        return ages_of(narrow(one_line(cell)))
    except AgesWrong:
        raise BadCell("bad_ages") from None


def _guarantee(cell: str) -> str:
    found = _GUARANTEES.get(narrow(one_line(cell)).lower())
    if found is None:
        raise BadCell("bad_choice")
    return found


FIELDS: tuple[Field, ...] = (
    field_of(
        "number", word("Number"), text_cell(20),
        "编号 预订号 订单号 预订单号 确认号 订单编号 confirmation confirmation_no booking_no "
        "booking_number reservation_no order_no",
        is_key=True,
    ),
    field_of(
        "name", word("Guest name"), text_cell(60),
        "名称 客人姓名 姓名 预订人 客人 宾客姓名 入住人 联系人 guest guest_name booker name",
    ),
    field_of(
        "arrival", word("Arrival"), _date,
        "到店 到店日期 入住日期 抵店日期 到达日期 抵店 入住 arrival_date check_in checkin from",
    ),
    field_of(
        "departure", word("Departure"), _date,
        "离店 离店日期 退房日期 预离日期 退房 departure_date check_out checkout until to",
    ),
    field_of("nights", word("Nights"), count_cell(0, LONGEST_NIGHTS), "晚数 房晚 天数 间夜 los"),
    field_of(
        "room_type", word("Room type"), text_cell(10),
        "房型 房型代码 房型编码 房类 房间类型 reserved_room_type type",
    ),
    field_of(
        "plan", word("Rate plan"), text_cell(10),
        "房价方案 房价代码 价格代码 房价码 rate_code rate",
    ),
    field_of(
        "rooms", word("No. of rooms"), count_cell(1, 500),
        "客房 房间数 间数 客房数 number_of_rooms rooms",
    ),
    field_of("room", word("Room"), text_cell(10), "房号 房间号 预排房 room_no room_number"),
    field_of("adults", word("Adults"), count_cell(1, 20), "成人 成人数 人数 persons pax"),
    field_of("children", word("Ages of children"), _ages, "儿童年龄 children_ages"),
    field_of("extra_beds", word("Extra beds"), count_cell(0, 20), "加床 加床数 extra_bed"),
    field_of(
        "price", word("Agreed price"), read_money,
        "协议房价 房价 协议价 单价 adr price_per_night room_rate", number="money",
    ),
    field_of("guarantee", word("Guarantee"), _guarantee, "担保 担保方式 deposit_type guaranteed"),
    field_of(
        "deposit_due", word("Deposit due"), read_money, "应交定金 应付定金 定金 订金 deposit",
        number="money",
    ),
    field_of(
        "option_until", word("Held until"), _date,
        "保留到 保留至 保留日期 option_date hold_until",
    ),
    field_of(
        "segment", word("Segment"), text_cell(20), "客源 市场 客源类型 市场细分 market_segment",
    ),
    field_of(
        "source", word("Booked through"), text_cell(20), "来源 渠道 channel distribution_channel",
    ),
    field_of("note", word("Note"), text_cell(200), "备注 说明 remark notes comment"),
)  # fmt: skip


@dataclass(slots=True)
class BookingWork:
    """One booking as it is to be stored."""

    wish: RoomWish
    rooms: int
    state: str

    @property
    def nights(self) -> list[date]:
        return days_of(self.wish.arrival, self.wish.departure)


# --- the row alone


def _check(record: Record, seen: dict[str, Any]) -> None:
    values = record.values
    wrong = {problem.field for problem in record.problems}
    for name in ("name", "arrival", "room_type"):
        if not values.get(name) and name not in wrong:
            record.refuse(f"missing_{name}", name)
    _check_stretch(record, wrong)
    number = values.get("number")
    if number and _OWN.fullmatch(number):
        record.refuse("own_number", "number", number)
    numbers: Earlier = seen.setdefault("numbers", Earlier())
    if number and (row := numbers.row(number)):
        record.refuse("duplicate_number_in_file", "number", f"{number}: {row}")
    elif number and not record.problems:
        numbers.note(number, record.line)


def _check_stretch(record: Record, wrong: set[str]) -> None:
    """From an arrival to a departure, which the nights may say as well."""
    values = record.values
    arrival, departure, nights = (values.get(n) for n in ("arrival", "departure", "nights"))
    if not arrival or wrong & {"arrival", "departure", "nights"}:
        return
    if departure is None and nights is not None:
        departure = values["departure"] = arrival + timedelta(days=nights)
    if departure is None:
        record.refuse("missing_departure", "departure")
        return
    if departure < arrival:
        record.refuse("departure_before", "departure", f"{arrival} - {departure}")
    elif nights is not None and departure != arrival + timedelta(days=nights):
        record.refuse("other_nights", "nights", f"{nights}: {arrival} - {departure}")
    elif (departure - arrival).days > LONGEST_NIGHTS:
        record.refuse("stay_too_long", "departure", (departure - arrival).days)


# --- the row and the store


@dataclass(slots=True)
class _Known:
    day: date
    types: dict[str, RoomType]
    plans: dict[str, RatePlan]
    numbers: dict[str, int]


def _compare(records: list[Record]) -> None:
    said = [each for record in records if (each := record.values.get("number"))]
    known = _Known(
        store_day(),
        {each.code: each for each in RoomType.select().where(RoomType.is_active)},
        {each.code: each for each in RatePlan.select().where(RatePlan.is_active)},
        {each.number: each.key for each in Booking.select().where(Booking.number << said)},
    )
    for record in records:
        _judge(record, known)


def _judge(record: Record, known: _Known) -> None:
    values = record.values
    if there := known.numbers.get(values.get("number") or ""):
        record.subject, record.verdict = there, Verdict.UNCHANGED
        return
    room_type = known.types.get(values["room_type"])
    plan = _plan(record, known)
    if room_type is None:
        record.refuse(
            "unknown_type", "room_type", f"{values['room_type']}: {', '.join(known.types)}"
        )
    if values["arrival"] < known.day:
        record.refuse("arrival_past", "arrival", values["arrival"])
    room = _room(record, room_type)
    if record.problems or room_type is None or plan is None:
        return
    party = Party(values.get("adults") or 1, values.get("children") or (),
                  values.get("extra_beds") or 0)  # fmt: skip
    nights = days_of(values["arrival"], values["departure"])
    if not fits(plan, (values["departure"] - values["arrival"]).days):
        record.refuse("other_dates", "departure", plan.code)
        return
    if _is_priced(record, (plan, room_type, nights, party)):
        price: Money | None = values.get("price")
        wish = RoomWish(
            room_type.key, values["arrival"], values["departure"], plan.key, party,
            room=room.key if room else None, prices=(price,) * len(nights) if price else (),
        )  # fmt: skip
        state = OPTION if values.get("option_until") else RESERVED
        record.work = BookingWork(wish, values.get("rooms") or 1, state)


def _plan(record: Record, known: _Known) -> RatePlan | None:
    """The plan that is named, or the only one of the house."""
    code = record.values.get("plan")
    found = known.plans.get(code or "")
    if not code and len(known.plans) == 1:
        found = next(iter(known.plans.values()))
    if found is None:
        record.refuse("unknown_plan", "plan", f"{code or ''}: {', '.join(known.plans)}")
    return found


def _room(record: Record, room_type: RoomType | None) -> Room | None:
    number = record.values.get("room")
    if not number or room_type is None or record.problems:
        return None
    found: Room | None = Room.get_or_none(Room.number == number, Room.is_active)
    if found is None or found.room_type_id != room_type.key:
        record.refuse("unknown_room", "room", f"{number} {room_type.code}")
    elif (record.values.get("rooms") or 1) > 1:
        record.refuse("room_of_many", "room", number)
    return found


def _is_priced(
    record: Record, how: tuple[RatePlan, RoomType, list[date], Party]
) -> bool:  # fmt: skip
    """Looks whether a stay has a price and beds for its persons, as `add_stay` will."""
    plan, room_type, nights, party = how
    try:
        price_nights(plan, room_type, nights, party)
    except TooManyPersons:
        record.refuse(
            "too_many_persons", "adults", f"{party.persons} {room_type.code}: {room_type.persons}"
        )
        return False
    except Refusal:
        record.refuse("rate_missing", "plan", f"{plan.code} {room_type.code} {nights[0]}")
        return False
    return True


def _weigh(records: list[Record], taken: Counter[Hashable]) -> None:
    """Refuse what would oversell a type or give a room twice."""
    new = [record for record in records if record.verdict is Verdict.NEW]
    if not new:
        return
    first = min(record.work.wish.arrival for record in new)
    left = left_between(first, max(record.work.wish.departure for record in new))
    for record in new:
        _weigh_one(record, left, taken)


def _weigh_one(
    record: Record, left: dict[tuple[int, date], Left], taken: Counter[Hashable]
) -> None:
    work: BookingWork = record.work
    kind = work.wish.room_type
    full = [day for day in work.nights if left[kind, day].sellable < taken[kind, day] + work.rooms]
    if full:
        said = " ".join(map(str, full[:3])) + (" ..." if full[3:] else "")
        record.refuse("type_full", "room_type", f"{record.values['room_type']}: {said}")
        return
    if work.wish.room is not None:
        room = Room.get_by_id(work.wish.room)
        given = [day for day in work.nights if taken["room", room.key, day]]
        if given or taken_days(room, work.nights):
            record.refuse("room_taken", "room", room.number)
            return
        taken.update(("room", room.key, day) for day in work.nights)
    for day in work.nights:
        taken[kind, day] += work.rooms


# --- storing


def _store(job: Job, records: list[Record]) -> None:
    for record in records:
        values, work = record.values, record.work
        booking = make_booking(
            job, name=values["name"], segment=values.get("segment") or "",
            source=values.get("source") or "", option_until=values.get("option_until"),
            guarantee=values.get("guarantee") or NO_GUARANTEE,
            deposit_due=values.get("deposit_due"), note=values.get("note") or "",
            is_group=work.rooms > 1, number=values.get("number") or "",
        )  # fmt: skip
        for _ in range(work.rooms):
            add_stay(job, booking, work.wish, work.state)
        record.subject = booking.key


def _undo(job: Job, rows: list[Imported]) -> list[Remark]:
    kept: list[Remark] = []
    for row in rows:
        booking: Booking | None = Booking.get_or_none(Booking.key == row.subject)
        stays = list(Stay.select().where(Stay.booking == row.subject))
        reason = _why_kept(booking, stays)
        if reason:
            said = f"{booking.number} {booking.name}" if booking else ""
            kept.append(Remark(row.line, reason, "", said[:60]))
            continue
        for stay in stays:
            _take_away(stay)
        Booking.delete().where(Booking.key == row.subject).execute()
    return kept


def _why_kept(booking: Booking | None, stays: list[Stay]) -> str:
    """Why a booking stays: somebody changed it, took a deposit, or the guest is there."""
    if booking is None or booking.version != 1 or not stays:
        return "changed_since"
    used = pointed_at(STAY_USES, [stay.key for stay in stays])
    if used or booking.deposit_folio is not None:
        return "booking_in_use"
    is_as_made = all(stay.state in HOLDING and not stay.arrived_at for stay in stays)
    # A room that came with the booking was given to it by the import itself.
    is_unchanged = all(stay.version == (2 if stay.room_id else 1) for stay in stays)
    return "" if is_as_made and is_unchanged else "changed_since"


def _take_away(stay: Stay) -> None:
    nights = list(Night.select().where(Night.stay == stay))
    room_days.move(counted(night for night in nights if night.is_live), sold=-1)
    Night.delete().where(Night.stay == stay).execute()
    Stay.delete().where(Stay.key == stay.key).execute()


BOOKINGS = ImportKind(
    "bookings", "reserve", word("Reservations"), FIELDS,
    (("name",), ("arrival",), ("departure", "nights"), ("room_type",)),
    check=_check, compare=_compare, weigh=_weigh, store=_store, undo=_undo,
)  # fmt: skip
