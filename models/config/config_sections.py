"""The sections of config.toml as frozen values, each key with the rule of what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import time
from functools import cache
from typing import Annotated, get_type_hints

from models.config.config_rules import (
    AgeKey,
    DatabaseAddress,
    Flag,
    Names,
    Number,
    OneOf,
    Rule,
    Text,
    TimeOfDay,
    Whole,
)


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """Which store of a chain this is."""

    number: Annotated[int, Whole(1, 9999)]


@dataclass(frozen=True, slots=True)
class DatabaseConfig:
    """Where the store is. `url` is complete: an empty one in the file becomes the store's file."""

    url: Annotated[str, DatabaseAddress()]
    connect_timeout_s: Annotated[float, Number(1, 60)]
    busy_timeout_s: Annotated[float, Number(0, 60)]


@dataclass(frozen=True, slots=True)
class RegisterConfig:
    """Which counter this machine is, and which of the store's trades are shown at it; none: all."""

    number: Annotated[int, Whole(1, 8_388_607)]
    trades: Annotated[tuple[str, ...], Names()]


@dataclass(frozen=True, slots=True)
class LanguagesConfig:
    """The language before anyone has signed in. Slips have theirs in the store's settings."""

    screen: Annotated[str, OneOf(("zh", "en"))]


@dataclass(frozen=True, slots=True)
class UiConfig:
    """How the screen looks and sounds."""

    theme: Annotated[str, OneOf(("dark", "light", "contrast", "mono"))]
    key_map: Annotated[str, OneOf(("deskbell", "till"))]
    ascii_borders: Annotated[bool, Flag()]
    sound: Annotated[bool, Flag()]
    slow_line: Annotated[bool, Flag()]
    message_s: Annotated[float, Number(1, 60)]


@dataclass(frozen=True, slots=True)
class LockConfig:
    """When the screen locks itself; 0 minutes is never."""

    idle_minutes: Annotated[int, Whole(0, 1440)]
    hide_totals: Annotated[bool, Flag()]


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """Work that the open counter does by itself at a time of day; None is never."""

    backup: Annotated[time | None, TimeOfDay()]
    close_day: Annotated[time | None, TimeOfDay()]
    verify: Annotated[time | None, TimeOfDay()]


@dataclass(frozen=True, slots=True)
class BackupConfig:
    """Where copies go, how many are kept, and who can read them."""

    folder: Annotated[str, Text(260)]
    keep_hourly: Annotated[int, Whole(1, 1000)]
    keep_daily: Annotated[int, Whole(1, 1000)]
    keep_monthly: Annotated[int, Whole(0, 1000)]
    warn_hours: Annotated[int, Whole(1, 720)]
    age_key: Annotated[str, AgeKey()]


@dataclass(frozen=True, slots=True)
class PaperConfig:
    """Which printer takes which slip, and what happens when it cannot."""

    printer: Annotated[str, Text(40, 1)]
    fallback: Annotated[str, Text(40, 1)]
    ask_after_minutes: Annotated[int, Whole(1, 1440)]
    receipt: Annotated[str, OneOf(("always", "ask", "never"))]
    slips: Mapping[str, str]


@cache
def rules_of(section: type) -> dict[str, Rule]:
    """The rule of each key of a section."""
    hints = get_type_hints(section, include_extras=True)
    return {
        name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")
    }


@cache
def required_keys(section: type) -> frozenset[str]:
    """The keys of a section that have no value of their own."""
    ruled = rules_of(section)
    return frozenset(
        each.name for each in fields(section) if each.default is MISSING and each.name in ruled
    )
