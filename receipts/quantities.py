"""How many of something, as a screen or a slip says it: pieces as a number, packs with what is in
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import PaperLanguage, languages
from receipts.words import say, word

if TYPE_CHECKING:
    from models.base.quantity import Quantity

_PACKS = word("{count}×{pieces} {unit}")


def quantity_text(quantity: Quantity, *, pack: Quantity, unit: str, lang: PaperLanguage) -> str:
    """`3`, or `3箱(12罐)` for packs of twelve; in both languages the first says it."""
    if pack.thousandths == 1000:
        return str(quantity)
    return say(_PACKS, languages(lang)[0], count=quantity, pieces=pack, unit=unit)
