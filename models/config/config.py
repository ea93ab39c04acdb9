"""config.toml: what only this machine knows. What counters must agree on is in the database.

The shipped file gives every value; a config.toml in the store's folder replaces single keys of it.
A device's table is replaced as a whole, because half a device makes no sense.
Every wrong key or value is a refusal of its own that names file, key and what is allowed.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from models.base.plain_files import file_text
from models.config import config_devices
from models.config.config_rules import ConfigRefusal, KeyNames, Rule, Text
from models.config.config_sections import (
    BackupConfig,
    DatabaseConfig,
    LanguagesConfig,
    LockConfig,
    PaperConfig,
    RegisterConfig,
    ScheduleConfig,
    StoreConfig,
    UiConfig,
    required_keys,
    rules_of,
)

FILE_NAME = "config.toml"
# What a slip may be sent to besides a printer: the screen, or nowhere.
NO_PRINTER = ("screen", "none")

NOTHING: Mapping[str, Any] = MappingProxyType({})

DeviceTable = Mapping[str, Any]


class ConfigUnreadable(ConfigRefusal):
    """The file is there but cannot be read."""


class ConfigNotToml(ConfigRefusal):
    """The file does not follow TOML; `reason` names line and column."""


class ConfigTooDeep(ConfigRefusal):
    """Brackets in the file are nested deeper than any setting needs."""


class ConfigControlSign(ConfigRefusal):
    """A text of the file holds a control character: no path, address or name has one."""


class ConfigUnknownKey(ConfigRefusal):
    """There is no such section or key, nor one like it."""


class ConfigMisspeltKey(ConfigRefusal):
    """There is no such section or key; `nearest` is the most similar one."""


class ConfigNotTable(ConfigRefusal):
    """The section must be a table, written with its name in brackets."""


class ConfigMissingKey(ConfigRefusal):
    """The table needs this key."""


class ConfigUnknownPrinter(ConfigRefusal):
    """A slip or the drawer names a printer that has no table."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of this machine. A device that has no table is None."""

    store: StoreConfig
    database: DatabaseConfig
    register: RegisterConfig
    languages: LanguagesConfig
    ui: UiConfig
    lock: LockConfig
    schedule: ScheduleConfig
    backup: BackupConfig
    paper: PaperConfig
    keys: Mapping[str, tuple[str, ...]]
    printers: Mapping[str, DeviceTable]
    scanner: DeviceTable | None = None
    drawer: DeviceTable | None = None
    display: DeviceTable | None = None

    def printer_for(self, kind: str) -> str:
        """The name of the printer for a kind of slip, or "screen" or "none"."""
        return self.paper.slips.get(kind, self.paper.printer)


def read_config(folder: Path) -> Config:
    """The configuration of the store in `folder`, whose own config.toml may be absent.

    Refuses: the first ConfigRefusal; its `all` has every one.
    """
    return _Reading(folder).config()


def shipped_file() -> Path:
    """The configuration that comes with the program."""
    # A wheel carries it beside this file; in the sources it lies at the root.
    beside = Path(__file__).with_name(FILE_NAME)
    return beside if beside.exists() else Path(__file__).parents[2] / FILE_NAME


def store_folder(*, demo: bool = False) -> Path:
    """The folder used when the command line names none: DESKBELL_STORE, or the user's own."""
    named = os.environ.get("DESKBELL_STORE")
    if named and not demo:
        return Path(named)
    return platformdirs.user_data_path("deskbell", appauthor=False) / ("demo" if demo else "store")


