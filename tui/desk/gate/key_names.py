"""Names of keys: as people write them, as the strip and the help show them, and inside.

A key is written as on the keyboard: F9, Ctrl+G, Enter, Delete, PgUp, or the sign itself (`*`).
Inside it is the printable character, or Textual's name for the key (`ctrl+g`).
"""

from __future__ import annotations

from models.base.refusals import Refusal

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
CTRL_LETTERS = frozenset("adefgklnoprtuwxy")
EDITING = frozenset({"enter", "tab", "delete", "insert", "backspace", "home", "end", "space"})
FUNCTION_KEYS = frozenset(f"f{n}" for n in range(1, 13))


class KeyMapRefusal(Refusal):
    """The key map in config.toml cannot be used."""


class KeyNotSent(KeyMapRefusal):
    """Not every terminal sends this key."""


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
