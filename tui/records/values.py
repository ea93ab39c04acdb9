"""Values of records as people read and type them.

`shown(field, value)` gives the text, `typed(field, text)` the value, or a Refusal that says in
words what can stand there. `takes(field, text)` says while a person types whether it can
become one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import MOST_MINOR, Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.listings.listings import Field, Linked
from models.trust.sealed import Sealed
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import t
from tui.records.codes import code_text
from tui.records.looks import HOUR_WIDTH, width_of


class ValueMissing(Refusal):
    """A field that must be filled is blank."""


class ValueWrong(Refusal):
    """The text is no value of the field's kind."""


class ValueTooLong(Refusal):
    """The text is longer than the field holds."""


class ChoiceUnknown(Refusal):
    """The text is none of the field's choices."""


# What may stand in a field of each kind while it is typed.
SIGNS: Final[Mapping[str, re.Pattern[str]]] = {
    "number": re.compile(r"-?[0-9]*"),
    "money": re.compile(r"-?[0-9]*\.?[0-9]*"),
    "quantity": re.compile(r"-?[0-9]*\.?[0-9]*"),
    "cost": re.compile(r"-?[0-9]*\.?[0-9]*"),
    "rate": re.compile(r"-?[0-9]*\.?[0-9]*"),
    "date": re.compile(r"[0-9./-]*"),
}
# What each kind wants, for the sentence that refuses another key.
WANTED: Final[Mapping[str, str]] = {
    "number": word("a whole number, such as 12"),
    "money": word("an amount, such as 12.50"),
    "quantity": word("a quantity, such as 2 or 1.284"),
    "cost": word("a cost, such as 18.3333"),
    "rate": word("a per cent, such as 13"),
    "date": word("a date, such as 2026-11-23 or 1123"),
    "text": word("a text"),
}
# What no shop types: beyond it a bar code slipped into the wrong box, and sums would leave 64 bits.
AMOUNTS: Final = frozenset({"money", "quantity", "cost"})
MOST_AMOUNT: Final = Decimal(MOST_MINOR) / 100
YES, NO = word("Yes"), word("No")
YES_TYPED = frozenset({"y", "yes", "1", "是", "s", "true"})
NO_TYPED = frozenset({"n", "no", "0", "否", "f", "false"})


def shown(field: Field, value: Any) -> str:
    """A value as a person reads it."""
    if value is None or (value == "" and not _is_said(field)):
        return ""
    if field.kind == "yes-no":
        return t(YES) if value else t(NO)
    if field.kind == "choice":
        return next((t(label) for choice, label in field.choices if choice == value), str(value))
    if isinstance(value, Linked):
        return clean(value.text)
    if isinstance(value, Rate):
        return value.percent_text
    if isinstance(value, datetime):
        told = instant_text(value)
        return told[-HOUR_WIDTH:] if width_of(field) == HOUR_WIDTH else told
    # Cleaned here, so that a box never counts as changed because of what it cannot show.
    return code_text(str(value)) if field.is_code else clean(value)


def _is_said(field: Field) -> bool:
    """Whether nothing is a choice with a name of its own, as "confirmed by hand" is; what a new
    record begins with is left blank.
    """
    return field.kind == "choice" and field.default is None


def instant_text(value: datetime) -> str:
    """A moment in the store's zone, to the minute."""
    return value.astimezone(_zone()).strftime("%Y-%m-%d %H:%M")


_zone_now: Any = None


def use_zone(zone: Any) -> None:
    """The zone in which moments are shown; None is that of the machine."""
    global _zone_now
    _zone_now = zone


def _zone() -> Any:
    return _zone_now


def takes(field: Field, text: str) -> bool:
    """Whether this text may stand in the field while it is typed."""
    if len(text) > field.limit:
        return False
    pattern = SIGNS.get(field.kind)
    return pattern is None or pattern.fullmatch(text) is not None


def wanted(field: Field) -> str:
    """What can stand in the field, in words."""
    return t(WANTED.get(field.kind, WANTED["text"]))


def typed(field: Field, text: str) -> Any:
    """The value of a typed text; None for a blank one.

    Refuses: ValueMissing, ValueTooLong, ValueWrong, ChoiceUnknown, and what the field's own check
    refuses.
    """
    text = text.strip()
    label = t(field.label)
    if not text:
        if field.is_required and not field.is_automatic:
            raise ValueMissing(field=label)
        return _blank(field)
    if len(text) > field.limit:
        raise ValueTooLong(field=label, most=field.limit)
    value = _choice(field, text) if field.kind in ("choice", "yes-no") else _read(field, text)
    if field.check is not None and (refusal := field.check(value)) is not None:
        raise refusal
    return value


