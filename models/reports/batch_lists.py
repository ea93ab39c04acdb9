"""Batches that are left, by the day until which they are good (效期表)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from models.base.database import store_number
from models.base.words import word
from models.buying.batches import AHEAD, Batch, dated
from models.goods.goods import Goods, full_name
from models.reports.report import DAY, QUANTITY, WORD, Column, Period, ReportKind, Rows
from models.stock.stock import Location
from models.trust.operation import open_day
from models.trust.scopes import Scope

OVER, SOON, GOOD = word("out of date"), word("good for a week at most"), word("good")
# As far as a printed day may lie from today.
_FAR = timedelta(days=3660)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    day = open_day(store_number())
    places = {row.number: row.name for row in Location.select()}
    for key, batch in dated(day - _FAR, day + _FAR):
        goods = Goods.get_by_id(key)
        yield [(
            goods.code, full_name(goods.name, goods.spec), batch.name, batch.expiry, batch.came,
            batch.quantity, _state(batch, day), places.get(batch.place, ""),
        )]  # fmt: skip


def _state(batch: Batch, day: date) -> str:
    if batch.is_over(day):
        return OVER
    return SOON if batch.expiry is not None and batch.expiry <= day + AHEAD else GOOD


BATCHES = ReportKind(
    "batches", word("Lots and their days"), "see stock",
    (
        Column(word("Code")), Column(word("Item")), Column(word("Lot")),
        Column(word("Good until"), DAY), Column(word("Received on"), DAY),
        Column(word("Quantity"), QUANTITY), Column(word("State"), WORD), Column(word("Place")),
    ),
    _pages,
    is_now=True,
)  # fmt: skip
