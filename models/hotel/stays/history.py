"""What the house knows of a person's past: his stays, and the deposits that are held for him."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from models.base import clock
from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.hotel.stays.stays import CANCELLED, DEPARTED, IN_HOUSE, NO_SHOW
from models.people.history import Event, Figure, Source
from models.trust.scopes import Narrowed, Scope

# Any other state is a stay that is still to come.
_STATES: Final = {
    IN_HOUSE: word("In the house"), DEPARTED: word("Stayed"), CANCELLED: word("Cancelled"),
    NO_SHOW: word("No-show"),
}  # fmt: skip
_TO_COME = word("Booked")

# What a stay came to for its rooms: the nights that were posted.
_ROOMS = (
    '(SELECT sum(n."price") FROM "night" n WHERE n."stay_id" = s."key" '
    'AND n."document" IS NOT NULL)'
)
_STAYS = Narrowed(
    f'SELECT s."arrival", coalesce(s."arrived_at", b."at") AS "at", s."state", s."number", '
    f's."departure", r."number", {_ROOMS} '
    'FROM "stay" s JOIN "booking" b ON b."key" = s."booking_id" '
    'LEFT JOIN "room" r ON r."key" = s."room_id" WHERE s."person" = ? '
    'AND coalesce(s."arrived_at", b."at") < ?{scope} ORDER BY 2 DESC LIMIT ?',
    'b."user"',
    store='s."store"',
)
_HELD = Narrowed(
    'SELECT b."day", f."created_at", f."number", b."number", f."balance" FROM "booking" b '
    'JOIN "folio" f ON f."key" = b."deposit_folio" WHERE b."person" = ? '
    'AND f."created_at" < ?{scope} ORDER BY 2 DESC LIMIT ?',
    'b."user"',
    store='b."store"',
)
_SUMS = Narrowed(
    'SELECT count(DISTINCT s."key"), count(n."day"), coalesce(sum(n."price"), 0) FROM "stay" s '
    'JOIN "booking" b ON b."key" = s."booking_id" JOIN "night" n ON n."stay_id" = s."key" '
    'AND n."document" IS NOT NULL WHERE s."person" = ?{scope}',
    'b."user"',
    store='s."store"',
)
_ALWAYS = 2**62


def _events(scope: Scope, keys: Sequence[int], before: datetime | None, limit: int) -> list[Event]:
    until = _ALWAYS if before is None else clock.micros(before)
    stays = [_stay(row) for key in keys for row in _STAYS.rows(scope, (key, until), (limit,))]
    held = [_deposit(row) for key in keys for row in _HELD.rows(scope, (key, until), (limit,))]
    return stays + held


def _stay(row: Sequence[Any]) -> Event:
    arrival, at, state, number, departure, room, came_to = row
    return Event(
        day=_date(arrival), at=clock.from_micros(at), kind=_STATES.get(state, _TO_COME),
        label=number, what=f"{room or ''}  {arrival} - {departure}".strip(),
        amount=None if came_to is None else Money(int(came_to), store_currency()),
    )  # fmt: skip


def _deposit(row: Sequence[Any]) -> Event:
    day, at, folio, booking, balance = row
    return Event(
        day=_date(day), at=clock.from_micros(at), kind=word("Deposit"), label=folio, what=booking,
        amount=-Money(int(balance), store_currency()),
    )  # fmt: skip


def _date(text: str) -> Any:
    return datetime.fromisoformat(text).date()


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    sums = [_SUMS.rows(scope, (key,))[0] for key in keys]
    stays, nights, price = (sum(int(each[place]) for each in sums) for place in range(3))
    if not stays:
        return []
    return [
        Figure(word("Times here"), stays), Figure(word("Nights"), nights),
        Figure(word("For rooms"), Money(price, store_currency())),
    ]  # fmt: skip


LIVED = Source(_events, _figures)
