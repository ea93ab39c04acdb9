"""Kinds of document. Each is declared by the file that posts it, under a name of its own:

    SALE = document_kind("sale", "S", slip="sale")

A kind is known by its name alone; what is printed before a number is for people, and is read again
only where somebody typed or scanned it and the kind is known already.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind: its name in the books, the letters before its numbers, and the kind of slip that
    shows it, empty for none.
    """

    name: str
    prefix: str
    slip: str = ""


KINDS: dict[str, DocumentKind] = {}


def document_kind(name: str, prefix: str, *, slip: str = "") -> str:
    """Declare a kind of document; gives its name, of at most 12 letters. The prefix is of capital
    letters, and no other kind has it.
    """
    assert len(name) <= 12 and prefix.isascii() and prefix.isalpha() and prefix.isupper()
    assert all(prefix != kind.prefix for kind in KINDS.values()) and name not in KINDS, name
    KINDS[name] = DocumentKind(name, prefix, slip)
    return name


def label(kind: str, register: int, number: int) -> str:
    """A document's number as printed, such as S01-000042; without the dash it is the slip's bar
    code. A kind that no trade in use declares is named in full.
    """
    known = KINDS.get(kind)
    prefix = known.prefix if known else f"{kind}-"
    return f"{prefix}{register:02d}-{number:06d}"
