"""Store settings (系统设置): one form over what models declare, the store's own data first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.goods.scale_labels import LabelLayoutWrong, label_layouts
from models.ledger.cash import SMALLEST_COIN
from models.trust.books import Book, Field, Record
from models.trust.settings import SETTINGS, SettingWrong, change_settings, settings_version
from receipts.words import word
from tui.desk.words import t

HOTEL = "hotel"
LANGUAGES = (("zh", word("Chinese")), ("en", word("English")))
SLIP_LANGUAGES = (*LANGUAGES, ("both", word("Both")))
ROUNDINGS = (("per_line", word("Each line")), ("per_document", word("Once a bill")))
STEPS = (
    (SMALLEST_COIN, word("To the smallest coin")),
    (1, word("Not at all")),
    (5, word("To 0.05")),
    (10, word("To 0.10")),
    (50, word("To 0.50")),
    (100, word("To 1.00")),
)
MODES = (
    ("half_up", word("To the nearest, half up")),
    ("half_down", word("To the nearest, half down")),
    ("up", word("Up")),
    ("down", word("Down")),
)
BELOW_ZERO = (("warn", word("Warn")), ("refuse", word("Refuse")))

# Each setting with its words.
_FIELDS = (
    Field("company.name", word("Store name"), width=44, limit=60, is_required=True),
    Field("company.branch", word("Branch"), width=44, limit=60),
    Field("company.address", word("Address"), width=44, limit=120),
    Field("company.phone", word("Phone"), width=20, limit=40),
    Field("company.tax_number", word("Tax number"), width=30, limit=30),
    Field("company.footer", word("Words on slips"), width=44, limit=200,
          help=word("Stands at the foot of each slip.")),
    Field("company.language", word("Language"), "choice", width=10, choices=LANGUAGES),
    Field("company.slip_language", word("Slips in"), "choice", width=10, choices=SLIP_LANGUAGES,
          is_beside=True),
    Field("company.currency", word("Currency"), width=6, is_computed=True),
    Field("company.zone", word("Time zone"), width=20, limit=40, is_required=True, is_beside=True,
          example="Asia/Shanghai"),
    Field("store.trades", word("Trades"), width=20, limit=40, is_required=True,
          help=word("shop, hotel, salon; more than one with a blank between")),
    Field("hotel.tax_on_service", word("Tax on service charge"), "yes-no", trade=HOTEL, width=6),
    Field("hotel.check_in_to_dirty_rooms", word("Dirty rooms can be let"), "yes-no", trade=HOTEL,
          width=6, is_beside=True),
    Field("hotel.late_from", word("Late from"), trade=HOTEL, width=6, limit=5, example="12:00"),
    Field("hotel.late_whole_after", word("Whole night after"), trade=HOTEL, width=6, limit=5,
          example="18:00", is_beside=True),
    Field("hotel.earliest_close", word("Closed from"), "number", trade=HOTEL, width=4,
          unit=word("o'clock"), is_required=True),
    Field("tax.prices_include", word("Prices with tax"), "yes-no", width=6,
          help=word("Yes: the tax is in the price. No: it comes on top.")),
    Field("tax.rounding", word("Tax is rounded"), "choice", width=14, choices=ROUNDINGS,
          is_beside=True),
    Field("cash.step", word("Cash is rounded"), "choice", width=20, choices=STEPS,
          help=word("Only what is paid in cash; the rounding stands on the slip.")),
    Field("cash.mode", word("Which way"), "choice", width=24, choices=MODES, is_beside=True),
    Field("stock.below_zero", word("Below zero"), "choice", width=10, choices=BELOW_ZERO,
          help=word("What happens when more is sold than there is in stock.")),
    Field("day.close_hour", word("Day ends at"), "number", width=4, unit=word("o'clock"),
          is_beside=True, is_required=True,
          help=word("After this hour, yesterday must be closed before the first shift opens.")),
    Field("goods.scale_labels", word("Scale labels"), width=44, limit=200, example="21IIIIIAAA.AAC",
          help=word(
              "I item, A amount, W weight, X unread, C check digit; a point before decimals"
          )),
)  # fmt: skip


def _checked(field: Field) -> Field:
    """The field with the check of its setting."""

    def check(value: Any) -> SettingWrong | None:
        fits = SETTINGS[field.name].fits(value)
        return None if fits else SettingWrong(setting=t(field.label), value=value, allowed="")

    def check_labels(value: Any) -> LabelLayoutWrong | None:
        try:
            label_layouts(str(value or ""))
        except LabelLayoutWrong as refusal:
            return refusal
        return None

    if field.name == "goods.scale_labels":
        return replace(field, check=check_labels)
    return field if field.is_computed else replace(field, check=check)


FIELDS = tuple(_checked(each) for each in _FIELDS)
# What was decided when the store was made, or is said elsewhere.
HIDDEN = ("company.is_demo",)


def _read(_: Any) -> Record:
    # The version first: what changes between the two reads is told, not written over.
    version = settings_version()
    return Record("settings", version, {each.name: SETTINGS[each.name].value() for each in FIELDS})


def _save(session: Any, _: Any, *, version: int, **values: Any) -> None:
    uid = values.pop("uid")
    how = {"override": values.pop("override")} if "override" in values else {}
    change_settings(session, values, version=version, uid=uid, **how)


BOOK = Book(
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
