"""The control accounts of the departments: what was charged, what the books have, what is not
placed yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.base.words import word
from models.hotel.charges.folio_lines import TILL
from models.hotel.charges.services import FOOD, LAUNDRY, MINIBAR, OTHER, PAID_OUT, PHONE, ROOM
from models.hotel.folios.departments import departments, not_cleared
from models.reports.report import MONEY, WORD, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

NAMES = {
    ROOM: word("Rooms"), FOOD: word("Food and beverage"), PHONE: word("Telephone"),
    LAUNDRY: word("Laundry"), MINIBAR: word("Minibar"), OTHER: word("Other"),
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
