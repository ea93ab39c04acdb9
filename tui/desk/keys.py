"""The key map: which key does what on which screen, as data.

`KeyMap.shipped("deskbell")` or `("chinese")` gives a map, `.changed({"pay": "F9 +"})` one with the
rows of config.toml put in. The strip, the help on F1, the palette and the manual are made from it,
and `GateApp` asks it what a key does. A command `find_goods` runs `do_find_goods` of the screen, or
of the app.

A key is written as on the keyboard: F9, Ctrl+G, Enter, Delete, PgUp, or the sign itself (`*`).
Inside it is the printable character, or Textual's name for the key (`ctrl+g`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.base.refusals import Refusal

ANYWHERE = "anywhere"
EVERYWHERE = "everywhere"
OVER_SCREENS = frozenset({"panel", "question", "picker"})

NAMES = {
    "enter": "Enter",
    "tab": "Tab",
    "escape": "Esc",
    "delete": "Delete",
    "insert": "Insert",
    "backspace": "Backspace",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "Space",
}
WRITTEN = {
    **{shown.lower(): name for name, shown in NAMES.items()},
    **{name: name for name in NAMES},
    "esc": "escape",
    "del": "delete",
}
# Keys that arrive in every terminal. Ctrl with these letters is free; the other letters are other
# keys in disguise (H, I, J, M), signals, flow control, or eaten by tmux.
CTRL_LETTERS = frozenset("adefgklnortuwxy")
EDITING = frozenset({"enter", "tab", "delete", "insert", "backspace", "home", "end", "space"})
FUNCTION_KEYS = frozenset(f"f{n}" for n in range(1, 13))
# Cancel and menu must stay within reach of a person who knows another map.
PLACES = {
    "cancel": frozenset({"f12", "f11", "escape"}),
    "menu": frozenset({"f10", "f11", "escape"}),
}


# Where commands that are not on the strip stand in help and menu: before menu, leave and back.
OFF_STRIP = 95


class KeyMapRefusal(Refusal):
    """The key map in config.toml cannot be used."""


class KeyNotSent(KeyMapRefusal):
    """Not every terminal sends this key."""


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

    @property
    def method(self) -> str:
        return f"do_{self.id}"

    @property
    def key_text(self) -> str:
        """The first key, as the strip shows it: F9, ^G, `*`."""
        return short_name(self.keys[0]) if self.keys else ""


def read_key(written: str) -> str:
    """The inner name of a key as people write it. Refuses: KeyNotSent."""
    low = written.strip().lower()
    if len(low) == 1 and low.isprintable():
        return low
    if low in WRITTEN:
        return WRITTEN[low]
    if low in FUNCTION_KEYS:
        return low
    if low.startswith(("ctrl+", "^")):
        letter = low.removeprefix("ctrl+").removeprefix("^")
        if letter in CTRL_LETTERS:
            return f"ctrl+{letter}"
    letters = " ".join(sorted(letter.upper() for letter in CTRL_LETTERS))
    raise KeyNotSent(key=written, letters=letters)


def edits(key: str) -> bool:
    """Whether a key means something to an entry with text in it."""
    return len(key) == 1 or key in EDITING


def full_name(key: str) -> str:
    """The key as a person reads it: F9, Ctrl+G, Delete, `*`."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return NAMES.get(key) or key.upper()


def short_name(key: str) -> str:
    """The same for the strip, where Ctrl+G is ^G."""
    return f"^{key[5:].upper()}" if key.startswith("ctrl+") else full_name(key)


def key_of(name: str, character: str | None) -> str:
    """The inner name of a key event: its printable character, or Textual's name."""
    if character and len(character) == 1 and character.isprintable() and character != " ":
        return character.lower() if name.startswith("ctrl+") else character
    return name


class KeyMap:
    """All commands and their keys; looked up by kind of screen and key."""

    def __init__(self, commands: Iterable[Command], *, name: str = "deskbell") -> None:
        self.name = name
        self.commands = {command.id: command for command in commands}
        _refuse_misplaced(self.commands)
        self._by_key = _index(self.commands.values())

    @classmethod
    def shipped(cls, name: str = "deskbell") -> KeyMap:
        """One of the maps that come with the program."""
        from tui.desk.key_table import COMMANDS, MAPS

        changes = MAPS[name]
        return cls(
            (replace(row, keys=changes.get(row.id, row.keys)) for row in COMMANDS), name=name
        )

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
        reach = scopes(kind)
        rows = [row for row in self.commands.values() if set(row.where) & set(reach)]
        return sorted(rows, key=lambda row: row.rank or OFF_STRIP)

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
