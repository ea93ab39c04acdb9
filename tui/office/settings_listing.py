"""Store settings (系统设置): one form over what the trades declare, the store's own data first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from models.base.named import load
from models.listings.listings import Field, Listing, Record
from models.trust.settings import (
    SettingWrong,
    change_settings,
    declared_settings,
    settings_version,
)
from models.trust.trades_used import chosen, switch_of
from receipts.words import word
from tui.desk.trade_screens import SCREENS
from tui.desk.words import t
from tui.records.looks import Look

LANGUAGES = (("zh", word("Chinese")), ("en", word("English")))
SLIP_LANGUAGES = (*LANGUAGES, ("both", word("Both")))

# The fields of what every store has, each with its words.
COMPANY = (
    Field("company.name", word("Store name"), look=Look(44), limit=60, is_required=True),
    Field("company.branch", word("Branch"), look=Look(44), limit=60),
    Field("company.address", word("Address"), look=Look(44), limit=120),
    Field("company.phone", word("Phone"), look=Look(20), limit=40),
    Field("company.tax_number", word("Tax number"), look=Look(30), limit=30),
    Field("company.footer", word("Words on slips"), look=Look(44), limit=200,
          help=word("Stands at the foot of each slip.")),
    Field("company.language", word("Language"), "choice", look=Look(10), choices=LANGUAGES),
    Field("company.slip_language", word("Slips in"), "choice", look=Look(10, is_beside=True),
          choices=SLIP_LANGUAGES),
    Field("company.currency", word("Currency"), look=Look(6), is_computed=True),
    Field("company.zone", word("Time zone"), look=Look(20, is_beside=True), limit=40,
          is_required=True,
          example="Asia/Shanghai"),
)  # fmt: skip
# What was decided when the store was made, or is said elsewhere.
HIDDEN = ("company.is_demo",)


def _switches() -> Iterable[Field]:
    """Each trade that may be chosen."""
    for place, trade in enumerate(chosen()):
        help = word("What belongs to a trade that is not in use is not shown.")
        yield Field(
            switch_of(trade.name), trade.title, "yes-no",
            look=Look(is_beside=True) if place else None,
            help="" if place else help,
        )  # fmt: skip


def _checked(field: Field) -> Field:
    """The field with the check of its setting, unless it has a better one."""
    setting = declared_settings()[field.name]

    def check(value: Any) -> SettingWrong | None:
        fits = setting.fits(value)
        return None if fits else SettingWrong(setting=t(field.label), value=value, allowed="")

    return field if field.is_computed or field.check else replace(field, check=check)


def _fields() -> Iterable[Field]:
    """The fields of every room; the form shows those of the trades in use."""
    for screens in SCREENS:
        for name in screens.settings:
            yield from (_checked(replace(each, trade=screens.trade)) for each in load(name))
    yield from _switches()


def _read(_: Any) -> Record:
    # The version first: what changes between the two reads is told, not written over.
    version = settings_version()
    values = {name: setting.value() for name, setting in declared_settings().items()}
    return Record("settings", version, values)


def _save(session: Any, _: Any, *, version: int, **values: Any) -> None:
    uid = values.pop("uid")
    how = {"override": values.pop("override")} if "override" in values else {}
    change_settings(session, values, version=version, uid=uid, **how)


FIELDS = tuple(_fields())

LISTING = Listing(
    "settings",
    word("Store settings"),
    fields=FIELDS,
    named="company.name",
    right="change settings",
    change_right="change settings",
    read=_read,
    save=_save,
    can_add=False,
)
