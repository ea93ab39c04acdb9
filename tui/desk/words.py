"""The language on the screen: `t("Change: {amount}", amount=change)`.

One running program speaks one language at a time. Widgets call `t` when they draw, never before, so
that Ctrl+L needs only a repaint. A widget that keeps drawn text defines `words_changed()` and is
called after each change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from receipts.words import Language, counted, filled, refusal_text, row_of, word

if TYPE_CHECKING:
    from models.base.refusals import Refusal

__all__ = [
    "Spoken",
    "again",
    "keyed",
    "language",
    "listed",
    "move_keys",
    "refusal_told",
    "said",
    "speak",
    "spoken",
    "t",
    "word",
]

_language: Language = "zh"
_moved: dict[str, str] = {}
_key = re.compile("(?!)")


def t(msgid: str, /, **fields: Any) -> str:
    """The text of a message in the language of the screen, with the keys of this counter."""
    return filled(counted(msgid, _language, keyed, fields), fields)


class Spoken(str):
    """A text that knows how it is said: what stands on the screen when the language changes."""

    say: Callable[[], str]


def spoken(say: Callable[[], str]) -> Spoken:
    """A text that `say` says, now and again after a change of the language."""
    text = Spoken(say())
    text.say = say
    return text


def said(msgid: str, /, **fields: Any) -> Spoken:
    """The same as `t`, for what is kept: a question, an alarm, what a panel says."""
    return spoken(lambda: t(msgid, **{name: again(each) for name, each in fields.items()}))


def listed(texts: Iterable[str]) -> str:
    """Texts in a row, with the comma of the language."""
    return row_of(texts, _language)


def again(text: Any) -> Any:
    """A kept text in the language of now; anything else as it is."""
    return text.say() if isinstance(text, Spoken) else text


def refusal_told(refusal: Refusal) -> Spoken:
    """The text of a refusal, likewise."""
    return spoken(lambda: refusal_text(refusal, _language, keyed))


def keyed(text: str) -> str:
    """A text of ours with keys named as this counter has them: all are written for the first map.

    Its fields come in afterwards: what people wrote may look like the name of a key.
    """
    return _key.sub(lambda found: _moved[found[0]], text) if _moved else text


def move_keys(moved: Mapping[str, str]) -> None:
    """From now on what texts call by one key is called by another: {"F12": "Esc"}."""
    global _key
    _moved.clear()
    _moved.update({old: new for old, new in moved.items() if old != new})
    _key = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(_moved)})(?![0-9])" if _moved else "(?!)")


def language() -> Language:
    """The language on the screen."""
    return _language


def speak(lang: Language) -> None:
    """Change the language; DeskbellApp.speak also repaints, and is what screens call."""
    global _language
    _language = lang
