"""The two proofs without which a house does not turn its date: its books come to nothing, and every
room that was let was charged what was agreed.
"""

from __future__ import annotations

from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.folio_lines import PACKAGE
from models.hotel.stays.stays import IN_HOUSE, Night, Stay
from models.ledger.accounts import GUEST_LEDGER


class BooksOff(Refusal):
    """The accounts do not come to zero, or the folios of guests not to their account: something
    happened to the books beside the program.
    """


class HouseIncomplete(Refusal):
    """Somebody lives in the house and has no night of this date."""


class NightsDiffer(Refusal):
    """What was charged for the nights of this date is not what was agreed for them."""


_ALL = Statement('SELECT coalesce(sum("debit" - "credit"), 0) FROM "day_total"')
_GUESTS = Statement(
    'SELECT coalesce((SELECT sum("debit" - "credit") FROM "day_total" WHERE "account" = ?), 0) - '
    'coalesce((SELECT sum("balance") FROM "folio" WHERE "account" = ?), 0)'
)
_NIGHTS = Statement(
    'SELECT coalesce(sum(n."price"), 0), coalesce(sum((SELECT sum(c."amount") FROM "charge_line" c '
    'WHERE c."document_id" = n."document")), 0) + coalesce(sum((SELECT sum(-l."amount") '
    'FROM "folio_line" l JOIN "stay" s ON s."key" = l."stay" AND s."package_folio" = l."folio" '
    'WHERE l."stay" = n."stay_id" AND l."service_day" = n."day" AND l."kind" = ? '
    'AND l."amount" < 0)), 0) FROM "night" n '
    'WHERE n."day" = ? AND n."document" IS NOT NULL'
)


def prove_day(day: date) -> None:
    """Refuses: BooksOff, HouseIncomplete, NightsDiffer."""
    for off in (_ALL.row(), _GUESTS.row(GUEST_LEDGER, GUEST_LEDGER)):
        if off is not None and off[0]:
            raise BooksOff(date=day, amount=Money(int(off[0]), store_currency()))
    without = without_night(day)
    if without:
        raise HouseIncomplete(
            date=day, stays=", ".join(f"{stay.number} {stay.name}" for stay in without[:10])
        )
    agreed, charged = (
        Money(int(sum_), store_currency()) for sum_ in _NIGHTS.row(PACKAGE, str(day)) or ()
    )
    if agreed != charged:
        raise NightsDiffer(date=day, agreed=agreed, charged=charged)


def without_night(day: date) -> list[Stay]:
    """Who sleeps in the house on this date and has no posted night of it."""
    posted = Night.select(Night.stay).where(
        Night.day == day, Night.is_live, Night.document.is_null(False)
    )
    return list(
        Stay.select()
        .where(
            Stay.state == IN_HOUSE, Stay.arrival <= day, Stay.departure > day,
            Stay.key.not_in(posted),
        )
        .order_by(Stay.key)
    )  # fmt: skip
