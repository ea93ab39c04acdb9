"""The control accounts of the departments: what was charged, what the books have, what is not
placed yet; and of the visitors' tax what is owed on, day by day, and who pays none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import TILL
from models.hotel.charges.services import (
    FOOD,
    LAUNDRY,
    MINIBAR,
    OTHER,
    PAID_OUT,
    PHONE,
    ROOM,
    TAX,
)
from models.hotel.folios.departments import departments, not_cleared
from models.ledger.accounts import VISITORS_TAX
from models.reports.report import COUNT, DAY, MONEY, WORD, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

NAMES = {
    ROOM: word("Rooms"), FOOD: word("Food and beverage"), PHONE: word("Telephone"),
    LAUNDRY: word("Laundry"), MINIBAR: word("Minibar"), OTHER: word("Other"),
    TAX: word("Visitors' tax"),
    PAID_OUT: word("Paid out for guests"), TILL: word("From the tills"),
}  # fmt: skip
NOT_PLACED = word("Not placed yet")


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    yield [
        (NAMES.get(each.name, ""), "", each.charged, each.taken_back, each.total, each.booked, None)
        for each in departments(period.first, period.last)
    ]
    yield [
        (NOT_PLACED, f"{folio.number} {folio.name}", None, None, None, None, folio.balance)
        for folio in not_cleared()
    ]


DEPARTMENT_DAYS = ReportKind(
    "departments",
    word("Control accounts of departments"),
    "see takings",
    (
        Column(word("Department"), WORD),
        Column(word("Folio")),
        Column(word("Charged"), MONEY, is_summed=True),
        Column(word("Taken back"), MONEY, is_summed=True),
        Column(word("On accounts"), MONEY, is_summed=True),
        Column(word("In the books"), MONEY, is_summed=True),
        Column(word("Not placed yet"), MONEY, is_summed=True),
    ),
    _pages,
    least=STORE,
)


# A night counts with its persons on the day on which it was posted; what is voided takes them back,
# what is let off leaves them.
_LEVIED = Statement(
    'SELECT d."day", '
    'sum(CASE d."kind" WHEN ? THEN c."quantity" WHEN ? THEN -c."quantity" ELSE 0 END), '
    'sum(CASE WHEN t."tax" > 0 THEN t."tax" ELSE 0 END), '
    'sum(CASE WHEN t."tax" < 0 THEN t."tax" ELSE 0 END), sum(t."tax") '
    'FROM "document" d JOIN "charge_tax" t ON t."document_id" = d."key" '
    'JOIN "charge_line" c ON c."document_id" = d."key" AND c."line" = t."of_line" '
    'WHERE d."day" BETWEEN ? AND ? AND t."account" = ? GROUP BY d."day" ORDER BY d."day"'
)


def _levied(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    yield [
        (day, int(persons) // 1000, *(Money(int(each), money) for each in sums))
        for day, persons, *sums in _LEVIED.rows(
            kinds.CHARGE, kinds.REVERSAL, *period.iso, VISITORS_TAX
        )
    ]


_EXEMPT = Statement(
    'SELECT s."number", s."name", coalesce(r."number", \'\'), s."arrival", s."departure", '
    's."adults", s."tax_free", s."tax_free_why" FROM "stay" s '
    'LEFT JOIN "room" r ON r."key" = s."room_id" WHERE s."tax_free" > 0 '
    'AND s."arrival" <= ? AND s."departure" >= ? ORDER BY s."arrival", s."number"'
)


def _exempt(period: Period, scope: Scope) -> Iterator[Rows]:
    first, last = period.iso
    yield [
        (number, name, room, date.fromisoformat(comes), date.fromisoformat(goes), adults, free, why)
        for number, name, room, comes, goes, adults, free, why in _EXEMPT.rows(last, first)
    ]


TAX_EXEMPT = ReportKind(
    "tax-exempt",
    word("Exempt from visitors' tax"),
    "see takings",
    (
        Column(word("Number")),
        Column(word("Name")),
        Column(word("Room")),
        Column(word("Arrival"), DAY),
        Column(word("Departure"), DAY),
        Column(word("Adults"), COUNT, is_summed=True),
        Column(word("Exempt"), COUNT, is_summed=True),
        Column(word("Reason")),
    ),
    _exempt,
    least=STORE,
)

VISITORS_TAX_DAYS = ReportKind(
    "visitors-tax",
    word("Visitors' tax"),
    "see takings",
    (
        Column(word("Day")),
        Column(word("Persons who pay"), COUNT, is_summed=True),
        Column(word("Charged"), MONEY, is_summed=True),
        Column(word("Taken back"), MONEY, is_summed=True),
        Column(word("Owed on"), MONEY, is_summed=True),
    ),
    _levied,
    least=STORE,
)
