"""The language on the screen: `t("Change: {amount}", amount=change)`.

One running program speaks one language at a time. Widgets call `t` when they draw, never before, so
that Ctrl+L needs only a repaint. A widget that keeps drawn text defines `words_changed()` and is
called after each change.
"""

from __future__ import annotations

from typing import Any

from receipts.words import Language, say, word

__all__ = ["language", "speak", "t", "word"]

_language: Language = "zh"


def t(msgid: str, /, **fields: Any) -> str:
    """The text of a message in the language of the screen."""
    return say(msgid, _language, **fields)


def language() -> Language:
    """The language on the screen."""
    return _language


def speak(lang: Language) -> None:
    """Change the language; DeskbellApp.speak also repaints, and is what screens call."""
    global _language
    _language = lang