_SECTIONS: dict[str, type] = {
    "store": StoreConfig,
    "database": DatabaseConfig,
    "register": RegisterConfig,
    "languages": LanguagesConfig,
    "ui": UiConfig,
    "lock": LockConfig,
    "schedule": ScheduleConfig,
    "backup": BackupConfig,
    "paper": PaperConfig,
}
_ALL_SECTIONS = (*_SECTIONS, "keys", "printer", *config_devices.SINGLE)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _texts(value: Any) -> Iterator[str]:
    """All texts in what a file says, its own names as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value:
            yield from _texts(each)
        if isinstance(value, dict):
            yield from _texts(list(value.values()))


@dataclass(slots=True)
class _Reading:
    """One reading of the two files: collects every refusal before it raises the first."""

    folder: Path
    refusals: list[ConfigRefusal] = field(default_factory=list)
    # Which file a section or key comes from, for the refusal; () is the one being read.
    origin: dict[tuple[str, ...], Path] = field(default_factory=dict)

    def config(self) -> Config:
        raw = self._overlaid()
        parts: dict[str, Any] = {name: self._section(name, raw) for name in _SECTIONS}
        parts["keys"] = self._key_map(raw)
        parts["printers"] = self._printers(raw)
        for name, keys in config_devices.SINGLE.items():
            parts[name] = self._device((name,), raw[name], keys) if name in raw else None
        self._check_printer_names(parts)
        if self.refusals:
            first, *others = self.refusals
            first.others = tuple(others)
            raise first
        return Config(**parts)

    def _overlaid(self) -> dict[str, Any]:
        shipped, own = shipped_file(), self.folder / FILE_NAME
        raw = self._sections_of(shipped)
        for section, table in (self._sections_of(own) if own.exists() else {}).items():
            self.origin |= {(section, key): own for key in table}
            if section in config_devices.SINGLE:
                raw[section], self.origin[(section,)] = table, own
            else:
                raw[section] = raw.get(section, {}) | table
        self.origin[()] = shipped
        return raw

    def _sections_of(self, path: Path) -> dict[str, dict[str, Any]]:
        """The tables of a file; unknown sections and what is no table are refused and left out."""
        self.origin[()] = path
        found = {}
        for name, table in self._parsed(path).items():
            if name not in _ALL_SECTIONS:
                self._refuse_unknown((name,), _ALL_SECTIONS)
            elif not isinstance(table, dict):
                self._refuse(ConfigNotTable(), (name,))
            else:
                found[name] = table
        return found

    def _parsed(self, path: Path) -> dict[str, Any]:
        try:
            found = tomllib.loads(file_text(path))
            if any(_CONTROL.search(text) for text in _texts(found)):
                raise ConfigControlSign(file=str(path))
            return found
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigNotToml(file=str(path), reason=str(error)) from error
        except RecursionError:
            raise ConfigTooDeep(file=str(path)) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigUnreadable(file=str(path), reason=reason) from error

    def _section(self, name: str, raw: dict[str, Any]) -> Any:
        kind, table = _SECTIONS[name], dict(raw.get(name, {}))
        extra: dict[str, Any] = {}
        if kind is PaperConfig:
            extra["slips"] = self._slips(table.pop("slips", {}))
        values = self._values((name,), table, rules_of(kind))
        self._refuse_missing((name,), table, required_keys(kind))
        if kind is DatabaseConfig and values.get("url") == "":
            values["url"] = f"sqlite:///{self.folder / 'store.db'}"
        return _made(kind, values, extra)

    def _values(
        self, path: tuple[str, ...], table: Mapping[str, Any], rules: Mapping[str, Rule]
    ) -> dict[str, Any]:
        """The checked values of a table. A refused key is left out."""
        values = {}
        for key, value in table.items():
            if key not in rules:
                self._refuse_unknown((*path, key), rules)
                continue
            try:
                values[key] = rules[key].take(value)
            except ConfigRefusal as refusal:
                self._refuse(refusal, (*path, key))
        return values

    def _slips(self, table: Any) -> Mapping[str, str]:
        if not isinstance(table, dict):
            self._refuse(ConfigNotTable(), ("paper", "slips"))
            return {}
        rules: dict[str, Rule] = dict.fromkeys(table, Text(40, 1))
        return MappingProxyType(self._values(("paper", "slips"), table, rules))

    def _key_map(self, raw: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
        table = raw.get("keys", {})
        # Which actions there are is known to the key map of the screens, which checks the names.
        rules: dict[str, Rule] = dict.fromkeys(table, KeyNames())
        return MappingProxyType(self._values(("keys",), table, rules))

    def _printers(self, raw: dict[str, Any]) -> Mapping[str, DeviceTable]:
        return MappingProxyType(
            {
                name: self._device(("printer", name), table, config_devices.PRINTER)
                for name, table in self._tables("printer", raw)
            }
        )

    def _tables(self, section: str, raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, table in raw.get(section, {}).items():
            if isinstance(table, dict):
                yield name, table
            else:
                self._refuse(ConfigNotTable(), (section, name))

    def _device(
        self, path: tuple[str, ...], table: dict[str, Any], keys: Mapping[str, Rule]
    ) -> DeviceTable:
        values = self._values(path, table, keys)
        self._refuse_missing(path, table, {"connect"})
        if values.get("connect") == "file" and values.get("path"):
            values["path"] = str(self.folder / values["path"])
        return MappingProxyType(values)

    def _check_printer_names(self, parts: Mapping[str, Any]) -> None:
        known = (*parts["printers"], *NO_PRINTER)
        for path, name in _printers_named(parts):
            if name not in known:
                refusal = ConfigUnknownPrinter(value=name, allowed=", ".join(known))
                self._refuse(refusal, path)

    def _refuse(self, refusal: ConfigRefusal, path: tuple[str, ...]) -> None:
        refusal.fields |= {"file": str(self._file_of(path)), "key": ".".join(path)}
        self.refusals.append(refusal)

    def _refuse_unknown(self, path: tuple[str, ...], known: Iterable[str]) -> None:
        near = difflib.get_close_matches(path[-1], list(known), n=1, cutoff=0.5)
        if near:
            self._refuse(ConfigMisspeltKey(nearest=".".join((*path[:-1], near[0]))), path)
        else:
            self._refuse(ConfigUnknownKey(known=", ".join(known)), path)

    def _refuse_missing(
        self, path: tuple[str, ...], table: Mapping[str, Any], needed: Iterable[str]
    ) -> None:
        for key in sorted(set(needed) - set(table)):
            self._refuse(ConfigMissingKey(), (*path, key))

    def _file_of(self, path: tuple[str, ...]) -> Path:
        for length in (2, 1):
            if path[:length] in self.origin:
                return self.origin[path[:length]]
        return self.origin[()]


def _made(section: type, values: dict[str, Any], extra: Mapping[str, Any] = NOTHING) -> Any:
    # With a refused key it stays unmade: the reading ends in a refusal anyway.
    return section(**values, **extra) if required_keys(section) <= set(values) else None


def _printers_named(parts: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    paper, drawer = parts["paper"], parts["drawer"]
    if paper is not None:
        yield ("paper", "printer"), paper.printer
        yield ("paper", "fallback"), paper.fallback
        for kind, name in paper.slips.items():
            yield ("paper", "slips", kind), name
    if drawer is not None and drawer.get("connect") == "printer":
        yield ("drawer", "printer"), drawer.get("printer", "")
