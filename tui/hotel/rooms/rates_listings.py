"""Rate plans, their prices, and the services that are charged to folios."""

from __future__ import annotations

from typing import Any

from models.base.money import Money
from models.hotel.charges.services import INCOME, Service, save_service
from models.hotel.rooms.rates import (
    DAY_USE,
    FREE,
    HOURLY,
    HOUSE_USE,
    PAID,
    RatePlan,
    RatePrice,
    RateWrong,
    save_plan,
    save_price,
)
from models.hotel.rooms.rooms import RoomType
from models.ledger.folios import Folio
from models.listings.listings import Field, Grid, Link, Linked, Listing, Record
from models.trust.records import linked_row
from receipts.words import word
from tui.records.looks import Look

USES = (
    (PAID, word("Charged for")), (FREE, word("Complimentary")), (HOUSE_USE, word("House use")),
    (DAY_USE, word("Day use")), (HOURLY, word("By the hour")),
)  # fmt: skip
DEPARTMENT_NAMES = (
    ("room", word("Room")), ("food", word("Food and drink")), ("phone", word("Telephone")),
    ("laundry", word("Laundry")), ("minibar", word("Minibar")), ("other", word("Other")),
    ("tax", word("Visitors' tax")),
)  # fmt: skip
assert {name for name, _ in DEPARTMENT_NAMES} == set(INCOME)


def _save_plan(session: Any, key: int | None, *, version: int, **values: Any) -> RatePlan:
    given = {name: value for name, value in values.items() if value is not None}
    given["base"] = linked_row(RatePlan, "base", values.get("base"))
    given["channel"] = linked_row(Folio, "channel", values.get("channel"))
    return save_plan(session, key, version=version, **given)


