"""The key map: which key does what on which screen, as data.

`KeyMap.shipped("deskbell")` or `("chinese")` gives a map, `.changed({"pay": "F9 +"})` one with the
rows of config.toml put in. The strip, the help on F1, the palette and the manual are made from it,
and `GateApp` asks it what a key does. A command `find_goods` runs `do_find_goods` of the screen, or
of the app.

"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tui.desk.gate.key_names import KeyMapRefusal, edits, full_name, read_key, short_name
from tui.desk.gate.key_rows import ANYWHERE, EVERYWHERE, Command

OVER_SCREENS = frozenset({"panel", "question", "picker"})

# Cancel and menu must stay within reach of a person who knows another map.
PLACES = {
    "cancel": frozenset({"f12", "f11", "escape"}),
    "menu": frozenset({"f10", "f11", "escape"}),
}


# Where commands that are not on the strip stand in help and menu: before menu, leave and back.
OFF_STRIP = 95


class KeyCommandUnknown(KeyMapRefusal):
    """There is no command of this name."""


class KeyCommandMisspelt(KeyMapRefusal):
    """There is no command of this name, but one with nearly the same."""


class KeyTakenTwice(KeyMapRefusal):
    """Two commands that work on the same screen have one key."""


class KeyMustStay(KeyMapRefusal):
    """Help, cancel and menu stay where people look for them."""


class SecondKeyMissing(KeyMapRefusal):
    """A terminal may eat the first key, so these commands have two."""


class KeyMap:
    """All commands and their keys; looked up by kind of screen and key."""

    def __init__(self, commands: Iterable[Command], *, name: str = "deskbell") -> None:
        self.name = name
        self.commands = {command.id: command for command in commands}
        _refuse_misplaced(self.commands)
        self._by_key = _index(self.commands.values())
        self._on: dict[str, list[Command]] = {}

    @classmethod
    def shipped(cls, name: str = "deskbell") -> KeyMap:
        """One of the maps that come with the program."""
        from tui.trades import key_tables

        rows = (row for table in key_tables() for row in table.rows)
        if name == "chinese":
            rows = (replace(row, keys=row.till) for row in rows)
        return cls(rows, name=name)

    def changed(self, rows: Mapping[str, str]) -> KeyMap:
        """This map with other keys: {"pay": "F9 +"}; keys apart by blanks, none takes them away.

        Refuses: KeyMapRefusal of some kind.
        """
        commands = dict(self.commands)
        for command_id, written in rows.items():
            if command_id not in commands:
                if near := difflib.get_close_matches(command_id, commands, 1):
                    raise KeyCommandMisspelt(command=command_id, nearest=near[0])
                raise KeyCommandUnknown(command=command_id)
            keys = tuple(read_key(word) for word in written.split())
            commands[command_id] = replace(commands[command_id], keys=keys)
        return KeyMap(commands.values(), name=self.name)

    def find(self, kind: str, key: str, *, is_blank: bool = True) -> Command | None:
        """What a key does on a screen of this kind, if anything.

        A key that types or edits belongs to the entry unless the entry is empty (`is_blank`).
        """
        for where in scopes(kind):
            command = self._by_key.get((where, key))
            if command is not None and (is_blank or not edits(key)):
                return command
        return None

    def on(self, kind: str) -> list[Command]:
        """Every command of a kind of screen: its own first, then the common ones, by rank."""
        if kind not in self._on:
            # Kept: the strip asks with each of its changes, and a map has hundreds of commands.
            reach = set(scopes(kind))
            rows = [row for row in self.commands.values() if reach.intersection(row.where)]
            self._on[kind] = sorted(rows, key=lambda row: row.rank or OFF_STRIP)
        return [*self._on[kind]]

    def moved(self) -> dict[str, str]:
        """Keys that every screen's texts name, and where this map has them."""
        named = {"F12": "cancel", "F10": "menu"}
        return {key: short_name(self.commands[to].keys[0]) for key, to in named.items()}

    def numbered(self, kind: str, number: int) -> Command | None:
        """The command with this menu number on a kind of screen."""
        return next((row for row in self.on(kind) if row.menu == number), None)


def scopes(kind: str) -> tuple[str, ...]:
    """Where a kind of screen looks for a key, nearest first. Questions shut out the common ones."""
    return (kind, ANYWHERE) if kind in OVER_SCREENS else (kind, EVERYWHERE, ANYWHERE)


def _index(commands: Iterable[Command]) -> dict[tuple[str, str], Command]:
    index: dict[tuple[str, str], Command] = {}
    rows = list(commands)
    for row in rows:
        for where in row.where:
            for key in row.keys:
                _refuse_clash(index.get((where, key)), row, key)
                index[where, key] = row
    for (where, key), row in index.items():
        for wider in scopes(where)[1:] if where != ANYWHERE else ():
            _refuse_clash(index.get((wider, key)), row, key)
    return index


def _refuse_clash(other: Command | None, row: Command, key: str) -> None:
    if other is not None and other.id != row.id:
        raise KeyTakenTwice(key=full_name(key), one=other.id, other=row.id)


def _refuse_misplaced(commands: Mapping[str, Command]) -> None:
    for command_id, places in PLACES.items():
        row = commands.get(command_id)
        if row is None:
            continue
        if not any(key in places for key in row.keys):
            named = ", ".join(sorted(full_name(key) for key in places))
            raise KeyMustStay(command=command_id, keys=named)
        if len(row.keys) < 2 or row.keys == ("escape",):
            raise SecondKeyMissing(command=command_id)
