"""Somebody with the store's file: what decides money in the hotel carries a mark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.database import transaction
from models.hotel.charges.package_items import PackageItem
from models.hotel.charges.services import Service
from models.hotel.charges.windows import Routing
from models.hotel.rooms.rates import RatePlan
from models.hotel.stays.stays import Stay
from models.ledger.folios import Folio
from models.trust import trades
from models.trust.mark_checks import MARK_CHECK
from tests.models.hotel.house import House
from tests.models.worked import planting, tallied_wrong
from tests.stores import FIRST_DAY, yuan

pytestmark = pytest.mark.row("SYS-11")

DECIDING = (
    'UPDATE "rate_plan" SET "use" = \'free\'',
    'UPDATE "rate_plan" SET "commission" = 500000',
    'UPDATE "rate_plan" SET "channel" = 7',
    'UPDATE "rate_plan" SET "base_change" = -500000',
    'UPDATE "rate_price" SET "price" = 1',
    'UPDATE "rate_price" SET "extra_bed" = 0',
    'UPDATE "rate_price" SET "ages" = \'[[0,17,0]]\'',
    'UPDATE "package_item" SET "price" = 1',
    'UPDATE "package_item" SET "is_at_till" = true',
    'UPDATE "service" SET "price" = 1',
    'UPDATE "service" SET "service_sum" = 1',
    'UPDATE "service" SET "account" = 6602',
    'UPDATE "service" SET "tax" = 1',
    'UPDATE "night" SET "price" = 1',
    'UPDATE "night" SET "use" = \'free\'',
    'UPDATE "night" SET "is_live" = false',
    'UPDATE "night" SET "document" = 7',
    'UPDATE "routing" SET "share" = 1',
    'UPDATE "routing" SET "folio" = 7',
    'UPDATE "routing" SET "is_active" = false',
)


def wrong() -> set[str]:
    found = (each.where.split()[0] for some in MARK_CHECK.steps(quick=False) for each in some)
    return set(found)


def test_what_decides_in_the_hotel(house: House) -> None:
    stay: Stay = house.book(FIRST_DAY, FIRST_DAY + timedelta(days=2))
    with transaction():
        Routing.create(key=1, stay=stay, folio=1)
        plan = RatePlan.select().first()
        PackageItem.create(
            key=2, plan=plan, code="2000", price=yuan("30"), allowance=yuan("30"), currency="CNY"
        )
    assert Service.select().exists() and Folio.table_exists() and not wrong()
    for statement in DECIDING:
        with planting() as plant:
            plant(statement)
            assert wrong() == {statement.split('"')[1]}, statement
    for table in sorted({statement.split('"')[1] for statement in DECIDING}):
        with planting() as plant:
            before = tallied_wrong()
            plant(f'DELETE FROM "{table}"')
            assert before == {}
            assert tallied_wrong()[table][0] == "RowsTakenAway"


def test_each_marked_table_of_the_hotel_is_planted_in() -> None:
    marked = {
        str(table._meta.table_name)
        for table in trades.tables()
        if table.__module__.startswith("models.hotel") and "mark" in table._meta.fields
    }
    assert marked == {statement.split('"')[1] for statement in DECIDING}