PLANS = Listing(
    "rate_plans",
    word("Rate plans"),
    RatePlan,
    order="code",
    fields=(
        Field("code", word("Code"), look=Look(10), limit=10, is_required=True, is_sorted=True,
              example="RACK"),
        Field("name", word("Name"), look=Look(24), limit=40, is_required=True, example="门市价"),
        Field("segment", word("Segment"), look=Look(drop=1), limit=20, example="散客",
              help=word("The kind of business, for the figures by segment.")),
        Field("use", word("Nights are"), "choice", choices=USES, default=PAID,
              is_required=True),
        Field("least_nights", word("Nights, min."), "number", default=1,
              is_required=True),
        Field("meals", word("Meals"), look=Look(10), limit=10, is_listed=False, example="双早"),
        Field("base", word("Worked out of"), "link", look=Look(10), is_listed=False,
              link=Link("rate_plans", RatePlan, shown="code"),
              help=word("Where this plan has no price of its own, that of the other one holds, "
                        "changed as said here.")),
        Field("base_change", word("More or less by"), "rate", look=Look(is_beside=True),
              unit=word("%"), is_listed=False, example="-10"),
        Field("base_amount", word("and by"), "money", look=Look(is_beside=True), is_listed=False,
              example="-25.00"),
        Field("commission", word("Commission"), "rate", unit=word("%"), is_listed=False,
              help=word("What a booking channel keeps of the room price.")),
        Field("channel", word("Credited to"), "link", look=Look(16, is_beside=True),
              is_listed=False, link=Link("companies", Folio),
              help=word("The account of the channel: its commission goes there each night.")),
        Field("least_hours", word("Hours at least"), "number", default=1,
              is_listed=False, help=word("By the hour only: so many are paid at least.")),
        Field("grace_minutes", word("Minutes free"), "number", look=Look(is_beside=True), default=0,
              is_listed=False,
              help=word("By the hour only: so many minutes past an hour cost nothing.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("code", "name"),
    right="keep rates",
    # At the desk everybody looks them up.
    pick_right="",
    change_right="keep rates",
    save=_save_plan,
    named="code",
)  # fmt: skip

DAYS = "1234567"


def weekdays_of(text: str) -> int:
    """Days of the week as digits, Monday is 1: "56" is the nights of Friday and Saturday. Blank is
    every day. Refuses: RateWrong.
    """
    if set(text) - set(DAYS):
        raise RateWrong(plan=text, field="weekdays")
    return sum(1 << DAYS.index(sign) for sign in set(text)) or 0b1111111


def weekdays_text(bits: int) -> str:
    """The digits of these days; every day is blank."""
    return "" if bits == 0b1111111 else "".join(s for n, s in enumerate(DAYS) if bits & 1 << n)


def _save_price(session: Any, key: int | None, *, version: int, **values: Any) -> RatePrice:
    values["plan"] = linked_row(RatePlan, "plan", values["plan"])
    values["room_type"] = linked_row(RoomType, "room_type", values["room_type"])
    values["weekdays"] = weekdays_of(values["weekdays"])
    values["ages"] = [
        [line["from_age"], line["to_age"], line["price"].minor] for line in values["ages"]
    ]
    return save_price(session, key, version=version, **values)


def _read_price(key: Any) -> Record | None:
    row: RatePrice | None = RatePrice.get_or_none(RatePrice.key == key)
    if row is None:
        return None
    values = {
        "plan": Linked(row.plan_id, row.plan.code),
        "room_type": Linked(row.room_type_id, row.room_type.code),
        "first": row.first, "last": row.last, "weekdays": weekdays_text(row.weekdays),
        "least_nights": row.least_nights, "price": row.price, "most": row.most,
        "persons": row.persons,
        "extra_adult": row.extra_adult, "extra_bed": row.extra_bed,
    }  # fmt: skip
    lines = [
        {"from_age": first, "to_age": last, "price": Money(minor, row.price.currency)}
        for first, last, minor in row.ages
    ]
    return Record(key, row.version, values, lines)


def _ages(key: Any) -> list[dict[str, Any]]:
    return []


PRICES = Listing(
    "rate_prices",
    word("Prices of rooms"),
    RatePrice,
    order="first",
    fields=(
        Field("plan", word("Rate plan"), "link", look=Look(10), is_required=True,
              link=Link("rate_plans", RatePlan, shown="code")),
        Field("room_type", word("Room type"), "link", look=Look(10), is_required=True,
              link=Link("room_types", RoomType, shown="code")),
        Field("first", word("From"), "date", is_required=True, is_sorted=True,
              help=word("The first night of the season.")),
        Field("last", word("Last night"), "date", look=Look(is_beside=True), is_required=True),
        Field("weekdays", word("Only on days"), look=Look(8), limit=7, is_listed=False,
              example="56",
              help=word("Monday is 1: 56 are the nights of Friday and Saturday. Blank: all.")),
        Field("least_nights", word("Nights, min."), "number", look=Look(is_beside=True), default=1,
              is_required=True),
        Field("price", word("Price"), "money", is_required=True, example="388.00"),
        Field("most", word("At most a day"), "money", look=Look(is_beside=True), is_listed=False,
              help=word("By the hour the price is that of one hour; a day never costs more.")),
        Field("persons", word("Persons included"), "number", look=Look(8, is_beside=True),
              default=2,
              is_required=True, is_listed=False),
        Field("extra_adult", word("One more adult"), "money", is_listed=False),
        Field("extra_bed", word("Extra bed"), "money", look=Look(is_beside=True), is_listed=False),
    ),
    find=("first",),
    right="keep rates",
    change_right="keep rates",
    save=_save_price,
    read=_read_price,
    grid=Grid(
        "ages",
        word("More persons by age"),
        (
            Field("from_age", word("From age"), "number", look=Look(10), is_required=True),
            Field("to_age", word("To age"), "number", look=Look(10), is_required=True),
            Field("price", word("Price"), "money", look=Look(12), is_required=True),
        ),
        _ages,
    ),
    named="first",
)  # fmt: skip


def _save_service(session: Any, key: int | None, *, version: int, **values: Any) -> Service:
    given = {name: value for name, value in values.items() if value is not None}
    account = INCOME[values["department"]]
    return save_service(session, key, version=version, account=account, **given)


SERVICES = Listing(
    "services",
    word("Services charged"),
    Service,
    order="code",
    fields=(
        Field("code", word("Code"), look=Look(8), limit=10, is_required=True, is_sorted=True,
              example="4000", help=word("Typed when it is posted to a folio.")),
        Field("name", word("Name"), look=Look(24), limit=40, is_required=True, example="洗衣"),
        Field("department", word("Department"), "choice", choices=DEPARTMENT_NAMES,
              is_required=True),
        Field("price", word("Price"), "money",
              help=word("Proposed when it is posted; blank: it is typed each time.")),
        Field("tax", word("Tax rate"), "rate", unit=word("%")),
        Field("service", word("Service charge"), "rate", look=Look(is_beside=True), unit=word("%"),
              is_listed=False),
        Field("service_sum", word("and each time"), "money", look=Look(is_beside=True),
              is_listed=False, help=word("A service charge of so much, whatever it costs.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("code", "name"),
    right="keep rates",
    # At the desk everybody looks them up.
    pick_right="",
    change_right="keep rates",
    save=_save_service,
)  # fmt: skip
