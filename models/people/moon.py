"""The moon's calendar (农历): which day of ours a day of it is, and birthdays in both.

A year of the moon has twelve months of 29 or 30 days, some a thirteenth. Which months are long, and
which one comes twice, is astronomy: the table says it for 1900 to 2100 (compared with two programs
that compute it; for one day of 2057 they differ, there it follows the Hong Kong Observatory).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Of each year a number: bit 0 to 11, the months with 30 days; then which month comes twice (four
# bits, 0 none), and whether that one has 30.
_TABLE = """
8bd2 752 ea5 5b2a 64b a9b 14aa6 56a b59 2baa 752 6da5 b25 a4b 15a4b 2ad 56b 25b5 da9 17e92 e92
d25 5d2d a56 2b6 14ad5 6d4 ea9 2f4a e92 66a6 52b a57 15956 b5a 6d4 13761 749 17b13 a93 52b
1651b aad 56a 14da5 ba4 b49 2d4b a95 7aad 536 aad 15aca 5b2 da5 13ea2 d4a 8595 a97 556 6575 ad5
6d2 4755 ea5 64a 364f a9b 7ada 56a b69 5bb2 b52 b25 4b2b a4b 8aab 2ad 56d 165a9 da9 d92 4e95
d25 ae4d a56 2b6 62f5 6d5 ea9 5f52 e92 d26 352e a57 8ad6 35a 6d5 5b69 749 693 4a9b 52b a5b 2aae
56a 7dd5 ba4 b49 5d53 a95 52d 455d ab5 9baa 5d2 da5 16e8a d4a c95 4a9e 556 ab5 2ada 6d2 6765
725 64b 5657 cab 55a 356e b69 bf52 b52 b25 16d0b a4b 4ab 52bb 5ad b6a 2daa d92 7ea5 d25 a55
15a4d 4b6 5b5 136d2 ec9 8f92 e92 d26 16516 a57 4d6 14365 755 749 374b 693 7aab 52b a5b 5aba 56a
b65 4baa b4a 8d95 a95 52d 656d ab5 5aa 45d5 da5 d4a 3e4d c96 7cce 556 ab5 15ad2 6d2 ea5 472a
68b 8697 4ab 55b 16556 b6a 752 4b95 b45 a8b 2a4f 4ab
"""
_YEARS = tuple(int(year, 16) for year in _TABLE.split())
# The first day of the moon's year 1900.
_NEW_YEAR = date(1900, 1, 31)


def _months(year: int) -> list[tuple[int, int]]:
    """The months of a year, in order, each with its days; one that comes twice is there twice."""
    bits = _YEARS[year - FIRST_YEAR]
    leap, found = bits >> 12 & 15, list[tuple[int, int]]()
    for month in range(1, 13):
        found.append((month, 30 if bits >> month - 1 & 1 else 29))
        if month == leap:
            found.append((month, 30 if bits >> 16 & 1 else 29))
    return found


def moon_day(year: int, month: int, day: int) -> date:
    """The day of ours that a day of the moon's calendar is; of a month that has fewer days its last
    one, of one that comes twice the first. ValueError outside of 1900 to 2100.
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no day of the moon's calendar: {year}-{month}-{day}")
    passed = sum(days for each in range(FIRST_YEAR, year) for _, days in _months(each))
    for number, days in _months(year):
        if number == month:
            return _NEW_YEAR + timedelta(days=passed + min(day, days) - 1)
        passed += days
    raise AssertionError(month)


def birthday_in(born: date, year: int, *, is_lunar: bool) -> date:
    """The birthday of a year of its own calendar; a day that the year lacks is the last one of its
    month. One outside of the table is as if it were ours.
    """
    if is_lunar and FIRST_YEAR <= year <= LAST_YEAR:
        return moon_day(year, born.month, born.day if born.day <= 30 else 30)
    return date(year, born.month, min(born.day, monthrange(year, born.month)[1]))


def next_birthday(born: date, day: date, *, is_lunar: bool) -> date:
    """The first birthday that is not before a day."""
    days = (birthday_in(born, day.year + step, is_lunar=is_lunar) for step in (-1, 0, 1))
    return min(each for each in days if each >= day)
