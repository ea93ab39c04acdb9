"""One record of a listing, for its form: what a person may see of it, and saving what he typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.listings.listing_columns import column
from models.listings.listing_reader import Reader
from models.listings.listings import Field, Listing, Record, View, opened
from models.trust.operation import Session
from models.trust.users import Rights


def record_of(session: Session, listing: Listing, key: Any) -> Record | None:
    """One record for its form, or None when it is gone, or is work that the scope does not show.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    rights = opened(session, listing)
    line = None
    if listing.row is not None:
        rows = Reader(session, listing, View(), forward=True, is_whole=True).keyed([key])
        line = rows[0] if rows else None
    if listing.read is not None:
        is_there = line is not None or listing.row is None
        return _without_hidden(listing, rights, listing.read(key)) if is_there else None
    if line is None:
        return None
    values = line.values
    lines = listing.grid.load(key) if listing.grid else []
    return Record(key, values.pop("version", 0), values, lines)


def _without_hidden(listing: Listing, rights: Rights, whole: Record | None) -> Record | None:
    """What a listing reads by itself, without what the person may not see."""
    if whole is None:
        return None
    hidden = listing.by_name.keys() - {each.name for each in listing.seen(rights)}
    values = {name: value for name, value in whole.values.items() if name not in hidden}
    return replace(whole, values=values)


def save_record(
    session: Session, listing: Listing, key: Any, *, version: int, **values: Any
) -> Any:
    """Save a record by what its form holds; what the person may not see stays as it is, or as it
    begins in a new one. Refuses: what `save` of the listing refuses.
    """
    assert listing.save is not None
    shown = {each.name for each in listing.seen(opened(session, listing))}
    hidden = [each for each in listing.in_form() if each.name not in shown and not each.is_computed]
    kept = _stored_values(listing, hidden, key)
    return listing.save(session, key, version=version, **(values | kept))


def _stored_values(listing: Listing, fields: Sequence[Field], key: Any) -> dict[str, Any]:
    if key is None:
        begun = listing.defaults()
        return {each.name: begun[each.name] for each in fields}
    if not fields:
        return {}
    if listing.read is not None:
        whole = listing.read(key)
        held_now = whole.values if whole else {}
        return {each.name: held_now.get(each.name) for each in fields}
    assert listing.row is not None
    row = listing.row.get_or_none(listing.row._meta.primary_key == key)
    columns = {each.name: column(listing, each.name) for each in fields}
    # A link is saved as the key that it holds.
    return {
        name: getattr(row, getattr(held, "object_id_name", held.name), None)
        for name, held in columns.items()
    }
