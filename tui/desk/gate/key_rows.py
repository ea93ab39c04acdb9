"""Rows of the key map: which key does what on which kind of screen, as data.

Each room declares its own in its file keys.py, and its declaration names them:

    KEYS = KeyTable(
        {"selling": word("Selling")},
        (row("pay", "F9 + Enter", "selling", word("Pay"), help=word("..."), menu=117, rank=16),),
    )

Kinds of screens are those of the rooms; panel is any question in a panel, question one asked in the
entry line, `everywhere` every screen without a question on it, `anywhere` is under a question too.
A row runs `do_<id>` of the screen, or of the app; the strip, F1, the palette and the manual follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.desk.gate.key_names import read_key, short_name

ANYWHERE = "anywhere"
EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Command:
    """One row. `label` and `help` are message ids; `rank` orders the strip, 0 is not on it."""

    id: str
    keys: tuple[str, ...]
    where: tuple[str, ...]
    label: str
    help: str
    menu: int = 0
    rank: int = 50
    right: str = ""
    # Its keys in the second shipped map, for hands that know a widespread Chinese till.
    till: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        return f"do_{self.id}"

    @property
    def key_text(self) -> str:
        """The first key, as the strip shows it: F9, ^G, `*`."""
        return short_name(self.keys[0]) if self.keys else ""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The keys of a room: its kinds of screens with what the manual calls them, and the rows."""

    kinds: Mapping[str, str]
    rows: tuple[Command, ...]


def row(
    id: str,
    keys: str,
    where: str,
    label: str,
    *,
    help: str,
    menu: int = 0,
    rank: int = 50,
    right: str = "",
    till: str = "",
) -> Command:
    """One row; keys and kinds of screens stand apart by blanks."""
    read = tuple(read_key(word) for word in keys.split())
    return Command(
        id, read, tuple(where.split()), label, help, menu=menu, rank=rank, right=right,
        till=tuple(read_key(word) for word in till.split()) or read,
    )  # fmt: skip
