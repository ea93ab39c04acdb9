"""The menu tree: main menu, submenus, entries. Home shows it; a number or a few letters open an
entry.

The rooms declare its entries. What a user has no right to see is not offered; the operation behind
it checks the right again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.desk.trade_screens import MenuEntry, declared

if TYPE_CHECKING:
    from models.trust.users import Rights


@dataclass(frozen=True, slots=True)
class Submenu:
    """A group of the main menu."""

    number: int
    label: str
    entries: tuple[MenuEntry, ...]


def menu_of(trades: tuple[str, ...] | None = None) -> list[Submenu]:
    """The whole tree of these trades, or of all; groups without an entry are left out."""
    return _grouped(list(declared("menu", trades)))


def entries_for(rights: Rights | None, trades: tuple[str, ...]) -> list[Submenu]:
    """The tree with what this user may do at a counter of these trades."""
    return _grouped([
        entry
        for entry in declared("menu", trades)
        if not entry.right or (rights and rights.holds(entry.right))
    ])  # fmt: skip


def _grouped(entries: list[MenuEntry]) -> list[Submenu]:
    return [
        Submenu(number, label, tuple(sorted(found, key=lambda entry: entry.number)))
        for number, label in sorted(declared("groups"))
        if (found := [entry for entry in entries if entry.group_number == number])
    ]
