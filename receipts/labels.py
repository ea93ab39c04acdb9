"""Words on slips in one language or both, and how amounts and times are written there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from receipts.words import Language, say

if TYPE_CHECKING:
    from models.base.money import Money

PaperLanguage = Literal["zh", "en", "both"]


def languages(lang: PaperLanguage) -> tuple[Language, ...]:
    """The languages of a slip in the order in which they are printed."""
    if lang == "both":
        return ("zh", "en")
    return ("zh",) if lang == "zh" else ("en",)


def label(msgid: str, lang: PaperLanguage, **fields: Any) -> str:
    """A label in the slip's language; in both, the Chinese stands first: 合计 Total."""
    texts = [say(msgid, one, **fields) for one in languages(lang)]
    return " ".join(dict.fromkeys(texts))


def heads(msgid: str, lang: PaperLanguage) -> tuple[str, ...]:
    """The heads of a column: in both languages one stands above the other."""
    return tuple(say(msgid, one) for one in languages(lang))


def named(name_zh: str, name_en: str, lang: PaperLanguage) -> str:
    """A name that the store keeps in two languages, either of which may be missing."""
    names = {"zh": name_zh or name_en, "en": name_en or name_zh}
    return " ".join(dict.fromkeys(names[one] for one in languages(lang)))


def money_text(amount: Money) -> str:
    """An amount with its currency, the sign in front: -￥12.50, USD 3.00."""
    if amount.currency.code == "CNY":
        sign = "-" if amount.minor < 0 else ""
        return f"{sign}￥{abs(amount)}"
    return f"{amount.currency.code} {amount}"


def time_text(at: datetime) -> str:
    """Local time to the minute, the same in every language."""
    return at.strftime("%Y-%m-%d %H:%M")
