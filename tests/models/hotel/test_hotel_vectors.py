"""The worked cases of a hotel desk that need no books: each case is a test of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from models.base.money import Currency, Money, currency
from models.base.rates import Rate
from models.hotel.charges.hours import (
    DayWindow,
    EarlyMorning,
    HourTariff,
    LateRule,
    early_morning_fee,
    hour_charge,
    surcharges,
)
from models.hotel.charges.packages import allowance_use
from models.hotel.rooms.figures import House, ideal_average_rate, per_cent

Case = dict[str, Any]

FILE = Path(__file__).parents[4] / "shared" / "vectors" / "hotel_cases.json"
CASES: list[Case] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []
CNY, WHOLE = currency("CNY"), currency("VND")


def amount(text: str, of: Currency = CNY) -> Money:
    return Money.parse(text, of)


def _kpi(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    house = House(
        available=given.get("rooms_available", given.get("rooms", 0) * given.get("days", 1))
        - given.get("ooo", 0) - given.get("oos", 0),
        sold=given.get("rooms_sold", given.get("rooms_occupied", given.get("occupied", 0))),
        guests=given.get("guests", 0),
        room_revenue=amount(given.get("room_income", given.get("room_revenue", "0"))),
        rack_rate=amount(given["rack_rate"]) if "rack_rate" in given else None,
    )  # fmt: skip
    figures = {
        "occupancy_pct": house.occupancy, "double_occupancy_pct": house.double_occupancy,
        "yield_pct": house.yield_per_cent, "revpar": house.per_available,
        "average_rate": house.average_rate, "adr": house.average_rate,
        "available": house.available, "available_room_nights": house.available,
        "rooms_vacant": house.vacant,
    }  # fmt: skip
    for name, value in expected.items():
        assert str(figures[name]) == str(value), name


def _kpi_difference(case: Case) -> None:
    for name, value in case["expected"].items():
        actual, budget = case["inputs"]["actual"][name], case["inputs"]["budget"][name]
        assert str(amount(budget) - amount(actual)) == value


def _kpi_base(case: Case) -> None:
    given = case["inputs"]
    whole = given["capacity"]
    assert str(per_cent(given["room_nights"], whole)) == case["expected"]["occ_on_capacity"]
    less = str(per_cent(given["room_nights"], whole - given["ooo"]))
    assert less == case["expected"]["occ_on_capacity_less_ooo"]


def _ideal(case: Case) -> None:
    given = case["inputs"]
    sold = given["rooms"] * 80 // 100
    assert sold == case["expected"]["rooms_sold"]

    def revenue(rooms: list[list[Any]]) -> Money:
        return Money.total((Money(amount(price).minor * count, CNY) for count, price in rooms), CNY)

    low, high = revenue(given["low_first"]), revenue(given["high_first"])
    assert (str(low), str(high)) == (
        case["expected"]["min_revenue"],
        case["expected"]["max_revenue"],
    )
    assert str(ideal_average_rate(low, high, sold)) == case["expected"]["ideal_adr"]


def _hours(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    arrived, left = (datetime.fromisoformat(given[name]) for name in ("check_in", "check_out"))
    price = {name: Money(given[name], WHOLE) for name in ("hourly", "overnight", "daily")}
    if given["type"] == "hourly":
        tariff = HourTariff(price["hourly"], price["overnight"], price["daily"])
        found = hour_charge(tariff, arrived, left)
        assert (found.total.minor, found.is_capped) == (expected["total"], expected["capped"])
        return
    begins, ends = map(time.fromisoformat, given[f"{given['type']}_window"])
    window = DayWindow(begins, ends, given["early_pct"], given["late_pct"])
    base = price[given["type"]]
    added = surcharges(base, window, arrived, left, special_per_cent=given["special_pct"])
    assert base.minor == expected["base"]
    assert added.total.minor == expected["surcharge"]
    assert (base + added.total).minor == expected["total"]


def _late(case: Case) -> None:
    given = case["inputs"]
    rule = LateRule(time.fromisoformat(given["standard"]), time.fromisoformat(given["half_until"]))
    fees = [str(rule.fee(amount(given["rate"]), time.fromisoformat(at))) for at in given["cases"]]
    assert fees == case["expected"]["charges"]


def _early_morning(case: Case) -> None:
    night, until = (
        amount(case["inputs"]["rate"]),
        time.fromisoformat(case["inputs"]["half_day_end"]),
    )
    fees = [
        str(early_morning_fee(night, time(0, 30), until=until, rule=rule))
        for rule in EarlyMorning.CHOICES
    ]
    assert fees == ["0.00", "150.00", "300.00"]
    assert not early_morning_fee(night, time(7), until=until, rule=EarlyMorning.WHOLE)


def _package(case: Case) -> None:
    given = case["inputs"]
    used = allowance_use(
        price=amount(given["item_price"]), allowance=amount(given["allowance"]),
        consumed=amount(given["consumed"]),
    )  # fmt: skip
    told = {"profit": used.profit, "loss": used.loss, "overage_to_guest": used.overage}
    assert {name: str(value) for name, value in told.items()} == case["expected"]


def _commission(case: Case) -> None:
    given = case["inputs"]
    parts = (
        amount(price).part(Rate.percent(per))
        for price, per in zip(given["prices"], given["percent"], strict=True)
    )
    assert str(Money.total(parts, CNY)) == case["expected"]["commission"]


CHECKS: dict[str, Callable[[Case], None]] = {
    "kpi": _kpi, "KPI-03": _kpi_difference, "KPI-07": _kpi_base, "KPI-13": _ideal,
    "hourly": _hours, "LATE-01": _late, "LATE-02": _early_morning, "package": _package,
    "RES-02": _commission, "RES-03": _commission,
}  # fmt: skip
CHOSEN = [case for case in CASES if case["id"] in CHECKS or case["area"] in CHECKS]


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case["id"])
def test_worked_case(case: Case) -> None:
    (CHECKS.get(case["id"]) or CHECKS[case["area"]])(case)


def test_no_case_is_lost(vectors: Path) -> None:
    assert len(CHOSEN) == 20
