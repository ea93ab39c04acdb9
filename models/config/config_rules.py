"""What a value in config.toml may be: one small rule a kind, each with its own refusal.

A rule takes the raw value of TOML and gives the value that the program uses, or raises the refusal
with what is allowed. The reader adds the file and the key (see config.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Any, Protocol
from urllib.parse import urlsplit

from models.base.refusals import Refusal


class ConfigRefusal(Refusal):
    """The configuration cannot be used. `others` holds the further refusals of the same reading."""

    others: tuple[ConfigRefusal, ...] = ()

    @property
    def all(self) -> tuple[ConfigRefusal, ...]:
        return (self, *self.others)


class ConfigNotFlag(ConfigRefusal):
    """The value is neither true nor false."""


class ConfigNotWhole(ConfigRefusal):
    """The value is not a whole number from `lowest` to `highest`."""


class ConfigNotNumber(ConfigRefusal):
    """The value is not a number from `lowest` to `highest`."""


class ConfigNotText(ConfigRefusal):
    """The value is not text of `shortest` to `longest` characters."""


class ConfigNotOneOf(ConfigRefusal):
    """The value is none of the words in `allowed`."""


class ConfigNotList(ConfigRefusal):
    """The value is not a list of different words in `allowed`."""


class ConfigNotTime(ConfigRefusal):
    """The value is not a time of day such as "02:10", nor empty for never."""


class ConfigNotKeys(ConfigRefusal):
    """The value is not the name of a key, nor a list of such names."""


class ConfigNotDatabase(ConfigRefusal):
    """The value is not an address of a PostgreSQL database, nor empty for the store's own file."""


class ConfigPasswordShown(ConfigRefusal):
    """A password stands in the database's address, where others can read it."""


class ConfigNotAgeKey(ConfigRefusal):
    """The value is not a public key of age, nor empty for backups in plain."""


class Rule(Protocol):
    """Checks one value."""

    def take(self, value: Any) -> Any:
        """The value as the program uses it. Refuses with a ConfigRefusal without file and key."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def take(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ConfigNotFlag(value=value)
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both allowed."""

    lowest: int
    highest: int

    def take(self, value: Any) -> int:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or not self.lowest <= value <= self.highest:
            raise ConfigNotWhole(value=value, lowest=self.lowest, highest=self.highest)
        return int(value)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of seconds, hours and the like within bounds; never money."""

    lowest: float
    highest: float

    def take(self, value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not self.lowest <= value <= self.highest:
            raise ConfigNotNumber(value=value, lowest=self.lowest, highest=self.highest)
        return float(value)


@dataclass(frozen=True, slots=True)
class Text:
    """Text; `shortest` 0 allows the empty one."""

    longest: int = 200
    shortest: int = 0

    def take(self, value: Any) -> str:
        if not isinstance(value, str) or not self.shortest <= len(value) <= self.longest:
            raise ConfigNotText(value=value, shortest=self.shortest, longest=self.longest)
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words, or of a few numbers."""

    allowed: tuple[str | int, ...]

    def take(self, value: Any) -> Any:
        if isinstance(value, bool) or value not in self.allowed:
            raise ConfigNotOneOf(value=value, allowed=_listed(self.allowed))
        return value


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names, none twice; it may be empty."""

    def take(self, value: Any) -> tuple[str, ...]:
        fits = isinstance(value, list) and all(isinstance(name, str) for name in value)
        if not fits or len(set(value)) != len(value):
            raise ConfigNotList(value=value)
        return tuple(value)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time "HH:MM"; empty means never and becomes None."""

    def take(self, value: Any) -> time | None:
        if value == "":
            return None
        if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise ConfigNotTime(value=value)
        return time.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class PortOrName:
    """A number of a network port, or the name of a serial port (COM3, /dev/ttyUSB0)."""

    def take(self, value: Any) -> int | str:
        if isinstance(value, str):
            return Text(120, 1).take(value)
        return Whole(1, 65535).take(value)


@dataclass(frozen=True, slots=True)
class KeyNames:
    """A key's name or a list of them; which names there are is the key map's matter."""

    def take(self, value: Any) -> tuple[str, ...]:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(_is_key_name(name) for name in names):
            raise ConfigNotKeys(value=value)
        return tuple(names)


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Empty for the store's own file, or postgresql://user@host/name without a password."""

    def take(self, value: Any) -> str:
        if value == "":
            return ""
        try:
            parts = urlsplit(value if isinstance(value, str) else "")
        except ValueError:
            raise ConfigNotDatabase(value=value) from None
        if parts.password is not None or "password=" in parts.query:
            raise ConfigPasswordShown(value=parts.scheme)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            raise ConfigNotDatabase(value=value)
        return str(value)


@dataclass(frozen=True, slots=True)
class AgeKey:
    """The public half of an age key pair; empty leaves backups in plain."""

    def take(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"(age1[0-9a-z]{58})?", value):
            raise ConfigNotAgeKey(value=value)
        return value


def _is_key_name(name: Any) -> bool:
    return isinstance(name, str) and re.fullmatch(r"\S{1,40}", name) is not None


def _listed(words: tuple[str | int, ...]) -> str:
    return ", ".join(str(word) for word in words)
