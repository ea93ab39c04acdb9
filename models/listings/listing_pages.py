"""Listings by page: a million rows open as fast as ten.

Whoever reads is named with each call, and sees the fields that his rights show and the rows that
his scope shows. Rows come in the order of one column and the key, behind an anchor, never by
OFFSET. A filter is put on a block of rows at a time, so that no call holds the database longer than
`SLICE_S`, however few rows fit: whoever asks calls again from `resume` until it is None.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from models.base.texts import with_more
from models.listings.listing_columns import is_column
from models.listings.listing_reader import Anchor, Line, Reader
from models.listings.listings import Condition, Linked, Listing, View, opened
from models.trust.operation import Session

SLICE_S = 0.02


@dataclass(frozen=True, slots=True)
class Slice:
    """What one call found; `resume` is where the next goes on, None at the end."""

    lines: list[Line]
    resume: Anchor | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows fit, and the sums of the summed fields by name, as far as it was counted."""

    count: int
    sums: dict[str, int]
    resume: Anchor | None


def page(
    session: Session,
    listing: Listing,
    view: View,
    anchor: Anchor | None,
    *,
    forward: bool = True,
    limit: int = 200,
) -> Slice:
    """At most `limit` rows behind (or, not forward, before) the anchor, nearest first.

    Refuses, as all that read here: SignedOut, OwnPasswordFirst, RightMissing, FieldHidden.
    """
    reader = Reader(session, listing, view, forward=forward)
    until = time.perf_counter() + SLICE_S
    lines: list[Line] = []
    while True:
        wanted = limit - len(lines)
        found, anchor = reader.block(anchor, wanted)
        lines += found
        if anchor is None or len(lines) >= limit or time.perf_counter() > until:
            # A page that is full goes on behind its last row, not behind the block's.
            full = len(lines) >= limit
            return Slice(lines, lines[-1].anchor if full else anchor)


def tally(session: Session, listing: Listing, view: View, after: Tally | None = None) -> Tally:
    """Count the rows and sum them, a slice at a time: call again with what it gave."""
    reader = Reader(session, listing, view, forward=True)
    so_far = after or Tally(0, {each.name: 0 for each in reader.summed}, None)
    count, sums, anchor = so_far.count, dict(so_far.sums), so_far.resume
    until = time.perf_counter() + SLICE_S
    while True:
        more, added, anchor = reader.count_block(anchor)
        count += more
        for name, value in added.items():
            sums[name] += value
        if anchor is None or time.perf_counter() > until:
            return Tally(count, sums, anchor)


def found(session: Session, listing: Listing, view: View, limit: int = 200) -> list[Line]:
    """The rows that the listing's own search means, best first.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    assert listing.search is not None
    # Before the search: also that there is nothing is told to nobody else.
    opened(session, listing)
    keys = listing.search(view.text, limit)
    if not keys:
        return []
    reader = Reader(session, listing, View(conditions=view.conditions), forward=True)
    lines = {line.key: line for line in reader.keyed(keys)}
    return [lines[key] for key in keys if key in lines]


def line_of(session: Session, listing: Listing, key: Any, view: View | None = None) -> Line | None:
    """The row of one record as the list shows it, also when the filter leaves it out."""
    bare = View(order=view.order, is_reversed=view.is_reversed) if view else View()
    rows = Reader(session, listing, bare, forward=True).keyed([key])
    return rows[0] if rows else None


def named(session: Session, listing: Listing, text: str, limit: int = 3) -> list[Linked]:
    """The records that a typed text means: those with this code or name, else those that begin
    with it.
    """
    text = text.strip()
    if listing.means is not None and (keys := listing.means(text)):
        lines = Reader(session, listing, View(), forward=True).keyed(keys)
        return [Linked(line.key, shown_name(listing, line)) for line in lines]
    exact = [Condition(name, "=", text) for name in _texts(listing)]
    begins = [Condition(name, "starts", text) for name in _texts(listing)]
    for conditions in (exact, begins):
        reader = Reader(session, listing, View(), forward=True, any_of=conditions)
        lines, _ = reader.block(None, limit)
        if lines:
            return [Linked(line.key, shown_name(listing, line)) for line in lines]
    return []


def shown_name(listing: Listing, line: Line) -> str:
    """What names a record in sentences and link fields."""
    name, more = (str(line.values.get(each) or "") for each in (listing.named, listing.apart))
    return with_more(name, more)


def _texts(listing: Listing) -> list[str]:
    return [name for name in listing.find if name in listing.by_name or is_column(listing, name)]
