"""A listing by the values of one of its fields: how many rows each has, and their sums. Counted as
the totals are, a slice at a time, so that selling goes on meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from models.base.refusals import Refusal
from models.listings.listing_columns import column, sum_value
from models.listings.listing_pages import SLICE_S
from models.listings.listing_reader import Anchor, Reader
from models.listings.listings import FieldHidden, Link, Linked, Listing, View
from models.trust.operation import Session

MOST: Final = 2_000
# Names of linked records that one statement asks for.
NAMES: Final = 500


class GroupsTooMany(Refusal):
    """The column has more different values than a list of groups shows."""


@dataclass(frozen=True, slots=True)
class Group:
    """One value of the field as the column stores it and as it is read (None: blank), the number of
    rows that have it, and their sums by field.
    """

    stored: Any
    value: Any
    count: int
    sums: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What was counted so far; `resume` is where the next call goes on, None at the end."""

    kept: dict[Any, list[int]]
    summed: tuple[str, ...]
    resume: Anchor | None = field(default=None)


def grouped(
    session: Session, listing: Listing, view: View, name: str, *, after: Grouped | None = None
) -> Grouped:
    """Count the rows of a view by a field: call again with what it gave.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing, FieldHidden, GroupsTooMany.
    """
    reader = Reader(session, listing, view, forward=True)
    if name not in reader.seen:
        raise FieldHidden(field=name)
    names = tuple(each.name for each in reader.summed)
    so_far = after or Grouped({}, names)
    kept, anchor = {key: list(sums) for key, sums in so_far.kept.items()}, so_far.resume
    until = time.perf_counter() + SLICE_S
    while True:
        rows, anchor = reader.group_block(name, anchor)
        for value, *figures in rows:
            sums = kept.setdefault(value, [0] * len(figures))
            kept[value] = [a + int(b) for a, b in zip(sums, figures, strict=True)]
        if len(kept) > MOST:
            raise GroupsTooMany(most=MOST)
        if anchor is None or time.perf_counter() > until:
            return Grouped(kept, names, anchor)


def groups_of(listing: Listing, name: str, of: Grouped) -> list[Group]:
    """The groups as they are read: the largest first, and then in the order of their values."""
    link = listing[name].link
    names = _names(link, [key for key in of.kept if key is not None]) if link else {}
    groups = []
    for stored, (count, *sums) in of.kept.items():
        value = column(listing, name).python_value(stored)
        if link:
            value = None if stored is None else Linked(stored, names.get(stored, ""))
        found = zip(of.summed, sums, strict=True)
        groups.append(
            Group(stored, value, count, {n: sum_value(listing, n, total) for n, total in found})
        )
    return sorted(groups, key=lambda each: (-each.count, each.stored is None, str(each.stored)))


def _names(link: Link, keys: Sequence[Any]) -> dict[Any, str]:
    row = link.row
    key, shown = row._meta.fields["key"], row._meta.fields[link.shown]
    found: dict[Any, str] = {}
    for start in range(0, len(keys), NAMES):
        chosen = row.select(key, shown).where(key.in_(keys[start : start + NAMES]))
        found |= {one: str(text or "") for one, text in chosen.tuples()}
    return found
