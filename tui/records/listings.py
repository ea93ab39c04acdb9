"""The listings of the store, one small file each: `listing("goods")` loads it when it is asked
for. The rooms declare them.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.base.named import load
from models.listings.listings import Listing
from tui.desk.trade_screens import declared


def listing_names() -> list[str]:
    """The names of all listings."""
    return [name for name, _ in declared("listings")]


def listing(name: str) -> Listing:
    """The listing with this name."""
    found = load(dict(declared("listings"))[name])
    one: Listing = found[name] if isinstance(found, Mapping) else found
    return one
