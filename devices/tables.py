"""Reads values out of a device's table from config.toml, and refuses wrong ones by name."""

from __future__ import annotations

from collections.abc import Mapping

from devices.faults import BadDeviceTable


def text(table: Mapping[str, object], key: str, default: str | None = None) -> str:
    """The text under `key`; without a default it must be there and not empty."""
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise BadDeviceTable(key=key, value=value)
    return value


def whole(table: Mapping[str, object], key: str, default: int) -> int:
    """A whole number."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadDeviceTable(key=key, value=value)
    return value


def seconds(table: Mapping[str, object], key: str, default: float) -> float:
    """A time of zero or more seconds."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise BadDeviceTable(key=key, value=value)
    return float(value)


def flag(table: Mapping[str, object], key: str, default: bool) -> bool:
    """True or false."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise BadDeviceTable(key=key, value=value)
    return value


def choice(table: Mapping[str, object], key: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed words."""
    value = text(table, key, default)
    if value not in allowed:
        raise BadDeviceTable(key=key, value=value, allowed=", ".join(allowed))
    return value
