"""Saving a record, and what happens when somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.listings.listing_records import save_record
from models.listings.listings import Field, Linked, Listing, Record
from receipts.words import word
from tui.desk.words import refusal_told, t
from tui.records.values import shown
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen


def plain_values(
    listing: Listing, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """What the listing's `save` takes: links as keys, the lines under the grid's name."""
    plain = {
        each.name: _plain(values.get(each.name))
        for each in listing.in_form()
        if not each.is_computed
    }
    if listing.grid:
        plain[listing.grid.name] = [
            {name: _plain(value) for name, value in line.items()} for line in lines
        ]
    return plain


def _plain(value: Any) -> Any:
    return value.key if isinstance(value, Linked) else value


async def store(
    screen: FrameScreen, listing: Listing, record: Record | None, plain: Mapping[str, Any]
) -> Any:
    """Save a record; what a person may overrule is asked. Refuses: what `save` does."""
    assert listing.save is not None
    key, version = (record.key, record.version) if record else (None, 0)
    try:
        return await screen.operate(save_record, listing, key, version=version, **plain)
    except Refusal as refusal:
        meant = listing.overruled.get(refusal.code)
        if meant is None:
            raise
        told = refusal_told(refusal)
        if not await screen.desk.ask(Confirm(word("Save it all the same?"), told)):
            raise
        return await screen.operate(
            save_record, listing, key, version=version, **plain, **{meant: True}
        )


def is_conflict(refusal: Refusal) -> bool:
    """Whether somebody else changed the record meanwhile."""
    return refusal.code.endswith("Changed")


def merged(
    fields: Sequence[Field],
    before: Mapping[str, Any],
    there: Mapping[str, Any],
    mine: Mapping[str, Any],
) -> tuple[dict[str, Any], list[str]]:
    """What another person changed, with what was changed here on top; and the differences in
    words.
    """
    values, told = dict(there), []
    for each in fields:
        old, theirs, ours = (held.get(each.name) for held in (before, there, mine))
        if theirs != old:
            told.append(_difference(each, theirs, ours, is_mine=ours != old))
        if ours != old:
            values[each.name] = ours
    return values, told


def _difference(field: Field, theirs: Any, ours: Any, *, is_mine: bool) -> str:
    label, there = t(field.label), shown(field, theirs) or "-"
    if not is_mine:
        return t("{field}: now {value}.", field=label, value=there)
    mine = shown(field, ours) or "-"
    return t(
        "{field}: there {value}, here {mine}. Saving keeps what stands here.",
        field=label,
        value=there,
        mine=mine,
    )


def last_entries(desk: Any) -> dict[str, dict[str, Any]]:
    """What was saved last in each listing while this program runs."""
    kept: dict[str, dict[str, Any]] | None = getattr(desk, "last_entries", None)
    if kept is None:
        kept = desk.last_entries = {}
    return kept
