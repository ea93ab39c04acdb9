"""Kinds of document, as the trades declare them, and the numbers that people read.

A kind is known by its name alone; what is printed before a number is for people, and is read again
only where somebody typed or scanned it and the kind is known already.
"""

from __future__ import annotations

from models.trust.registers import number_text
from models.trust.trades import DocumentKind, declared, named

# A register's bills, which are asked for before any trade is loaded: the last one, the highest.
SALE = "sale"
# A look at a shift, and its end, which has a series of numbers of its own.
X, Z = "X", "Z"


def kind_of(name: str) -> DocumentKind | None:
    """The kind of this name, None when no trade declares it."""
    found: DocumentKind | None = named("documents", name)
    return found


def kind_names() -> frozenset[str]:
    """The names of all kinds of document."""
    return frozenset(kind.name for kind in declared("documents"))


def label(kind: str, register: int, number: int) -> str:
    """A document's number as printed, such as S01-000042; without the dash it is the slip's bar
    code. A kind that no trade declares is named in full.
    """
    known = kind_of(kind)
    prefix = known.prefix if known else f"{kind}-"
    return f"{prefix}{register:02d}-{number:06d}"


def z_label(register: int, number: int) -> str:
    """The number of a closed shift, as its Z carries it: Z01-00007."""
    return number_text(Z, register, number)
