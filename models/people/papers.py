"""Numbers of papers: which can be checked, and how."""

from __future__ import annotations

from datetime import date

from models.trust.sealed import plain_signs

ID_CARD, PASSPORT, OTHER = PAPERS = ("id card", "passport", "other")
# GB 11643-1999: the weight of each of the first seventeen digits, and the sign for each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10x98765432"
_REGIONS = range(11, 92)


def paper_text(text: str) -> str:
    """A number as it is stored: its letters and digits, letters in capitals."""
    return plain_signs(text).upper()


def kind_of(kind: str, text: str) -> str:
    """The kind of a paper of which only the number may be said: eighteen signs of which all but the
    last are digits are meant as an identity card's.
    """
    looks_like_one = len(text) == 18 and text[:17].isdigit()
    return kind or (ID_CARD if looks_like_one else OTHER)


def is_paper(kind: str, text: str) -> bool:
    """Can this be the number of such a paper, as `paper_text` gives it?"""
    if kind == ID_CARD:
        return is_id_card(text)
    return 4 <= len(text) <= 20


def is_id_card(text: str) -> bool:
    """Is this the number of a Chinese identity card: region, day of birth, check sign?"""
    body, sign = text[:17], text[17:].lower()
    if len(text) != 18 or not (body.isascii() and body.isdigit()) or birth_of(text) is None:
        return False
    sum_ = sum(int(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True))
    return int(body[:2]) in _REGIONS and _SIGNS[sum_ % 11] == sign


def birth_of(text: str) -> date | None:
    """The day of birth that the number of an identity card holds."""
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
    return born if date(1900, 1, 1) <= born else None
