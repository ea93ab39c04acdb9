"""What a command says: the language, the standard streams, and text from people made harmless."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from models.base.plain_files import file_text
from models.base.refusals import Refusal
from models.base.texts import is_obeyed, plain_json
from models.config.config import FILE_NAME
from receipts.words import LANGUAGES, Language, refusal_text, say

_language: Language = "zh"


def speak(lang: Language) -> None:
    """Set the language of the commands of this process."""
    global _language
    _language = lang


def language() -> Language:
    """The language of the commands."""
    return _language


def t(msgid: str, /, **fields: Any) -> str:
    """The text of a message in the language of the commands."""
    return say(msgid, _language, **fields)


def language_for(folder: Path, environment: Mapping[str, str]) -> Language:
    """What the store's own config.toml says; else what the terminal speaks; else Chinese."""
    own = _language_in(folder / FILE_NAME)
    if own is not None:
        return own
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in names if name), "")
    if spoken.split(".")[0] in ("", "C", "POSIX") or spoken.startswith("zh"):
        return "zh"
    return "en"


def _language_in(path: Path) -> Language | None:
    # A file that cannot be read is refused later, in the language of the terminal.
    try:
        found = tomllib.loads(file_text(path))["languages"]["screen"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return next((lang for lang in LANGUAGES if lang == found), None)


def harmless(text: object) -> str:
    """One line of text without anything that a terminal would obey."""
    line = str(text)
    if line.isascii() and line.isprintable():
        return line
    return "".join(
        " " if one in "\t\n\r" else one for one in line if one in "\t\n\r" or not is_obeyed(one)
    )


def out(text: str = "") -> None:
    """A line on standard output."""
    print(harmless(text))


def tell(text: str) -> None:
    """A sentence on standard error."""
    print(harmless(text), file=sys.stderr)


def tell_refusal(refusal: Refusal) -> None:
    """What was refused, why, and the way out."""
    tell(refusal_text(refusal, _language))


def out_json(value: Any) -> None:
    """A value for a program to read."""
    print(plain_json(value, indent=2))


def is_asking_possible() -> bool:
    """Is there a person at a terminal?"""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def use_streams() -> None:
    """Nothing that a terminal cannot show may end a command; a pipe gets UTF-8 on any system."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if _is_terminal(stream):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def _is_terminal(stream: TextIO) -> bool:
    return os.isatty(stream.fileno()) if _has_number(stream) else False


def _has_number(stream: TextIO) -> bool:
    try:
        stream.fileno()
    except (OSError, ValueError):
        return False
    return True
