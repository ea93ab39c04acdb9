"""Rows of a listing by how their names sound: for pickers of those without an index of their own.

A block of rows is read and then compared here, because no database knows pinyin.
"""

from __future__ import annotations

import time
from dataclasses import replace

from models.base import pinyin
from models.listings.listing_pages import SLICE_S, Slice
from models.listings.listing_reader import Anchor, Line, Reader
from models.listings.listings import Listing, View
from models.trust.operation import Session

_BLOCK = 200


def is_heard(listing: Listing, text: str) -> bool:
    """Is this text looked for here? Letters are, where the listing has no search of its own."""
    return listing.search is None and pinyin.is_spelled(text)


def heard(
    session: Session,
    listing: Listing,
    view: View,
    anchor: Anchor | None,
    *,
    forward: bool,
    limit: int,
) -> Slice:
    """As `listing_pages.page`: rows of which a text that the quick find looks through holds the
    typed letters, or has them as initials or as pinyin in full. Refuses: what `page` refuses.
    """
    reader = Reader(session, listing, replace(view, text=""), forward=forward, also=listing.find)
    until = time.perf_counter() + SLICE_S
    lines: list[Line] = []
    while True:
        block, behind = reader.block(anchor, _BLOCK)
        # A block that is full goes on behind its last row.
        anchor = block[-1].anchor if len(block) == _BLOCK else behind
        for line in block:
            if _sounds(listing, line, view.text):
                lines.append(line)
            if len(lines) == limit:
                return Slice(lines, line.anchor)
        if anchor is None or time.perf_counter() > until:
            return Slice(lines, anchor)


def _sounds(listing: Listing, line: Line, typed: str) -> bool:
    texts = (line.values.get(name) for name in dict.fromkeys((*listing.find, listing.named)))
    return any(pinyin.sounds_like(typed, str(text)) for text in texts if text)
