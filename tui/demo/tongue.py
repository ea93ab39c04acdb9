"""The demonstration is in one language: that of who makes it.

Its texts are written `Chinese/English`; what is the same in both has no slash.
"""

from __future__ import annotations

from receipts.words import Language

_spoken: Language = "zh"


def speak(lang: Language) -> None:
    """What is made from now on is in this language."""
    global _spoken
    _spoken = lang


def spoken() -> Language:
    """The language in which the demonstration is made."""
    return _spoken


def own(text: str, lang: Language | None = None) -> str:
    """A text of the demonstration in its language, or in `lang`."""
    chinese, slash, english = text.partition("/")
    return english if slash and (lang or _spoken) == "en" else chinese
