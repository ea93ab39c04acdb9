"""Store settings: what all counters of a store must agree on. What only this machine knows is in
config.toml.

A setting is declared where it is used; the settings screen is made from the declarations.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from peewee import CharField, IntegerField, fn

from models.base.database import Row
from models.base.fields import JsonField
from models.base.hot import Statement
from models.base.refusals import Refusal
from models.base.watched_rows import stamp_of
from models.base.watching import MarkField, open_work
from models.trust import trades
from models.trust.operation import Job, operation


class SettingWrong(Refusal):
    """The value does not fit the setting."""


class SettingFixed(Refusal):
    """The setting was chosen when the store was made, and all its rows are written in it."""


class SettingsChanged(Refusal):
    """Somebody else changed settings in the meantime."""


class Stored(Row):
    """A setting that differs from its default."""

    name = CharField(max_length=60, primary_key=True)
    value = JsonField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"
        table_name = "setting"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: JSON value, default, and either the allowed values or a check. A fixed one is
    chosen when the store is made and never again. `follow` is what a change brings with it, inside
    its transaction and before it: it gets the new value.
    """

    name: str
    default: Any
    allowed: tuple[Any, ...] = ()
    check: Callable[[Any], bool] | None = None
    is_fixed: bool = False
    follow: Callable[[Any], None] | None = None

    def fits(self, value: Any) -> bool:
        if type(value) is not type(self.default):
            return False
        if self.allowed:
            return value in self.allowed
        return self.check is None or self.check(value)

    def value(self) -> Any:
        """The value in force now."""
        seen = differing()
        if seen is None:
            row = _READ.row(self.name)
            return self.default if row is None else _read(row[0])
        return _read(seen[self.name]) if self.name in seen else self.default


SETTINGS: dict[str, Setting] = {}
_READ = Statement('SELECT "value" FROM "setting" WHERE "name" = ?')
_STAMP = stamp_of(Stored, "1 = 1")
_READ_ALL = Statement('SELECT "name", "value" FROM "setting"')


def values_of(*asked: Setting) -> list[Any]:
    """The values of several in force now."""
    seen = differing()
    if seen is None:
        return [each.value() for each in asked]
    return [each.default if each.name not in seen else _read(seen[each.name]) for each in asked]


def _read(text: str) -> Any:
    # A list or a mapping is another one each time: whoever gets it may change it.
    return json.loads(text) if text[:1] in "[{" else _plain(text)


_plain = lru_cache(maxsize=256)(json.loads)


class _Seen:
    """What `differing` gives in the transaction `work`: the same as in the one before, as long as
    a look at the rows gives the same.
    """

    work: object | None = None
    stamp: tuple[Any, ...] | None = None
    texts: ClassVar[dict[str, str]] = {}


def differing() -> dict[str, str] | None:
    """All settings that differ from their defaults, as the open transaction sees them: a sale asks
    for a dozen. The same object as long as none is changed; None outside of a transaction.
    """
    work = open_work()
    if work is None:
        return None
    if _Seen.work is not work:
        stamp = _STAMP.row()
        if stamp != _Seen.stamp:
            _Seen.stamp, _Seen.texts = stamp, dict(_READ_ALL.rows())
        _Seen.work = work
    return _Seen.texts


def setting(
    name: str,
    default: Any,
    *,
    allowed: tuple[Any, ...] = (),
    check: Callable[[Any], bool] | None = None,
    is_fixed: bool = False,
    follow: Callable[[Any], None] | None = None,
) -> Setting:
    """Declare a setting; names are ``area.word``."""
    declared = Setting(name, default, allowed, check, is_fixed, follow)
    SETTINGS[name] = declared
    return declared


def declared_settings() -> dict[str, Setting]:
    """Every setting of the program; the files that declare them are loaded now."""
    trades.load_modules("settings")
    return SETTINGS


def store_value(name: str, value: Any) -> None:
    """Write a setting inside the caller's transaction, checked. Refuses: SettingWrong."""
    declared = declared_settings()[name]
    if not declared.fits(value):
        raise SettingWrong(setting=name, value=value, allowed=", ".join(map(str, declared.allowed)))
    changed = (
        Stored.update(value=value, version=Stored.version + 1).where(Stored.name == name).execute()
    )
    if not changed:
        Stored.create(name=name, value=value)
    _Seen.work = None


def settings_version() -> int:
    """Counts up with each change of any setting; it says what a person saw before changing one."""
    return int(Stored.select(fn.SUM(Stored.version)).scalar() or 0)


@operation(right="change settings")
def change_settings(job: Job, values: dict[str, Any], *, version: int | None = None) -> None:
    """Change several settings at once; old and new values are audited. `version` is that of the
    settings as the person saw them, None where nobody looked.

    Refuses: SettingsChanged, SettingWrong, SettingFixed.
    """
    if version is not None and version != settings_version():
        raise SettingsChanged()
    known = declared_settings()
    unknown = [name for name in values if name not in known]
    if unknown:
        raise SettingWrong(setting=unknown[0], value=values[unknown[0]], allowed="")
    before = {name: known[name].value() for name in values}
    for name, value in values.items():
        if not known[name].fits(value):
            allowed = ", ".join(map(str, known[name].allowed))
            raise SettingWrong(setting=name, value=value, allowed=allowed)
        if known[name].is_fixed and before[name] != value:
            raise SettingFixed(setting=name, value=before[name])

    for name, value in values.items():
        if before[name] != value:
            if follow := known[name].follow:
                follow(value)
            store_value(name, value)
            job.note(**{name: [before[name], value]})
