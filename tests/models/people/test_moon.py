"""Birthdays in both calendars, also those that do not exist each year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from models.people.moon import birthday_in, moon_day, next_birthday


@pytest.mark.row("MKT-21")
def test_a_birthday_that_a_year_lacks_is_the_last_day_of_its_month() -> None:
    """SU-22; new years of the moon as calendars print them."""
    leap = date(2000, 2, 29)
    assert [birthday_in(leap, year, is_lunar=False) for year in (2027, 2028)] == [
        date(2027, 2, 28), date(2028, 2, 29),
    ]  # fmt: skip
    last = date(1990, 12, 30)
    assert [birthday_in(last, year, is_lunar=True) for year in (2025, 2026, 2027, 2029)] == [
        date(2026, 2, 16), date(2027, 2, 5), date(2028, 1, 25), date(2030, 2, 2),
    ]  # fmt: skip
    # Born in the sixth month of 2025 that came twice: the ordinary one.
    assert birthday_in(date(2025, 6, 15), 2026, is_lunar=True) == date(2026, 7, 28)
    assert moon_day(2025, 8, 15) == date(2025, 10, 6)
    assert [moon_day(year, 1, 1) for year in (1900, 1984, 2000, 2024, 2026, 2033, 2100)] == [
        date(1900, 1, 31), date(1984, 2, 2), date(2000, 2, 5), date(2024, 2, 10),
        date(2026, 2, 17), date(2033, 1, 31), date(2100, 2, 9),
    ]  # fmt: skip
    for wrong in ((1899, 1, 1), (2000, 13, 1), (2000, 1, 31)):
        with pytest.raises(ValueError, match="no day"):
            moon_day(*wrong)


def test_each_year_has_one_birthday_and_the_next_one_is_found() -> None:
    for born, is_lunar in ((date(1990, 12, 30), True), (date(1988, 2, 29), False),
                           (date(1979, 1, 1), True)):  # fmt: skip
        day = date(2026, 1, 1)
        found = []
        while day < date(2031, 1, 1):
            found.append(next_birthday(born, day, is_lunar=is_lunar))
            day = found[-1] + timedelta(days=1)
        assert len(set(found)) == len(found)
        gaps = [(after - before).days for before, after in pairwise(found)]
        assert all(353 <= gap <= 385 for gap in gaps), gaps
