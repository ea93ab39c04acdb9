"""Birthday offers: how near the birthday of a member is, and which he had this year."""

from __future__ import annotations

from datetime import date, timedelta

from models.base.hot import rows_in
from models.people.merging import keys_of, root_of
from models.people.moon import birthday_in
from models.people.persons import Person

# One offer a year, though birthdays of the moon's calendar are up to 385 days apart.
_YEAR = timedelta(days=300)


def days_to_birthday(person: Person, day: date) -> int | None:
    """How many days the nearest birthday is away, before or behind; None when it is not known."""
    if person.birthday is None:
        return None
    years = (day.year - 1, day.year, day.year + 1)
    days = (birthday_in(person.birthday, year, is_lunar=person.is_lunar) for year in years)
    return min(abs((each - day).days) for each in days)


_HAD = (
    'SELECT c."promotion" FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    'JOIN "charge_promotion" c ON c."document_id" = d."key" WHERE d."day" > ? '
    'AND s."person" IN (...) GROUP BY c."promotion" HAVING sum(c."off") > 0'
)


def had_this_year(person: int, day: date) -> frozenset[int]:
    """The promotions that a person had in the last months, less what came back."""
    keys = keys_of(root_of(person))
    return frozenset(int(key) for (key,) in rows_in(_HAD, keys, (day - _YEAR).isoformat()))
