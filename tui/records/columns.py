"""Columns of a list from the fields of a listing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base.money import Money
from models.ledger.folios import CLOSED
from models.listings.listing_reader import Line
from models.listings.listings import Field, Listing, Record
from receipts.terminal import cells
from tui.desk.words import t
from tui.records.looks import drop_of, width_of
from tui.records.values import shown
from tui.widgets.line_list import Column

# A name is not squeezed below this to make room for another column.
LEAST = 16


def columns_of(listing: Listing, fields: Iterable[Field]) -> list[Column]:
    """One column a field; the name takes what is left of the width, or what names the record."""
    kept = list(fields)
    names = {each.name for each in kept}
    wide = next((name for name in ("name", listing.named) if name in names), "")
    return [_column(each, is_wide=each.name == wide or not width_of(each)) for each in kept]


def _column(field: Field, *, is_wide: bool) -> Column:
    def read(line: Line) -> Any:
        return cell(field, line)

    return Column(
        field.label,
        # Never narrower than its head in the language of now.
        0 if is_wide else max(width_of(field), cells(t(field.label))),
        "right" if field.is_number else "left",
        drop=drop_of(field),
        read=read,
        least=min(width_of(field), LEAST) or LEAST,
    )


def cell(field: Field, line: Line) -> Any:
    """What stands in a list: the text, muted when the record is switched off."""
    text = shown(field, line.values.get(field.name))
    return (text, "muted") if is_off(line) else text


def is_off(line: Line | Record) -> bool:
    """Whether a record is switched off: still there, no longer offered."""
    values = line.values
    is_closed = values.get("status") == CLOSED
    return values.get("is_active") is False or values.get("is_retired") is True or is_closed


def minor_of(value: Any) -> int:
    """A value as its column stores it, to be added up."""
    if value is None or isinstance(value, int):
        return value or 0
    return int(value.minor if isinstance(value, Money) else value.thousandths)