def _blank(field: Field) -> Any:
    """What an empty box holds: what the field begins with, where it always holds something."""
    if field.kind == "yes-no":
        return bool(field.default)
    if field.kind == "number" and not field.is_automatic:
        return field.default
    if field.kind != "choice":
        return BLANK.get(field.kind)
    nothing = [value for value, _ in field.choices if value in (None, "")]
    if not nothing and field.default is None:
        raise ValueMissing(field=t(field.label))
    return nothing[0] if nothing else field.default


def typed_so_far(field: Field, text: str, values: Mapping[str, Any]) -> Any:
    """What a box for text is about to hold: what it held when nothing was typed over it."""
    held = values.get(field.name)
    if text == shown(field, held):
        return held
    return Sealed(text.strip()) if field.kind == "private" else text.strip()


def _read(field: Field, text: str) -> Any:
    try:
        value = READERS[field.kind](text)
        if field.kind in AMOUNTS and abs(Decimal(text)) >= MOST_AMOUNT:
            raise ValueError(text)
    except ValueError as error:
        raise ValueWrong(field=t(field.label), typed=text, wanted=wanted(field)) from error
    return value


def _choice(field: Field, text: str) -> Any:
    low = text.casefold()
    if field.kind == "yes-no":
        if low in YES_TYPED or low == t(YES).casefold():
            return True
        if low in NO_TYPED or low == t(NO).casefold():
            return False
        raise ChoiceUnknown(field=t(field.label), typed=text, choices=f"{t(YES)}, {t(NO)}")
    labels = [(value, t(label)) for value, label in field.choices]
    for number, (value, label) in enumerate(labels, 1):
        if low in (label.casefold(), str(value).casefold(), str(number)):
            return value
    begins = [value for value, label in labels if label.casefold().startswith(low)]
    if len(begins) == 1:
        return begins[0]
    names = ", ".join(label for _, label in labels)
    raise ChoiceUnknown(field=t(field.label), typed=text, choices=names)


def asked_day(text: str) -> date:
    """A date that was asked for. Refuses: ValueWrong."""
    try:
        return day_of(text.strip())
    except ValueError as error:
        raise ValueWrong(field=t("Day"), typed=text, wanted="2026-11-23") from error


def day_of(text: str) -> date:
    """A typed date: 2026-11-23, 20261123, 261123, or month and day of the present year: 11-23,
    1123.
    """
    from models.base.clock import now

    parts = [part for part in re.split(r"[-./]", text) if part]
    if len(parts) == 1 and len(text) == 8:
        parts = [text[:4], text[4:6], text[6:]]
    elif len(parts) == 1 and len(text) == 6:
        parts = [f"20{text[:2]}", text[2:4], text[4:]]
    elif len(parts) == 1 and len(text) == 4:
        parts = [text[:2], text[2:]]
    if len(parts) == 2:
        parts = [str(now().year), *parts]
    year, month, day = map(int, parts)
    return date(year, month, day)


def _number(text: str) -> int:
    number = int(text)
    if abs(number) >= 1 << 31:
        raise ValueError(text)
    return number


# What a box that was emptied holds; None for the kinds that are not here.
BLANK: Final[Mapping[str, Any]] = {"text": "", "secret": "", "private": Sealed("")}
READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "text": str,
    "secret": str,
    "private": Sealed,
    "number": _number,
    "money": lambda text: Money.parse(text, store_currency()),
    "quantity": Quantity.parse,
    "cost": lambda text: UnitCost.parse(text, store_currency()),
    "rate": Rate.percent,
    "date": day_of,
}


def next_choice(field: Field, value: Any) -> Any:
    """The choice behind this one: what Space goes through."""
    if field.kind == "yes-no":
        return not value
    values = [choice for choice, _ in field.choices]
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]


def filled(fields: list[Field], values: Mapping[str, Any]) -> None:
    """Refuse a record in which a required value is missing. Refuses: ValueMissing."""
    for field in fields:
        value = values.get(field.name)
        if field.is_required and not field.is_automatic and (value is None or value == ""):
            raise ValueMissing(field=t(field.label))
