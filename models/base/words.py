"""Message ids that models name for those above: titles and headings, said later by the screens."""

from __future__ import annotations


def word(msgid: str) -> str:
    """The message id itself: marks a text as one. The words stand in the catalogues."""
    return msgid


class Msgid(str):
    """A message id among texts that are data, such as names: said in the reader's language."""

    __slots__ = ()
