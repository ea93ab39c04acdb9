"""The words on the screen and on paper, in Chinese and English.

`say("Change: {amount}", "zh", amount=change)` gives the text of a message. The English text is the
message id; only `refusal.*` and `help.*` ids have texts in both catalogues. A message never stands
in another one's field as an id: translate it first. A missing Chinese text falls back to English.

The catalogues are receipts/locale/{zh,en}/LC_MESSAGES/deskbell.po, with their .mo beside them, both
kept in the repository: at run time only the .mo is read, by the gettext of Python.

    python -m receipts.words merge FILE.tsv ...   adds rows and writes both .mo again
    python -m receipts.words drop MESSAGE ...     takes messages out
    python -m receipts.words compile              writes the .mo from the .po

A row of the file is `message id <TAB> Chinese`, or `refusal.Code <TAB> Chinese <TAB> English`; of
a message with a {count}, `message id <TAB> Chinese <TAB> English of one` where that is another. A
row for a message that is there already replaces its text.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from models.base.words import Msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.base.refusals import Refusal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "deskbell"
# Fields of refusals and faults that hold words themselves: a verb of models/trust/roles.py, what
# the system said (receipts/fault_words.py), the name of a listing, or of its columns.
SAID_FIELDS = frozenset({"right", "verb", "why", "reason", "listing", "near", "columns"})


# What is done to our own words before anybody else's stand in them.
Naming = Callable[[str], str]


def as_written(text: str) -> str:
    """Words as the catalogue has them."""
    return text


def say(msgid: str, lang: Language, **fields: Any) -> str:
    """The text of a message, its {fields} filled in."""
    return filled(counted(msgid, lang, as_written, fields), fields)


def row_of(texts: Iterable[str], lang: Language) -> str:
    """Texts one behind the other, with the comma of the language between them."""
    return say("{first}, {second}", lang, first="", second="").join(texts)


def ours(msgid: str, lang: Language, named: Naming) -> str:
    """The text of a message before its fields come in, named anew; what is no message of ours is
    left as it is.
    """
    if text := translated(msgid, lang):
        return named(text)
    # The English text is its id: whether it is one, the Chinese catalogue knows.
    return named(msgid) if translated(msgid, "zh") else msgid


def counted(msgid: str, lang: Language, named: Naming, fields: Mapping[str, Any]) -> str:
    """The same with what its `count` counts: one line, not 1 lines. Chinese has one form."""
    text = ""
    if "count" in fields:
        text = _catalogue(lang).ngettext(msgid, msgid, 1 if str(fields["count"]) == "1" else 2)
    return named(text) if text else ours(msgid, lang, named)


def filled(text: str, fields: Mapping[str, Any]) -> str:
    """A text with its {fields} filled in."""
    return text.format_map(_Fields(fields)) if fields else text


def word(msgid: str) -> str:
    """The message id itself: marks words that stand in a table and are said later."""
    return msgid


def refusal_text(refusal: Refusal, lang: Language, named: Naming = as_written) -> str:
    """What happened, why, and the way out; never a code alone."""
    msgid = f"refusal.{refusal.code}"
    if not translated(msgid, lang):
        unknown = ours("This was refused: {cause}. Press F12.", lang, named)
        return filled(unknown, {"cause": str(refusal)})
    return filled(ours(msgid, lang, named), said_fields(refusal.fields, lang, named))


def said_fields(
    fields: Mapping[str, Any], lang: Language, named: Naming = as_written
) -> dict[str, Any]:
    """The fields of a refusal or a fault, those that are words said in this language."""
    return {
        name: _said(value, lang, named)
        if name in SAID_FIELDS or isinstance(value, Msgid)
        else _short(value)
        for name, value in fields.items()
    }


# Of a text that came from outside so many characters are told: all headings of a file that is none
# would fill the screen.
MOST_TOLD = 400


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MOST_TOLD:
        return f"{value[:MOST_TOLD]}..."
    return value


def _said(value: Any, lang: Language, named: Naming) -> Any:
    if isinstance(value, tuple):
        return row_of((ours(each, lang, named) for each in value), lang)
    return ours(value, lang, named) if isinstance(value, str) else value


def translated(msgid: str, lang: Language) -> str:
    """The text of a message in the catalogue of a language; empty where it has none."""
    return _catalogue(lang).gettext(msgid) if msgid else ""


class _Unknown(gettext.NullTranslations):
    """Says nothing where gettext would say the id."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def _catalogue(lang: Language) -> gettext.NullTranslations:
    # Read once, also for argparse, which looks its own sentences up there.
    texts = gettext.translation(DOMAIN, LOCALE, languages=[lang])
    texts.add_fallback(_Unknown())
    return texts


class _Fields(dict[str, Any]):
    """A field that the caller did not give shows its name; a message is never a second fault."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


if __name__ == "__main__":
    from receipts.catalogues import main

    sys.exit(main(sys.argv[1:]))
