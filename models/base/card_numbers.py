"""Card numbers: none is ever stored. The last four digits and the terminal's reference are enough.

For notes and references only, never for codes and ids: one goods code in ten passes Luhn as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from models.base.refusals import Refusal

_LONGEST = 19
_GROUP = re.compile(r"\d+")

# What card numbers begin with, from and to, and how many digits they have (ISO/IEC 7812 and the
# ranges that the schemes publish): Mastercard's second range has 16, American Express 15.
_SCHEMES = (
    ("4", "4", range(14, 20)),
    ("5", "5", range(14, 20)),
    ("3", "3", range(14, 20)),
    ("62", "62", range(14, 20)),
    ("2221", "2720", range(16, 17)),
)


class CardNumberRefused(Refusal):
    """A full card number is never stored: the last four digits and the reference are enough."""


def refuse_card_number(*texts: str, **notes: str) -> None:
    """Look at all fields of one payment, or of one note, together; of those given by name the
    refusal says which one holds it alone. Refuses: CardNumberRefused.
    """
    if holds_card_number(*texts, *notes.values()):
        alone = [name for name, text in notes.items() if holds_card_number(text)]
        raise CardNumberRefused(field=alone[0] if alone else "")


def holds_card_number(*texts: str) -> bool:
    """Do these texts together hold a card number, whatever stands between its digits?

    Everything but digits is taken out first, so signs, letters and the border of two fields hide
    nothing; the fields are read in both directions. A number begins and ends where a group of
    digits does: what stands within longer digits in one piece is a transaction's, not a card's.
    """
    if not any(texts):
        return False
    fields = [_GROUP.findall(_plain(text)) for text in texts]
    orders = (fields, fields[::-1]) if len(fields) > 1 else (fields,)
    return any(
        _is_card(number)
        for order in orders
        for number in _joined([group for field in order for group in field])
    )


def _plain(text: str) -> str:
    """Digits of every script as the ten that are meant."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(sign)) if unicodedata.digit(sign, None) is not None else sign
        for sign in text
    )


def _joined(groups: list[str]) -> Iterator[str]:
    """Neighbouring groups put together, as long as a card number may be."""
    for start in range(len(groups)):
        number = ""
        for group in groups[start:]:
            number += group
            if len(number) > _LONGEST:
                break
            yield number


def _is_card(number: str) -> bool:
    return any(
        first <= number[: len(first)] <= last and len(number) in lengths
        for first, last, lengths in _SCHEMES
    ) and _luhn(number)


def _luhn(number: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0
