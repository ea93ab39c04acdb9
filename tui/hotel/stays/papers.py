"""What a text looks like: the number of an identity card, or the two lines of a passport."""

from __future__ import annotations

# The lines of a passport are at least so long; no other paper's number is.
_LINES = 72
# An identity card has eighteen digits, the old ones fifteen; no room and no charge has so many.
_CARD = (15, 18)


def is_of_a_passport(plain: str) -> bool:
    """The two lines below the picture."""
    return "<" in plain or len(plain) >= _LINES


def is_of_a_card(plain: str) -> bool:
    """Digits as an identity card has them, or a few too many or too few, or a letter or two among
    them: those are told, and not taken for another paper. A passport abroad may have nine digits.
    """
    if not plain:
        return False
    if 15 <= len(plain) <= 20 and plain[0].isdigit():
        return sum(not sign.isdigit() for sign in plain) <= 2
    return (plain[:-1] or plain).isdigit() and len(plain) < 6


def is_paper(typed: str) -> bool:
    """Whether a text that stands where something else was expected can only be a paper."""
    plain = "".join(typed.split())
    return is_of_a_passport(plain) or ((plain[:-1]).isdigit() and len(plain) in _CARD)
